//! Declarative configuration.

mod example;
mod export;
mod prune;
mod refusals;
mod secrets;
mod users;

use std::collections::BTreeMap;

use model::spec::Document;
use serde_json::{Value, json};
use service::apply::{Kind, Options, Plan, SecretSource, apply};
use service::{Ctx, Result};

/// A file of one subscription with these keys beside slug and name.
pub fn file(keys: &Value) -> Document {
    let mut subscription = json!({ "slug": "mysub", "name": "My subscription" });
    let fields = subscription.as_object_mut().expect("an object");
    fields.extend(keys.as_object().expect("an object").clone());
    document(&json!({ "subscriptions": [subscription] }))
}

pub fn document(value: &Value) -> Document {
    service::apply::parse(&value.to_string(), "file.json").expect("a document")
}

pub fn with_variables(values: &[(&str, &str)]) -> Options {
    let values: BTreeMap<_, _> = values.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Options { secrets: SecretSource::Given(values), ..Options::default() }
}

pub fn pruning() -> Options {
    Options { prune: true, ..Options::default() }
}

pub async fn applied(ctx: &Ctx, file: &Document) -> Plan {
    apply(ctx, file, &Options::default(), false).await.expect("applied")
}

/// The lines of a plan that say what happens to which object.
pub fn lines(plan: &Plan) -> Vec<String> {
    plan.changes.iter().map(|change| format!("{} {}", change.kind.sign(), change.path)).collect()
}

/// Paths and codes of all that is wrong.
#[track_caller]
pub fn problems<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, String)> {
    match result {
        Err(service::Error::Invalid(errors)) => errors.0.into_iter().map(|e| (e.field, e.problem.code)).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

both!(a_subscription_is_made_changed_and_left_alone, |ctx| async {
    let first = file(&json!({ "claims": [{ "name": "badge", "display_name": "Badge" }] }));
    let plan = apply(&ctx, &first, &Options::default(), true).await.expect("a plan");
    assert_eq!(lines(&plan), ["+ mysub", "+ mysub/claims/badge"]);
    let owner = crate::fixture::owner();
    assert!(service::console::subscriptions::get(&ctx, &owner, "mysub").await.is_err(), "a dry run writes nothing");
    assert_eq!(applied(&ctx, &first).await, plan);
    assert!(applied(&ctx, &first).await.is_empty(), "twice is once");
    let second = file(&json!({
        "name": "Renamed", "registration": false, "session_idle_lifetime": 3600, "disabled": true,
        "scope_preset": "next",
        "claims": [{ "name": "badge", "display_name": "Badge", "help": "At your belt", "unique": true },
                   { "name": "name", "display_name": "Your name", "show_at_registration": true }]
    }));
    let plan = applied(&ctx, &second).await;
    let shown = plan.to_string();
    let expected = "\
~ mysub
    name: My subscription -> Renamed
    session_idle_lifetime: 86400 -> 3600
    registration: (unset) -> false
    disabled: false -> true
~ mysub/claims/badge
    help: (unset) -> At your belt
    unique: (unset) -> true
~ mysub/claims/name
    display_name: Full name -> Your name
    show_at_registration: (unset) -> true
    show_on_profile: true -> (unset)
";
    let sorted = |text: &str| {
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&shown), sorted(expected), "{shown}");
    assert!(plan.changes.iter().all(|change| change.kind == Kind::Change));
    assert!(applied(&ctx, &second).await.is_empty());
    let view = service::console::subscriptions::get(&ctx, &owner, "mysub").await.expect("view").stored;
    assert!(view.disabled_at.is_some() && view.spec.name == "Renamed");
    assert_eq!(view.spec.scope_preset, model::preset::ScopePreset::Standard, "counts at creation only");
});

both!(what_was_applied_is_logged_and_served_at_once, |ctx| async {
    applied(&ctx, &file(&json!({ "claims": [{ "name": "badge", "display_name": "Badge" }] }))).await;
    let log = crate::fixture::logs(&ctx).await;
    assert!(log.lines().all(|line| line.starts_with("command line")), "{log}");
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert!(snapshot.tenant.claim("badge").is_some());
    applied(&ctx, &file(&json!({ "claims": [{ "name": "badge", "display_name": "Badge", "help": "New" }] }))).await;
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert_eq!(snapshot.tenant.claim("badge").expect("claim").help, "New", "the hot paths see it at once");
});
