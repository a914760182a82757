//! Changes, what undo needs of them, and the log by its filters.

use store::audit_log::{self, Wanted};
use store::secrets::{self, Owner, Secret};
use store::{cleaning, events, removed_secrets, revisions, subscriptions, undone_changes};

use crate::fixture::{self, NOW};

both!(revisions_of_a_change_are_found_together, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let mut all: Vec<_> = ["o1", "o2", "o1"].map(|object| fixture::revision(Some("s1"), object)).to_vec();
    let first = all[0].change_id.clone();
    all[1].change_id = first;
    all[2].change_id = None;
    let after = all[2].after.clone();
    all[2].before = after;
    for new in &all {
        revisions::insert(&mut tx, new).await.expect("inserts");
    }
    let change = all[0].change_id.clone().expect("an id");
    assert_eq!(revisions::of_change(&mut tx, "s1", &change).await.expect("lists"), all[..2]);
    assert_eq!(revisions::of_change(&mut tx, "s2", &change).await.expect("lists"), []);
    assert_eq!(revisions::of_change(&mut tx, "s1", &all[2].id).await.expect("lists"), all[2..]);
    assert_eq!(revisions::of_change(&mut tx, "s1", &all[0].id).await.expect("lists"), [], "it has a change");
    assert_eq!(revisions::last_of_object(&mut tx, "s1", "o1").await.expect("finds"), Some(all[2].clone()));
    assert_eq!(revisions::last_of_object(&mut tx, "s2", "o1").await.expect("finds"), None);
    assert_eq!(revisions::first_since(&mut tx, "s1", "").await.expect("lists"), all[..2]);
    assert_eq!(revisions::first_since(&mut tx, "s1", &all[1].id).await.expect("lists"), all[1..]);
    let switch = revisions::Revision { action: "disable".into(), ..fixture::revision(Some("s1"), "s1") };
    revisions::insert(&mut tx, &switch).await.expect("inserts");
    assert_eq!(revisions::first_switch_since(&mut tx, "s1", "").await.expect("finds"), Some(switch));
    assert_eq!(revisions::first_switch_since(&mut tx, "s1", "g").await.expect("finds"), None);
});

both!(a_change_is_undone_by_one_other, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "mine").await;
    assert!(undone_changes::insert(&mut tx, &sub, "c1", "c2").await.expect("inserts"));
    assert!(!undone_changes::insert(&mut tx, &sub, "c1", "c3").await.expect("refuses"));
    assert_eq!(undone_changes::find(&mut tx, &sub, "c1").await.expect("finds"), Some("c2".to_owned()));
    assert_eq!(undone_changes::find(&mut tx, "s2", "c1").await.expect("finds"), None);
    undone_changes::forget(&mut tx, &sub, "c2").await.expect("deletes");
    assert_eq!(undone_changes::find(&mut tx, &sub, "c1").await.expect("finds"), None);
});

both!(removed_secrets_are_kept_for_a_while, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "mine").await;
    let application = fixture::in_application(&mut tx, &sub, "my-app").await;
    let secret = Secret {
        id: fixture::id(),
        subscription_id: sub.clone(),
        application_id: Some(application.clone()),
        api_connection_id: None,
        hash: fixture::hash(),
        sealed: Some("sealed".into()),
        created_at: NOW,
        expires_at: None,
        last_used_at: None,
    };
    secrets::insert(&mut tx, &secret).await.expect("inserts");
    for now in [NOW, NOW + 10] {
        removed_secrets::insert(&mut tx, &secret, now).await.expect("keeps");
    }
    secrets::delete(&mut tx, &secret.id).await.expect("deletes");
    assert_eq!(removed_secrets::list(&mut tx, &sub).await.expect("lists"), std::slice::from_ref(&secret));
    assert_eq!(cleaning::sweep(&mut tx, NOW, NOW + 10, 100).await.expect("cleans"), 0);
    assert_eq!(cleaning::sweep(&mut tx, NOW, NOW + 11, 100).await.expect("cleans"), 1);
    removed_secrets::insert(&mut tx, &secret, NOW).await.expect("keeps");
    assert!(removed_secrets::delete(&mut tx, &secret.id).await.expect("forgets"));
    assert!(!removed_secrets::delete(&mut tx, &secret.id).await.expect("was forgotten"));
    assert_eq!(secrets::list(&mut tx, Owner::Application(&application)).await.expect("lists"), []);
    // They go with their subscription.
    removed_secrets::insert(&mut tx, &secret, NOW).await.expect("keeps");
    assert!(subscriptions::delete(&mut tx, &sub).await.expect("deletes"));
    assert_eq!(removed_secrets::list(&mut tx, &sub).await.expect("lists"), []);
});

both!(each_filter_finds_its_rows, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "mine").await;
    let application = fixture::in_application(&mut tx, &sub, "my-app").await;
    let user = fixture::in_user(&mut tx, &sub, "john").await;
    let mut changes: Vec<_> = (0..3).map(|_| fixture::revision(Some(&sub), &application)).collect();
    changes[1].actor = "bob".into();
    changes[2] = revisions::Revision { action: "delete".into(), ..fixture::revision(Some(&sub), "gone") };
    for new in &changes {
        revisions::insert(&mut tx, new).await.expect("inserts");
    }
    let mut happened: Vec<_> = (0..3).map(|_| fixture::event(Some(&sub), Some(&user))).collect();
    happened[1].actor.clone_from(&user);
    happened[2].user_id = None;
    happened[2].application_id = Some(application.clone());
    happened[2].kind = "token_refused".into();
    happened[2].reference = Some("ABCD2345".into());
    for new in &happened {
        events::insert(&mut tx, new).await.expect("inserts");
    }
    let ids = [application.clone()];
    let users = [user.clone()];
    let all = Wanted { limit: 10, kinds: ["token_refused", "", "", ""], ..Wanted::default() };
    let search = Wanted { reference: Some("ABCD2345"), objects: Some(&[]), actors: ["bob", ""], ..all.clone() };
    // Which changes and which events, by their place above, the newest first.
    for (wanted, in_changes, in_events) in [
        (all.clone(), vec![2, 1, 0], vec![2, 1, 0]),
        (Wanted { limit: 1, ..all.clone() }, vec![2], vec![2]),
        (Wanted { objects: Some(&ids), ..all.clone() }, vec![1, 0], vec![2]),
        (Wanted { objects: Some(&users), ..all.clone() }, vec![], vec![1, 0]),
        (Wanted { actors: ["bob", ""], ..all.clone() }, vec![1], vec![]),
        (Wanted { actors: ["john", &user], ..all.clone() }, vec![], vec![2, 1, 0]),
        (Wanted { action: "delete", ..all.clone() }, vec![2], vec![]),
        (Wanted { action: "sign_in", ..all.clone() }, vec![], vec![1, 0]),
        (Wanted { object_type: "claim", ..all.clone() }, vec![2, 1, 0], vec![]),
        (Wanted { object_type: "user", ..all.clone() }, vec![], vec![1, 0]),
        (Wanted { object_type: "application", ..all.clone() }, vec![], vec![2]),
        (Wanted { below: &changes[1].id, ..all.clone() }, vec![0], vec![]),
        (Wanted { from: &happened[1].id, ..all.clone() }, vec![], vec![2, 1]),
        (search.clone(), vec![1], vec![2]),
        (Wanted { objects: Some(&users), ..search.clone() }, vec![1], vec![2, 1, 0]),
        (Wanted { below: "a\0b", ..all.clone() }, vec![], vec![]),
    ] {
        let found = audit_log::revisions(&mut tx, &sub, &wanted).await.expect("lists");
        let expected: Vec<_> = in_changes.iter().map(|at: &usize| &changes[*at].id).collect();
        assert_eq!(found.iter().map(|row| &row.revision.id).collect::<Vec<_>>(), expected, "{wanted:?}");
        let found = audit_log::events(&mut tx, &sub, &wanted).await.expect("lists");
        let expected: Vec<_> = in_events.iter().map(|at: &usize| &happened[*at].id).collect();
        assert_eq!(found.iter().map(|row| &row.event.id).collect::<Vec<_>>(), expected, "{wanted:?}");
        let elsewhere = audit_log::events(&mut tx, "s2", &wanted).await.expect("lists").len()
            + audit_log::revisions(&mut tx, "s2", &wanted).await.expect("lists").len();
        assert_eq!(elsewhere, 0, "{wanted:?}");
    }
    let rows = audit_log::revisions(&mut tx, &sub, &all).await.expect("lists");
    assert_eq!((&rows[0].standing, &rows[1].standing), (&None, &Some(application.clone())));
    let rows = audit_log::events(&mut tx, &sub, &all).await.expect("lists");
    let names: Vec<_> = rows.iter().map(|row| (row.user_name.as_deref(), row.actor_name.as_deref())).collect();
    assert_eq!(names, [(None, None), (Some("john"), Some("john")), (Some("john"), None)]);
    assert_eq!(rows[0].client_id.as_deref(), Some("my-app"));
});

both!(names_are_found_by_their_beginning, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "mine").await;
    let user = fixture::in_user(&mut tx, &sub, "john").await;
    revisions::insert(&mut tx, &fixture::revision(Some(&sub), "gone")).await.expect("inserts");
    for (text, found) in [("CAR", vec![]), ("car", vec!["gone"]), ("JO", vec![user.as_str()]), ("a\0", vec![])] {
        assert_eq!(audit_log::named(&mut tx, &sub, text).await.expect("finds"), found, "{text}");
    }
    assert_eq!(audit_log::named(&mut tx, "s2", "car").await.expect("finds"), Vec::<String>::new());
    assert_eq!(audit_log::user_called(&mut tx, &sub, " JOHN").await.expect("finds"), Some(user));
    assert_eq!(audit_log::user_called(&mut tx, &sub, "joh").await.expect("finds"), None);
    assert_eq!(audit_log::user_called(&mut tx, "s2", "john").await.expect("finds"), None);
});
