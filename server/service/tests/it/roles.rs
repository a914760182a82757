//! Each use case of the console for each role: below the one it needs it is forbidden, and to
//! somebody without a role on the subscription it does not exist.

use std::future::Future;
use std::pin::Pin;

use model::spec::{
    ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, BrandingSpec, ClaimSpec, IdentityScopeSpec, SigningAlg,
    SubscriptionSpec,
};
use model::{Role, SecretPlan};
use service::console::*;
use service::{Actor, Ctx, Error, Result};

use crate::fixture::{Objects, admin, first_page, furnished, new_user, owner, subscription_spec};

/// A version that no object has: a call that gets past the role is refused as outdated.
const OUTDATED: i64 = 9_999;

/// A question about nobody.
fn for_itself() -> preview::Question {
    let grant = preview::PreviewGrant::ClientCredentials;
    preview::Question { grant, login: String::new(), scope: String::new() }
}

/// What a call came to, with its result thrown away.
pub type Outcome<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// A use case: its name, the role it needs, whether it takes the id of an object, and the call.
pub struct Case {
    pub name: &'static str,
    pub needs: Role,
    pub by_id: bool,
    pub call: for<'a> fn(&'a Ctx, &'a Actor, &'a Objects) -> Outcome<'a>,
}

macro_rules! cases {
    ($($role:ident $by:ident $name:literal: |$ctx:ident, $who:ident, $o:ident| $call:expr;)+) => {
        vec![$(Case {
            name: $name,
            needs: Role::$role,
            by_id: stringify!($by) == "id",
            call: |$ctx, $who, $o| Box::pin(async move { $call.await.map(drop) }),
        }),+]
    };
}

fn user_edit() -> UserEdit {
    UserEdit { username: Some("john".into()), email: None, email_verified: false, claims: Vec::new() }
}

/// Every use case of the console within a subscription.
#[rustfmt::skip]
pub fn cases() -> Vec<Case> {
    cases! {
        Viewer list "subscriptions::get": |ctx, who, o| subscriptions::get(ctx, who, &o.slug);
        Editor list "subscriptions::update": |ctx, who, o| subscriptions::update(ctx, who, &o.slug, OUTDATED, subscription_spec(&o.slug));
        Editor list "subscriptions::set_disabled": |ctx, who, o| subscriptions::set_disabled(ctx, who, &o.slug, OUTDATED, true);
        Owner list "subscriptions::delete": |ctx, who, o| subscriptions::delete(ctx, who, &o.slug, OUTDATED);
        Viewer list "branding::logo": |ctx, who, o| branding::logo(ctx, who, &o.slug);
        Editor list "branding::update": |ctx, who, o| branding::update(ctx, who, &o.slug, OUTDATED, BrandingSpec::default(), &LogoEdit::Keep);
        Editor list "users::import::claim_columns": |ctx, who, o| users::import::claim_columns(ctx, who, &o.slug);
        Editor list "users::import::check": |ctx, who, o| users::import::check(ctx, who, &o.slug, "username\njohn\n");
        Editor list "users::import::run": |ctx, who, o| users::import::run(ctx, who, &o.slug, "username\njohn\n");
        Viewer list "claims::custom": |ctx, who, o| claims::custom(ctx, who, &o.slug, &first_page());
        Viewer list "claims::all": |ctx, who, o| claims::all(ctx, who, &o.slug);
        Viewer id "claims::get": |ctx, who, o| claims::get(ctx, who, &o.slug, &o.claim);
        Viewer id "claims::usage": |ctx, who, o| claims::usage(ctx, who, &o.slug, &o.claim);
        Editor list "claims::create": |ctx, who, o| claims::create(ctx, who, &o.slug, ClaimSpec::default());
        Editor list "claims::create_in_scope": |ctx, who, o| claims::create_in_scope(ctx, who, &o.slug, ClaimSpec::default(), "reading");
        Editor id "claims::update": |ctx, who, o| claims::update(ctx, who, &o.slug, &o.claim, OUTDATED, ClaimSpec::default());
        Editor id "claims::delete": |ctx, who, o| claims::delete(ctx, who, &o.slug, &o.claim, OUTDATED);
        Viewer list "identity_scopes::page": |ctx, who, o| identity_scopes::page(ctx, who, &o.slug, &first_page());
        Viewer list "identity_scopes::all": |ctx, who, o| identity_scopes::all(ctx, who, &o.slug);
        Viewer id "identity_scopes::get": |ctx, who, o| identity_scopes::get(ctx, who, &o.slug, &o.identity_scope);
        Viewer id "identity_scopes::usage": |ctx, who, o| identity_scopes::usage(ctx, who, &o.slug, &o.identity_scope);
        Editor list "identity_scopes::create": |ctx, who, o| identity_scopes::create(ctx, who, &o.slug, IdentityScopeSpec::default());
        Editor id "identity_scopes::update": |ctx, who, o| identity_scopes::update(ctx, who, &o.slug, &o.identity_scope, OUTDATED, IdentityScopeSpec::default());
        Editor id "identity_scopes::delete": |ctx, who, o| identity_scopes::delete(ctx, who, &o.slug, &o.identity_scope, OUTDATED);
        Viewer list "api_connections::page": |ctx, who, o| api_connections::page(ctx, who, &o.slug, &first_page());
        Viewer id "api_connections::get": |ctx, who, o| api_connections::get(ctx, who, &o.slug, &o.connection);
        Viewer id "api_connections::usage": |ctx, who, o| api_connections::usage(ctx, who, &o.slug, &o.connection);
        Editor list "api_connections::create": |ctx, who, o| api_connections::create(ctx, who, &o.slug, ApiConnectionSpec::default());
        Editor id "api_connections::update": |ctx, who, o| api_connections::update(ctx, who, &o.slug, &o.connection, OUTDATED, ApiConnectionSpec::default());
        Editor id "api_connections::delete": |ctx, who, o| api_connections::delete(ctx, who, &o.slug, &o.connection, OUTDATED);
        Editor id "api_connections::new_secret": |ctx, who, o| api_connections::new_secret(ctx, who, &o.slug, &o.connection, SecretPlan::default());
        Viewer list "choices::all": |ctx, who, o| choices::all(ctx, who, &o.slug);
        Viewer list "api_scopes::all": |ctx, who, o| api_scopes::all(ctx, who, &o.slug);
        Viewer id "api_scopes::get": |ctx, who, o| api_scopes::get(ctx, who, &o.slug, &o.connection, &o.api_scope);
        Viewer id "api_scopes::usage": |ctx, who, o| api_scopes::usage(ctx, who, &o.slug, &o.connection, &o.api_scope);
        Editor id "api_scopes::create": |ctx, who, o| api_scopes::create(ctx, who, &o.slug, &o.connection, ApiScopeSpec::default());
        Editor id "api_scopes::update": |ctx, who, o| api_scopes::update(ctx, who, &o.slug, &o.connection, &o.api_scope, OUTDATED, ApiScopeSpec::default());
        Editor id "api_scopes::delete": |ctx, who, o| api_scopes::delete(ctx, who, &o.slug, &o.connection, &o.api_scope, OUTDATED);
        Viewer list "applications::page": |ctx, who, o| applications::page(ctx, who, &o.slug, &first_page());
        Viewer list "applications::came_by_themselves": |ctx, who, o| applications::came_by_themselves(ctx, who, &o.slug);
        Viewer id "applications::get": |ctx, who, o| applications::get(ctx, who, &o.slug, &o.application);
        Editor list "applications::create": |ctx, who, o| applications::create(ctx, who, &o.slug, ApplicationSpec::default());
        Editor id "applications::update": |ctx, who, o| applications::update(ctx, who, &o.slug, &o.application, OUTDATED, ApplicationSpec::default());
        Editor id "applications::set_disabled": |ctx, who, o| applications::set_disabled(ctx, who, &o.slug, &o.application, OUTDATED, true);
        Editor id "applications::delete": |ctx, who, o| applications::delete(ctx, who, &o.slug, &o.application, OUTDATED);
        Editor id "applications::new_secret": |ctx, who, o| applications::new_secret(ctx, who, &o.slug, &o.application, SecretPlan::default());
        Viewer id "logouts::latest": |ctx, who, o| logouts::latest(ctx, who, &o.slug, &o.application);
        Editor id "duplicate::application": |ctx, who, o| duplicate::application(ctx, who, &o.slug, &o.application, "my-app".into(), "Taken".into());
        Viewer list "users::page": |ctx, who, o| users::page(ctx, who, &o.slug, &first_page());
        Viewer id "users::get": |ctx, who, o| users::get(ctx, who, &o.slug, &o.user);
        Viewer id "users::sessions": |ctx, who, o| users::sessions(ctx, who, &o.slug, &o.user);
        Viewer id "users::consents": |ctx, who, o| users::consents(ctx, who, &o.slug, &o.user, &first_page());
        Viewer id "users::history": |ctx, who, o| users::history(ctx, who, &o.slug, &o.user, &first_page());
        Editor list "users::create": |ctx, who, o| users::create(ctx, who, &o.slug, new_user("not a name"));
        Editor id "users::update": |ctx, who, o| users::update(ctx, who, &o.slug, &o.user, OUTDATED, user_edit());
        Editor id "users::set_password": |ctx, who, o| users::set_password(ctx, who, &o.slug, &o.user, "short");
        Editor id "users::set_disabled": |ctx, who, o| users::set_disabled(ctx, who, &o.slug, &o.user, OUTDATED, true);
        Editor id "users::delete": |ctx, who, o| users::delete(ctx, who, &o.slug, &o.user, OUTDATED);
        Viewer list "sessions::page": |ctx, who, o| sessions::page(ctx, who, &o.slug, &first_page());
        Owner list "administrators::page_in": |ctx, who, o| administrators::page_in(ctx, who, &o.slug, &first_page());
        Viewer list "overview::get": |ctx, who, o| overview::get(ctx, who, &o.subscription_id);
        Viewer list "keys::list": |ctx, who, o| keys::list(ctx, who, &o.slug);
        Editor list "keys::rehearse": |ctx, who, o| keys::rehearse(ctx, who, &o.slug, SigningAlg::Rs256);
        Viewer id "preview::tokens": |ctx, who, o| preview::tokens(ctx, who, &o.slug, &o.application, None, &for_itself());
        Viewer id "preview::tokens_of_first": |ctx, who, o| preview::tokens_of_first(ctx, who, &o.slug, &o.application, None);
        Viewer list "preview_subject::candidates": |ctx, who, o| preview_subject::candidates(ctx, who, &o.slug, &preview_subject::Subject::Scope("openid".into()));
        Viewer list "audit::page": |ctx, who, o| audit::page(ctx, who, &o.slug, &first_page());
        // These succeed, so they stand last: what they leave behind is used by nothing above.
        Editor id "users::end_session": |ctx, who, o| users::end_session(ctx, who, &o.slug, &o.user, &o.session);
        Editor id "sessions::end": |ctx, who, o| sessions::end(ctx, who, &o.slug, &o.session);
        Editor list "keys::rotate": |ctx, who, o| keys::rotate(ctx, who, &o.slug, SigningAlg::Rs256);
    }
}

/// The cases whose object is gone after the first success.
pub fn removing_cases() -> Vec<Case> {
    cases! {
        Editor id "api_connections::remove_secret": |ctx, who, o| api_connections::remove_secret(ctx, who, &o.slug, &o.connection, &o.connection_secret);
        Editor id "applications::remove_secret": |ctx, who, o| applications::remove_secret(ctx, who, &o.slug, &o.application, &o.application_secret);
    }
}

async fn check(ctx: &Ctx, objects: &Objects, case: &Case, who: &str, actor: &Actor, role: Option<Role>) {
    let outcome = (case.call)(ctx, actor, objects).await;
    let name = case.name;
    match role {
        None => assert!(matches!(outcome, Err(Error::NotFound)), "{name} as {who}: {outcome:?}"),
        Some(role) if role < case.needs => {
            assert!(matches!(outcome, Err(Error::Forbidden)), "{name} as {who}: {outcome:?}");
        }
        Some(_) => assert!(
            !matches!(outcome, Err(Error::NotFound | Error::Forbidden | Error::Internal(_) | Error::Unavailable(_))),
            "{name} as {who}: {outcome:?}"
        ),
    }
}

both!(each_use_case_asks_for_its_role, |ctx| async {
    let objects = furnished(&ctx, "mine").await;
    let other = furnished(&ctx, "other").await;
    let (mine, other) = (objects.subscription_id.as_str(), other.subscription_id.as_str());
    let actors = [
        ("nobody", admin(&[]), None),
        ("an owner of another subscription", admin(&[(other, Role::Owner)]), None),
        ("a viewer", admin(&[(mine, Role::Viewer)]), Some(Role::Viewer)),
        ("an editor", admin(&[(mine, Role::Editor)]), Some(Role::Editor)),
        ("an owner", admin(&[(mine, Role::Owner)]), Some(Role::Owner)),
        ("a viewer of the installation", admin(&[("*", Role::Viewer)]), Some(Role::Viewer)),
        ("an editor of the installation", admin(&[("*", Role::Editor)]), Some(Role::Editor)),
        ("an owner of the installation", owner(), Some(Role::Owner)),
    ];
    for case in cases() {
        for (who, actor, role) in &actors {
            check(&ctx, &objects, &case, who, actor, *role).await;
        }
    }
    for case in removing_cases() {
        for (who, actor, role) in actors.iter().filter(|(_, _, role)| role.is_none_or(|role| role < case.needs)) {
            check(&ctx, &objects, &case, who, actor, *role).await;
        }
        (case.call)(&ctx, &actors[3].1, &objects).await.expect(case.name);
    }
});

both!(only_roles_on_the_installation_make_subscriptions, |ctx| async {
    let mine = crate::fixture::subscription(&ctx, "mine").await;
    for actor in [admin(&[]), admin(&[(&mine.id, Role::Owner)]), admin(&[("*", Role::Viewer)])] {
        let made = subscriptions::create(&ctx, &actor, subscription_spec("fresh")).await;
        assert!(matches!(made, Err(Error::Forbidden)), "{made:?}");
    }
    let editor = admin(&[("*", Role::Editor)]);
    subscriptions::create(&ctx, &editor, subscription_spec("fresh")).await.expect("made");
    let unknown: SubscriptionSpec = subscription_spec("x");
    let outcome = subscriptions::update(&ctx, &editor, "nowhere", 1, unknown).await;
    assert!(matches!(outcome, Err(Error::NotFound)));
});

both!(the_built_in_subscription_is_the_servers_own, |ctx| async {
    let system = subscriptions::get(&ctx, &owner(), "system").await.expect("visible");
    assert!(system.built_in);
    let (version, spec) = (system.stored.version, system.stored.spec);
    let editor = admin(&[("*", Role::Editor)]);
    let forbidden = |outcome: Result<Done>| assert!(matches!(outcome, Err(Error::Forbidden)), "{outcome:?}");
    forbidden(subscriptions::delete(&ctx, &owner(), "system", version).await);
    forbidden(subscriptions::set_disabled(&ctx, &owner(), "system", version, true).await);
    forbidden(subscriptions::update(&ctx, &editor, "system", version, spec.clone()).await);
    forbidden(claims::create(&ctx, &owner(), "system", crate::fixture::claim_spec("c")).await.map(|_| Done::default()));
    forbidden(users::page(&ctx, &editor, "system", &first_page()).await.map(|_| Done::default()));
    forbidden(users::create(&ctx, &editor, "system", new_user("eve")).await.map(|_| Done::default()));
    forbidden(sessions::page(&ctx, &editor, "system", &first_page()).await.map(|_| Done::default()));
    forbidden(audit::page(&ctx, &editor, "system", &first_page()).await.map(|_| Done::default()));
    forbidden(keys::rotate(&ctx, &editor, "system", SigningAlg::Rs256).await);
    users::page(&ctx, &owner(), "system", &first_page()).await.expect("owners see administrators");
    let renamed = SubscriptionSpec { name: "Mine".into(), registration: true, ..spec.clone() };
    let refused = subscriptions::update(&ctx, &owner(), "system", version, renamed).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
    assert!(errors.of("name").is_some() && errors.of("registration").is_some(), "{errors}");
    let shorter = SubscriptionSpec { session_idle_lifetime: 600, ..spec };
    subscriptions::update(&ctx, &owner(), "system", version, shorter).await.expect("lifetimes may change");
    let console = applications::page(&ctx, &owner(), "system", &first_page()).await.expect("visible").items;
    let console = &console[0];
    let spec = ApplicationSpec { name: "Mine".into(), ..console.spec.clone() };
    let saved = applications::update(&ctx, &owner(), "system", &console.id, console.version, spec).await;
    forbidden(saved.map(|saved| saved.done));
    forbidden(applications::delete(&ctx, &owner(), "system", &console.id, console.version).await);
    forbidden(applications::set_disabled(&ctx, &owner(), "system", &console.id, console.version, true).await);
});
