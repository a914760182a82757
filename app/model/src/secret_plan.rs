//! How a new secret is to live beside the others: closed lists, so that no form asks for anything else.

use crate::form::FormData;
use crate::problem::{FieldErrors, Problem};

/// Days after which a new secret may end.
pub const LIFETIME_DAYS: [i64; 4] = [30, 90, 180, 365];
/// Hours for which the others may be accepted beside it.
pub const OVERLAP_HOURS: [i64; 5] = [0, 1, 24, 168, 720];

/// What becomes of a new secret, and of those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecretPlan {
    lifetime: Option<i64>,
    overlap: Option<i64>,
}

impl SecretPlan {
    /// Reads the form of one more secret: `expires_in_days`, empty for no end.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let lifetime = match form.trimmed("expires_in_days") {
            "" => None,
            days => {
                let days = offered(days, &LIFETIME_DAYS);
                Some(days.ok_or_else(|| FieldErrors::one("expires_in_days", Problem::new("choice")))? * 86_400)
            }
        };
        Ok(Self { lifetime, overlap: None })
    }

    /// Reads the form of a rotation, which also says how long the others go on: `overlap_hours`.
    pub fn from_rotation_form(form: &FormData) -> Result<Self, FieldErrors> {
        let (mut errors, mut plan) = match Self::from_form(form) {
            Ok(plan) => (FieldErrors::default(), plan),
            Err(errors) => (errors, Self::default()),
        };
        match offered(form.trimmed("overlap_hours"), &OVERLAP_HOURS) {
            Some(hours) => plan.overlap = Some(hours * 3_600),
            None => errors.add("overlap_hours", Problem::new("choice")),
        }
        errors.into_result(plan)
    }

    /// Seconds for which the new one is accepted; `None` for as long as it is there.
    pub fn lifetime(self) -> Option<i64> {
        self.lifetime
    }

    /// Seconds for which the others are still accepted; `None` leaves them as they are.
    pub fn overlap(self) -> Option<i64> {
        self.overlap
    }
}

fn offered(typed: &str, list: &[i64]) -> Option<i64> {
    typed.parse().ok().filter(|number| list.contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(days: &str, hours: &str) -> FormData {
        FormData::default().with("expires_in_days", days).with("overlap_hours", hours)
    }

    #[test]
    fn only_what_is_offered_is_taken() {
        assert_eq!(SecretPlan::from_form(&FormData::default()), Ok(SecretPlan::default()));
        let plan = SecretPlan::from_rotation_form(&form("90", "24")).expect("offered");
        assert_eq!((plan.lifetime(), plan.overlap()), (Some(90 * 86_400), Some(86_400)));
        for forged in ["1", "0", "-30", "99999", "x"] {
            assert!(SecretPlan::from_form(&form(forged, "")).is_err(), "{forged}");
        }
        let errors = SecretPlan::from_rotation_form(&form("7", "5")).expect_err("refused");
        assert!(errors.of("expires_in_days").is_some() && errors.of("overlap_hours").is_some());
        assert!(SecretPlan::from_rotation_form(&form("", "")).is_err(), "a rotation says what becomes of the others");
    }
}
