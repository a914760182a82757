//! Changes that attackers, broken proxies and broken clients make.

use super::dice::Dice;
use super::message::Message;

/// Values that have broken somebody's server.
const ODD: [&str; 40] = [
    "",
    " ",
    "0",
    "-1",
    "1e999",
    "9223372036854775808",
    "99999999999999999999999",
    "null",
    "true",
    "[]",
    "{}",
    "\"",
    "'",
    "\\",
    "%",
    "%00",
    "\0",
    "\r\nset-cookie: x=y",
    "../../etc/passwd",
    "' OR '1'='1",
    "<script>",
    "${7*7}",
    "\u{202e}",
    "\u{feff}",
    "e\u{301}",
    "\u{1f4a9}",
    "javascript:alert(1)",
    "https://evil.example",
    "//evil.example",
    "https://library.example/callback#x",
    "https://library.example@evil.example/callback",
    "a.b.c",
    "eyJhbGciOiJub25lIn0.e30.",
    "{\"id_token\":{\"sub\":{\"value\":1}}}",
    "{\"userinfo\":[[[[[[[[",
    "none",
    "urn:ietf:params:oauth:request_uri:x",
    "openid openid openid",
    "\t",
    "S256",
];

/// Names that some endpoint knows.
const NAMES: [&str; 38] = [
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "grant_type",
    "code",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "scope",
    "token",
    "token_type_hint",
    "device_code",
    "user_code",
    "subject_token",
    "subject_token_type",
    "actor_token",
    "actor_token_type",
    "requested_token_type",
    "audience",
    "resource",
    "response_type",
    "response_mode",
    "state",
    "nonce",
    "display",
    "prompt",
    "max_age",
    "ui_locales",
    "id_token_hint",
    "login_hint",
    "acr_values",
    "claims",
    "request",
    "request_uri",
    "code_challenge_method",
    "dpop_jkt",
    "post_logout_redirect_uri",
];

/// Headers that something reads.
const HEADERS: [&str; 14] = [
    "authorization",
    "dpop",
    "cookie",
    "origin",
    "referer",
    "content-type",
    "accept",
    "accept-language",
    "accept-encoding",
    "x-forwarded-for",
    "forwarded",
    "if-none-match",
    "sec-fetch-site",
    "content-length",
];

/// Put after a path.
const TAILS: [&str; 6] = ["/", "/x", "%00", "%2e%2e", ";a=b", "//"];

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "OPTIONS", "HEAD", "BREW"];

/// One to four changes.
pub fn mutate(message: &mut Message, others: &[Message], dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        match dice.below(14) {
            0..=5 => change_field(message, others, dice),
            6 => add_field(message, dice),
            7 => drop_field(message, dice),
            8 => double_field(message, dice),
            9 => change_header(message, others, dice),
            10 => message.headers.push(((*dice.pick(&HEADERS)).to_owned(), value(dice).into_bytes())),
            11 => message.bent.push((dice.below(4_096), dice.byte())),
            12 if dice.one_in(4) => message.method = METHODS[dice.below(METHODS.len())],
            12 if dice.one_in(2) => message.in_query = !message.in_query,
            _ if dice.one_in(8) => message.path.push_str(TAILS[dice.below(TAILS.len())]),
            _ => change_field(message, others, dice),
        }
    }
}

fn change_field(message: &mut Message, others: &[Message], dice: &mut Dice) {
    if message.fields.is_empty() {
        return add_field(message, dice);
    }
    let at = dice.below(message.fields.len());
    let (name, text) = &mut message.fields[at];
    match dice.below(6) {
        0 => *text = value(dice),
        1 => (*dice.pick(&NAMES)).clone_into(name),
        2 => {
            let other = dice.pick(others);
            if let Some((_, taken)) = other.fields.get(dice.below(other.fields.len().max(1))) {
                text.clone_from(taken);
            }
        }
        3 => *text = text.chars().take(dice.below(text.len() + 1)).collect(),
        4 => text.push_str(&value(dice)),
        _ => *text = bend(text, dice),
    }
}

fn add_field(message: &mut Message, dice: &mut Dice) {
    message.fields.push(((*dice.pick(&NAMES)).to_owned(), value(dice)));
}

fn drop_field(message: &mut Message, dice: &mut Dice) {
    if !message.fields.is_empty() {
        message.fields.remove(dice.below(message.fields.len()));
    }
}

fn double_field(message: &mut Message, dice: &mut Dice) {
    if !message.fields.is_empty() {
        let again = dice.pick(&message.fields).clone();
        message.fields.push(again);
    }
}

fn change_header(message: &mut Message, others: &[Message], dice: &mut Dice) {
    if message.headers.is_empty() {
        return;
    }
    let at = dice.below(message.headers.len());
    match dice.below(4) {
        0 => drop(message.headers.remove(at)),
        1 => message.headers[at].1 = value(dice).into_bytes(),
        2 => {
            let other = dice.pick(others);
            message.headers.extend(other.headers.iter().cloned());
        }
        _ => {
            let text = &mut message.headers[at].1;
            if !text.is_empty() {
                let place = dice.below(text.len());
                text[place] = dice.byte();
            }
        }
    }
}

/// Another character somewhere.
fn bend(text: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if !characters.is_empty() {
        let at = dice.below(characters.len());
        characters[at] = char::from(dice.byte());
    }
    characters.into_iter().collect()
}

/// An odd value, a long one, or noise.
fn value(dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => dice.pick(&["a", "\u{e9}", "[", "{\"a\":", " x"]).repeat(dice.below(3_000)),
        1 => (0..dice.below(64)).map(|_| char::from(dice.byte())).collect(),
        2 => format!("{}.{}.{}", value_of(dice), value_of(dice), value_of(dice)),
        _ => (*dice.pick(&ODD)).to_owned(),
    }
}

/// Something in the alphabet of tokens.
fn value_of(dice: &mut Dice) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    (0..dice.below(40)).map(|_| char::from(*dice.pick(ALPHABET))).collect()
}
