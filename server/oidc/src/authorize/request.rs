//! A validated authorization request, as an interaction stores it.

use model::spec::ResponseType;
use serde::{Deserialize, Deserializer, Serialize};

use super::answer_to::{AnswerTo, Redirection, WaitingApplication, WaitingDevice};
use crate::acr;
use crate::authorization_details::Detail;
use crate::ciba::AuthenticationRequest;
use crate::device::DeviceRequest;
use crate::grant::CodeData;
use crate::tenant::Application;
use crate::user::Authentication;
use crate::verify::Audience;

/// How the answer travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    /// In the query of a redirect.
    #[default]
    Query,
    /// In a form that the browser posts.
    FormPost,
    /// In the query, all of it in one signed message (JWT Secured Authorization Response Mode section 2.3.1).
    QueryJwt,
    /// In a form, all of it in one signed message (section 2.3.3).
    FormPostJwt,
    /// In the fragment of a redirect, which the browser keeps to itself (OAuth 2.0 Multiple Response Type Encoding
    /// Practices section 2.1).
    Fragment,
    /// In the fragment, all of it in one signed message (section 2.3.2).
    FragmentJwt,
}

impl ResponseMode {
    /// What each is called.
    const ALL: [(&'static str, Self); 6] = [
        ("query", Self::Query),
        ("fragment", Self::Fragment),
        ("form_post", Self::FormPost),
        ("query.jwt", Self::QueryJwt),
        ("fragment.jwt", Self::FragmentJwt),
        ("form_post.jwt", Self::FormPostJwt),
    ];

    /// Every value of the parameter, as metadata lists them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(name, _)| name).chain(["jwt"])
    }

    /// Reads the parameter. `jwt` alone is the one of the response type (JWT Secured Authorization Response Mode
    /// section 2.3.4).
    pub fn parse(name: &str, response_type: ResponseType) -> Option<Self> {
        if name == "jwt" {
            return Some(if response_type.is_front() { Self::FragmentJwt } else { Self::QueryJwt });
        }
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, mode)| mode)
    }

    /// Where a request says nothing (Multiple Response Type Encoding Practices sections 2.1 and 5).
    pub fn usual(response_type: ResponseType) -> Self {
        if response_type.is_front() { Self::Fragment } else { Self::Query }
    }

    /// True where the parameters stand in the query, which servers write into their logs.
    pub fn is_query(self) -> bool {
        matches!(self, Self::Query | Self::QueryJwt)
    }

    /// True where the browser posts a form.
    pub fn is_form(self) -> bool {
        matches!(self, Self::FormPost | Self::FormPostJwt)
    }

    /// True where the parameters travel as a signed message.
    pub fn is_signed(self) -> bool {
        matches!(self, Self::QueryJwt | Self::FragmentJwt | Self::FormPostJwt)
    }
}

/// What the application asks us to show (OpenID Connect Core section 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// No page at all.
    None,
    /// Sign in anew.
    Login,
    /// Ask for consent, given before or not.
    Consent,
    /// Let the user say which account.
    SelectAccount,
    /// Registration first (Initiating User Registration 1.0).
    Create,
}

impl Prompt {
    /// Every value, as metadata lists them.
    pub const ALL: [(&'static str, Self); 5] = [
        ("none", Self::None),
        ("login", Self::Login),
        ("consent", Self::Consent),
        ("select_account", Self::SelectAccount),
        ("create", Self::Create),
    ];

    /// Reads one word of the parameter.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(name, _)| *name == word).map(|(_, prompt)| prompt)
    }
}

/// A scope that was requested and not granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedScope {
    /// As requested.
    pub scope: String,
    /// Why.
    pub reason: DropReason,
}

/// Why a scope was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// The subscription has no such scope.
    Unknown,
    /// The application may not request it.
    NotAllowed,
    /// It belongs to another API than those that the request is for.
    OtherResource,
}

/// Claims named by the `claims` parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedClaims {
    /// For the identity token.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub id_token: Vec<String>,
    /// For UserInfo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub userinfo: Vec<String>,
    /// One of these must sign in. Requests that were stored before there could be several have a text.
    #[serde(default, skip_serializing_if = "Option::is_none", alias = "sub", deserialize_with = "one_or_many")]
    pub subjects: Option<Vec<String>>,
    /// How well the user signed in is asked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub acr: bool,
}

fn one_or_many<'de, D: Deserializer<'de>>(stored: D) -> Result<Option<Vec<String>>, D::Error> {
    Option::<Audience>::deserialize(stored).map(|found| found.map(Audience::into_vec))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// A run of the console's playground that is under way, and whose authorization request this is to the
/// letter: the caller has looked.
#[derive(Clone, Copy, Debug)]
pub struct PlaygroundRun<'a> {
    /// Row id.
    pub id: &'a str,
    /// Row id of the application it is about.
    pub application_id: &'a str,
    /// The server's own, which takes the answer.
    pub redirect_uri: &'a str,
}

/// A request that passed every check.
///
/// It is stored in an interaction by [`Self::to_stored`] and read back by [`Self::from_stored`];
/// nothing else may be read into one, since it holds a verified URI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Row id of the application.
    pub application_id: String,
    /// Its `client_id`.
    pub client_id: String,
    /// Where the answer goes.
    #[serde(flatten)]
    pub answer_to: AnswerTo,
    /// What it is answered with.
    #[serde(default)]
    pub response_type: ResponseType,
    /// What is granted if the user signs in and agrees.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// What was requested beyond that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<DroppedScope>,
    /// Resource indicators of the APIs that tokens may be for (RFC 8707); none for all whose scopes are granted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// What is asked for in objects (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<Detail>,
    /// For the identity token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// RFC 7636, S256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<String>,
    /// Thumbprint of the key that must redeem the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop_jkt: Option<String>,
    /// What the application asks us to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<Prompt>,
    /// Seconds since the last active sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<i64>,
    /// Claims named one by one.
    #[serde(default)]
    pub requested_claims: RequestedClaims,
    /// As it came: its signature is checked by the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token_hint: Option<String>,
    /// Fills the sign-in form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_hint: Option<String>,
    /// Languages that the user prefers, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ui_locales: Vec<String>,
    /// Wished, never demanded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acr_values: Vec<String>,
    /// `page`, `popup`, `touch` or `wap`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// Row id of the run of the console's playground that takes the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playground_run: Option<String>,
    /// SHA-256 of the name under which it was pushed: of all who bring that name, one is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed: Option<String>,
}

impl AuthorizationRequest {
    /// A request of which only the application is known, and where its answer goes.
    pub(super) fn begin(application: &Application, answer_to: AnswerTo) -> Self {
        Self {
            application_id: application.id().to_owned(),
            client_id: application.client_id().to_owned(),
            answer_to,
            response_type: ResponseType::Code,
            scopes: Vec::new(),
            dropped: Vec::new(),
            resources: Vec::new(),
            authorization_details: Vec::new(),
            nonce: None,
            code_challenge: None,
            dpop_jkt: None,
            prompts: Vec::new(),
            max_age: None,
            requested_claims: RequestedClaims::default(),
            id_token_hint: None,
            login_hint: None,
            ui_locales: Vec::new(),
            acr_values: Vec::new(),
            display: None,
            playground_run: None,
            pushed: None,
        }
    }

    /// What an application asked of a person: the pages ask that person.
    pub fn of_backchannel(
        application: &Application,
        asked: AuthenticationRequest,
        waiting: WaitingApplication,
    ) -> Self {
        let AuthenticationRequest { scopes, dropped, authorization_details, acr_values, binding_message: _ } = asked;
        let begun = Self::begin(application, AnswerTo::Backchannel(waiting));
        Self { scopes, dropped, authorization_details, acr_values, ..begun }
    }

    /// What a device asked for: the pages ask the person who entered its code.
    pub fn of_device(application: &Application, asked: DeviceRequest, device: WaitingDevice) -> Self {
        let DeviceRequest { scopes, dropped, authorization_details } = asked;
        Self { scopes, dropped, authorization_details, ..Self::begin(application, AnswerTo::Device(device)) }
    }

    /// True when the application asked for this prompt.
    pub fn has_prompt(&self, prompt: Prompt) -> bool {
        self.prompts.contains(&prompt)
    }

    /// The JSON that an interaction keeps.
    pub fn to_stored(&self) -> String {
        // Strings, numbers and lists only: writing them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Self::to_stored`] wrote.
    ///
    /// # Errors
    /// When the text is not such JSON.
    pub fn from_stored(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// A sign-in as the application is told of it: how well somebody signed in, where it asked for that.
    pub fn told(&self, mut authentication: Authentication) -> Authentication {
        if self.requested_claims.acr || !self.acr_values.is_empty() {
            authentication.acr = acr::of(&authentication.amr).map(str::to_owned);
        }
        authentication
    }

    /// What the code stands for, once this user has signed in and agreed. It goes this way.
    ///
    /// Core section 3.1.2.1 on `acr_values`: "The Authentication Context Class satisfied by the authentication performed is
    /// returned as the acr Claim Value".
    pub fn code_data(&self, to: &Redirection, authentication: Authentication) -> CodeData {
        CodeData {
            application_id: self.application_id.clone(),
            authentication: self.told(authentication),
            redirect_uri: to.redirect_uri.as_str().to_owned(),
            redirect_uri_given: to.redirect_uri_given,
            scopes: self.scopes.clone(),
            resources: self.resources.clone(),
            authorization_details: self.authorization_details.clone(),
            nonce: self.nonce.clone(),
            code_challenge: self.code_challenge.clone(),
            dpop_jkt: self.dpop_jkt.clone(),
            requested_claims: self.requested_claims.clone(),
            playground_run: self.playground_run.clone(),
        }
    }
}
