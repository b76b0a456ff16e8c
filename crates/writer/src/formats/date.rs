//! The one day that a format with a single date has for an event.

use chancery_record::{Event, Status};
use jiff::civil::Date;

/// The event's first day; the day of publication where this lies in the event's time, or where that is unknown.
pub(crate) fn day(event: &Event) -> Option<&str> {
    let published = event.date_published.as_deref();
    let start = event.date.start.as_deref();
    let end = event.date.end.as_deref().or(start);
    let inside = start <= published && published <= end;
    start.filter(|_| !inside).or(published).filter(|day| is_day(day))
}

/// The day of a deed. What happened before its story, nobody knows when, has none: the story's own would be wrong.
pub(crate) fn deed_day(event: &Event) -> Option<&str> {
    let unknown = event.status == Status::Historical && event.date.start.is_none();
    day(event).filter(|_| !unknown)
}

/// Whether this is a day that exists, as `2022-03-14`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == 10 && text.as_bytes()[4] == b'-' && text.parse::<Date>().is_ok()
}

/// The day in eight digits.
pub(crate) fn digits(day: &str) -> String {
    day.replace('-', "")
}

/// GDELT's fraction of a year for a day in eight digits: months of 30 days in a year of 365.
pub(crate) fn fraction(digits: &str) -> Option<String> {
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<f64>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    Some(format!("{:.4}", year + ((month - 1.0) * 30.0 + day) / 365.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::event;

    fn dated(start: Option<&str>, end: Option<&str>, status: Status) -> Event {
        let mut event = event();
        event.date.start = start.map(str::to_owned);
        event.date.end = end.map(str::to_owned);
        Event { status, ..event }
    }

    #[test]
    fn a_stretch_of_time_has_its_first_day_or_that_of_the_story() {
        let day_of = |start, end| day(&dated(Some(start), Some(end), Status::Occurred)).map(str::to_owned);
        assert_eq!(day_of("2022-03-07", "2022-03-13").as_deref(), Some("2022-03-07"));
        assert_eq!(day_of("2022-01-01", "2022-12-31").as_deref(), Some("2022-03-14"));
        assert_eq!(day_of("1999-01-01", "1999-12-31").as_deref(), Some("1999-01-01"));
        assert_eq!(day_of("2022-03-20", "2022-03-20").as_deref(), Some("2022-03-20"));
        assert_eq!(day_of("-0044-03-15", "-0044-03-15"), None);
    }

    #[test]
    fn only_the_storys_own_news_takes_its_day() {
        assert_eq!(deed_day(&dated(None, None, Status::Occurred)), Some("2022-03-14"));
        assert_eq!(deed_day(&dated(None, None, Status::Historical)), None);
        assert_eq!(day(&dated(None, None, Status::Historical)), Some("2022-03-14"));
    }

    #[test]
    fn days_exist() {
        assert!(is_day("2024-02-29"));
        for text in ["2023-02-29", "20230228", "2023-2-28", "", "2023-02-28T", "٢٠٢٢-"] {
            assert!(!is_day(text), "{text}");
        }
    }

    #[test]
    fn a_fraction_counts_months_of_thirty_days() {
        assert_eq!(fraction("20150218").as_deref(), Some("2015.1315"));
        assert_eq!(fraction("2015"), None);
    }
}
