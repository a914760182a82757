//! `Set-Cookie` headers.

use app::i18n::Locale;
use app::visit::CookieChange;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use super::{CookieNames, Jar, MAX_SESSIONS, Seconds};

/// A reader's choice is kept for a year.
const CHOICE: Seconds = Seconds(365 * 86_400);

/// Writes the changes that a page asks for. `jar` is what the browser has.
pub fn set(headers: &mut HeaderMap, names: CookieNames, jar: &Jar, changes: &[CookieChange]) {
    for change in changes {
        match change {
            CookieChange::Session { slug, value } => {
                if value.is_some() {
                    drop_surplus(headers, names, jar, slug);
                }
                names.write(headers, &names.session(slug), value.as_deref(), None);
            }
            CookieChange::Language(chosen) => {
                names.write(headers, &names.language(), chosen.map(Locale::tag), Some(CHOICE));
            }
            CookieChange::Console { value } => names.write(headers, &names.console(), value.as_deref(), None),
        }
    }
}

/// Makes room for one more session, from the oldest on.
fn drop_surplus(headers: &mut HeaderMap, names: CookieNames, jar: &Jar, wanted: &str) {
    let others: Vec<&str> = jar.sessions(names).into_iter().filter(|slug| *slug != wanted).collect();
    let surplus = (others.len() + 1).saturating_sub(MAX_SESSIONS);
    for slug in others.into_iter().take(surplus) {
        names.write(headers, &names.session(slug), None, None);
    }
}

impl CookieNames {
    /// Sets a cookie, or removes it. Without `age` it lives as long as the browser's session.
    pub fn write(self, headers: &mut HeaderMap, name: &str, value: Option<&str>, age: Option<Seconds>) {
        let age = if value.is_some() { age.map(|age| age.0) } else { Some(0) };
        let age = age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
        let secure = if self.secure { "; Secure" } else { "" };
        let line = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", value.unwrap_or_default());
        // Values are base64 of ours; a name that cannot be sent came from the browser itself.
        if let Ok(line) = HeaderValue::from_str(&line) {
            headers.append(SET_COOKIE, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(secure: bool, cookies: &str, changes: &[CookieChange]) -> Vec<String> {
        let mut asked = HeaderMap::new();
        asked.insert("cookie", HeaderValue::from_str(cookies).expect("cookies"));
        let mut headers = HeaderMap::new();
        set(&mut headers, CookieNames::new(secure), &Jar::read(&asked), changes);
        headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().expect("ASCII").to_owned()).collect()
    }

    fn session(slug: &str, value: Option<&str>) -> CookieChange {
        CookieChange::Session { slug: slug.to_owned(), value: value.map(str::to_owned) }
    }

    #[test]
    fn a_session_cookie_is_the_hosts_alone() {
        let expected = "__Host-tessera-a=v; Path=/; HttpOnly; SameSite=Lax; Secure";
        assert_eq!(lines(true, "", &[session("a", Some("v"))]), [expected]);
    }

    #[test]
    fn on_loopback_without_tls_prefix_and_secure_are_left_out() {
        assert_eq!(lines(false, "", &[session("a", Some("v"))]), ["tessera-a=v; Path=/; HttpOnly; SameSite=Lax"]);
        assert_eq!(lines(false, "", &[session("a", None)]), ["tessera-a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"]);
    }

    #[test]
    fn a_chosen_language_is_kept_for_a_year_and_says_nothing_else() {
        let expected = "__Host-tessera-reader.language=pt-BR; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000";
        assert_eq!(lines(true, "", &[CookieChange::Language(Some(Locale::PtBr))]), [expected]);
        let gone = "tessera-reader.language=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0";
        assert_eq!(lines(false, "", &[CookieChange::Language(None)]), [gone]);
    }

    #[test]
    fn the_twenty_first_session_drops_the_oldest() {
        let many: Vec<String> = (0..21).map(|n| format!("__Host-tessera-t{n}=v")).collect();
        let lines = lines(true, &many.join("; "), &[session("t5", Some("w"))]);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("__Host-tessera-t0=;") && lines[0].ends_with("Max-Age=0"));
        assert!(lines[1].starts_with("__Host-tessera-t5=w;"));
    }
}
