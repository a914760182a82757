//! Administrators: invited, given and denied roles, removed (docs/security.md 59, 61, 63, 65, 68).

use model::Role;
use service::console::administrators::{self as people, Invited, NewAdministrator, PlaceName, RoleChange};
use service::console::{subscriptions, users};
use service::{Actor, Admin, Ctx, Error, Result, invitation};

use crate::fixture::{PASSWORD, code_at, first_page, logs, new_user, session, session_counts, subscription};

const OTHER: &str = "another river over sand";

/// An administrator who is there, with these roles.
async fn person(ctx: &Ctx, name: &str, roles: &[(&str, Role)]) -> (String, Actor) {
    let id = users::create(ctx, &Actor::Cli, "system", new_user(name)).await.expect("a user");
    let mut tx = ctx.begin().await.expect("begins");
    for (scope, role) in roles {
        store::roles::put(&mut tx, &id, scope, *role).await.expect("a role");
    }
    tx.commit().await.expect("commits");
    let roles = roles.iter().map(|(scope, role)| ((*scope).to_owned(), *role)).collect();
    let name = format!("{name}@example.com");
    (id.clone(), Actor::Admin(Admin { user_id: id, name, roles, session_hash: String::new(), place: None }))
}

fn at(slug: &str) -> PlaceName {
    PlaceName::Subscription(slug.to_owned())
}

fn change(place: PlaceName, role: Option<Role>) -> RoleChange {
    RoleChange { field: "field".to_owned(), place, role }
}

async fn invite(ctx: &Ctx, actor: &Actor, email: &str, place: PlaceName, role: Role) -> Result<Invited> {
    let new = NewAdministrator { email: email.to_owned(), name: Some("Ann Able".to_owned()), place, role };
    people::invite(ctx, actor, &new).await
}

async fn roles(ctx: &Ctx, id: &str) -> Vec<(String, Role)> {
    store::roles::of_user(&mut ctx.read().await.expect("reads"), id).await.expect("roles")
}

async fn version(ctx: &Ctx, id: &str) -> i64 {
    store::users::find(&mut ctx.read().await.expect("reads"), id).await.expect("found").expect("a user").version
}

async fn works(ctx: &Ctx, token: &str) -> bool {
    invitation::open(ctx, token).await.expect("asked").is_some()
}

async fn redeem(ctx: &Ctx, token: &str) -> Result<()> {
    invitation::redeem(ctx, token, OTHER, OTHER).await
}

both!(an_invited_administrator_chooses_a_password_once, |ctx| async {
    let mine = subscription(&ctx, "mine").await;
    let (_, owner) = person(&ctx, "owner", &[("*", Role::Owner)]).await;
    let made = invite(&ctx, &owner, " ann@example.com ", at("mine"), Role::Editor).await.expect("invited");
    let token = made.token.expect("a link");
    assert_eq!(roles(&ctx, &made.id).await, [(mine.id.clone(), Role::Editor)]);
    let view = invitation::open(&ctx, &token).await.expect("asked").expect("works");
    assert_eq!((view.login.as_str(), view.invited_by.as_deref()), ("ann@example.com", Some("owner@example.com")));
    assert_eq!((view.roles.len(), view.had_password), (1, false));
    let bad = invitation::redeem(&ctx, &token, "short", "shorter").await;
    let Err(Error::Invalid(errors)) = bad else { panic!("{bad:?}") };
    assert!(errors.of("password").is_some() && errors.of("password_confirmation").is_some());
    assert_eq!(
        code_at(invitation::redeem(&ctx, &token, "ann@example.com", "ann@example.com").await, "password"),
        "password-blocked"
    );
    redeem(&ctx, &token).await.expect("set");
    let row = store::users::find(&mut ctx.read().await.expect("reads"), &made.id).await.expect("found").expect("user");
    assert!(ctx.hasher.verify(OTHER, row.password_hash.as_deref()).await.expect("verifies"));
    assert!(matches!(redeem(&ctx, &token).await, Err(Error::NotFound)));
    assert!(!works(&ctx, &token).await && !works(&ctx, "nonsense").await);
    let log = logs(&ctx).await;
    for kind in ["role_given", "invitation_made", "invitation_used"] {
        assert!(log.contains(kind), "{kind}: {log}");
    }
    assert!(!log.contains(&token) && !log.contains(OTHER));
});

both!(what_is_wrong_with_an_invitation_is_told_at_its_field, |ctx| async {
    subscription(&ctx, "mine").await;
    let (_, owner) = person(&ctx, "owner", &[("*", Role::Owner)]).await;
    for (email, problem) in [("", "required"), ("nobody", "email")] {
        assert_eq!(code_at(invite(&ctx, &owner, email, at("mine"), Role::Viewer).await, "email"), problem);
    }
    for slug in ["nowhere", "system", ""] {
        let refused = invite(&ctx, &owner, "ann@example.com", at(slug), Role::Viewer).await;
        assert_eq!(code_at(refused, "subscription"), "unknown", "{slug}");
    }
    invite(&ctx, &owner, "ann@example.com", at("mine"), Role::Viewer).await.expect("invited");
    let again = invite(&ctx, &owner, "Ann@Example.com", at("mine"), Role::Owner).await;
    assert_eq!(code_at(again, "email"), "administrator-there");
});

both!(a_link_dies_in_every_way_it_should, |ctx| async {
    subscription(&ctx, "mine").await;
    let (_, owner) = person(&ctx, "owner", &[("*", Role::Owner)]).await;
    let (maker_id, maker) = person(&ctx, "maker", &[("*", Role::Owner)]).await;
    let made = invite(&ctx, &maker, "ann@example.com", at("mine"), Role::Editor).await.expect("invited");
    let (id, first) = (made.id, made.token.expect("a link"));
    let second = people::new_link(&ctx, &owner, &id, version(&ctx, &id).await).await.expect("another");
    assert!(!works(&ctx, &first).await && works(&ctx, &second).await, "a newer one takes its place");
    people::withdraw_link(&ctx, &owner, &id).await.expect("withdrawn");
    assert!(!works(&ctx, &second).await, "withdrawn");
    let third = people::new_link(&ctx, &maker, &id, version(&ctx, &id).await).await.expect("another");
    users::set_disabled(&ctx, &Actor::Cli, "system", &id, version(&ctx, &id).await, true).await.expect("disabled");
    assert!(!works(&ctx, &third).await, "disabled");
    users::set_disabled(&ctx, &Actor::Cli, "system", &id, version(&ctx, &id).await, false).await.expect("enabled");
    assert!(works(&ctx, &third).await);
    let down = [change(PlaceName::Installation, Some(Role::Editor))];
    people::set_roles(&ctx, &owner, &maker_id, version(&ctx, &maker_id).await, &down).await.expect("demoted");
    assert!(!works(&ctx, &third).await, "its maker may do less than it opens");
    assert!(matches!(redeem(&ctx, &third).await, Err(Error::NotFound)));
    let fourth = people::new_link(&ctx, &owner, &id, version(&ctx, &id).await).await.expect("another");
    users::set_password(&ctx, &Actor::Cli, "system", &id, PASSWORD).await.expect("set");
    assert!(!works(&ctx, &fourth).await, "the password was set otherwise");
    let fifth = people::new_link(&ctx, &owner, &id, version(&ctx, &id).await).await.expect("another");
    ctx.clock.advance(72 * 3_600);
    assert!(!works(&ctx, &fifth).await, "three days are over");
    assert!(matches!(redeem(&ctx, &fifth).await, Err(Error::NotFound)));
});

both!(a_used_link_ends_the_sessions, |ctx| async {
    let system = subscriptions::get(&ctx, &Actor::Cli, "system").await.expect("system").stored.id;
    let (_, owner) = person(&ctx, "owner", &[("*", Role::Owner)]).await;
    let (id, ann) = person(&ctx, "ann", &[("*", Role::Viewer)]).await;
    let open = session(&ctx, &system, &id).await;
    let token = people::new_link(&ctx, &owner, &id, version(&ctx, &id).await).await.expect("a link");
    assert!(session_counts(&ctx, &open).await, "not before it is used");
    redeem(&ctx, &token).await.expect("set");
    assert!(!session_counts(&ctx, &open).await);
    // One's own password is changed with the present one only.
    assert!(matches!(people::new_link(&ctx, &ann, &id, version(&ctx, &id).await).await, Err(Error::Forbidden)));
});

both!(of_many_uses_at_once_one_wins, |ctx| async {
    let (_, owner) = person(&ctx, "owner", &[("*", Role::Owner)]).await;
    let made = invite(&ctx, &owner, "ann@example.com", PlaceName::Installation, Role::Viewer).await.expect("invited");
    let token = made.token.expect("a link");
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (ctx, token) = (ctx.clone(), token.clone());
        tasks.spawn(async move { redeem(&ctx, &token).await.is_ok() });
    }
    let won = tasks.join_all().await.into_iter().filter(|won| *won).count();
    assert_eq!(won, 1);
});

both!(two_owners_who_end_each_other_at_once_leave_one, |ctx| async {
    for round in 0..4 {
        let (one, first) = person(&ctx, &format!("one{round}"), &[("*", Role::Owner)]).await;
        let (two, second) = person(&ctx, &format!("two{round}"), &[("*", Role::Owner)]).await;
        let mut tasks = tokio::task::JoinSet::new();
        for (actor, id) in [(first, two.clone()), (second, one.clone())] {
            let (ctx, by_role) = (ctx.clone(), round % 2 == 0);
            tasks.spawn(async move {
                let down = [change(PlaceName::Installation, Some(Role::Viewer))];
                let done = if by_role {
                    people::set_roles(&ctx, &actor, &id, 1, &down).await
                } else {
                    people::remove(&ctx, &actor, &id, 1).await
                };
                done.is_ok()
            });
        }
        let won = tasks.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1, "round {round}");
        assert!(service::admin::owners_exist(&ctx).await.expect("asked"));
        // None is left over for the next round.
        for id in [&one, &two] {
            let mut tx = ctx.begin().await.expect("begins");
            store::roles::remove(&mut tx, id, "*").await.expect("removed");
            tx.commit().await.expect("commits");
        }
    }
});

both!(the_last_owner_stays_and_nobody_is_left_without_a_role, |ctx| async {
    subscription(&ctx, "mine").await;
    let (id, owner) = person(&ctx, "owner", &[("*", Role::Owner)]).await;
    let down = [change(PlaceName::Installation, Some(Role::Editor))];
    assert_eq!(code_at(people::set_roles(&ctx, &owner, &id, 1, &down).await, ""), "last-owner");
    assert_eq!(code_at(people::remove(&ctx, &owner, &id, 1).await, ""), "last-owner");
    let (ann, _) = person(&ctx, "ann", &[("*", Role::Editor)]).await;
    let none = [change(PlaceName::Installation, None)];
    assert_eq!(code_at(people::set_roles(&ctx, &owner, &ann, 1, &none).await, ""), "no-role-left");
    let moved = [none[0].clone(), change(at("mine"), Some(Role::Owner))];
    people::set_roles(&ctx, &owner, &ann, 1, &moved).await.expect("moved");
    let outdated = people::set_roles(&ctx, &owner, &ann, 1, &moved).await;
    assert!(matches!(outdated, Err(Error::Changed)), "{outdated:?}");
    people::remove(&ctx, &owner, &ann, 2).await.expect("removed");
    assert!(store::users::find(&mut ctx.read().await.expect("reads"), &ann).await.expect("asked").is_none());
    assert!(logs(&ctx).await.contains("administrator_removed"));
});

both!(an_owner_of_a_subscription_stays_within_it, |ctx| async {
    let mine = subscription(&ctx, "mine").await.id;
    let other = subscription(&ctx, "other").await.id;
    let (_, owner) = person(&ctx, "local", &[(&mine, Role::Owner), (&other, Role::Editor)]).await;
    let (elsewhere, _) = person(&ctx, "elsewhere", &[(&other, Role::Viewer)]).await;
    let (both, _) = person(&ctx, "both", &[(&mine, Role::Viewer), (&other, Role::Owner)]).await;
    let (above, _) = person(&ctx, "above", &[("*", Role::Viewer), (&mine, Role::Editor)]).await;

    let seen = people::page(&ctx, &owner, &first_page()).await.expect("a list").items;
    assert_eq!(
        seen.iter().map(service::console::AdministratorCard::login).collect::<Vec<_>>(),
        ["above@example.com", "both@example.com", "local@example.com"]
    );
    assert!(seen.iter().all(|card| card.roles.len() == 1), "other places do not exist: {seen:?}");
    assert_eq!(people::places(&ctx, &owner).await.expect("places"), [("mine".to_owned(), "The mine".to_owned())]);
    assert!(matches!(people::get(&ctx, &owner, &elsewhere).await, Err(Error::NotFound)));
    assert!(matches!(people::remove(&ctx, &owner, &elsewhere, 1).await, Err(Error::NotFound)));

    for place in [PlaceName::Installation, at("other")] {
        let refused = invite(&ctx, &owner, "new@example.com", place.clone(), Role::Viewer).await;
        assert_eq!(code_at(refused, "subscription"), "unknown", "{place:?}");
        let refused = people::set_roles(&ctx, &owner, &both, 1, &[change(place, Some(Role::Viewer))]).await;
        assert_eq!(code_at(refused, "field"), "unknown");
    }
    // Who holds anything on the installation stands above.
    let down = [change(at("mine"), None)];
    assert!(matches!(people::set_roles(&ctx, &owner, &above, 1, &down).await, Err(Error::Forbidden)));
    assert!(matches!(people::remove(&ctx, &owner, &above, 1).await, Err(Error::Forbidden)));
    // A link would open the other place, too.
    let view = people::get(&ctx, &owner, &both).await.expect("visible");
    assert!(view.may_touch && !view.may_link);
    assert!(matches!(people::new_link(&ctx, &owner, &both, 1).await, Err(Error::Forbidden)));
    assert!(matches!(people::withdraw_link(&ctx, &owner, &both).await, Err(Error::Forbidden)));
    // What was removed here stays there.
    people::remove(&ctx, &owner, &both, 1).await.expect("removed here");
    assert_eq!(roles(&ctx, &both).await, [(other, Role::Owner)]);
    let log = service::console::audit::page(&ctx, &owner, "mine", &first_page()).await.expect("log").items;
    assert!(log.iter().any(|row| row.action == "role_taken" && format!("{:?}", row.data).contains("both@example.com")));
    // Somebody who is there already gets the role and no link.
    let added = invite(&ctx, &owner, "elsewhere@example.com", at("mine"), Role::Viewer).await.expect("added");
    assert_eq!((added.id, added.token), (elsewhere, None));
});

both!(who_owns_nothing_manages_nobody, |ctx| async {
    let mine = subscription(&ctx, "mine").await.id;
    let (ann, _) = person(&ctx, "ann", &[(&mine, Role::Viewer)]).await;
    for (n, roles) in [vec![("*", Role::Editor)], vec![(mine.as_str(), Role::Editor)], Vec::new()].iter().enumerate() {
        let (_, actor) = person(&ctx, &format!("actor{n}"), roles).await;
        let outcomes = [
            people::page(&ctx, &actor, &first_page()).await.map(drop),
            people::places(&ctx, &actor).await.map(drop),
            people::get(&ctx, &actor, &ann).await.map(drop),
            invite(&ctx, &actor, "new@example.com", at("mine"), Role::Viewer).await.map(drop),
            people::set_roles(&ctx, &actor, &ann, 1, &[change(at("mine"), Some(Role::Owner))]).await,
            people::new_link(&ctx, &actor, &ann, 1).await.map(drop),
            people::withdraw_link(&ctx, &actor, &ann).await,
            people::remove(&ctx, &actor, &ann, 1).await,
        ];
        for outcome in outcomes {
            assert!(matches!(outcome, Err(Error::Forbidden)), "{n}: {outcome:?}");
        }
    }
    // Roles are those of the moment, not those of the session.
    let (gone, stale) = person(&ctx, "gone", &[("*", Role::Owner)]).await;
    person(&ctx, "stays", &[("*", Role::Owner)]).await;
    let mut tx = ctx.begin().await.expect("begins");
    store::roles::remove(&mut tx, &gone, "*").await.expect("removed");
    tx.commit().await.expect("commits");
    assert!(matches!(people::remove(&ctx, &stale, &ann, 1).await, Err(Error::Forbidden)));
});

both!(the_list_is_searched_and_paged, |ctx| async {
    let (_, owner) = person(&ctx, "owner", &[("*", Role::Owner)]).await;
    for n in 0..5 {
        let email = format!("person{n}@example.com");
        invite(&ctx, &owner, &email, PlaceName::Installation, Role::Viewer).await.expect("invited");
    }
    users::create(&ctx, &Actor::Cli, "system", new_user("roleless")).await.expect("no administrator");
    let mut request = model::PageRequest { size: 2, ..first_page() };
    let mut seen = Vec::new();
    loop {
        let page = people::page(&ctx, &owner, &request).await.expect("a page");
        seen.extend(page.items.into_iter().map(|card| card.login().to_owned()));
        let Some(next) = page.next else { break };
        request.after = Some(next);
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
    for (search, found) in [("PERSON3", 1), ("ann ab", 5), ("owner@", 1), ("nobody", 0)] {
        let request = model::PageRequest { search: search.to_owned(), ..first_page() };
        assert_eq!(people::page(&ctx, &owner, &request).await.expect("a page").items.len(), found, "{search}");
    }
});
