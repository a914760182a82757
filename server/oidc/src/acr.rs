//! Authentication context classes (OpenID Connect Core section 2, RFC 9470): how well somebody signed in, by the methods
//! of the sign-in.

/// A password over a protected connection, as SAML 2.0 Authentication Context section 3.4.21 has it.
pub const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

/// Every class that a sign-in here can have, as metadata lists them.
pub const SUPPORTED: [&str; 1] = [PASSWORD];

/// The class of a sign-in by these methods (RFC 8176); none for methods that say nothing of it.
pub fn of(amr: &[String]) -> Option<&'static str> {
    (amr == ["pwd"]).then_some(PASSWORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_methods_make_the_class() {
        assert_eq!(of(&["pwd".to_owned()]), Some(PASSWORD));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["fed".to_owned()]), None);
        assert!(SUPPORTED.contains(&PASSWORD));
    }
}
