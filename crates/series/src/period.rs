//! Days, weeks, months, quarters and years as periods of a series.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A day.
    Day,
    /// A week of ISO 8601, Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

impl By {
    /// All lengths with their names, the shortest first.
    pub const ALL: [(&'static str, By); 5] = [
        ("day", By::Day),
        ("week", By::Week),
        ("month", By::Month),
        ("quarter", By::Quarter),
        ("year", By::Year),
    ];

    /// First day of the period in which a day lies.
    pub fn start(self, day: Date) -> Date {
        match self {
            By::Day => day,
            By::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.saturating_sub(back.days())
            }
            By::Month => day.first_of_month(),
            By::Quarter => date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1),
            By::Year => date(day.year(), 1, 1),
        }
    }

    /// First day of the period after the one that starts on this day.
    pub fn next(self, start: Date) -> Date {
        match self {
            By::Day => start.saturating_add(1.day()),
            By::Week => start.saturating_add(1.week()),
            By::Month => start.saturating_add(1.month()),
            By::Quarter => start.saturating_add(3.months()),
            By::Year => start.saturating_add(1.year()),
        }
    }

    /// Last day of the period that starts on this day.
    pub fn end(self, start: Date) -> Date {
        self.next(start).saturating_sub(1.day())
    }

    /// Name of the period that starts on this day.
    pub fn label(self, start: Date) -> String {
        let (year, month) = (start.year(), start.month());
        match self {
            By::Day => start.to_string(),
            By::Week => {
                let week = start.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            By::Month => format!("{year:04}-{month:02}"),
            By::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
            By::Year => format!("{year:04}"),
        }
    }

    /// How many periods lie between two that start on these days: 1 for neighbours.
    pub fn between(self, start: Date, later: Date) -> u64 {
        let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
        let days = start.until(later).map_or(0, |span| i64::from(span.get_days()));
        let periods = match self {
            By::Day => days,
            By::Week => days / 7,
            By::Month => months(later) - months(start),
            By::Quarter => (months(later) - months(start)) / 3,
            By::Year => i64::from(later.year()) - i64::from(start.year()),
        };
        periods.max(0) as u64
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = By::ALL.iter().find(|(_, by)| by == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

impl FromStr for By {
    type Err = String;

    fn from_str(text: &str) -> Result<By, String> {
        let found = By::ALL.iter().find(|(name, _)| *name == text).map(|&(_, by)| by);
        found.ok_or_else(|| "write day, week, month, quarter or year".to_owned())
    }
}

/// Periods without anything that are written out between others; more of them are a gap.
const FILLED: u64 = 12;

/// Every period in order, with those between that hold nothing; long runs of these are left out and counted.
pub(crate) fn filled<T: Default>(bins: BTreeMap<Date, T>, by: By) -> Vec<(Date, u64, T)> {
    let mut filled: Vec<(Date, u64, T)> = Vec::new();
    for (start, bin) in bins {
        let missing = filled.last().map_or(0, |(before, ..)| by.between(*before, start) - 1);
        let mut gap = missing;
        if missing <= FILLED {
            for _ in 0..missing {
                let next = filled.last().map_or(start, |(before, ..)| by.next(*before));
                filled.push((next, 0, T::default()));
            }
            gap = 0;
        }
        filled.push((start, gap, bin));
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_a_start_an_end_and_a_name() {
        let day = date(2021, 1, 2);
        for (by, start, end, label) in [
            (By::Day, date(2021, 1, 2), date(2021, 1, 2), "2021-01-02"),
            (By::Week, date(2020, 12, 28), date(2021, 1, 3), "2020-W53"),
            (By::Month, date(2021, 1, 1), date(2021, 1, 31), "2021-01"),
            (By::Quarter, date(2021, 1, 1), date(2021, 3, 31), "2021-Q1"),
            (By::Year, date(2021, 1, 1), date(2021, 12, 31), "2021"),
        ] {
            assert_eq!((by.start(day), by.end(start), by.label(start).as_str()), (start, end, label));
            assert_eq!(by.start(by.next(start)), by.next(start));
            assert_eq!(by.between(start, by.next(by.next(start))), 2, "{by}");
            assert_eq!(by.to_string().parse(), Ok(by));
        }
        assert!("fortnight".parse::<By>().is_err());
    }
}
