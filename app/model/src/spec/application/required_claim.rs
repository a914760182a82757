//! A claim that an application needs, and how far that is enforced.

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Stage;

/// A claim without which the application receives nothing. Written as a bare name when enforced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredClaim {
    /// Name of the claim.
    pub claim: String,
    /// How far it is enforced.
    pub stage: Stage,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StagedClaim {
    claim: String,
    #[serde(default)]
    stage: Stage,
}

impl Serialize for RequiredClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.stage {
            Stage::Enforced => serializer.serialize_str(&self.claim),
            stage @ Stage::Off => StagedClaim { claim: self.claim.clone(), stage }.serialize(serializer),
        }
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
        f.write_str("the name of a claim, or a map with `claim` and `stage`")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<RequiredClaim, E> {
        Ok(RequiredClaim { claim: name.to_owned(), stage: Stage::Enforced })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RequiredClaim, A::Error> {
        let StagedClaim { claim, stage } = StagedClaim::deserialize(MapAccessDeserializer::new(map))?;
        Ok(RequiredClaim { claim, stage })
    }
}
