//! The day of a holiday in a year, from the rule that its table gives.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The day in `year` of a rule as the table writes it: `12-25`, `11 thu 4` (the fourth Thursday of November),
/// `5 mon -1` (the last Monday of May), `easter -2` (days from Easter Sunday).
pub fn day(rule: &str, year: i16) -> Option<Date> {
    if let Some((month, day)) = rule.split_once('-').filter(|(m, _)| m.len() == 2) {
        return Date::new(year, month.parse().ok()?, day.parse().ok()?).ok();
    }
    let words: Vec<&str> = rule.split(' ').collect();
    match words[..] {
        ["easter", days] => easter(year)?.checked_add(days.parse::<i64>().ok()?.days()).ok(),
        [month, weekday, nth] => {
            let first = Date::new(year, month.parse().ok()?, 1).ok()?;
            first.nth_weekday_of_month(nth.parse().ok()?, self::weekday(weekday)?).ok()
        }
        [month, weekday, nth, "+", days] => {
            let day = day(&format!("{month} {weekday} {nth}"), year)?;
            day.checked_add(days.parse::<i64>().ok()?.days()).ok()
        }
        _ => None,
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Easter Sunday of the Gregorian calendar, after the anonymous algorithm of 1876.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn holidays_fall_on_their_days() {
        let rows = [
            ("12-25", 2021, "2021-12-25"),
            ("11 thu 4", 2023, "2023-11-23"),
            ("5 mon -1", 2024, "2024-05-27"),
            ("easter 0", 2024, "2024-03-31"),
            ("easter -2", 2019, "2019-04-19"),
            ("11 mon 1 + 1", 2022, "2022-11-08"),
        ];
        for (rule, year, wanted) in rows {
            assert_eq!(day(rule, year).map(|d| d.to_string()).as_deref(), Some(wanted), "{rule} {year}");
        }
    }
}
