//! What happens in a subscription, as charts with the figures behind them.

use leptos::prelude::*;
use service::console::overview::Bar;

use crate::components::{BarChart, Table, date, utc};
use crate::i18n::locale;
use crate::tr;

/// What is shown of each hour or day: message of its name, class of its chart, and the count.
type Series = (&'static str, &'static str, fn(&Bar) -> i64);

const SERIES: [Series; 3] = [
    ("activity-sign-ins", "", |bar| bar.counts.sign_ins),
    ("activity-tokens", "", |bar| bar.counts.tokens),
    ("activity-failures", "chart-failures", |bar| bar.counts.failures),
];

/// The last day by the hour, and the last month by the day.
#[component]
pub fn Activity(
    /// The last 24 hours.
    hours: Vec<Bar>,
    /// The last 30 days.
    days: Vec<Bar>,
) -> AnyView {
    view! {
        <div class="grid-charts">
            {span("day", tr!("activity-day"), tr!("activity-hour-starts"), &hours, |bar| utc(bar.starts_at))}
            {span("month", tr!("activity-month"), tr!("activity-day-starts"), &days, |bar| date(bar.starts_at))}
        </div>
    }
    .into_any()
}

fn span(id: &'static str, heading: String, starts: String, bars: &[Bar], when: fn(&Bar) -> String) -> AnyView {
    let (heading_id, labelled_by) = (format!("activity-{id}"), format!("activity-{id}"));
    let charts = SERIES.iter().enumerate().map(|(n, (name, tone, count))| {
        let name = tr!(name);
        let all: i64 = bars.iter().map(count).sum();
        let description = match bars.iter().max_by_key(|bar| count(bar)).filter(|_| all > 0) {
            None => tr!("activity-none"),
            Some(most) => tr!("activity-most", count = all, most = count(most), at = when(most)),
        };
        let drawn = bars.iter().map(|bar| (tr!("activity-bar", at = when(bar), count = count(bar)), count(bar)));
        let title = tr!("activity-chart", name = name.clone(), span = heading.clone());
        view! {
            <div class="chart-row">
                <p class="chart-name">{name}</p>
                <p class="chart-count tabular">{locale().number(all)}</p>
                <BarChart id=format!("chart-{id}-{n}") title description bars=drawn.collect() tone=*tone />
            </div>
        }
    });
    let charts = charts.collect::<Vec<_>>();
    let rows = bars.iter().rev().map(|bar| {
        let cells = SERIES.iter().map(|(_, _, count)| view! { <td class="num">{locale().number(count(bar))}</td> });
        view! {
            <tr>
                <th scope="row">{when(bar)}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [starts].into_iter().chain(SERIES.iter().map(|(name, ..)| tr!(name))).collect();
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <h2 id=heading_id>{heading.clone()}</h2>
            {charts}
            <details class="more">
                <summary>{tr!("activity-figures")}</summary>
                <Table label=heading columns>
                    {rows}
                </Table>
            </details>
        </section>
    }
    .into_any()
}
