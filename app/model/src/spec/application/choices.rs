//! The closed lists that an application chooses from.

use serde::{Deserialize, Serialize};

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
    /// True where people may sign in on another screen (RFC 8628): not for what runs in a browser, where they
    /// can sign in at once, nor for what has no people.
    pub fn may_be_device(self) -> bool {
        !matches!(self, Self::SinglePage | Self::Service)
    }

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
        /// RFC 8693.
        TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange" | "token_exchange",
        /// RFC 8628 section 3.4.
        DeviceCode = "urn:ietf:params:oauth:grant-type:device_code" | "device_code",
        /// RFC 6749 section 4.3.
        Password = "password",
        /// RFC 7523 section 2.1.
        JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer" | "jwt_bearer",
        /// OpenID Connect CIBA section 10.1.
        Ciba = "urn:openid:params:grant-type:ciba" | "ciba",
    } default AuthorizationCode
}

impl GrantType {
    /// The name that messages are found by: the last word of a URN.
    pub fn word(self) -> &'static str {
        match self {
            Self::TokenExchange => "token_exchange",
            Self::DeviceCode => "device_code",
            Self::JwtBearer => "jwt_bearer",
            Self::Ciba => "ciba",
            _ => self.as_str(),
        }
    }

    /// True for a grant by which people sign in.
    pub fn has_people(self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::DeviceCode | Self::Password | Self::Ciba)
    }
}

choices! {
    /// What an authorization request may ask to be answered with (OAuth 2.0 Multiple Response Type Encoding Practices,
    /// OpenID Connect Core section 3).
    ResponseType {
        /// A code that the token endpoint redeems.
        Code = "code",
        /// A code, and an identity token that vouches for it.
        CodeIdToken = "code id_token",
        /// A code, and an access token.
        CodeToken = "code token",
        /// All three.
        CodeIdTokenToken = "code id_token token",
        /// An identity token only.
        IdToken = "id_token",
        /// An identity token and an access token.
        IdTokenToken = "id_token token",
    } default Code
}

impl ResponseType {
    /// Reads the parameter of a request. RFC 6749 section 3.1.1: "the order of values does not matter".
    pub fn read(text: &str) -> Option<Self> {
        let words = |text: &str| {
            let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let asked = words(text);
        Self::ALL.iter().copied().find(|known| words(known.as_str()) == asked)
    }

    fn has(self, word: &str) -> bool {
        self.as_str().split(' ').any(|one| one == word)
    }

    /// True where the answer holds a code.
    pub fn has_code(self) -> bool {
        self.has("code")
    }

    /// True where the answer itself holds an identity token.
    pub fn has_identity_token(self) -> bool {
        self.has("id_token")
    }

    /// True where the answer itself holds an access token.
    pub fn has_access_token(self) -> bool {
        self.has("token")
    }

    /// True where tokens go by way of the browser.
    pub fn is_front(self) -> bool {
        self != Self::Code
    }
}

choices! {
    /// How an application that can keep a secret proves at the token endpoint who it is.
    ClientAuthentication {
        /// By its secret, in the header or in the body (RFC 6749 section 2.3.1).
        Secret = "client_secret",
        /// By a signature with its secret, which stays where it is (RFC 7523 section 2.2, OpenID Connect Core section 9).
        SecretJwt = "client_secret_jwt",
        /// By a signature with its own private key (RFC 7523 section 2.2, OpenID Connect Core section 9).
        PrivateKeyJwt = "private_key_jwt",
        /// By a certificate of its connection, which an authority vouches for (RFC 8705 section 2.1).
        TlsClientAuth = "tls_client_auth",
        /// By a certificate of its connection, which is among its registered keys (RFC 8705 section 2.2).
        SelfSignedTls = "self_signed_tls_client_auth",
    } default Secret
}

impl ClientAuthentication {
    /// True where a secret is what it proves itself with.
    pub fn by_secret(self) -> bool {
        matches!(self, Self::Secret | Self::SecretJwt)
    }

    /// True where the certificate of its connection is.
    pub fn by_certificate(self) -> bool {
        matches!(self, Self::TlsClientAuth | Self::SelfSignedTls)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    pub(super) fn is_secret(&self) -> bool {
        *self == Self::Secret
    }
}

choices! {
    /// What a user is called towards an application (OpenID Connect Core section 8).
    SubjectType {
        /// The same towards all.
        Public = "public",
        /// Another name in each sector, so that two of them cannot compare whom they know.
        Pairwise = "pairwise",
    } default Public
}

impl SubjectType {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    pub(super) fn is_public(&self) -> bool {
        *self == Self::Public
    }
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
        /// Grantid's, which is Code 100 ID's.
        Grantid = "grantid",
        /// Connect's.
        Connect = "connect",
        /// Next Identity's.
        Next = "next",
    } default Standard
}

impl Dialect {
    /// What an access token is, where the dialect leaves no choice.
    pub fn fixed_format(self) -> Option<AccessTokenFormat> {
        match self {
            Self::Standard | Self::Grantid => None,
            Self::Connect => Some(AccessTokenFormat::Jwt),
            Self::Next => Some(AccessTokenFormat::Reference),
        }
    }

    /// Seconds that an access token lives when nobody says how long.
    pub fn usual_access_token_lifetime(self) -> i64 {
        match self {
            Self::Standard | Self::Connect | Self::Next => 3_600,
            Self::Grantid => 3_000,
        }
    }

    /// True where the application's secret is the key of all its tokens: whoever holds it can make some.
    pub(super) fn signs_with_secret(self) -> bool {
        self == Self::Connect
    }
}

choices! {
    /// Rules that an application has agreed with others to keep, beyond what everybody must.
    SecurityProfile {
        /// None but the usual ones (RFC 9700).
        Usual = "usual",
        /// FAPI 2.0 Security Profile.
        Fapi2 = "fapi2",
    } default Usual
}

impl SecurityProfile {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::Usual
    }
}

choices! {
    /// How often a refresh token counts (RFC 9700 section 4.14).
    RefreshTokenUse {
        /// Once: each use gives the next one.
        Rotating = "rotating",
        /// Until it ends: whoever uses it proves to be the one it was issued to.
        Reusable = "reusable",
    } default Rotating
}

impl RefreshTokenUse {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    pub(super) fn is_rotating(&self) -> bool {
        *self == Self::Rotating
    }
}

choices! {
    /// What tokens are signed with (RFC 7518 section 3.1, RFC 8037).
    SigningAlg {
        /// RSASSA-PKCS1-v1_5 with SHA-256: what every client knows.
        Rs256 = "RS256",
        /// RSASSA-PKCS1-v1_5 with SHA-384.
        Rs384 = "RS384",
        /// RSASSA-PKCS1-v1_5 with SHA-512.
        Rs512 = "RS512",
        /// RSASSA-PSS with SHA-256.
        Ps256 = "PS256",
        /// ECDSA on P-256.
        Es256 = "ES256",
        /// ECDSA on P-384.
        Es384 = "ES384",
        /// Ed25519.
        EdDsa = "EdDSA",
        /// HMAC with SHA-256: the application's secret is the key.
        Hs256 = "HS256",
    } default Rs256
}

impl SigningAlg {
    /// True where the application's secret is the key, so that whoever holds it can sign, too.
    pub fn is_by_secret(self) -> bool {
        self == Self::Hs256
    }

    /// Those whose keys belong to the subscription.
    pub fn of_keys() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|alg| !alg.is_by_secret())
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

choices! {
    /// How the key of an encrypted token reaches the application (RFC 7518 section 4).
    EncryptionAlg {
        /// RSAES OAEP with SHA-256 and MGF1 with SHA-256, with the application's public key.
        RsaOaep256 = "RSA-OAEP-256",
        /// Agreed upon by ECDH with the application's public key: nothing is sent.
        EcdhEs = "ECDH-ES",
        /// Wrapped with a key that is agreed upon in this way.
        EcdhEsA256Kw = "ECDH-ES+A256KW",
        /// Wrapped with the application's secret.
        A256Kw = "A256KW",
    } default RsaOaep256
}

impl EncryptionAlg {
    /// True where the application's secret is the key.
    pub fn is_by_secret(self) -> bool {
        self == Self::A256Kw
    }
}

choices! {
    /// What the content of an encrypted token is encrypted with (RFC 7518 section 5).
    ContentEncryption {
        /// AES in CBC mode with HMAC: what OpenID Connect has for a default.
        A128CbcHs256 = "A128CBC-HS256",
        /// AES in GCM with 128 bits.
        A128Gcm = "A128GCM",
        /// AES in GCM with 256 bits.
        A256Gcm = "A256GCM",
    } default A128CbcHs256
}

impl ContentEncryption {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

choices! {
    /// How far a required claim is enforced.
    Stage {
        /// Nothing is asked or counted.
        Off = "off",
        /// Nobody is asked; the console counts who has a value.
        Report = "report",
        /// Asked for, and may be skipped through a day; enforced from the next.
        Skippable = "skippable",
        /// Asked for before the application receives anything.
        Enforced = "enforced",
    } default Enforced
}
