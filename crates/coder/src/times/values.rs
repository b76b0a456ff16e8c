//! The functions that rules name for their values: small steps of calendar arithmetic, each saying what it rests on.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Days;
use super::calendar::{
    Direction, at_unit, century_days, decade_days, half_days, last_weekday, length_value, month_days,
    nearest_year, next_weekday, one_day, period, quarter_days, season_days, shift, stretch, unit_days,
    value_of, weekend, year_days,
};
use super::events::Event;
use super::holidays;
use super::matching::Found;
use super::reader::Reader;

/// What the value rests on.
pub const WRITTEN: &str = "as written";
/// Counted from the document's date.
pub const COUNTED: &str = "counted from the document's date";
/// The day told last.
pub const TOLD: &str = "counted from the date told before";
const NEAREST: &str = "the year nearest to the document's date";
const YEAR_TOLD: &str = "the year told before";
const YEAR_AHEAD: &str = "the year of the other end";
const NO_YEAR: &str = "the year is not given";
const NO_DATE: &str = "no document date";
const NOT_TOLD: &str = "no such date was told before";
const VAGUE: &str = "vague";

/// A value with its days and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// TIMEX3 value; `None` where it cannot be known.
    pub value: Option<String>,
    /// The days it stands for.
    pub days: Option<Days>,
    /// How it was found.
    pub basis: String,
}

/// What a place of the pattern holds.
#[derive(Debug, Clone)]
pub enum Arg {
    /// An option that is not there.
    Missing,
    /// A number.
    Number(f64),
    /// A word, or what its table says of it.
    Word(String),
    /// An expression.
    Found(Box<Found>),
    /// An event whose date is known.
    Event(Event),
}

/// Where the expression stands.
#[derive(Clone)]
pub struct Place<'a, 'r> {
    /// The document.
    pub reader: &'r Reader<'a>,
    /// The words of the expression.
    pub words: Range<usize>,
}

/// A function of a rule: its arguments and its place give a value, or nothing where they make none.
pub type Normaliser = fn(&[Arg], &Place) -> Option<Resolved>;

/// No value.
pub const NOTHING: Normaliser = |_, _| None;

/// The functions by the names that rules use.
pub const NORMALISERS: &[(&str, Normaliser)] = &[
    ("fixed", fixed),
    ("same", same),
    ("day", day),
    ("day_of_told_month", day_of_told_month),
    ("contradiction", contradiction),
    ("iso_day", iso_day),
    ("stroke_day", stroke_day),
    ("day_near", day_near),
    ("day_ahead", day_ahead),
    ("month", month),
    ("month_near", month_near),
    ("year", year),
    ("end_year", end_year),
    ("short_year", short_year),
    ("fiscal_year", fiscal_year),
    ("bc", bc),
    ("decade", decade),
    ("century", century),
    ("quarter", quarter),
    ("half", half),
    ("results", results),
    ("season", season),
    ("weekday", weekday),
    ("weekday_told", weekday_told),
    ("weekday_in_week", weekday_in_week),
    ("weekday_date", weekday_date),
    ("weekend", weekend_value),
    ("week_of", week_of),
    ("nth_week", nth_week),
    ("period", period_value),
    ("told", told),
    ("ago", ago),
    ("a_year_ago", a_year_ago),
    ("ahead", ahead),
    ("later", later),
    ("beside", beside),
    ("from_event", from_event),
    ("anniversary", anniversary),
    ("length", length),
    ("span", span),
    ("every", every),
    ("every_weekday", every_weekday),
    ("every_month", every_month),
    ("clock", clock),
    ("hour", hour),
    ("part", part),
    ("part_today", part_today),
    ("part_told", part_told),
    ("holiday", holiday),
    ("year_end", year_end),
];

/// A resolved nothing, for words that are no time.
pub fn none() -> Resolved {
    Resolved { value: None, days: None, basis: String::new() }
}

fn plain(value: String, days: Option<Days>, basis: &str) -> Option<Resolved> {
    Some(Resolved { value: Some(value), days, basis: basis.to_owned() })
}

/// An expression whose value is that of its days.
fn of(days: Option<Days>, basis: &str) -> Option<Resolved> {
    Some(Resolved { value: days.map(|d| value_of(&d)), days, basis: basis.to_owned() })
}

/// The same, counted from the document's date.
fn counted(days: Option<Days>, place: &Place) -> Option<Resolved> {
    of(days, if place.today().is_some() { COUNTED } else { NO_DATE })
}

impl Arg {
    fn number(&self) -> Option<f64> {
        match self {
            Arg::Number(number) => Some(*number),
            Arg::Word(word) => word.parse().ok(),
            _ => None,
        }
    }

    fn int(&self) -> Option<i64> {
        self.number().map(|n| n as i64)
    }

    fn small(&self) -> Option<i8> {
        self.int().and_then(|n| i8::try_from(n).ok())
    }

    fn word(&self) -> &str {
        if let Arg::Word(word) = self { word } else { "" }
    }

    fn unit(&self) -> Option<char> {
        self.word().chars().next()
    }

    fn found(&self) -> Option<&Resolved> {
        if let Arg::Found(found) = self { Some(&found.resolved) } else { None }
    }

    fn days(&self) -> Option<Days> {
        self.found()?.days
    }

    /// A year: written, or that of an expression.
    fn year(&self) -> Option<i16> {
        match self {
            Arg::Found(_) => self.days().map(|d| d.start.year()),
            _ => self.int().and_then(|n| i16::try_from(n).ok()),
        }
    }

    fn weekday(&self) -> Option<Weekday> {
        Weekday::from_monday_one_offset(self.small()?).ok()
    }
}

impl Place<'_, '_> {
    fn today(&self) -> Option<Date> {
        self.reader.today
    }

    fn direction(&self) -> Direction {
        self.reader.direction(self.words.start)
    }

    fn told(&self) -> Option<Days> {
        self.reader.just_told(self.words.start)
    }

    fn year_told(&self) -> Option<i16> {
        self.reader.year_told(self.words.start)
    }

    /// The year told, or the next where the story went on from late in it to early in a year.
    fn year_going_on(&self, month: i8) -> Option<i16> {
        let year = self.year_told()?;
        let told = self.told().filter(|t| matches!(t.granularity, "day" | "month"));
        Some(year + i16::from(told.is_some_and(|t| t.start.month() - month > 8)))
    }

    /// The year of the other end: "3 March to 5 April 2022", "from March to May 2021".
    fn year_ahead(&self) -> Option<i16> {
        let reader = self.reader;
        let at = self.words.end;
        reader.table("joints", at)?;
        let is_part = |t: usize| {
            let comma = reader.words.get(t).is_some_and(|_| reader.text(&(t..t + 1)) == ",");
            let is_day = reader.words.get(t).is_some_and(|w| w.digits > 0 && w.digits < 3);
            comma || is_day || ["month", "modifiers", "the"].iter().any(|c| reader.table(c, t).is_some())
        };
        let year = (at + 1..at + 6).take_while(|&t| is_part(t)).last().map(|t| t + 1)?;
        reader.words.get(year).filter(|w| w.is_year()).and_then(|w| i16::try_from(w.figure).ok())
    }
}

fn fixed(args: &[Arg], _: &Place) -> Option<Resolved> {
    let value = args.first()?.word();
    plain(value.to_owned(), None, if value.ends_with("_REF") { VAGUE } else { WRITTEN })
}

fn same(args: &[Arg], _: &Place) -> Option<Resolved> {
    args.first()?.found().cloned()
}

/// year, month, day; without a year, that of the other end, the one told, or the nearest.
fn day(args: &[Arg], place: &Place) -> Option<Resolved> {
    let [year, month, day] = args else { return None };
    let (month, day) = (month.small()?, day.small()?);
    if let Some(year) = year.year() {
        return of(Some(one_day(Date::new(year, month, day).ok()?)), WRITTEN);
    }
    let on = |year: i16| Date::new(year, month, day).ok().map(one_day);
    if let Some(days) = place.year_ahead().and_then(on) {
        return of(Some(days), YEAR_AHEAD);
    }
    if let Some(days) = place.year_going_on(month).and_then(on) {
        return of(Some(days), YEAR_TOLD);
    }
    let Some(today) = place.today() else {
        return plain(format!("XXXX-{month:02}-{day:02}"), None, NO_YEAR);
    };
    of(Some(one_day(nearest_year(today, month, day, place.direction())?)), NEAREST)
}

/// "the 20th": of the month told before.
fn day_of_told_month(args: &[Arg], place: &Place) -> Option<Resolved> {
    let told = place.told().filter(|d| matches!(d.granularity, "day" | "month"))?.start;
    let day = Date::new(told.year(), told.month(), args.first()?.small()?).ok()?;
    of(Some(one_day(day)), "the month told before")
}

/// Two months in one date: the complete one counts, and the basis keeps both.
fn contradiction(args: &[Arg], place: &Place) -> Option<Resolved> {
    let complete = args.first()?.found()?;
    let words = place.reader.text(&place.words);
    let Arg::Found(found) = &args[0] else { return None };
    let inner = place.reader.text(&found.words);
    let basis = format!("“{words}” names two months; “{inner}” is complete");
    Some(Resolved { basis, ..complete.clone() })
}

fn iso_day(args: &[Arg], _: &Place) -> Option<Resolved> {
    let day = Date::new(args.first()?.year()?, args.get(1)?.small()?, args.get(2)?.small()?).ok()?;
    of(Some(one_day(day)), WRITTEN)
}

/// "16/02/2022": only where one order alone is a date.
fn stroke_day(args: &[Arg], _: &Place) -> Option<Resolved> {
    let (first, second, year) = (args.first()?.small()?, args.get(1)?.small()?, args.get(2)?.year()?);
    let (month, day) = match (first, second) {
        (day, month) if day > 12 => (month, day),
        (month, day) if day > 12 || day == month => (month, day),
        _ => return None,
    };
    of(Some(one_day(Date::new(year, month, day).ok()?)), WRITTEN)
}

/// which, month, day: "last May 16", "next May 16".
fn day_near(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (which, month, day) = (args.first()?.int()?, args.get(1)?.small()?, args.get(2)?.small()?);
    let today = place.today()?;
    let this = Date::new(today.year(), month, day).ok()?;
    let by = match which {
        -1 if this >= today => -1,
        1 if this <= today => 1,
        _ => 0,
    };
    of(Some(one_day(this.checked_add(by.years()).ok()?)), COUNTED)
}

/// month, day: "payable March 3", "effective June 1".
fn day_ahead(args: &[Arg], place: &Place) -> Option<Resolved> {
    let nearest =
        nearest_year(place.today()?, args.first()?.small()?, args.get(1)?.small()?, Direction::Ahead)?;
    of(Some(one_day(nearest)), NEAREST)
}

/// year, month.
fn month(args: &[Arg], place: &Place) -> Option<Resolved> {
    let month = args.get(1)?.small()?;
    if let Some(year) = args.first()?.year() {
        return of(Some(month_days(year, month)?), WRITTEN);
    }
    if let Some(year) = place.year_ahead() {
        return of(month_days(year, month), YEAR_AHEAD);
    }
    if let Some(year) = place.year_going_on(month) {
        return of(month_days(year, month), YEAR_TOLD);
    }
    let Some(today) = place.today() else { return plain(format!("XXXX-{month:02}"), None, NO_YEAR) };
    let day = nearest_year(today, month, 1, place.direction())?;
    of(month_days(day.year(), month), NEAREST)
}

/// which, month: "last March", "next March".
fn month_near(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (which, month) = (args.first()?.int()?, args.get(1)?.small()?);
    let today = place.today().or(place.told().map(|t| t.start))?;
    let today = if place.reader.is_history { place.told().map_or(today, |t| t.start) } else { today };
    let year = match which {
        -1 if month >= today.month() => today.year() - 1,
        1 if month <= today.month() => today.year() + 1,
        _ => today.year(),
    };
    of(month_days(year, month), COUNTED)
}

fn year(args: &[Arg], _: &Place) -> Option<Resolved> {
    of(Some(year_days(args.first()?.year()?)?), WRITTEN)
}

/// The second year of "1915-17".
fn end_year(args: &[Arg], _: &Place) -> Option<Resolved> {
    let (first, second) = (args.first()?.year()?, args.get(1)?.year()?);
    let year = first - first % 100 + second;
    (second < 100 && year > first).then(|| of(year_days(year), WRITTEN)).flatten()
}

/// "'87": in the century told before, else the last such year.
fn short_year(args: &[Arg], place: &Place) -> Option<Resolved> {
    let short = args.first()?.year()?;
    let around = place.year_told().or(place.today().map(jiff::civil::Date::year))?;
    let year = around - around % 100 + short;
    let is_ahead = year > around + 10;
    of(year_days(if is_ahead { year - 100 } else { year }), "the century nearest")
}

/// "fiscal 1989", whose days are those of no calendar year.
fn fiscal_year(args: &[Arg], _: &Place) -> Option<Resolved> {
    let year = args.first()?.year()?;
    plain(format!("{year:04}"), year_days(year), "a fiscal year, taken as the calendar's")
}

fn bc(args: &[Arg], _: &Place) -> Option<Resolved> {
    plain(format!("BC{:04}", args.first()?.int()?), None, WRITTEN)
}

/// 199 for the 1990s; a decade of one figure is that of this century or the last.
fn decade(args: &[Arg], place: &Place) -> Option<Resolved> {
    let decade = i16::try_from(args.first()?.int()?).ok()?;
    let around = place.year_told().or(place.today().map(jiff::civil::Date::year)).unwrap_or(1999);
    let near = around / 100 * 10 + decade;
    let full = match decade {
        10.. => decade,
        _ if near > around / 10 => near - 10,
        _ => near,
    };
    plain(format!("{full:03}"), decade_days(full), WRITTEN)
}

/// number, era: 19 for the 20th century, BC08 for the 9th before Christ.
fn century(args: &[Arg], _: &Place) -> Option<Resolved> {
    let number = args.first()?.int()? - 1;
    match args.get(1) {
        None | Some(Arg::Missing) => {
            plain(format!("{number:02}"), century_days(i16::try_from(number).ok()?), WRITTEN)
        }
        Some(_) => plain(format!("BC{number:02}"), None, WRITTEN),
    }
}

/// year, number.
fn quarter(args: &[Arg], place: &Place) -> Option<Resolved> {
    let number = args.get(1)?.small().filter(|n| (1..5).contains(n))?;
    if let Some(year) = args.first()?.year() {
        return of(quarter_days(year, number), WRITTEN);
    }
    if let Some(year) = place.year_told() {
        return of(quarter_days(year, number), YEAR_TOLD);
    }
    let Some(today) = place.today() else { return plain(format!("XXXX-Q{number}"), None, NO_YEAR) };
    let has_begun = quarter_days(today.year(), number)?.start <= today;
    let is_this_year = has_begun || place.direction() == Direction::Ahead;
    of(quarter_days(today.year() - i16::from(!is_this_year), number), NEAREST)
}

/// year, number: 1989-H1.
fn half(args: &[Arg], place: &Place) -> Option<Resolved> {
    let number = args.get(1)?.small().filter(|n| (1..3).contains(n))?;
    let year = args.first()?.year().or(place.year_told()).or(place.today().map(jiff::civil::Date::year))?;
    plain(format!("{year:04}-H{number}"), half_days(year, number), WRITTEN)
}

/// The quarter that a story of results is about, so many quarters away.
fn results(args: &[Arg], place: &Place) -> Option<Resolved> {
    let offset = args.first()?.int()?;
    let base = place.reader.quarter.or_else(|| period(place.today()?, -1, 'Q'))?;
    of(period(base.start, offset, 'Q'), "the quarter whose results are reported")
}

/// year, season, which.
fn season(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (code, month) = args.get(1)?.word().split_once(' ')?;
    let month = month.parse().ok()?;
    let which = args.get(2).and_then(Arg::int);
    let (year, basis) = match (args.first()?.year(), place.year_told(), place.today()) {
        (Some(year), ..) => (year, WRITTEN),
        (_, Some(told), _) => (told + i16::try_from(which.unwrap_or(0)).ok()?, YEAR_TOLD),
        (.., Some(today)) => (season_year(place, today, month, which)?, COUNTED),
        _ => return plain(format!("XXXX-{code}"), None, NO_YEAR),
    };
    plain(format!("{year:04}-{code}"), season_days(year, month), basis)
}

/// The last season of that name that has begun, or the next.
fn season_year(place: &Place, today: Date, month: i8, which: Option<i64>) -> Option<i16> {
    let has_begun = season_days(today.year(), month)?.start <= today;
    let begun = today.year() - i16::from(!has_begun);
    let is_running = season_days(begun, month)?.end >= today;
    let direction = place.direction();
    Some(match which {
        Some(-1) if is_running => begun - 1,
        Some(1) => begun + 1,
        // "This summer" is that of the year, gone or to come.
        Some(0) if !is_running => today.year(),
        None if !is_running && direction == Direction::Ahead => begun + 1,
        _ => begun,
    })
}

/// which, weekday: in news a bare weekday is the last one, unless the verb looks ahead.
fn weekday(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (which, day) = (args.first()?.int(), args.get(1)?.weekday()?);
    let Some(today) = place.today() else {
        return plain(format!("XXXX-WXX-{}", day.to_monday_one_offset()), None, NO_DATE);
    };
    let is_ahead = match (which, args[0].word()) {
        (Some(1), _) | (None, "ahead") => true,
        (Some(-1), _) | (None, "back") => false,
        (Some(_), _) => place.direction() != Direction::Back,
        (None, _) => place.direction() == Direction::Ahead,
    };
    let (found, why) = if is_ahead {
        (next_weekday(today, day, which == Some(1)), "the weekday after the document's date")
    } else {
        (last_weekday(today, day, which == Some(-1)), "the weekday up to the document's date")
    };
    of(Some(one_day(found?)), why)
}

/// which, weekday: "the following Monday", from the day told before.
fn weekday_told(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (which, day) = (args.first()?.int()?, args.get(1)?.weekday()?);
    let told = place.told().filter(|d| d.granularity == "day")?.start;
    let found = if which < 0 { last_weekday(told, day, true) } else { next_weekday(told, day, true) };
    of(Some(one_day(found?)), TOLD)
}

/// weeks, weekday: "Monday last week", "Thursday of next week".
fn weekday_in_week(args: &[Arg], place: &Place) -> Option<Resolved> {
    let week = period(place.today()?, args.first()?.int()?, 'W')?;
    let day = week.start.checked_add(i64::from(args.get(1)?.small()? - 1).days()).ok()?;
    of(Some(one_day(day)), COUNTED)
}

/// weekday, year, month, day: without a year, the one in which weekday and date agree, if a near one does.
fn weekday_date(args: &[Arg], place: &Place) -> Option<Resolved> {
    let found = day(args.get(1..)?, place)?;
    let (Some(weekday), Some(days)) = (args.first()?.weekday(), found.days) else { return Some(found) };
    if found.basis == WRITTEN || days.start.weekday() == weekday {
        return Some(found);
    }
    let mut years = [1, -1].into_iter().filter_map(|n| days.start.checked_add(n.years()).ok());
    match years.find(|d| d.weekday() == weekday) {
        Some(other) => of(Some(one_day(other)), "the year in which the weekday agrees"),
        None => Some(found),
    }
}

/// which.
fn weekend_value(args: &[Arg], place: &Place) -> Option<Resolved> {
    let which = args.first()?.int();
    let Some(today) = place.today() else { return plain("XXXX-WXX-WE".into(), None, NO_DATE) };
    let is_ahead = match which {
        Some(1) => true,
        Some(-1) => false,
        _ => place.direction() == Direction::Ahead,
    };
    let (days, value) = weekend(today, is_ahead, which == Some(-1))?;
    plain(value, Some(days), COUNTED)
}

/// "the week of March 6".
fn week_of(args: &[Arg], _: &Place) -> Option<Resolved> {
    let found = args.first()?.found()?;
    of(period(found.days?.start, 0, 'W'), &found.basis)
}

/// number, month: "the last week of August".
fn nth_week(args: &[Arg], _: &Place) -> Option<Resolved> {
    let (number, found) = (args.first()?.int()?, args.get(1)?.found()?);
    let days = found.days?;
    let day = if number < 0 { days.end } else { shift(days.start, number - 1, 'W')?.start };
    of(period(day, 0, 'W'), &found.basis)
}

/// which, unit: the week, month, year so far from the document's own.
fn period_value(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (which, unit) = (args.first()?.int()?, args.get(1)?.unit()?);
    let today = place.today();
    if unit == 'C' || unit == 'E' {
        return of_long_unit(today?.year(), which, unit);
    }
    counted(today.and_then(|t| period(t, which, unit)), place)
}

/// "this century", "last decade".
fn of_long_unit(year: i16, which: i64, unit: char) -> Option<Resolved> {
    let size = if unit == 'C' { 100 } else { 10 };
    let number = year / size + i16::try_from(which).ok()?;
    let days = if unit == 'C' { century_days(number) } else { decade_days(number) };
    plain(number.to_string(), days, COUNTED)
}

/// which, unit: "that day", "the following year".
fn told(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (which, unit) = (args.first()?.int()?, args.get(1)?.unit()?);
    match place.told() {
        Some(told) => match at_unit(told, which, unit) {
            Some(days) => of(Some(days), TOLD),
            None => open(told, unit),
        },
        None if unit == 'D' || place.reader.is_history => open_at(None, unit),
        None => counted(place.today().and_then(|t| period(t, which, unit)), place),
    }
}

/// A date finer than the one it counts from: what is known of it, the rest open.
fn open(told: Days, unit: char) -> Option<Resolved> {
    open_at(Some(told), unit)
}

fn open_at(told: Option<Days>, unit: char) -> Option<Resolved> {
    let year = told.map_or("XXXX".to_owned(), |t| format!("{:04}", t.start.year()));
    let month = match told.filter(|t| t.granularity == "month") {
        Some(told) => format!("{:02}", told.start.month()),
        None => "XX".to_owned(),
    };
    let value = match unit {
        'W' => format!("{year}-WXX"),
        'M' => format!("{year}-XX"),
        'Y' => year,
        _ => format!("{year}-{month}-XX"),
    };
    plain(value, None, NOT_TOLD)
}

/// number, unit: before the document's date.
fn ago(args: &[Arg], place: &Place) -> Option<Resolved> {
    let number = args.first()?.number();
    away(number.map(|n| -n), args.get(1)?.unit()?, place.today(), place)
}

/// "a year ago" where results are compared: the same quarter of the year before.
fn a_year_ago(_: &[Arg], place: &Place) -> Option<Resolved> {
    place.reader.quarter?;
    results(&[Arg::Number(-4.0)], place)
}

/// number, unit: after the document's date.
fn ahead(args: &[Arg], place: &Place) -> Option<Resolved> {
    away(args.first()?.number(), args.get(1)?.unit()?, place.today(), place)
}

fn away(number: Option<f64>, unit: char, from: Option<Date>, place: &Place) -> Option<Resolved> {
    let Some(number) = number else { return Some(Resolved { basis: "no number is given".into(), ..none() }) };
    let Some(days) = from.and_then(|day| shifted(day, number, unit)) else { return counted(None, place) };
    if unit == 'W' {
        let week = period(days.start, 0, 'W')?;
        return plain(value_of(&week), Some(days), COUNTED);
    }
    if unit == 'H' || unit == 'm' {
        return plain(moment(days.start), Some(days), COUNTED);
    }
    counted(Some(days), place)
}

/// A day at an hour that nobody tells.
fn moment(day: Date) -> String {
    format!("{day}TXX")
}

/// Halves of years are counted in months.
fn shifted(from: Date, number: f64, unit: char) -> Option<Days> {
    if number.fract() != 0.0 && unit == 'Y' {
        return shift(from, (number * 12.0).round() as i64, 'M');
    }
    shift(from, number.round() as i64, unit)
}

/// number, unit, sign: "two days later", "a week earlier", from the date told before.
fn later(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (number, unit, sign) = (args.first()?.number(), args.get(1)?.unit()?, args.get(2)?.number()?);
    let Some(told) = place.told() else {
        if sign > 0.0 || place.reader.is_history {
            return open_at(None, unit);
        }
        return away(number.map(|n| sign * n), unit, place.today(), place);
    };
    let Some(number) = number else { return open(told, unit) };
    if finer(unit, told.granularity) {
        return open(told, unit);
    }
    of(shifted(told.start, sign * number, unit), TOLD)
}

/// Whether a count of that unit says more than what it counts from.
fn finer(unit: char, granularity: &str) -> bool {
    match granularity {
        "day" => false,
        "week" => matches!(unit, 'D' | 'H' | 'm'),
        "month" | "quarter" => matches!(unit, 'D' | 'W' | 'H' | 'm'),
        _ => !matches!(unit, 'Y' | 'E' | 'C'),
    }
}

/// expression, number, unit: "two days before Monday", "a week after 3 May".
fn beside(args: &[Arg], _: &Place) -> Option<Resolved> {
    let (found, number, unit, sign) =
        (args.first()?.found()?, args.get(1)?.number()?, args.get(2)?.unit()?, args.get(3)?.number()?);
    let days = found.days.filter(|d| !finer(unit, d.granularity))?;
    of(shifted(days.start, sign * number, unit), &found.basis)
}

/// event, number, unit, sign: "six days after the invasion", "a month into the war".
fn from_event(args: &[Arg], place: &Place) -> Option<Resolved> {
    let Arg::Event(event) = args.first()? else { return None };
    let (number, unit, sign) = (args.get(1)?.number(), args.get(2)?.unit()?, args.get(3)?.number()?);
    let from = if args.get(4).is_some() || sign < 0.0 { event.days } else { event.after };
    let basis = format!("{}: {}", place.reader.text(&place.words), event.name);
    let days = number.filter(|_| !finer(unit, from.granularity));
    match days.and_then(|n| shifted(from.start, sign * n, unit)) {
        Some(days) => of(Some(days), &basis),
        None => Some(Resolved { basis, ..open(from, unit)? }),
    }
}

/// number, event: "the third anniversary of the coup"; without a number, that of the document's year or the one before.
fn anniversary(args: &[Arg], place: &Place) -> Option<Resolved> {
    let Arg::Event(event) = args.get(1)? else { return None };
    let start = event.days.start;
    let in_year = |year: i16| start.checked_add(i64::from(year - start.year()).years()).ok();
    let day = match args.first()?.int() {
        Some(number) => start.checked_add(number.clamp(0, 1000).years()).ok()?,
        None => {
            let today = place.today()?;
            let this = in_year(today.year())?;
            let is_far = today.checked_add(SOON.days()).is_ok_and(|limit| this > limit);
            if is_far { in_year(today.year() - 1)? } else { this }
        }
    };
    let basis = format!("{}: {}", place.reader.text(&place.words), event.name);
    of(Some(Days { start: day, ..one_day(day) }), &basis)
}

/// How many days ahead of its anniversary an event is spoken of.
const SOON: i64 = 60;

/// number, unit, and perhaps more of them.
fn length(args: &[Arg], _: &Place) -> Option<Resolved> {
    // "the 1988 quarter" is no length.
    if args.get(1).and_then(Arg::unit) == Some('Q') && args[0].number().is_some_and(|n| n > 40.0) {
        return None;
    }
    let parts: Option<Vec<(Option<f64>, char)>> = args
        .chunks(2)
        .filter(|c| c.len() == 2 && c[1].unit().is_some())
        .map(|c| Some((c[0].number(), c[1].unit()?)))
        .collect();
    let parts = parts?;
    let is_falling = parts.windows(2).all(|p| rank(p[0].1) < rank(p[1].1));
    is_falling.then(|| plain(length_value(&parts)?, None, WRITTEN)).flatten()
}

/// The place of a unit from the longest on.
fn rank(unit: char) -> usize {
    "CEYQMWDHms".find(unit).unwrap_or(0)
}

/// which, number, unit: "the past three months", a duration whose days are known.
fn span(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (which, number, unit) = (args.first()?.int()?, args.get(1)?.number(), args.get(2)?.unit()?);
    let days = match (place.today(), number) {
        (Some(today), Some(number)) if which != 0 => stretch(today, which * number as i64, unit),
        _ => None,
    };
    plain(length_value(&[(number, unit)])?, days, COUNTED)
}

/// number, unit.
fn every(args: &[Arg], _: &Place) -> Option<Resolved> {
    plain(
        length_value(&[(Some(args.first()?.number().unwrap_or(1.0)), args.get(1)?.unit()?)])?,
        None,
        WRITTEN,
    )
}

/// weekday, part of the day.
fn every_weekday(args: &[Arg], _: &Place) -> Option<Resolved> {
    let day = args.first()?.weekday()?.to_monday_one_offset();
    let part = args.get(1).map_or("", Arg::word);
    let mark = if part.is_empty() { "" } else { "T" };
    plain(format!("XXXX-WXX-{day}{mark}{part}"), None, WRITTEN)
}

fn every_month(args: &[Arg], _: &Place) -> Option<Resolved> {
    plain(format!("XXXX-{:02}", args.first()?.int()?), None, WRITTEN)
}

/// minutes, half of the day, date.
fn clock(args: &[Arg], place: &Place) -> Option<Resolved> {
    let minutes = args.first()?.int()?;
    at_time(minutes / 60, minutes % 60, args.get(1), args.get(2), place)
}

/// hour (or four figures), half of the day, date.
fn hour(args: &[Arg], place: &Place) -> Option<Resolved> {
    let number = args.first()?.int()?;
    let (hour, minute) = if number > 99 { (number / 100, number % 100) } else { (number, 0) };
    at_time(hour, minute, args.get(1), args.get(2), place)
}

/// On the day named, else on the day told just before, else today.
fn at_time(
    hour: i64,
    minute: i64,
    half: Option<&Arg>,
    date: Option<&Arg>,
    place: &Place,
) -> Option<Resolved> {
    let half = half.and_then(Arg::int);
    let hour = match half {
        Some(half) if (1..13).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    if hour > 24 || minute > 59 {
        return None;
    }
    let told = place.told().filter(|d| d.granularity == "day");
    let days = date.and_then(Arg::days).or(told).or(place.today().map(one_day));
    let value = days.map_or_else(String::new, |d| d.start.to_string());
    plain(format!("{value}T{hour:02}:{minute:02}"), days, WRITTEN)
}

/// date, part of the day.
fn part(args: &[Arg], _: &Place) -> Option<Resolved> {
    let (found, part) = (args.first()?.found()?, args.get(1)?.word());
    let value = match found.days {
        Some(days) if days.granularity == "day" => format!("{}T{part}", days.start),
        _ => format!("{}T{part}", found.value.as_deref()?),
    };
    plain(value, found.days, &found.basis)
}

/// days, part of the day: "last night", "this morning".
fn part_today(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (by, part) = (args.first()?.int()?, args.get(1)?.word());
    let days = place.today().and_then(|t| shift(t, by, 'D'));
    let value = days.map(|d| format!("{}T{part}", d.start));
    Some(Resolved { value, ..counted(days, place)? })
}

/// days, part of the day: "that night", "the next morning".
fn part_told(args: &[Arg], place: &Place) -> Option<Resolved> {
    let (by, part) = (args.first()?.int()?, args.get(1)?.word());
    let days = place.told().filter(|d| d.granularity == "day").and_then(|d| shift(d.start, by, 'D'));
    let day = days.map_or("XXXX-XX-XX".to_owned(), |d| d.start.to_string());
    plain(format!("{day}T{part}"), days, if days.is_some() { TOLD } else { NOT_TOLD })
}

/// holiday, year, which.
fn holiday(args: &[Arg], place: &Place) -> Option<Resolved> {
    let rule = args.first()?.word();
    let on = |year: i16| holidays::day(rule, year);
    if let Some(year) = args.get(1)?.year() {
        return of(Some(one_day(on(year)?)), WRITTEN);
    }
    if let Some(year) = place.year_told() {
        return of(Some(one_day(on(year)?)), YEAR_TOLD);
    }
    let Some(today) = place.today() else { return plain("XXXX".to_owned(), None, NO_YEAR) };
    let this = on(today.year())?;
    let is_ahead = match args.get(2).and_then(Arg::int) {
        Some(which) => which > 0,
        None => place.direction() == Direction::Ahead,
    };
    let is_last = args.get(2).and_then(Arg::int) == Some(-1);
    let far = this.checked_sub(120.days()).is_ok_and(|d| d > today);
    let year = match () {
        () if is_ahead && this < today => today.year() + 1,
        () if is_last && this >= today => today.year() - 1,
        () if !is_ahead && this > today && (place.direction() == Direction::Back || far) => today.year() - 1,
        () => today.year(),
    };
    of(Some(one_day(on(year)?)), NEAREST)
}

/// "year-end", "the end of the year".
fn year_end(args: &[Arg], place: &Place) -> Option<Resolved> {
    let named = args.first().and_then(Arg::year);
    let year = named.or(place.year_told()).or(place.today().map(jiff::civil::Date::year))?;
    of(unit_days(Date::new(year, 12, 31).ok()?, 'D'), COUNTED)
}
