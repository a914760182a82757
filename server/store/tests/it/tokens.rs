//! Grants and what is issued from them.

use store::tokens::{JwtState, jwt_state};
use store::{access_tokens, codes, grants, refresh_tokens, revoked_tokens, sessions, users};

use crate::fixture::{self, NOW};

both!(a_code_is_redeemed_once, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = fixture::code(&family.grant.id);
    codes::insert(&mut tx, &new).await.expect("inserts");
    assert_eq!(codes::find(&mut tx, &new.hash).await.expect("finds"), Some(new.clone()));
    let won = codes::consume(&mut tx, &new.hash, NOW + 1).await.expect("redeems");
    let mut redeemed = new.clone();
    redeemed.consumed_at = Some(NOW + 1);
    assert_eq!(won, codes::Consumed::Won(redeemed));
    let again = codes::consume(&mut tx, &new.hash, NOW + 9999).await.expect("refuses");
    assert_eq!(again, codes::Consumed::Replayed { grant_id: family.grant.id.clone() });
    assert_eq!(codes::consume(&mut tx, &fixture::hash(), NOW).await.expect("refuses"), codes::Consumed::Unknown);
    let late = fixture::code(&family.grant.id);
    codes::insert(&mut tx, &late).await.expect("inserts");
    let refused = codes::consume(&mut tx, &late.hash, late.expires_at).await.expect("refuses");
    assert_eq!(refused, codes::Consumed::Unknown, "expired");
});

both!(a_refresh_token_has_one_successor, |store| async {
    use refresh_tokens::Consumed;

    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let first = fixture::refresh_token(&family.grant.id);
    let second = fixture::refresh_token(&family.grant.id);
    let third = fixture::refresh_token(&family.grant.id);
    for new in [&first, &second, &third] {
        refresh_tokens::insert(&mut tx, new).await.expect("inserts");
    }
    assert_eq!(refresh_tokens::find(&mut tx, &first.hash).await.expect("finds"), Some(first.clone()));
    let won = refresh_tokens::consume(&mut tx, &first.hash, &second.hash, NOW + 1).await.expect("uses");
    let mut used = first.clone();
    (used.consumed_at, used.successor_hash) = (Some(NOW + 1), Some(second.hash.clone()));
    assert_eq!(won, Consumed::Won(used.clone()));
    let again = refresh_tokens::consume(&mut tx, &first.hash, &third.hash, NOW + 2).await.expect("refuses");
    assert_eq!(again, Consumed::Replayed(used));

    // A retry within the grace, once.
    assert!(
        refresh_tokens::replace_successor(&mut tx, &first.hash, &second.hash, &third.hash, NOW + 2)
            .await
            .expect("replaces")
    );
    assert!(
        !refresh_tokens::replace_successor(&mut tx, &first.hash, &second.hash, &third.hash, NOW + 2)
            .await
            .expect("once")
    );
    let found = refresh_tokens::find(&mut tx, &first.hash).await.expect("finds").expect("is there");
    assert_eq!(found.successor_hash, Some(third.hash.clone()));
    let dead = refresh_tokens::consume(&mut tx, &second.hash, "x", NOW + 3).await.expect("refuses");
    assert!(matches!(dead, Consumed::Revoked(_)), "{dead:?}");

    // Not once the successor was used.
    let used = refresh_tokens::consume(&mut tx, &third.hash, "x", NOW + 3).await.expect("uses");
    assert!(matches!(used, Consumed::Won(_)), "{used:?}");
    assert!(
        !refresh_tokens::replace_successor(&mut tx, &first.hash, &third.hash, "y", NOW + 3).await.expect("too late")
    );
    assert!(!refresh_tokens::revoke(&mut tx, &third.hash, NOW + 3).await.expect("used"));

    let unknown = refresh_tokens::consume(&mut tx, "nothing", "x", NOW).await.expect("refuses");
    assert_eq!(unknown, Consumed::Unknown);
    let late = fixture::refresh_token(&family.grant.id);
    refresh_tokens::insert(&mut tx, &late).await.expect("inserts");
    let expired = refresh_tokens::consume(&mut tx, &late.hash, "x", late.expires_at).await.expect("refuses");
    assert_eq!(expired, Consumed::Unknown);
    assert!(refresh_tokens::revoke(&mut tx, &late.hash, NOW).await.expect("revokes"));
    let fourth = fixture::refresh_token(&family.grant.id);
    refresh_tokens::insert(&mut tx, &fourth).await.expect("inserts");
    assert_eq!(refresh_tokens::revoke_of_grant(&mut tx, &family.grant.id, NOW).await.expect("revokes"), 3);
});

both!(an_access_token_counts_while_all_above_it_does, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = fixture::access_token(&family.grant);
    access_tokens::insert(&mut tx, &new).await.expect("inserts");
    let own = access_tokens::AccessToken {
        hash: fixture::hash(),
        user_id: None,
        grant_id: None,
        ..fixture::access_token(&family.grant)
    };
    access_tokens::insert(&mut tx, &own).await.expect("inserts");
    let found = access_tokens::find_by_hash(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert_eq!(found.token, new);
    assert!(found.is_live(NOW) && !found.is_live(new.expires_at));
    assert_eq!(access_tokens::find_by_hash(&mut tx, "x").await.expect("finds"), None);

    assert!(users::set_disabled(&mut tx, &family.user_id, 1, Some(NOW), NOW).await.expect("disables"));
    let found = access_tokens::find_by_hash(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert!(found.user_disabled && !found.is_live(NOW));
    assert!(users::set_disabled(&mut tx, &family.user_id, 2, None, NOW).await.expect("enables"));
    assert!(grants::revoke(&mut tx, &family.grant.id, NOW).await.expect("revokes"));
    let found = access_tokens::find_by_hash(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert!(found.grant_revoked && !found.is_live(NOW));

    let found = access_tokens::find_by_hash(&mut tx, &own.hash).await.expect("finds").expect("is there");
    assert!(found.is_live(NOW), "of the application itself");
    assert!(access_tokens::revoke(&mut tx, &own.hash, NOW).await.expect("revokes"));
    assert!(!access_tokens::revoke(&mut tx, &own.hash, NOW).await.expect("once"));
    let found = access_tokens::find_by_hash(&mut tx, &own.hash).await.expect("finds").expect("is there");
    assert!(!found.is_live(NOW));
    assert_eq!(access_tokens::revoke_of_grant(&mut tx, &family.grant.id, NOW).await.expect("revokes"), 1);
    assert_eq!(access_tokens::revoke_of_application(&mut tx, &family.application_id, NOW).await.expect("revokes"), 0);
});

both!(a_token_is_stored_once, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = fixture::access_token(&family.grant);
    access_tokens::insert(&mut tx, &new).await.expect("inserts");
    let other = access_tokens::AccessToken { expires_at: new.expires_at + 1, ..new.clone() };
    assert!(!access_tokens::insert(&mut tx, &other).await.expect("refused"), "it is there");
    let found = access_tokens::find_by_hash(&mut tx, &new.hash).await.expect("found").expect("one");
    assert_eq!(found.token, new, "and stays what it was");
});

both!(a_jwt_is_asked_about_in_one_statement, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let grant = family.grant.id.as_str();
    assert_eq!(jwt_state(&mut tx, "j1", None).await.expect("asks"), JwtState::Live);
    assert_eq!(jwt_state(&mut tx, "j1", Some(grant)).await.expect("asks"), JwtState::Live);
    assert_eq!(jwt_state(&mut tx, "j1", Some("gone")).await.expect("asks"), JwtState::Revoked);
    revoked_tokens::insert(&mut tx, "j1", &family.subscription_id, NOW + 9).await.expect("inserts");
    revoked_tokens::insert(&mut tx, "j1", &family.subscription_id, NOW + 9).await.expect("twice is once");
    assert!(revoked_tokens::exists(&mut tx, "j1").await.expect("asks"));
    assert!(!revoked_tokens::exists(&mut tx, "j2").await.expect("asks"));
    assert_eq!(jwt_state(&mut tx, "j1", None).await.expect("asks"), JwtState::Revoked);
    assert_eq!(jwt_state(&mut tx, "j1", Some(grant)).await.expect("asks"), JwtState::Revoked);
    assert_eq!(jwt_state(&mut tx, "j2", Some(grant)).await.expect("asks"), JwtState::Live);
    assert!(users::set_disabled(&mut tx, &family.user_id, 1, Some(NOW), NOW).await.expect("disables"));
    assert_eq!(jwt_state(&mut tx, "j2", Some(grant)).await.expect("asks"), JwtState::Revoked);
    assert!(users::set_disabled(&mut tx, &family.user_id, 2, None, NOW).await.expect("enables"));
    assert_eq!(jwt_state(&mut tx, "j2", Some(grant)).await.expect("asks"), JwtState::Live);
    assert!(grants::revoke(&mut tx, grant, NOW).await.expect("revokes"));
    assert_eq!(jwt_state(&mut tx, "j2", Some(grant)).await.expect("asks"), JwtState::Revoked);
    // A grant of the application itself has no user.
    let own = fixture::grant(&family.subscription_id, &family.application_id, None);
    grants::insert(&mut tx, &own).await.expect("inserts");
    assert_eq!(jwt_state(&mut tx, "j2", Some(&own.id)).await.expect("asks"), JwtState::Live);
});

both!(grants_are_revoked_by_what_they_hang_on, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let (sub, app, user) = (&family.subscription_id, &family.application_id, &family.user_id);
    let session = fixture::session(sub, user);
    sessions::insert(&mut tx, &session).await.expect("inserts");
    assert_eq!(grants::find(&mut tx, &family.grant.id).await.expect("finds"), Some(family.grant.clone()));
    grants::extend(&mut tx, &family.grant.id, NOW + 5000).await.expect("extends");
    grants::extend(&mut tx, &family.grant.id, NOW + 1).await.expect("never shortens");
    let live = grants::live_of_user(&mut tx, user, NOW + 4999).await.expect("lists");
    assert_eq!((live.len(), live[0].expires_at), (1, NOW + 5000));

    let mut grant = fixture::grant(sub, app, Some(user));
    grant.session_id = Some(session.id.clone());
    grants::insert(&mut tx, &grant).await.expect("inserts");
    assert_eq!(grants::revoke_of_session(&mut tx, &session.id, NOW).await.expect("revokes"), 1);
    assert!(!grants::revoke(&mut tx, &grant.id, NOW).await.expect("once"));
    assert_eq!(grants::live_of_user(&mut tx, user, NOW).await.expect("lists").len(), 1);
    let elsewhere = fixture::in_application(&mut tx, sub, "other").await;
    assert_eq!(grants::revoke_of_user_and_application(&mut tx, user, &elsewhere, NOW).await.expect("revokes"), 0);
    assert_eq!(grants::revoke_of_user_and_application(&mut tx, user, app, NOW).await.expect("revokes"), 1);
    grants::insert(&mut tx, &fixture::grant(sub, app, Some(user))).await.expect("inserts");
    assert_eq!(grants::revoke_of_application(&mut tx, app, NOW).await.expect("revokes"), 1);
    grants::insert(&mut tx, &fixture::grant(sub, app, Some(user))).await.expect("inserts");
    assert_eq!(grants::revoke_of_user(&mut tx, user, NOW).await.expect("revokes"), 1);
    assert_eq!(grants::live_of_user(&mut tx, user, NOW).await.expect("lists"), []);
});
