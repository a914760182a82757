//! Signing in with a wrong name or a wrong password (SECURITY.md 52-55).

use super::library::PASSWORD;
use super::world::World;
use crate::support::{Reply, Setup};

async fn sign_in(world: &World, username: &str, password: &str) -> Reply {
    let fields = [("username", username), ("password", password)];
    world.app.browser().post(&world.path("/login"), &fields).await
}

/// What people read, without the marks around it.
fn words(page: &Reply) -> String {
    page.body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

both!(an_unknown_name_and_a_wrong_password_sound_the_same, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let wrong = sign_in(&world, "john", "a wrong quiet river").await.expect(422);
    assert!(words(&wrong).contains("The user name or the password is wrong."));
    // Unknown, without a password, too long, empty.
    let long = "a".repeat(5_000);
    for (name, password) in [
        ("nobody", PASSWORD),
        ("mary", PASSWORD),
        ("nobody@email.com", PASSWORD),
        (&long, PASSWORD),
        ("john", &long),
        ("", ""),
    ] {
        let other = sign_in(&world, name, password).await.expect(422);
        assert_eq!(words(&other), words(&wrong), "{name}");
        assert_eq!(other.header("set-cookie"), "");
        assert!(!other.body.contains(PASSWORD));
    }
    let names = |reply: &Reply| reply.headers.keys().map(|n| n.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&wrong), names(&sign_in(&world, "nobody", PASSWORD).await));
});

fn three() -> Setup {
    Setup::default().with(|given| given.sign_in_failures_per_user = Some("3".into()))
}

both!(names_of_one_user_count_together, three(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    for name in ["john", "john.doe@email.com"] {
        sign_in(&world, name, "a wrong quiet river").await.expect(422);
    }
    sign_in(&world, "JOHN.DOE@email.com", "a wrong quiet river").await;
    // The right password does not help now, under any name.
    for name in ["john", "john.doe@email.com", " JOHN "] {
        let reply = sign_in(&world, name, PASSWORD).await.expect(429);
        assert!(reply.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 1));
        assert_eq!(reply.header("set-cookie"), "");
    }
    app.clock.advance(900);
    sign_in(&world, "john", PASSWORD).await.expect(303);
});

both!(an_unknown_name_is_locked_like_a_known_one, three(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut heard = Vec::new();
    for name in ["john", "nobody"] {
        let mut statuses = Vec::new();
        for _ in 0..4 {
            statuses.push(sign_in(&world, name, "a wrong quiet river").await.status.as_u16());
        }
        heard.push(statuses);
    }
    assert_eq!(heard[0], heard[1]);
    assert_eq!(heard[0].last(), Some(&429));
});

both!(the_password_of_the_account_page_counts_too, three(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = world.signed_in("john").await;
    for _ in 0..3 {
        let fields = [("current_password", "wrong"), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
        browser.post(&world.path("/account/password"), &fields).await.expect(422);
    }
    sign_in(&world, "john", PASSWORD).await.expect(429);
});

both!(a_sign_in_forgets_the_failures, three(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    for _ in 0..3 {
        for _ in 0..2 {
            sign_in(&world, "john", "a wrong quiet river").await.expect(422);
        }
        sign_in(&world, "john", PASSWORD).await.expect(303);
    }
});

fn two_registrations() -> Setup {
    Setup::default().with(|given| given.registrations_per_address = Some("2".into()))
}

both!(registrations_from_one_address_are_counted, two_registrations(), |app| async move {
    let world = World::open(&app).await;
    let register = async |email: &str| {
        let fields = [("email", email), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
        app.browser().post(&world.path("/register"), &fields).await
    };
    register("one@email.com").await.expect(303);
    register("two@email.com").await.expect(303);
    let reply = register("three@email.com").await.expect(429);
    assert!(!reply.header("retry-after").is_empty() && !reply.body.contains(PASSWORD));
});

both!(a_burst_is_answered_and_then_refused_fast, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut running = tokio::task::JoinSet::new();
    // Two at once, 64 in line.
    for n in 0..120 {
        let world = world.clone();
        running.spawn(async move { sign_in(&world, &format!("nobody{n}"), PASSWORD).await.status.as_u16() });
    }
    let statuses = running.join_all().await;
    assert!(statuses.iter().all(|status| [422, 429, 503].contains(status)), "{statuses:?}");
    assert!(statuses.contains(&503), "{statuses:?}");
});
