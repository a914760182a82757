//! Figures that were counted a moment ago, for whoever goes on typing: a preview asks for them with every
//! change of a form.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::Figures;

/// Seconds for which figures are shown again.
const KEPT: i64 = 10;
/// Fewer people than this are counted each time: that takes a few milliseconds.
const DEAR: i64 = 1_000;
/// Applications whose figures are kept.
const AT_MOST: usize = 100;

/// Figures of the last seconds, by application.
#[derive(Debug, Default)]
pub struct Recent(Mutex<HashMap<String, Counted>>);

#[derive(Debug)]
struct Counted {
    /// Unix seconds.
    at: i64,
    config_version: i64,
    figures: Figures,
}

impl Recent {
    /// The figures of an application, if they are a moment old, under the same configuration, and tell of all
    /// these claims. `now` in Unix seconds.
    pub(super) fn get(&self, application_id: &str, config_version: i64, now: i64, claims: &[&str]) -> Option<Figures> {
        let recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = recent.get(application_id)?;
        let is_good = counted.is_recent(now) && counted.config_version == config_version;
        let tells = claims.iter().all(|claim| counted.figures.complying(claim).is_some());
        (is_good && tells).then(|| counted.figures.clone())
    }

    /// Keeps figures that were dear to count.
    pub(super) fn put(&self, application_id: &str, config_version: i64, now: i64, figures: &Figures) {
        if figures.people < DEAR || figures.counted_at.is_some() {
            return;
        }
        let counted = Counted { at: now, config_version, figures: figures.clone() };
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|_, counted| counted.is_recent(now));
        if recent.len() < AT_MOST {
            recent.insert(application_id.to_owned(), counted);
        }
    }
}

impl Counted {
    fn is_recent(&self, now: i64) -> bool {
        (self.at..=self.at + KEPT).contains(&now)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn figures(people: i64) -> Figures {
        let complying = BTreeMap::from([("card".to_owned(), 1)]);
        Figures { people, users: people, counted_at: None, complying, survey: None }
    }

    #[test]
    fn many_people_are_not_counted_twice_in_a_moment() {
        let recent = Recent::default();
        recent.put("a", 7, 100, &figures(DEAR));
        assert_eq!(recent.get("a", 7, 100 + KEPT, &["card"]), Some(figures(DEAR)));
        assert_eq!(recent.get("a", 7, 100, &[]), Some(figures(DEAR)));
        for (what, found) in [
            ("another application", recent.get("b", 7, 100, &["card"])),
            ("another configuration", recent.get("a", 8, 100, &["card"])),
            ("later", recent.get("a", 7, 101 + KEPT, &["card"])),
            ("before", recent.get("a", 7, 99, &["card"])),
            ("a claim that was not counted", recent.get("a", 7, 100, &["card", "shelf"])),
        ] {
            assert_eq!(found, None, "{what}");
        }
        recent.put("few", 7, 100, &figures(DEAR - 1));
        recent.put("large", 7, 100, &Figures { counted_at: Some(90), ..figures(DEAR) });
        assert_eq!((recent.get("few", 7, 100, &[]), recent.get("large", 7, 100, &[])), (None, None));
    }

    #[test]
    fn memory_is_bounded() {
        let recent = Recent::default();
        for i in 0..=AT_MOST {
            recent.put(&i.to_string(), 7, 100, &figures(DEAR));
        }
        assert_eq!(recent.get(&AT_MOST.to_string(), 7, 100, &[]), None);
        recent.put("new", 7, 101 + KEPT, &figures(DEAR));
        assert!(recent.get("new", 7, 101 + KEPT, &[]).is_some(), "the old ones make room");
    }
}
