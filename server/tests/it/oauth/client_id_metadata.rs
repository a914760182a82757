//! A `client_id` that is the address of a document about the application
//! (draft-ietf-oauth-client-id-metadata-document-00).

use serde_json::{Value, json};
use service::Actor;
use service::console::{AuditFilter, applications, audit};
use tokio::task::JoinSet;

use super::ask::{Answer, Ask, VERIFIER};
use super::library::CALLBACK;
use super::signer::Signer;
use super::world::{Tokens, World, assert_error};
use crate::support::party::Party;
use crate::support::{Browser, Reply, TestApp};

/// A library that takes such documents, with other values for some of its rules.
async fn library(app: &TestApp, other: &Value) -> World {
    let mut rules = json!({ "metadata_documents": true, "scopes": ["openid", "profile", "books"] });
    for (name, value) in other.as_object().expect("an object") {
        rules[name] = value.clone();
    }
    let settings = json!({ "client_registration": rules });
    World::with(app, |library| library.subscription(&settings)).await
}

/// Somebody who publishes a document about themselves.
struct Club {
    party: Party,
    id: String,
}

impl Club {
    async fn answering(statuses: &[u16]) -> Self {
        let party = Party::answering(statuses).await;
        let club = Self { id: party.url("/client.json"), party };
        club.says(&json!({}));
        club
    }

    async fn open() -> Self {
        Self::answering(&[]).await
    }

    /// From now on, with other values for some of the members; null takes one away.
    fn says(&self, other: &Value) {
        let mut document = json!({
            "client_id": self.id, "client_name": "A reading club", "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
            "token_endpoint_auth_method": "none", "scope": "openid profile library",
        });
        for (name, value) in other.as_object().expect("an object") {
            document[name] = value.clone();
        }
        document.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        self.party.publish(&document);
    }

    fn asked(&self) -> usize {
        self.party.received().len()
    }

    fn ask(&self) -> Ask {
        Ask::of(&self.id).with("scope", "openid profile")
    }

    async fn comes_to(&self, world: &World, browser: &mut Browser) -> Reply {
        browser.get(&world.authorize(&self.ask())).await
    }

    /// An application of its name, by which people are sent on.
    async fn is_known(&self, world: &World, browser: &mut Browser) -> bool {
        self.comes_to(world, browser).await.status == 303
    }
}

async fn all(world: &World) -> Vec<String> {
    let every = model::PageRequest::default();
    let page = applications::page(&world.app.ctx, &Actor::Cli, world.slug(), &every).await.expect("applications");
    page.items.into_iter().map(|row| row.spec.client_id).collect()
}

async fn reasons(world: &World) -> Vec<String> {
    let filter = AuditFilter { action: "client_document_refused".into(), ..AuditFilter::default() };
    let every = model::PageRequest::default();
    let log = audit::find(&world.app.ctx, &Actor::Cli, world.slug(), &filter, &every).await.expect("a log");
    let said = log.items.into_iter().flat_map(|row| row.data);
    said.filter(|(name, _)| name == "reason").map(|(_, reason)| reason).collect()
}

both!(a_document_makes_an_application_when_somebody_is_sent_here, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::open().await);
    let metadata = app.get(&world.path("/.well-known/oauth-authorization-server")).await.expect(200).json();
    assert_eq!(metadata["client_id_metadata_document_supported"], true);
    assert!(metadata.get("registration_endpoint").is_none(), "documents are apart from registration");
    let mut john = world.signed_in("john").await;
    let page = john.open(&world.authorize(&club.ask())).await.expect(200);
    // Whoever wrote the name says who they are by the host, and by nothing else.
    for words in ["A reading club", "127.0.0.1"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let here = john.here.clone();
    let code = Answer::of(&john.submit(&here, &[("decision", "allow")]).await).code();
    let redemption = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", club.id.as_str()),
    ];
    let tokens = Tokens::of(app.post(&world.path("/connect/token"), &redemption).await);
    world.userinfo(tokens.access()).await.expect(200);
    let refresh =
        [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh()), ("client_id", club.id.as_str())];
    Tokens::of(app.post(&world.path("/connect/token"), &refresh).await);
    let id = world.application_id(&club.id).await;
    let view = applications::get(&app.ctx, &Actor::Cli, world.slug(), &id).await.expect("one");
    assert!(view.is_document && view.stored.spec.require_consent);
    // Of the scopes, what the rules let through.
    assert_eq!(view.stored.spec.allowed_identity_scopes, ["openid", "profile"]);
    assert!(applications::came_by_themselves(&app.ctx, &Actor::Cli, world.slug()).await.expect("ids").contains(&id));
    // The next ones ask nobody.
    assert!(club.is_known(&world, &mut john).await);
    assert_eq!(club.asked(), 1);
});

both!(nothing_is_asked_where_nobody_wants_it, |app| async move {
    let club = Club::open().await;
    let off = library(&app, &json!({ "metadata_documents": false, "mode": "open" })).await;
    let mut john = off.signed_in("john").await;
    assert!(!club.is_known(&off, &mut john).await);
    let metadata = app.get(&off.path("/.well-known/openid-configuration")).await.expect(200).json();
    assert!(metadata.get("client_id_metadata_document_supported").is_none());
    let elsewhere = library(&app, &json!({ "document_hosts": ["club.example"] })).await;
    assert!(!club.is_known(&elsewhere, &mut john).await);
    let on = library(&app, &json!({ "document_hosts": ["127.0.0.1"] })).await;
    // Neither do other endpoints ask, and what is no address of a document is none.
    let fields = [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", club.id.as_str())];
    assert_error(&app.post(&on.path("/connect/token"), &fields).await, 401, "invalid_client");
    for not_one in [format!("{}#x", club.id), format!("{}?x=1", club.id), club.party.url("/a/../client.json")] {
        assert_eq!(john.get(&on.authorize(&Ask::of(&not_one))).await.status, 400, "{not_one}");
    }
    assert_eq!(club.asked(), 0);
    assert!(club.is_known(&on, &mut john).await);
});

both!(a_document_that_is_none_makes_no_application, |app| async move {
    let world = library(&app, &json!({})).await;
    let mut john = world.signed_in("john").await;
    let before = all(&world).await;
    for other in [
        json!({ "client_id": "https://other.example/client.json" }),
        json!({ "client_id": null }),
        json!({ "client_secret": "known to all" }),
        json!({ "token_endpoint_auth_method": "client_secret_post" }),
        json!({ "redirect_uris": ["javascript:alert(1)"] }),
        json!({ "redirect_uris": [] }),
        json!({ "grant_types": ["password"] }),
        json!({ "client_name": "x".repeat(6_000) }),
    ] {
        let club = Club::open().await;
        club.says(&other);
        assert_eq!(club.comes_to(&world, &mut john).await.status, 400, "{other}");
        // Nobody can make us ask again and again.
        club.comes_to(&world, &mut john).await;
        assert_eq!(club.asked(), 1, "{other}");
    }
    for status in [404, 500, 302] {
        let club = Club::answering(&[status]).await;
        assert_eq!(club.comes_to(&world, &mut john).await.status, 400, "{status}");
        club.comes_to(&world, &mut john).await;
        assert_eq!(club.asked(), 1, "{status}");
        app.clock.advance(60);
        assert!(club.is_known(&world, &mut john).await, "{status}");
    }
    assert_eq!(all(&world).await.len(), before.len() + 3);
    let reasons = reasons(&world).await.join("\n");
    for words in ["client_id: must be the address", "client_secret: must not", "the address answers 404"] {
        assert!(reasons.contains(words), "{words}: {reasons}");
    }
});

both!(what_is_gone_from_the_document_counts_no_more, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::answering(&[200, 200, 500, 200, 404]).await);
    let mut john = world.signed_in("john").await;
    assert!(club.is_known(&world, &mut john).await);
    let moved = "https://club.example/moved";
    club.says(&json!({ "redirect_uris": [moved] }));
    assert!(club.is_known(&world, &mut john).await, "it is kept for a while");
    app.clock.advance(3_600);
    assert!(!club.is_known(&world, &mut john).await);
    let to_the_new_one = world.authorize(&club.ask().with("redirect_uri", moved));
    assert_eq!(john.get(&to_the_new_one).await.status, 303);
    assert_eq!(club.asked(), 2);
    // While nobody answers, what was said holds.
    app.clock.advance(3_600);
    assert_eq!(john.get(&to_the_new_one).await.status, 303);
    assert_eq!(club.asked(), 3);
    app.clock.advance(60);
    assert_eq!(john.get(&to_the_new_one).await.status, 303);
    // Whoever takes it away takes the application away.
    app.clock.advance(3_600);
    assert_eq!(john.get(&to_the_new_one).await.status, 400);
    assert_eq!(club.asked(), 5);
});

both!(an_administrator_has_the_last_word, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::open().await);
    let mut john = world.signed_in("john").await;
    assert!(club.is_known(&world, &mut john).await);
    let id = world.application_id(&club.id).await;
    let version =
        async || applications::get(&app.ctx, &Actor::Cli, world.slug(), &id).await.expect("one").stored.version;
    applications::set_disabled(&app.ctx, &Actor::Cli, world.slug(), &id, version().await, true)
        .await
        .expect("disabled");
    club.says(&json!({ "client_name": "Another name" }));
    app.clock.advance(90_000);
    assert!(!club.is_known(&world, &mut john).await);
    assert_eq!(club.asked(), 1);
    // And one that an administrator made is no document's, whatever it is called.
    let made = Club::open().await;
    let own = json!({ "client_id": made.id });
    let world = World::with(&app, |library| {
        let on = json!({ "client_registration": { "metadata_documents": true } });
        library.subscription(&on).application("reader", &own)
    });
    let world = world.await;
    assert!(made.is_known(&world, &mut world.signed_in("john").await).await);
    assert_eq!(made.asked(), 0);
});

both!(of_many_at_once_one_makes_it, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::open().await);
    let before = all(&world).await.len();
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let mut running = JoinSet::new();
    for n in 0..6 {
        let (mut browser, path) = (nodes[n % 2].signed_in("john").await, world.authorize(&club.ask()));
        running.spawn(async move { browser.get(&path).await });
    }
    for reply in running.join_all().await {
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
    assert_eq!(all(&world).await.len(), before + 1);
    // Each node asks for itself; the second one perhaps once more, when it learns that the application is there.
    assert!((2..=3).contains(&club.asked()), "{}", club.asked());
});

both!(nobody_fills_a_subscription_with_them, |app| async move {
    let world = library(&app, &json!({ "max_applications": 1 })).await;
    let mut john = world.signed_in("john").await;
    let (first, second, third) = (Club::open().await, Club::open().await, Club::open().await);
    assert!(first.is_known(&world, &mut john).await);
    assert!(!second.is_known(&world, &mut john).await, "full");
    // One that nobody used for an hour makes room.
    app.clock.advance(3_601);
    assert!(second.is_known(&world, &mut john).await);
    assert!(!all(&world).await.contains(&first.id));
    // One that somebody used does not, and does not go by itself.
    john.open(&world.authorize(&second.ask())).await.expect(200);
    let here = john.here.clone();
    Answer::of(&john.submit(&here, &[("decision", "allow")]).await).code();
    app.clock.advance(90_000);
    assert!(!third.is_known(&world, &mut world.signed_in("john").await).await);
    service::housekeeping::run_once(&app.ctx).await.expect("cleaned");
    assert!(all(&world).await.contains(&second.id));
});

both!(one_that_nobody_used_for_a_day_is_removed, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::open().await);
    assert!(club.is_known(&world, &mut world.signed_in("john").await).await);
    app.clock.advance(86_400);
    service::housekeeping::run_once(&app.ctx).await.expect("cleaned");
    assert!(all(&world).await.contains(&club.id));
    app.clock.advance(1);
    service::housekeeping::run_once(&app.ctx).await.expect("cleaned");
    assert!(!all(&world).await.contains(&club.id));
    assert!(club.is_known(&world, &mut world.signed_in("john").await).await, "and comes back");
});

both!(it_pushes_its_requests_too, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::open().await);
    let ask = club.ask();
    let pushed = app.post(&world.path("/connect/par"), &ask.fields()).await.expect(201).json();
    assert!(pushed["request_uri"].is_string());
    let nobody = Club::answering(&[404]).await;
    let ask = nobody.ask();
    assert_error(&app.post(&world.path("/connect/par"), &ask.fields()).await, 401, "invalid_client");
});

both!(no_token_manages_it, |app| async move {
    let (world, club) = (library(&app, &json!({ "mode": "open" })).await, Club::open().await);
    assert!(club.is_known(&world, &mut world.signed_in("john").await).await);
    let encoded: String = url::form_urlencoded::byte_serialize(club.id.as_bytes()).collect();
    let path = world.path(&format!("/connect/register/{encoded}"));
    let reply = super::rfc7591_registration::send(&world, "DELETE", &path, Some("guess"), &Value::Null).await;
    assert_error(&reply, 401, "invalid_token");
});

both!(one_with_keys_proves_who_it_is, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::open().await);
    let key = Signer::new(1);
    club.says(&json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": key.jwks() }));
    let mut john = world.signed_in("john").await;
    john.open(&world.authorize(&club.ask())).await.expect(200);
    let here = john.here.clone();
    let code = Answer::of(&john.submit(&here, &[("decision", "allow")]).await).code();
    let redemption = |assertion: String| {
        let fields = [
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.clone()),
            ("redirect_uri", CALLBACK.to_owned()),
            ("code_verifier", VERIFIER.to_owned()),
            ("client_id", club.id.clone()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned()),
            ("client_assertion", assertion),
        ];
        let (app, path) = (app.clone(), world.path("/connect/token"));
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            app.post(&path, &fields).await
        }
    };
    let claims =
        json!({ "iss": club.id, "sub": club.id, "aud": world.issuer(), "jti": "1", "exp": app.clock.now() + 60 });
    let by = |key: &Signer| key.sign(&json!({ "alg": "EdDSA" }), &claims);
    assert_error(&redemption(by(&Signer::new(2))).await, 401, "invalid_client");
    Tokens::of(redemption(by(&key)).await);
});

both!(people_are_warned_of_what_anything_could_be, |app| async move {
    let (world, club) = (library(&app, &json!({})).await, Club::open().await);
    let mut john = world.signed_in("john").await;
    let warning = "any program could pass for it";
    let page = john.open(&world.authorize(&club.ask())).await.expect(200);
    assert!(!page.body.contains(warning), "{}", page.body);
    club.says(&json!({ "redirect_uris": ["http://127.0.0.1/callback"] }));
    app.clock.advance(3_600);
    let ask = club.ask().with("redirect_uri", "http://127.0.0.1:51004/callback");
    let mut john = world.signed_in("john").await;
    let page = john.open(&world.authorize(&ask)).await;
    assert_eq!(page.status, 400, "what was a website stays one: {}", page.body);
    let local = Club::open().await;
    local.says(&json!({ "redirect_uris": ["http://127.0.0.1/callback"] }));
    let ask = local.ask().with("redirect_uri", "http://127.0.0.1:51004/callback");
    let page = john.open(&world.authorize(&ask)).await.expect(200);
    assert!(page.body.contains(warning), "{}", page.body);
    // Who is not signed in yet reads the same.
    let page = app.browser().open(&world.authorize(&ask)).await.expect(200);
    assert!(page.body.contains(warning) && page.body.contains("127.0.0.1"), "{}", page.body);
});
