//! Whether a state holds on a day, and the record of it.

use chancery_record::{Direction, DyadEvent, EventDate, Fact, Standing};
use jiff::civil::Date;

use super::stretch::Stretch;
use super::table::State;

/// The fact of a stretch as of a day; `None` where it began only later.
pub fn fact(state: &State, direction: Direction, stretch: &Stretch, day: Date) -> Option<Fact> {
    let begins = stretch.since.as_ref().and_then(start);
    if begins.is_some_and(|begin| begin > day) {
        return None;
    }
    let faded = faded(state, stretch, day);
    let holds = holds(stretch, day).filter(|holds| !(*holds && faded));
    Some(Fact {
        kind: state.name.clone(),
        state: words(stretch, holds, day).to_owned(),
        holds,
        on: day.to_string(),
        direction,
        by: makers(state, &stretch.events),
        since: stretch.since.clone(),
        known_from: stretch.known_from.map(|d| d.to_string()),
        until: stretch.until.clone(),
        events: stretch.events.iter().map(|e| e.id.clone()).collect(),
        contradicted_by: stretch.against.iter().map(|e| e.id.clone()).collect(),
        basis: if faded {
            format!("{}; nothing is told of it since", basis(stretch))
        } else {
            basis(stretch)
        },
    })
}

/// Whether so much time has passed since the last that is told of it, and of its end, that it may have ended unnoticed.
fn faded(state: &State, stretch: &Stretch, day: Date) -> bool {
    let last = stretch.last_told.or_else(|| stretch.since.as_ref().and_then(end));
    let passed = last.and_then(|last| last.until(day).ok()).map_or(0, |span| i64::from(span.get_days()));
    stretch.until.is_none() && state.fades.is_some_and(|fades| passed > fades)
}

fn start(date: &EventDate) -> Option<Date> {
    date.start.as_ref()?.parse().ok()
}

fn end(date: &EventDate) -> Option<Date> {
    date.end.as_ref()?.parse().ok()
}

/// Whether it has begun and has not ended by then; on days on which it did either, as far as these are known: nothing.
fn holds(stretch: &Stretch, day: Date) -> Option<bool> {
    if stretch.is_undecided {
        return None;
    }
    let over = has_ended(stretch, day);
    if over == Some(true) {
        return Some(false);
    }
    let begun = match (&stretch.since, stretch.known_from) {
        (Some(since), _) if stretch.is_bounded => start(since).is_some_and(|s| day >= s),
        (Some(since), _) => end(since).is_some_and(|e| day >= e),
        (None, known) => known.is_some_and(|k| day >= k),
    };
    (begun && over == Some(false)).then_some(true)
}

fn has_ended(stretch: &Stretch, day: Date) -> Option<bool> {
    let Some(until) = &stretch.until else { return Some(false) };
    let last = end(until)?;
    if stretch.is_bounded {
        return Some(day > last);
    }
    let is_before = start(until).or(stretch.last_told).is_some_and(|first| day < first);
    match day >= last {
        true => Some(true),
        false if is_before => Some(false),
        false => None,
    }
}

/// The state in words as of a day.
fn words<'e>(stretch: &Stretch<'e>, holds: Option<bool>, day: Date) -> &'e str {
    let by_then = stretch.told.iter().rev().find(|(from, _)| from.is_none_or(|from| from <= day));
    let in_force = by_then.or(stretch.told.first()).map_or("", |(_, told)| *told);
    stretch.ended.filter(|_| holds == Some(false)).unwrap_or(in_force)
}

/// Who opened it; of what both share, both.
fn makers(state: &State, events: &[&DyadEvent]) -> Vec<String> {
    let Some(first) = events.first() else { return Vec::new() };
    let others = first.recipient.iter().filter(|_| state.mutual);
    let mut names: Vec<String> = Vec::new();
    for name in first.actor.iter().chain(others) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The words and dates that it is read off, and what is uncertain about it.
fn basis(stretch: &Stretch) -> String {
    let opener = stretch.events.first().filter(|e| stretch.closer.is_none_or(|c| c.id != e.id));
    let mut parts: Vec<String> = opener.into_iter().map(|e| words_of(e)).collect();
    if let Some(day) = stretch.known_from {
        parts.push(format!("told to hold on {day}, and not since when"));
    }
    parts.extend(stretch.closer.map(|e| format!("ended: {}", words_of(e))));
    if stretch.is_undecided {
        parts.push("begun and ended on the same days".to_owned());
    }
    if stretch.first.is_none() && stretch.closer.is_none() {
        parts.push("no day is told".to_owned());
    }
    if !stretch.against.is_empty() {
        let against: Vec<String> = stretch.against.iter().take(3).map(|e| words_of(e)).collect();
        parts.push(format!("against it: {}", against.join(", ")));
    }
    parts.join("; ")
}

/// "“severed ... relations” (1990), by the word of Muskar".
fn words_of(event: &DyadEvent) -> String {
    let claim = match event.standing {
        Standing::Claim if event.says.is_empty() => ", by a speaker's word".to_owned(),
        Standing::Claim => {
            let inward: Vec<&str> = event.says.iter().rev().map(String::as_str).collect();
            format!(", by the word of {}", inward.join(" as told by "))
        }
        _ => String::new(),
    };
    format!("“{}” ({}){claim}", event.trigger, event.date.basis)
}
