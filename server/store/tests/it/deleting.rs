//! Deleting: refused while in use, else with everything inside.

use serde_json::json;
use store::claim_values::{self, NewClaimValue};
use store::consents::{self, Consent};
use store::{
    Error, Store, access_tokens, api_connections, applications, claims, codes, console_sessions, events, grants,
    interactions, refresh_tokens, revisions, revoked_tokens, roles, scopes, secrets, sessions, signing_keys,
    subscriptions, users,
};

use crate::fixture::{self, Family, NOW};

/// A family with one of everything hanging on it.
struct Full {
    family: Family,
    claim_id: String,
    identity_scope_id: String,
    api_scope_id: String,
    connection_id: String,
}

async fn fill(store: &Store, slug: &str) -> Full {
    let mut begun = store.begin().await.expect("begins");
    let tx = &mut begun;
    let family = fixture::family(tx, slug).await;
    let sub = &family.subscription_id;
    let claim_id = fixture::in_claim(tx, sub, "card").await;
    let connection = fixture::api_connection(sub, "library-api");
    api_connections::insert(tx, &connection).await.expect("inserts");
    let identity = fixture::identity_scope(sub, "library", &["card"]);
    scopes::insert_identity(tx, &identity).await.expect("inserts");
    let api = fixture::api_scope(sub, &connection.object.id, "books");
    scopes::insert_api(tx, &api).await.expect("inserts");
    let mut app = applications::find(tx, &family.application_id).await.expect("finds").expect("is there");
    app.object.spec.allowed_identity_scopes = vec!["library".into()];
    app.object.spec.allowed_api_scopes = vec!["books".into()];
    assert!(applications::update(tx, &app.object.id, 1, &app.object.spec, NOW).await.expect("updates"));
    for (application_id, api_connection_id) in
        [(Some(family.application_id.clone()), None), (None, Some(connection.object.id.clone()))]
    {
        let secret = secrets::Secret {
            id: fixture::id(),
            subscription_id: sub.clone(),
            application_id,
            api_connection_id,
            hash: fixture::hash(),
            sealed: None,
            created_at: NOW,
            expires_at: None,
            last_used_at: None,
        };
        secrets::insert(tx, &secret).await.expect("inserts");
    }
    let value = json!("LC-1");
    let new = NewClaimValue { claim_id: &claim_id, value: &value, canonical: "lc-1", unique: true };
    claim_values::put(tx, &family.user_id, &[new], NOW).await.expect("puts");
    let consent = Consent { application_id: family.application_id.clone(), scopes: vec![], granted_at: NOW };
    consents::put(tx, &family.user_id, &consent).await.expect("puts");
    roles::put(tx, &family.user_id, sub, model::Role::Editor).await.expect("gives");
    let session = fixture::session(sub, &family.user_id);
    sessions::insert(tx, &session).await.expect("inserts");
    let console = console_sessions::ConsoleSession {
        hash: fixture::hash(),
        session_id: session.id.clone(),
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: NOW + 9,
    };
    console_sessions::insert(tx, &console).await.expect("inserts");
    interactions::insert(tx, &fixture::interaction(sub)).await.expect("inserts");
    codes::insert(tx, &fixture::code(&family.grant.id)).await.expect("inserts");
    refresh_tokens::insert(tx, &fixture::refresh_token(&family.grant.id)).await.expect("inserts");
    access_tokens::insert(tx, &fixture::access_token(&family.grant)).await.expect("inserts");
    revoked_tokens::insert(tx, &fixture::id(), sub, NOW + 9).await.expect("inserts");
    signing_keys::insert(tx, &fixture::signing_key(sub, NOW)).await.expect("inserts");
    events::insert(tx, &fixture::event(Some(sub), Some(&family.user_id))).await.expect("inserts");
    revisions::insert(tx, &fixture::revision(Some(sub), &claim_id)).await.expect("inserts");
    let full = Full {
        claim_id,
        identity_scope_id: identity.object.id,
        api_scope_id: api.object.id,
        connection_id: connection.object.id,
        family,
    };
    begun.commit().await.expect("commits");
    full
}

both!(what_is_in_use_stays, |store| async {
    let full = fill(&store, "a").await;
    let refused = |result: Result<bool, Error>| assert!(matches!(result, Err(Error::ForeignKey)), "{result:?}");
    let mut tx = store.begin().await.expect("begins");
    refused(claims::delete(&mut tx, &full.claim_id).await);
    drop(tx);
    let mut tx = store.begin().await.expect("begins");
    refused(scopes::delete(&mut tx, &full.identity_scope_id).await);
    drop(tx);
    let mut tx = store.begin().await.expect("begins");
    refused(scopes::delete(&mut tx, &full.api_scope_id).await);
    drop(tx);
    let mut tx = store.begin().await.expect("begins");
    refused(api_connections::delete(&mut tx, &full.connection_id).await);
});

both!(what_nobody_uses_goes, |store| async {
    let full = fill(&store, "a").await;
    let sub = &full.family.subscription_id;
    let mut tx = store.begin().await.expect("begins");
    assert!(applications::delete(&mut tx, &full.family.application_id).await.expect("deletes"));
    assert!(!applications::delete(&mut tx, &full.family.application_id).await.expect("is gone"));
    assert_eq!(grants::find(&mut tx, &full.family.grant.id).await.expect("finds"), None);
    assert_eq!(consents::of_user(&mut tx, &full.family.user_id).await.expect("lists"), []);
    assert!(scopes::delete(&mut tx, &full.identity_scope_id).await.expect("deletes"));
    assert!(!scopes::delete(&mut tx, &full.identity_scope_id).await.expect("is gone"));
    assert!(api_connections::delete(&mut tx, &full.connection_id).await.expect("deletes"));
    assert!(!api_connections::delete(&mut tx, &full.connection_id).await.expect("is gone"));
    assert_eq!(scopes::list_api(&mut tx, sub).await.expect("lists"), []);
    assert_eq!(secrets::list_of_subscription(&mut tx, sub).await.expect("lists"), []);
    assert_eq!(claim_values::delete_of_claim(&mut tx, &full.claim_id).await.expect("deletes"), 1);
    assert!(claims::delete(&mut tx, &full.claim_id).await.expect("deletes"));
    assert!(!claims::delete(&mut tx, &full.claim_id).await.expect("is gone"));
    tx.commit().await.expect("commits");
});

both!(a_user_goes_with_all_they_hold, |store| async {
    let full = fill(&store, "a").await;
    let mut tx = store.begin().await.expect("begins");
    assert!(users::delete(&mut tx, &full.family.user_id, fixture::NOW).await.expect("deletes"));
    assert!(!users::delete(&mut tx, &full.family.user_id, fixture::NOW).await.expect("is gone"));
    assert_eq!(claims::usage(&mut tx, &full.claim_id).await.expect("asks").values, 0);
    assert_eq!(grants::find(&mut tx, &full.family.grant.id).await.expect("finds"), None);
    assert_eq!(roles::list(&mut tx, &full.family.subscription_id).await.expect("lists"), []);
    let request = model::PageRequest::default();
    let events = events::page_of_user(&mut tx, &full.family.user_id, &request).await.expect("lists");
    assert_eq!(events.items.len(), 1, "the log stays");
    tx.commit().await.expect("commits");
});

both!(a_session_leaves_its_grants, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let mut session = fixture::session(&family.subscription_id, &family.user_id);
    session.expires_at = NOW - 1;
    sessions::insert(&mut tx, &session).await.expect("inserts");
    let mut grant = fixture::grant(&family.subscription_id, &family.application_id, Some(&family.user_id));
    grant.session_id = Some(session.id.clone());
    grants::insert(&mut tx, &grant).await.expect("inserts");
    store::cleaning::sweep(&mut tx, NOW, 0, 100).await.expect("cleans");
    assert_eq!(sessions::find(&mut tx, &session.id).await.expect("finds"), None);
    let found = grants::find(&mut tx, &grant.id).await.expect("finds").expect("is there");
    assert_eq!((found.session_id, found.revoked_at), (None, None));
});

both!(a_subscription_goes_with_everything_inside, |store| async {
    let gone = fill(&store, "a").await;
    let kept = fill(&store, "b").await;
    let mut tx = store.begin().await.expect("begins");
    assert!(subscriptions::delete(&mut tx, &gone.family.subscription_id).await.expect("deletes"));
    assert!(!subscriptions::delete(&mut tx, &gone.family.subscription_id).await.expect("is gone"));
    tx.commit().await.expect("commits");
    let mut conn = store.read().await.expect("reads");
    assert_eq!(subscriptions::slugs(&mut conn).await.expect("lists"), ["b"]);
    let counts = subscriptions::counts(&mut conn, &gone.family.subscription_id).await.expect("counts");
    assert_eq!(counts, subscriptions::Counts::default());
    assert_eq!(grants::find(&mut conn, &gone.family.grant.id).await.expect("finds"), None);
    assert!(grants::find(&mut conn, &kept.family.grant.id).await.expect("finds").is_some());
    let request = model::PageRequest::default();
    let log = revisions::page(&mut conn, &gone.family.subscription_id, &request).await.expect("lists");
    assert_eq!(log.items.len(), 1, "the log stays");
    drop(conn);
    // The slug may be taken anew.
    let mut tx = store.begin().await.expect("begins");
    fixture::in_subscription(&mut tx, "a").await;
});

both!(the_built_in_ones_stay, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let mut system = fixture::subscription("system", "System");
    system.built_in = true;
    subscriptions::insert(&mut tx, &system).await.expect("inserts");
    let mut console = fixture::application(&system.object.id, "console", "Console");
    console.built_in = true;
    applications::insert(&mut tx, &console).await.expect("inserts");
    let mut sub = fixture::claim(&system.object.id, "sub");
    sub.standard = true;
    claims::insert(&mut tx, &sub).await.expect("inserts");
    assert!(!applications::delete(&mut tx, &console.object.id).await.expect("refuses"));
    assert!(!claims::delete(&mut tx, &sub.object.id).await.expect("refuses"));
    assert!(!subscriptions::delete(&mut tx, &system.object.id).await.expect("refuses"));
    assert!(subscriptions::slugs(&mut tx).await.expect("lists").is_empty(), "and are not exported");
});
