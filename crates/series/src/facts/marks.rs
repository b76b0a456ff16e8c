//! Events as marks on the line of days of a state.

use chancery_record::{DyadEvent, EventDate, Standing};
use jiff::civil::Date;

use super::table::{Effect, State};

/// What an event says of a state.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'e> {
    /// The event.
    pub event: &'e DyadEvent,
    /// What it does to the state.
    pub effect: Effect,
    /// The state in words.
    pub told: &'e str,
    /// Its days; `None` where they are not known.
    pub span: Option<Span>,
    /// Whether its days are those on which the state held, from its beginning to its end.
    pub is_whole: bool,
}

/// The days of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Whether the words say when, and it is not merely the day of the report.
    pub is_own: bool,
    /// Whether it is told to have gone on from the first day until the report: "since 2014".
    pub is_lasting: bool,
}

/// The marks of a state, the earliest first, undated ones at the end.
pub fn marks<'e>(state: &'e State, events: &'e [DyadEvent]) -> Vec<Mark<'e>> {
    let mut marks: Vec<Mark> = events.iter().filter_map(|event| mark(state, event)).collect();
    let at = |m: &Mark| (m.span.is_none(), m.span.map(|s| s.start), m.effect, m.span.map(|s| s.end));
    marks.sort_by(|a, b| at(a).cmp(&at(b)).then_with(|| a.event.id.cmp(&b.event.id)));
    marks
}

fn mark<'e>(state: &'e State, event: &'e DyadEvent) -> Option<Mark<'e>> {
    let denied = match event.standing {
        Standing::Deed | Standing::Claim => false,
        Standing::Negated => true,
        Standing::Future | Standing::Hypothetical => return None,
    };
    let row = state.rows.iter().find(|row| row.fits(&event.rule, &event.trigger, denied))?;
    let span = span(&event.date);
    let has_end = span.is_some_and(|s| !s.is_lasting) && has_two_ends(&event.date);
    let is_whole = match row.effect {
        Effect::During => span.is_some_and(|s| !s.is_lasting),
        Effect::Holds => has_end,
        Effect::Opens => has_end && state.whole_ranges,
        _ => false,
    };
    Some(Mark { event, effect: row.effect, told: &row.told, span, is_whole })
}

/// The last day of an event that counts.
pub fn last_day(event: &DyadEvent) -> Option<Date> {
    let counts = matches!(event.standing, Standing::Deed | Standing::Claim | Standing::Negated);
    span(&event.date).filter(|_| counts).map(|s| s.end)
}

/// Whether the words name both ends of a range: "from 1940 to 1945", and not "after the war".
fn has_two_ends(date: &EventDate) -> bool {
    date.granularity.as_deref() == Some("range") && date.basis.contains("..")
}

fn span(date: &EventDate) -> Option<Span> {
    let start: Date = date.start.as_ref()?.parse().ok()?;
    let end = date.end.as_ref().and_then(|end| end.parse().ok()).unwrap_or(start);
    let begins = |words: &[&str]| words.iter().any(|w| date.basis.starts_with(w));
    let is_range = date.granularity.as_deref() == Some("range");
    Some(Span {
        start,
        end,
        is_own: !begins(&["the document's date"]),
        is_lasting: is_range && begins(&["since ", "for "]),
    })
}
