//! The issuer in authorization responses (RFC 9207).

use super::ask::Ask;
use super::world::World;

both!(a_success_names_the_issuer, |app| async move {
    let world = World::open(&app).await;
    let answer = world.ask(&mut world.signed_in("john").await, &Ask::of("my-app")).await;
    assert_eq!(answer.get("iss"), world.issuer());
    assert_eq!(answer.get("state"), "the state");
    assert_eq!(answer.get("error"), "");
});

both!(so_does_an_error, |app| async move {
    let world = World::open(&app).await;
    for ask in [Ask::of("my-app").with("prompt", "none"), Ask::of("my-app").with("response_type", "token")] {
        let answer = world.ask(&mut app.browser(), &ask).await;
        assert_eq!((answer.get("iss"), answer.get("code")), (world.issuer().as_str(), ""));
        assert!(!answer.get("error_description").is_empty());
    }
});
