//! The token preview shows what the endpoints then issue.

use model::spec::{ClaimSpec, Dialect, IdentityScopeSpec};
use serde_json::{Map, Value, json};
use service::Actor;
use service::console::preview::{self, Change, PartKind, PreviewGrant, PreviewPart, Previewed, Question, Unsaved};
use service::console::{claims, identity_scopes};

use super::ask::Ask;
use super::library::{Library, MUSEUM_API_SECRET};
use super::world::{Tokens, World, payload};

const IDENTITY: [&str; 4] = ["openid", "profile", "email", "library"];
const API: [&str; 3] = ["library-api", "books", "museum-api"];

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn coin(&mut self) -> bool {
        self.roll().is_multiple_of(2)
    }

    fn some<'a>(&mut self, of: &[&'a str]) -> Vec<&'a str> {
        of.iter().copied().filter(|_| !self.roll().is_multiple_of(3)).collect()
    }
}

/// Another configuration of everything that tokens depend on.
fn random(library: Library, dice: &mut Dice) -> Library {
    let format = if dice.coin() { "jwt" } else { "reference" };
    let dialect = Dialect::ALL[usize::try_from(dice.roll() % 4).expect("small")];
    let application = json!({
        "allowed_identity_scopes": dice.some(&IDENTITY), "allowed_api_scopes": dice.some(&API),
        "claims_in_identity_token": dice.coin(), "dialect": dialect.as_str(),
        "access_token_format": if dialect.fixed_format().is_none() { json!(format) } else { Value::Null },
        "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
    });
    let mut library = library.application("my-app", &application);
    for claim in ["library_card", "shelf"] {
        library = library.claim(claim, &json!({ "in_identity_token": dice.coin(), "in_access_token": dice.coin() }));
    }
    library
}

fn without_moments(mut answer: Map<String, Value>) -> Map<String, Value> {
    answer.retain(|name, _| !oidc::preview::is_momentary(name));
    answer
}

fn shown(part: &PreviewPart) -> Map<String, Value> {
    without_moments(part.members.iter().map(|member| (member.name.clone(), member.value.clone())).collect())
}

fn part<'a>(parts: &'a [PreviewPart], kind: &PartKind) -> Option<&'a PreviewPart> {
    parts.iter().find(|part| part.kind == *kind)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => without_moments(members),
        other => panic!("no object: {other}"),
    }
}

async fn look(world: &World, question: &Question) -> Previewed {
    let id = world.application_id("my-app").await;
    preview::tokens(&world.app.ctx, &Actor::Cli, world.slug(), &id, None, question).await.expect("a preview")
}

/// What `connection` is told, and what the preview says that it is told.
async fn check_introspection(world: &World, parts: &[PreviewPart], access: &str, connection: &str, secret: &str) {
    let told = world.post_basic("/connect/introspect", (connection, secret), &[("token", access)]).await.expect(200);
    match part(parts, &PartKind::Introspection(connection.to_owned())) {
        None => assert_eq!(told.json(), json!({ "active": false })),
        Some(part) => assert_eq!(shown(part), object(told.json())),
    }
}

async fn check_user(world: &World, scope: &str) {
    let previewed = look(world, &for_john(scope)).await;
    check_issued(world, scope, previewed).await;
}

fn for_john(scope: &str) -> Question {
    Question { grant: PreviewGrant::AuthorizationCode, login: " JOHN ".to_owned(), scope: scope.to_owned() }
}

/// What was shown is what is issued now.
async fn check_issued(world: &World, scope: &str, previewed: Previewed) {
    // Equal tokens of one second are told apart by their header, which the meter does not foresee.
    world.app.clock.advance(5);
    let mut browser = world.signed_in("john").await;
    let answer = world.ask(&mut browser, &Ask::of("my-app").with("scope", scope).without("nonce")).await;
    let tokens = match previewed {
        Previewed::NoUser | Previewed::NoApplication => panic!("both are there"),
        Previewed::Refused { error, .. } => return assert_eq!(answer.get("error"), error, "{scope}"),
        Previewed::Tokens(tokens) => tokens,
    };
    let issued = Tokens::of(world.redeem(&answer.code()).await);
    let parts = &tokens.parts;
    assert_eq!(issued.0["scope"].as_str().unwrap_or_default(), tokens.granted.join(" "));
    match part(parts, &PartKind::IdentityToken) {
        None => assert!(issued.0.get("id_token").is_none()),
        Some(part) => assert_eq!(shown(part), object(payload(issued.identity()))),
    }
    if let Some(part) = part(parts, &PartKind::AccessToken) {
        assert_eq!(shown(part), object(payload(issued.access())));
        // The meter is right to a tenth.
        let (real, guess) = (issued.access().len(), part.bytes);
        assert!(guess.abs_diff(real) * 10 < real, "{guess} for {real}");
    } else {
        assert_eq!(issued.access().len(), 64, "a reference");
    }
    let userinfo = world.userinfo(issued.access()).await;
    match part(parts, &PartKind::UserInfo) {
        None => assert_ne!(userinfo.status, 200),
        Some(part) => assert_eq!(shown(part), object(userinfo.expect(200).json())),
    }
    check_introspection(world, parts, issued.access(), "library-api", super::library::API_SECRET).await;
    check_introspection(world, parts, issued.access(), "museum-api", MUSEUM_API_SECRET).await;
}

async fn check_itself(world: &World, scope: &str) {
    let question = Question { grant: PreviewGrant::ClientCredentials, login: String::new(), scope: scope.to_owned() };
    let previewed = look(world, &question).await;
    let mut fields = vec![("grant_type", "client_credentials")];
    fields.extend(Some(("scope", scope)).filter(|_| !scope.is_empty()));
    let reply = world.token(&fields).await;
    match previewed {
        Previewed::NoUser | Previewed::NoApplication => panic!("no user is needed"),
        Previewed::Refused { error, .. } => assert_eq!(reply.json()["error"], error),
        Previewed::Tokens(tokens) => {
            let issued = Tokens::of(reply);
            assert!(part(&tokens.parts, &PartKind::IdentityToken).is_none());
            if let Some(part) = part(&tokens.parts, &PartKind::AccessToken) {
                assert_eq!(shown(part), object(payload(issued.access())));
            }
            check_introspection(world, &tokens.parts, issued.access(), "library-api", super::library::API_SECRET).await;
        }
    }
}

both!(it_equals_what_is_issued, |app| async move {
    let mut world = World::open(&app).await;
    let mut dice = Dice(0x7E55_E7A1);
    for _ in 0..20 {
        world.change(|library| random(library, &mut dice)).await;
        let mut asked = dice.some(&[&IDENTITY[..], &API[..], &["offline_access", "nonsense"]].concat());
        asked.insert(0, "openid");
        asked.dedup();
        check_user(&world, &asked.join(" ")).await;
        check_itself(&world, &dice.some(&API).join(" ")).await;
    }
});

/// A form of the claim `library_card` or of the scope `library` that nobody has saved, and the same saved.
async fn random_form(world: &World, dice: &mut Dice) -> (Unsaved, Value) {
    let (ctx, cli, slug) = (&world.app.ctx, &Actor::Cli, world.slug());
    if dice.coin() {
        let all = claims::all(ctx, cli, slug).await.expect("claims");
        let claim = all.into_iter().find(|claim| claim.spec.name == "library_card").expect("it");
        let (id_token, access_token) = (dice.coin(), dice.coin());
        // Half of the patterns refuse the value that john has.
        let pattern = if dice.coin() { "^LC-[0-9]{6}$" } else { "^XX-[0-9]{6}$" };
        let spec = ClaimSpec {
            in_identity_token: id_token,
            in_access_token: access_token,
            pattern: Some(pattern.to_owned()),
            ..claim.spec
        };
        let saved = json!({ "in_identity_token": id_token, "in_access_token": access_token, "pattern": pattern });
        return (Unsaved::Claim(claim.id, Box::new(spec)), json!({ "claim": saved }));
    }
    let all = identity_scopes::all(ctx, cli, slug).await.expect("scopes");
    let scope = all.into_iter().find(|scope| scope.spec.name == "library").expect("it");
    let mut held = dice.some(&["shelf", "nickname", "given_name"]);
    held.push(if dice.coin() { "library_card" } else { "name" });
    let spec = IdentityScopeSpec { claims: held.iter().map(|name| (*name).to_owned()).collect(), ..scope.spec };
    let saved = json!([{ "name": "library", "display_name": "Library", "claims": held }]);
    (Unsaved::IdentityScope(scope.id, spec), json!({ "identity_scopes": saved }))
}

both!(a_claim_or_scope_that_is_not_saved_is_previewed_as_it_then_is, |app| async move {
    let mut world = World::open(&app).await;
    let mut dice = Dice(0x0C1A_1577);
    for _ in 0..20 {
        world.change(|library| random(library, &mut dice)).await;
        let mut asked = dice.some(&[&IDENTITY[..], &API[..]].concat());
        asked.insert(0, "openid");
        asked.dedup();
        let scope = asked.join(" ");
        let (form, saved) = random_form(&world, &mut dice).await;
        let id = world.application_id("my-app").await;
        let shown =
            preview::tokens(&app.ctx, &Actor::Cli, world.slug(), &id, Some(form), &for_john(&scope)).await.expect("it");
        world
            .change(|library| match saved.get("claim") {
                Some(claim) => library.claim("library_card", claim),
                None => library.subscription(&saved),
            })
            .await;
        check_issued(&world, &scope, shown).await;
    }
});

async fn unsaved(world: &World, change: impl FnOnce(&mut model::spec::ApplicationSpec)) -> Previewed {
    let id = world.application_id("my-app").await;
    let stored = service::console::applications::get(&world.app.ctx, &Actor::Cli, world.slug(), &id).await;
    let mut spec = stored.expect("an application").stored.spec;
    change(&mut spec);
    let question = Question { grant: PreviewGrant::AuthorizationCode, login: "john".to_owned(), scope: String::new() };
    let previewed = preview::tokens(
        &world.app.ctx,
        &Actor::Cli,
        world.slug(),
        &id,
        Some(Unsaved::Application(Box::new(spec))),
        &question,
    )
    .await;
    previewed.expect("a preview")
}

both!(what_is_not_saved_is_marked, |app| async move {
    let world = World::with(&app, |library| {
        library.application("my-app", &json!({ "allowed_identity_scopes": ["openid", "library"] }))
    })
    .await;
    let Previewed::Tokens(same) = unsaved(&world, |_| {}).await else { panic!("refused") };
    let marked = |part: &PreviewPart| {
        let changed = part.members.iter().filter(|m| m.change != Change::Same).map(|m| m.name.clone());
        (changed.collect::<Vec<_>>(), part.gone.clone())
    };
    assert!(same.parts.iter().all(|part| marked(part) == (vec![], vec![])), "{:?}", same.parts);
    let changed = unsaved(&world, |spec| {
        spec.allowed_identity_scopes = vec!["openid".into(), "profile".into()];
    });
    let Previewed::Tokens(changed) = changed.await else { panic!("refused") };
    let userinfo = part(&changed.parts, &PartKind::UserInfo).expect("UserInfo");
    let (new, gone) = marked(userinfo);
    assert!(new.contains(&"name".to_owned()) && gone == ["library_card"], "{new:?} {gone:?}");
    // Nothing was saved by looking.
    let snapshot = world.snapshot().await;
    assert_eq!(
        snapshot.tenant.application("my-app").expect("it").spec().allowed_identity_scopes,
        ["openid", "library"]
    );
    let Previewed::Refused { error, .. } = unsaved(&world, |spec| spec.redirect_uris.clear()).await else {
        panic!("issued without a redirect URI")
    };
    assert_eq!(error, "invalid_request");
});

both!(each_absence_has_its_reason, |app| async move {
    use service::console::preview::Why;
    let world = World::with(&app, |library| {
        let application =
            json!({ "allowed_identity_scopes": ["openid", "library"], "claims_in_identity_token": false });
        let with_two = json!({ "identity_scopes": [
            { "name": "library", "display_name": "Library", "claims": ["library_card", "shelf"] }] });
        library.application("my-app", &application).subscription(&with_two)
    })
    .await;
    let Previewed::Tokens(tokens) = unsaved(&world, |_| {}).await else { panic!("refused") };
    let reason = |kind: &PartKind, claim: &str| {
        let part = part(&tokens.parts, kind).expect("there");
        part.left_out.iter().find(|left| left.claim == claim).map(|left| left.reason.clone())
    };
    assert_eq!(reason(&PartKind::UserInfo, "name"), Some(Why::NotAllowed("profile".into())));
    assert_eq!(reason(&PartKind::UserInfo, "shelf"), Some(Why::NoValue));
    assert_eq!(reason(&PartKind::UserInfo, "library_card"), None);
    assert_eq!(reason(&PartKind::IdentityToken, "library_card"), Some(Why::Application));
    assert_eq!(reason(&PartKind::AccessToken, "library_card"), Some(Why::Definition));
    let member =
        part(&tokens.parts, &PartKind::UserInfo).and_then(|p| p.members.iter().find(|m| m.name == "library_card"));
    assert_eq!(member.and_then(|m| m.scope.as_deref()), Some("library"));
});

both!(it_shows_nothing_of_other_subscriptions_or_of_nobody, |app| async move {
    let world = World::open(&app).await;
    let yours = world.beside("yours").await;
    let question =
        Question { grant: PreviewGrant::AuthorizationCode, login: "nobody".to_owned(), scope: String::new() };
    assert_eq!(look(&world, &question).await, Previewed::NoUser);
    let foreign = yours.application_id("my-app").await;
    let refused = preview::tokens(&app.ctx, &Actor::Cli, world.slug(), &foreign, None, &question).await;
    assert!(matches!(refused, Err(service::Error::NotFound)));
});
