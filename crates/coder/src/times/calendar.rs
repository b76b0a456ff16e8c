//! Arithmetic of days, weeks, months, quarters, seasons and years.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Days;

/// A single day.
pub fn one_day(date: Date) -> Days {
    Days { start: date, end: date, granularity: "day" }
}

/// The days of a month.
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
const SLACK: i64 = 45;

/// The year that puts month and day on the side of `today` that the verb looks to; nearest where it does not say.
pub fn nearest_year(today: Date, month: i8, day: i8, direction: Direction) -> Option<Date> {
    let on = |year: i16| Date::new(year, month, day).ok();
    let this = on(today.year());
    let far = |date: Date, days: i64| today.checked_add(days.days()).is_ok_and(|limit| date > limit);
    let gone = |date: Date| today.checked_sub(SLACK.days()).is_ok_and(|limit| date < limit);
    match this {
        Some(date) if direction == Direction::Ahead && gone(date) => on(today.year() + 1),
        Some(date) if direction == Direction::Back && far(date, SLACK) => on(today.year() - 1),
        Some(date) if direction == Direction::Unknown && far(date, 130) => on(today.year() - 1),
        found => found,
    }
}

/// The weekday up to `today`, or before it.
pub fn last_weekday(today: Date, day: Weekday, before_today: bool) -> Option<Date> {
    if today.weekday() == day && !before_today { Some(today) } else { today.nth_weekday(-1, day).ok() }
}

/// The weekday from `today` on, or after it.
pub fn next_weekday(today: Date, day: Weekday, after_today: bool) -> Option<Date> {
    if today.weekday() == day && !after_today { Some(today) } else { today.nth_weekday(1, day).ok() }
}

/// Count and unit of a length in TIMEX3: `P3Y`.
pub fn parse_duration(value: &str) -> Option<(i64, char)> {
    let unit = value.chars().last().filter(|u| matches!(u, 'D' | 'W' | 'M' | 'Y' | 'E'))?;
    let count = value.strip_prefix('P')?.strip_suffix(unit)?.parse().ok()?;
    Some((count, unit))
}

/// `count` units before (negative) or after `from`: a day, or the week, month, year that it falls in.
pub fn shift(from: Date, count: i64, unit: char) -> Option<Days> {
    let day = moved(from, count, unit)?;
    match unit {
        'M' => month_days(day.year(), day.month()),
        'Y' | 'E' | 'C' => year_days(day.year()),
        'Q' => period(day, 0, 'Q'),
        _ => Some(one_day(day)),
    }
}

/// The day so many units away; `None` beyond the calendar.
fn moved(from: Date, count: i64, unit: char) -> Option<Date> {
    let span = jiff::Span::new();
    let span = match unit {
        'D' => span.try_days(count),
        'W' => span.try_weeks(count),
        'M' => span.try_months(count),
        'Q' => span.try_months(count.checked_mul(3)?),
        'Y' => span.try_years(count),
        'E' => span.try_years(count.checked_mul(10)?),
        'C' => span.try_years(count.checked_mul(100)?),
        _ => return Some(from),
    };
    from.checked_add(span.ok()?).ok()
}

/// The days of a year.
pub fn year_days(year: i16) -> Option<Days> {
    Some(Days { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()?, granularity: "year" })
}

/// The week, month, quarter or year `count` away from the one that `today` is in.
pub fn period(today: Date, count: i64, unit: char) -> Option<Days> {
    match unit {
        'W' => {
            let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
            let start = moved(monday, count, 'W')?;
            Some(Days { start, end: start.checked_add(6.days()).ok()?, granularity: "week" })
        }
        'Q' => {
            let this = Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1).ok()?;
            let first = moved(this, count, 'Q')?;
            Some(Days {
                start: first,
                end: first.checked_add(2.months()).ok()?.last_of_month(),
                granularity: "quarter",
            })
        }
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
    let other = moved(today, count, unit).filter(|_| !matches!(unit, 'H' | 'm' | 's'))?;
    Some(Days { start: today.min(other), end: today.max(other), granularity: "range" })
}

/// The TIMEX3 value of a length of time: counts with their units, none where the text gives no number.
pub fn length_value(parts: &[(Option<f64>, char)]) -> Option<String> {
    let (mut date, mut time) = (String::new(), String::new());
    for &(count, unit) in parts {
        for (count, unit) in whole(count, unit) {
            let count = count.map_or("X".to_owned(), |n| n.to_string());
            match unit {
                'H' => time += &format!("{count}H"),
                'm' => time += &format!("{count}M"),
                's' => time += &format!("{count}S"),
                'E' if count == "X" => date += "XY",
                'E' => date += &format!("{count}0Y"),
                'C' => date += &format!("{count}CE"),
                _ => date += &format!("{count}{unit}"),
            }
        }
    }
    let mark = if time.is_empty() { "" } else { "T" };
    Some(format!("P{date}{mark}{time}"))
}

/// "two and a half years" as years and months; half a unit that has no whole smaller one stays a fraction.
fn whole(count: Option<f64>, unit: char) -> Vec<(Option<f64>, char)> {
    let Some(count) = count else { return vec![(None, unit)] };
    let smaller = match unit {
        'Y' => Some((12.0, 'M')),
        'H' => Some((60.0, 'm')),
        'm' => Some((60.0, 's')),
        'E' => Some((10.0, 'Y')),
        _ => None,
    };
    match smaller {
        Some((size, smaller)) if count.fract() != 0.0 && (count.fract() * size).fract() == 0.0 => {
            let rest = (Some(count.fract() * size), smaller);
            if count < 1.0 { vec![rest] } else { vec![(Some(count.trunc()), unit), rest] }
        }
        _ => vec![(Some(count), unit)],
    }
}

/// Ten years; 199 is the 1990s.
pub fn decade_days(decade: i16) -> Option<Days> {
    years(decade.checked_mul(10)?, 10)
}

/// A hundred years; 19 is the 20th century.
pub fn century_days(century: i16) -> Option<Days> {
    years(century.checked_mul(100)?, 100)
}

fn years(first: i16, count: i16) -> Option<Days> {
    let (start, end) = (Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(count - 1)?, 12, 31).ok()?);
    Some(Days { start, end, granularity: "range" })
}

/// Half of a year.
pub fn half_days(year: i16, number: i8) -> Option<Days> {
    let start = Date::new(year, 6 * number - 5, 1).ok()?;
    Some(Days { start, end: start.checked_add(5.months()).ok()?.last_of_month(), granularity: "range" })
}

/// The day, month or year that a day is in.
pub fn unit_days(day: Date, unit: char) -> Option<Days> {
    shift(day, 0, unit)
}

/// The day, week, month or year `count` away from that of the days told before.
pub fn at_unit(told: Days, count: i64, unit: char) -> Option<Days> {
    let is_one = |granularities: &[&str]| granularities.contains(&told.granularity);
    match unit {
        'D' if is_one(&["day"]) => shift(told.start, count, 'D'),
        'W' if is_one(&["day", "week"]) => period(told.start, count, 'W'),
        'M' if is_one(&["day", "week", "month"]) => period(told.start, count, 'M'),
        'Y' | 'Q' => period(told.start, count, unit),
        _ => None,
    }
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
