//! When: time expressions of English news, resolved against the document's date and the dates told before.

mod calendar;
mod words;

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::tree::Tree;
use calendar::{
    Direction, duration, last_weekday, month_days, nearest_year, next_weekday, period, quarter_days,
    season_days, stretch, value_of, weekend, year_days,
};
pub use calendar::{one_day, shift};
use words::{
    HOURS, JOINTS, MONTHS, NUMBERS, ORDINALS, PARTS_OF_DAY, SEASONS, UNITS, WEEKDAYS, ZONES, lookup,
};

/// Days that a value stands for, and how finely it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// `day`, `week`, `month`, `quarter`, `year`, `range`.
    pub granularity: &'static str,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// TIMEX3 type.
    pub kind: &'static str,
    /// TIMEX3 value; `None` where it cannot be known.
    pub value: Option<String>,
    /// The days it stands for.
    pub days: Option<Days>,
    /// How the value was found.
    pub basis: String,
}

/// What the value rests on.
const WRITTEN: &str = "as written";
const COUNTED: &str = "counted from the document's date";
const NEAREST: &str = "the year nearest to the document's date";
const TOLD: &str = "counted from the date told before";
const YEAR_TOLD: &str = "the year told before";
const NO_YEAR: &str = "the year is not given";
const NO_DATE: &str = "no document date";
const VAGUE: &str = "vague";

/// A document's words, lower-cased once, its date, and the date told last.
struct Reader<'a> {
    tree: &'a Tree<'a>,
    words: Vec<String>,
    today: Option<Date>,
    /// Whether the text tells of other years than its own, so that dates without a year go on from the one told.
    is_history: bool,
    told: Option<Told>,
}

/// The date told last.
#[derive(Clone, Copy)]
struct Told {
    days: Days,
    sentence: usize,
}

/// Every time expression of the document, in text order.
pub fn find(tree: &Tree, today: Option<Date>) -> Vec<TimeExpression> {
    let words: Vec<String> =
        (0..tree.len()).map(|i| tree.text(i).trim_end_matches('.').to_lowercase()).collect();
    let is_history = tells_history(&words, today);
    let mut reader = Reader { tree, words, today, is_history, told: None };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match reader.read(i) {
            Some(expression) => {
                i = expression.tokens.end.max(i + 1);
                reader.remember(&expression);
                found.push(expression);
            }
            None => i += 1,
        }
    }
    found
}

/// Whether the years that a text names lie elsewhere than its own date, and it speaks of no day around that.
fn tells_history(words: &[String], today: Option<Date>) -> bool {
    let Some(today) = today else { return true };
    let is_near = |word: &str| {
        matches!(word, "today" | "yesterday" | "tomorrow" | "tonight") || lookup(WEEKDAYS, word).is_some()
    };
    let near = words.iter().filter(|w| is_near(w)).count();
    let years = words.iter().filter_map(|w| (w.len() == 4).then(|| w.parse::<i16>().ok()).flatten());
    let far = years.filter(|y| (1000..2100).contains(y) && (y - today.year()).abs() > 1).count();
    far > 3 && far > 2 * near
}

fn date(tokens: Range<usize>, value: String, days: Option<Days>, basis: &str) -> TimeExpression {
    TimeExpression { tokens, kind: "DATE", value: Some(value), days, basis: basis.to_owned() }
}

/// An expression whose value is that of its days.
fn of_days(tokens: Range<usize>, days: Option<Days>, basis: &str) -> TimeExpression {
    let value = days.map(|d| value_of(&d));
    TimeExpression { tokens, kind: "DATE", value, days, basis: basis.to_owned() }
}

fn reference(tokens: Range<usize>, value: &str) -> TimeExpression {
    date(tokens, value.to_owned(), None, VAGUE)
}

fn length(tokens: Range<usize>, count: Option<i64>, unit: char, basis: &str) -> TimeExpression {
    TimeExpression {
        tokens,
        kind: "DURATION",
        value: duration(count, unit),
        days: None,
        basis: basis.to_owned(),
    }
}

fn set(tokens: Range<usize>, value: String) -> TimeExpression {
    TimeExpression { tokens, kind: "SET", value: Some(value), days: None, basis: WRITTEN.to_owned() }
}

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", String::as_str)
    }

    fn before(&self, i: usize) -> &str {
        if i == 0 { "" } else { self.word(i - 1) }
    }

    fn read(&self, i: usize) -> Option<TimeExpression> {
        let found = self
            .clock(i)
            .or_else(|| self.repeated(i))
            .or_else(|| self.stretch_of_days(i))
            .or_else(|| self.explicit(i))
            .or_else(|| self.modified(i))
            .or_else(|| self.numeric(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.before_christ(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.weekend(i))
            .or_else(|| self.season(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.deictic(i))
            .or_else(|| self.adverb(i))
            .or_else(|| self.month_alone(i))
            .or_else(|| self.year(i))?;
        Some(self.with_part_of_day(found))
    }

    fn remember(&mut self, found: &TimeExpression) {
        if let Some(days) = found.days.filter(|_| matches!(found.kind, "DATE" | "TIME")) {
            self.told = Some(Told { days, sentence: self.tree.sentence(found.tokens.start) });
        }
    }

    /// The days told in this sentence or the two before.
    fn just_told(&self, i: usize) -> Option<Days> {
        self.told.filter(|t| t.sentence + 2 >= self.tree.sentence(i)).map(|t| t.days)
    }

    /// The year that the text is in where it tells of other years than its own.
    fn year_told(&self, i: usize) -> Option<i16> {
        let year = self.told?.days.start.year();
        let far = self.today.is_none_or(|t| (t.year() - year).abs() > 1);
        let recent = self.is_history || self.just_told(i).is_some();
        (far && recent).then_some(year)
    }

    fn year_at(&self, i: usize) -> Option<i16> {
        let word = self.word(i);
        let year: i16 = (word.len() == 4).then(|| word.parse().ok()).flatten()?;
        (1000..2100).contains(&year).then_some(year)
    }

    fn day_at(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e)).unwrap_or(word);
        let day: i8 = (digits.len() <= 2).then(|| digits.parse().ok()).flatten()?;
        (1..=31).contains(&day).then_some(day)
    }

    fn is_capital(&self, i: usize) -> bool {
        i < self.tree.len() && self.tree.text(i).starts_with(char::is_uppercase)
    }

    fn month_at(&self, i: usize) -> Option<i8> {
        self.is_capital(i).then(|| lookup(MONTHS, self.word(i))).flatten()
    }

    fn number_at(&self, i: usize) -> Option<i64> {
        let word = self.word(i);
        lookup(NUMBERS, word).or_else(|| word.parse().ok().filter(|n| (0..1000).contains(n)))
    }

    fn words_of(&self, tokens: Range<usize>) -> &str {
        &self.tree.document()[self.tree.span_of(tokens).range()]
    }

    /// "16 February 2022", "February 16, 2022", "16th of February", "February 2022", "Feb. 16", and the contradiction
    /// "May 16 February 2022".
    fn explicit(&self, i: usize) -> Option<TimeExpression> {
        if let Some(contradiction) = self.contradiction(i) {
            return Some(contradiction);
        }
        if let Some(day) = self.day_at(i) {
            let at = if self.word(i + 1) == "of" { i + 2 } else { i + 1 };
            let month = self.month_at(at)?;
            let comma = usize::from(self.word(at + 1) == "," && self.year_at(at + 2).is_some());
            let year = self.year_at(at + 1 + comma);
            return self.day_of(i..at + 1 + if year.is_some() { 1 + comma } else { 0 }, year, month, day);
        }
        let month = self.month_at(i)?;
        if let Some(day) = self.day_at(i + 1).filter(|_| self.month_at(i + 2).is_none()) {
            let comma = usize::from(self.word(i + 2) == ",");
            let year = self.year_at(i + 2 + comma);
            let end = if year.is_some() { i + 3 + comma } else { i + 2 };
            return self.day_of(i..end, year, month, day);
        }
        let joint = usize::from(matches!(self.word(i + 1), "," | "of"));
        let year = self.year_at(i + 1 + joint)?;
        Some(of_days(i..i + 2 + joint, Some(month_days(year, month)?), WRITTEN))
    }

    /// "last May 16", "this 3 March": the date itself says which.
    fn modified(&self, i: usize) -> Option<TimeExpression> {
        let modifier = matches!(self.word(i), "last" | "this" | "past" | "next");
        let inner = modifier.then(|| self.explicit(i + 1)).flatten()?;
        Some(TimeExpression { tokens: i..inner.tokens.end, ..inner })
    }

    /// Two months in one date: the complete one counts, and the basis keeps both.
    fn contradiction(&self, i: usize) -> Option<TimeExpression> {
        let (_, day, month, year) =
            (self.month_at(i)?, self.day_at(i + 1)?, self.month_at(i + 2)?, self.year_at(i + 3)?);
        let day = Date::new(year, month, day).ok()?;
        let basis = format!("two months are written; “{}” is complete", self.words_of(i + 1..i + 4));
        Some(TimeExpression { basis, ..of_days(i..i + 4, Some(one_day(day)), "") })
    }

    fn day_of(&self, tokens: Range<usize>, year: Option<i16>, month: i8, day: i8) -> Option<TimeExpression> {
        if let Some(year) = year.or_else(|| self.year_ahead(tokens.end)) {
            return Some(of_days(tokens, Some(one_day(Date::new(year, month, day).ok()?)), WRITTEN));
        }
        if let Some(told) = self.year_told(tokens.start).and_then(|y| Date::new(y, month, day).ok()) {
            return Some(of_days(tokens, Some(one_day(told)), YEAR_TOLD));
        }
        let Some(today) = self.today else {
            return Some(date(tokens, format!("XXXX-{month:02}-{day:02}"), None, NO_YEAR));
        };
        let nearest = nearest_year(today, month, day, self.direction(tokens.start))?;
        Some(of_days(tokens, Some(one_day(nearest)), NEAREST))
    }

    /// The year of the other end: "3 March to 5 April 2022", "from March to May 2021".
    fn year_ahead(&self, i: usize) -> Option<i16> {
        let joint = JOINTS.contains(&self.word(i)) || self.word(i) == "and";
        let at = [i + 1, i + 2, i + 3].into_iter().find(|&t| self.month_at(t).is_some()).filter(|_| joint)?;
        (at + 1..at + 4)
            .take_while(|&t| self.day_at(t).is_some() || self.word(t) == "," || self.year_at(t).is_some())
            .find_map(|t| self.year_at(t))
    }

    /// "16-18 February 2022", "March 3 to 5": days of one month.
    fn stretch_of_days(&self, i: usize) -> Option<TimeExpression> {
        let joined = |t: usize| {
            JOINTS.contains(&self.word(t)) || (self.word(t) == "and" && self.before(i) == "between")
        };
        let (first, last, end, month, year) = if let Some(month) = self.month_at(i) {
            let (first, last) = (self.day_at(i + 1)?, self.day_at(i + 3).filter(|_| joined(i + 2))?);
            if self.month_at(i + 4).is_some() || self.year_at(i + 3).is_some() {
                return None;
            }
            let comma = usize::from(self.word(i + 4) == ",");
            let year = self.year_at(i + 4 + comma);
            (first, last, if year.is_some() { i + 5 + comma } else { i + 4 }, month, year)
        } else {
            let (first, last) = (self.day_at(i)?, self.day_at(i + 2).filter(|_| joined(i + 1))?);
            let month = self.month_at(i + 3)?;
            let year = self.year_at(i + 4);
            (first, last, i + 4 + usize::from(year.is_some()), month, year)
        };
        let start = self.day_of(i..end, year, month, first)?;
        let first = start.days?.start;
        let last = Date::new(first.year(), month, last).ok().filter(|last| *last > first)?;
        let days = Days { start: first, end: last, granularity: "range" };
        Some(TimeExpression { value: Some(format!("{first}/{last}")), days: Some(days), ..start })
    }

    /// "2022-02-16", which the tokenizer may have split at its hyphens, "16.02.2022", and "16/02/2022" where only one order is a date.
    fn numeric(&self, i: usize) -> Option<TimeExpression> {
        for length in [1, 3, 5] {
            if i + length > self.tree.len() {
                break;
            }
            let text = self.words_of(i..i + length);
            let day = text.get(..10).filter(|_| text.len() == 10 || text.as_bytes().get(10) == Some(&b'T'));
            if let Some(day) = day.and_then(|t| t.parse::<Date>().ok().or_else(|| day_month_year(t))) {
                return Some(of_days(i..i + length, Some(one_day(day)), WRITTEN));
            }
        }
        None
    }

    /// "Monday", "this Thursday", "next Friday", "Monday, 3 May": in news a bare weekday is the last one, unless the verb looks ahead.
    fn weekday(&self, i: usize) -> Option<TimeExpression> {
        let modifier = self.word(i);
        let modified =
            matches!(modifier, "this" | "last" | "next" | "coming" | "past" | "previous" | "following");
        let at = if modified { i + 1 } else { i };
        let day = lookup(WEEKDAYS, self.word(at)).filter(|_| self.is_capital(at))?;
        let comma = usize::from(self.word(at + 1) == ",");
        if let Some(full) = self.explicit(at + 1 + comma) {
            return Some(self.agreeing(TimeExpression { tokens: i..full.tokens.end, ..full }, day));
        }
        // "the Sun", "Sat down": short forms need their full stop.
        if self.word(at).len() < 6 && !self.tree.text(at).ends_with('.') {
            return None;
        }
        let Some(today) = self.today else {
            return Some(date(i..at + 1, format!("XXXX-WXX-{}", day.to_monday_one_offset()), None, NO_DATE));
        };
        let ahead = matches!(modifier, "next" | "coming" | "following")
            || (!matches!(modifier, "last" | "past" | "previous") && self.direction(at) == Direction::Ahead);
        let (found, why) = if ahead {
            (next_weekday(today, day, modifier == "next"), "the weekday after the document's date")
        } else {
            (last_weekday(today, day, modifier == "last"), "the weekday up to the document's date")
        };
        Some(of_days(i..at + 1, Some(one_day(found?)), why))
    }

    /// A date without a year after its weekday: the year in which the two agree, if a near one does.
    fn agreeing(&self, found: TimeExpression, day: Weekday) -> TimeExpression {
        let Some(start) = found.days.filter(|d| d.granularity == "day").map(|d| d.start) else {
            return found;
        };
        if found.basis == WRITTEN || start.weekday() == day {
            return found;
        }
        let years = [1, -1].into_iter().filter_map(|n| start.checked_add(n.years()).ok());
        match years.into_iter().find(|d| d.weekday() == day) {
            Some(other) => {
                of_days(found.tokens, Some(one_day(other)), "the year in which the weekday agrees")
            }
            None => found,
        }
    }

    /// Whether the verb over token `i` looks ahead (will, is to, plans to) or back (a past form).
    fn direction(&self, i: usize) -> Direction {
        let tree = self.tree;
        let Some(verb) = tree.ancestors(i).find(|&a| tree.is_verb(a)) else { return Direction::Unknown };
        let has = |words: &[&str]| tree.by_dep(verb, &["aux"]).any(|a| words.contains(&self.word(a)));
        let plans = tree.tag(verb) == "VBG" && has(&["is", "are", "'s", "'re", "am"]);
        if has(&["will", "'ll", "shall", "would", "may", "might"])
            || crate::arguments::is_to_infinitive(tree, verb)
            || plans
        {
            return Direction::Ahead;
        }
        let past =
            matches!(tree.tag(verb), "VBD" | "VBN") || has(&["did", "was", "were", "had", "has", "have"]);
        if past { Direction::Back } else { Direction::Unknown }
    }

    /// "44 BC", "the 500s BC" is left alone.
    fn before_christ(&self, i: usize) -> Option<TimeExpression> {
        let year: i16 = self.word(i).parse().ok().filter(|y| (1..10_000).contains(y))?;
        let era = matches!(self.word(i + 1), "bc" | "bce" | "b.c" | "b.c.e");
        era.then(|| date(i..i + 2, format!("BC{year:04}"), None, WRITTEN))
    }

    /// "the 1990s".
    fn decade(&self, i: usize) -> Option<TimeExpression> {
        let tens: i16 =
            self.word(i).strip_suffix('s')?.strip_suffix("0").filter(|w| w.len() == 3)?.parse().ok()?;
        let (start, end) = (Date::new(tens * 10, 1, 1).ok()?, Date::new(tens * 10 + 9, 12, 31).ok()?);
        let days = Days { start, end, granularity: "range" };
        Some(date(i..i + 1, format!("{tens}"), Some(days), WRITTEN))
    }

    /// "the third quarter of 2022", "third-quarter", "Q3 2022", "the 2022 third quarter".
    fn quarter(&self, i: usize) -> Option<TimeExpression> {
        let leading = self.year_at(i);
        let from = if leading.is_some() { i + 1 } else { i };
        let numbered =
            self.word(from).strip_prefix('q').and_then(|n| n.parse().ok()).filter(|n| (1..5).contains(n));
        let (number, mut end) = match numbered {
            Some(number) => (number, from + 1),
            None => {
                let number = lookup(ORDINALS, self.word(from))?;
                let hyphen = usize::from(self.word(from + 1) == "-");
                (self.word(from + 1 + hyphen) == "quarter").then_some((number, from + 2 + hyphen))?
            }
        };
        let of = usize::from(matches!(self.word(end), "of" | ","));
        let year = leading.or_else(|| self.year_at(end + of));
        if leading.is_none() && year.is_some() {
            end += 1 + of;
        }
        let (year, basis) = match (year, self.year_told(i), self.today) {
            (Some(year), ..) => (year, WRITTEN),
            (_, Some(year), _) => (year, YEAR_TOLD),
            (.., Some(today)) if quarter_days(today.year(), number)?.start <= today => {
                (today.year(), NEAREST)
            }
            (.., Some(today)) if self.direction(i) == Direction::Ahead => (today.year(), NEAREST),
            (.., Some(today)) => (today.year() - 1, NEAREST),
            _ => return Some(date(i..end, format!("XXXX-Q{number}"), None, NO_YEAR)),
        };
        Some(of_days(i..end, Some(quarter_days(year, number)?), basis))
    }

    /// "the weekend", "last weekend", "this weekend".
    fn weekend(&self, i: usize) -> Option<TimeExpression> {
        let modifier = self.word(i);
        let modified = matches!(modifier, "the" | "this" | "last" | "next" | "past" | "coming");
        if !modified || self.word(i + 1) != "weekend" {
            return None;
        }
        let tokens = if modifier == "the" { i + 1..i + 2 } else { i..i + 2 };
        let Some(today) = self.today else { return Some(date(tokens, "XXXX-WXX-WE".into(), None, NO_DATE)) };
        let ahead = match modifier {
            "next" | "coming" => true,
            "last" | "past" => false,
            _ => self.direction(i + 1) == Direction::Ahead,
        };
        let (days, value) = weekend(today, ahead, modifier == "last")?;
        Some(date(tokens, value, Some(days), COUNTED))
    }

    /// "last summer", "the spring of 2022", "winter 1941": not the fall of a town.
    fn season(&self, i: usize) -> Option<TimeExpression> {
        let shift_by = match self.word(i) {
            "last" | "past" => Some(-1),
            "this" => Some(0),
            "next" | "coming" => Some(1),
            _ => None,
        };
        let at = i + usize::from(shift_by.is_some());
        let (name, code, month) = *SEASONS.iter().find(|(w, ..)| *w == self.word(at))?;
        let of = usize::from(matches!(self.word(at + 1), "of" | ","));
        let year = self.year_at(at + 1 + of);
        let in_it = matches!(self.before(i), "in" | "during" | "by")
            || (self.before(i) == "the"
                && i > 1
                && matches!(self.word(i - 2), "in" | "during" | "by" | "since"));
        let names_time =
            year.is_some() || shift_by.is_some() || (in_it && (name != "fall" || self.word(at + 1) != "of"));
        if !names_time {
            return None;
        }
        let end = if year.is_some() { at + 2 + of } else { at + 1 };
        let (year, basis) = match (year, self.year_told(i), self.today) {
            (Some(year), ..) => (year, WRITTEN),
            (_, Some(told), _) => (told, YEAR_TOLD),
            (.., Some(today)) => (self.season_year(i, today, month, shift_by)?, COUNTED),
            _ => return Some(date(i..end, format!("XXXX-{code}"), None, NO_YEAR)),
        };
        Some(date(i..end, format!("{year:04}-{code}"), season_days(year, month), basis))
    }

    /// The last season of that name that has begun, or the next.
    fn season_year(&self, i: usize, today: Date, month: i8, shift_by: Option<i64>) -> Option<i16> {
        let this_year = season_days(today.year(), month)?.start <= today;
        let begun = today.year() - i16::from(!this_year);
        let running = season_days(begun, month)?.end >= today;
        let direction = self.direction(i);
        Some(match shift_by {
            Some(-1) if running => begun - 1,
            Some(1) => begun + 1,
            Some(0) if !running && direction != Direction::Back => begun + 1,
            None if !running && direction == Direction::Ahead => begun + 1,
            _ => begun,
        })
    }

    /// "every day", "each Monday", "every two weeks", "on Mondays".
    fn repeated(&self, i: usize) -> Option<TimeExpression> {
        if self.is_capital(i)
            && let Some(day) = self.word(i).strip_suffix('s').and_then(|w| lookup(WEEKDAYS, w))
            && self.word(i).len() > 6
        {
            return Some(set(i..i + 1, format!("XXXX-WXX-{}", day.to_monday_one_offset())));
        }
        if !matches!(self.word(i), "every" | "each") {
            return None;
        }
        if let Some(day) = lookup(WEEKDAYS, self.word(i + 1)).filter(|_| self.is_capital(i + 1)) {
            return Some(set(i..i + 2, format!("XXXX-WXX-{}", day.to_monday_one_offset())));
        }
        if let Some(month) = self.month_at(i + 1) {
            return Some(set(i..i + 2, format!("XXXX-{month:02}")));
        }
        let count = self.number_at(i + 1);
        let at = i + 1 + usize::from(count.is_some());
        let unit = lookup(UNITS, self.word(at))?;
        Some(set(i..at + 1, duration(Some(count.unwrap_or(1)), unit)?))
    }

    /// "9 a.m. Tuesday", "10:35 p.m.", "noon on Thursday": on the day named, else on the day told, else today.
    fn clock(&self, i: usize) -> Option<TimeExpression> {
        let (time, mut end) = self.hour_at(i)?;
        if ZONES.contains(&self.word(end)) {
            end += 1 + usize::from(self.word(end) == "local" && self.word(end + 1) == "time");
        }
        let at = end + usize::from(matches!(self.word(end), "on" | ","));
        let named = self.explicit(at).or_else(|| self.weekday(at)).or_else(|| self.adverb(at));
        let named = named.filter(|n| n.days.is_some_and(|d| d.granularity == "day"));
        let end = named.as_ref().map_or(end, |n| n.tokens.end);
        let told = self.just_told(i).filter(|d| d.granularity == "day");
        let days = named.and_then(|n| n.days).or(told).or(self.today.map(one_day));
        let value = days.map(|d| format!("{}T{time}", d.start)).unwrap_or_else(|| format!("T{time}"));
        Some(TimeExpression { tokens: i..end, kind: "TIME", value: Some(value), days, basis: WRITTEN.into() })
    }

    /// An hour on the clock as TIMEX3 writes it, and the token after it.
    fn hour_at(&self, i: usize) -> Option<(String, usize)> {
        if let Some(hour) = lookup(HOURS, self.word(i)) {
            return (self.tree.is_nominal(i) && !self.is_capital(i)).then(|| (hour.to_owned(), i + 1));
        }
        let half = match self.word(i + 1) {
            "a.m" | "am" => Some(0),
            "p.m" | "pm" => Some(12),
            _ => None,
        };
        let (hour, minute) = self.word(i).split_once([':', '.']).unwrap_or((self.word(i), "00"));
        let written = self.word(i).contains(':');
        let (hour, minute): (u8, u8) =
            (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
        let zoned = written && (ZONES.contains(&self.word(i + 1)) || self.before(i) == "at");
        let hour = match half {
            Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
            None if zoned && hour < 24 => hour,
            _ => return None,
        };
        (minute < 60).then(|| (format!("{hour:02}:{minute:02}"), i + 1 + usize::from(half.is_some())))
    }

    /// "Friday night", "yesterday evening".
    fn with_part_of_day(&self, found: TimeExpression) -> TimeExpression {
        let end = found.tokens.end;
        let is_day = |d: &Days| d.granularity == "day";
        let part = lookup(PARTS_OF_DAY, self.word(end)).filter(|_| found.kind == "DATE");
        let (Some(part), Some(days)) = (part, found.days.filter(is_day)) else { return found };
        let value = Some(format!("{}T{part}", days.start));
        TimeExpression { tokens: found.tokens.start..end + 1, kind: "TIME", value, ..found }
    }

    /// "three days ago", "six days after ...", "a three-day visit", "for three years".
    fn counted(&self, i: usize) -> Option<TimeExpression> {
        let (count, at) = match self.number_at(i) {
            Some(count) => (Some(count), i + 1),
            None if matches!(self.word(i), "several" | "many" | "few" | "some") => (None, i + 1),
            None => return self.uncounted(i),
        };
        let hyphen = usize::from(self.word(at) == "-");
        let unit = lookup(UNITS, self.word(at + hyphen))?;
        if hyphen == 1 {
            let is_age = self.word(at + 3) == "old" || self.word(at + 2) == "old";
            return (!is_age).then(|| length(i..at + 2, count, unit, WRITTEN));
        }
        let end = at + 1;
        let is_one = matches!(self.word(i), "a" | "an");
        match (self.word(end), count) {
            ("ago", Some(n)) => Some(self.shifted(i..end + 1, self.today, -n, unit, COUNTED)),
            ("ago", None) => Some(date(i..end + 1, "PAST_REF".into(), None, "no number is given")),
            ("earlier" | "before", Some(n)) if self.ends_clause(end) => {
                Some(self.since_told(i..end + 1, -n, unit))
            }
            ("later" | "afterwards" | "after", Some(n))
                if self.word(end) != "after" || self.ends_clause(end) =>
            {
                match self.just_told(i) {
                    Some(_) => Some(self.since_told(i..end + 1, n, unit)),
                    None => Some(TimeExpression {
                        value: None,
                        ..date(i..end + 1, String::new(), None, "later than what was told before")
                    }),
                }
            }
            ("after" | "before" | "following", Some(_)) => Some(length(i..end, count, unit, WRITTEN)),
            _ if is_one && !matches!(unit, 'Y' | 'W' | 'M') => None,
            _ if matches!(self.before(i), "in" | "within") && self.direction(at) == Direction::Ahead => {
                match count {
                    Some(n) => Some(self.shifted(i..end, self.today, n, unit, COUNTED)),
                    None => Some(reference(i..end, "FUTURE_REF")),
                }
            }
            _ => Some(length(i..end, count, unit, WRITTEN)),
        }
    }

    /// Counted from the date told before, else from today.
    fn since_told(&self, tokens: Range<usize>, count: i64, unit: char) -> TimeExpression {
        match self.just_told(tokens.start).filter(|d| matches!(d.granularity, "day" | "month" | "year")) {
            Some(told) => {
                let coarse = match (told.granularity, unit) {
                    ("year", _) => 'Y',
                    ("month", 'D' | 'W') => 'M',
                    _ => unit,
                };
                if coarse != unit {
                    return TimeExpression {
                        value: None,
                        ..date(tokens, String::new(), None, "no day was told before")
                    };
                }
                self.shifted(tokens, Some(told.start), count, unit, TOLD)
            }
            None => self.shifted(tokens, self.today, count, unit, COUNTED),
        }
    }

    fn ends_clause(&self, i: usize) -> bool {
        matches!(self.word(i + 1), "" | "." | "," | ";" | "\"" | ")")
    }

    /// "days after": a duration without number.
    fn uncounted(&self, i: usize) -> Option<TimeExpression> {
        let unit = lookup(UNITS, self.word(i)).filter(|_| self.word(i).ends_with('s'))?;
        let after = matches!(self.word(i + 1), "after" | "before" | "ago" | "later" | "earlier");
        after.then(|| length(i..i + 1, None, unit, "no number is given"))
    }

    fn shifted(
        &self,
        tokens: Range<usize>,
        from: Option<Date>,
        count: i64,
        unit: char,
        basis: &str,
    ) -> TimeExpression {
        let days = from.and_then(|day| shift(day, count, unit));
        of_days(tokens, days, if from.is_some() { basis } else { NO_DATE })
    }

    /// "last week", "next month", "this year", "the next day", "that year", "the coming weeks", "in the future".
    fn deictic(&self, i: usize) -> Option<TimeExpression> {
        let word = self.word(i + 1);
        let (shift_by, anaphoric) = match self.word(i) {
            "last" | "past" => (-1, false),
            "previous" | "preceding" => (-1, true),
            "next" => (1, self.before(i) == "the"),
            "coming" => (1, false),
            "following" | "ensuing" => (1, true),
            "this" | "current" => (0, false),
            "that" | "same" => (0, true),
            "recent" if lookup(UNITS, word).is_some() => return Some(reference(i..i + 2, "PAST_REF")),
            "future" if self.before(i) == "the" && self.tree.tag(i) == "NN" && self.tree.dep(i) == "pobj" => {
                return Some(reference(i..i + 1, "FUTURE_REF"));
            }
            _ => return None,
        };
        if !anaphoric && let Some(month) = self.month_at(i + 1) {
            return self.deictic_month(i, month, shift_by);
        }
        if let (Some(count), Some(unit)) = (self.number_at(i + 1), lookup(UNITS, self.word(i + 2))) {
            let days = self.today.filter(|_| shift_by != 0).and_then(|t| stretch(t, count * shift_by, unit));
            return Some(TimeExpression { days, ..length(i..i + 3, Some(count), unit, COUNTED) });
        }
        if let Some(part) = lookup(PARTS_OF_DAY, word).filter(|_| !anaphoric) {
            let by =
                if shift_by < 0 && word != "night" && word != "evening" { shift_by } else { shift_by.min(0) };
            let days = self.today.and_then(|t| shift(t, if shift_by > 0 { 1 } else { by }, 'D'));
            let value = days.map(|d| format!("{}T{part}", d.start));
            let found = TimeExpression { value, ..date(i..i + 2, String::new(), days, COUNTED) };
            return Some(TimeExpression { kind: "TIME", ..found });
        }
        let few = usize::from(matches!(word, "few" | "several" | "couple"));
        let plural = lookup(UNITS, self.word(i + 1 + few)).filter(|_| self.word(i + 1 + few).ends_with('s'));
        if plural.is_some() && shift_by != 0 && !anaphoric {
            let value = if shift_by > 0 { "FUTURE_REF" } else { "PAST_REF" };
            return Some(reference(i..i + 2 + few, value));
        }
        let unit = lookup(UNITS, word).filter(|u| !matches!(u, 'H' | 'm') && !word.ends_with('s'))?;
        let told = self.just_told(i).filter(|_| anaphoric);
        match (told, unit) {
            (Some(told), _) => Some(of_days(i..i + 2, at_unit(told, shift_by, unit), TOLD)),
            (None, 'D') => None,
            _ => {
                let days = self.today.and_then(|today| period(today, shift_by, unit));
                Some(of_days(i..i + 2, days, if self.today.is_some() { COUNTED } else { NO_DATE }))
            }
        }
    }

    fn deictic_month(&self, i: usize, month: i8, shift_by: i64) -> Option<TimeExpression> {
        let today = self.today?;
        let year = match shift_by {
            -1 if month >= today.month() => today.year() - 1,
            1 if month <= today.month() => today.year() + 1,
            _ => today.year(),
        };
        Some(of_days(i..i + 2, Some(month_days(year, month)?), COUNTED))
    }

    fn adverb(&self, i: usize) -> Option<TimeExpression> {
        let (by, kind) = match self.word(i) {
            "today" => (0, "DATE"),
            "yesterday" => (-1, "DATE"),
            "tomorrow" => (1, "DATE"),
            "tonight" => (0, "TIME"),
            "now" | "currently" | "nowadays" => return Some(reference(i..i + 1, "PRESENT_REF")),
            "recently" | "lately" | "previously" => return Some(reference(i..i + 1, "PAST_REF")),
            "soon" => return Some(reference(i..i + 1, "FUTURE_REF")),
            "hourly" => return Some(set(i..i + 1, "PT1H".into())),
            "daily" => return Some(set(i..i + 1, "P1D".into())),
            "weekly" => return Some(set(i..i + 1, "P1W".into())),
            "monthly" => return Some(set(i..i + 1, "P1M".into())),
            "annually" | "yearly" => return Some(set(i..i + 1, "P1Y".into())),
            _ => return None,
        };
        // "the day before yesterday", "the day after tomorrow".
        let beyond = match (self.word(i), self.before(i)) {
            ("yesterday", "before") if self.before(i - 1) == "day" => -1,
            ("tomorrow", "after") if self.before(i - 1) == "day" => 1,
            _ => 0,
        };
        let day = self.today.and_then(|t| t.checked_add((by + beyond).days()).ok());
        let value = day.map(|d| if kind == "TIME" { format!("{d}TNI") } else { d.to_string() });
        let basis = if day.is_some() { COUNTED } else { NO_DATE };
        Some(TimeExpression { tokens: i..i + 1, kind, value, days: day.map(one_day), basis: basis.into() })
    }

    /// "in August".
    fn month_alone(&self, i: usize) -> Option<TimeExpression> {
        let month = self.month_at(i).filter(|_| {
            self.word(i).len() > 3
                || matches!(self.before(i), "in" | "since" | "by" | "until" | "from" | "last" | "to")
        })?;
        if self.tree.tag(i) != "NNP"
            || self.tree.dep(i) == "compound"
            || (self.word(i) == "may" && self.tree.dep(i) == "aux")
        {
            return None;
        }
        if let Some(year) = self.year_ahead(i + 1) {
            return Some(of_days(i..i + 1, Some(month_days(year, month)?), "the year of the other end"));
        }
        if let Some(year) = self.year_told(i) {
            return Some(of_days(i..i + 1, month_days(year, month), YEAR_TOLD));
        }
        let Some(today) = self.today else {
            return Some(date(i..i + 1, format!("XXXX-{month:02}"), None, NO_YEAR));
        };
        let day = nearest_year(today, month, 1, self.direction(i))?;
        Some(of_days(i..i + 1, month_days(day.year(), month), NEAREST))
    }

    /// A bare year where the syntax makes it one: "in 1999 and 2013", "since 2014", "the 2008 war".
    fn year(&self, i: usize) -> Option<TimeExpression> {
        let year = self.year_at(i).filter(|y| (1000..2100).contains(y))?;
        let tree = self.tree;
        let governed = |t: usize| {
            matches!(tree.dep(t), "pobj" | "npadvmod" | "nmod" | "ROOT" | "appos" | "dep")
                || (matches!(tree.dep(t), "nummod" | "compound" | "amod")
                    && tree.head(t).is_some_and(|h| tree.tag(h) == "NN" || tree.tag(h).starts_with("NNP")))
        };
        let is_year = governed(tree.first_conjunct(i))
            || governed(i)
            || matches!(self.before(i), "in" | "since" | "of" | "by" | "until" | "from" | "to" | "and");
        is_year.then(|| of_days(i..i + 1, year_days(year), WRITTEN))
    }
}

/// "16.02.2022"; with slashes only where the other order is no date.
fn day_month_year(text: &str) -> Option<Date> {
    let mark = if text.contains('/') { '/' } else { '.' };
    let [first, second, year] = text.split(mark).collect::<Vec<_>>()[..] else { return None };
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let year = year.parse().ok().filter(|y| (1000..2100).contains(y))?;
    match (first, second) {
        (day, month) if mark == '.' || day > 12 => Date::new(year, month, day).ok(),
        (month, day) if day > 12 || day == month => Date::new(year, month, day).ok(),
        _ => None,
    }
}

/// The day, week, month or year `count` away from that of the days told before.
fn at_unit(told: Days, count: i64, unit: char) -> Option<Days> {
    let fine = |granularities: &[&str]| granularities.contains(&told.granularity);
    match unit {
        'D' if fine(&["day"]) => shift(told.start, count, 'D'),
        'W' if fine(&["day", "week"]) => period(told.start, count, 'W'),
        'M' if fine(&["day", "week", "month"]) => period(told.start, count, 'M'),
        'Y' | 'Q' => period(told.start, count, unit),
        _ => None,
    }
}
