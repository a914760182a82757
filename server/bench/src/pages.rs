//! Opens the console's pages over a large subscription and prints what each took.

use std::time::Duration;

use anyhow::Context as _;
use server::App;
use server::config::Settings;

use crate::browser::Browser;
use crate::populate::LARGE;
use crate::timing::Timing;

/// Opened before anything counts: the database and this process warm up.
const WARM_UP: usize = 3;
/// What a page may take, and what a search, a preview or a count may (median, in the server).
const PAGE: Duration = Duration::from_millis(20);
const SEARCH: Duration = Duration::from_millis(50);

/// A page to open.
struct Target {
    name: &'static str,
    path: String,
    limit: Duration,
}

/// See the module.
pub async fn run(app: &App, settings: &Settings, rounds: usize) -> anyhow::Result<()> {
    let mut browser = Browser::new(app.router.clone(), settings);
    sign_in(&mut browser).await?;
    let targets = targets(&mut browser).await?;
    println!("{:<44} {:>10} {:>10} {:>8}", "page", "median ms", "p95 ms", "limit");
    let mut over = 0;
    for target in targets {
        let mut runs = Vec::with_capacity(rounds);
        for round in 0..WARM_UP + rounds {
            let reply = browser.get(&target.path).await?.page(&target.path)?;
            if round >= WARM_UP {
                runs.push(reply.took);
            }
        }
        let timing = Timing::of(runs).context("at least one round")?;
        let slow = timing.median > target.limit;
        over += usize::from(slow);
        println!(
            "{:<44} {:>10.2} {:>10.2} {:>8}{}",
            target.name,
            milliseconds(timing.median),
            milliseconds(timing.p95),
            target.limit.as_millis(),
            if slow { "  over" } else { "" },
        );
    }
    println!("{over} over the limit");
    Ok(())
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

async fn sign_in(browser: &mut Browser) -> anyhow::Result<()> {
    browser.open("/console").await?.page("the sign-in page")?;
    let fields = [("username", crate::OWNER), ("password", crate::PASSWORD)];
    let console = browser.submit(&fields).await?.page("/console")?;
    console.between("/console/", "\"").context("signing in to the console").map(drop)
}

/// The pages, with the ids that their lists name.
async fn targets(browser: &mut Browser) -> anyhow::Result<Vec<Target>> {
    let base = format!("/console/{LARGE}");
    let first = async |browser: &mut Browser, list: &str, kind: &str| -> anyhow::Result<String> {
        let path = format!("{base}/{list}");
        let page = browser.get(&path).await?.page(&path)?;
        let prefix = format!("href=\"{base}/{kind}/");
        let hrefs = page.body.match_indices(&prefix).map(|(at, _)| &page.body[at + prefix.len()..]);
        let mut ids = hrefs.filter_map(|rest| rest.split(['"', '/', '?']).next()).filter(|id| *id != "new");
        Ok(format!("{base}/{kind}/{}", ids.next().with_context(|| format!("{path} lists nothing"))?))
    };
    let application = first(browser, "applications", "applications").await?;
    let claim = first(browser, "scopes", "scopes/claims").await?;
    let scope = first(browser, "scopes", "scopes/identity").await?;
    let connection = first(browser, "connections", "connections").await?;
    let user = first(browser, "users", "users").await?;
    let page = |name, path: String| Target { name, path, limit: PAGE };
    let search = |name, path: String| Target { name, path, limit: SEARCH };
    Ok(vec![
        page("subscriptions", "/console".to_owned()),
        search("subscriptions, searched", "/console?q=tenant-09".to_owned()),
        page("overview", base.clone()),
        page("settings", format!("{base}/settings")),
        page("applications", format!("{base}/applications")),
        search("applications, searched", format!("{base}/applications?q=application%2009")),
        page("application, with its token preview", application),
        page("scopes", format!("{base}/scopes")),
        page("claim", claim),
        page("identity scope", scope),
        page("API connections", format!("{base}/connections")),
        page("API connection", connection),
        page("users", format!("{base}/users")),
        search("users, searched by name", format!("{base}/users?q=user05")),
        search("users, searched for nobody", format!("{base}/users?q=zzzz")),
        page("user", user.clone()),
        page("user's sessions", format!("{user}/sessions")),
        page("sessions", format!("{base}/sessions")),
        page("keys", format!("{base}/keys")),
        page("audit log", format!("{base}/audit")),
        search("audit log, searched", format!("{base}/audit?q=ABCD2345")),
    ])
}
