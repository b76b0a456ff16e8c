//! Days as Arrow counts them, from 1 January 1970.

use jiff::SignedDuration;
use jiff::civil::Date;

const FIRST: Date = Date::constant(1970, 1, 1);

/// The number of a day that is written as `2022-03-14`; `None` for anything else, also a day written otherwise.
pub(crate) fn days(text: &str) -> Option<i32> {
    let date: Date = text.parse().ok().filter(|date: &Date| date.to_string() == text)?;
    (date.duration_since(FIRST).as_hours() / 24).try_into().ok()
}

/// The day of a number, as `2022-03-14`; `None` beyond the year 9999.
pub(crate) fn written(days: i32) -> Option<String> {
    FIRST.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back_as_they_were_written() {
        for (text, number) in
            [("1970-01-01", 0), ("1969-12-31", -1), ("2024-02-29", 19782), ("0001-01-01", -719162)]
        {
            assert_eq!((days(text), written(number).as_deref()), (Some(number), Some(text)));
        }
        assert_eq!(written(i32::MAX), None);
    }

    #[test]
    fn what_would_come_back_otherwise_is_no_day() {
        for text in ["", "2022", "2022-03", "20220314", "2022-02-30", "2022-03-14T08:00:00", " 2022-03-14"] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
