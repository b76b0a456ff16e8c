//! Which rule fits where: the longest match wins, of equal ones the most demanding.

use std::ops::Range;

use super::numbers::{number, spoken_year};
use super::reader::{Reader, Tail, Word};
use super::syntax::{Accepts, Condition, Element, Entry, Rule, Sequence, Term, Written};
use super::values::{Arg, Place, Resolved};
use super::{calendar::Direction, events, values};

/// An expression found, with its value.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its words.
    pub words: Range<usize>,
    /// Its rule.
    pub rule: usize,
    /// Its value.
    pub resolved: Resolved,
}

/// How deep expressions may stand in each other.
const DEPTH: usize = 4;

/// The expression that begins at word `i`, together with what goes on from it.
pub fn read(reader: &Reader, i: usize) -> Option<Found> {
    nested(reader, i, 0)
}

/// The same, but none that counts from an event.
pub fn read_plain(reader: &Reader, i: usize) -> Option<Found> {
    nested(reader, i, DEPTH)
}

fn nested(reader: &Reader, i: usize, depth: usize) -> Option<Found> {
    if depth > DEPTH {
        return None;
    }
    let word = reader.words.get(i)?;
    let is_figure =
        reader.text(&(i..i + 1)).as_bytes().first().is_some_and(|b| b.is_ascii_digit() || *b == b'\'');
    let figures: &[u32] = if is_figure { &reader.rules.by_figure } else { &[] };
    let starts = reader.rules.by_word[word.id as usize].iter().chain(figures);
    let mut found = best(reader, starts, i, None, depth)?;
    while let Some(longer) = best(reader, reader.rules.extensions.iter(), i, Some(&found), depth) {
        found = longer;
    }
    Some(found)
}

/// The best of these sequences at word `i`, where the first place may be filled already.
fn best<'r>(
    reader: &Reader<'r>,
    sequences: impl Iterator<Item = &'r u32>,
    i: usize,
    first: Option<&Found>,
    depth: usize,
) -> Option<Found> {
    let mut matches: Vec<(usize, usize, u32)> = Vec::new();
    for &number in sequences {
        let sequence = &reader.rules.sequences[number as usize];
        if let Some(end) = fits(reader, sequence, i, first, depth) {
            matches.push((end, sequence.weight(), number));
        }
    }
    matches.sort_by_key(|&(end, weight, number)| (std::cmp::Reverse((end, weight)), number));
    matches.into_iter().find_map(|(end, _, number)| {
        resolve(reader, &reader.rules.sequences[number as usize], i..end, first, depth)
    })
}

/// Where the sequence ends if it fits at word `i`.
fn fits(
    reader: &Reader,
    sequence: &Sequence,
    i: usize,
    first: Option<&Found>,
    depth: usize,
) -> Option<usize> {
    let mut at = i;
    for (place, element) in sequence.inside.iter().enumerate() {
        at = match first.filter(|_| place == 0) {
            Some(found) => is_of(reader, element, found).then_some(found.words.end)?,
            None => end_of(reader, element, at, depth)?,
        };
    }
    if first.is_some_and(|f| at == f.words.end && f.rule == sequence.rule) {
        return None;
    }
    let mut before = i;
    for element in &sequence.before {
        before = step_back(reader, element, before)?;
    }
    let mut after = at;
    for element in &sequence.after {
        after = step_on(reader, element, after, depth)?;
    }
    let rule = &reader.rules.rules[sequence.rule];
    holds(reader, rule, i).then_some(at)
}

/// The context goes backwards a word at a time.
fn step_back(reader: &Reader, element: &Element, i: usize) -> Option<usize> {
    let is_there = i > 0 && end_of(reader, element, i - 1, DEPTH) == Some(i);
    match (element.forbidden, is_there) {
        (true, false) => Some(i),
        (false, true) => Some(i - 1),
        _ => None,
    }
}

fn step_on(reader: &Reader, element: &Element, i: usize, depth: usize) -> Option<usize> {
    let end = end_of(reader, element, i, depth);
    if element.forbidden { end.is_none().then_some(i) } else { end }
}

fn holds(reader: &Reader, rule: &Rule, i: usize) -> bool {
    rule.conditions.iter().all(|&(condition, wanted)| {
        let is_so = match condition {
            Condition::Ahead => reader.direction(i) == Direction::Ahead,
            Condition::Back => reader.direction(i) == Direction::Back,
            Condition::Results => reader.has_results,
            Condition::History => reader.is_history,
            Condition::Told => reader.just_told(i).is_some(),
            Condition::Will => reader.will(i),
        };
        is_so == wanted
    })
}

/// The word after what fills this place, if it can be filled from word `i` on.
fn end_of(reader: &Reader, element: &Element, i: usize, depth: usize) -> Option<usize> {
    let word = reader.words.get(i)?;
    let end = match &element.accepts {
        Accepts::Words(ids) => (word.id != 0 && ids.contains(&word.id)).then_some(i + 1)?,
        Accepts::Table(class) => i + 1 + entry(reader, *class, i)?.rest.len(),
        Accepts::Written(written) => figure(reader, *written, i)?.1,
        Accepts::Any => (word.end > word.start).then_some(i + 1)?,
        Accepts::Expression(kind) if kind == "event" => {
            (depth < DEPTH).then(|| events::at(reader, i))?.map(|e| e.words.end)?
        }
        Accepts::Expression(_) => {
            let found = nested(reader, i, depth + 1)?;
            is_of(reader, element, &found).then_some(found.words.end)?
        }
    };
    (element.tags.is_empty() || has_tag(reader, element, word)).then_some(end)
}

fn has_tag(reader: &Reader, element: &Element, word: &Word) -> bool {
    let tag = reader.tree.tag(word.token);
    element.tags.iter().any(|t| tag.starts_with(t.as_str())) != element.not_tags
}

fn entry<'r>(reader: &Reader<'r>, class: usize, i: usize) -> Option<&'r Entry> {
    let word = reader.words.get(i)?;
    let follows = |e: &Entry| {
        e.rest.iter().enumerate().all(|(n, id)| reader.words.get(i + 1 + n).is_some_and(|w| w.id == *id))
    };
    let entries = &reader.rules.entries[word.id as usize];
    entries.iter().find(|e| e.class == class && (!e.is_name || word.is_capital) && follows(e))
}

/// Whether the expression may fill this place.
fn is_of(reader: &Reader, element: &Element, found: &Found) -> bool {
    let Accepts::Expression(wanted) = &element.accepts else { return false };
    let kind = reader.rules.rules[found.rule].kind;
    let granularity = found.resolved.days.map_or("", |d| d.granularity);
    match wanted.as_str() {
        "date" => kind == "DATE" && !found.resolved.value.as_deref().is_some_and(|v| v.ends_with("_REF")),
        "relative-year" => granularity == "year" && found.resolved.basis == values::COUNTED,
        "told-year" => granularity == "year" && found.resolved.basis == values::TOLD,
        "period" => kind == "DATE" && matches!(granularity, "week" | "month" | "quarter" | "year"),
        "time" => kind == "TIME",
        "length" => kind == "DURATION",
        wanted => kind == "DATE" && granularity == wanted,
    }
}

/// The figure at word `i` as a number, and the word after it.
fn figure(reader: &Reader, written: Written, i: usize) -> Option<(f64, usize)> {
    let word = reader.words.get(i)?;
    let plain = |holds: bool| holds.then_some((word.figure as f64, i + 1));
    match written {
        Written::Year => plain(word.is_year()),
        Written::Day => plain(word.digits < 3 && word.tail != Tail::S && (1..32).contains(&word.figure)),
        Written::Figure => {
            plain((1..3).contains(&word.digits) && word.tail == Tail::None && word.figure >= 0)
        }
        Written::FourDigits => plain(word.digits == 4 && word.tail == Tail::None && word.figure < 2400),
        Written::Nth => plain(word.tail == Tail::Nth).or_else(|| {
            let class = reader.rules.counting.ordinals?;
            let entry = entry(reader, class, i)?;
            Some((entry.value.parse().ok()?, i + 1 + entry.rest.len()))
        }),
        Written::Decade => decade(reader, i),
        Written::ShortDecade => (word.tail == Tail::S && word.digits == 2 && word.figure % 10 == 0)
            .then_some((word.figure as f64 / 10.0, i + 1)),
        Written::ShortYear => short_year(reader, i),
        Written::Clock => clock(reader, i, ':'),
        Written::DottedClock => clock(reader, i, '.'),
        Written::Number => number(reader, i),
        Written::SpokenYear => spoken_year(reader, i).map(|(year, end)| (year as f64, end)),
    }
}

/// 1990s as 199, '90s and nineties as 9.
fn decade(reader: &Reader, i: usize) -> Option<(f64, usize)> {
    let word = &reader.words[i];
    if word.tail == Tail::S && word.figure % 10 == 0 && word.digits == 4 {
        return Some((word.figure as f64 / 10.0, i + 1));
    }
    let text = reader.text(&(i..i + 1));
    let short =
        text.strip_prefix('\'').and_then(|t| t.strip_suffix("0s")).and_then(|t| t.parse::<f64>().ok());
    let spelt = || reader.in_table(reader.rules.counting.decades, i)?.parse().ok();
    Some((short.filter(|d| *d < 10.0).or_else(spelt)?, i + 1))
}

fn short_year(reader: &Reader, i: usize) -> Option<(f64, usize)> {
    let text = reader.text(&(i..i + 1));
    let digits = text.strip_prefix('\'').filter(|t| t.len() == 2)?;
    Some((digits.parse().ok()?, i + 1))
}

/// 10:35 in minutes.
fn clock(reader: &Reader, i: usize, mark: char) -> Option<(f64, usize)> {
    let text = reader.text(&(i..i + 1)).to_ascii_lowercase();
    let after_noon = if text.ends_with("pm") && !text.starts_with("12") { 720 } else { 0 };
    let text = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (hour, minute) = text.split_once(mark).filter(|_| text.len() < 6)?;
    let (hour, minute): (u32, u32) =
        (hour.parse().ok()?, minute.parse().ok().filter(|m| *m < 60 && minute.len() == 2)?);
    (hour < 25).then_some((f64::from(hour * 60 + minute + after_noon), i + 1))
}

/// The value of a match; `None` where its numbers make no date.
fn resolve<'r>(
    reader: &Reader<'r>,
    sequence: &Sequence,
    words: Range<usize>,
    first: Option<&Found>,
    depth: usize,
) -> Option<Found> {
    let bound = bind(reader, sequence, words.start, first, depth);
    let rule = &reader.rules.rules[sequence.rule];
    let place = Place { reader, words: words.clone() };
    let args: Vec<Arg> = rule.terms.iter().map(|t| argument(t, &bound)).collect();
    let resolved = if rule.kind == "NONE" { values::none() } else { (rule.value)(&args, &place)? };
    Some(Found { words, rule: sequence.rule, resolved })
}

fn argument(term: &Term, bound: &[(String, Arg)]) -> Arg {
    match term {
        Term::Number(number) => Arg::Number(*number as f64),
        Term::Word(word) => Arg::Word(word.clone()),
        Term::Name(name) => {
            bound.iter().find(|(n, _)| n == name).map_or(Arg::Missing, |(_, arg)| arg.clone())
        }
    }
}

/// What fills the named places, context included.
fn bind(
    reader: &Reader,
    sequence: &Sequence,
    start: usize,
    first: Option<&Found>,
    depth: usize,
) -> Vec<(String, Arg)> {
    let mut bound = Vec::new();
    let mut at = start;
    for (place, element) in sequence.inside.iter().chain(&sequence.after).enumerate() {
        if element.forbidden {
            continue;
        }
        let (arg, end) = match first.filter(|_| place == 0) {
            Some(found) => (Arg::Found(Box::new(found.clone())), found.words.end),
            None => filling(reader, element, at, depth),
        };
        if let Some(name) = &element.name {
            bound.push((name.clone(), arg));
        }
        at = end;
    }
    let mut at = start;
    for element in sequence.before.iter().filter(|e| !e.forbidden) {
        at -= 1;
        if let Some(name) = &element.name {
            bound.push((name.clone(), filling(reader, element, at, depth).0));
        }
    }
    bound
}

fn filling(reader: &Reader, element: &Element, i: usize, depth: usize) -> (Arg, usize) {
    let end = end_of(reader, element, i, depth).unwrap_or(i + 1);
    let arg = match &element.accepts {
        Accepts::Table(class) => {
            entry(reader, *class, i).map_or(Arg::Missing, |e| Arg::Word(e.value.clone()))
        }
        Accepts::Written(written) => {
            figure(reader, *written, i).map_or(Arg::Missing, |(n, _)| Arg::Number(n))
        }
        Accepts::Expression(kind) if kind == "event" => {
            events::at(reader, i).map_or(Arg::Missing, Arg::Event)
        }
        Accepts::Expression(_) => {
            nested(reader, i, depth + 1).map_or(Arg::Missing, |f| Arg::Found(Box::new(f)))
        }
        _ => Arg::Word(reader.text(&(i..end)).to_lowercase()),
    };
    (arg, end)
}
