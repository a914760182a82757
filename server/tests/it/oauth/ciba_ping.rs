//! Applications that are told of an answer (OpenID Connect CIBA section 10.2).

use serde_json::json;

use super::ciba::{ALLOW, DENY, answered, ask_with, library, poll};
use super::world::{Tokens, assert_error};
use crate::support::party::Party;

both!(an_application_is_told_when_there_is_an_answer, |app| async move {
    let party = Party::answering(&[500, 204]).await;
    let at = json!({ "backchannel_client_notification_endpoint": party.url("/ciba") });
    let world = library(&app, &at).await;
    let fields = [("scope", "openid"), ("login_hint", "john")];
    assert_error(&ask_with(&world, &fields).await, 400, "invalid_request");
    let token = [("client_notification_token", "8d67dc78-7faa-4d41-aabd-67707b374255")];
    let answer = ask_with(&world, &[&fields[..], &token].concat()).await.expect(200).json();
    let id = answer["auth_req_id"].as_str().expect("an id").to_owned();
    assert!(!service::pings::deliver_due(&app.ctx).await.expect("looked"), "nobody has answered");
    answered(&world, "john", &ALLOW).await;
    assert!(service::pings::deliver_due(&app.ctx).await.expect("told"));
    assert!(!service::pings::deliver_due(&app.ctx).await.expect("looked"), "not again at once");
    app.clock.advance(60);
    assert!(service::pings::deliver_due(&app.ctx).await.expect("told"));
    app.clock.advance(60);
    assert!(!service::pings::deliver_due(&app.ctx).await.expect("looked"), "it took the second one");
    let received = party.received();
    assert_eq!(received.len(), 2);
    for (path, body) in received {
        assert_eq!((path.as_str(), body), ("/ciba", json!({ "auth_req_id": id }).to_string()));
    }
    for head in party.heads() {
        let head = head.to_ascii_lowercase();
        assert!(head.contains("authorization: bearer 8d67dc78-7faa-4d41-aabd-67707b374255"), "{head}");
        assert!(head.contains("content-type: application/json"), "{head}");
    }
    Tokens::of(poll(&world, &id).await);
});

both!(what_is_told_ends, |app| async move {
    let party = Party::answering(&[503, 503, 503, 503]).await;
    let at = json!({ "backchannel_client_notification_endpoint": party.url("/ciba") });
    let world = library(&app, &at).await;
    let fields = [("scope", "openid"), ("login_hint", "john"), ("client_notification_token", "t0ken")];
    ask_with(&world, &fields).await.expect(200);
    answered(&world, "john", &DENY).await;
    for _ in 0..3 {
        assert!(service::pings::deliver_due(&app.ctx).await.expect("told"));
        app.clock.advance(60);
    }
    assert!(!service::pings::deliver_due(&app.ctx).await.expect("looked"), "three times are enough");
    assert_eq!(party.received().len(), 3);
    // Nor is anything told for an application that is out of use.
    let party = Party::answering(&[204]).await;
    let at = json!({ "backchannel_client_notification_endpoint": party.url("/ciba") });
    let mut world = library(&app, &at).await;
    ask_with(&world, &fields).await.expect(200);
    answered(&world, "john", &ALLOW).await;
    world.change(|library| library.application("my-app", &json!({ "disabled": true }))).await;
    service::pings::deliver_due(&app.ctx).await.expect("looked");
    assert_eq!(party.received().len(), 0);
});
