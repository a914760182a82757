//! One object of each kind, for the variables of addresses.

use model::Stored;
use model::spec::{ApiConnectionSpec, DetailTypeSpec, SubscriptionSpec, TrustedIssuerSpec};
use service::Actor;
use service::console::{
    AuditFilter, NewInitialToken, api_connections, applications, audit, claims, identity_scopes, initial_access_tokens,
    sessions, subscriptions,
};
use store::JsonText;
use store::playground_runs::Run;

use crate::oauth::ask::Ask;
use crate::oauth::world::World;

/// Row ids.
#[derive(Clone)]
pub struct Objects {
    pub slug: String,
    pub application: String,
    pub application_secret: String,
    pub claim: String,
    pub identity_scope: String,
    pub connection: String,
    pub connection_secret: String,
    pub api_scope: String,
    /// Number of a type of authorization details.
    pub detail: String,
    pub user: String,
    pub session: String,
    /// Of a refused request.
    pub reference: String,
    /// Of a refused sign-in.
    pub sign_in_reference: String,
    /// Somebody's.
    pub run: String,
    /// Of the configuration, and one thing that it did.
    pub change: String,
    pub revision: String,
    /// Of a token that registers applications.
    pub initial_token: String,
    /// Number of a trusted issuer.
    pub issuer: String,
}

impl Objects {
    /// Of a library, where `john` is signed in.
    pub async fn of(world: &World) -> Self {
        let (ctx, cli, slug) = (&world.app.ctx, &Actor::Cli, world.slug());
        world.signed_in("john").await;
        let all = model::PageRequest::default();
        let application = world.application_id("my-app").await;
        agree(world, &application).await;
        let secrets = applications::get(ctx, cli, slug, &application).await.expect("one").secrets;
        let scopes = identity_scopes::all(ctx, cli, slug).await.expect("scopes");
        let connections = api_connections::page(ctx, cli, slug, &all).await.expect("connections").items;
        let connection = connections.iter().find(|c| c.stored.spec.name == "library-api").expect("one");
        let connection = api_connections::get(ctx, cli, slug, &connection.stored.id).await.expect("one");
        if connection.stored.spec.authorization_details_types.is_empty() {
            detail_type(world, &connection.stored).await;
        }
        let filter = AuditFilter { action: "create".into(), kind: "application".into(), ..AuditFilter::default() };
        let changed = audit::find(ctx, cli, slug, &filter, &all).await.expect("log").items.remove(0);
        Self {
            slug: slug.to_owned(),
            application,
            application_secret: secrets[0].id.clone(),
            claim: claims::custom(ctx, cli, slug, &all).await.expect("claims").items[0].id.clone(),
            identity_scope: scopes.iter().find(|s| s.spec.name == "library").expect("one").id.clone(),
            connection: connection.stored.id.clone(),
            connection_secret: connection.secrets[0].id.clone(),
            api_scope: connection.scopes.iter().find(|s| s.spec.name == "books").expect("one").id.clone(),
            detail: "1".to_owned(),
            user: world.user_id("john").await,
            reference: refused(world).await,
            sign_in_reference: refused_sign_in(world).await,
            run: run(world).await,
            initial_token: initial_token(world).await,
            issuer: trusted_issuer(world).await,
            change: changed.change.expect("a change"),
            revision: changed.id,
            session: sessions::page(ctx, cli, slug, &all).await.expect("sessions").items[0].id.clone(),
        }
    }

    /// Ids that nothing has.
    pub fn absent(slug: &str) -> Self {
        let id = || "00000000-0000-7000-8000-000000000000".to_owned();
        Self {
            slug: slug.to_owned(),
            application: id(),
            application_secret: id(),
            claim: id(),
            identity_scope: id(),
            connection: id(),
            connection_secret: id(),
            api_scope: id(),
            detail: "2".to_owned(),
            user: id(),
            session: id(),
            reference: "ZZZZ9999".to_owned(),
            sign_in_reference: "ZZZZ9999".to_owned(),
            run: id(),
            change: id(),
            revision: id(),
            initial_token: id(),
            issuer: "2".to_owned(),
        }
    }

    /// The address of a route.
    pub fn fill(&self, route: &str) -> String {
        let (mut filled, mut before) = (Vec::new(), "");
        for segment in route.split('/') {
            filled.push(match (segment, before) {
                ("{slug}", _) => &self.slug,
                ("{id}", "applications") | ("{application}", _) => &self.application,
                ("{id}", "claims") => &self.claim,
                ("{id}", "identity") => &self.identity_scope,
                ("{id}", "connections") => &self.connection,
                ("{id}", "registration") => &self.initial_token,
                ("{id}", "users") => &self.user,
                ("{id}" | "{session}", "sessions") => &self.session,
                ("{scope}", "scopes") => &self.api_scope,
                ("{detail}", _) => &self.detail,
                ("{issuer}", _) => &self.issuer,
                ("{reference}", "sign-ins") => &self.sign_in_reference,
                ("{reference}", _) => &self.reference,
                ("{alg}", _) => "RS256",
                ("{run}", _) => &self.run,
                ("{change}", _) => &self.change,
                ("{revision}", _) => &self.revision,
                ("{secret}", _) if route.contains("/applications/") => &self.application_secret,
                ("{secret}", _) => &self.connection_secret,
                (variable, _) => {
                    assert!(!variable.starts_with('{'), "{route}: which id is {variable}?");
                    variable
                }
            });
            before = segment;
        }
        filled.join("/")
    }
}

/// A connection defines a type of authorization details.
async fn detail_type(world: &World, connection: &Stored<ApiConnectionSpec>) {
    let loan = DetailTypeSpec { name: "loan".into(), display_name: "A loan".into(), ..DetailTypeSpec::default() };
    let spec = ApiConnectionSpec { authorization_details_types: vec![loan], ..connection.spec.clone() };
    let (ctx, id, version) = (&world.app.ctx, &connection.id, connection.version);
    api_connections::update(ctx, &Actor::Cli, world.slug(), id, version, spec).await.expect("defined");
}

/// The subscription trusts an issuer: the first of its list.
async fn trusted_issuer(world: &World) -> String {
    let (ctx, slug) = (&world.app.ctx, world.slug());
    let stored = subscriptions::get(ctx, &Actor::Cli, slug).await.expect("one").stored;
    if stored.spec.trusted_issuers.is_empty() {
        let issuer = TrustedIssuerSpec {
            issuer: "https://sts.example".into(),
            jwks_uri: Some("https://sts.example/jwks.json".into()),
            applications: vec!["my-app".into()],
            ..TrustedIssuerSpec::default()
        };
        let spec = SubscriptionSpec { trusted_issuers: vec![issuer], ..stored.spec };
        subscriptions::update(ctx, &Actor::Cli, slug, stored.version, spec).await.expect("trusted");
    }
    "1".to_owned()
}

/// The reference of a request with a redirect URI that is not registered.
async fn refused(world: &World) -> String {
    let ask = Ask::of("my-app").with("redirect_uri", "https://library.example/callback/");
    let page = world.app.browser().get(&world.authorize(&ask)).await;
    let reference = page.body.split("class=\"id\">").nth(1).and_then(|rest| rest.split('<').next());
    reference.expect("a reference").to_owned()
}

/// The reference of a sign-in under a name that nobody has.
pub async fn refused_sign_in(world: &World) -> String {
    let fields = [("username", "nobody"), ("password", "a wrong quiet river")];
    let page = world.app.browser().post(&world.path("/login"), &fields).await;
    let shown = page.body.rsplit("class=\"id\">").next().and_then(|rest| rest.split('<').next());
    shown.expect("a reference").to_owned()
}

/// What `john` agreed to.
async fn agree(world: &World, application_id: &str) {
    let (user, application_id) = (world.user_id("john").await, application_id.to_owned());
    let mut tx = world.app.ctx.begin().await.expect("a transaction");
    let consent =
        store::consents::Consent { application_id, scopes: vec!["openid".to_owned()], granted_at: world.app.ctx.now() };
    store::consents::put(&mut tx, &user, &consent).await.expect("put");
    tx.commit().await.expect("saved");
}

/// A run of the playground that nobody of the tests started.
async fn run(world: &World) -> String {
    let administrator = world.user_id("john").await;
    let run = Run {
        id: world.app.ctx.new_id().expect("an id"),
        subscription_id: world.subscription_id().await,
        application_id: world.application_id("my-app").await,
        administrator_id: administrator,
        state_hash: None,
        request_hash: None,
        sealed: None,
        record: JsonText::encode(&serde_json::json!({ "grant": "authorization_code", "request": [] })),
        reference: None,
        created_at: world.app.ctx.now(),
        expires_at: world.app.ctx.now() + 600,
        consumed_at: None,
    };
    let mut tx = world.app.ctx.begin().await.expect("a transaction");
    store::playground_runs::insert(&mut tx, &run).await.expect("a run");
    tx.commit().await.expect("saved");
    run.id
}

/// Of one that can be revoked.
async fn initial_token(world: &World) -> String {
    let (ctx, cli, slug) = (&world.app.ctx, &Actor::Cli, world.slug());
    let new = NewInitialToken { name: "The museum".to_owned(), days: 7, uses: 1 };
    initial_access_tokens::create(ctx, cli, slug, &new).await.expect("a token");
    initial_access_tokens::list(ctx, cli, slug).await.expect("tokens").remove(0).id
}
