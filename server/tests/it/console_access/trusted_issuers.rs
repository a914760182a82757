//! Trusted issuers in the console: added, changed and taken away by forms alone.

use model::Role;
use serde_json::json;

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::signer::Signer;
use crate::oauth::world::World;
use crate::support::fields::Fields;

const ISSUER: [(&str, &str); 6] = [
    ("issuer", "https://idp.example"),
    ("jwks", ""),
    ("jwks_uri", "https://idp.example/jwks.json"),
    ("applications", "my-app\nmuseum"),
    ("subject", "email"),
    ("longest_lifetime", "60"),
];

fn with(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    ISSUER.into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect()
}

both!(an_issuer_is_added_changed_and_taken_away, |app| async move {
    let world = World::open(&app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    let mut browser = administrator(&app, "editor", &[(&id, Role::Editor)]).await;
    let settings = objects.fill("/console/{slug}/settings");
    let new = format!("{settings}/issuers/new");
    let page = browser.get(&new).await.expect(200).body;
    assert_eq!(Fields::of(&page).get("longest_lifetime"), "300");
    for (field, value, said) in [
        ("issuer", "", "f-issuer"),
        ("issuer", "two words", "No spaces"),
        ("issuer", "https://sts.example", "is there more than once"),
        ("jwks_uri", "http://idp.example/jwks.json", "must begin with https://"),
        ("jwks", r#"{"kty":"EC","d":"secret"}"#, "A private key is among them"),
        ("applications", "", "f-applications"),
        ("subject", "phone", "Choose one of those offered"),
        ("longest_lifetime", "3601", "from 1 to 3600"),
    ] {
        let page = browser.post(&new, &with(field, value)).await.expect(422).body;
        let plain = page.replace(',', "");
        assert!(page.contains(&format!("href=\"#f-{field}")) && plain.contains(said), "{field} {value}: {page}");
    }
    // Keys of which none can be used.
    let unusable = [("jwks", r#"{"kty":"EC","crv":"P-521"}"#), ("jwks_uri", "")];
    let unusable: Vec<_> = ISSUER.into_iter().filter(|(name, _)| !name.starts_with("jwks")).chain(unusable).collect();
    let page = browser.post(&new, &unusable).await.expect(422).body;
    assert!(page.contains("None of these keys can check a signature"), "{page}");

    let made = browser.post(&new, &ISSUER).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    let own = format!("{settings}/issuers/2");
    assert!(page.contains("https://idp.example") && page.contains(&own), "{page}");
    let snapshot = world.snapshot().await;
    let trusted = snapshot.tenant.trusted_issuer("https://idp.example").expect("trusted");
    assert!(trusted.is_for("museum") && !trusted.is_for("reader"));

    // What is shown is what was typed, and saving it again changes nothing else.
    let fields = Fields::of(&browser.get(&own).await.expect(200).body);
    assert_eq!(fields.get("applications").trim(), "my-app\r\nmuseum");
    assert_eq!((fields.get("subject"), fields.get("longest_lifetime")), ("email", "60"));
    let set = json!({ "keys": [Signer::new(1).jwk()] }).to_string();
    let fields = fields.set("jwks", &set).set("jwks_uri", "").set("subject", "username");
    browser.post(&own, &fields.pairs()).await.expect(303);
    let fields = Fields::of(&browser.get(&own).await.expect(200).body);
    assert!(fields.get("jwks").contains("Ed25519") && fields.get("subject") == "username");
    // The settings' own form leaves them alone.
    let form = Fields::of(&browser.get(&settings).await.expect(200).body).set("name", "Our library");
    browser.post(&settings, &form.pairs()).await.expect(303);
    assert_eq!(world.snapshot().await.tenant.settings().trusted_issuers.len(), 2);
    // Over another version nothing is saved.
    browser.post(&own, &fields.pairs()).await.expect(409);

    let delete = format!("{own}/delete");
    let page = browser.get(&delete).await.expect(200).body;
    browser.post(&delete, &Fields::of(&page).pairs()).await.expect(303);
    browser.get(&own).await.expect(404);
    let left = world.snapshot().await.tenant.settings().trusted_issuers.clone();
    assert_eq!(left.iter().map(|one| one.issuer.as_str()).collect::<Vec<_>>(), ["https://sts.example"]);
});

both!(viewers_read_and_nobody_is_trusted_to_name_administrators, |app| async move {
    let world = World::open(&app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    let own = objects.fill("/console/{slug}/settings/issuers/{issuer}");
    let mut viewer = administrator(&app, "viewer", &[(&id, Role::Viewer)]).await;
    let page = viewer.get(&own).await.expect(200).body;
    assert!(page.contains("https://sts.example") && !page.contains(&format!("{own}/delete")), "{page}");
    let page = viewer.get(&objects.fill("/console/{slug}/settings")).await.expect(200).body;
    assert!(page.contains(&own) && !page.contains("/issuers/new"), "{page}");
    viewer.post(&own, &Fields::default().pairs()).await.expect(403);
    // The subscription of the console itself trusts nobody, whoever asks.
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let page = owner.get("/console/system/settings").await.expect(200).body;
    assert!(!page.contains("/issuers/new"), "{page}");
    let page = owner.post("/console/system/settings/issuers/new", &ISSUER).await.expect(422).body;
    assert!(page.contains("cannot be changed"), "{page}");
});
