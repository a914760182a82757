//! Opens the console's pages over a large subscription and prints what each took.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use server::App;
use server::config::Settings;

use crate::browser::{Browser, Reply};
use crate::fields::Fields;
use crate::populate::LARGE;
use crate::timing::Timing;
use crate::tour::Tour;

/// Opened before anything counts: the database and this process warm up.
const WARM_UP: usize = 3;
/// What a page may take, and what a search, a preview or a count may (median, in the server).
const PAGE: Duration = Duration::from_millis(20);
const SEARCH: Duration = Duration::from_millis(50);

/// Something to ask for.
struct Target {
    name: String,
    path: String,
    /// Posted; nothing of it is saved.
    form: Option<Fields>,
    limit: Duration,
}

impl Target {
    fn page(path: &str, name: &str) -> Self {
        Self { name: name.to_owned(), path: path.to_owned(), form: None, limit: PAGE }
    }

    fn search(path: String, name: &str) -> Self {
        Self { path, limit: SEARCH, ..Self::page("", name) }
    }

    async fn ask(&self, browser: &mut Browser) -> anyhow::Result<Reply> {
        let reply = match &self.form {
            None => browser.get(&self.path).await?,
            Some(form) => browser.post(&self.path, &form.pairs()).await?,
        };
        reply.page(&self.path)
    }
}

/// See the module.
pub async fn run(app: &App, settings: &Settings, rounds: usize, only: &str) -> anyhow::Result<()> {
    // What each node does every minute.
    let begun = Instant::now();
    service::housekeeping::run_once(&app.ctx).await?;
    println!("housekeeping, in the background: {:.0} ms", milliseconds(begun.elapsed()));
    let mut browser = Browser::new(app.router.clone(), settings);
    sign_in(&mut browser).await?;
    let tour = Tour::take(&mut browser).await?;
    println!("{:<60} {:>10} {:>10} {:>8}", "page", "median ms", "p95 ms", "limit");
    let mut over = 0;
    for target in targets(&mut browser, &tour).await?.into_iter().filter(|target| target.name.contains(only)) {
        let mut runs = Vec::with_capacity(rounds);
        for round in 0..WARM_UP + rounds {
            let reply = target.ask(&mut browser).await?;
            if round >= WARM_UP {
                runs.push(reply.took);
            }
        }
        let timing = Timing::of(runs).context("at least one round")?;
        let slow = timing.median > target.limit;
        over += usize::from(slow);
        println!(
            "{:<60} {:>10.2} {:>10.2} {:>8}{}",
            target.name,
            milliseconds(timing.median),
            milliseconds(timing.p95),
            target.limit.as_millis(),
            if slow { "  over" } else { "" },
        );
    }
    println!("{over} over the limit");
    println!("not opened, because the database has nothing to show there: {}", tour.missed.join(" "));
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

/// Every page once; and searches, previews and what a change would do.
async fn targets(browser: &mut Browser, tour: &Tour) -> anyhow::Result<Vec<Target>> {
    let base = format!("/console/{LARGE}");
    let mut targets: Vec<Target> = tour.found.iter().map(|(pattern, path)| Target::page(path, pattern)).collect();
    let busiest = tour.at("/console/{slug}/applications/{id}")?.to_owned();
    let busiest_id = busiest.rsplit('/').next().unwrap_or_default();
    for (name, path) in [
        ("search: subscriptions", "/console?q=tenant-09".to_owned()),
        ("search: everywhere", "/console/search?q=application".to_owned()),
        ("search: applications", format!("{base}/applications?q=application%2009")),
        ("search: users by name", format!("{base}/users?q=user05")),
        ("search: users, nobody", format!("{base}/users?q=zzzz")),
        ("search: within the subscription", format!("{base}/search?q=ana")),
        ("search: sessions", format!("{base}/sessions?q=user05")),
        ("search: audit log, a reference", format!("{base}/audit?q=ABCD2345")),
        ("search: audit log, a name", format!("{base}/audit?q=user00")),
        ("search: audit log, sign-ins", format!("{base}/audit?action=sign_in")),
        ("search: audit log, what never happened", format!("{base}/audit?action=session_ended")),
        ("search: audit log, of the busiest application", format!("{base}/audit?object={busiest_id}")),
    ] {
        targets.push(Target::search(path, name));
    }
    // A moment at which all of it stands.
    targets.push(Target::page(&format!("{base}/history?at=2999-01-01T00:00"), "/console/{slug}/history?at="));
    let exact = format!("{base}/applications?q=application-0001");
    let page = browser.get(&exact).await?.page(&exact)?;
    let before = format!("\"{base}/applications/");
    let ids = page.body.split(&before).skip(1).filter_map(|rest| rest.split('"').next());
    let counted = ids.filter(|id| *id != "new").map(|id| format!("{base}/applications/{id}")).next();
    let counted = counted.with_context(|| format!("{exact} lists nothing"))?;
    let claim = tour.at("/console/{slug}/scopes/claims/{id}")?;
    let identity = tour.at("/console/{slug}/scopes/identity/{id}")?;
    let api = tour.at("/console/{slug}/connections/{id}/scopes/{scope}")?;
    for (name, path, change) in [
        ("preview: application of all, one required claim more", busiest.as_str(), Change::Require),
        ("preview: application of all, fewer scopes", &busiest, Change::Forbid),
        ("preview: application of 10,000, the same form", &counted, Change::Nothing),
        ("preview: application of 10,000, one required claim more", &counted, Change::Require),
        ("preview: application of 10,000, fewer scopes", &counted, Change::Forbid),
        ("preview: claim", claim, Change::Nothing),
        ("preview: identity scope", identity, Change::Nothing),
        ("preview: API scope", api, Change::Nothing),
    ] {
        targets.push(preview(browser, name, path, change).await?);
    }
    Ok(targets)
}

/// What a form has otherwise than what is saved.
#[derive(Clone, Copy)]
enum Change {
    Nothing,
    /// One more claim is required.
    Require,
    /// Only one identity scope is left.
    Forbid,
}

/// The token preview of the page's form, with what saving it would do.
async fn preview(browser: &mut Browser, name: &str, path: &str, change: Change) -> anyhow::Result<Target> {
    let page = browser.get(path).await?.page(path)?;
    let form = Fields::of(&page.body).set("do", "preview").set("preview_login", "user0000001");
    let form = match change {
        Change::Nothing => form,
        Change::Require => form.tick("required_claims", "name"),
        Change::Forbid => form.set("allowed_identity_scopes", "openid"),
    };
    Ok(Target { form: Some(form), ..Target::search(path.to_owned(), name) })
}
