//! A million users with values, grants, sessions and a past.

use serde_json::{Value, json};
use service::Ctx;
use store::claim_values::NewClaimValue;
use store::events::Event;
use store::grants::Grant;
use store::sessions::Session;
use store::users::User;
use store::{JsonText, Tx};

use super::configuration::Large;
use super::progress;

/// Users of one transaction.
const BATCH: usize = 5_000;
/// One of so many holds no library card, one of so many is signed in now.
const WITHOUT_CARD: usize = 5;
const SIGNED_IN: usize = 10;
/// Users of the second application: as many as are counted while somebody waits.
const COUNTED: usize = 10_000;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// Given names and surnames, so that a search finds some of many.
const GIVEN: [&str; 10] = ["Ana", "Bruno", "Carla", "Diego", "Elisa", "Fábio", "Gina", "Hugo", "Inês", "João"];
const FAMILY: [&str; 8] = ["Almeida", "Barros", "Costa", "Duarte", "Esteves", "Ferreira", "Gomes", "Souza"];

/// Makes them.
pub async fn make(ctx: &Ctx, large: &Large, users: usize) -> anyhow::Result<()> {
    let password = ctx.hasher.hash(crate::PASSWORD, &ctx.random).await?;
    for from in (0..users).step_by(BATCH) {
        let to = (from + BATCH).min(users);
        let mut tx = ctx.begin().await?;
        for number in from..to {
            Person { ctx, large, number, now: ctx.now() }.write(&mut tx, &password).await?;
        }
        tx.commit().await?;
        progress("users", to, users);
    }
    Ok(())
}

struct Person<'a> {
    ctx: &'a Ctx,
    large: &'a Large,
    number: usize,
    now: i64,
}

impl Person<'_> {
    async fn write(&self, tx: &mut Tx, password: &str) -> anyhow::Result<()> {
        let user = self.user(password)?;
        let name = json!(self.name());
        let card = json!(format!("LC-{:08}", self.number));
        let mut values = vec![value(&self.large.name, &name, false)];
        let has_card = !self.number.is_multiple_of(WITHOUT_CARD);
        if has_card {
            values.push(value(&self.large.card, &card, true));
        }
        store::users::insert(tx, &user, &values).await?;
        let mut session = None;
        if self.number.is_multiple_of(SIGNED_IN) {
            let row = self.session(&user.id)?;
            store::sessions::insert(tx, &row).await?;
            session = Some(row.id);
        }
        if self.number < COUNTED {
            store::grants::insert(tx, &self.grant(&user.id, &self.large.counted, None)?).await?;
        }
        store::grants::insert(tx, &self.grant(&user.id, &self.large.application, session)?).await?;
        store::events::insert(tx, &self.event(&user.id)?).await?;
        Ok(())
    }

    fn name(&self) -> String {
        let given = GIVEN[self.number % GIVEN.len()];
        let family = FAMILY[self.number / GIVEN.len() % FAMILY.len()];
        format!("{given} {family}")
    }

    /// When they came: spread over the last ninety days.
    fn came(&self) -> i64 {
        let spread = i64::try_from(self.number % 90).unwrap_or_default();
        self.now - spread * DAY
    }

    fn user(&self, password: &str) -> anyhow::Result<User> {
        let name = format!("user{:07}", self.number);
        Ok(User {
            id: self.ctx.new_id()?,
            subscription_id: self.large.subscription.clone(),
            email: Some(format!("{name}@example.com")),
            username: Some(name),
            email_verified: true,
            password_hash: Some(password.to_owned()),
            password_changed_at: Some(self.now),
            version: 1,
            created_at: self.now,
            updated_at: self.now,
            disabled_at: None,
        })
    }

    fn session(&self, user: &str) -> anyhow::Result<Session> {
        Ok(Session {
            id: self.ctx.new_id()?,
            hash: self.ctx.random.token()?,
            subscription_id: self.large.subscription.clone(),
            user_id: user.to_owned(),
            auth_time: self.now,
            amr: JsonText::encode(&json!(["pwd"])),
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
            created_at: self.now,
            last_seen_at: self.now,
            expires_at: self.now + DAY,
            ended_at: None,
        })
    }

    fn grant(&self, user: &str, application: &str, session: Option<String>) -> anyhow::Result<Grant> {
        Ok(Grant {
            id: self.ctx.new_id()?,
            subscription_id: self.large.subscription.clone(),
            application_id: application.to_owned(),
            user_id: Some(user.to_owned()),
            session_id: session,
            created_at: self.came(),
            expires_at: self.now + 30 * DAY,
            revoked_at: None,
        })
    }

    fn event(&self, user: &str) -> anyhow::Result<Event> {
        Ok(Event {
            id: self.ctx.new_id()?,
            subscription_id: Some(self.large.subscription.clone()),
            at: self.came(),
            kind: "sign_in".to_owned(),
            actor: user.to_owned(),
            user_id: Some(user.to_owned()),
            application_id: Some(self.large.application.clone()),
            reference: None,
            data: JsonText::encode(&json!({ "address": "192.0.2.1", "amr": ["pwd"] })),
        })
    }
}

fn value<'a>(claim_id: &'a str, value: &'a Value, unique: bool) -> NewClaimValue<'a> {
    NewClaimValue { claim_id, value, canonical: value.as_str().unwrap_or_default(), unique }
}
