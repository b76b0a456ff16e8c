//! Days as numbers, so that spans of time can be compared in SQL.

use jiff::civil::{Date, date};

/// The day of events whose day is not known.
pub const UNKNOWN: i64 = -1_000_000;

/// Days since 1970-01-01.
pub fn number(day: Date) -> i64 {
    date(1970, 1, 1).until(day).map_or(UNKNOWN, |span| i64::from(span.get_days()))
}

/// The day of a text that begins with one, as 2022-03-14 or 2022-03-14T08:00.
pub fn day(text: Option<&str>) -> Option<Date> {
    text?.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_epoch() {
        assert_eq!(number(date(1970, 1, 2)), 1);
        assert_eq!(number(date(1945, 3, 14)), -9059);
        assert_eq!(day(Some("2022-03-14T08:00")), Some(date(2022, 3, 14)));
        assert_eq!(day(Some("March")), None);
    }
}
