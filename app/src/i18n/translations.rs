//! Every language says all that English says, with the same variables and plurals, and in its own words.
//! A failure lists what to write, by file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use super::Locale;
use super::tests::{regex, root};

/// Names and terms that other languages write in the same way.
const SAME: [&str; 21] = [
    "Claim",
    "Claims",
    "Connect",
    "Console",
    "Editor",
    "Grantid",
    "JSON",
    "JWT",
    "Links",
    "MB",
    "Menu",
    "Next Identity",
    "OpenID Connect",
    "Slug",
    "Tessera",
    "Tokens",
    "UTC",
    "UserInfo",
    "Web",
    "claims",
    "ms",
];

/// A message as it is written.
pub(super) struct Message {
    /// Name of its file.
    file: String,
    /// All that stands after the equals sign, line by line.
    text: String,
}

impl Message {
    /// The first group of every match.
    pub(super) fn matches(&self, pattern: &str) -> BTreeSet<String> {
        regex(pattern).captures_iter(&self.text).map(|captures| captures[1].to_owned()).collect()
    }

    /// What there is in it to translate: all but variables, and marks at either end.
    fn words(&self) -> String {
        let words = regex(r"\{ \$[a-z]+ \}").replace_all(&self.text, "").into_owned();
        words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    }
}

/// Messages of a language by their names.
pub(super) fn messages(locale: Locale) -> BTreeMap<String, Message> {
    let folder = root().join("locales").join(locale.tag());
    let name = regex(r"^([a-z][a-z0-9-]*) = ?(.*)$");
    let mut found: BTreeMap<String, Message> = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("a folder of the language") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut current = String::new();
        for line in fs::read_to_string(&path).expect("readable").lines() {
            if let Some(captures) = name.captures(line) {
                current = captures[1].to_owned();
                let message = Message { file: file.clone(), text: captures[2].to_owned() };
                let former = found.insert(current.clone(), message);
                assert!(former.is_none(), "{}/{file}: {current} is there twice", locale.tag());
            } else if line.starts_with([' ', '}'])
                && let Some(message) = found.get_mut(&current)
            {
                let _ = write!(message.text, "\n{line}");
            } else {
                // What follows an empty line or a comment belongs to no message.
                current.clear();
            }
        }
    }
    found
}

/// The other languages.
fn translations() -> impl Iterator<Item = (Locale, BTreeMap<String, Message>)> {
    Locale::ALL.into_iter().filter(|locale| *locale != Locale::En).map(|locale| (locale, messages(locale)))
}

/// What is wrong, by the file it is to be mended in.
#[derive(Default)]
struct Faults(BTreeMap<String, Vec<String>>);

impl Faults {
    fn add(&mut self, locale: Locale, file: &str, line: String) {
        self.0.entry(format!("app/locales/{}/{file}", locale.tag())).or_default().push(line);
    }

    #[track_caller]
    fn expect_none(self, what: &str) {
        let list = self.0.iter().map(|(file, lines)| format!("\n{file}:\n{}", lines.join("\n")));
        assert!(self.0.is_empty(), "{what}\n{}", list.collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn every_language_has_every_message() {
    let mut faults = Faults::default();
    for (locale, known) in translations() {
        for (name, english) in messages(Locale::En) {
            match known.get(&name) {
                None => faults.add(locale, &english.file, format!("{name} = {}", english.text)),
                Some(message) if message.file != english.file => {
                    faults.add(locale, &message.file, format!("# {name} belongs to {}", english.file));
                }
                Some(_) => {}
            }
        }
    }
    faults.expect_none("missing; to be translated into");
}

#[test]
fn no_language_has_a_message_that_english_has_not() {
    let (mut faults, english) = (Faults::default(), messages(Locale::En));
    for (locale, known) in translations() {
        for (name, message) in known.iter().filter(|(name, _)| !english.contains_key(*name)) {
            faults.add(locale, &message.file, name.clone());
        }
    }
    faults.expect_none("left over; to be removed from");
}

#[test]
fn every_language_puts_the_same_variables_in() {
    let (mut faults, english) = (Faults::default(), messages(Locale::En));
    for (locale, known) in translations() {
        for (name, message) in &known {
            let Some(english) = english.get(name) else { continue };
            let variables = |message: &Message| message.matches(r"\$([a-z]+)");
            if variables(message) != variables(english) {
                let (here, there) = (variables(message), variables(english));
                faults.add(locale, &message.file, format!("{name} has {here:?}, English has {there:?}"));
            }
            let plurals = |message: &Message| message.matches(r"\$([a-z]+) ->");
            if !plurals(english).is_subset(&plurals(message)) {
                faults.add(locale, &message.file, format!("{name} has no plural of {:?}", plurals(english)));
            }
        }
    }
    faults.expect_none("other variables than in English, in");
}

#[test]
fn no_sentence_is_left_in_english() {
    let (mut faults, english) = (Faults::default(), messages(Locale::En));
    for (locale, known) in translations() {
        for (name, message) in &known {
            let same = english.get(name).is_some_and(|english| english.text == message.text);
            let words = message.words();
            if same && words.chars().any(char::is_alphabetic) && !SAME.contains(&words.as_str()) {
                faults.add(locale, &message.file, format!("{name} = {}", message.text));
            }
        }
    }
    faults.expect_none("still in English, or a name that belongs to SAME above, in");
}

/// A message that Fluent cannot read is left out without a word.
#[test]
fn every_message_can_be_said() {
    let mut faults = Faults::default();
    for locale in Locale::ALL {
        for (name, message) in messages(locale) {
            let variables: Vec<(String, String)> =
                message.matches(r"\$([a-z]+)").into_iter().map(|variable| (variable, "2".to_owned())).collect();
            let said = locale.say_text(&name, &variables);
            if said == name || said.contains("{$") {
                faults.add(locale, &message.file, name);
            }
        }
    }
    faults.expect_none("cannot be read by Fluent, in");
}

/// Portuguese counts nought as one, so "one" would be said of nothing.
#[test]
fn nought_is_never_said_to_be_one() {
    let said = |applications: i64| {
        let args = [("applications", applications.into()), ("count", 0.into()), ("users", "0".into())];
        Locale::PtBr.say("subscription-delete-text", &args)
    };
    assert!(said(0).contains("nenhuma aplicação, nenhum usuário"), "{}", said(0));
    assert!(said(1).contains("uma aplicação"), "{}", said(1));
    assert!(said(1_204).contains("1.204 aplicações"), "{}", said(1_204));
}
