//! Two people on one object: what each of them changed, field by field.
//!
//! An edit form carries the values it was made from ([`BASE`]) beside the version. They only tell who
//! changed what: a forged base amounts to a save that its sender may make anyway. A form without one
//! counts every field that differs as changed by both.

use model::FormData;
use serde_json::Value;

/// Field with the values that an edit form was made from. No claim has a space in its name, so none
/// is called like this field or those of [`choice_field`].
pub const BASE: &str = "made from";
const CHOICE: &str = "keep ";
/// A longer base is not carried; see the module.
const LONGEST_BASE: usize = 48 * 1024;
/// As many values as a form may have fields.
const MAX_VALUES: usize = 2_000;
/// Text areas whose lines are a set, so that two people's additions go together.
const SETS_OF_LINES: [&str; 3] = ["redirect_uris", "post_logout_redirect_uris", "cors_origins"];

/// What came of a save that somebody else was faster than.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// Changed by both, each to something else.
    pub conflicts: Vec<Conflict>,
    /// Fields that only the other one changed.
    pub taken: Vec<String>,
    /// Who saved last, and how many seconds ago.
    pub by: Option<(String, i64)>,
    /// The page as a plain link.
    pub start_over: Option<String>,
}

/// One field that two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Name of the field.
    pub field: String,
    /// As typed.
    pub mine: Vec<String>,
    /// As stored now.
    pub theirs: Vec<String>,
    /// A set: the form shows what both made of it.
    pub together: bool,
}

impl Merge {
    /// The conflict at a field.
    pub fn at(&self, field: &str) -> Option<&Conflict> {
        self.conflicts.iter().find(|conflict| conflict.field == field)
    }
}

/// Mine where I changed something, theirs where only they did; a set that both changed holds what
/// both made of it.
pub fn merge(base: Option<&FormData>, mine: &FormData, theirs: &FormData) -> (FormData, Merge) {
    let (mut data, mut merge) = (FormData::default(), Merge::default());
    for field in names([Some(mine), Some(theirs), base]) {
        let (my, their) = (values(mine, field), values(theirs, field));
        let was = base.map(|base| values(base, field));
        let mut raw = raw(mine, field);
        if my != their && was.as_ref() == Some(&my) {
            raw = self::raw(theirs, field);
            merge.taken.push(field.to_owned());
        } else if my != their && was.as_ref() != Some(&their) {
            let sets = was.and_then(|was| together(field, &was, &my, &their));
            let (mine, theirs) = (raw.clone(), self::raw(theirs, field));
            merge.conflicts.push(Conflict { field: field.to_owned(), mine, theirs, together: sets.is_some() });
            raw = sets.unwrap_or(raw);
        }
        for value in raw {
            data.push(field, value);
        }
    }
    (data, merge)
}

fn names(forms: [Option<&FormData>; 3]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in forms.into_iter().flatten().flat_map(|form| &form.0) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

fn raw(form: &FormData, field: &str) -> Vec<String> {
    form.0.iter().filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
}

/// What a field says, without what browsers do to line breaks; in no order where it repeats.
fn values(form: &FormData, field: &str) -> Vec<String> {
    let mut values: Vec<String> = form.all(field).iter().map(|value| value.replace("\r\n", "\n")).collect();
    // The unticked value in front of a box that is ticked.
    if values.len() > 1 {
        values.retain(|value| value != "false");
    }
    values.sort();
    values
}

/// What both made of a set: without what either took out, with what either put in.
fn together(field: &str, was: &[String], mine: &[String], theirs: &[String]) -> Option<Vec<String>> {
    let lines = SETS_OF_LINES.contains(&field);
    if !lines && [was, mine, theirs].iter().all(|values| values.len() < 2) {
        return None;
    }
    let items = |values: &[String]| -> Vec<String> {
        let each = values.iter().flat_map(|value| if lines { value.lines().collect() } else { vec![value.as_str()] });
        each.map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    };
    let (was, mine, theirs) = (items(was), items(mine), items(theirs));
    let mut both: Vec<String> = theirs.iter().filter(|i| mine.contains(i) || !was.contains(i)).cloned().collect();
    both.extend(mine.into_iter().filter(|item| !was.contains(item) && !theirs.contains(item)));
    Some(if lines { vec![both.join("\n")] } else { both })
}

/// Name of the choice that goes with a field in conflict.
pub fn choice_field(field: &str) -> String {
    format!("{CHOICE}{field}")
}

/// Values as a choice carries them.
pub fn packed(values: &[String]) -> String {
    Value::from(values).to_string()
}

/// The base as the form carries it.
pub fn pack_base(base: &FormData) -> Option<String> {
    serde_json::to_string(base).ok().filter(|text| text.len() <= LONGEST_BASE)
}

/// The base that a form carries.
pub fn base_of(form: &FormData) -> Option<FormData> {
    serde_json::from_str(form.get(BASE)?).ok()
}

/// The form after the choices on it were made: each says what its field shall be. An empty one keeps
/// what the field says.
#[must_use]
pub fn chosen(form: FormData) -> FormData {
    let (choices, fields): (Vec<_>, Vec<_>) = form.0.into_iter().partition(|(name, _)| name.starts_with(CHOICE));
    let mut form = FormData(fields);
    for (name, value) in choices {
        let Ok(values) = serde_json::from_str::<Vec<String>>(&value) else { continue };
        // What a form's own fields cannot hold does not come in through a choice.
        if values.len() > MAX_VALUES || values.iter().any(|value| value.contains('\0')) {
            continue;
        }
        let field = &name[CHOICE.len()..];
        form = form.without(&[field]);
        for value in values {
            form.push(field, value);
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> FormData {
        fields.iter().fold(FormData::default(), |form, (name, value)| form.with(name, *value))
    }

    #[test]
    fn each_keeps_what_only_they_changed() {
        let base = form(&[("name", "Old"), ("help", "h"), ("on", "true")]);
        let mine = form(&[("name", "Old"), ("help", "mine")]);
        let theirs = form(&[("name", "Theirs"), ("help", "h"), ("on", "true")]);
        let (data, merge) = merge(Some(&base), &mine, &theirs);
        assert_eq!((data.get("name"), data.get("help"), data.get("on")), (Some("Theirs"), Some("mine"), None));
        assert_eq!((merge.taken, merge.conflicts), (vec!["name".to_owned()], Vec::new()));
    }

    #[test]
    fn what_both_changed_keeps_mine_beside_theirs() {
        let base = form(&[("name", "Old")]);
        let (data, merge) = merge(Some(&base), &form(&[("name", "Mine")]), &form(&[("name", "Theirs")]));
        assert_eq!(data.get("name"), Some("Mine"));
        let conflict = merge.at("name").expect("a conflict");
        assert_eq!((&conflict.theirs[..], conflict.together), (&["Theirs".to_owned()][..], false));
    }

    #[test]
    fn the_same_change_is_no_conflict() {
        let base = form(&[("a", "1"), ("text", "x")]);
        let mine = form(&[("a", "2"), ("text", "one\r\ntwo ")]);
        let (_, merge) = merge(Some(&base), &mine, &form(&[("a", "2"), ("text", "one\ntwo")]));
        assert_eq!(merge, Merge::default());
    }

    #[test]
    fn additions_to_a_set_go_together_and_removals_count() {
        let base = form(&[("redirect_uris", "https://a\nhttps://b"), ("scopes", "openid"), ("scopes", "email")]);
        let mine = form(&[("redirect_uris", "https://a\r\nhttps://b\r\nhttps://mine"), ("scopes", "openid")]);
        let theirs = form(&[
            ("redirect_uris", "https://b\nhttps://theirs"),
            ("scopes", "openid"),
            ("scopes", "email"),
            ("scopes", "phone"),
        ]);
        let (data, merge) = merge(Some(&base), &mine, &theirs);
        assert_eq!(data.lines("redirect_uris"), ["https://b", "https://theirs", "https://mine"]);
        assert_eq!(data.all("scopes"), ["openid", "phone"]);
        assert!(merge.conflicts.iter().all(|conflict| conflict.together) && merge.conflicts.len() == 2);
    }

    #[test]
    fn without_a_base_every_difference_is_a_question() {
        let (data, merge) = merge(None, &form(&[("a", "mine"), ("b", "same")]), &form(&[("a", "x"), ("b", "same")]));
        assert_eq!((data.get("a"), merge.conflicts.len(), merge.taken.len()), (Some("mine"), 1, 0));
    }

    #[test]
    fn a_choice_is_what_its_field_becomes() {
        let theirs = vec!["b".to_owned(), "c".to_owned()];
        let sent = form(&[("x", "a"), ("y", "1"), ("keep x", &packed(&theirs)), ("keep y", "")]);
        assert_eq!(chosen(sent), form(&[("y", "1"), ("x", "b"), ("x", "c")]));
        let forged = form(&[("x", "a"), ("keep x", "[\"\\u0000\"]"), ("keep y", "{}")]);
        assert_eq!(chosen(forged), form(&[("x", "a")]));
    }
}
