//! Fewer than were granted (RFC 9396 section 6).

use serde_json::Value;

use super::{Detail, refused};
use crate::error::OAuthError;

/// Members of section 2.2 that are lists, of which a part may be asked for.
const LISTS: [&str; 4] = ["actions", "locations", "datatypes", "privileges"];

/// What a token request asks for of what was granted; all of it where it says nothing.
///
/// Section 6: "The AS checks whether the underlying grant [...] allows the issuance of an access token with the requested
/// authorization details. Otherwise, the AS refuses the request with the error code `invalid_authorization_details`". What
/// the fields of a type mean only its API knows (section 6.1), so they must be the same; of the lists a part is less. One
/// grant is not asked for twice: two payments are more than one.
///
/// # Errors
/// `invalid_authorization_details`.
pub fn narrow(asked: Option<&[Detail]>, granted: &[Detail]) -> Result<Vec<Detail>, OAuthError> {
    let Some(asked) = asked else { return Ok(granted.to_vec()) };
    let mut taken: Vec<Option<usize>> = vec![None; granted.len()];
    for i in 0..asked.len() {
        if !place(i, asked, granted, &mut taken, &mut vec![false; granted.len()]) {
            return Err(refused(format!("authorization_details[{i}] is more than was granted")));
        }
    }
    Ok(asked.to_vec())
}

/// Finds a grant for one that is asked for, moving others to another of theirs where that is needed.
fn place(i: usize, asked: &[Detail], granted: &[Detail], taken: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for (g, grant) in granted.iter().enumerate() {
        let free = seen.get(g) == Some(&false);
        if !free || !asked.get(i).is_some_and(|one| covers(grant, one)) {
            continue;
        }
        mark(seen, g, true);
        let other = taken.get(g).copied().flatten();
        if other.is_none_or(|other| place(other, asked, granted, taken, seen)) {
            mark(taken, g, Some(i));
            return true;
        }
    }
    false
}

fn mark<T>(list: &mut [T], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

fn covers(granted: &Detail, asked: &Detail) -> bool {
    granted.members().len() == asked.members().len()
        && granted.members().iter().all(|(name, given)| match (asked.members().get(name), given) {
            (Some(Value::Array(part)), Value::Array(all)) if LISTS.contains(&name.as_str()) => {
                !part.is_empty() && part.iter().all(|one| all.contains(one))
            }
            (Some(wanted), given) => wanted == given,
            (None, _) => false,
        })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    const GRANTED: &str = r#"[{ "type": "shelf", "actions": ["read", "write"], "floor": 2 },
        { "type": "shelf", "actions": ["read"], "floor": 2 }, { "type": "loan", "book": "a" }]"#;

    fn asks(asked: &str) -> Result<usize, OAuthError> {
        let (granted, asked) = (parse(GRANTED).expect("good"), parse(asked).expect("good"));
        narrow(Some(&asked), &granted).map(|all| all.len())
    }

    #[test]
    fn nothing_said_is_all_of_it() {
        let granted = parse(GRANTED).expect("good");
        assert_eq!(narrow(None, &granted), Ok(granted));
        assert_eq!(asks("[]"), Ok(0));
        assert_eq!(asks(GRANTED), Ok(3));
    }

    #[test]
    fn less_is_a_part_of_a_list_or_of_the_objects() {
        for good in [
            r#"[{ "type": "loan", "book": "a" }]"#,
            r#"[{ "type": "shelf", "actions": ["write"], "floor": 2 }]"#,
            // The first of these must not take the place that only the second fits.
            r#"[{ "type": "shelf", "actions": ["read"], "floor": 2 }, { "type": "shelf", "actions": ["write"], "floor": 2 }]"#,
        ] {
            assert!(asks(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn everything_else_is_more() {
        for bad in [
            r#"[{ "type": "Loan", "book": "a" }]"#,
            r#"[{ "type": "loan", "book": "b" }]"#,
            r#"[{ "type": "loan" }]"#,
            r#"[{ "type": "loan", "book": "a", "days": 9 }]"#,
            r#"[{ "type": "loan", "book": "a" }, { "type": "loan", "book": "a" }]"#,
            r#"[{ "type": "shelf", "actions": [], "floor": 2 }]"#,
            r#"[{ "type": "shelf", "floor": 2 }]"#,
            r#"[{ "type": "shelf", "actions": ["read", "burn"], "floor": 2 }]"#,
            r#"[{ "type": "shelf", "actions": "read", "floor": 2 }]"#,
        ] {
            assert!(asks(bad).is_err(), "{bad}");
        }
    }
}
