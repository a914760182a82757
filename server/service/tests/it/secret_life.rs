//! Secrets that end: those made with an end, and those that a rotation gives one.

use model::{FormData, SecretPlan};
use service::Ctx;
use service::console::{SecretView, api_connections, applications};

use crate::fixture::{code_at, furnished, logs, owner};

const DAY: i64 = 86_400;

fn rotation(days: &str, hours: &str) -> SecretPlan {
    let form = FormData::default().with("expires_in_days", days).with("overlap_hours", hours);
    SecretPlan::from_rotation_form(&form).expect("a plan")
}

fn ending(days: &str) -> SecretPlan {
    SecretPlan::from_form(&FormData::default().with("expires_in_days", days)).expect("a plan")
}

async fn secrets(ctx: &Ctx, id: &str) -> Vec<SecretView> {
    applications::get(ctx, &owner(), "mine", id).await.expect("view").secrets
}

fn ends(secrets: &[SecretView]) -> Vec<(Option<i64>, bool)> {
    secrets.iter().map(|secret| (secret.expires_at, secret.is_live)).collect()
}

both!(a_rotation_lets_the_others_go_on_for_a_while, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let (id, now) = (mine.application.as_str(), ctx.now());
    applications::new_secret(&ctx, &owner(), "mine", id, ending("30")).await.expect("made");
    assert_eq!(ends(&secrets(&ctx, id).await), [(None, true), (Some(now + 30 * DAY), true)]);
    applications::new_secret(&ctx, &owner(), "mine", id, rotation("90", "168")).await.expect("made");
    let week = Some(now + 7 * DAY);
    assert_eq!(ends(&secrets(&ctx, id).await), [(week, true), (week, true), (Some(now + 90 * DAY), true)]);
    // A longer overlap never gives back what an earlier one took.
    applications::new_secret(&ctx, &owner(), "mine", id, rotation("", "720")).await.expect("made");
    let month = Some(now + 30 * DAY);
    assert_eq!(ends(&secrets(&ctx, id).await), [(week, true), (week, true), (month, true), (None, true)]);
    ctx.clock.advance(7 * DAY);
    assert_eq!(ends(&secrets(&ctx, id).await), [(week, false), (week, false), (month, true), (None, true)]);
    assert!(logs(&ctx).await.contains("rotate_secret"));
    let expired = &secrets(&ctx, id).await[0].id;
    applications::remove_secret(&ctx, &owner(), "mine", id, expired).await.expect("removed");
    assert_eq!(secrets(&ctx, id).await.len(), 3);
});

both!(five_are_in_use_at_most_however_they_came, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let id = mine.application.as_str();
    for _ in 0..4 {
        applications::new_secret(&ctx, &owner(), "mine", id, rotation("", "24")).await.expect("made");
    }
    for plan in [rotation("", "1"), SecretPlan::default()] {
        let sixth = applications::new_secret(&ctx, &owner(), "mine", id, plan).await;
        assert_eq!(code_at(sixth, ""), "too-many-secrets");
    }
    assert!(secrets(&ctx, id).await[4].expires_at.is_none(), "what was refused changed nothing");
    // Without an overlap there is room at once, and what has ended is not kept without end.
    for _ in 0..10 {
        applications::new_secret(&ctx, &owner(), "mine", id, rotation("", "0")).await.expect("made");
    }
    let all = secrets(&ctx, id).await;
    assert_eq!(all.iter().filter(|secret| secret.is_live).count(), 1);
    assert!(all.len() <= 11, "{}", all.len());
});

both!(connections_have_the_same, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let (id, now) = (mine.connection.as_str(), ctx.now());
    api_connections::new_secret(&ctx, &owner(), "mine", id, rotation("365", "0")).await.expect("made");
    let view = api_connections::get(&ctx, &owner(), "mine", id).await.expect("view");
    assert_eq!(ends(&view.secrets), [(Some(now), false), (Some(now + 365 * DAY), true)]);
});
