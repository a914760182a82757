//! Types of authorization details in the console: defined, changed, allowed and deleted by forms alone.

use model::Role;

use super::objects::Objects;
use super::people::administrator;
use crate::oauth::world::World;
use crate::support::fields::Fields;

const TYPE: [(&str, &str); 5] = [
    ("type", "loan-of-a-book"),
    ("display_name", "Borrow a book"),
    ("actions", "borrow\nrenew"),
    ("fields", "book: string, required = Title\ndays: number"),
    ("locations", ""),
];

both!(a_type_is_defined_allowed_and_stays_while_it_is_used, |app| async move {
    let world = World::open(&app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    let mut browser = administrator(&app, "editor", &[(&id, Role::Editor)]).await;
    let own = objects.fill("/console/{slug}/connections/{id}");
    let new = format!("{own}/details/new");
    for (field, value, said) in [
        ("fields", "book", "is no field"),
        ("fields", "actions: list", "a meaning of its own"),
        ("type", "two words", "printable ASCII"),
        ("type", "loan", "is there more than once"),
        ("display_name", "", "f-display_name"),
    ] {
        let fields: Vec<_> = TYPE.into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
        let page = browser.post(&new, &fields).await.expect(422).body;
        assert!(page.contains(&format!("href=\"#f-{field}\"")) && page.contains(said), "{field} {value}: {page}");
    }
    let made = browser.post(&new, &TYPE).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    assert!(page.contains("Borrow a book") && page.contains(&format!("{own}/details/2")), "{page}");

    // What is shown is what was typed, and saving it again changes nothing.
    let detail = format!("{own}/details/2");
    let page = browser.get(&detail).await.expect(200).body;
    let fields = Fields::of(&page);
    assert_eq!(fields.get("actions").trim(), "borrow\r\nrenew");
    let renamed = Fields::of(&page).set("type", "another-name");
    browser.post(&detail, &renamed.pairs()).await.expect(422);
    let fields = fields.set("display_name", "Borrow something");
    browser.post(&detail, &fields.pairs()).await.expect(303);
    let page = browser.get(&detail).await.expect(200).body;
    assert!(page.contains("Borrow something") && page.contains("loan-of-a-book"), "{page}");
    // The connection's own form leaves its types alone.
    let form = Fields::of(&browser.get(&own).await.expect(200).body).set("display_name", "Our library");
    browser.post(&own, &form.pairs()).await.expect(303);
    assert!(browser.get(&own).await.expect(200).body.contains("Borrow something"));

    let application = objects.fill("/console/{slug}/applications/{id}");
    let form = Fields::of(&browser.get(&application).await.expect(200).body);
    let form = form.tick("allowed_authorization_details_types", "loan-of-a-book");
    browser.post(&application, &form.pairs()).await.expect(303);
    let snapshot = world.snapshot().await;
    let allowed = snapshot.tenant.application("my-app").expect("one").spec();
    assert_eq!(allowed.allowed_authorization_details_types, ["loan-of-a-book"]);

    let delete = format!("{detail}/delete");
    let page = browser.get(&delete).await.expect(200).body;
    assert!(page.contains(&application), "what stands in the way is named: {page}");
    let version = Fields::of(&browser.get(&detail).await.expect(200).body).get("version").to_owned();
    let page = browser.post(&delete, &[("version", &version)]).await;
    assert_ne!(page.status.as_u16(), 303, "{}", page.body);
    let form = Fields::of(&browser.get(&application).await.expect(200).body);
    let fields: Vec<_> =
        form.pairs().into_iter().filter(|(name, _)| *name != "allowed_authorization_details_types").collect();
    browser.post(&application, &fields).await.expect(303);
    browser.post(&delete, &[("version", &version)]).await.expect(303);
    browser.get(&detail).await.expect(404);
});
