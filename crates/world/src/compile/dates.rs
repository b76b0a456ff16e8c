//! Dates as the tables write them: a day, a month or a year, and ranges of them.

use jiff::civil::Date;

/// First and last day of `text`, which is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn period(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month = parts.next().map(|m| m.parse().ok());
    let day = parts.next().map(|d| d.parse().ok());
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(month), None) => Date::new(year, month?, 1).ok().map(|d| (d, d.last_of_month())),
        (Some(month), Some(day)) => Date::new(year, month?, day?).ok().map(|d| (d, d)),
    }
}

/// A range `FROM..TO`, either side empty where it is not known; `None` if it is not one.
pub fn range(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    let (from, to) = text.split_once("..")?;
    let from = if from.is_empty() { None } else { Some(period(from)?.0) };
    let to = if to.is_empty() { None } else { Some(period(to)?.1) };
    Some((from, to))
}

/// The days of a range that are certain however coarse its ends are written: of `2012..2014-05` those from
/// 2012-12-31 to 2014-05-01. The end is none where it is open; `None` where the beginning is, or where no day is.
pub fn certain(text: &str) -> Option<(Date, Option<Date>)> {
    let (from, to) = text.split_once("..")?;
    let from = period(from)?.1;
    let to = if to.is_empty() { None } else { Some(period(to)?.0) };
    to.is_none_or(|to| from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_counts_from_its_first_day_to_its_last() {
        assert_eq!(range("2012..2014"), Some((Some(date(2012, 1, 1)), Some(date(2014, 12, 31)))));
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        assert_eq!(range("..2012-02"), Some((None, Some(date(2012, 2, 29)))));
    }

    #[test]
    fn certain_days_lie_between_coarse_ends() {
        assert_eq!(certain("2012..2014-05"), Some((date(2012, 12, 31), Some(date(2014, 5, 1)))));
        assert_eq!(certain("2012-03-04.."), Some((date(2012, 3, 4), None)));
        assert_eq!(certain("..2012"), None);
        assert_eq!(certain("2012..2012"), None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["12..", "2012-13..", "2012-02-30..", "2012", "2012-1-1-1..", "x..y"] {
            assert_eq!(range(text), None, "{text}");
        }
    }
}
