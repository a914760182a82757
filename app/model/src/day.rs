//! A day of the calendar, as files and forms write it: `YYYY-MM-DD`, in UTC.

/// Seconds of a day.
const SECONDS: i64 = 86_400;

/// A day that exists, of the years 1970 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

impl Day {
    /// Reads `YYYY-MM-DD`: four, two and two figures, a day that exists. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return None;
        }
        let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 => 28 + i64::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (year >= 1970 && (1..=last).contains(&day)).then(|| Self(days_since_1970(year, month, day)))
    }

    /// Unix seconds of the first moment after it, in UTC.
    pub fn end(self) -> i64 {
        (self.0 + 1) * SECONDS
    }
}

/// Days from 1970-01-01, by counting years from March so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    // 719 468 days lie between 0000-03-01 and 1970-01-01.
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        let end = |text| Day::parse(text).map(Day::end);
        assert_eq!(end("1970-01-01"), Some(86_400));
        assert_eq!(end("2000-02-29"), Some(951_868_800));
        assert_eq!(end("2026-11-21"), Some(1_795_305_600));
        assert_eq!(end("9999-12-31"), Some(253_402_300_800));
    }

    #[test]
    fn only_days_that_exist_are_read() {
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-30", "26-04-30", " 2026-04-30"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        for text in ["", "tomorrow", "2026/04/30", "2026-04-30T00:00", "+026-04-30", "1969-12-31", "２０２６-0"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert!(Day::parse("2024-02-29").is_some());
    }
}
