//! What end users see of a subscription besides its name: logo, colour, links.

use serde::{Deserialize, Serialize};

use super::is_false;
use crate::colour::Colour;
use crate::form::FormData;
use crate::name::{self, MAX_DISPLAY_NAME};
use crate::problem::{FieldErrors, Problem};

/// Formats of a logo: pictures of dots, which cannot hold a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageType {
    /// Portable Network Graphics.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
}

impl ImageType {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Png, Self::Jpeg, Self::Webp];

    /// Media type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// Reads a media type.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A stored logo: where its bytes are found, and what pages say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogoRef {
    /// SHA-256 of the bytes, hexadecimal.
    pub hash: String,
    /// Format.
    #[serde(rename = "type")]
    pub kind: ImageType,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A logo as the `apply` file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogoFile {
    /// Format.
    #[serde(rename = "type")]
    pub kind: ImageType,
    /// The bytes, in base64 with padding.
    pub base64: String,
}

/// Branding. `L` is how it holds its logo: by reference where it is stored, as bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandingSpec<L = LogoRef> {
    /// What end users read instead of the subscription's name; empty for that name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Accent colour, `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// Picture above the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<L>,
    /// Privacy policy (the name is RFC 7591's).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    /// Terms of service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
    /// Where people find help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_uri: Option<String>,
    /// Says "Secured by Tessera".
    #[serde(default, skip_serializing_if = "is_false")]
    pub secured_by: bool,
}

impl<L> Default for BrandingSpec<L> {
    fn default() -> Self {
        Self {
            name: String::new(),
            accent: None,
            logo: None,
            policy_uri: None,
            tos_uri: None,
            support_uri: None,
            secured_by: false,
        }
    }
}

impl<L> BrandingSpec<L> {
    /// Checks everything but the logo.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("name", name::free_text(&self.name, MAX_DISPLAY_NAME));
        if self.accent.as_deref().is_some_and(|accent| Colour::parse(accent).is_none()) {
            errors.add("accent", Problem::new("colour"));
        }
        for (field, link) in self.links() {
            errors.check(field, crate::link::https(link));
        }
        errors.into_result(())
    }

    /// The links that there are, by their keys.
    pub fn links(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let links = [("policy_uri", &self.policy_uri), ("tos_uri", &self.tos_uri), ("support_uri", &self.support_uri)];
        links.into_iter().filter_map(|(field, link)| Some((field, link.as_deref()?)))
    }

    /// The same with another logo.
    pub fn with_logo<M>(self, logo: Option<M>) -> BrandingSpec<M> {
        let Self { name, accent, policy_uri, tos_uri, support_uri, secured_by, .. } = self;
        BrandingSpec { name, accent, logo, policy_uri, tos_uri, support_uri, secured_by }
    }

    /// The accent colour, where it is one.
    pub fn colour(&self) -> Option<Colour> {
        self.accent.as_deref().and_then(Colour::parse)
    }
}

impl<L: PartialEq> BrandingSpec<L> {
    /// True when nothing is set.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl BrandingSpec {
    /// Reads everything but the logo from a form, with what is wrong.
    ///
    /// A colour field always holds a colour: whether it counts is said by a box, `own_accent`.
    pub fn from_form(form: &FormData) -> (Self, FieldErrors) {
        let spec = Self {
            name: form.trimmed("name").to_owned(),
            accent: form.optional("accent").filter(|_| form.flag("own_accent")).map(|a| a.to_ascii_lowercase()),
            logo: None,
            policy_uri: form.optional("policy_uri"),
            tos_uri: form.optional("tos_uri"),
            support_uri: form.optional("support_uri"),
            secured_by: form.flag("secured_by"),
        };
        let errors = spec.validate().err().unwrap_or_default();
        (spec, errors)
    }

    /// The fields with which a form shows it.
    pub fn to_form(&self) -> FormData {
        let mut form = FormData::default().with("name", &self.name);
        form.push_flag("own_accent", self.accent.is_some());
        for (field, value) in self.links().chain(self.accent.as_deref().map(|accent| ("accent", accent))) {
            form.push(field, value);
        }
        form.push_flag("secured_by", self.secured_by);
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> FormData {
        FormData::default()
            .with("name", " Demo Bank ")
            .with("own_accent", "true")
            .with("accent", "#0B6572")
            .with("policy_uri", "https://demo.example/privacy")
    }

    #[test]
    fn a_form_comes_back_as_it_was_read() {
        let (spec, errors) = BrandingSpec::from_form(&form());
        assert!(errors.is_empty(), "{errors}");
        assert_eq!((spec.name.as_str(), spec.accent.as_deref()), ("Demo Bank", Some("#0b6572")));
        assert_eq!(BrandingSpec::from_form(&spec.to_form()), (spec, FieldErrors::default()));
    }

    #[test]
    fn a_colour_counts_only_with_its_box() {
        let mut form = form();
        form.0.retain(|(name, _)| name != "own_accent");
        assert_eq!(BrandingSpec::from_form(&form).0.accent, None);
    }

    #[test]
    fn links_are_https() {
        for bad in [
            "http://demo.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "//demo.example",
            "https://user@demo.example/",
            "https:///",
            "demo.example",
        ] {
            let (_, errors) = BrandingSpec::from_form(&form().with("support_uri", bad));
            assert_eq!(errors.of("support_uri").map(|p| p.code.as_str()), Some("https"), "{bad}");
        }
    }

    #[test]
    fn nothing_set_is_nothing_written() {
        let none: BrandingSpec = BrandingSpec::default();
        assert_eq!(serde_json::to_string(&none).expect("json"), "{}");
        assert_eq!(serde_json::from_str::<BrandingSpec<LogoFile>>("{}").expect("read"), BrandingSpec::default());
        assert!(serde_json::from_str::<BrandingSpec>("{\"css\":\"x\"}").is_err());
        assert!(serde_json::from_str::<LogoFile>("{\"type\":\"image/svg+xml\",\"base64\":\"\"}").is_err());
    }
}
