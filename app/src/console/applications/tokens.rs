//! What an application's form and the defaults of new applications both ask about tokens.

use leptos::prelude::*;
use model::spec::{AccessTokenFormat, ContentEncryption, Dialect, EncryptionAlg, RefreshTokenUse, SigningAlg};

use crate::console::words::access_token_format;
use crate::form::{LifetimeField, Opt, RadioGroup, SelectField};
use crate::tr;

/// Lifetimes by the name of their field, with their labels.
pub const LIFETIMES: [(&str, &str); 4] = [
    ("access_token_lifetime", "application-access-token-lifetime"),
    ("identity_token_lifetime", "application-identity-token-lifetime"),
    ("refresh_token_idle_lifetime", "application-refresh-idle-lifetime"),
    ("refresh_token_absolute_lifetime", "application-refresh-absolute-lifetime"),
];

/// What an access token is.
#[component]
pub fn FormatField(
    /// How the field's name begins.
    #[prop(optional)]
    prefix: &'static str,
) -> AnyView {
    let formats = AccessTokenFormat::ALL.iter().map(|&format| {
        let words = tr!(&format!("access-token-{}-text", format.as_str()));
        Opt::new(format.as_str(), access_token_format(format)).described(words)
    });
    let name = format!("{prefix}access_token_format");
    view! { <RadioGroup name label=tr!("application-access-token-format") options=formats.collect() /> }.into_any()
}

/// Which provider's tokens the application is written for.
#[component]
pub fn DialectField() -> AnyView {
    let options = Opt::family("dialect", Dialect::ALL.iter().map(|one| one.as_str()));
    let (label, help) = (tr!("application-dialect"), tr!("application-dialect-help"));
    view! { <RadioGroup name="dialect" label help options /> }.into_any()
}

/// How often a refresh token counts.
#[component]
pub fn RefreshUseField() -> AnyView {
    let options = Opt::family("refresh-token", RefreshTokenUse::ALL.iter().map(|one| one.as_str()));
    view! { <RadioGroup name="refresh_token_use" label=tr!("application-refresh-token-use") options /> }.into_any()
}

/// Names of the fields of [`SigningFields`].
pub const SIGNING: [&str; 3] = ["signing_alg", "access_token_signing_alg", "userinfo_signed_response_alg"];

/// What tokens are signed with.
#[component]
pub fn SigningFields() -> AnyView {
    let option = |alg: SigningAlg| {
        let words = tr!(&format!("signing-alg-{}", alg.as_str().to_ascii_lowercase()));
        Opt::new(alg.as_str(), format!("{}: {words}", alg.as_str()))
    };
    let (of_identity, of_access, of_userinfo) = SIGNING.into();
    view! {
        <div class="field-pair">
            <SelectField
                name=of_identity
                label=tr!("application-signing-alg")
                help=tr!("application-signing-alg-help")
                options=SigningAlg::ALL.iter().copied().map(option).collect()
            />
            <SelectField
                name=of_access
                label=tr!("application-access-token-signing-alg")
                help=tr!("application-access-token-signing-alg-help")
                options=SigningAlg::of_keys().map(option).collect()
            />
            <SelectField
                name=of_userinfo
                label=tr!("application-userinfo-alg")
                help=tr!("application-userinfo-alg-help")
                options=SigningAlg::of_keys().map(option).collect()
                none=tr!("application-userinfo-alg-none")
                optional=true
            />
        </div>
    }
    .into_any()
}

/// Names of the fields of [`EncryptionFields`].
pub const ENCRYPTION: [&str; 4] = [
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
];

/// What identity tokens and UserInfo answers are encrypted with.
#[component]
pub fn EncryptionFields() -> AnyView {
    let of_key = || {
        EncryptionAlg::ALL.iter().map(|one| {
            let word = one.as_str().to_ascii_lowercase().replace('+', "-");
            Opt::new(one.as_str(), format!("{}: {}", one.as_str(), tr!(&format!("encryption-alg-{word}"))))
        })
    };
    let of_content = || {
        ContentEncryption::ALL.iter().map(|one| {
            let word = one.as_str().to_ascii_lowercase();
            Opt::new(one.as_str(), format!("{}: {}", one.as_str(), tr!(&format!("content-encryption-{word}"))))
        })
    };
    let [identity_alg, identity_enc, userinfo_alg, userinfo_enc] = ENCRYPTION;
    view! {
        <p class="muted">{tr!("application-encryption-text")}</p>
        <div class="field-pair">
            <SelectField
                name=identity_alg
                label=tr!("application-id-token-encryption")
                help=tr!("application-id-token-encryption-help")
                options=of_key().collect()
                none=tr!("application-encryption-none")
                optional=true
            />
            <SelectField
                name=identity_enc
                label=tr!("application-id-token-content-encryption")
                options=of_content().collect()
            />
        </div>
        <div class="field-pair">
            <SelectField
                name=userinfo_alg
                label=tr!("application-userinfo-encryption")
                help=tr!("application-userinfo-encryption-help")
                options=of_key().collect()
                none=tr!("application-encryption-none")
                optional=true
            />
            <SelectField
                name=userinfo_enc
                label=tr!("application-userinfo-content-encryption")
                options=of_content().collect()
            />
        </div>
    }
    .into_any()
}

/// How long something lasts, by the name of its field, which begins with `prefix`, and its label.
pub fn lifetime(prefix: &str, (name, label): (&str, &str)) -> AnyView {
    let help = tr!(&format!("{label}-help"));
    view! { <LifetimeField name=format!("{prefix}{name}") label=tr!(label) help /> }.into_any()
}
