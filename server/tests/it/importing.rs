//! Users by CSV, through the pages.

use model::Role;

use crate::console_access::people::{EVERYWHERE, administrator};
use crate::oauth::world::World;
use crate::support::Browser;

const PAGE: &str = "/console/mysub/users/import";
const TEXT: &str = "username,email,password,name\n\
    ann,ann@example.com,quiet river under stones,<b>Ann</b>\n\
    john,,,\n\
    b@d,,,=1+1\n";

/// What the page holds of what it checked.
fn checked(page: &str) -> String {
    let digest = page.split("name=\"checked\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    digest.expect("a digest").to_owned()
}

async fn import(browser: &mut Browser, content: &str, digest: &str) -> crate::support::Reply {
    browser.upload(PAGE, &[("content", content), ("checked", digest), ("do", "import")], &[("file", b"")]).await
}

both!(a_file_is_checked_and_then_imported, |app| async move {
    let world = World::open(&app).await;
    let mut editor = administrator(&app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await;
    let list = editor.get("/console/mysub/users").await.expect(200).body;
    assert!(list.contains(PAGE));
    assert!(editor.get(PAGE).await.expect(200).body.contains("address.locality"));
    let page = editor.upload(PAGE, &[("content", "")], &[("file", TEXT.as_bytes())]).await.expect(200).body;
    for said in ["One new user would be created", "One exists already", "One line is wrong", "Import one user"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("A user name has no @") && page.contains("&lt;b>Ann") && !page.contains("<b>Ann"), "{page}");
    // The text that was checked is in the form; another is checked first.
    let digest = checked(&page);
    let other =
        editor.upload(PAGE, &[("content", "username\neve\n"), ("checked", &digest), ("do", "import")], &[]).await;
    assert!(other.expect(200).body.contains("Import one user"));
    let done = import(&mut editor, TEXT, &digest).await.expect(303);
    assert_eq!(done.header("location"), "/console/mysub/users");
    let list = editor.open("/console/mysub/users").await.expect(200).body;
    assert!(list.contains("One user was imported") && list.contains("ann@example.com"), "{list}");
    assert!(!list.contains(">eve<"));
    let audit = editor.get("/console/mysub/audit").await.expect(200).body;
    assert!(audit.contains("Imported users") && audit.contains("Created a user"));
    // The new user signs in.
    let mut ann = app.browser();
    let form = [("username", "ann"), ("password", "quiet river under stones")];
    let signed_in = ann.submit("/s/mysub/login", &form).await.expect(200);
    assert!(signed_in.body.contains("Your account"), "{}", signed_in.body);
    // Pressed once more there is nobody left.
    import(&mut editor, TEXT, &digest).await.expect(422);
});

both!(what_cannot_be_imported_is_told_at_its_field, |app| async move {
    let world = World::open(&app).await;
    let mut editor = administrator(&app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await;
    let large = vec![b'a'; 3_000_000];
    for (file, words) in [
        (&b""[..], "Choose a file"),
        (b"username\n", "Choose a file"),
        (b"username\n\xff\n", "not text in UTF-8"),
        (b"username\n\0\n", "not text in UTF-8"),
        (b"PK\x03\x04 a spreadsheet\n", "There is no column PK"),
        (b"username,shoe_size\na,1\n", "no column shoe_size"),
        (&large, "at most 2 MB"),
    ] {
        let page = editor.upload(PAGE, &[("content", "")], &[("file", file)]).await.expect(422).body;
        assert!(page.contains(words), "{words}: {page}");
        assert!(
            page.contains("href=\"#f-file\"") || page.contains("href=\"#f-content\"") || page.contains("error-summary")
        );
    }
    // More than a hundred reasons are counted.
    let many = format!("username\n{}", "b@d\n".repeat(150));
    let page = editor.upload(PAGE, &[("content", &many)], &[]).await.expect(200).body;
    assert_eq!(page.matches(">A user name has no @").count(), 100);
    assert!(page.contains("And 50 more reasons") && !page.contains("name=\"checked\""), "{page}");
});

// Administrators are users of `system` (docs/security.md 65).
both!(nobody_imports_administrators_but_owners, |app| async move {
    let world = World::open(&app).await;
    let id = world.subscription_id().await;
    let fields = [("content", "username\neve\n"), ("do", "import")];
    for (name, roles, status) in
        [("everywhere", [(EVERYWHERE, Role::Editor)], 403), ("here", [(id.as_str(), Role::Owner)], 404)]
    {
        let mut browser = administrator(&app, name, &roles).await;
        browser.get("/console/system/users/import").await.expect(status);
        browser.upload("/console/system/users/import", &fields, &[]).await.expect(status);
    }
    let mut viewer = administrator(&app, "viewer", &[(&id, Role::Viewer)]).await;
    viewer.get(PAGE).await.expect(403);
    viewer.upload(PAGE, &fields, &[]).await.expect(403);
    assert!(!viewer.get("/console/mysub/users").await.expect(200).body.contains(PAGE));
});
