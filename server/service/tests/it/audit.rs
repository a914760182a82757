//! The audit log: changes of configuration and what people did as one list, newest first.

use model::PageRequest;
use service::Ctx;
use service::console::{AuditFilter, audit, users};
use service::event::{self, Event};

use crate::fixture::{PASSWORD, first_page, furnished, owner};

async fn happened(ctx: &Ctx, subscription_id: &str, actor: &str, event: Event<'_>) {
    let mut tx = ctx.begin().await.expect("begins");
    event::record(ctx, &mut tx, Some(subscription_id), actor, event).await.expect("written");
    tx.commit().await.expect("commits");
}

both!(both_logs_are_one_list_by_pages, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    users::set_password(&ctx, &owner(), "mine", &mine.user, PASSWORD).await.expect("set");
    let event = Event { user_id: Some(&mine.user), ..Event::new("sign_in", serde_json::json!({ "amr": "pwd" })) };
    happened(&ctx, &mine.subscription_id, &mine.user, event).await;
    let all = audit::page(&ctx, &owner(), "mine", &first_page()).await.expect("log").items;
    let shown: Vec<_> = all
        .iter()
        .map(|r| (r.actor.as_str(), r.action.as_str(), r.object_type.as_str(), r.object_name.as_str()))
        .collect();
    let expected = [
        ("john", "sign_in", "user", "john"),
        ("somebody@example.com", "password_set", "user", "john"),
        ("command line", "user_created", "user", "john"),
        ("command line", "new_secret", "application", "my-app"),
        ("command line", "create", "application", "my-app"),
        ("command line", "new_secret", "api_connection", "library-api"),
        ("command line", "create", "api_scope", "library-api"),
        ("command line", "create", "api_connection", "library-api"),
        ("command line", "create", "identity_scope", "library"),
        ("command line", "create", "claim", "library_card"),
        ("command line", "create", "subscription", "mine"),
    ];
    assert_eq!(shown, expected);
    assert_eq!(all[0].data, [("amr".to_owned(), "pwd".to_owned())]);
    // The same by pages of three.
    let mut request = PageRequest { size: 3, ..PageRequest::default() };
    let mut paged = Vec::new();
    loop {
        let page = audit::page(&ctx, &owner(), "mine", &request).await.expect("page");
        assert!(page.items.len() <= 3);
        paged.extend(page.items);
        let Some(next) = page.next else { break };
        request.after = Some(next);
    }
    assert_eq!(paged, all);
});

both!(a_reference_of_a_failure_page_is_found, |ctx| async {
    let (mine, other) = (furnished(&ctx, "mine").await, furnished(&ctx, "other").await);
    let refused = |data: &str| serde_json::json!({ "reason": data });
    let event = Event { reference: Some("ABCD2345"), ..Event::new("authorization_refused", refused("a\nline")) };
    happened(&ctx, &mine.subscription_id, "anonymous", event.clone()).await;
    happened(&ctx, &other.subscription_id, "anonymous", event).await;
    let search = PageRequest { search: " abcd2345".into(), ..PageRequest::default() };
    let found = audit::page(&ctx, &owner(), "mine", &search).await.expect("found").items;
    let data: Vec<_> = found.iter().map(|row| row.data[0].1.as_str()).collect();
    assert_eq!(data, ["aline"]);
    let search = PageRequest { search: "ABCD2346".into(), ..PageRequest::default() };
    assert!(audit::page(&ctx, &owner(), "mine", &search).await.expect("found").items.is_empty());
});

both!(a_change_names_its_fields, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let stored = service::console::claims::get(&ctx, &owner(), "mine", &mine.claim).await.expect("claim");
    let spec = model::spec::ClaimSpec { help: "New".into(), show_on_profile: true, ..stored.spec };
    service::console::claims::update(&ctx, &owner(), "mine", &mine.claim, 1, spec).await.expect("saved");
    let newest = audit::page(&ctx, &owner(), "mine", &first_page()).await.expect("log").items.remove(0);
    assert_eq!((newest.action.as_str(), newest.fields.join(", ").as_str()), ("update", "help, show_on_profile"));
});

both!(filters_choose_among_both_logs, |ctx| async {
    let (mine, other) = (furnished(&ctx, "mine").await, furnished(&ctx, "other").await);
    let signed_in = Event { user_id: Some(&mine.user), ..Event::new("sign_in", serde_json::json!({})) };
    happened(&ctx, &mine.subscription_id, &mine.user, signed_in.clone()).await;
    let foreign = Event { user_id: Some(&other.user), ..signed_in };
    happened(&ctx, &other.subscription_id, &other.user, foreign).await;
    ctx.clock.advance(86_400);
    users::set_password(&ctx, &owner(), "mine", &mine.user, PASSWORD).await.expect("set");
    let found = async |filter: AuditFilter, search: &str| {
        let request = PageRequest { search: search.into(), ..PageRequest::default() };
        let page = audit::find(&ctx, &owner(), "mine", &filter, &request).await.expect("found");
        page.items.iter().map(|row| format!("{} {}", row.action, row.object_name)).collect::<Vec<_>>()
    };
    let none = AuditFilter::default;
    let object = AuditFilter { object: mine.application.clone(), ..none() };
    assert_eq!(found(object, "").await, ["new_secret my-app", "create my-app"]);
    assert_eq!(found(AuditFilter { kind: "claim".into(), ..none() }, "").await, ["create library_card"]);
    assert_eq!(found(AuditFilter { action: "sign_in".into(), ..none() }, "").await, ["sign_in john"]);
    assert_eq!(found(AuditFilter { who: "John".into(), ..none() }, "").await, ["sign_in john"]);
    assert_eq!(found(AuditFilter { who: "somebody@example.com".into(), ..none() }, "").await, ["password_set john"]);
    assert_eq!(found(none(), "joh").await, ["password_set john", "sign_in john", "user_created john"]);
    assert_eq!(found(none(), "library_c").await, ["create library_card"]);
    assert_eq!(
        found(AuditFilter { kind: "user".into(), action: "sign_in".into(), ..none() }, "joh").await,
        ["sign_in john"]
    );
    assert_eq!(found(AuditFilter { from: Some(ctx.now()), ..none() }, "").await, ["password_set john"]);
    let early = AuditFilter { until: Some(ctx.now()), kind: "user".into(), ..none() };
    assert_eq!(found(early, "").await, ["sign_in john", "user_created john"]);
    assert_eq!(found(AuditFilter { kind: "application".into(), action: "update".into(), ..none() }, "").await.len(), 0);
    // What is another tenant's is not found by its id either (docs/security.md 67).
    for id in [&other.user, &other.application] {
        assert_eq!(found(AuditFilter { object: id.clone(), ..none() }, "").await.len(), 0);
    }
    let (rows, more) = audit::export(&ctx, &owner(), "mine", &none(), "joh").await.expect("exported");
    assert_eq!((rows.len(), more), (3, false));
});
