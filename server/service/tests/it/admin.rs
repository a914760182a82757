//! The first administrator, and a locked-out one.

use model::Role;
use service::client::ClientInfo;
use service::console::users;
use service::{Ctx, Error, admin};

use crate::fixture::{PASSWORD, code_at, first_page, new_user, owner, session, session_counts};

const OTHER: &str = "another river over sand";

/// Through the link; the value of the new session's cookie.
async fn redeem(ctx: &Ctx, token: &str, email: &str, password: &str, confirmation: &str) -> service::Result<String> {
    admin::redeem_setup(ctx, token, email, password, confirmation, &ClientInfo::default()).await
}

async fn roles(ctx: &Ctx, user_id: &str) -> Vec<(String, Role)> {
    store::roles::of_user(&mut ctx.read().await.expect("reads"), user_id).await.expect("roles")
}

both!(the_set_up_link_works_once, |ctx| async {
    assert!(!admin::owners_exist(&ctx).await.expect("asked"));
    let token = admin::setup_link(&ctx).await.expect("link").expect("a token");
    let printed_again = admin::setup_link(&ctx).await.expect("link").expect("a token");
    assert_ne!(token, printed_again);
    assert!(admin::is_setup_link(&ctx, &token).await.expect("asked"));
    assert_eq!(code_at(redeem(&ctx, &token, "", PASSWORD, PASSWORD).await, "email"), "required");
    let wrong = redeem(&ctx, "nonsense", "a@example.com", PASSWORD, PASSWORD).await;
    assert!(matches!(wrong, Err(Error::NotFound)));
    let bad = redeem(&ctx, &token, "not an address", "short", "shorter").await;
    let Err(Error::Invalid(errors)) = bad else { panic!("{bad:?}") };
    for (field, code) in
        [("email", "email"), ("password", "password-short"), ("password_confirmation", "password-confirmation")]
    {
        assert_eq!(errors.of(field).map(|p| p.code.as_str()), Some(code), "{field}");
    }
    let cookie = redeem(&ctx, &token, "a@example.com", PASSWORD, PASSWORD).await.expect("made");
    let hash = service::crypto::hash(&cookie);
    let session = store::sessions::find_by_hash(&mut ctx.read().await.expect("reads"), &hash).await;
    let id = session.expect("found").expect("signed in").user_id;
    assert_eq!(roles(&ctx, &id).await, [("*".to_owned(), Role::Owner)]);
    assert!(admin::owners_exist(&ctx).await.expect("asked"));
    for used in [&token, &printed_again] {
        let again = redeem(&ctx, used, "b@example.com", PASSWORD, PASSWORD).await;
        assert!(matches!(again, Err(Error::NotFound)));
        assert!(!admin::is_setup_link(&ctx, used).await.expect("asked"));
    }
    assert_eq!(admin::setup_link(&ctx).await.expect("asked"), None);
    let log = crate::fixture::logs(&ctx).await;
    assert!(log.contains("owner_created") && !log.contains(&token) && !log.contains(PASSWORD));
});

both!(the_set_up_link_lives_a_day, |ctx| async {
    let token = admin::setup_link(&ctx).await.expect("link").expect("a token");
    ctx.clock.advance(86_400);
    let late = redeem(&ctx, &token, "a@example.com", PASSWORD, PASSWORD).await;
    assert!(matches!(late, Err(Error::NotFound)));
});

both!(of_two_redemptions_at_once_one_makes_an_owner, |ctx| async {
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..6 {
        let token = admin::setup_link(&ctx).await.expect("link").expect("a token");
        let ctx = ctx.clone();
        tasks.spawn(async move {
            let email = format!("owner{n}@example.com");
            redeem(&ctx, &token, &email, PASSWORD, PASSWORD).await.is_ok()
        });
    }
    let made = tasks.join_all().await.into_iter().filter(|made| *made).count();
    assert_eq!(made, 1);
});

both!(an_owner_is_made_at_the_command_line, |ctx| async {
    let token = admin::setup_link(&ctx).await.expect("link").expect("a token");
    let short = admin::create_owner(&ctx, "a@example.com", Some("Ann"), "short").await;
    assert_eq!(code_at(short, "password"), "password-short");
    let id = admin::create_owner(&ctx, "a@example.com", Some("Ann"), PASSWORD).await.expect("made");
    let twice = admin::create_owner(&ctx, "A@Example.com", None, PASSWORD).await;
    assert_eq!(code_at(twice, "email"), "taken");
    assert!(matches!(redeem(&ctx, &token, "b@example.com", PASSWORD, PASSWORD).await, Err(Error::NotFound)));
    let card = users::page(&ctx, &owner(), "system", &first_page()).await.expect("list").items.remove(0);
    assert_eq!((card.id, card.name.as_deref()), (id, Some("Ann")));
});

both!(a_locked_out_administrator_comes_back, |ctx| async {
    let id = admin::create_owner(&ctx, "a@example.com", None, PASSWORD).await.expect("made");
    let other = admin::create_owner(&ctx, "b@example.com", None, PASSWORD).await.expect("made");
    let system = service::console::subscriptions::get(&ctx, &owner(), "system").await.expect("system").stored.id;
    let open = session(&ctx, &system, &id).await;
    users::set_disabled(&ctx, &owner(), "system", &id, 1, true).await.expect("disabled");
    assert!(matches!(admin::reset(&ctx, "nobody@example.com", OTHER).await, Err(Error::NotFound)));
    assert_eq!(code_at(admin::reset(&ctx, "a@example.com", "short").await, "password"), "password-short");
    admin::reset(&ctx, "A@example.com", OTHER).await.expect("reset");
    let view = users::get(&ctx, &owner(), "system", &id).await.expect("view");
    assert!(view.disabled_at.is_none());
    assert!(!session_counts(&ctx, &open).await);
    let row = store::users::find(&mut ctx.read().await.expect("reads"), &id).await.expect("found").expect("user");
    assert!(ctx.hasher.verify(OTHER, row.password_hash.as_deref()).await.expect("verifies"));
    assert_eq!(roles(&ctx, &id).await, roles(&ctx, &other).await);
});

both!(the_last_owner_stays, |ctx| async {
    let first = admin::create_owner(&ctx, "a@example.com", None, PASSWORD).await.expect("made");
    let nobody = users::create(&ctx, &owner(), "system", new_user("nobody")).await.expect("no role yet");
    users::delete(&ctx, &owner(), "system", &nobody, 1).await.expect("no owner");
    for refused in [
        users::set_disabled(&ctx, &owner(), "system", &first, 1, true).await,
        users::delete(&ctx, &owner(), "system", &first, 1).await,
    ] {
        assert_eq!(code_at(refused, ""), "last-owner");
    }
    let second = admin::create_owner(&ctx, "b@example.com", None, PASSWORD).await.expect("made");
    users::set_disabled(&ctx, &owner(), "system", &first, 1, true).await.expect("another is left");
    assert_eq!(code_at(users::delete(&ctx, &owner(), "system", &second, 1).await, ""), "last-owner");
    users::delete(&ctx, &owner(), "system", &first, 2).await.expect("a disabled owner may go");
});
