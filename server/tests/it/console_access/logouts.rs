//! What an application was told of ended sessions, on its page.

use model::Role;
use serde_json::json;
use service::Actor;
use service::console::sessions;

use super::people::{EVERYWHERE, administrator};
use crate::oauth::ask::Ask;
use crate::oauth::world::World;
use crate::support::party::Party;

both!(its_page_says_what_came_of_each_message, |app| async move {
    let party = Party::answering(&[400, 500]).await;
    let told = json!({ "backchannel_logout_uri": party.url("/logout") });
    let world = World::with(&app, |library| library.application("my-app", &told)).await;
    let mut viewer = administrator(&app, "viewer", &[(EVERYWHERE, Role::Viewer)]).await;
    let page = format!("/console/mysub/applications/{}", world.application_id("my-app").await);
    assert!(viewer.get(&page).await.expect(200).body.contains("No session has ended"));
    for _ in 0..3 {
        world.ask(&mut world.signed_in("john").await, &Ask::of("my-app")).await.code();
        let all = sessions::page(&app.ctx, &Actor::Cli, "mysub", &model::PageRequest::default()).await;
        let session = all.expect("sessions").items.remove(0).id;
        sessions::end(&app.ctx, &Actor::Cli, "mysub", &session).await.expect("ended");
        service::logouts::deliver_due(&app.ctx).await.expect("sends");
    }
    let body = viewer.get(&page).await.expect(200).body;
    for words in ["Delivered", "Given up", "The application refused the token (400).", "Pending", "The answer was "] {
        assert!(body.contains(words), "{words}: {body}");
    }
    let log = viewer.get("/console/mysub/audit").await.expect(200).body;
    assert!(log.contains("Application not told of a session"), "{log}");
    let other = format!("/console/mysub/applications/{}", world.application_id("museum").await);
    assert!(!viewer.get(&other).await.expect(200).body.contains("id=\"logouts\""));
});
