//! What happens in subscriptions: counted in memory and written at most once a minute, in bulk, so that
//! no request waits for it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::activity::{Counts, HOUR, Happened};

use crate::ctx::Ctx;
use crate::error::Result;

/// Hours written in one transaction, so that nobody waits long for it.
const BATCH: usize = 200;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Somebody proved who they are.
    SignIn,
    /// The token endpoint gave tokens.
    Tokens,
    /// A sign-in failed, or a request was refused.
    Failure,
}

impl Kind {
    /// What an event of the audit log counts as. Refused requests are counted where they are refused:
    /// not each of them leaves a line.
    pub(crate) fn of_event(kind: &str) -> Option<Self> {
        match kind {
            "sign_in" | "registered" => Some(Self::SignIn),
            "sign_in_failed" => Some(Self::Failure),
            _ => None,
        }
    }

    fn once(self) -> Counts {
        let zero = Counts::default();
        match self {
            Self::SignIn => Counts { sign_ins: 1, ..zero },
            Self::Tokens => Counts { tokens: 1, ..zero },
            Self::Failure => Counts { failures: 1, ..zero },
        }
    }
}

#[derive(Debug, Default)]
struct Pending {
    /// Counts of each hour, by subscription: rarely more than one hour.
    hours: HashMap<String, Vec<(i64, Counts)>>,
    signed_in: HashMap<String, i64>,
}

/// Counted since the last write.
#[derive(Debug, Default)]
pub struct Activity(Mutex<Pending>);

impl Activity {
    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts one; `now` in seconds since 1970.
    pub(crate) fn note(&self, subscription_id: &str, kind: Kind, now: i64) {
        let mut pending = self.lock();
        pending.add(subscription_id, now - now.rem_euclid(HOUR), kind.once());
        if kind == Kind::SignIn {
            pending.signed_in.insert(subscription_id.to_owned(), now);
        }
    }

    /// What this node has not written yet of a subscription: hours and their counts.
    pub(crate) fn unwritten(&self, subscription_id: &str) -> Vec<(i64, Counts)> {
        self.lock().hours.get(subscription_id).cloned().unwrap_or_default()
    }

    fn hours(&self) -> Vec<Happened> {
        let pending = self.lock();
        let all = pending.hours.iter().flat_map(|(id, hours)| hours.iter().map(move |hour| (id, hour)));
        all.map(|(id, (hour, counts))| Happened { subscription_id: id.clone(), hour: *hour, counts: *counts }).collect()
    }

    fn signed_in(&self) -> Vec<(String, i64)> {
        self.lock().signed_in.iter().map(|(id, at)| (id.clone(), *at)).collect()
    }

    /// Forgets what was written; what was counted meanwhile stays.
    fn settle(&self, written: &[Happened]) {
        let mut pending = self.lock();
        for one in written {
            let Some(hours) = pending.hours.get_mut(&one.subscription_id) else { continue };
            if let Some((_, counts)) = hours.iter_mut().find(|(hour, _)| *hour == one.hour) {
                counts.sign_ins -= one.counts.sign_ins;
                counts.tokens -= one.counts.tokens;
                counts.failures -= one.counts.failures;
            }
            hours.retain(|(_, counts)| *counts != Counts::default());
            if hours.is_empty() {
                pending.hours.remove(&one.subscription_id);
            }
        }
    }

    fn settle_signed_in(&self, written: &[(String, i64)]) {
        let mut pending = self.lock();
        for (id, at) in written {
            if pending.signed_in.get(id) == Some(at) {
                pending.signed_in.remove(id);
            }
        }
    }
}

impl Pending {
    fn add(&mut self, subscription_id: &str, hour: i64, counts: Counts) {
        let Some(hours) = self.hours.get_mut(subscription_id) else {
            self.hours.insert(subscription_id.to_owned(), vec![(hour, counts)]);
            return;
        };
        match hours.iter_mut().find(|(known, _)| *known == hour) {
            Some((_, known)) => known.add(counts),
            None => hours.push((hour, counts)),
        }
    }
}

/// Writes what was counted since the last time. What cannot be written is kept for the next.
pub async fn write(ctx: &Ctx) -> Result<()> {
    for some in ctx.activity.hours().chunks(BATCH) {
        let mut tx = ctx.begin().await?;
        store::activity::add(&mut tx, some).await?;
        tx.commit().await?;
        ctx.activity.settle(some);
    }
    let signed_in = ctx.activity.signed_in();
    for some in signed_in.chunks(BATCH) {
        let mut tx = ctx.begin().await?;
        store::subscriptions::touch_last_sign_in(&mut tx, some).await?;
        tx.commit().await?;
        ctx.activity.settle_signed_in(some);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_while_it_is_written_stays() {
        let activity = Activity::default();
        activity.note("s", Kind::Tokens, 7_205);
        activity.note("s", Kind::Tokens, 7_206);
        let written = activity.hours();
        activity.note("s", Kind::Failure, 7_207);
        activity.note("s", Kind::SignIn, 10_800);
        activity.settle(&written);
        let (zero, one) = (Counts::default(), Kind::SignIn.once());
        assert_eq!(activity.unwritten("s"), [(7_200, Counts { failures: 1, ..zero }), (10_800, one)]);
        activity.settle(&activity.hours());
        assert!(activity.hours().is_empty());
    }
}
