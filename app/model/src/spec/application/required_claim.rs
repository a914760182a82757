//! A claim that an application needs, and how far that is enforced.

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Stage;
use crate::day::Day;
use crate::form::FormData;
use crate::problem::{FieldErrors, Problem};

/// Form field of the claims in the list: ticked boxes.
const FIELD: &str = "required_claims";

/// A claim without which the application receives nothing. Written as a bare name when enforced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequiredClaim {
    /// Name of the claim.
    pub claim: String,
    /// How far it is enforced.
    pub stage: Stage,
    /// `YYYY-MM-DD`, with [`Stage::Skippable`] only: the last day, in UTC, on which it can be skipped.
    pub until: Option<String>,
}

/// What a required claim means at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asking {
    /// Nobody is asked.
    Nobody,
    /// Users without a value are asked, and may skip it.
    Skippable,
    /// Users without a value are asked before the application receives anything.
    Required,
}

impl RequiredClaim {
    /// An enforced one.
    pub fn enforced(claim: impl Into<String>) -> Self {
        Self { claim: claim.into(), stage: Stage::Enforced, until: None }
    }

    /// One at a stage; `until` belongs to [`Stage::Skippable`].
    pub fn staged(claim: impl Into<String>, stage: Stage, until: Option<&str>) -> Self {
        Self { claim: claim.into(), stage, until: until.map(str::to_owned) }
    }

    /// What it means at `now`, Unix seconds. After the last day of skipping it is enforced, and so is one
    /// without a day that can be read, which validation lets nobody save.
    pub fn asking(&self, now: i64) -> Asking {
        match self.stage {
            Stage::Off | Stage::Report => Asking::Nobody,
            Stage::Enforced => Asking::Required,
            Stage::Skippable => match self.until.as_deref().and_then(Day::parse) {
                Some(day) if now < day.end() => Asking::Skippable,
                _ => Asking::Required,
            },
        }
    }

    /// Form field of a claim's stage.
    pub fn stage_field(claim: &str) -> String {
        format!("{FIELD}.{claim}.stage")
    }

    /// Form field of the last day on which a claim can be skipped.
    pub fn until_field(claim: &str) -> String {
        format!("{FIELD}.{claim}.until")
    }

    /// True for a form field that says more about one claim of the list.
    pub fn is_detail(field: &str) -> bool {
        let rest = field.strip_prefix(FIELD).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|rest| [".stage", ".until"].iter().any(|end| rest.len() > end.len() && rest.ends_with(end)))
    }

    /// The ticked claims with their stages. One with nothing more is enforced; what a form says of a claim
    /// that is not ticked, or of a day that its stage has no use for, counts for nothing: the fields are
    /// there all the time, in sight or not.
    pub(super) fn list_from_form(form: &FormData, errors: &mut FieldErrors) -> Vec<Self> {
        let ticked = form.all(FIELD).into_iter();
        let staged = ticked.map(|claim| {
            let field = Self::stage_field(&claim);
            let stage = match form.optional(&field) {
                None => Stage::Enforced,
                Some(text) => {
                    let known = Stage::parse(&text).ok_or_else(|| Problem::new("choice"));
                    errors.check(&field, known).unwrap_or_default()
                }
            };
            let until = form.optional(&Self::until_field(&claim)).filter(|_| stage == Stage::Skippable);
            Self { claim, stage, until }
        });
        staged.collect()
    }

    /// Adds its fields.
    pub(super) fn to_form(&self, form: &mut FormData) {
        form.push(FIELD, self.claim.as_str());
        form.push(&Self::stage_field(&self.claim), self.stage.as_str());
        if let Some(until) = &self.until {
            form.push(&Self::until_field(&self.claim), until.as_str());
        }
    }

    /// A day where one is needed, and nowhere else.
    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        let field = Self::until_field(&self.claim);
        match (self.stage, self.until.as_deref()) {
            (Stage::Skippable, None) => errors.add(&field, Problem::new("until-missing").with("name", &self.claim)),
            (Stage::Skippable, Some(text)) if Day::parse(text).is_none() => {
                errors.add(&field, Problem::new("until-date").with("value", text));
            }
            (Stage::Off | Stage::Report | Stage::Enforced, Some(_)) => {
                errors.add(&field, Problem::new("until-unused").with("name", &self.claim));
            }
            (Stage::Skippable, Some(_)) | (_, None) => {}
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StagedClaim {
    claim: String,
    #[serde(default)]
    stage: Stage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl Serialize for RequiredClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.stage == Stage::Enforced && self.until.is_none() {
            return serializer.serialize_str(&self.claim);
        }
        let Self { claim, stage, until } = self.clone();
        StagedClaim { claim, stage, until }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RequiredClaim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RequiredClaimVisitor)
    }
}

/// By hand, because an untagged enum would swallow which key was unknown.
struct RequiredClaimVisitor;

impl<'de> Visitor<'de> for RequiredClaimVisitor {
    type Value = RequiredClaim;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name of a claim, or a map with `claim`, `stage` and `until`")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<RequiredClaim, E> {
        Ok(RequiredClaim::enforced(name))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RequiredClaim, A::Error> {
        let StagedClaim { claim, stage, until } = StagedClaim::deserialize(MapAccessDeserializer::new(map))?;
        Ok(RequiredClaim { claim, stage, until })
    }
}

#[cfg(test)]
mod tests {
    use super::super::ApplicationSpec;
    use super::*;

    fn with(required: Vec<RequiredClaim>) -> ApplicationSpec {
        ApplicationSpec {
            client_id: "my-app".into(),
            name: "Library website".into(),
            redirect_uris: vec!["https://library.example/callback".into()],
            required_claims: required,
            ..ApplicationSpec::default()
        }
    }

    fn problem(required: RequiredClaim, field: &str) -> Option<String> {
        let errors = with(vec![required]).validate().err()?;
        Some(errors.of(field)?.code.clone())
    }

    #[test]
    fn every_stage_survives_file_and_form() {
        let all = vec![
            RequiredClaim::enforced("name"),
            RequiredClaim::staged("card", Stage::Skippable, Some("2026-12-31")),
            RequiredClaim::staged("https://x/é.stage", Stage::Report, None),
            RequiredClaim::staged("phone", Stage::Off, None),
        ];
        let written = serde_json::to_string(&all).expect("writes");
        assert!(
            written.starts_with(r#"["name",{"claim":"card","stage":"skippable","until":"2026-12-31"}"#),
            "{written}"
        );
        assert_eq!(serde_json::from_str::<Vec<RequiredClaim>>(&written).expect("reads"), all);
        assert_eq!(ApplicationSpec::from_form(&with(all.clone()).to_form()), Ok(with(all)));
    }

    #[test]
    fn a_ticked_claim_with_nothing_more_is_enforced() {
        let form = with(Vec::new()).to_form().with("required_claims", "card");
        let read = ApplicationSpec::from_form(&form).expect("reads");
        assert_eq!(read.required_claims, [RequiredClaim::enforced("card")]);
    }

    #[test]
    fn details_of_an_unticked_claim_count_for_nothing() {
        let form = with(Vec::new()).to_form().with("required_claims.card.stage", "skippable");
        assert_eq!(ApplicationSpec::from_form(&form), Ok(with(Vec::new())));
        let form = form.with("required_claims", "name").with("required_claims.name.until", "never");
        assert_eq!(ApplicationSpec::from_form(&form), Ok(with(vec![RequiredClaim::enforced("name")])));
    }

    #[test]
    fn a_day_is_needed_for_skippable_and_refused_elsewhere() {
        let field = "required_claims.card.until";
        let at = |stage, until| problem(RequiredClaim::staged("card", stage, until), field);
        assert_eq!(at(Stage::Skippable, None).as_deref(), Some("until-missing"));
        assert_eq!(at(Stage::Skippable, Some("2026-02-29")).as_deref(), Some("until-date"));
        assert_eq!(at(Stage::Skippable, Some("2028-02-29")), None);
        for stage in [Stage::Off, Stage::Report, Stage::Enforced] {
            assert_eq!(at(stage, Some("2026-12-31")).as_deref(), Some("until-unused"), "{stage:?}");
        }
        let form = with(Vec::new()).to_form().with("required_claims", "card").with("required_claims.card.stage", "now");
        let errors = ApplicationSpec::from_form(&form).expect_err("refused");
        assert_eq!(errors.of("required_claims.card.stage").map(|p| p.code.as_str()), Some("choice"));
    }

    #[test]
    fn the_day_after_the_last_one_enforces() {
        let claim = RequiredClaim::staged("card", Stage::Skippable, Some("2026-11-21"));
        let midnight = 1_795_305_600;
        assert_eq!(claim.asking(midnight - 86_401), Asking::Skippable);
        assert_eq!(claim.asking(midnight - 1), Asking::Skippable);
        assert_eq!(claim.asking(midnight), Asking::Required);
        assert_eq!(RequiredClaim::staged("card", Stage::Skippable, None).asking(0), Asking::Required);
        assert_eq!(RequiredClaim::staged("card", Stage::Report, None).asking(midnight), Asking::Nobody);
        assert_eq!(RequiredClaim::enforced("card").asking(0), Asking::Required);
    }

    #[test]
    fn details_are_told_by_their_names() {
        for field in ["required_claims.card.stage", "required_claims.https://x/y.until"] {
            assert!(RequiredClaim::is_detail(field), "{field}");
        }
        for field in ["required_claims", "required_claims..", "required_claims.stage", "name", "required_claims.card"] {
            assert!(!RequiredClaim::is_detail(field), "{field}");
        }
    }
}
