//! An application: an OAuth client.

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{SecretRef, is_false, is_true, yes};
use crate::form::FormData;
use crate::name;
use crate::problem::{FieldErrors, Problem};
use crate::redirect_uri;

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal $(| $alias:literal)*),+ $(,)? } default $default:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text $(, alias = $alias)*)] $variant),+ }
        impl $name {
            /// Every value, in the order a form offers them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name used in files and forms.
            pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// Reads a name used in files and forms.
            pub fn parse(text: &str) -> Option<Self> { Self::ALL.iter().copied().find(|v| v.as_str() == text) }
        }
        impl Default for $name { fn default() -> Self { Self::$default } }
    };
}

choices! {
    /// What kind of program an application is: decides whether it can keep a secret.
    ApplicationType {
        /// A website with a server: keeps a secret.
        Web = "web",
        /// Runs in the browser: public.
        SinglePage = "single-page" | "single_page" | "spa",
        /// Runs on a phone or a desktop: public.
        Native = "native",
        /// Acts for itself, without users: keeps a secret.
        Service = "service",
        /// Has no browser of its own: public.
        Device = "device",
    } default Web
}

impl ApplicationType {
    /// RFC 6749 section 2.1: confidential clients keep a secret.
    pub fn is_confidential(self) -> bool {
        matches!(self, Self::Web | Self::Service)
    }
}

choices! {
    /// Grants an application may use.
    GrantType {
        /// RFC 6749 section 4.1.
        AuthorizationCode = "authorization_code",
        /// RFC 6749 section 6.
        RefreshToken = "refresh_token",
        /// RFC 6749 section 4.4.
        ClientCredentials = "client_credentials",
    } default AuthorizationCode
}

choices! {
    /// What an access token is.
    AccessTokenFormat {
        /// RFC 9068.
        Jwt = "jwt",
        /// An opaque id that the API looks up by introspection.
        Reference = "reference",
    } default Jwt
}

choices! {
    /// The shape of an application's tokens.
    Dialect {
        /// The standards' own.
        Standard = "standard",
    } default Standard
}

choices! {
    /// Algorithm of an application's identity tokens.
    SigningAlg {
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        Rs256 = "RS256",
    } default Rs256
}

choices! {
    /// How far a required claim is enforced.
    Stage {
        /// Not asked for.
        Off = "off",
        /// Asked for before the application receives anything.
        Enforced = "enforced",
    } default Enforced
}

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

/// An application as an administrator writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "keys of the apply file")]
pub struct ApplicationSpec {
    /// Immutable.
    pub client_id: String,
    /// What people read on the way to it.
    pub name: String,
    /// Immutable kind.
    #[serde(rename = "type", default)]
    pub kind: ApplicationType,
    /// In an `apply` file only; never stored here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretRef>,
    /// Where codes may go.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where people may go after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// Origins that may call the token endpoints from a browser.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cors_origins: Vec<String>,
    /// Grants it may use.
    #[serde(default = "default_grants")]
    pub grant_types: Vec<GrantType>,
    /// Identity scopes it may request.
    #[serde(default)]
    pub allowed_identity_scopes: Vec<String>,
    /// API scopes it may request.
    #[serde(default)]
    pub allowed_api_scopes: Vec<String>,
    /// Claims it needs.
    #[serde(default)]
    pub required_claims: Vec<RequiredClaim>,
    /// Users agree before it receives anything.
    #[serde(default)]
    pub require_consent: bool,
    /// PKCE even of a confidential application.
    #[serde(default, skip_serializing_if = "is_false")]
    pub require_pkce: bool,
    /// People may register on the way to it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub allow_registration: bool,
    /// JWT or reference.
    #[serde(default)]
    pub access_token_format: AccessTokenFormat,
    /// Shape of the tokens.
    #[serde(default)]
    pub dialect: Dialect,
    /// The identity token's algorithm.
    #[serde(default)]
    pub signing_alg: SigningAlg,
    /// Scope claims also go into the identity token (else to UserInfo only).
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub claims_in_identity_token: bool,
    /// Seconds.
    #[serde(default = "hour", skip_serializing_if = "is_hour")]
    pub access_token_lifetime: i64,
    /// Seconds.
    #[serde(default = "five_minutes", skip_serializing_if = "is_five_minutes")]
    pub identity_token_lifetime: i64,
    /// Seconds a refresh token lives unused.
    #[serde(default = "fortnight", skip_serializing_if = "is_fortnight")]
    pub refresh_token_idle_lifetime: i64,
    /// Seconds after sign-in when refreshing ends, however often it was done.
    #[serde(default = "quarter", skip_serializing_if = "is_quarter")]
    pub refresh_token_absolute_lifetime: i64,
    /// Seconds in which a retry with a rotated refresh token is honoured.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refresh_grace: i64,
    /// Out of use while true.
    #[serde(default, skip_serializing_if = "is_false")]
    pub disabled: bool,
}

macro_rules! lifetimes {
    ($($value:ident $is:ident $seconds:expr;)+) => { $(
        fn $value() -> i64 { $seconds }
        fn $is(value: &i64) -> bool { *value == $seconds }
    )+ };
}

lifetimes! {
    hour is_hour 3_600;
    five_minutes is_five_minutes 300;
    fortnight is_fortnight 14 * 86_400;
    quarter is_quarter 90 * 86_400;
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

fn default_grants() -> Vec<GrantType> {
    vec![GrantType::AuthorizationCode]
}

impl Default for ApplicationSpec {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            name: String::new(),
            kind: ApplicationType::Web,
            secret: None,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            cors_origins: Vec::new(),
            grant_types: default_grants(),
            allowed_identity_scopes: vec!["openid".to_owned()],
            allowed_api_scopes: Vec::new(),
            required_claims: Vec::new(),
            require_consent: false,
            require_pkce: false,
            allow_registration: true,
            access_token_format: AccessTokenFormat::Jwt,
            dialect: Dialect::Standard,
            signing_alg: SigningAlg::Rs256,
            claims_in_identity_token: true,
            access_token_lifetime: hour(),
            identity_token_lifetime: five_minutes(),
            refresh_token_idle_lifetime: fortnight(),
            refresh_token_absolute_lifetime: quarter(),
            refresh_grace: 0,
            disabled: false,
        }
    }
}

/// Form fields of lifetimes with their bounds, in seconds.
const LIFETIMES: [(&str, i64, i64); 5] = [
    ("access_token_lifetime", 60, 86_400),
    ("identity_token_lifetime", 60, 86_400),
    ("refresh_token_idle_lifetime", 300, 400 * 86_400),
    ("refresh_token_absolute_lifetime", 300, 400 * 86_400),
    ("refresh_grace", 0, 300),
];

impl ApplicationSpec {
    /// Checks everything but whether scopes and claims exist. Field names are those of the form;
    /// the bad line of a list is named in the problem.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("client_id", name::client_id(&self.client_id));
        errors.check("name", name::display_name(&self.name));
        self.validate_uris(&mut errors);
        self.validate_grants(&mut errors);
        for (field, names) in [
            ("allowed_identity_scopes", &self.allowed_identity_scopes),
            ("allowed_api_scopes", &self.allowed_api_scopes),
        ] {
            repeated(&mut errors, field, names.iter());
        }
        repeated(&mut errors, "required_claims", self.required_claims.iter().map(|r| &r.claim));
        for required in &self.required_claims {
            if crate::standard_claims::is_derived(&required.claim) {
                errors.add("required_claims", Problem::new("not-requirable").with("name", &required.claim));
            }
        }
        let values = [
            self.access_token_lifetime,
            self.identity_token_lifetime,
            self.refresh_token_idle_lifetime,
            self.refresh_token_absolute_lifetime,
            self.refresh_grace,
        ];
        for ((field, min, max), value) in LIFETIMES.into_iter().zip(values) {
            if !(min..=max).contains(&value) {
                errors.add(field, Problem::new("between").with("min", min).with("max", max));
            }
        }
        errors.into_result(())
    }

    fn validate_uris(&self, errors: &mut FieldErrors) {
        type Check = fn(&str, ApplicationType) -> Result<(), Problem>;
        let lists: [(&str, &Vec<String>, Check); 3] = [
            ("redirect_uris", &self.redirect_uris, redirect_uri::registrable),
            ("post_logout_redirect_uris", &self.post_logout_redirect_uris, redirect_uri::registrable),
            ("cors_origins", &self.cors_origins, |uri, _| redirect_uri::origin(uri)),
        ];
        for (field, uris, check) in lists {
            repeated(errors, field, uris.iter());
            for uri in uris {
                if let Err(problem) = check(uri, self.kind) {
                    errors.add(field, problem.with("value", uri));
                }
            }
        }
    }

    fn validate_grants(&self, errors: &mut FieldErrors) {
        let has = |grant| self.grant_types.contains(&grant);
        if self.grant_types.is_empty() {
            errors.add("grant_types", Problem::new("required"));
        }
        repeated(errors, "grant_types", self.grant_types.iter().map(|g| g.as_str()));
        if has(GrantType::ClientCredentials) && !self.kind.is_confidential() {
            errors.add("grant_types", Problem::new("grant-needs-secret"));
        }
        if has(GrantType::RefreshToken) && !has(GrantType::AuthorizationCode) {
            errors.add("grant_types", Problem::new("refresh-needs-code"));
        }
        if has(GrantType::AuthorizationCode) && self.redirect_uris.is_empty() {
            errors.add("redirect_uris", Problem::new("required"));
        }
    }

    /// Reads the form of a new or an existing application.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut seconds = [0; 5];
        for (value, (field, _, _)) in seconds.iter_mut().zip(LIFETIMES) {
            let default = Self::default_lifetime(field);
            // A form may leave the lifetimes out: a new application has the defaults.
            let typed = form.get(field).map_or(Ok(default), |t| t.trim().parse().map_err(|_| Problem::new("number")));
            *value = errors.check(field, typed).unwrap_or(default);
        }
        let kind = choice(&mut errors, form, "type", ApplicationType::parse);
        let access_token_format = choice(&mut errors, form, "access_token_format", AccessTokenFormat::parse);
        let dialect = choice(&mut errors, form, "dialect", Dialect::parse);
        let signing_alg = choice(&mut errors, form, "signing_alg", SigningAlg::parse);
        let grants: Option<Vec<GrantType>> = form.all("grant_types").iter().map(|g| GrantType::parse(g)).collect();
        if grants.is_none() {
            errors.add("grant_types", Problem::new("choice"));
        }
        let required =
            form.all("required_claims").into_iter().map(|claim| RequiredClaim { claim, stage: Stage::Enforced });
        let spec = Self {
            client_id: form.trimmed("client_id").to_owned(),
            name: form.trimmed("name").to_owned(),
            kind,
            secret: None,
            redirect_uris: form.lines("redirect_uris"),
            post_logout_redirect_uris: form.lines("post_logout_redirect_uris"),
            cors_origins: form.lines("cors_origins"),
            grant_types: grants.unwrap_or_else(default_grants),
            allowed_identity_scopes: form.all("allowed_identity_scopes"),
            allowed_api_scopes: form.all("allowed_api_scopes"),
            required_claims: required.collect(),
            require_consent: form.flag("require_consent"),
            require_pkce: form.flag("require_pkce"),
            allow_registration: form.flag("allow_registration"),
            access_token_format,
            dialect,
            signing_alg,
            claims_in_identity_token: form.flag("claims_in_identity_token"),
            access_token_lifetime: seconds[0],
            identity_token_lifetime: seconds[1],
            refresh_token_idle_lifetime: seconds[2],
            refresh_token_absolute_lifetime: seconds[3],
            refresh_grace: seconds[4],
            disabled: form.flag("disabled"),
        };
        if let Err(more) = spec.validate() {
            errors.0.extend(more.0);
        }
        errors.into_result(spec)
    }

    fn default_lifetime(field: &str) -> i64 {
        match field {
            "access_token_lifetime" => hour(),
            "identity_token_lifetime" => five_minutes(),
            "refresh_token_idle_lifetime" => fortnight(),
            "refresh_token_absolute_lifetime" => quarter(),
            _ => 0,
        }
    }

    /// The fields with which a form shows this application.
    pub fn to_form(&self) -> FormData {
        let mut form = FormData::default()
            .with("client_id", &self.client_id)
            .with("name", &self.name)
            .with("type", self.kind.as_str())
            .with("redirect_uris", self.redirect_uris.join("\n"))
            .with("post_logout_redirect_uris", self.post_logout_redirect_uris.join("\n"))
            .with("cors_origins", self.cors_origins.join("\n"))
            .with("access_token_format", self.access_token_format.as_str())
            .with("dialect", self.dialect.as_str())
            .with("signing_alg", self.signing_alg.as_str())
            .with("access_token_lifetime", self.access_token_lifetime.to_string())
            .with("identity_token_lifetime", self.identity_token_lifetime.to_string())
            .with("refresh_token_idle_lifetime", self.refresh_token_idle_lifetime.to_string())
            .with("refresh_token_absolute_lifetime", self.refresh_token_absolute_lifetime.to_string())
            .with("refresh_grace", self.refresh_grace.to_string());
        for grant in &self.grant_types {
            form.push("grant_types", grant.as_str());
        }
        for (field, names) in [
            ("allowed_identity_scopes", &self.allowed_identity_scopes),
            ("allowed_api_scopes", &self.allowed_api_scopes),
        ] {
            for name in names {
                form.push(field, name.as_str());
            }
        }
        for required in self.required_claims.iter().filter(|r| r.stage == Stage::Enforced) {
            form.push("required_claims", required.claim.as_str());
        }
        form.push_flag("require_consent", self.require_consent);
        form.push_flag("require_pkce", self.require_pkce);
        form.push_flag("allow_registration", self.allow_registration);
        form.push_flag("claims_in_identity_token", self.claims_in_identity_token);
        form.push_flag("disabled", self.disabled);
        form
    }
}

fn choice<T: Default>(errors: &mut FieldErrors, form: &FormData, field: &str, parse: fn(&str) -> Option<T>) -> T {
    match form.get(field) {
        None => T::default(),
        Some(text) => errors.check(field, parse(text.trim()).ok_or_else(|| Problem::new("choice"))).unwrap_or_default(),
    }
}

fn repeated<S: AsRef<str>>(errors: &mut FieldErrors, field: &str, names: impl Iterator<Item = S>) {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if !seen.insert(name.as_ref().to_owned()) {
            errors.add(field, Problem::new("repeated").with("name", name.as_ref()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn my_app() -> ApplicationSpec {
        ApplicationSpec {
            client_id: "my-app".into(),
            name: "Library website".into(),
            redirect_uris: vec!["https://library.example/callback".into()],
            grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
            required_claims: vec![RequiredClaim { claim: "library_card".into(), stage: Stage::Enforced }],
            ..ApplicationSpec::default()
        }
    }

    #[test]
    fn a_form_survives_the_round_trip() {
        assert_eq!(ApplicationSpec::from_form(&my_app().to_form()), Ok(my_app()));
    }

    #[test]
    fn a_bad_redirect_uri_is_named_with_its_reason() {
        let spec = ApplicationSpec { redirect_uris: vec!["http://library.example/callback".into()], ..my_app() };
        let errors = spec.validate().expect_err("refused");
        let problem = errors.of("redirect_uris").expect("at its field");
        assert_eq!(problem.code, "uri-http");
        assert_eq!(problem.args, vec![("value".to_owned(), "http://library.example/callback".to_owned())]);
    }

    #[test]
    fn grants_fit_the_type() {
        let spec = ApplicationSpec {
            kind: ApplicationType::SinglePage,
            grant_types: vec![GrantType::ClientCredentials],
            ..my_app()
        };
        assert_eq!(
            spec.validate().expect_err("refused").of("grant_types").map(|p| p.code.as_str()),
            Some("grant-needs-secret")
        );
    }

    #[test]
    fn a_required_claim_is_a_name_or_a_stage() {
        let read: Vec<RequiredClaim> = serde_json::from_str(r#"["a", {"claim": "b", "stage": "off"}]"#).expect("reads");
        assert_eq!(read[0].stage, Stage::Enforced);
        assert_eq!(read[1].stage, Stage::Off);
        assert_eq!(serde_json::to_string(&read).expect("writes"), r#"["a",{"claim":"b","stage":"off"}]"#);
    }

    #[test]
    fn derived_claims_cannot_be_required() {
        let spec = ApplicationSpec {
            required_claims: vec![RequiredClaim { claim: "email_verified".into(), stage: Stage::Enforced }],
            ..my_app()
        };
        assert!(spec.validate().expect_err("refused").of("required_claims").is_some());
    }
}
