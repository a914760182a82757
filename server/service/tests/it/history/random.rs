//! Whatever is done, undone in reverse gives back the same file; and every moment in between is found again.

use model::spec::{
    ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, ApplicationType, ClaimSpec, IdentityScopeSpec, RequiredClaim,
    Stage, SubscriptionSpec,
};
use model::{PageRequest, SecretPlan, Stored};
use service::console::{
    Done, api_connections, api_scopes, applications, claims, history, identity_scopes, subscriptions,
};
use service::{Ctx, Result};

use super::{file, undo};
use crate::fixture::{
    api_scope_spec, application_spec, claim_spec, connection_spec, identity_scope_spec, owner, subscription,
};

const SLUG: &str = "mine";
const OPERATIONS: usize = 40;

/// Numbers that are the same for the same seed (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("fits") % sides
    }

    fn toss(&mut self) -> bool {
        self.roll(2) == 0
    }

    fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        if things.is_empty() { None } else { things.get(self.roll(things.len())) }
    }

    fn some(&mut self, names: &[String]) -> Vec<String> {
        names.iter().filter(|_| self.toss()).cloned().collect()
    }
}

struct Shelf {
    claims: Vec<Stored<ClaimSpec>>,
    scopes: Vec<Stored<IdentityScopeSpec>>,
    connections: Vec<String>,
    applications: Vec<Stored<ApplicationSpec>>,
}

async fn shelf(ctx: &Ctx) -> Shelf {
    let all = PageRequest { size: 200, ..PageRequest::default() };
    let connections = api_connections::page(ctx, &owner(), SLUG, &all).await.expect("list").items;
    Shelf {
        claims: claims::custom(ctx, &owner(), SLUG, &all).await.expect("list").items,
        scopes: identity_scopes::all(ctx, &owner(), SLUG).await.expect("list"),
        connections: connections.into_iter().map(|card| card.stored.id).collect(),
        applications: applications::page(ctx, &owner(), SLUG, &all).await.expect("list").items,
    }
}

/// One random deed. `None`: there was nothing to do it to. Many are refused, which is as good.
async fn deed(ctx: &Ctx, dice: &mut Dice, last: Option<&String>) -> Option<Result<Done>> {
    let (who, shelf) = (owner(), shelf(ctx).await);
    let (which, words) = (dice.roll(4), format!("Words {}", dice.roll(1_000)));
    Some(match dice.roll(21) {
        0 => claims::create(ctx, &who, SLUG, claim_spec(&format!("claim_{which}"))).await.map(|made| made.done),
        1 => {
            let claim = dice.pick(&shelf.claims)?;
            let flags = (dice.toss(), dice.toss());
            let spec = ClaimSpec { help: words, unique: flags.0, show_on_profile: flags.1, ..claim.spec.clone() };
            claims::update(ctx, &who, SLUG, &claim.id, claim.version, spec).await
        }
        2 => {
            let claim = dice.pick(&shelf.claims)?;
            claims::delete(ctx, &who, SLUG, &claim.id, claim.version).await
        }
        3 => {
            let names: Vec<String> = shelf.claims.iter().map(|claim| claim.spec.name.clone()).collect();
            let spec =
                IdentityScopeSpec { claims: dice.some(&names), ..identity_scope_spec(&format!("scope-{which}"), &[]) };
            identity_scopes::create(ctx, &who, SLUG, spec).await.map(|made| made.done)
        }
        4 => {
            let scope = dice.pick(&shelf.scopes)?;
            let mut names: Vec<String> = shelf.claims.iter().map(|claim| claim.spec.name.clone()).collect();
            names.push("email".to_owned());
            let spec = IdentityScopeSpec { claims: dice.some(&names), description: words, ..scope.spec.clone() };
            identity_scopes::update(ctx, &who, SLUG, &scope.id, scope.version, spec).await
        }
        5 => {
            let scope = dice.pick(&shelf.scopes)?;
            identity_scopes::delete(ctx, &who, SLUG, &scope.id, scope.version).await
        }
        6 => {
            let made = api_connections::create(ctx, &who, SLUG, connection_spec(&format!("api-{which}"))).await;
            made.map(|made| made.done)
        }
        n @ (7..=13) => return in_connection(ctx, dice, n, &shelf, words).await,
        14 | 15 => {
            let scopes: Vec<String> = shelf.scopes.iter().map(|scope| scope.spec.name.clone()).collect();
            let api = api_scopes::all(ctx, &who, SLUG).await.expect("list");
            let api: Vec<String> = api.into_iter().map(|option| option.scope.name).collect();
            let required = shelf.claims.iter().filter(|_| dice.toss()).map(|claim| RequiredClaim {
                claim: claim.spec.name.clone(),
                stage: Stage::Enforced,
                until: None,
            });
            let required_claims = required.collect();
            let kind = if dice.toss() { ApplicationType::Web } else { ApplicationType::SinglePage };
            let spec = ApplicationSpec {
                required_claims,
                kind,
                allowed_identity_scopes: dice.some(&scopes),
                allowed_api_scopes: dice.some(&api),
                ..application_spec(&format!("app-{which}"))
            };
            match dice.pick(&shelf.applications) {
                Some(app) if dice.toss() => {
                    let spec = ApplicationSpec {
                        client_id: app.spec.client_id.clone(),
                        kind: app.spec.kind,
                        name: words,
                        ..spec
                    };
                    applications::update(ctx, &who, SLUG, &app.id, app.version, spec).await.map(|saved| saved.done)
                }
                _ => applications::create(ctx, &who, SLUG, spec).await.map(|made| made.done),
            }
        }
        16 => {
            let app = dice.pick(&shelf.applications)?;
            let disabled = app.disabled_at.is_none();
            applications::set_disabled(ctx, &who, SLUG, &app.id, app.version, disabled).await
        }
        17 => {
            let app = dice.pick(&shelf.applications)?;
            applications::delete(ctx, &who, SLUG, &app.id, app.version).await
        }
        18 => {
            let app = dice.pick(&shelf.applications)?;
            let secrets = applications::get(ctx, &who, SLUG, &app.id).await.expect("there").secrets;
            match dice.pick(&secrets) {
                Some(secret) if dice.toss() => applications::remove_secret(ctx, &who, SLUG, &app.id, &secret.id).await,
                _ => applications::new_secret(ctx, &who, SLUG, &app.id, SecretPlan::default())
                    .await
                    .map(|made| made.done),
            }
        }
        19 => {
            let stored = subscriptions::get(ctx, &who, SLUG).await.expect("there").stored;
            if dice.toss() {
                let disabled = stored.disabled_at.is_none();
                subscriptions::set_disabled(ctx, &who, SLUG, stored.version, disabled).await
            } else {
                let spec = SubscriptionSpec { name: words, registration: dice.toss(), ..stored.spec };
                subscriptions::update(ctx, &who, SLUG, stored.version, spec).await
            }
        }
        _ => undo(ctx, SLUG, last?).await,
    })
}

async fn in_connection(ctx: &Ctx, dice: &mut Dice, n: usize, shelf: &Shelf, words: String) -> Option<Result<Done>> {
    let who = owner();
    let id = dice.pick(&shelf.connections)?;
    let view = api_connections::get(ctx, &who, SLUG, id).await.expect("there");
    Some(match n {
        7 => {
            let spec = ApiConnectionSpec { display_name: words, ..view.stored.spec };
            api_connections::update(ctx, &who, SLUG, id, view.stored.version, spec).await
        }
        8 => api_connections::delete(ctx, &who, SLUG, id, view.stored.version).await,
        9 => {
            let spec = api_scope_spec(&format!("read-{}", dice.roll(4)));
            api_scopes::create(ctx, &who, SLUG, id, spec).await.map(|made| made.done)
        }
        10 => {
            let scope = dice.pick(&view.scopes)?;
            let spec = ApiScopeSpec { display_name: words, ..scope.spec.clone() };
            api_scopes::update(ctx, &who, SLUG, id, &scope.id, scope.version, spec).await
        }
        11 => {
            let scope = dice.pick(&view.scopes)?;
            api_scopes::delete(ctx, &who, SLUG, id, &scope.id, scope.version).await
        }
        12 => api_connections::new_secret(ctx, &who, SLUG, id, SecretPlan::default()).await.map(|made| made.done),
        _ => {
            let secret = dice.pick(&view.secrets)?;
            api_connections::remove_secret(ctx, &who, SLUG, id, &secret.id).await
        }
    })
}

/// The file of a moment, as time travel gives it.
async fn past(ctx: &Ctx, moment: i64) -> String {
    let document = history::at(ctx, &owner(), SLUG, moment).await.expect("seen").document();
    serde_json::to_string(&document).expect("a file")
}

async fn check(ctx: &Ctx, seed: u64) {
    let mut dice = Dice(seed);
    let mut done: Vec<String> = Vec::new();
    let mut moments = Vec::new();
    let born = file(ctx, SLUG).await;
    for _ in 0..OPERATIONS {
        let moment = ctx.now();
        moments.push((moment, past(ctx, moment).await));
        ctx.clock.advance(1);
        let deed = deed(ctx, &mut dice, done.last()).await;
        done.extend(deed.and_then(Result::ok).and_then(|done| done.change));
    }
    assert!(done.len() > 5, "seed {seed} does too little: {}", done.len());
    for (moment, then) in &moments {
        assert_eq!(past(ctx, *moment).await, *then, "seed {seed}, as of {moment}");
    }
    for (left, change) in done.iter().enumerate().rev() {
        let view = history::get(ctx, &owner(), SLUG, change).await.expect("seen");
        // One that a later deed took back already, which was itself taken back since, holds again.
        assert_eq!(view.undone_by, None, "seed {seed}, change {left}");
        ctx.clock.advance(1);
        undo(ctx, SLUG, change).await.unwrap_or_else(|error| panic!("seed {seed}, change {left}: {error} {view:#?}"));
    }
    assert_eq!(file(ctx, SLUG).await, born, "seed {seed}");
    for (moment, then) in &moments {
        assert_eq!(past(ctx, *moment).await, *then, "seed {seed}, as of {moment}, afterwards");
    }
}

both!(undone_in_reverse_everything_is_as_it_was, |ctx| async {
    subscription(&ctx, SLUG).await;
    for seed in 1..=6 {
        check(&ctx, seed).await;
    }
});
