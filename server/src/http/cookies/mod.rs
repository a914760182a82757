//! Our cookies: their names, how they are read and how they are set (docs/security.md 42).
//!
//! `__Host-`, `Secure`, `HttpOnly`, `SameSite=Lax`, `Path=/`; on a http loopback public URL the same
//! without prefix and `Secure`, since browsers would drop them there. One is for scripts in frames of other
//! sites, and so without `HttpOnly` and `SameSite=None`: the browser state, which opens nothing and which
//! nothing here reads.

mod change;
mod jar;

pub use change::set;
pub use jar::Jar;

/// Most session cookies in one browser: each sign-in beyond it drops the oldest of another subscription.
pub const MAX_SESSIONS: usize = 20;

/// How long a cookie lives.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(pub i64);

/// Names of cookies under this installation's settings.
#[derive(Clone, Copy, Debug)]
pub struct CookieNames {
    secure: bool,
}

/// What every name of ours begins with.
const OURS: &str = "tessera-";
/// RFC 6265bis section 4.1.3.2.
const PREFIX: &str = "__Host-";
/// After [`OURS`]; none can be a slug, which is a DNS label and not a reserved word.
const CONSOLE: &str = "console";
const CONSOLE_SIGN_IN: &str = "console.sign-in";
const NOTICE: &str = "notice";
const LANGUAGE: &str = "reader.language";
/// The slug follows.
const BROWSER_STATE: &str = "state.";

impl CookieNames {
    /// For https, or for http on loopback.
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    fn name(self, last: &str) -> String {
        let prefix = if self.secure { PREFIX } else { "" };
        format!("{prefix}{OURS}{last}")
    }

    /// The sign-in session of a subscription.
    pub fn session(self, slug: &str) -> String {
        self.name(slug)
    }

    /// What scripts can read of the sign-in session of a subscription.
    pub fn browser_state(self, slug: &str) -> String {
        self.name(&format!("{BROWSER_STATE}{slug}"))
    }

    /// The console's session.
    pub fn console(self) -> String {
        self.name(CONSOLE)
    }

    /// An administrator's sign-in on its way.
    pub fn console_sign_in(self) -> String {
        self.name(CONSOLE_SIGN_IN)
    }

    /// A sentence for the next page.
    pub fn notice(self) -> String {
        self.name(NOTICE)
    }

    /// The language that the reader chose.
    pub fn language(self) -> String {
        self.name(LANGUAGE)
    }

    /// The slug, when a name is one of a session cookie.
    fn slug_of(self, name: &str) -> Option<&str> {
        let last = if self.secure { name.strip_prefix(PREFIX)? } else { name }.strip_prefix(OURS)?;
        (![CONSOLE, NOTICE].contains(&last) && !last.contains('.')).then_some(last)
    }
}
