//! How the installation is, at a glance.

use std::time::Duration;

use leptos::prelude::*;
use service::console::KeyAge;
use service::console::health::{self, HealthView};

use crate::components::{Icon, Moment};
use crate::console::{Sheet, Way};
use crate::list::escape;
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// Seconds without a round of cleaning after which something is amiss: it is done every minute.
const LATE: i64 = 300;

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let found = health::get(&visit.ctx, &visit.actor()?).await?;
    let sheet = Sheet::new(&visit, say!(visit.locale, "nav-health"))
        .at(Way::Health)
        .lead(say!(visit.locale, "health-lead"))
        .also(true, "/console/health", say!(visit.locale, "health-again"), "refresh-cw");
    Ok(sheet.answer(move || {
        view! {
            <Database view=found.clone() />
            <Server view=found.clone() />
            <Keys keys=found.keys />
        }
    }))
}

/// A name, what was found, and whether that is as it should be.
fn row(name: String, value: AnyView, trouble: Option<String>) -> AnyView {
    let mark = match trouble {
        None => view! {
            <span class="badge badge-soft badge-success">
                <Icon name="circle-check" />
                {tr!("health-good")}
            </span>
        }
        .into_any(),
        Some(text) => view! {
            <span class="badge badge-soft badge-warning">
                <Icon name="triangle-alert" />
                {tr!("health-bad")}
            </span>
            <p>{text}</p>
        }
        .into_any(),
    };
    view! {
        <dt>{name}</dt>
        <dd>{value} " " {mark}</dd>
    }
    .into_any()
}

#[component]
fn Database(view: HealthView) -> AnyView {
    let database = view.database;
    let schema = match database.schema.cmp(&database.known_schema) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(tr!("health-schema-newer")),
        std::cmp::Ordering::Less => Some(tr!("health-schema-older")),
    };
    let trip = tr!("health-milliseconds", number = milliseconds(view.round_trip));
    let slow = (view.round_trip > Duration::from_millis(250)).then(|| tr!("health-slow"));
    let size = database.size.map(|size| {
        view! {
            <dt>{tr!("health-size")}</dt>
            <dd>{tr!("health-megabytes", number = megabytes(size))}</dd>
        }
    });
    view! {
        <section class="card stack" aria-labelledby="health-database">
            <h2 id="health-database">{tr!("health-database")}</h2>
            <dl class="kv kv-wide">
                {row(tr!("health-engine"), database.engine.into_any(), None)}
                {row(tr!("health-round-trip"), trip.into_any(), slow)}
                {row(tr!("health-schema"), database.schema.into_any(), schema)}
                {size}
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Server(view: HealthView) -> AnyView {
    let configuration = match view.configuration {
        None => tr!("health-not-yet"),
        Some(age) => tr!("health-ago", count = age.as_secs()),
    };
    let (cleaned, late) = match view.housekeeping {
        None => (tr!("health-not-yet").into_any(), None),
        Some(at) => {
            let late = (at + LATE < view.now).then(|| tr!("health-cleaning-late"));
            (view! { <Moment at /> }.into_any(), late)
        }
    };
    let (folder, unwritable) = if view.data_dir_writable {
        (tr!("health-folder-writable"), None)
    } else {
        (tr!("health-folder-not-writable"), Some(tr!("health-folder-mend")))
    };
    view! {
        <section class="card stack" aria-labelledby="health-server">
            <h2 id="health-server">{tr!("health-server")}</h2>
            <dl class="kv kv-wide">
                <dt>{tr!("about-version")}</dt>
                <dd>{view.version}</dd>
                <dt>{tr!("health-public-url")}</dt>
                <dd class="id">{view.public_url}</dd>
                <dt>{tr!("health-issuer")}</dt>
                <dd class="id">{view.issuer}</dd>
                <dt>{tr!("health-configuration")}</dt>
                <dd>{configuration}</dd>
                {row(tr!("health-cleaning"), cleaned, late)}
                {row(tr!("health-folder"), folder.into_any(), unwritable)}
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Keys(keys: Vec<KeyAge>) -> AnyView {
    let body = if keys.is_empty() {
        view! { <p>{tr!("health-keys-good")}</p> }.into_any()
    } else {
        let lines = keys.into_iter().map(|key| {
            let to = format!("/console/{}/keys", escape(&key.slug));
            let (text, at) = key_words(&key);
            view! {
                <li>
                    <a href=to>{key.slug}</a>
                    " · "
                    {text}
                    " "
                    <Moment at />
                </li>
            }
        });
        view! { <ul class="plain-list">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="health-keys">
            <h2 id="health-keys">{tr!("health-keys")}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What is told of a key, and the moment that belongs to it.
pub fn key_words(key: &KeyAge) -> (String, i64) {
    match key.ends_at {
        Some(at) => (tr!("attention-key-ends", alg = key.alg.clone()), at),
        None => (tr!("attention-key-old", alg = key.alg.clone()), key.since),
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

/// With one figure behind the point.
fn megabytes(bytes: i64) -> String {
    format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_have_one_figure_behind_the_point() {
        assert_eq!(super::megabytes(12_345_678), "12.3");
        assert_eq!(super::megabytes(99_999), "0.0");
    }
}
