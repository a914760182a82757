//! The types a claim can have. A claim's type is immutable.

use serde::{Deserialize, Serialize};

/// What a claim's value looks like, in forms and in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimType {
    /// One line of text.
    #[default]
    String,
    /// Text of several lines.
    Text,
    /// A whole number within the range that JSON readers keep exactly (±2^53).
    Integer,
    /// A number with a fraction.
    Decimal,
    /// True or false.
    Boolean,
    /// A calendar date, `YYYY-MM-DD`.
    Date,
    /// An e-mail address.
    Email,
    /// A telephone number, E.164.
    Phone,
    /// An absolute http or https URL.
    Url,
    /// One of the choices.
    Choice,
    /// Some of the choices.
    MultipleChoice,
    /// A postal address (OpenID Connect Core section 5.1.1).
    Address,
    /// Any JSON.
    Json,
}

impl ClaimType {
    /// Every type, in the order a form offers them.
    pub const ALL: [Self; 13] = [
        Self::String,
        Self::Text,
        Self::Integer,
        Self::Decimal,
        Self::Boolean,
        Self::Date,
        Self::Email,
        Self::Phone,
        Self::Url,
        Self::Choice,
        Self::MultipleChoice,
        Self::Address,
        Self::Json,
    ];

    /// The name used in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Choice => "choice",
            Self::MultipleChoice => "multiple_choice",
            Self::Address => "address",
            Self::Json => "json",
        }
    }

    /// Reads a name used in files and forms.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == text)
    }

    /// True for types that a pattern and length limits apply to.
    pub fn is_textual(self) -> bool {
        matches!(self, Self::String | Self::Text | Self::Email | Self::Phone | Self::Url)
    }

    /// True for types with a range.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }

    /// True for types with a list of choices.
    pub fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::MultipleChoice)
    }
}
