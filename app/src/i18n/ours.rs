//! Names that subscriptions are born with. They are stored in English and can be changed; as long as
//! nobody has, each reader sees them in their own language.

use model::spec::ClaimSpec;

use super::{Locale, locale};

/// What people read as the name of a claim, on the page being rendered.
pub fn claim_title(claim: &ClaimSpec) -> String {
    claim_name(&claim.name, claim.title())
}

/// The same in a language at hand.
pub fn claim_title_in(locale: Locale, claim: &ClaimSpec) -> String {
    in_language(locale, "standard-claim", &claim.name, claim.title())
}

/// The same, of a claim's name and the words that are stored for it.
pub fn claim_name(name: &str, title: &str) -> String {
    in_language(locale(), "standard-claim", name, title)
}

/// What people read as the name of a scope, on the page being rendered.
pub fn scope_title(name: &str, title: &str) -> String {
    in_language(locale(), "standard-scope", name, title)
}

fn in_language(locale: Locale, family: &str, name: &str, title: &str) -> String {
    let message = format!("{family}-{}", name.replace('_', "-"));
    if Locale::En.say(&message, &[]) == title { locale.say(&message, &[]) } else { title.to_owned() }
}

#[cfg(test)]
mod tests {
    use model::preset::ScopePreset;
    use model::standard_claims;

    use super::*;

    /// Else the pages would show what is stored, in English.
    #[test]
    fn what_is_stored_is_what_english_says() {
        for claim in standard_claims::all() {
            let message = format!("standard-claim-{}", claim.name.replace('_', "-"));
            assert_eq!(Locale::En.say(&message, &[]), claim.display_name);
        }
        for scope in ScopePreset::ALL.into_iter().flat_map(ScopePreset::scopes) {
            assert_eq!(Locale::En.say(&format!("standard-scope-{}", scope.name), &[]), scope.display_name);
        }
    }

    #[test]
    fn only_what_nobody_has_changed_is_translated() {
        let said = |name: &str, title: &str| in_language(Locale::PtBr, "standard-claim", name, title);
        assert_eq!(said("given_name", "Given name"), "Nome");
        assert_eq!(said("given_name", "First name"), "First name");
        assert_eq!(said("library_card", "Library card"), "Library card");
        assert_eq!(in_language(Locale::PtBr, "standard-scope", "email", "E-mail address"), "Endereço de e-mail");
    }
}
