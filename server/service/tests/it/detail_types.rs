//! Types of authorization details (RFC 9396): one namespace, and they stay while somebody may ask for them.

use model::spec::{ApiConnectionSpec, ApplicationSpec, DetailTypeSpec};
use service::Error;
use service::console::{api_connections, applications, history};

use crate::fixture::{application_spec, code_at, connection_spec, owner, strings, subscription};

fn with(name: &str, types: &[&str]) -> ApiConnectionSpec {
    let one = |name: &&str| DetailTypeSpec {
        name: (*name).to_owned(),
        display_name: format!("The {name}"),
        ..DetailTypeSpec::default()
    };
    ApiConnectionSpec { authorization_details_types: types.iter().map(one).collect(), ..connection_spec(name) }
}

fn asking(types: &[&str]) -> ApplicationSpec {
    ApplicationSpec { allowed_authorization_details_types: strings(types), ..application_spec("my-app") }
}

both!(a_name_is_one_connections, |ctx| async {
    subscription(&ctx, "mysub").await;
    subscription(&ctx, "other").await;
    api_connections::create(&ctx, &owner(), "mysub", with("library-api", &["loan"])).await.expect("made");
    let field = "authorization_details_types[1].type";
    let second = api_connections::create(&ctx, &owner(), "mysub", with("museum-api", &["visit", "loan"])).await;
    assert_eq!(code_at(second, field), "taken");
    let made = api_connections::create(&ctx, &owner(), "mysub", with("museum-api", &["visit"])).await.expect("made");
    let id = &made.stored.id;
    let change =
        async |types: &[&str]| api_connections::update(&ctx, &owner(), "mysub", id, 1, with("museum-api", types)).await;
    assert_eq!(code_at(change(&["visit", "loan"]).await, field), "taken");
    assert_eq!(code_at(change(&["visit", "visit"]).await, field), "repeated");
    change(&["tour", "visit"]).await.expect("saved");
    api_connections::create(&ctx, &owner(), "other", with("library-api", &["loan"])).await.expect("another house");
});

both!(a_type_in_use_stays, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = api_connections::create(&ctx, &owner(), "mysub", with("library-api", &["loan", "visit"])).await;
    let id = made.expect("made").stored.id;
    let unknown = applications::create(&ctx, &owner(), "mysub", asking(&["payment"])).await;
    assert_eq!(code_at(unknown, "allowed_authorization_details_types"), "unknown");
    let application = applications::create(&ctx, &owner(), "mysub", asking(&["loan"])).await.expect("made").stored;
    let take = async |version: i64, types: &[&str]| {
        api_connections::update(&ctx, &owner(), "mysub", &id, version, with("library-api", types)).await
    };
    let in_use = |used: &Error| matches!(used, Error::InUse(by) if by.len() == 1 && by[0].name == "my-app");
    assert!(in_use(&take(1, &["visit"]).await.expect_err("in use")));
    let gone = api_connections::delete(&ctx, &owner(), "mysub", &id, 1).await;
    assert!(in_use(&gone.expect_err("in use")));
    assert_eq!(api_connections::usage(&ctx, &owner(), "mysub", &id).await.expect("usage").len(), 1);
    // The other one may go, and undo brings it back.
    let done = take(1, &["loan"]).await.expect("saved");
    let change = done.change.expect("a change");
    let version = history::get(&ctx, &owner(), "mysub", &change).await.expect("seen").version;
    history::undo(&ctx, &owner(), "mysub", &change, version).await.expect("undone");
    let view = api_connections::get(&ctx, &owner(), "mysub", &id).await.expect("there");
    assert_eq!(view.stored.spec.authorization_details_types.len(), 2);
    applications::update(&ctx, &owner(), "mysub", &application.id, 1, asking(&[])).await.expect("saved");
    take(view.stored.version, &[]).await.expect("saved");
});
