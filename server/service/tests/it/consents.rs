//! What users agreed to: seen, and taken back with what came of it.

use service::console::users;
use service::{Ctx, Error};
use store::consents::Consent;

use crate::fixture::{Objects, first_page, furnished, grant, grant_counts, logs, owner, session_counts, strings};

async fn agree(ctx: &Ctx, objects: &Objects) {
    let mut tx = ctx.begin().await.expect("begins");
    let application_id = objects.application.clone();
    let consent = Consent { application_id, scopes: strings(&["openid", "library"]), granted_at: ctx.now() };
    store::consents::put(&mut tx, &objects.user, &consent).await.expect("put");
    tx.commit().await.expect("commits");
}

both!(taking_one_back_ends_what_came_of_it, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    agree(&ctx, &mine).await;
    let granted = grant(&ctx, &mine).await;
    let page = users::consents(&ctx, &owner(), "mine", &mine.user, &first_page()).await.expect("page");
    let rows: Vec<_> = page.items.iter().map(|c| (c.application_name.as_str(), c.scopes.join(" "))).collect();
    assert_eq!(rows, [("The my-app", "openid library".to_owned())]);
    users::withdraw_consent(&ctx, &owner(), "mine", &mine.user, &mine.application).await.expect("withdrawn");
    assert!(!grant_counts(&ctx, &granted).await);
    assert!(session_counts(&ctx, &mine.session).await, "the user is still signed in");
    assert!(logs(&ctx).await.contains("consent_withdrawn"));
    let page = users::consents(&ctx, &owner(), "mine", &mine.user, &first_page()).await.expect("page");
    assert!(page.items.is_empty());
    let again = users::withdraw_consent(&ctx, &owner(), "mine", &mine.user, &mine.application).await;
    assert!(matches!(again, Err(Error::NotFound)));
    let history = users::history(&ctx, &owner(), "mine", &mine.user, &first_page()).await.expect("page").items;
    let newest = &history[0];
    assert_eq!(newest.action, "consent_withdrawn");
    assert_eq!(newest.application.as_ref().map(|(id, _)| id), Some(&mine.application));
    assert_eq!(newest.actor.as_deref(), Some("somebody@example.com"));
});

both!(those_of_another_subscription_are_not_there, |ctx| async {
    let (mine, other) = (furnished(&ctx, "mine").await, furnished(&ctx, "other").await);
    agree(&ctx, &other).await;
    let granted = grant(&ctx, &other).await;
    let seen = users::consents(&ctx, &owner(), "mine", &other.user, &first_page()).await;
    assert!(matches!(seen, Err(Error::NotFound)));
    for user in [&mine.user, &other.user] {
        let refused = users::withdraw_consent(&ctx, &owner(), "mine", user, &other.application).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }
    assert!(users::history(&ctx, &owner(), "mine", &other.user, &first_page()).await.is_err());
    assert!(grant_counts(&ctx, &granted).await);
});
