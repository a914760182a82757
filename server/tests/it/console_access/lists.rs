//! Lists: sizes, cursors, and what a search can find (docs/security.md 66, 67, 80).

use model::Role;

use super::people::{EVERYWHERE, administrator};
use crate::oauth::world::World;

/// Every list, and the prefix of its parameters.
const LISTS: [(&str, &str); 9] = [
    ("/console", ""),
    ("/console/administrators", ""),
    ("/console/mysub/administrators", ""),
    ("/console/mysub/applications", ""),
    ("/console/mysub/connections", ""),
    ("/console/mysub/users", ""),
    ("/console/mysub/sessions", ""),
    ("/console/mysub/audit", ""),
    ("/console/mysub/scopes", "scopes_"),
];

/// The link to the next page.
fn next(page: &str) -> String {
    let link = page.split("href=\"").find_map(|rest| rest.split('"').next().filter(|to| to.contains("after=")));
    link.expect("a next page").replace("&amp;", "&")
}

both!(a_senseless_size_is_a_bad_request, |app| async move {
    World::open(&app).await;
    let mut browser = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    for (list, prefix) in LISTS {
        for size in ["0", "-1", "201", "4294967296", "99999999999999999999", "x", "1.5", "%00"] {
            let reply = browser.get(&format!("{list}?{prefix}size={size}")).await;
            assert_eq!(reply.status, 400, "{list} {size}");
        }
        browser.get(&format!("{list}?{prefix}size=200")).await.expect(200);
    }
});

both!(a_cursor_that_we_did_not_make_is_a_bad_request, |app| async move {
    World::open(&app).await;
    let mut browser = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    for (list, prefix) in LISTS {
        for cursor in ["x", "eyJrZXkiOiIiLCJpZCI6IiJ9", "'%20OR%201=1%20--", "%00", "..%2f", &"A".repeat(2_000)] {
            let reply = browser.get(&format!("{list}?{prefix}after={cursor}")).await;
            assert_eq!(reply.status, 400, "{list} {cursor}");
        }
    }
    let page = browser.get("/console/mysub/users?size=1").await.expect(200);
    let link = next(&page.body);
    assert!(!link.contains("john") && !link.contains("mary"), "{link}");
    browser.get(&link).await.expect(200);
    let cursor = link.split("after=").nth(1).and_then(|rest| rest.split('&').next()).expect("a cursor").to_owned();
    for bent in crate::oauth::forge::bent(&cursor).iter().filter(|bent| !bent.ends_with('=')) {
        let reply = browser.get(&format!("/console/mysub/users?size=1&after={bent}")).await;
        assert_eq!(reply.status, 400, "{bent}");
    }
});

both!(lists_counts_and_searches_stay_inside, |app| async move {
    let world = World::open(&app).await;
    let id = world.subscription_id().await;
    let yours = world.beside("yours").await;
    let (john, other) = (world.user_id("john").await, yours.user_id("john").await);
    world.signed_in("john").await;
    yours.signed_in("john").await;
    let mut browser = administrator(&app, "viewer", &[(&id, Role::Viewer)]).await;
    for query in ["", "?q=john", "?q=JOHN.doe%40", "?q=%25", "?q=_"] {
        let page = browser.get(&format!("/console/mysub/users{query}")).await.expect(200);
        assert!(!page.body.contains(&other), "{query}");
        assert_eq!(page.body.contains(&john), !query.contains("%25") && !query.contains('_'), "{query}");
    }
    for list in ["/console", "/console/mysub", "/console/mysub/sessions", "/console/mysub/audit?q=", "/console?q=yours"]
    {
        let page = browser.get(list).await.expect(200);
        assert!(!page.body.contains(&other) && !page.body.contains("/console/yours"), "{list}");
    }
    // A cursor of another list leads into one's own list only.
    let mut all = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let link = next(&all.get("/console/yours/users?size=1").await.expect(200).body);
    let page = browser.get(&link.replace("/yours/", "/mysub/")).await.expect(200);
    assert!(!page.body.contains(&other));
});
