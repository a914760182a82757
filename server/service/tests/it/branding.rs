//! Branding: configuration like any other, its logo kept beside it by hash.

use model::spec::{BrandingSpec, ImageType, LogoFile};
use model::{PageRequest, Role};
use service::apply::{Options, apply, export, parse, plan};
use service::console::{LogoEdit, branding, subscriptions};
use service::picture::Picture;
use service::{Ctx, Error, housekeeping};

use crate::fixture::{admin, code_at, owner, subscription};

/// A PNG's signature and header, which is all that is looked at. `mark` makes it another.
fn png(mark: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x40\0\0\0\x20\x08\x06\0\0\0".to_vec();
    bytes.extend([0, 0, 0, 0, mark]);
    bytes
}

fn picture(mark: u8) -> Picture {
    Picture::read(&png(mark)).expect("a picture")
}

fn spec() -> BrandingSpec {
    BrandingSpec {
        name: "Demo Bank".into(),
        accent: Some("#0b6572".into()),
        policy_uri: Some("https://demo.example/privacy".into()),
        ..BrandingSpec::default()
    }
}

async fn version(ctx: &Ctx) -> i64 {
    subscriptions::get(ctx, &owner(), "mysub").await.expect("view").stored.version
}

async fn save(ctx: &Ctx, spec: BrandingSpec, logo: LogoEdit) {
    branding::update(ctx, &owner(), "mysub", version(ctx).await, spec, &logo).await.expect("saved");
}

async fn stored(ctx: &Ctx) -> BrandingSpec {
    subscriptions::get(ctx, &owner(), "mysub").await.expect("view").stored.spec.branding
}

/// What a browser gets for a hash.
async fn served(ctx: &Ctx, slug: &str, hash: &str) -> Option<(ImageType, Vec<u8>)> {
    let snap = ctx.snapshots.get(ctx, slug).await.expect("in use");
    match service::branding::logo(ctx, &snap, hash).await {
        Ok(found) => Some(found),
        Err(Error::NotFound) => None,
        Err(other) => panic!("{other:?}"),
    }
}

both!(a_logo_is_kept_replaced_and_removed, |ctx| async {
    subscription(&ctx, "mysub").await;
    subscription(&ctx, "other").await;
    save(&ctx, spec(), LogoEdit::Replace(picture(1))).await;
    let first = stored(&ctx).await.logo.expect("a logo");
    assert_eq!((first.kind, first.width, first.height), (ImageType::Png, 64, 32));
    let snap = ctx.snapshots.get(&ctx, "mysub").await.expect("in use");
    assert_eq!(snap.tenant.shown_name(), "Demo Bank");
    assert_eq!(served(&ctx, "mysub", &first.hash).await, Some((ImageType::Png, png(1))));
    assert_eq!(served(&ctx, "other", &first.hash).await, None, "another subscription's");
    // Saving without a word about it leaves it.
    save(&ctx, BrandingSpec { secured_by: true, ..spec() }, LogoEdit::Keep).await;
    assert_eq!(stored(&ctx).await.logo, Some(first.clone()));
    save(&ctx, spec(), LogoEdit::Replace(picture(2))).await;
    let second = stored(&ctx).await.logo.expect("a logo");
    assert_ne!(second.hash, first.hash);
    save(&ctx, spec(), LogoEdit::Remove).await;
    assert_eq!(stored(&ctx).await.logo, None);
    assert_eq!(branding::logo(&ctx, &owner(), "mysub").await.expect("asked"), None);
});

both!(a_revision_names_the_logo_and_can_bring_it_back, |ctx| async {
    let id = subscription(&ctx, "mysub").await.id;
    save(&ctx, spec(), LogoEdit::Replace(picture(1))).await;
    let logo = stored(&ctx).await.logo.expect("a logo");
    save(&ctx, BrandingSpec::default(), LogoEdit::Remove).await;
    let mut conn = ctx.read().await.expect("reads");
    let page = store::revisions::page(&mut conn, &id, &PageRequest::default()).await.expect("revisions");
    let before = page.items[0].before.as_ref().expect("before").as_str().to_owned();
    assert!(before.contains(&logo.hash) && before.len() < 1_000, "{before}");
    drop(conn);
    // What an undo does: the former specification, without the bytes.
    let former: model::spec::SubscriptionSpec = serde_json::from_str(&before).expect("a specification");
    subscriptions::update(&ctx, &owner(), "mysub", version(&ctx).await, former.clone()).await.expect("undone");
    assert_eq!(stored(&ctx).await.logo, Some(logo.clone()));
    housekeeping::run_once(&ctx).await.expect("cleans");
    assert!(served(&ctx, "mysub", &logo.hash).await.is_some());
    // Long after its last use it is gone, and the change is refused where it stands.
    save(&ctx, BrandingSpec::default(), LogoEdit::Remove).await;
    ctx.clock.advance(366 * 86_400);
    housekeeping::run_once(&ctx).await.expect("cleans");
    assert!(served(&ctx, "mysub", &logo.hash).await.is_none());
    let undone = subscriptions::update(&ctx, &owner(), "mysub", version(&ctx).await, former).await;
    assert_eq!(code_at(undone, "branding.logo"), "logo-gone");
});

both!(roles_and_versions_count, |ctx| async {
    let id = subscription(&ctx, "mysub").await.id;
    let save = async |roles: &[(&str, Role)], slug: &str, version: i64| {
        branding::update(&ctx, &admin(roles), slug, version, spec(), &LogoEdit::Keep).await
    };
    assert!(matches!(save(&[(&id, Role::Viewer)], "mysub", 1).await, Err(Error::Forbidden)));
    assert!(matches!(save(&[("other", Role::Owner)], "mysub", 1).await, Err(Error::NotFound)));
    assert!(matches!(save(&[("*", Role::Editor)], "system", 1).await, Err(Error::Forbidden)));
    assert!(matches!(save(&[(&id, Role::Editor)], "mysub", 9).await, Err(Error::Changed)));
    save(&[(&id, Role::Editor)], "mysub", 1).await.expect("saved");
    let reader = admin(&[("other", Role::Owner)]);
    assert!(matches!(branding::logo(&ctx, &reader, "mysub").await, Err(Error::NotFound)));
    let bad = BrandingSpec { accent: Some("red;}".into()), ..spec() };
    let saved = branding::update(&ctx, &owner(), "mysub", 2, bad, &LogoEdit::Keep).await;
    assert_eq!(code_at(saved, "branding.accent"), "colour");
});

both!(it_is_part_of_apply_and_export, |ctx| async {
    let file = |branding: &str| {
        let text = format!(r#"{{"subscriptions":[{{"slug":"mysub","name":"Mine"{branding}}}]}}"#);
        parse(&text, "a.json")
    };
    let logo = picture(1).base64().to_owned();
    let branding = format!(
        r##","branding":{{"name":"Demo Bank","accent":"#0b6572","secured_by":true,
            "logo":{{"type":"image/png","base64":"{logo}"}},"support_uri":"https://demo.example/help"}}"##
    );
    let document = file(&branding).expect("a file");
    // At its creation, and once more.
    apply(&ctx, &document, &Options::default(), false).await.expect("applied");
    assert!(plan(&ctx, &document, &Options::default()).await.expect("planned").is_empty());
    let exported = export(&ctx, None, false).await.expect("exported");
    let given = exported.subscriptions[0].branding.logo.clone();
    assert_eq!(given, Some(LogoFile { kind: ImageType::Png, base64: logo.clone() }));
    assert!(plan(&ctx, &exported, &Options::default()).await.expect("planned").is_empty());
    // A file that says nothing of it wants nothing of it; its export does not say so either.
    let bare = file("").expect("a file");
    let planned = apply(&ctx, &bare, &Options::default(), false).await.expect("applied").to_string();
    assert!(planned.contains("branding: {") && !planned.contains(&logo), "{planned}");
    let text = serde_json::to_string(&export(&ctx, None, false).await.expect("exported")).expect("json");
    assert!(!text.contains("branding"), "{text}");
    // And back, on a subscription that exists.
    apply(&ctx, &document, &Options::default(), false).await.expect("applied");
    assert!(stored(&ctx).await.logo.is_some());

    let refused = |what: &'static str, field: &'static str, code: &'static str| {
        let ctx = ctx.clone();
        async move {
            let text = format!(r#"{{"subscriptions":[{{"slug":"mysub","name":"Mine","branding":{{{what}}}}}]}}"#);
            let document = parse(&text, "a.json").expect("a file");
            let result = plan(&ctx, &document, &Options::default()).await;
            assert_eq!(code_at(result, &format!("subscriptions[0].branding.{field}")), code);
        }
    };
    refused(r#""accent":"blue""#, "accent", "colour").await;
    refused(r#""tos_uri":"http://demo.example""#, "tos_uri", "https").await;
    refused(r#""logo":{"type":"image/png","base64":"PHN2Zy8+"}"#, "logo", "image-type").await;
    refused(r#""logo":{"type":"image/png","base64":"***"}"#, "logo", "image-encoding").await;
    assert!(file(r#","branding":{"css":"x"}"#).is_err());
    assert!(file(r#","branding":{"logo":{"type":"image/svg+xml","base64":""}}"#).is_err());
});
