//! What applications are told of ended sessions: queued with the end, taken by one node, never lost.

use store::logouts::{self, Logout};
use store::{Tx, cleaning, grants, sessions, users};

use crate::fixture::{self, NOW};

/// An application that wants to be told.
async fn in_telling(tx: &mut Tx, subscription_id: &str, client_id: &str) -> String {
    let mut new = fixture::application(subscription_id, client_id, client_id);
    new.object.spec.backchannel_logout_uri = Some("https://app.example/logout".into());
    store::applications::insert(tx, &new).await.expect("application");
    new.object.id
}

/// A session in which these applications got something.
async fn in_session(tx: &mut Tx, subscription_id: &str, user_id: &str, applications: &[&str]) -> String {
    let session = fixture::session(subscription_id, user_id);
    sessions::insert(tx, &session).await.expect("session");
    for application in applications {
        grant(tx, subscription_id, user_id, application, &session.id).await;
    }
    session.id
}

async fn grant(tx: &mut Tx, subscription_id: &str, user_id: &str, application: &str, session_id: &str) {
    let mut grant = fixture::grant(subscription_id, application, Some(user_id));
    grant.session_id = Some(session_id.to_owned());
    grants::insert(tx, &grant).await.expect("grant");
}

/// Everything that is due, as it is left behind: its time is up at once.
async fn due(tx: &mut Tx, now: i64) -> Vec<Logout> {
    let mut due = logouts::claim(tx, now, now, 100).await.expect("claims");
    due.sort_by(|a, b| a.sid.cmp(&b.sid));
    due
}

both!(the_end_of_a_session_is_told_to_those_who_got_something_in_it, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let telling = in_telling(&mut tx, &sub, "telling").await;
    let elsewhere = in_telling(&mut tx, &sub, "elsewhere").await;
    let silent = fixture::in_application(&mut tx, &sub, "silent").await;
    let session = in_session(&mut tx, &sub, &john, &[&telling, &telling, &silent]).await;
    let other = in_session(&mut tx, &sub, &john, &[&elsewhere]).await;
    assert!(!logouts::any_due(&mut tx, NOW).await.expect("asks"));
    assert!(sessions::end(&mut tx, &session, NOW).await.expect("ends"));
    assert!(!sessions::end(&mut tx, &session, NOW).await.expect("once"));
    assert!(logouts::any_due(&mut tx, NOW).await.expect("asks"));
    let told = due(&mut tx, NOW).await;
    let told: Vec<_> = told.iter().map(|l| (&l.sid, &l.application_id, &l.user_id, l.attempts, l.created_at)).collect();
    assert_eq!(told, [(&session, &telling, &john, 1, NOW)]);
    let mut knowing = vec![(silent.clone(), session.clone()), (telling.clone(), session.clone())];
    knowing.sort();
    assert_eq!(logouts::who_knows(&mut tx, &session).await.expect("asks"), knowing);
    assert_eq!(logouts::who_knows(&mut tx, &other).await.expect("asks"), [(elsewhere, other)]);
});

both!(every_way_to_end_sessions_tells, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let app = in_telling(&mut tx, &sub, "app").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(in_session(&mut tx, &sub, &john, &[&app]).await);
    }
    let sids = |told: Vec<Logout>| told.into_iter().map(|l| l.sid).collect::<Vec<_>>();
    assert_eq!(sessions::end_beyond(&mut tx, &john, 4, NOW).await.expect("ends"), 1);
    assert_eq!(sids(due(&mut tx, NOW).await), all[..1]);
    assert_eq!(sessions::end_all_of_user(&mut tx, &john, Some(&all[4]), NOW).await.expect("ends"), 3);
    assert_eq!(sids(due(&mut tx, NOW).await), all[..4]);
    assert!(users::delete(&mut tx, &john, NOW).await.expect("deletes"));
    assert_eq!(sids(due(&mut tx, NOW).await), all[..], "the user is gone, and the message is not");
});

both!(who_is_disabled_or_wants_nothing_any_more_is_not_told, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let disabled = in_telling(&mut tx, &sub, "disabled").await;
    store::applications::set_disabled(&mut tx, &disabled, 1, Some(NOW), NOW).await.expect("disables");
    let quiet = in_telling(&mut tx, &sub, "quiet").await;
    let spec = fixture::application(&sub, "quiet", "quiet").object.spec;
    assert!(store::applications::update(&mut tx, &quiet, 1, &spec, NOW).await.expect("updates"));
    let session = in_session(&mut tx, &sub, &john, &[&disabled, &quiet]).await;
    sessions::end(&mut tx, &session, NOW).await.expect("ends");
    assert_eq!(due(&mut tx, NOW).await, []);
});

both!(a_session_that_takes_anothers_place_speaks_for_it, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let app = in_telling(&mut tx, &sub, "app").await;
    let first = in_session(&mut tx, &sub, &john, &[&app]).await;
    let second = in_session(&mut tx, &sub, &john, &[]).await;
    assert!(sessions::replace(&mut tx, &first, &second, NOW).await.expect("replaces"));
    assert!(!sessions::replace(&mut tx, &first, &second, NOW).await.expect("once"));
    assert_eq!(due(&mut tx, NOW).await, [], "nobody signed out");
    grant(&mut tx, &sub, &john, &app, &second).await;
    sessions::end(&mut tx, &second, NOW).await.expect("ends");
    let told: Vec<_> = due(&mut tx, NOW).await.into_iter().map(|l| l.sid).collect();
    assert_eq!(told, [first, second], "by each name that the application knows");
});

both!(one_message_is_taken_once_until_its_time_is_up, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let app = in_telling(&mut tx, &sub, "app").await;
    let session = in_session(&mut tx, &sub, &john, &[&app]).await;
    sessions::end(&mut tx, &session, NOW).await.expect("ends");
    tx.commit().await.expect("commits");
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let store = store.clone();
        running.spawn(async move {
            let mut tx = store.begin().await.expect("begins");
            let claimed = logouts::claim(&mut tx, NOW, NOW + 60, 10).await.expect("claims");
            tx.commit().await.expect("commits");
            claimed.len()
        });
    }
    assert_eq!(running.join_all().await.into_iter().sum::<usize>(), 1);
    let mut tx = store.begin().await.expect("begins");
    assert_eq!(logouts::claim(&mut tx, NOW + 59, NOW + 120, 10).await.expect("claims"), []);
    let again = logouts::claim(&mut tx, NOW + 60, NOW + 120, 10).await.expect("claims");
    assert_eq!(again.iter().map(|l| l.attempts).collect::<Vec<_>>(), [2]);
});

both!(what_comes_of_an_attempt_is_written_by_the_latest_only, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let app = in_telling(&mut tx, &sub, "app").await;
    let session = in_session(&mut tx, &sub, &john, &[&app]).await;
    sessions::end(&mut tx, &session, NOW).await.expect("ends");
    let stale = due(&mut tx, NOW).await.remove(0);
    let tried = due(&mut tx, NOW).await.remove(0);
    assert!(!logouts::deliver(&mut tx, &stale, NOW).await.expect("asks"));
    assert!(!logouts::postpone(&mut tx, &stale, NOW, "x").await.expect("asks"));
    assert!(!logouts::give_up(&mut tx, &stale, NOW, "x").await.expect("asks"));
    assert!(logouts::postpone(&mut tx, &tried, NOW + 10, "status-500").await.expect("writes"));
    let latest = logouts::latest(&mut tx, &app, 10).await.expect("lists").remove(0);
    assert_eq!((latest.due_at, latest.reason.as_deref(), latest.finished_at), (NOW + 10, Some("status-500"), None));
    assert!(!logouts::any_due(&mut tx, NOW + 9).await.expect("asks"));
    let tried = due(&mut tx, NOW + 10).await.remove(0);
    assert!(logouts::give_up(&mut tx, &tried, NOW + 11, "status-400").await.expect("writes"));
    assert!(!logouts::deliver(&mut tx, &tried, NOW + 12).await.expect("over"));
    let latest = logouts::latest(&mut tx, &app, 10).await.expect("lists").remove(0);
    assert_eq!((latest.finished_at, latest.reason.as_deref()), (Some(NOW + 11), Some("status-400")));
    assert!(!logouts::any_due(&mut tx, i64::MAX).await.expect("asks"));
});

both!(a_finished_message_is_kept_for_a_week, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let app = in_telling(&mut tx, &sub, "app").await;
    let session = in_session(&mut tx, &sub, &john, &[&app]).await;
    sessions::end(&mut tx, &session, NOW).await.expect("ends");
    let tried = due(&mut tx, NOW).await.remove(0);
    assert!(logouts::deliver(&mut tx, &tried, NOW).await.expect("writes"));
    let week = 7 * 86_400;
    cleaning::sweep(&mut tx, NOW + week - 1, 0, 100).await.expect("cleans");
    assert_eq!(logouts::latest(&mut tx, &app, 10).await.expect("lists").len(), 1);
    cleaning::sweep(&mut tx, NOW + week, 0, 100).await.expect("cleans");
    assert_eq!(logouts::latest(&mut tx, &app, 10).await.expect("lists"), []);
});
