//! The parts of a postal address (OpenID Connect Core section 5.1.1).

/// Members a person fills, in the order a form shows them, each with its autocomplete token of
/// the HTML standard.
pub const PARTS: [(&str, &str); 5] = [
    ("street_address", "street-address"),
    ("locality", "address-level2"),
    ("region", "address-level1"),
    ("postal_code", "postal-code"),
    ("country", "country-name"),
];

/// Form field of a part: `address.locality`.
pub fn field(claim: &str, part: &str) -> String {
    format!("{claim}.{part}")
}
