//! The configuration as of a moment.

use service::Error;
use service::console::{applications, history, subscriptions};
use service::revision::ObjectType;

use crate::fixture::{furnished, owner};

both!(a_moment_shows_what_stood_then, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let then = ctx.now();
    ctx.clock.advance(60);
    applications::delete(&ctx, &owner(), "mine", &mine.application, 1).await.expect("deleted");
    subscriptions::set_disabled(&ctx, &owner(), "mine", 1, true).await.expect("disabled");
    let past = history::at(&ctx, &owner(), "mine", then).await.expect("seen");
    assert_eq!(past.document().applications.len(), 1);
    assert!(!past.document().disabled);
    let application =
        past.objects(0, 100).into_iter().find(|object| object.kind == ObjectType::Application).expect("listed");
    assert!(application.is_gone && application.changed_by.is_some());
    let scope = past.objects(0, 100).into_iter().find(|object| object.kind == ObjectType::ApiScope).expect("listed");
    assert_eq!(scope.changed_by, None, "it is the same now");
    let now = history::at(&ctx, &owner(), "mine", ctx.now()).await.expect("seen");
    assert!(now.document().applications.is_empty() && now.document().disabled);
    let (first, all) = (past.objects(0, 2), past.objects(0, 100));
    assert_eq!((&first[..], &all[2..]), (&all[..2], &past.objects(2, 100)[..]), "page by page");
    assert!(all[..2].iter().all(|object| object.changed_by.is_some()), "what is another now comes first");
    assert!(all[2..].iter().all(|object| object.changed_by.is_none()));
    let unborn = history::at(&ctx, &owner(), "mine", then - 1).await;
    assert!(matches!(unborn, Err(Error::NotFound)));
});
