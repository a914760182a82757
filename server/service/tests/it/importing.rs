//! Users by CSV: what a text would do, and doing it.

use model::Role;
use serde_json::json;
use service::console::users::import::{self, Imported, MAX_PASSWORDS};
use service::console::{claims, users};
use service::{Actor, Ctx, Error};

use crate::fixture::{PASSWORD, admin, code_at, first_page, library_card, logs, new_user, owner, subscription};

async fn library(ctx: &Ctx) -> String {
    let id = subscription(ctx, "mysub").await.id;
    claims::create(ctx, &Actor::Cli, "mysub", library_card()).await.expect("claim");
    id
}

async fn count(ctx: &Ctx) -> i64 {
    let id = service::console::subscriptions::get(ctx, &owner(), "mysub").await.expect("view").stored.id;
    store::users::count(&mut ctx.read().await.expect("reads"), &id).await.expect("counted")
}

both!(a_file_is_told_of_and_then_imported, |ctx| async {
    library(&ctx).await;
    users::create(&ctx, &owner(), "mysub", new_user("john")).await.expect("somebody");
    let text = format!(
        "username,email,email_verified,password,name,library_card,address.locality\n\
         ann,ann@example.com,yes,{PASSWORD},Ann,LC-000001,Lisbon\n\
         JOHN,other@example.com,,,,,\n\
         ,bo@example.com,,,=HYPERLINK(\"x\"),,\n"
    );
    let told = import::check(&ctx, &owner(), "mysub", &text).await.expect("told");
    assert_eq!((told.new, told.with_password, told.existing, told.wrong), (2, 1, 1, 0));
    assert!(told.wrong_lines.is_empty());
    assert_eq!(count(&ctx).await, 1, "nothing is done by looking");
    let done = import::run(&ctx, &owner(), "mysub", &text).await.expect("done");
    assert_eq!(done, Imported { new: 2, existing: 1, wrong: 0 });
    let list = users::page(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items;
    let ann = list.iter().find(|user| user.username.as_deref() == Some("ann")).expect("Ann");
    let ann = users::get(&ctx, &owner(), "mysub", &ann.id).await.expect("view");
    assert!(ann.email_verified && ann.has_password);
    let held: Vec<_> = ann.claims.iter().filter_map(|(spec, value)| Some((&*spec.name, value.clone()?))).collect();
    let address = json!({ "locality": "Lisbon" });
    assert_eq!(held, [("name", json!("Ann")), ("address", address), ("library_card", json!("LC-000001"))]);
    // What a spreadsheet would compute is text.
    let bo = list.iter().find(|user| user.email.as_deref() == Some("bo@example.com")).expect("Bo");
    assert_eq!((bo.username.as_deref(), bo.name.as_deref()), (None, Some("=HYPERLINK(\"x\")")));
    let hash = store::users::find(&mut ctx.read().await.expect("reads"), &ann.id).await.expect("row");
    let hash = hash.and_then(|user| user.password_hash);
    assert!(ctx.hasher.verify(PASSWORD, hash.as_deref()).await.expect("verified"));
    // An event each, and one of the import; claims by name only.
    let logs = logs(&ctx).await;
    assert!(logs.contains("users_imported {\"count\":2}"), "{logs}");
    assert_eq!(logs.matches("user_created").count(), 3);
    assert!(!logs.contains(PASSWORD) && !logs.contains("LC-000001") && !logs.contains("Lisbon"));
    // Once more, and there is nobody left.
    let again = import::check(&ctx, &owner(), "mysub", &text).await.expect("told");
    assert_eq!((again.new, again.existing, again.wrong), (0, 3, 0));
    assert_eq!(code_at(import::run(&ctx, &owner(), "mysub", &text).await, "content"), "import-nobody");
});

both!(every_wrong_line_is_told_and_left_out, |ctx| async {
    library(&ctx).await;
    let john = users::NewUser { claims: vec![("library_card".into(), json!("LC-000009"))], ..new_user("john") };
    users::create(&ctx, &owner(), "mysub", john).await.expect("somebody");
    let text = "username;email;password;library_card\n\
        ann;ann@example.com;;LC-000001\n\
        an@n;nobody;short;LC-1\n\
        bo;JOHN@example.com;;\n\
        cy;;;LC-000009\n\
        ANN;;;\n\
        dora;;;lc-000001\n\
        eve;Ann@Example.com;;\n\
        ;;;LC-000002\n\
        fay\n\
        gus;;;LC-000003\n";
    let told = import::check(&ctx, &owner(), "mysub", text).await.expect("told");
    let reasons: Vec<_> = told.problems.iter().map(|p| (p.line, p.column.as_str(), p.problem.code.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (3, "library_card", "pattern"),
            (3, "password", "password-short"),
            (3, "username", "username"),
            (3, "email", "email"),
            (4, "email", "taken"),
            (5, "library_card", "taken"),
            (6, "username", "import-repeated"),
            (7, "library_card", "pattern"),
            (8, "email", "import-repeated"),
            (9, "username", "username-or-email"),
            (10, "", "import-cells"),
        ]
    );
    assert_eq!((told.new, told.existing, told.wrong), (2, 0, 8));
    assert_eq!(told.wrong_lines.lines().count(), 9);
    assert!(told.wrong_lines.starts_with("username;email;password;library_card\nan@n;nobody;short;LC-1\n"));
    let done = import::run(&ctx, &owner(), "mysub", text).await.expect("done");
    assert_eq!(done, Imported { new: 2, existing: 0, wrong: 8 });
    assert_eq!(count(&ctx).await, 3);
});

both!(a_file_of_no_use_is_refused_as_a_whole, |ctx| async {
    library(&ctx).await;
    let many = format!("username,password\n{}", "a,b\n".repeat(MAX_PASSWORDS + 1));
    for (text, code) in [
        ("", "import-empty"),
        ("username\n", "import-empty"),
        ("username,shoe_size\nann,38\n", "import-column-unknown"),
        ("username,sub\nann,1\n", "import-column-unknown"),
        ("name\nAnn\n", "import-columns"),
        (&many, "import-passwords"),
    ] {
        assert_eq!(code_at(import::check(&ctx, &owner(), "mysub", text).await, "content"), code, "{text:.40}");
        assert_eq!(code_at(import::run(&ctx, &owner(), "mysub", text).await, "content"), code, "{text:.40}");
    }
    assert_eq!(count(&ctx).await, 0);
});

both!(only_editors_import_and_only_owners_administrators, |ctx| async {
    let id = library(&ctx).await;
    let text = "username\nann\n";
    for (roles, slug, forbidden) in [
        (&[(id.as_str(), Role::Viewer)], "mysub", true),
        (&[("elsewhere", Role::Owner)], "mysub", false),
        (&[("*", Role::Editor)], "system", true),
        (&[(id.as_str(), Role::Owner)], "system", false),
    ] {
        let who = admin(roles);
        let refused = |result: Error| match result {
            Error::Forbidden => forbidden,
            Error::NotFound => !forbidden,
            _ => false,
        };
        assert!(import::check(&ctx, &who, slug, text).await.is_err_and(refused), "{slug} {forbidden}");
        assert!(import::run(&ctx, &who, slug, text).await.is_err_and(refused), "{slug} {forbidden}");
        assert!(import::claim_columns(&ctx, &who, slug).await.is_err_and(refused), "{slug} {forbidden}");
    }
    assert_eq!(count(&ctx).await, 0);
    import::run(&ctx, &admin(&[(&id, Role::Editor)]), "mysub", text).await.expect("done");
});

both!(two_imports_at_once_make_everybody_once, |ctx| async {
    library(&ctx).await;
    let names: Vec<String> = (0..50).map(|n| format!("user-{n}")).collect();
    let text = format!("username\n{}\n", names.join("\n"));
    let who = owner();
    let (one, two) = tokio::join!(import::run(&ctx, &who, "mysub", &text), import::run(&ctx, &who, "mysub", &text));
    let done = [&one, &two].iter().filter(|result| result.is_ok()).count();
    assert_eq!(done, 1, "{one:?} {two:?}");
    assert_eq!(count(&ctx).await, 50);
});

both!(thousands_take_seconds, |ctx| async {
    library(&ctx).await;
    let line = |n| format!("user-{n},user-{n}@example.com,User {n},LC-{n:06}");
    let lines: Vec<String> = (0..5_000).map(line).collect();
    let text = format!("username,email,name,library_card\n{}", lines.join("\n"));
    let done = import::run(&ctx, &owner(), "mysub", &text).await.expect("done");
    assert_eq!(done.new, 5_000);
    assert_eq!(count(&ctx).await, 5_000);
});
