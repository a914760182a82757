//! A time that is typed in seconds, and said in a unit that people think in.

use leptos::prelude::*;

use super::TextField;
use super::field::FormContext;
use crate::tr;

/// How long something lives. Its help begins with what the value amounts to: "90 days."
#[component]
pub fn LifetimeField(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label, which says that seconds are typed.
    #[prop(into)]
    help: String,
) -> AnyView {
    let seconds = FormContext::current().data().trimmed(&name).parse::<i64>().ok();
    let help = match seconds.and_then(largest_unit) {
        Some((unit, count)) => {
            let duration = tr!(unit, count = count);
            tr!("duration-and-help", duration = duration, help = help)
        }
        None => help,
    };
    view! { <TextField name label help inputmode="numeric" /> }.into_any()
}

/// The largest unit in which a time is whole (the message of its words), and how many of it: none where
/// that is the second.
fn largest_unit(seconds: i64) -> Option<(&'static str, i64)> {
    let units = [("duration-days", 86_400), ("duration-hours", 3_600), ("duration-minutes", 60)];
    let whole = units.into_iter().find(|(_, unit)| seconds > 0 && seconds % unit == 0);
    whole.map(|(name, unit)| (name, seconds / unit))
}

#[cfg(test)]
mod tests {
    use super::largest_unit;

    #[test]
    fn a_time_is_said_in_the_largest_unit_in_which_it_is_whole() {
        assert_eq!(largest_unit(7_776_000), Some(("duration-days", 90)));
        assert_eq!(largest_unit(3_600), Some(("duration-hours", 1)));
        assert_eq!(largest_unit(5_400), Some(("duration-minutes", 90)));
        assert_eq!(largest_unit(90), None);
        assert_eq!(largest_unit(0), None);
        assert_eq!(largest_unit(-60), None);
    }
}
