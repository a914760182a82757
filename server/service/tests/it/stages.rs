//! The figures of the console against sign-ins as they really go: whoever is counted as asked is shown the
//! claims page, and nobody else is.

use model::spec::{ApplicationSpec, Choice, ClaimSpec, RequiredClaim, Stage};
use serde_json::json;
use service::client::ClientInfo;
use service::console::compliance::{self, EXACT};
use service::console::effects::{self, Effect};
use service::console::{NewUser, applications, claims, identity_scopes, users};
use service::flow::{self, Authorized, Next};
use service::{Actor, Ctx};

use crate::fixture::{application_spec, claim_spec, furnished, identity_scope_spec, owner, strings, subscription};

const DAY: i64 = 86_400;
/// The first stands at 2027-01-15T08:00:00Z.
const TODAY: &str = "2027-01-15";
const YESTERDAY: &str = "2027-01-14";

/// Chance that comes out the same each time.
struct Chance(u64);

impl Chance {
    fn of(&mut self, choices: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % choices
    }
}

struct Scene {
    ctx: Ctx,
    subscription_id: String,
    application: String,
    people: Vec<String>,
}

async fn grants(ctx: &Ctx, subscription_id: &str, application: &str, user: &str) {
    let row = store::grants::Grant {
        id: ctx.new_id().expect("id"),
        subscription_id: subscription_id.to_owned(),
        application_id: application.to_owned(),
        user_id: Some(user.to_owned()),
        session_id: None,
        created_at: ctx.now(),
        expires_at: ctx.now() + 10 * DAY,
        revoked_at: None,
    };
    let mut tx = ctx.begin().await.expect("begins");
    store::grants::insert(&mut tx, &row).await.expect("grant");
    tx.commit().await.expect("commits");
}

fn shelves() -> ClaimSpec {
    let choices = ["poetry", "history"].map(|value| Choice { value: value.into(), label: String::new() });
    ClaimSpec { kind: model::claim_type::ClaimType::Choice, choices: choices.into(), ..claim_spec("shelf") }
}

impl Scene {
    /// Users with and without values, of before and after a change of rules; some are disabled, some never
    /// signed in to the application.
    async fn of(ctx: Ctx) -> Self {
        let cli = &Actor::Cli;
        let subscription_id = subscription(&ctx, "mysub").await.id;
        let card = claims::create(&ctx, cli, "mysub", claim_spec("card")).await.expect("claim").stored;
        let shelf = claims::create(&ctx, cli, "mysub", shelves()).await.expect("claim").stored;
        let application = applications::create(&ctx, cli, "mysub", application_spec("my-app")).await.expect("made");
        let application = application.stored.id;
        let mut scene = Self { ctx, subscription_id, application, people: Vec::new() };
        let mut chance = Chance(7);
        scene.populate("early", &mut chance, &["1", "22", "333"], &["poetry", "history"]).await;
        scene.ctx.clock.advance(100);
        let stricter = ClaimSpec { min_length: Some(2), ..card.spec };
        claims::update(&scene.ctx, cli, "mysub", &card.id, 1, stricter).await.expect("saved");
        let shorter = ClaimSpec { choices: shelves().choices[..1].to_vec(), ..shelf.spec };
        claims::update(&scene.ctx, cli, "mysub", &shelf.id, 1, shorter).await.expect("saved");
        scene.ctx.clock.advance(100);
        scene.populate("late", &mut chance, &["22", "333"], &["poetry"]).await;
        scene
    }

    async fn populate(&mut self, prefix: &str, chance: &mut Chance, cards: &[&str], shelves: &[&str]) {
        for i in 0..25 {
            let mut values = Vec::new();
            for (claim, choices) in [("card", cards), ("shelf", shelves)] {
                let drawn = usize::try_from(chance.of(choices.len() as u64 + 1)).expect("small");
                values.extend(choices.get(drawn).map(|value| (claim.to_owned(), json!(value))));
            }
            let has_email = chance.of(3) > 0;
            let new = NewUser {
                username: (!has_email || chance.of(2) > 0).then(|| format!("{prefix}{i}")),
                email: has_email.then(|| format!("{prefix}{i}@example.com")),
                email_verified: false,
                password: None,
                claims: values,
            };
            let user = users::create(&self.ctx, &Actor::Cli, "mysub", new).await.expect("user");
            if chance.of(5) > 0 {
                grants(&self.ctx, &self.subscription_id, &self.application, &user).await;
                // Twice is once.
                grants(&self.ctx, &self.subscription_id, &self.application, &user).await;
                self.people.push(user.clone());
            }
            if chance.of(6) == 0 {
                users::set_disabled(&self.ctx, &Actor::Cli, "mysub", &user, 1, true).await.expect("disabled");
            }
        }
    }

    async fn spec(&self, required: &[RequiredClaim]) -> (i64, ApplicationSpec) {
        let stored = applications::get(&self.ctx, &owner(), "mysub", &self.application).await.expect("there").stored;
        (stored.version, ApplicationSpec { required_claims: required.to_vec(), ..stored.spec })
    }

    async fn require(&self, required: &[RequiredClaim]) {
        let (version, spec) = self.spec(required).await;
        applications::update(&self.ctx, &owner(), "mysub", &self.application, version, spec).await.expect("saved");
    }

    /// Signs everybody in, and counts who comes to the claims page.
    async fn shown_the_form(&self) -> i64 {
        let snap = self.ctx.snapshots.get(&self.ctx, "mysub").await.expect("snapshot");
        let mut shown = 0;
        for user in &self.people {
            let mut tx = self.ctx.begin().await.expect("begins");
            let client = ClientInfo::default();
            let begun = service::sessions::begin(&self.ctx, &mut tx, &snap, user, "pwd", None, &client).await;
            tx.commit().await.expect("commits");
            let cookie = begun.expect("a session").1;
            let pairs = [
                ("response_type", "code"),
                ("client_id", "my-app"),
                ("redirect_uri", "https://library.example/callback"),
                ("scope", "openid"),
                ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                ("code_challenge_method", "S256"),
            ];
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let params = oidc::params::Params::from_pairs(pairs).expect("parameters");
            let way = flow::authorize(&self.ctx, &snap, &params, Some(&cookie), &client).await.expect("an answer");
            match way {
                Authorized::Next { next: Next::Page(page), .. } if page.starts_with("/claims?") => shown += 1,
                Authorized::Next { next: Next::Page(page), .. } => assert!(page.starts_with("/login?"), "{page}"),
                Authorized::Next { next: Next::Client(_), .. } => {}
                Authorized::Refused { error, .. } => panic!("{error:?}"),
            }
        }
        shown
    }
}

fn staged(claim: &str, stage: Stage, until: Option<&str>) -> RequiredClaim {
    RequiredClaim::staged(claim, stage, until)
}

both!(whoever_is_counted_as_asked_is_asked, |ctx| async {
    let scene = Scene::of(ctx).await;
    let enforced = RequiredClaim::enforced;
    let all = ["card", "shelf", "email", "preferred_username", "phone_number"];
    let configurations: Vec<Vec<RequiredClaim>> = vec![
        vec![enforced("card")],
        vec![enforced("email")],
        vec![enforced("preferred_username")],
        vec![staged("card", Stage::Report, None), staged("shelf", Stage::Off, None)],
        vec![staged("shelf", Stage::Skippable, Some(TODAY))],
        vec![staged("shelf", Stage::Skippable, Some(YESTERDAY)), staged("card", Stage::Report, None)],
        vec![enforced("card"), staged("shelf", Stage::Skippable, Some(TODAY))],
        vec![staged("email", Stage::Report, None), enforced("card"), enforced("shelf")],
        vec![enforced("email"), enforced("preferred_username")],
        all.map(enforced).into(),
    ];
    let mut counts = Vec::new();
    for required in configurations {
        scene.require(&[]).await;
        let (_, unsaved) = scene.spec(&required).await;
        let told = effects::application::of_edit(&scene.ctx, &owner(), "mysub", &scene.application, &unsaved).await;
        let told = told.expect("told").effects;
        let single: Vec<i64> = told.iter().filter_map(lacking).collect();
        let together = told.iter().find_map(|effect| match effect {
            Effect::AskedTogether { lacking, .. } => Some(*lacking),
            _ => None,
        });
        let foretold = together.or(single.first().copied()).unwrap_or(0);
        scene.require(&required).await;
        let meter = compliance::meter(&scene.ctx, &owner(), "mysub", &scene.application).await.expect("meter");
        let meter = meter.expect("something is required");
        let shown = scene.shown_the_form().await;
        let figures = meter.figures.expect("counted");
        assert_eq!(meter.asked, Some(shown), "{required:?}");
        assert_eq!(foretold, shown, "{required:?}: {told:?}");
        assert_eq!((figures.counted_at, figures.users), (None, 50));
        assert!(meter.claims.iter().all(|(r, _)| figures.complying(&r.claim).is_some_and(|c| c <= figures.people)));
        counts.push(shown);
    }
    assert!(counts[0] > 0 && counts[0] < counts[9] && counts[3] == 0, "{counts:?}");
    assert!(counts[5] > 0 && counts[4] == counts[5], "{counts:?}");
});

fn lacking(effect: &Effect) -> Option<i64> {
    match effect {
        Effect::Asked { lacking: Some((lacking, _)), .. } => Some(*lacking),
        _ => None,
    }
}

both!(a_large_application_is_counted_in_the_background, |ctx| async {
    let scene = Scene::of(ctx).await;
    let ctx = &scene.ctx;
    scene.require(&[RequiredClaim::enforced("card"), RequiredClaim::enforced("email")]).await;
    let meter = async |when: &str| {
        let meter = compliance::meter(ctx, &owner(), "mysub", &scene.application).await.expect(when);
        meter.expect("required").figures
    };
    let exact = meter("exact").await.expect("counted");
    let mut tx = ctx.begin().await.expect("begins");
    for i in 0..EXACT {
        let user = store::users::User {
            id: format!("ffffffff-0000-7000-8000-{i:012x}"),
            subscription_id: scene.subscription_id.clone(),
            username: Some(format!("more{i}")),
            email: (i % 2 == 0).then(|| format!("more{i}@example.com")),
            email_verified: false,
            password_hash: None,
            password_changed_at: None,
            version: 1,
            created_at: ctx.now(),
            updated_at: ctx.now(),
            disabled_at: (i % 10 == 0).then_some(ctx.now()),
        };
        store::users::insert(&mut tx, &user, &[]).await.expect("user");
        let grant = store::grants::Grant {
            id: ctx.new_id().expect("id"),
            subscription_id: scene.subscription_id.clone(),
            application_id: scene.application.clone(),
            user_id: Some(user.id),
            session_id: None,
            created_at: ctx.now(),
            expires_at: ctx.now() + DAY,
            revoked_at: None,
        };
        store::grants::insert(&mut tx, &grant).await.expect("grant");
    }
    tx.commit().await.expect("commits");
    assert_eq!(meter("not yet").await, None);
    service::housekeeping::run_once(ctx).await.expect("kept");
    let counted_at = ctx.now();
    let counted = meter("counted").await.expect("counted");
    assert_eq!((counted.counted_at, counted.users), (Some(counted_at), 50 + EXACT));
    assert_eq!(counted.people, exact.people + EXACT * 9 / 10);
    assert_eq!(counted.complying("card"), exact.complying("card"), "nobody else has one");
    assert_eq!(counted.complying("email"), exact.complying("email").map(|e| e + EXACT * 4 / 10));
    // What is not required is counted too, to foretell what requiring it would do.
    let (_, unsaved) = scene.spec(&[RequiredClaim::enforced("shelf")]).await;
    let told = effects::application::of_edit(ctx, &owner(), "mysub", &scene.application, &unsaved)
        .await
        .expect("told")
        .effects;
    assert!(told.iter().filter_map(lacking).all(|lacking| lacking > EXACT * 9 / 10), "{told:?}");
    assert_eq!(told.len(), 1);
    // Not each minute, but each hour.
    ctx.clock.advance(60);
    service::housekeeping::run_once(ctx).await.expect("kept");
    assert_eq!(meter("the same").await.expect("counted").counted_at, Some(counted_at));
    ctx.clock.advance(3_600);
    service::housekeeping::run_once(ctx).await.expect("kept");
    assert_eq!(meter("anew").await.expect("counted").counted_at, Some(ctx.now()));
});

both!(people_stay_when_their_grants_are_gone, |ctx| async {
    let scene = Scene::of(ctx).await;
    scene.require(&[RequiredClaim::enforced("card")]).await;
    let before = compliance::meter(&scene.ctx, &owner(), "mysub", &scene.application).await.expect("meter");
    scene.ctx.clock.advance(30 * DAY);
    service::housekeeping::run_once(&scene.ctx).await.expect("kept");
    let after = compliance::meter(&scene.ctx, &owner(), "mysub", &scene.application).await.expect("meter");
    assert_eq!(before, after);
    let end = effects::application::of_end(&scene.ctx, &owner(), "mysub", &scene.application).await.expect("told");
    assert_eq!(end.effects, [], "nobody has access any more");
});

both!(a_change_of_an_application_says_what_hurts, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let tell = async |unsaved: &ApplicationSpec| {
        effects::application::of_edit(&ctx, &owner(), "mine", &mine.application, unsaved).await.expect("told").effects
    };
    let rich = ApplicationSpec {
        allowed_identity_scopes: strings(&["openid", "library", "email"]),
        allowed_api_scopes: strings(&["library-api"]),
        post_logout_redirect_uris: strings(&["https://library.example/bye"]),
        cors_origins: strings(&["https://library.example"]),
        redirect_uris: strings(&["https://library.example/callback", "https://library.example/other"]),
        ..application_spec("my-app")
    };
    applications::update(&ctx, &owner(), "mine", &mine.application, 1, rich.clone()).await.expect("saved");
    assert_eq!(tell(&rich).await, []);
    let poor = ApplicationSpec { allowed_identity_scopes: strings(&["openid"]), ..rich.clone() };
    assert_eq!(tell(&poor).await, [], "nobody has signed in yet");
    crate::fixture::grant(&ctx, &mine).await;
    let takes_away = |scope: &str, claim: &str| Effect::TakesAway {
        scope: scope.into(),
        claims: strings(&[claim]),
        holders: Some(1),
        counted_at: None,
    };
    assert_eq!(tell(&poor).await, [takes_away("email", "email")], "john has no library card to lose");
    let bare = ApplicationSpec {
        allowed_identity_scopes: strings(&["email", "library"]),
        allowed_api_scopes: Vec::new(),
        post_logout_redirect_uris: Vec::new(),
        cors_origins: Vec::new(),
        redirect_uris: strings(&["https://library.example/callback"]),
        grant_types: vec![model::spec::GrantType::AuthorizationCode],
        ..rich.clone()
    };
    let expected = [
        Effect::NoIdentity,
        Effect::NoApiScope("library-api".into()),
        Effect::NoRedirect("https://library.example/other".into()),
        Effect::NoPostLogout("https://library.example/bye".into()),
        Effect::NoOrigin("https://library.example".into()),
        Effect::NoGrant(model::spec::GrantType::RefreshToken, 1),
    ];
    assert_eq!(tell(&bare).await, expected);
    let end = effects::application::of_end(&ctx, &owner(), "mine", &mine.application).await.expect("told");
    assert_eq!(end.effects, [Effect::AccessEnds(1)]);
});

both!(a_change_of_a_claim_or_scope_says_who_loses, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let spec = ApplicationSpec {
        allowed_identity_scopes: strings(&["openid", "library"]),
        required_claims: vec![RequiredClaim::enforced("library_card")],
        ..application_spec("my-app")
    };
    applications::update(&ctx, &owner(), "mine", &mine.application, 1, spec).await.expect("saved");
    for (name, card) in [("mary", "LC-000001"), ("paul", "LC-999999")] {
        let claims = vec![("library_card".to_owned(), json!(card))];
        let new = NewUser { claims, ..crate::fixture::new_user(name) };
        users::create(&ctx, &owner(), "mine", new).await.expect("user");
    }
    let card = claims::get(&ctx, &owner(), "mine", &mine.claim).await.expect("there").spec;
    let tell = async |unsaved: ClaimSpec| {
        effects::claim::of_edit(&ctx, &owner(), "mine", &mine.claim, &unsaved).await.expect("told")
    };
    assert_eq!(tell(ClaimSpec { help: "On its back".into(), ..card.clone() }).await, []);
    let told = tell(ClaimSpec { pattern: Some("LC-0[0-9]{5}".into()), ..card.clone() }).await;
    assert_eq!(told[0], Effect::ValuesFail { failing: 1, tried: 2, more: false });
    let Effect::AskedAgain(asking) = &told[1] else { panic!("{told:?}") };
    assert_eq!((asking.len(), asking[0].id.as_str()), (1, mine.application.as_str()));
    let told = tell(ClaimSpec { in_identity_token: false, ..card.clone() }).await;
    assert!(matches!(told.as_slice(), [Effect::LeavesIdentityToken(lose)] if lose.len() == 1), "{told:?}");
    let deletion = effects::claim::of_deletion(&ctx, &owner(), "mine", &mine.claim).await.expect("told");
    assert_eq!(deletion.effects, [Effect::ValuesGo(2)]);
    let kinds: Vec<&str> = deletion.blocked_by.iter().map(|linked| linked.object_type.as_str()).collect();
    assert_eq!(kinds, ["application", "identity_scope"]);

    let empty = identity_scope_spec("library", &[]);
    let told = effects::scope::of_edit(&ctx, &owner(), "mine", &mine.identity_scope, &empty).await.expect("told");
    assert!(
        matches!(told.as_slice(), [Effect::LeavesScope(claim, lose)] if claim == "library_card" && lose.len() == 1)
    );
    let wider = identity_scope_spec("library", &["library_card", "nickname"]);
    let told = effects::scope::of_edit(&ctx, &owner(), "mine", &mine.identity_scope, &wider).await.expect("told");
    assert!(matches!(told.as_slice(), [Effect::Reaches(claim, gain)] if claim == "nickname" && gain.len() == 1));
    let told = tell(ClaimSpec { in_access_token: true, ..card.clone() }).await;
    assert!(matches!(told.as_slice(), [Effect::EntersAccessToken(gain)] if gain.len() == 1), "{told:?}");
    // Where another scope lets it out as well, nobody loses anything.
    let more = identity_scope_spec("more", &["library_card"]);
    identity_scopes::create(&ctx, &owner(), "mine", more).await.expect("made");
    let spec = ApplicationSpec {
        allowed_identity_scopes: strings(&["openid", "library", "more"]),
        ..application_spec("my-app")
    };
    applications::update(&ctx, &owner(), "mine", &mine.application, 2, spec).await.expect("saved");
    let told = effects::scope::of_edit(&ctx, &owner(), "mine", &mine.identity_scope, &empty).await.expect("told");
    assert_eq!(told, []);
    let deletion = effects::scope::of_identity_scope(&ctx, &owner(), "mine", &mine.identity_scope).await.expect("told");
    assert_eq!(deletion.blocked_by.len(), 1);
    // Those of another subscription are not there.
    subscription(&ctx, "other").await;
    let foreign = effects::claim::of_deletion(&ctx, &owner(), "other", &mine.claim).await;
    assert!(matches!(foreign, Err(service::Error::NotFound)));
    let foreign = effects::application::of_end(&ctx, &owner(), "other", &mine.application).await;
    assert!(matches!(foreign, Err(service::Error::NotFound)));
    assert!(compliance::meter(&ctx, &owner(), "other", &mine.application).await.is_err());
});
