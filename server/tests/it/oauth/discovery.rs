//! OpenID Connect Discovery 1.0 and RFC 8414.

use super::world::World;

const FORMS: [&str; 2] = ["openid-configuration", "oauth-authorization-server"];

both!(the_issuer_is_where_the_document_stands, |app| async move {
    let world = World::open(&app).await;
    for form in FORMS {
        for path in [world.path(&format!("/.well-known/{form}")), format!("/.well-known/{form}/s/mysub")] {
            let reply = app.get(&path).await.expect(200);
            assert_eq!(reply.header("content-type"), "application/json", "{path}");
            assert!(reply.header("cache-control").contains("max-age="), "{path}");
            let document = reply.json();
            assert_eq!(document["issuer"], world.issuer(), "{path}");
            for (name, value) in document.as_object().expect("an object") {
                if let Some(endpoint) = value.as_str().filter(|_| name.ends_with("_endpoint") || name == "jwks_uri") {
                    assert!(endpoint.starts_with(&format!("{}/", world.issuer())), "{name}: {endpoint}");
                }
            }
        }
    }
});

both!(it_tells_what_the_endpoints_do, |app| async move {
    let world = World::open(&app).await;
    let document = app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json();
    let has = |list: &str, value: &str| document[list].as_array().is_some_and(|l| l.iter().any(|v| v == value));
    assert!(has("id_token_signing_alg_values_supported", "RS256"));
    assert!(!has("id_token_signing_alg_values_supported", "none"));
    assert!(has("response_types_supported", "code") && !has("response_types_supported", "token"));
    assert!(has("code_challenge_methods_supported", "S256") && !has("code_challenge_methods_supported", "plain"));
    assert!(!has("grant_types_supported", "implicit") && !has("grant_types_supported", "password"));
    assert!(has("scopes_supported", "library") && has("claims_supported", "library_card"));
    assert_eq!(document["authorization_response_iss_parameter_supported"], true);
});

both!(nobody_else_has_one, |app| async move {
    World::open(&app).await;
    for slug in ["absent", "MYSUB", "mysub%2f..", "*"] {
        for form in FORMS {
            app.get(&format!("/s/{slug}/.well-known/{form}")).await.expect(404);
            app.get(&format!("/.well-known/{form}/s/{slug}")).await.expect(404);
        }
    }
});

both!(names_of_nothing_are_not_remembered, |app| async move {
    let world = World::open(&app).await;
    app.get(&world.path("/jwks.json")).await.expect(200);
    for n in 0..50 {
        app.get(&format!("/s/absent-{n}/jwks.json")).await.expect(404);
    }
    let remembered = format!("{:?}", app.ctx.snapshots);
    assert!(remembered.contains("mysub") && !remembered.contains("absent-"));
});
