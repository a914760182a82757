//! What the page at hand is to show.

use model::spec::{ApplicationSpec, Asking, ClaimSpec};
use oidc::authorize::{LoginReason, Step as Decided};
use oidc::client_registration::document;
use oidc::scope::OPENID;

use super::consent_detail::{self, ConsentDetail};
use super::interaction::{self, Interaction};
use super::{advance, device};
use url::form_urlencoded;

use crate::client_registration;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::sessions;
use crate::snapshot::Snapshot;

/// The state of a sign-in as a page needs it.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Handle of the interaction; `None` on the way to the account page.
    pub i: Option<String>,
    /// Where the user is going.
    pub destination: Option<Destination>,
    /// What the application thinks the user is called.
    pub login_hint: Option<String>,
    /// Who is signed in, in words the user knows.
    pub user_name: Option<String>,
    /// What that user can sign in with.
    pub login_name: Option<String>,
    /// The registration page may be offered.
    pub can_register: bool,
    /// What is to be done.
    pub step: Step,
    /// Origin of the verified redirect URI, for the page's content security policy.
    pub redirect_origin: Option<String>,
    /// Claims of the registration form; true where the application requires them.
    pub registration_claims: Vec<(ClaimSpec, bool)>,
}

/// An application as people see it on the way to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// What it is called.
    pub name: String,
    /// Its `client_id` as a segment of an address, where it has a picture.
    pub logo_of: Option<String>,
    /// Home page, privacy policy and terms of service, by the names of the metadata: those that there are.
    pub links: Vec<(&'static str, String)>,
    /// Where it says who it is, where nobody here has made it.
    pub source: Option<Source>,
}

/// Where an application that came of a document (of `client_id`) is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The document's.
    pub host: String,
    /// Its answers come to the person's own computer, where any program could take them.
    pub is_local: bool,
}

impl Destination {
    fn of(ctx: &Ctx, spec: &ApplicationSpec) -> Self {
        let links = [("client_uri", &spec.client_uri), ("policy_uri", &spec.policy_uri), ("tos_uri", &spec.tos_uri)];
        let links = links.into_iter().filter_map(|(name, link)| Some((name, link.clone()?)));
        Self {
            name: spec.name.clone(),
            logo_of: spec.logo_uri.is_some().then(|| segment(&spec.client_id)),
            links: links.collect(),
            source: client_registration::parse(ctx, &spec.client_id).map(|id| Source {
                host: id.host().to_owned(),
                is_local: document::is_local(spec.kind, &spec.redirect_uris),
            }),
        }
    }
}

/// A `client_id` may be an address itself. It has no spaces, which forms would write as `+`.
fn segment(client_id: &str) -> String {
    form_urlencoded::byte_serialize(client_id.as_bytes()).collect()
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Sign in; again, where somebody is signed in already.
    SignIn {
        /// The application wants a fresh proof.
        reauthenticate: bool,
    },
    /// The application asked for registration (`prompt=create`).
    Register,
    /// Give these claims.
    Claims(Vec<AskedClaim>),
    /// Say whether the device that shows this code is one's own.
    Device {
        /// As people read it.
        user_code: String,
    },
    /// Say whether the application may have the sign-in that it asked for.
    Backchannel {
        /// What the application shows on the other screen.
        binding_message: Option<String>,
        /// Unix seconds of its request.
        asked_at: i64,
        /// What it would get.
        scopes: Vec<ConsentScope>,
    },
    /// Agree to these.
    Consent {
        /// Scopes.
        scopes: Vec<ConsentScope>,
        /// What is asked for in detail (RFC 9396).
        details: Vec<ConsentDetail>,
    },
    /// Nothing: go on.
    Finish,
}

/// A claim that the user is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedClaim {
    /// Its definition.
    pub spec: ClaimSpec,
    /// `YYYY-MM-DD`, where it can be left out for now: the last day on which that is so, in UTC.
    pub until: Option<String>,
}

/// A scope as the consent page words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentScope {
    /// As requested.
    pub name: String,
    /// For people.
    pub display_name: String,
    /// For people; may be empty.
    pub description: String,
    /// What an identity scope lets the application know: each claim's name, and the words for people.
    pub claims: Vec<(String, String)>,
}

/// The page where a flow's step is done.
pub fn path_of(flow: &Flow) -> String {
    let Some(i) = &flow.i else {
        return if matches!(flow.step, Step::Finish) { "/account".to_owned() } else { "/login".to_owned() };
    };
    let page = match flow.step {
        Step::SignIn { .. } => "login",
        Step::Register => "register",
        Step::Device { .. } => "device/confirm",
        Step::Backchannel { .. } => "requests/answer",
        Step::Claims(_) => "claims",
        Step::Consent { .. } => "consent",
        Step::Finish => "continue",
    };
    format!("/{page}?i={i}")
}

/// Loads what a page shows.
///
/// # Errors
/// `NotFound` for an unknown, foreign or expired handle.
pub async fn open(ctx: &Ctx, snap: &Snapshot, handle: Option<&str>, cookie: Option<&str>) -> Result<Flow> {
    let session = sessions::find(ctx, snap, cookie).await?;
    let tenant = &snap.tenant;
    let Some(handle) = handle else {
        let user = match &session {
            Some(session) => crate::facts::load(&mut ctx.read().await?, tenant, &session.user_id).await?,
            None => None,
        };
        let step = if user.is_some() { Step::Finish } else { Step::SignIn { reauthenticate: false } };
        return Ok(Flow {
            i: None,
            destination: None,
            login_hint: None,
            user_name: user.as_ref().map(user_name),
            login_name: user.as_ref().and_then(login_name),
            can_register: tenant.settings().registration,
            step,
            redirect_origin: None,
            registration_claims: registration_claims(ctx, snap, None),
        });
    };
    let interaction = interaction::load(ctx, snap, handle).await?;
    let (decided, user) = advance::step(ctx, snap, &interaction, session.as_ref()).await?;
    let application = tenant.application_by_id(&interaction.request.application_id);
    Ok(Flow {
        i: Some(handle.to_owned()),
        destination: application.map(|a| Destination::of(ctx, a.spec())),
        login_hint: interaction.request.login_hint.clone(),
        user_name: user.as_ref().map(user_name),
        login_name: user.as_ref().and_then(login_name),
        can_register: can_register(snap, Some(&interaction)),
        step: shown(ctx, snap, &interaction, decided),
        redirect_origin: interaction.request.answer_to.redirection().map(|to| to.redirect_uri.csp_source()),
        registration_claims: registration_claims(ctx, snap, Some(&interaction)),
    })
}

fn shown(ctx: &Ctx, snap: &Snapshot, interaction: &Interaction, decided: Decided) -> Step {
    let tenant = &snap.tenant;
    match decided {
        // Where somebody else is expected, whoever is signed in has nothing to prove.
        Decided::Login { reason } => {
            Step::SignIn { reauthenticate: matches!(reason, LoginReason::Prompt | LoginReason::MaxAge) }
        }
        Decided::SelectAccount => Step::SignIn { reauthenticate: false },
        Decided::Register => Step::Register,
        Decided::Device => {
            let user_code = interaction.request.answer_to.device().and_then(|device| device::shown(ctx, device));
            Step::Device { user_code: user_code.unwrap_or_default() }
        }
        Decided::Backchannel => {
            let waiting = interaction.request.answer_to.backchannel();
            Step::Backchannel {
                binding_message: waiting.and_then(|waiting| waiting.binding_message.clone()),
                asked_at: waiting.map_or(interaction.created_at, |waiting| waiting.asked_at),
                scopes: consent_scopes(snap, interaction.request.scopes.clone()),
            }
        }
        Decided::Claims { missing, skippable } => {
            let required = missing.into_iter().map(|claim| (claim, None));
            let skippable = skippable.into_iter().map(|s| (s.claim, Some(s.until)));
            let asked = required.chain(skippable);
            let asked =
                asked.filter_map(|(claim, until)| Some(AskedClaim { spec: tenant.claim(&claim)?.clone(), until }));
            Step::Claims(asked.collect())
        }
        Decided::Consent { scopes } => Step::Consent {
            scopes: consent_scopes(snap, scopes),
            details: consent_detail::all(tenant, &interaction.request),
        },
        Decided::Issue | Decided::Refuse(_) | Decided::Stop(_) => Step::Finish,
    }
}

/// The scopes that the page lists. One that lets out nothing but who somebody is goes without saying
/// beside others: agreeing grants it all the same.
fn consent_scopes(snap: &Snapshot, mut scopes: Vec<String>) -> Vec<ConsentScope> {
    let bare = snap.tenant.identity_scope(OPENID).is_none_or(|scope| scope.claims.iter().all(|claim| claim == "sub"));
    if bare && scopes.iter().any(|name| name != OPENID) {
        scopes.retain(|name| name != OPENID);
    }
    scopes.into_iter().map(|name| consent_scope(snap, name)).collect()
}

fn consent_scope(snap: &Snapshot, name: String) -> ConsentScope {
    let tenant = &snap.tenant;
    let identity = tenant.identity_scope(&name);
    let words = identity.map(|s| (s.display_name.clone(), s.description.clone()));
    let words = words.or_else(|| tenant.api_scope(&name).map(|s| (s.display_name.clone(), s.description.clone())));
    let (display_name, description) = words.unwrap_or_default();
    let display_name = if display_name.is_empty() { name.clone() } else { display_name };
    let title = |claim: &String| {
        let title = tenant.claim(claim).map_or(claim.as_str(), ClaimSpec::title);
        (claim.clone(), title.to_owned())
    };
    let claims = identity.map(|scope| scope.claims.iter().map(title).collect()).unwrap_or_default();
    ConsentScope { name, display_name, description, claims }
}

/// What a user is called in words that they know.
pub(crate) fn user_name(user: &oidc::user::UserFacts) -> String {
    let name = user.values.get("name").and_then(|v| v.as_str()).map(str::to_owned);
    name.or_else(|| user.email.clone()).or_else(|| user.username.clone()).unwrap_or_else(|| user.sub.clone())
}

/// What a user types to sign in.
fn login_name(user: &oidc::user::UserFacts) -> Option<String> {
    user.username.clone().or_else(|| user.email.clone())
}

pub(super) fn can_register(snap: &Snapshot, interaction: Option<&Interaction>) -> bool {
    let application = interaction.and_then(|i| snap.tenant.application_by_id(&i.request.application_id));
    snap.tenant.settings().registration && application.is_none_or(|a| a.spec().allow_registration)
}

/// Claims that the registration form shows, and whether the application requires them.
pub(super) fn registration_claims(
    ctx: &Ctx,
    snap: &Snapshot,
    interaction: Option<&Interaction>,
) -> Vec<(ClaimSpec, bool)> {
    let application = interaction.and_then(|i| snap.tenant.application_by_id(&i.request.application_id));
    let required = |name: &str| {
        application.is_some_and(|a| {
            a.spec().required_claims.iter().any(|r| r.claim == name && r.asking(ctx.now()) == Asking::Required)
        })
    };
    // The address has a field of its own on that form.
    let shown = snap.tenant.claims_in_order().filter(|c| c.show_at_registration && c.name != "email");
    shown.filter(|c| !model::standard_claims::is_derived(&c.name)).map(|c| (c.clone(), required(&c.name))).collect()
}
