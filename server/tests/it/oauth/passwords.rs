//! Signing in with a wrong name or a wrong password (docs/security.md 52-55).

use super::library::PASSWORD;
use super::world::World;
use crate::support::{Reply, Setup};

async fn sign_in(world: &World, username: &str, password: &str) -> Reply {
    let fields = [("username", username), ("password", password)];
    world.app.browser().post(&world.path("/login"), &fields).await
}

/// What people read, without the marks around it and the reference, which is another each time.
fn words(page: &Reply) -> String {
    let all: String = page.body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    all.replace(&reference(page), "")
}

/// The reference at the end of the page of a refused sign-in.
#[track_caller]
fn reference(page: &Reply) -> String {
    let (_, rest) = page.body.split_once("give them this reference:").expect("a reference");
    let shown = rest.split("class=\"id\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a reference");
    assert_eq!(shown.len(), 8, "{shown}");
    shown.to_owned()
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
    let paused = [sign_in(&world, "john", PASSWORD).await, sign_in(&world, "nobody", PASSWORD).await];
    assert_eq!(words(&paused[0]), words(&paused[1]));
    assert_ne!(reference(&paused[0]), reference(&paused[1]));
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

both!(a_burst_is_answered_and_then_refused_fast, two_per_user(), |app| async move {
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

fn two_per_user() -> Setup {
    Setup::default().with(|given| {
        given.sign_in_failures_per_user = Some("2".into());
        given.sign_in_failures_per_address = Some("1000".into());
        given.trusted_proxies = Some("127.0.0.0/8".into());
    })
}

/// A sign-in from an address of one's own, which a trusted proxy tells.
async fn sign_in_from(world: &World, address: &str, password: &str) -> Reply {
    let request = crate::support::app::form(&world.path("/login"))
        .header("origin", world.app.origin())
        .header("x-forwarded-for", address);
    let fields = crate::support::app::encode(&[("username", "john"), ("password", password)]);
    world.app.send(request.body(axum::body::Body::from(fields)).expect("a request")).await
}

both!(a_stranger_cannot_lock_anybody_out, two_per_user(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    // From thirty networks, far more than the user's counter allows.
    for n in 0..60 {
        sign_in_from(&world, &format!("198.51.100.{}", n % 30), "a wrong quiet river").await;
    }
    // The user, from a network of their own, waits for seconds and not for a quarter of an hour.
    app.clock.advance(6);
    sign_in_from(&world, "203.0.113.9", PASSWORD).await.expect(303);
});

both!(neighbours_in_one_network_of_ipv6_count_together, two_per_user(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    for last in 1..=2 {
        sign_in_from(&world, &format!("2001:db8::{last}"), "a wrong quiet river").await.expect(422);
    }
    sign_in_from(&world, "2001:db8::3", PASSWORD).await.expect(429);
    sign_in_from(&world, "2001:db8:0:1::3", PASSWORD).await.expect(303);
});

both!(many_guesses_at_once_are_no_more_than_one_after_the_other, three(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..30 {
        let world = world.clone();
        running.spawn(async move { sign_in(&world, "john", "a wrong quiet river").await.status.as_u16() });
    }
    let tried = running.join_all().await.into_iter().filter(|status| *status == 422).count();
    assert_eq!(tried, 3);
});

both!(
    a_success_takes_back_only_its_own_count,
    Setup::default().with(|given| {
        given.sign_in_failures_per_address = Some("3".into());
    }),
    |app| async move {
        let world = World::with(&app, |library| library.password("john")).await;
        for _ in 0..5 {
            sign_in(&world, "john", PASSWORD).await.expect(303);
        }
        for _ in 0..2 {
            sign_in(&world, "nobody", PASSWORD).await.expect(422);
        }
        sign_in(&world, "john", PASSWORD).await.expect(303);
        sign_in(&world, "nobody", PASSWORD).await.expect(422);
        sign_in(&world, "john", PASSWORD).await.expect(429);
    }
);
