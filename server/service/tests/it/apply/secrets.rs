//! Secrets of the file: where they are found, when they rotate.

use serde_json::{Value, json};
use service::Ctx;
use service::apply::{Options, apply};

use super::{applied, file, lines, problems, with_variables};
use crate::fixture::logs;

const FIRST: &str = "value:the first secret that somebody chose";
const SECOND: &str = "value:the second secret that somebody chose";

fn keeping(secret: &Value) -> model::spec::Document {
    file(&json!({
        "api_connections": [{ "name": "api", "display_name": "API", "secret": secret }],
        "applications": [{ "client_id": "app", "name": "App", "redirect_uris": ["https://a.example/"], "secret": secret }]
    }))
}

async fn live(ctx: &Ctx) -> [Vec<String>; 2] {
    let snapshot = ctx.snapshots.get(ctx, "mysub").await.expect("snapshot");
    let hashes = |secrets: &[oidc::tenant::SecretHash]| secrets.iter().map(|s| s.hash_hex.clone()).collect();
    [
        hashes(snapshot.tenant.connection("api").expect("connection").secrets()),
        hashes(&snapshot.tenant.application("app").expect("application").secrets),
    ]
}

fn hash(reference: &str) -> String {
    service::crypto::hash(reference.trim_start_matches("value:"))
}

both!(a_changed_secret_takes_the_place_of_the_old_one, |ctx| async {
    applied(&ctx, &keeping(&json!(FIRST))).await;
    assert_eq!(live(&ctx).await, [[hash(FIRST)], [hash(FIRST)]].map(Vec::from));
    assert!(applied(&ctx, &keeping(&json!(FIRST))).await.is_empty());
    let plan = applied(&ctx, &keeping(&json!(SECOND))).await;
    assert_eq!(lines(&plan), ["~ mysub/api_connections/api", "~ mysub/applications/app"]);
    assert_eq!(plan.to_string().matches("secret: (hidden) -> (hidden)").count(), 2, "{plan}");
    assert_eq!(live(&ctx).await, [[hash(SECOND)], [hash(SECOND)]].map(Vec::from));
    assert!(applied(&ctx, &keeping(&json!(null))).await.is_empty(), "an absent one leaves what is there");
    let log = logs(&ctx).await;
    assert!(log.contains("new_secret"));
    assert!(
        !log.contains("that somebody chose") && !log.contains(&hash(FIRST)) && !log.contains("\"secret\""),
        "{log}"
    );
});

both!(a_secret_comes_from_a_variable_or_a_file, |ctx| async {
    let text = "a secret of thirty-two bytes, ok";
    let from = keeping(&json!("env:TESSERA_TEST_SECRET"));
    let told = problems(apply(&ctx, &from, &with_variables(&[]), false).await);
    let expected = ["api_connections", "applications"].map(|s| format!("subscriptions[0].{s}[0].secret"));
    assert_eq!(told, expected.map(|path| (path, "secret-unset".to_owned())), "something new needs it");
    let set = with_variables(&[("TESSERA_TEST_SECRET", text)]);
    apply(&ctx, &from, &set, false).await.expect("applied");
    assert!(apply(&ctx, &from, &set, false).await.expect("applied").is_empty());
    assert!(apply(&ctx, &from, &with_variables(&[]), false).await.expect("applied").is_empty(), "unset keeps");
    let path = std::env::temp_dir().join(format!("tessera-secret-{}", ctx.new_id().expect("id")));
    std::fs::write(&path, format!("{text}\n")).expect("written");
    let file = keeping(&json!(format!("file:{}", path.display())));
    assert!(applied(&ctx, &file).await.is_empty(), "the same secret by another way");
    std::fs::remove_file(&path).expect("removed");
    let told = problems(apply(&ctx, &file, &Options::default(), false).await);
    assert!(told.iter().all(|(_, code)| code == "secret-file") && told.len() == 2, "{told:?}");
});

both!(bad_secrets_are_refused, |ctx| async {
    let told = problems(
        apply(&ctx, &keeping(&json!("value:thirty-one bytes are too few!!")), &Options::default(), true).await,
    );
    assert!(told.iter().all(|(_, code)| code == "secret-short") && told.len() == 2, "{told:?}");
    let public = file(&json!({ "applications": [{ "client_id": "app", "name": "App", "type": "single-page",
        "redirect_uris": ["https://a.example/"], "secret": FIRST }] }));
    let told = problems(apply(&ctx, &public, &Options::default(), true).await);
    assert_eq!(told, [("subscriptions[0].applications[0].secret".to_owned(), "secret-public".to_owned())]);
});
