//! `Set-Cookie` headers.

use app::i18n::Locale;
use app::visit::CookieChange;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use oidc::session_state::BrowserState;

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
                let said =
                    |change: &CookieChange| matches!(change, CookieChange::BrowserState { slug: of, .. } if of == slug);
                if !changes.iter().any(said) {
                    follow(headers, names, jar, slug, value.as_deref());
                }
            }
            CookieChange::BrowserState { slug, value } => {
                // Nothing to remove is the usual case where nobody is signed in.
                if value.is_some() || jar.get(&names.browser_state(slug)).is_some() {
                    names.write_for_scripts(headers, &names.browser_state(slug), value.as_deref());
                }
            }
            CookieChange::Language(chosen) => {
                names.write(headers, &names.language(), chosen.map(Locale::tag), Some(CHOICE));
            }
            CookieChange::Console { value } => names.write(headers, &names.console(), value.as_deref(), None),
        }
    }
}

/// A browser that keeps a state of this subscription for scripts keeps that of its session of now.
fn follow(headers: &mut HeaderMap, names: CookieNames, jar: &Jar, slug: &str, session: Option<&str>) {
    let name = names.browser_state(slug);
    if jar.get(&name).is_some() {
        let state = session.map_or_else(BrowserState::nobody, BrowserState::of_cookie);
        names.write_for_scripts(headers, &name, state.value());
    }
}

/// Makes room for one more session, from the oldest on.
fn drop_surplus(headers: &mut HeaderMap, names: CookieNames, jar: &Jar, wanted: &str) {
    let others: Vec<&str> = jar.sessions(names).into_iter().filter(|slug| *slug != wanted).collect();
    let surplus = (others.len() + 1).saturating_sub(MAX_SESSIONS);
    for slug in others.into_iter().take(surplus) {
        names.write(headers, &names.session(slug), None, None);
        follow(headers, names, jar, slug, None);
    }
}

impl CookieNames {
    /// Sets a cookie, or removes it. Without `age` it lives as long as the browser's session.
    pub fn write(self, headers: &mut HeaderMap, name: &str, value: Option<&str>, age: Option<Seconds>) {
        let secure = if self.secure { "; Secure" } else { "" };
        put(headers, name, value, &format!("HttpOnly; SameSite=Lax{secure}"), age);
    }

    /// The same for a cookie that scripts read in a frame of another site. Browsers take `SameSite=None` with
    /// `Secure` only.
    fn write_for_scripts(self, headers: &mut HeaderMap, name: &str, value: Option<&str>) {
        put(headers, name, value, if self.secure { "SameSite=None; Secure" } else { "SameSite=Lax" }, None);
    }
}

fn put(headers: &mut HeaderMap, name: &str, value: Option<&str>, attributes: &str, age: Option<Seconds>) {
    let age = if value.is_some() { age.map(|age| age.0) } else { Some(0) };
    let age = age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let line = format!("{name}={}; Path=/; {attributes}{age}", value.unwrap_or_default());
    // Values are base64 of ours; a name that cannot be sent came from the browser itself.
    if let Ok(line) = HeaderValue::from_str(&line) {
        headers.append(SET_COOKIE, line);
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

    /// Whatever changes the session: see also the test of the flow.
    #[test]
    fn the_browser_state_is_for_scripts_and_follows_the_session() {
        let state =
            |value: Option<&str>| CookieChange::BrowserState { slug: "a".into(), value: value.map(str::to_owned) };
        let expected = "__Host-tessera-state.a=s; Path=/; SameSite=None; Secure";
        assert_eq!(lines(true, "", &[state(Some("s"))]), [expected]);
        assert_eq!(lines(false, "", &[state(Some("s"))]), ["tessera-state.a=s; Path=/; SameSite=Lax"]);
        assert!(lines(true, "", &[state(None)]).is_empty());
        let kept = "__Host-tessera-state.a=s";
        let gone = "__Host-tessera-state.a=; Path=/; SameSite=None; Secure; Max-Age=0";
        assert_eq!(lines(true, kept, &[session("a", None)])[1], gone);
        let new = BrowserState::of_cookie("v").value().expect("a state").to_owned();
        assert!(
            lines(true, kept, &[session("a", Some("v"))])[1].starts_with(&format!("__Host-tessera-state.a={new};"))
        );
        assert_eq!(lines(true, kept, &[state(Some("t")), session("a", Some("v"))]).len(), 2, "once");
        assert_eq!(lines(true, kept, &[session("b", Some("v"))]).len(), 1, "another's stays");
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
