//! Objects for tests, with as little in them as will do.

use model::spec::{
    ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, ClaimSpec, GrantType, IdentityScopeSpec, SubscriptionSpec,
};
use model::{PageRequest, Role, Stored};
use service::console::{NewUser, api_connections, applications, claims, identity_scopes, subscriptions, users};
use service::{Actor, Admin, Ctx, Error, Result};

/// A password that obeys the policy.
pub const PASSWORD: &str = "quiet river under stones";

/// An administrator with these roles; `*` is the installation.
pub fn admin(roles: &[(&str, Role)]) -> Actor {
    Actor::Admin(Admin {
        user_id: "00000000-0000-7000-8000-000000000001".into(),
        name: "somebody@example.com".into(),
        roles: roles.iter().map(|(scope, role)| ((*scope).to_owned(), *role)).collect(),
        session_hash: String::new(),
        place: None,
    })
}

/// An owner of the installation.
pub fn owner() -> Actor {
    admin(&[("*", Role::Owner)])
}

pub fn first_page() -> PageRequest {
    PageRequest::default()
}

/// The problem's code at a field.
#[track_caller]
pub fn code_at<T>(result: Result<T>, field: &str) -> String {
    match result {
        Err(Error::Invalid(errors)) => {
            let problem = errors.of(field).map(|problem| problem.code.clone());
            problem.unwrap_or_else(|| panic!("nothing at {field}: {errors}"))
        }
        Err(other) => panic!("another error: {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

pub fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub fn subscription_spec(slug: &str) -> SubscriptionSpec {
    SubscriptionSpec { slug: slug.into(), name: format!("The {slug}"), ..SubscriptionSpec::default() }
}

pub fn claim_spec(name: &str) -> ClaimSpec {
    ClaimSpec { name: name.into(), display_name: format!("The {name}"), ..ClaimSpec::default() }
}

pub fn library_card() -> ClaimSpec {
    ClaimSpec { pattern: Some("^LC-[0-9]{6}$".into()), unique: true, ..claim_spec("library_card") }
}

pub fn identity_scope_spec(name: &str, claims: &[&str]) -> IdentityScopeSpec {
    IdentityScopeSpec {
        name: name.into(),
        display_name: format!("The {name}"),
        claims: strings(claims),
        ..IdentityScopeSpec::default()
    }
}

pub fn connection_spec(name: &str) -> ApiConnectionSpec {
    ApiConnectionSpec { name: name.into(), display_name: format!("The {name}"), ..ApiConnectionSpec::default() }
}

pub fn api_scope_spec(name: &str) -> ApiScopeSpec {
    ApiScopeSpec { name: name.into(), display_name: format!("The {name}"), ..ApiScopeSpec::default() }
}

pub fn application_spec(client_id: &str) -> ApplicationSpec {
    ApplicationSpec {
        client_id: client_id.into(),
        name: format!("The {client_id}"),
        redirect_uris: strings(&["https://library.example/callback"]),
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        ..ApplicationSpec::default()
    }
}

pub fn new_user(username: &str) -> NewUser {
    NewUser {
        username: Some(username.into()),
        email: Some(format!("{username}@example.com")),
        email_verified: false,
        password: None,
        claims: Vec::new(),
    }
}

pub async fn subscription(ctx: &Ctx, slug: &str) -> Stored<SubscriptionSpec> {
    subscriptions::create(ctx, &Actor::Cli, subscription_spec(slug)).await.expect("subscription").stored
}

/// One object of each kind in a subscription.
#[derive(Clone, Debug)]
pub struct Objects {
    pub slug: String,
    pub subscription_id: String,
    pub claim: String,
    pub identity_scope: String,
    pub connection: String,
    pub connection_secret: String,
    pub api_scope: String,
    pub application: String,
    pub application_secret: String,
    pub user: String,
    pub session: String,
}

/// A subscription with one object of each kind.
pub async fn furnished(ctx: &Ctx, slug: &str) -> Objects {
    let cli = &Actor::Cli;
    let subscription_id = subscription(ctx, slug).await.id;
    let claim = claims::create(ctx, cli, slug, library_card()).await.expect("claim").stored.id;
    let spec = identity_scope_spec("library", &["library_card"]);
    let identity_scope = identity_scopes::create(ctx, cli, slug, spec).await.expect("scope").stored.id;
    let made = api_connections::create(ctx, cli, slug, connection_spec("library-api")).await.expect("connection");
    let connection = made.stored.id;
    let view = api_connections::get(ctx, cli, slug, &connection).await.expect("connection");
    let made = applications::create(ctx, cli, slug, application_spec("my-app")).await.expect("application");
    let application = made.stored.id;
    let secrets = applications::get(ctx, cli, slug, &application).await.expect("application").secrets;
    let user = users::create(ctx, cli, slug, new_user("john")).await.expect("user");
    Objects {
        session: session(ctx, &subscription_id, &user).await,
        slug: slug.to_owned(),
        subscription_id,
        claim,
        identity_scope,
        connection_secret: view.secrets[0].id.clone(),
        api_scope: view.scopes[0].id.clone(),
        connection,
        application,
        application_secret: secrets[0].id.clone(),
        user,
    }
}

/// A user's sign-in session.
pub async fn session(ctx: &Ctx, subscription_id: &str, user_id: &str) -> String {
    let row = store::sessions::Session {
        id: ctx.new_id().expect("id"),
        hash: ctx.random.hex_token().expect("hash"),
        subscription_id: subscription_id.to_owned(),
        user_id: user_id.to_owned(),
        auth_time: ctx.now(),
        amr: store::JsonText::encode(&["pwd"]),
        user_agent: "a browser".into(),
        created_at: ctx.now(),
        last_seen_at: ctx.now(),
        expires_at: ctx.now() + 86_400,
        ended_at: None,
    };
    let mut tx = ctx.begin().await.expect("begins");
    store::sessions::insert(&mut tx, &row).await.expect("session");
    tx.commit().await.expect("commits");
    row.id
}

/// What a user granted to an application in a session.
pub async fn grant(ctx: &Ctx, objects: &Objects) -> String {
    let row = store::grants::Grant {
        id: ctx.new_id().expect("id"),
        subscription_id: objects.subscription_id.clone(),
        application_id: objects.application.clone(),
        user_id: Some(objects.user.clone()),
        session_id: Some(objects.session.clone()),
        created_at: ctx.now(),
        expires_at: ctx.now() + 86_400,
        revoked_at: None,
    };
    let mut tx = ctx.begin().await.expect("begins");
    store::grants::insert(&mut tx, &row).await.expect("grant");
    tx.commit().await.expect("commits");
    row.id
}

/// True while a grant counts.
pub async fn grant_counts(ctx: &Ctx, id: &str) -> bool {
    let found = store::grants::find(&mut ctx.read().await.expect("reads"), id).await.expect("finds");
    found.is_some_and(|grant| grant.revoked_at.is_none())
}

/// True while a session counts.
pub async fn session_counts(ctx: &Ctx, id: &str) -> bool {
    let found = store::sessions::find(&mut ctx.read().await.expect("reads"), id).await.expect("finds");
    found.is_some_and(|session| session.ended_at.is_none())
}

/// Every line of both logs, as text.
pub async fn logs(ctx: &Ctx) -> String {
    let mut conn = ctx.read().await.expect("reads");
    let all = PageRequest { size: 100_000, ..PageRequest::default() };
    let revisions = store::revisions::page_of_installation(&mut conn, &all).await.expect("revisions");
    let events = store::events::page_of_installation(&mut conn, &all).await.expect("events");
    let mut text = String::new();
    for row in revisions.items {
        let shown = |json: &Option<store::JsonText>| json.as_ref().map(|j| j.as_str().to_owned()).unwrap_or_default();
        let (before, after) = (shown(&row.before), shown(&row.after));
        let line = [row.actor, row.object_type, row.object_name, row.action, before, after].join(" ");
        text.push_str(&line);
        text.push('\n');
    }
    for row in events.items {
        text.push_str(&[row.actor, row.kind, row.data.as_str().to_owned()].join(" "));
        text.push('\n');
    }
    text
}

/// The number by which other nodes learn of changes in a subscription.
pub async fn config_version(ctx: &Ctx, subscription_id: &str) -> i64 {
    let mut conn = ctx.read().await.expect("reads");
    let version = store::config_version::of_subscription(&mut conn, subscription_id).await.expect("version");
    version.expect("subscription")
}
