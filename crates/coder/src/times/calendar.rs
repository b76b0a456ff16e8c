//! Arithmetic of days, weeks, months, quarters, seasons and years.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Days;

/// A single day.
pub fn one_day(date: Date) -> Days {
    Days { start: date, end: date, granularity: "day" }
}

pub fn month_days(year: i16, month: i8) -> Option<Days> {
    let start = Date::new(year, month, 1).ok()?;
    Some(Days { start, end: start.last_of_month(), granularity: "month" })
}

/// Which way the verb over an expression looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It will happen.
    Ahead,
    /// It did.
    Back,
    /// The words do not say.
    Unknown,
}

/// How far ahead of the document's date a day of the past may seem to lie, in days.
const SLACK: i64 = 31;

/// The year that puts month and day on the side of `today` that the verb looks to; nearest where it does not say.
pub fn nearest_year(today: Date, month: i8, day: i8, direction: Direction) -> Option<Date> {
    let on = |year: i16| Date::new(year, month, day).ok();
    let this = on(today.year());
    let far = |date: Date, days: i64| today.checked_add(days.days()).is_ok_and(|limit| date > limit);
    let long_gone = |date: Date| today.checked_sub(200.days()).is_ok_and(|limit| date < limit);
    match this {
        Some(date) if direction == Direction::Ahead && date < today => on(today.year() + 1),
        Some(date) if direction == Direction::Back && far(date, SLACK) => on(today.year() - 1),
        Some(date) if direction == Direction::Unknown && far(date, 183) => on(today.year() - 1),
        Some(date) if direction == Direction::Unknown && long_gone(date) => on(today.year() + 1),
        found => found,
    }
}

pub fn last_weekday(today: Date, day: Weekday, before_today: bool) -> Option<Date> {
    if today.weekday() == day && !before_today { Some(today) } else { today.nth_weekday(-1, day).ok() }
}

pub fn next_weekday(today: Date, day: Weekday, after_today: bool) -> Option<Date> {
    if today.weekday() == day && !after_today { Some(today) } else { today.nth_weekday(1, day).ok() }
}

/// `count` units before (negative) or after `from`: a day, or the week, month, year that it falls in.
pub fn shift(from: Date, count: i64, unit: char) -> Option<Days> {
    match unit {
        'D' => from.checked_add(count.days()).ok().map(one_day),
        'W' => from.checked_add((7 * count).days()).ok().map(one_day),
        'M' => from.checked_add(count.months()).ok().and_then(|d| month_days(d.year(), d.month())),
        'Y' => from.checked_add(count.years()).ok().and_then(|d| year_days(d.year())),
        'E' => from.checked_add((10 * count).years()).ok().and_then(|d| year_days(d.year())),
        _ => Some(one_day(from)),
    }
}

pub fn year_days(year: i16) -> Option<Days> {
    Some(Days { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()?, granularity: "year" })
}

/// The week, month, quarter or year `count` away from the one that `today` is in.
pub fn period(today: Date, count: i64, unit: char) -> Option<Days> {
    match unit {
        'W' => {
            let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
            let start = monday.checked_add((7 * count).days()).ok()?;
            Some(Days { start, end: start.checked_add(6.days()).ok()?, granularity: "week" })
        }
        'Q' => {
            let first = Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1)
                .ok()?
                .checked_add((3 * count).months())
                .ok()?;
            Some(Days {
                start: first,
                end: first.checked_add(2.months()).ok()?.last_of_month(),
                granularity: "quarter",
            })
        }
        'E' => None,
        _ => shift(today, count, unit),
    }
}

/// The months of a quarter.
pub fn quarter_days(year: i16, number: i8) -> Option<Days> {
    let start = Date::new(year, 3 * number - 2, 1).ok()?;
    Some(Days { start, end: start.checked_add(2.months()).ok()?.last_of_month(), granularity: "quarter" })
}

/// The three months of the season that begins in `month`.
pub fn season_days(year: i16, month: i8) -> Option<Days> {
    let start = Date::new(year, month, 1).ok()?;
    Some(Days { start, end: start.checked_add(2.months()).ok()?.last_of_month(), granularity: "range" })
}

/// The weekend around or before `today`, the one before that, or the coming one, with its TIMEX3 value.
pub fn weekend(today: Date, ahead: bool, before_this: bool) -> Option<(Days, String)> {
    let week = period(today, 0, 'W')?;
    let saturday = week.start.checked_add(5.days()).ok()?;
    let weeks = if ahead || (saturday <= today && !before_this) { 0 } else { -1 };
    let start = saturday.checked_add((7 * weeks).days()).ok()?;
    let days = Days { start, end: start.checked_add(1.days()).ok()?, granularity: "range" };
    let iso = start.iso_week_date();
    Some((days, format!("{:04}-W{:02}-WE", iso.year(), iso.week())))
}

/// From `today` over `count` units.
pub fn stretch(today: Date, count: i64, unit: char) -> Option<Days> {
    let other = match unit {
        'D' => today.checked_add(count.days()),
        'W' => today.checked_add((7 * count).days()),
        'M' => today.checked_add(count.months()),
        'Y' => today.checked_add(count.years()),
        'E' => today.checked_add((10 * count).years()),
        _ => return None,
    };
    let other = other.ok()?;
    Some(Days { start: today.min(other), end: today.max(other), granularity: "range" })
}

pub fn duration(count: Option<i64>, unit: char) -> Option<String> {
    let count = count.map_or("X".to_owned(), |n| n.to_string());
    Some(match unit {
        'H' => format!("PT{count}H"),
        'm' => format!("PT{count}M"),
        'E' => format!("P{count}DE"),
        'Q' => format!("P{count}Q"),
        _ => format!("P{count}{unit}"),
    })
}

/// The TIMEX3 value of some days.
pub fn value_of(days: &Days) -> String {
    let start = days.start;
    match days.granularity {
        "week" => {
            let week = start.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        "month" => format!("{:04}-{:02}", start.year(), start.month()),
        "quarter" => format!("{:04}-Q{}", start.year(), (start.month() - 1) / 3 + 1),
        "year" => format!("{:04}", start.year()),
        _ => start.to_string(),
    }
}
