//! The fields of an application, in their sections.

use leptos::prelude::*;
use model::FormData;
use model::spec::{ApplicationType, Dialect, RequiredClaim, ResponseType, SubjectType};
use service::console::compliance::Meter;

use super::logout::{self, LogoutFields};
use super::options::Options;
use super::presentation::Presentation;
use super::required::RequiredClaims;
use super::sign_in::SignIn;
use super::subject::SubjectFields;
use super::tokens::{
    DialectField, ENCRYPTION, EncryptionFields, FormatField, LIFETIMES, RefreshUseField, SIGNING, SigningFields,
    lifetime,
};
use crate::console::words::{application_type, or_made};
use crate::form::{CheckboxField, CheckboxGroup, Folded, Opt, RadioGroup, Section, SelectField, TextArea, TextField};
use crate::tr;

/// Every field of the form.
pub const FIELDS: &[&str] = &[
    "client_id",
    "name",
    "client_uri",
    "logo_uri",
    "policy_uri",
    "tos_uri",
    "type",
    "redirect_uris",
    "post_logout_redirect_uris",
    "cors_origins",
    "backchannel_logout_uri",
    "backchannel_client_notification_endpoint",
    "backchannel_logout_session_required",
    "frontchannel_logout_uri",
    "frontchannel_logout_session_required",
    "grant_types",
    "response_types",
    "allowed_identity_scopes",
    "allowed_api_scopes",
    "allowed_authorization_details_types",
    "exchange_targets",
    "impersonation_targets",
    "may_act",
    "required_claims",
    "require_consent",
    "require_pkce",
    "allow_registration",
    "token_endpoint_auth_method",
    "jwks",
    "jwks_uri",
    "tls_client_auth_kind",
    "tls_client_auth",
    "tls_client_certificate_bound_access_tokens",
    "require_pushed_authorization_requests",
    "require_signed_request_object",
    "request_uris",
    "dpop_bound_access_tokens",
    "require_dpop_nonce",
    "security_profile",
    "subject_type",
    "sector_identifier_uri",
    "access_token_format",
    "dialect",
    "signing_alg",
    "access_token_signing_alg",
    "userinfo_signed_response_alg",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
    "claims_in_identity_token",
    "access_token_lifetime",
    "identity_token_lifetime",
    "refresh_token_use",
    "refresh_token_idle_lifetime",
    "refresh_token_absolute_lifetime",
    "refresh_grace",
];

/// Refuses what is neither a field of the form nor says more about a required claim.
pub fn only(form: &FormData) -> Result<(), service::Error> {
    let known = form.0.iter().filter(|(name, _)| !RequiredClaim::is_detail(name)).cloned();
    crate::form::only(&FormData(known.collect()), FIELDS)
}

/// What cannot be changed once an application of this type exists.
pub fn fixed_fields(kind: ApplicationType) -> &'static [&'static str] {
    if kind.is_confidential() {
        &["client_id", "type"]
    } else {
        // RFC 9700 section 2.1.1: without a secret PKCE is required, so there is nothing to choose.
        &[
            "client_id",
            "type",
            "require_pkce",
            "token_endpoint_auth_method",
            "jwks",
            "jwks_uri",
            "tls_client_auth_kind",
            "tls_client_auth",
            "require_signed_request_object",
            "request_uris",
            "security_profile",
        ]
    }
}

/// What a form has that most do without: shown unfolded.
#[derive(Clone, Copy, Debug)]
pub struct Unusual {
    /// Tokens of another provider's.
    pub dialect: bool,
    /// Tokens in the answer to a sign-in.
    pub response_types: bool,
    /// Users have names of its own.
    pub pairwise: bool,
}

impl Unusual {
    /// Looks at a form.
    pub fn of(form: &FormData) -> Self {
        let is_front = |one: &String| ResponseType::parse(one).is_some_and(ResponseType::is_front);
        Self {
            dialect: form.get("dialect").is_some_and(|dialect| dialect != Dialect::Standard.as_str()),
            pairwise: form.get("subject_type").is_some_and(|kind| kind != SubjectType::Public.as_str()),
            response_types: form.all("response_types").iter().any(is_front),
        }
    }
}

/// Fields of the exchange.
const EXCHANGE: [&str; 3] = ["exchange_targets", "impersonation_targets", "may_act"];

/// Anchors and names of the sections, for the table of contents.
pub const SECTIONS: [(&str, &str); 7] = [
    ("general", "section-general"),
    ("addresses", "section-addresses"),
    ("sign-in", "section-sign-in"),
    ("identity-scopes", "application-identity-scopes"),
    ("api-scopes", "application-api-scopes"),
    ("required-claims", "application-required-claims"),
    ("tokens", "section-tokens"),
];

/// All sections.
#[component]
pub fn ApplicationFields(
    /// Type of an application that exists already.
    existing: Option<ApplicationType>,
    /// What it can be allowed.
    options: Options,
    /// How many people comply with what it requires.
    meter: Option<Meter>,
    /// Of the claims that the form requires, those that the application will not receive.
    unheld: Vec<String>,
    /// Address of the form for an API connection, for those who may make one.
    new_connection: Option<String>,
    /// What of the folded fields the form makes use of.
    unusual: Unusual,
) -> AnyView {
    let (identity_scopes, api_scopes) = (options.identity_scopes(), options.api_scopes());
    let detail_types = options.detail_types();
    let way_to_api_scopes = new_connection.filter(|_| api_scopes.is_empty()).map(|to| {
        let later = existing.is_none().then(|| tr!("application-api-scopes-later"));
        view! {
            <p class="muted">
                <a href=to>{tr!("application-make-connection")}</a>
                " "
                {later}
            </p>
        }
    });
    view! {
        <General exists=existing.is_some() />
        <Addresses exists=existing.is_some() />
        <SignIn existing has_response_types=unusual.response_types />
        <Section id="identity-scopes" title=tr!("application-identity-scopes") help=tr!("application-identity-scopes-help")>
            <CheckboxGroup
                name="allowed_identity_scopes"
                label=tr!("application-identity-scopes")
                options=identity_scopes
                empty=tr!("identity-scopes-empty")
                titled=true
            />
        </Section>
        <Section id="api-scopes" title=tr!("application-api-scopes") help=tr!("application-api-scopes-help")>
            <CheckboxGroup
                name="allowed_api_scopes"
                label=tr!("application-api-scopes")
                options=api_scopes
                empty=tr!("application-no-api-scopes")
                titled=true
            />
            {way_to_api_scopes}
            <Folded
                title=tr!("application-details")
                fields=vec!["allowed_authorization_details_types".to_owned()]
                open_with=&["allowed_authorization_details_types"]
            >
                <CheckboxGroup
                    name="allowed_authorization_details_types"
                    label=tr!("application-detail-types")
                    help=tr!("application-detail-types-help")
                    options=detail_types
                    empty=tr!("application-no-detail-types")
                />
            </Folded>
            <Folded
                title=tr!("application-exchange")
                fields=EXCHANGE.map(str::to_owned).to_vec()
                open_with=&EXCHANGE
            >
                <TextArea
                    name="exchange_targets"
                    label=tr!("application-exchange-targets")
                    help=tr!("application-exchange-targets-help")
                    code=true
                    optional=true
                />
                <TextArea
                    name="impersonation_targets"
                    label=tr!("application-impersonation-targets")
                    help=tr!("application-impersonation-targets-help")
                    code=true
                    optional=true
                />
                <TextField
                    name="may_act"
                    label=tr!("application-may-act")
                    help=tr!("application-may-act-help")
                    code=true
                    optional=true
                />
            </Folded>
        </Section>
        <RequiredClaims options meter unheld />
        <Tokens exists=existing.is_some() unusual />
    }.into_any()
}

#[component]
fn General(exists: bool) -> AnyView {
    let types = ApplicationType::ALL.iter().map(|&kind| {
        Opt::new(kind.as_str(), application_type(kind))
            .described(tr!(&format!("application-type-{}-text", kind.as_str())))
    });
    let types: Vec<Opt> = types.collect();
    let kind = if exists {
        view! { <SelectField name="type" label=tr!("application-type") help=tr!("field-immutable") options=types fixed=true /> }
            .into_any()
    } else {
        view! { <RadioGroup name="type" label=tr!("application-type") help=tr!("application-type-help") options=types /> }
            .into_any()
    };
    let client_id_help = if exists { tr!("field-immutable") } else { or_made(&tr!("application-client-id-help")) };
    view! {
        <Section id="general" title=tr!("section-general")>
            <TextField name="name" label=tr!("field-name") help=tr!("application-name-help") autofocus=!exists />
            <TextField
                name="client_id"
                label=tr!("application-client-id")
                help=client_id_help
                code=true
                fixed=exists
                optional=!exists
            />
            {kind}
            <Presentation />
        </Section>
    }
    .into_any()
}

#[component]
fn Addresses(exists: bool) -> AnyView {
    let rest = ["post_logout_redirect_uris", "cors_origins"].into_iter().chain(logout::FIELDS);
    let rest = rest.map(str::to_owned).collect();
    view! {
        <Section id="addresses" title=tr!("section-addresses") help=tr!("section-addresses-help")>
            <TextArea
                name="redirect_uris"
                label=tr!("application-redirect-uris")
                help=tr!("application-redirect-uris-help")
                code=true
                optional=true
                unmarked=true
            />
            <Folded title=tr!("application-more-addresses") fields=rest open=exists>
                <TextArea
                    name="post_logout_redirect_uris"
                    label=tr!("application-post-logout-uris")
                    help=tr!("application-post-logout-uris-help")
                    code=true
                    optional=true
                />
                <TextArea
                    name="cors_origins"
                    label=tr!("application-cors-origins")
                    help=tr!("application-cors-origins-help")
                    code=true
                    optional=true
                />
                <LogoutFields />
            </Folded>
        </Section>
    }
    .into_any()
}

#[component]
fn Tokens(exists: bool, unusual: Unusual) -> AnyView {
    let Unusual { dialect: has_dialect, pairwise: is_pairwise, .. } = unusual;
    let lifetimes = || LIFETIMES.into_iter().chain([("refresh_grace", "application-refresh-grace")]);
    let fields = lifetimes()
        .map(|(name, _)| name)
        .chain(["claims_in_identity_token", "refresh_token_use"])
        .chain(SIGNING)
        .map(str::to_owned)
        .collect();
    let lifetimes = move || lifetimes().map(|one| lifetime("", one)).collect_view();
    view! {
        <Section id="tokens" title=tr!("section-tokens")>
            <FormatField />
            <Folded title=tr!("application-more-dialect") fields=vec!["dialect".to_owned()] open=has_dialect>
                <DialectField />
            </Folded>
            <Folded
                title=tr!("application-more-subject")
                fields=vec!["subject_type".to_owned(), "sector_identifier_uri".to_owned()]
                open=is_pairwise
            >
                <SubjectFields />
            </Folded>
            <Folded title=tr!("application-more-tokens") fields open=exists>
                <CheckboxField
                    name="claims_in_identity_token"
                    label=tr!("application-claims-in-identity-token")
                    help=tr!("application-claims-in-identity-token-help")
                />
                <SigningFields />
                <RefreshUseField />
                <div class="field-pair">{lifetimes()}</div>
            </Folded>
            <Folded
                title=tr!("application-encryption")
                fields=ENCRYPTION.map(str::to_owned).to_vec()
                open_with=&["id_token_encrypted_response_alg", "userinfo_encrypted_response_alg"]
            >
                <EncryptionFields />
            </Folded>
        </Section>
    }
    .into_any()
}
