//! The example file of the repository applies as it is.

use serde_json::json;
use service::apply::{Options, export, parse};
use service::console::{applications, users};

use super::{applied, lines};
use crate::fixture::{first_page, owner};

const EXAMPLE: &str = include_str!("../../../../../examples/library.json");

both!(the_example_applies_once_and_comes_back, |ctx| async {
    let example = parse(EXAMPLE, "library.json").expect("a document");
    let plan = applied(&ctx, &example).await;
    let expected = [
        "+ mysub",
        "+ mysub/claims/library_card",
        "+ mysub/identity_scopes/library",
        "+ mysub/api_connections/library-api",
        "+ mysub/api_connections/library-api/scopes/library-api",
        "+ mysub/api_connections/library-api/scopes/library-api-checked-books",
        "+ mysub/applications/my-app",
        "+ mysub/users/john",
    ];
    assert_eq!(lines(&plan), expected);
    let shown = plan.to_string();
    assert!(!shown.contains("example-only") && !shown.contains("LC-123456") && !shown.contains("change me"), "{shown}");
    assert!(applied(&ctx, &example).await.is_empty());

    let user = users::page(&ctx, &owner(), "mysub", &first_page()).await.expect("users").items.remove(0);
    let view = users::get(&ctx, &owner(), "mysub", &user.id).await.expect("john");
    assert_eq!((user.name.as_deref(), view.email_verified), (Some("John Doe"), true));
    let row = store::users::find(&mut ctx.read().await.expect("reads"), &user.id).await.expect("found").expect("user");
    let password = "example only, change me first";
    assert!(ctx.hasher.verify(password, row.password_hash.as_deref()).await.expect("verifies"));
    let application = applications::page(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items.remove(0);
    assert_eq!(application.spec.required_claims[0].claim, "library_card");

    let exported = export(&ctx, None, true).await.expect("exported");
    let mut given: serde_json::Value = serde_json::from_str(EXAMPLE).expect("json");
    let mut back = serde_json::to_value(&exported).expect("json");
    // Secrets come back as names of variables, passwords not at all; what has its default value is
    // left out.
    let take = |value: &mut serde_json::Value| {
        let subscription = &mut value["subscriptions"][0];
        let secrets = [
            subscription["api_connections"][0].as_object_mut().expect("object").remove("secret"),
            subscription["applications"][0].as_object_mut().expect("object").remove("secret"),
        ];
        subscription["users"][0].as_object_mut().expect("object").remove("password");
        secrets
    };
    take(&mut given);
    let secrets = take(&mut back);
    assert_eq!(secrets, [Some(json!("env:MYSUB_LIBRARY_API_SECRET")), Some(json!("env:MYSUB_MY_APP_SECRET"))]);
    given["subscriptions"][0]["claims"][0].as_object_mut().expect("object").remove("show_at_registration");
    assert_eq!(back, given);
    assert!(service::apply::plan(&ctx, &exported, &Options::default()).await.expect("a plan").is_empty());
});
