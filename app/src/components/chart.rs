//! Bars, drawn by the server. The figures behind them are in a table beside: a chart is never the only
//! way to them.

use leptos::prelude::*;

/// Units between the left edges of two bars, and of a bar's width.
const STEP: usize = 8;
const WIDTH: usize = 6;
/// Units of the highest bar.
const HEIGHT: i64 = 40;

/// How often something happened, one bar after the other.
#[component]
pub fn BarChart(
    /// Unique on the page.
    id: String,
    /// What it shows.
    title: String,
    /// The same in figures, for those who do not see it.
    description: String,
    /// What each bar says when it is pointed at, and how high it is.
    bars: Vec<(String, i64)>,
    /// Class of the style sheet that gives another colour; none for an empty one.
    tone: &'static str,
) -> AnyView {
    let most = bars.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let width = bars.len() * STEP;
    let (title_id, description_id) = (format!("{id}-title"), format!("{id}-description"));
    let labelled_by = format!("{title_id} {description_id}");
    let rects = bars.into_iter().enumerate().map(|(n, (says, count))| {
        let height = scaled(count, most);
        view! {
            <rect
                x=(n * STEP + (STEP - WIDTH) / 2).to_string()
                y=(HEIGHT - height).to_string()
                width=WIDTH.to_string()
                height=height.to_string()
            >
                <title>{says}</title>
            </rect>
        }
    });
    let rects = rects.collect::<Vec<_>>();
    view! {
        <svg
            class=format!("chart {tone}")
            viewBox=format!("0 0 {width} {}", HEIGHT + 1)
            preserveAspectRatio="none"
            role="img"
            aria-labelledby=labelled_by
        >
            <title id=title_id>{title}</title>
            <desc id=description_id>{description}</desc>
            {rects}
            <line
                class="chart-base"
                x1="0"
                x2=width.to_string()
                y1=HEIGHT.to_string()
                y2=HEIGHT.to_string()
            ></line>
        </svg>
    }
    .into_any()
}

/// Something that happened at all is never without a bar.
fn scaled(count: i64, most: i64) -> i64 {
    if count <= 0 || most <= 0 { 0 } else { (count.saturating_mul(HEIGHT) / most).max(1) }
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn nothing_has_no_bar_and_little_has_one() {
        assert_eq!((scaled(0, 0), scaled(0, 9), scaled(1, 1_000_000), scaled(9, 9)), (0, 0, 1, 40));
        assert_eq!(scaled(i64::MAX, i64::MAX), 1, "absurd counts overflow nothing");
    }
}
