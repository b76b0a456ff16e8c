//! When: time expressions of English news, resolved against the document's date and against events whose date is known.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::tree::Tree;

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

const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

const NUMBERS: &[(&str, i64)] = &[
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("hundred", 100),
];

const UNITS: &[(&str, char)] = &[
    ("day", 'D'),
    ("days", 'D'),
    ("week", 'W'),
    ("weeks", 'W'),
    ("month", 'M'),
    ("months", 'M'),
    ("year", 'Y'),
    ("years", 'Y'),
    ("decade", 'E'),
    ("decades", 'E'),
    ("hour", 'H'),
    ("hours", 'H'),
    ("minute", 'm'),
    ("minutes", 'm'),
    ("quarter", 'Q'),
    ("quarters", 'Q'),
];

fn lookup<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(w, _)| *w == word).map(|(_, v)| *v)
}

/// A document's words, lower-cased once, and its date.
struct Reader<'a> {
    tree: &'a Tree<'a>,
    words: Vec<String>,
    today: Option<Date>,
}

/// Every time expression of the document, in text order.
pub fn find(tree: &Tree, today: Option<Date>) -> Vec<TimeExpression> {
    let words = (0..tree.len()).map(|i| tree.text(i).trim_end_matches('.').to_lowercase()).collect();
    let reader = Reader { tree, words, today };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match reader.read(i) {
            Some(expression) => {
                i = expression.tokens.end.max(i + 1);
                found.push(expression);
            }
            None => i += 1,
        }
    }
    found
}

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", String::as_str)
    }

    fn read(&self, i: usize) -> Option<TimeExpression> {
        self.explicit(i)
            .or_else(|| self.modified(i))
            .or_else(|| self.iso(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.deictic(i))
            .or_else(|| self.adverb(i))
            .or_else(|| self.month_alone(i))
            .or_else(|| self.year(i))
    }

    fn year_at(&self, i: usize) -> Option<i16> {
        let word = self.word(i);
        let year: i16 = (word.len() == 4).then(|| word.parse().ok()).flatten()?;
        (1000..2100).contains(&year).then_some(year)
    }

    fn day_at(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let digits = word
            .strip_suffix("st")
            .or(word.strip_suffix("nd"))
            .or(word.strip_suffix("rd"))
            .or(word.strip_suffix("th"))
            .unwrap_or(word);
        let day: i8 = (digits.len() <= 2).then(|| digits.parse().ok()).flatten()?;
        (1..=31).contains(&day).then_some(day)
    }

    fn month_at(&self, i: usize) -> Option<i8> {
        let capital = i < self.tree.len() && self.tree.text(i).starts_with(char::is_uppercase);
        capital.then(|| lookup(MONTHS, self.word(i))).flatten()
    }

    /// "16 February 2022", "February 16, 2022", "February 2022", "Feb. 16", and the contradiction "May 16 February 2022".
    fn explicit(&self, i: usize) -> Option<TimeExpression> {
        if let Some(contradiction) = self.contradiction(i) {
            return Some(contradiction);
        }
        if let (Some(day), Some(month)) = (self.day_at(i), self.month_at(i + 1)) {
            let year = self.year_at(i + 2);
            return self.day_of(i..i + 2 + usize::from(year.is_some()), year, month, day);
        }
        let month = self.month_at(i)?;
        if let Some(day) = self.day_at(i + 1).filter(|_| self.year_at(i + 1).is_none()) {
            let comma = usize::from(self.word(i + 2) == ",");
            let year = self.year_at(i + 2 + comma);
            let end = if year.is_some() { i + 3 + comma } else { i + 2 };
            return self.day_of(i..end, year, month, day);
        }
        let comma = usize::from(self.word(i + 1) == ",");
        let year = self.year_at(i + 1 + comma)?;
        let days = month_days(year, month)?;
        Some(self.date(i..i + 2 + comma, format!("{year:04}-{month:02}"), Some(days), "as written"))
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
        let date = Date::new(year, month, day).ok()?;
        let basis = format!("two months are written; “{}” is complete", self.words_of(i + 1..i + 4));
        Some(TimeExpression { basis, ..self.date(i..i + 4, date.to_string(), Some(one_day(date)), "") })
    }

    fn words_of(&self, tokens: Range<usize>) -> &str {
        &self.tree.document()[self.tree.span_of(tokens).range()]
    }

    fn day_of(&self, tokens: Range<usize>, year: Option<i16>, month: i8, day: i8) -> Option<TimeExpression> {
        if let Some(year) = year {
            let date = Date::new(year, month, day).ok()?;
            return Some(self.date(tokens, date.to_string(), Some(one_day(date)), "as written"));
        }
        let Some(today) = self.today else {
            return Some(self.date(
                tokens,
                format!("XXXX-{month:02}-{day:02}"),
                None,
                "the year is not given",
            ));
        };
        let nearest = nearest_year(today, month, day, self.points_ahead(tokens.start))?;
        Some(self.date(
            tokens,
            nearest.to_string(),
            Some(one_day(nearest)),
            "the year nearest to the document's date",
        ))
    }

    fn date(&self, tokens: Range<usize>, value: String, days: Option<Days>, basis: &str) -> TimeExpression {
        TimeExpression { tokens, kind: "DATE", value: Some(value), days, basis: basis.to_owned() }
    }

    /// "2022-02-16", which the tokenizer may have split at its hyphens.
    fn iso(&self, i: usize) -> Option<TimeExpression> {
        for length in [1, 3, 5] {
            if i + length > self.tree.len() {
                break;
            }
            let text = self.words_of(i..i + length);
            if text.len() == 10
                && let Ok(date) = text.parse::<Date>()
            {
                return Some(self.date(i..i + length, date.to_string(), Some(one_day(date)), "as written"));
            }
        }
        None
    }

    /// "Monday", "this Thursday", "next Friday", "last Sunday": in news a bare weekday is the last one, unless the verb looks ahead.
    fn weekday(&self, i: usize) -> Option<TimeExpression> {
        let modifier = self.word(i);
        let modified = matches!(modifier, "this" | "last" | "next" | "coming" | "past");
        let at = if modified { i + 1 } else { i };
        let capital = at < self.tree.len() && self.tree.text(at).starts_with(char::is_uppercase);
        let day = lookup(WEEKDAYS, self.word(at)).filter(|_| capital)?;
        if self.word(at).len() == 3 && !self.tree.text(at).ends_with('.') && self.tree.tag(at) != "NNP" {
            return None;
        }
        let Some(today) = self.today else {
            return Some(self.date(
                i..at + 1,
                format!("XXXX-WXX-{}", day.to_monday_one_offset()),
                None,
                "no document date",
            ));
        };
        let ahead =
            modifier == "next" || modifier == "coming" || (modifier != "last" && self.points_ahead(at));
        let found = if ahead {
            next_weekday(today, day, modifier == "next")
        } else {
            last_weekday(today, day, modifier == "last")
        }?;
        let why = if ahead {
            "the weekday after the document's date"
        } else {
            "the weekday up to the document's date"
        };
        Some(self.date(i..at + 1, found.to_string(), Some(one_day(found)), why))
    }

    /// Whether the verb over token `i` looks ahead: will, is to, plans to.
    fn points_ahead(&self, i: usize) -> bool {
        let tree = self.tree;
        let verb = tree.ancestors(i).find(|&a| tree.is_verb(a));
        verb.is_some_and(|v| {
            tree.by_dep(v, &["aux"])
                .any(|a| matches!(self.words[a].as_str(), "will" | "'ll" | "shall" | "would"))
                || (crate::arguments::is_to_infinitive(tree, v))
                || (tree.tag(v) == "VBG"
                    && tree.by_dep(v, &["aux"]).any(|a| matches!(tree.tag(a), "VBZ" | "VBP")))
        })
    }

    /// "the 1990s".
    fn decade(&self, i: usize) -> Option<TimeExpression> {
        let year: i16 =
            self.word(i).strip_suffix('s')?.strip_suffix("0").filter(|w| w.len() == 3)?.parse().ok()?;
        let days = Days {
            start: Date::new(year * 10, 1, 1).ok()?,
            end: Date::new(year * 10 + 9, 12, 31).ok()?,
            granularity: "range",
        };
        Some(self.date(i..i + 1, format!("{year}"), Some(days), "as written"))
    }

    fn number_at(&self, i: usize) -> Option<i64> {
        let word = self.word(i);
        lookup(NUMBERS, word).or_else(|| word.parse().ok().filter(|n| (0..1000).contains(n)))
    }

    /// "three days ago", "six days after ...", "in the past two years", "for three years".
    fn counted(&self, i: usize) -> Option<TimeExpression> {
        let (count, at) = match self.number_at(i) {
            Some(count) => (Some(count), i + 1),
            None if matches!(self.word(i), "several" | "many" | "few" | "some") => (None, i + 1),
            None => return self.uncounted(i),
        };
        let unit = lookup(UNITS, self.word(at))?;
        let end = at + 1;
        match (self.word(end), count) {
            ("ago" | "earlier" | "before", Some(n)) if self.word(end) == "ago" || self.ends_clause(end) => {
                Some(self.shifted(i..end + 1, -n, unit))
            }
            ("later" | "afterwards", Some(_)) => Some(TimeExpression {
                kind: "DATE",
                value: None,
                days: None,
                basis: "later than what was told before".into(),
                tokens: i..end + 1,
            }),
            ("after" | "before" | "following", Some(_)) => Some(TimeExpression {
                tokens: i..end,
                kind: "DURATION",
                value: duration(count, unit),
                days: None,
                basis: "as written".into(),
            }),
            ("ago", None) => Some(self.date(i..end + 1, "PAST_REF".into(), None, "no number is given")),
            _ if matches!(self.word(i), "a" | "an")
                && self.word(at) != "year"
                && self.word(at) != "week"
                && self.word(at) != "month" =>
            {
                None
            }
            _ if i > 0
                && matches!(self.word(i - 1), "in" | "within")
                && count.is_some()
                && self.points_ahead(at) =>
            {
                Some(self.shifted(i..end, count.unwrap_or(0), unit))
            }
            _ => Some(TimeExpression {
                tokens: i..end,
                kind: "DURATION",
                value: duration(count, unit),
                days: None,
                basis: "as written".into(),
            }),
        }
    }

    fn ends_clause(&self, i: usize) -> bool {
        matches!(self.word(i + 1), "" | "." | "," | ";" | "\"" | ")")
    }

    /// "days after": a duration without number.
    fn uncounted(&self, i: usize) -> Option<TimeExpression> {
        let unit = lookup(UNITS, self.word(i)).filter(|_| self.word(i).ends_with('s'))?;
        let after = matches!(self.word(i + 1), "after" | "before" | "ago" | "later" | "earlier");
        after.then(|| TimeExpression {
            tokens: i..i + 1,
            kind: "DURATION",
            value: duration(None, unit),
            days: None,
            basis: "no number is given".into(),
        })
    }

    fn shifted(&self, tokens: Range<usize>, count: i64, unit: char) -> TimeExpression {
        let days = self.today.and_then(|today| shift(today, count, unit));
        let value = days.map(|d| value_of(&d));
        let basis =
            if self.today.is_some() { "counted from the document's date" } else { "no document date" };
        TimeExpression { tokens, kind: "DATE", value, days, basis: basis.into() }
    }

    /// "last week", "next month", "this year", "the previous day", "recent weeks", "the same day".
    fn deictic(&self, i: usize) -> Option<TimeExpression> {
        let shift_by = match self.word(i) {
            "last" | "past" | "previous" => -1,
            "next" | "coming" | "following" => 1,
            "this" | "current" => 0,
            "recent" if lookup(UNITS, self.word(i + 1)).is_some() => {
                return Some(self.date(i..i + 2, "PAST_REF".into(), None, "vague"));
            }
            _ => return None,
        };
        if let Some(month) = self.month_at(i + 1).filter(|_| shift_by != 0 || self.word(i) == "this") {
            return self.deictic_month(i, month, shift_by);
        }
        if let (Some(count), Some(unit)) = (self.number_at(i + 1), lookup(UNITS, self.word(i + 2))) {
            let days = self.today.and_then(|t| stretch(t, count * shift_by, unit));
            return Some(TimeExpression {
                tokens: i..i + 3,
                kind: "DURATION",
                value: duration(Some(count), unit),
                days,
                basis: "counted from the document's date".into(),
            });
        }
        let word = self.word(i + 1);
        if matches!(word, "night" | "evening" | "morning" | "afternoon") {
            let days = self
                .today
                .and_then(|t| shift(t, if shift_by < 0 && word == "night" { -1 } else { shift_by }, 'D'));
            let part = match word {
                "morning" => "MO",
                "afternoon" => "AF",
                "evening" => "EV",
                _ => "NI",
            };
            let value = days.map(|d| format!("{}T{part}", d.start));
            return Some(TimeExpression {
                tokens: i..i + 2,
                kind: "TIME",
                value,
                days,
                basis: "counted from the document's date".into(),
            });
        }
        let unit = lookup(UNITS, word).filter(|u| !matches!(u, 'H' | 'm') && !word.ends_with('s'))?;
        if unit == 'D' {
            return None;
        }
        let days = self.today.and_then(|today| period(today, shift_by, unit));
        let value = days.map(|d| value_of(&d));
        let basis =
            if self.today.is_some() { "counted from the document's date" } else { "no document date" };
        Some(TimeExpression { tokens: i..i + 2, kind: "DATE", value, days, basis: basis.into() })
    }

    fn deictic_month(&self, i: usize, month: i8, shift_by: i64) -> Option<TimeExpression> {
        let today = self.today?;
        let this_year = today.year();
        let year = match shift_by {
            -1 if month >= today.month() => this_year - 1,
            1 if month <= today.month() => this_year + 1,
            _ => this_year,
        };
        Some(self.date(
            i..i + 2,
            format!("{year:04}-{month:02}"),
            Some(month_days(year, month)?),
            "counted from the document's date",
        ))
    }

    fn adverb(&self, i: usize) -> Option<TimeExpression> {
        let (by, kind) = match self.word(i) {
            "today" => (0, "DATE"),
            "yesterday" => (-1, "DATE"),
            "tomorrow" => (1, "DATE"),
            "tonight" => (0, "TIME"),
            "now" | "currently" | "nowadays" => {
                return Some(self.date(i..i + 1, "PRESENT_REF".into(), None, "vague"));
            }
            "recently" | "lately" => return Some(self.date(i..i + 1, "PAST_REF".into(), None, "vague")),
            "soon" => return Some(self.date(i..i + 1, "FUTURE_REF".into(), None, "vague")),
            "daily" => return Some(self.set(i, "P1D")),
            "weekly" => return Some(self.set(i, "P1W")),
            "monthly" => return Some(self.set(i, "P1M")),
            "annually" | "yearly" => return Some(self.set(i, "P1Y")),
            _ => return None,
        };
        let day = self.today.and_then(|t| t.checked_add(by.days()).ok());
        let value = day.map(|d| if kind == "TIME" { format!("{d}TNI") } else { d.to_string() });
        let basis = if day.is_some() { "counted from the document's date" } else { "no document date" };
        Some(TimeExpression { tokens: i..i + 1, kind, value, days: day.map(one_day), basis: basis.into() })
    }

    fn set(&self, i: usize, value: &str) -> TimeExpression {
        TimeExpression {
            tokens: i..i + 1,
            kind: "SET",
            value: Some(value.into()),
            days: None,
            basis: "as written".into(),
        }
    }

    /// "in August".
    fn month_alone(&self, i: usize) -> Option<TimeExpression> {
        let month = self.month_at(i).filter(|_| {
            self.word(i).len() > 3
                || i > 0 && matches!(self.word(i - 1), "in" | "since" | "by" | "until" | "from" | "last")
        })?;
        if self.tree.tag(i) != "NNP"
            || self.tree.dep(i) == "compound"
            || (self.word(i) == "may" && self.tree.dep(i) == "aux")
        {
            return None;
        }
        let Some(today) = self.today else {
            return Some(self.date(i..i + 1, format!("XXXX-{month:02}"), None, "the year is not given"));
        };
        let day = nearest_year(today, month, 1, self.points_ahead(i))?;
        Some(self.date(
            i..i + 1,
            format!("{:04}-{month:02}", day.year()),
            month_days(day.year(), month),
            "the year nearest to the document's date",
        ))
    }

    /// A bare year where the syntax makes it one: "in 1999 and 2013", "since 2014", "the 2008 war".
    fn year(&self, i: usize) -> Option<TimeExpression> {
        let year = self.year_at(i).filter(|y| (1800..2100).contains(y))?;
        let tree = self.tree;
        let governed = |t: usize| {
            matches!(tree.dep(t), "pobj" | "npadvmod" | "nmod" | "ROOT" | "appos" | "dep")
                || (matches!(tree.dep(t), "nummod" | "compound" | "amod")
                    && tree.head(t).is_some_and(|h| tree.tag(h) == "NN" || tree.tag(h).starts_with("NNP")))
        };
        let is_year = governed(tree.first_conjunct(i))
            || governed(i)
            || (i > 0
                && matches!(
                    self.word(i - 1),
                    "in" | "since" | "of" | "by" | "until" | "from" | "to" | "and"
                ));
        let days = Days {
            start: Date::new(year, 1, 1).ok()?,
            end: Date::new(year, 12, 31).ok()?,
            granularity: "year",
        };
        is_year.then(|| self.date(i..i + 1, format!("{year:04}"), Some(days), "as written"))
    }
}

/// A single day.
pub fn one_day(date: Date) -> Days {
    Days { start: date, end: date, granularity: "day" }
}

fn month_days(year: i16, month: i8) -> Option<Days> {
    let start = Date::new(year, month, 1).ok()?;
    Some(Days { start, end: start.last_of_month(), granularity: "month" })
}

/// The year that puts month and day nearest before `today`, or after it where the verb looks ahead.
fn nearest_year(today: Date, month: i8, day: i8, ahead: bool) -> Option<Date> {
    let this = Date::new(today.year(), month, day).ok();
    match this {
        Some(date) if ahead && date < today => Date::new(today.year() + 1, month, day).ok(),
        Some(date) if !ahead && date > today.checked_add(31.days()).unwrap_or(today) => {
            Date::new(today.year() - 1, month, day).ok()
        }
        found => found,
    }
}

fn last_weekday(today: Date, day: Weekday, before_today: bool) -> Option<Date> {
    if today.weekday() == day && !before_today { Some(today) } else { today.nth_weekday(-1, day).ok() }
}

fn next_weekday(today: Date, day: Weekday, after_today: bool) -> Option<Date> {
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

fn year_days(year: i16) -> Option<Days> {
    Some(Days { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()?, granularity: "year" })
}

/// The week, month, quarter or year `count` away from the one that `today` is in.
fn period(today: Date, count: i64, unit: char) -> Option<Days> {
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

/// From `today` over `count` units.
fn stretch(today: Date, count: i64, unit: char) -> Option<Days> {
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

fn duration(count: Option<i64>, unit: char) -> Option<String> {
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
fn value_of(days: &Days) -> String {
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
