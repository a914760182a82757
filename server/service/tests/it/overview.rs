//! What happens in a subscription, and what needs somebody.

use model::Role;
use service::console::overview::{self, Attention};
use service::console::{applications, health};
use service::event::{self, Event};
use service::{Actor, Ctx, Error, housekeeping};

use crate::fixture::{admin, application_spec, furnished, subscription};

const DAY: i64 = 86_400;

async fn happened(ctx: &Ctx, subscription_id: &str, kind: &str) {
    let mut tx = ctx.begin().await.expect("begins");
    let event = Event::new(kind, serde_json::json!({}));
    event::record(ctx, &mut tx, Some(subscription_id), "somebody", event).await.expect("written");
    tx.commit().await.expect("commits");
}

async fn sums(ctx: &Ctx, id: &str) -> [(i64, i64); 2] {
    let view = overview::get(ctx, &Actor::Cli, id).await.expect("an overview");
    assert_eq!((view.hours.len(), view.days.len()), (24, 30));
    [view.hours, view.days].map(|bars| {
        let sum = |of: fn(&overview::Bar) -> i64| bars.iter().map(of).sum::<i64>();
        (sum(|bar| bar.counts.sign_ins), sum(|bar| bar.counts.failures))
    })
}

both!(counts_are_there_at_once_stay_when_written_and_age_away, |ctx| async {
    let mine = subscription(&ctx, "mine").await.id;
    let other = subscription(&ctx, "other").await.id;
    assert_eq!(sums(&ctx, &mine).await, [(0, 0); 2]);
    happened(&ctx, &mine, "sign_in").await;
    happened(&ctx, &mine, "sign_in_failed").await;
    assert_eq!(sums(&ctx, &mine).await, [(1, 1); 2], "before they are written");
    housekeeping::run_once(&ctx).await.expect("a round");
    housekeeping::run_once(&ctx).await.expect("another, with nothing to add");
    assert_eq!(sums(&ctx, &mine).await, [(1, 1); 2]);
    happened(&ctx, &mine, "sign_in").await;
    housekeeping::run_once(&ctx).await.expect("a round");
    assert_eq!(sums(&ctx, &mine).await, [(2, 1); 2]);
    assert_eq!(sums(&ctx, &other).await, [(0, 0); 2]);
    ctx.clock.advance(DAY);
    assert_eq!(sums(&ctx, &mine).await, [(0, 0), (2, 1)], "of the last day nothing, of the last month all");
    ctx.clock.advance(40 * DAY);
    housekeeping::run_once(&ctx).await.expect("a round");
    let left = store::activity::of_subscription(&mut ctx.read().await.expect("reads"), &mine, 0, 0).await;
    assert_eq!(left.expect("asked"), []);
});

both!(what_needs_somebody_is_told_and_what_does_not_is_not, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let cli = &Actor::Cli;
    let told = async |ctx: &Ctx| overview::get(ctx, cli, &mine.subscription_id).await.expect("an overview").attention;
    assert_eq!(told(&ctx).await, [], "all is new");
    let nowhere = applications::create(&ctx, cli, "mine", application_spec("nowhere")).await.expect("made").stored.id;
    assert_eq!(told(&ctx).await, [], "nobody expects it to be used at once");
    ctx.clock.advance(8 * DAY);
    ctx.last_used.note_application(&mine.application, ctx.now());
    ctx.last_used.note(&mine.application_secret, ctx.now());
    housekeeping::run_once(&ctx).await.expect("a round");
    let found = told(&ctx).await;
    assert!(
        matches!(&found[..], [Attention::ApplicationUnused(a, _), Attention::SecretUnused(b, _)]
            if a.id == nowhere && b.is_connection && b.id == mine.connection),
        "{found:?}"
    );
    happened(&ctx, &mine.subscription_id, "sign_in_failed").await;
    assert_eq!(told(&ctx).await[0], Attention::Failures(1));
    ctx.clock.advance(365 * DAY);
    assert!(matches!(&told(&ctx).await[0], Attention::Key(age) if age.ends_at.is_none()));
});

both!(an_application_that_never_got_a_token_is_told, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    ctx.clock.advance(8 * DAY);
    let found = overview::get(&ctx, &Actor::Cli, &mine.subscription_id).await.expect("an overview").attention;
    let unused =
        |one: &Attention| matches!(one, Attention::ApplicationUnused(owner, _) if owner.id == mine.application);
    assert!(found.iter().any(unused), "{found:?}");
    // Its secret is no matter of its own then.
    assert!(!found.iter().any(|one| matches!(one, Attention::SecretUnused(owner, _) if owner.id == mine.application)));
});

both!(an_overview_is_for_those_with_a_role_and_health_for_the_installation, |ctx| async {
    let mine = subscription(&ctx, "mine").await.id;
    let stranger = overview::get(&ctx, &admin(&[("elsewhere", Role::Owner)]), &mine).await;
    assert!(matches!(stranger, Err(Error::NotFound)), "{stranger:?}");
    for roles in [&[(mine.as_str(), Role::Owner)][..], &[]] {
        assert!(matches!(health::get(&ctx, &admin(roles)).await, Err(Error::Forbidden)));
    }
    housekeeping::run_once(&ctx).await.expect("a round");
    let view = health::get(&ctx, &admin(&[("*", Role::Viewer)])).await.expect("told");
    assert_eq!(view.database.schema, view.database.known_schema);
    assert!(view.database.size.is_some_and(|size| size > 0), "{view:?}");
    assert_eq!((view.housekeeping, view.data_dir_writable, view.keys.len()), (Some(ctx.now()), true, 0));
    ctx.clock.advance(366 * DAY);
    let view = health::get(&ctx, &admin(&[("*", Role::Viewer)])).await.expect("told");
    assert_eq!(view.keys.iter().map(|key| key.slug.as_str()).collect::<Vec<_>>(), ["mine", "system"]);
});
