//! Algorithms that others may sign with.

macro_rules! algs {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// An asymmetric signature algorithm. `none` and the symmetric ones are not on the list, so they cannot be
        /// meant (RFC 8725 section 3.1).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Alg { $($(#[$doc])* $variant),+ }

        impl Alg {
            /// Every one, as metadata lists them.
            pub const ALL: [Self; 10] = [$(Self::$variant),+];

            /// The name in a header.
            pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
        }
    };
}

algs! {
    /// RSASSA-PSS with SHA-256.
    Ps256 = "PS256",
    /// RSASSA-PSS with SHA-384.
    Ps384 = "PS384",
    /// RSASSA-PSS with SHA-512.
    Ps512 = "PS512",
    /// ECDSA on P-256.
    Es256 = "ES256",
    /// ECDSA on P-384.
    Es384 = "ES384",
    /// Ed25519, by the name of RFC 9864.
    Ed25519 = "Ed25519",
    /// Ed25519, by the older name of RFC 8037.
    EdDsa = "EdDSA",
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256 = "RS256",
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384 = "RS384",
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512 = "RS512",
}

impl Alg {
    /// Reads the name of a header.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alg| alg.as_str() == name)
    }
}

/// An algorithm whose key is a secret that both sides know (RFC 7518 section 3.2). A type of its own, so that none of
/// them can be taken for one of the others (RFC 8725 section 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MacAlg {
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
}

impl MacAlg {
    /// Every one, as metadata lists them.
    pub const ALL: [Self; 3] = [Self::Hs256, Self::Hs384, Self::Hs512];

    /// The name in a header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    /// Reads the name of a header.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alg| alg.as_str() == name)
    }

    /// RFC 7518 section 3.2: "A key of the same size as the hash output (for instance, 256 bits for "HS256") or larger
    /// MUST be used with this algorithm."
    pub fn takes(self, secret: &[u8]) -> bool {
        let octets = match self {
            Self::Hs256 => 32,
            Self::Hs384 => 48,
            Self::Hs512 => 64,
        };
        secret.len() >= octets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_as_long_as_its_hash() {
        for (alg, octets) in MacAlg::ALL.into_iter().zip([32, 48, 64]) {
            assert!(alg.takes(&vec![b'x'; octets]), "{alg:?}");
            assert!(!alg.takes(&vec![b'x'; octets - 1]), "{alg:?}");
        }
    }
}
