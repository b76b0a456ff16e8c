//! What a chart of a dyad shows and where it stands along the axis, before anything is drawn.

use std::ops::Range;

use chancery_record::{Dyad, Period, Standing, TurningPoint};

use super::words::{counted, summary, title, turning_point};
use crate::page::{clean, lines};

/// Columns of characters that a line of the chart's captions may have.
const COLUMNS: usize = 128;

/// Turning points that the caption spells out.
const TURNS: usize = 6;

/// Everything that a chart shows.
pub(super) struct Layout<'a> {
    /// The names of both parties.
    pub(super) title: Vec<String>,
    /// What is counted, and over which time.
    pub(super) subtitle: String,
    /// What stands along the axis.
    pub(super) slots: Vec<Slot<'a>>,
    /// Where the level changes, along the axis.
    pub(super) turns: Vec<(f64, &'a TurningPoint)>,
    /// How periods are called.
    pub(super) by: &'a str,
    /// Lines below the panels.
    pub(super) caption: Vec<String>,
}

/// A stretch of the axis: a period, or several that are left out.
pub(super) struct Slot<'a> {
    /// Where it stands; a period is one unit wide.
    pub(super) at: Range<f64>,
    /// The period; none where several are left out.
    pub(super) period: Option<&'a Period>,
    /// How many are left out.
    pub(super) left_out: u64,
}

impl Slot<'_> {
    /// Whether no document of that time was read.
    pub(super) fn unread(&self) -> bool {
        self.period.is_none_or(|period| period.coverage.documents == 0)
    }

    pub(super) fn middle(&self) -> f64 {
        (self.at.start + self.at.end) / 2.0
    }
}

/// Lays out what a chart of the dyad shows.
pub(super) fn layout(dyad: &Dyad) -> Layout<'_> {
    let slots = slots(&dyad.periods);
    Layout {
        title: lines(&title(dyad), COLUMNS / 2),
        subtitle: subtitle(dyad),
        turns: turns(dyad, &slots),
        slots,
        by: &dyad.by,
        caption: caption(dyad).iter().flat_map(|line| lines(&clean(line), COLUMNS)).collect(),
    }
}

/// What is counted, and over which time.
fn subtitle(dyad: &Dyad) -> String {
    let what = if dyad.directed { "Events by the first upon the second" } else { "Events" };
    let span = match (&dyad.from, &dyad.to) {
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        _ => String::new(),
    };
    let counted = dyad.counted.iter().map(|standing| match standing {
        Standing::Deed => "what happened",
        Standing::Claim => "what is claimed",
        Standing::Future => "what is announced",
        Standing::Hypothetical => "what is possible",
        Standing::Negated => "what is denied",
    });
    format!("{what}, a {} at a time{span}; counted: {}", dyad.by, counted.collect::<Vec<_>>().join(", "))
}

/// Periods side by side; those that are left out take a little room, however many they are.
fn slots(periods: &[Period]) -> Vec<Slot<'_>> {
    let gap = (periods.len() as f64 * 0.03).max(1.0);
    let (mut slots, mut at) = (Vec::new(), 0.0);
    for period in periods {
        if period.gap_before > 0 {
            slots.push(Slot { at: at..at + gap, period: None, left_out: period.gap_before });
            at += gap;
        }
        slots.push(Slot { at: at..at + 1.0, period: Some(period), left_out: 0 });
        at += 1.0;
    }
    slots
}

/// Turning points stand where their first period starts.
fn turns<'a>(dyad: &'a Dyad, slots: &[Slot]) -> Vec<(f64, &'a TurningPoint)> {
    let place = |point: &TurningPoint| {
        let slot = slots.iter().find(|slot| slot.period.is_some_and(|period| period.start >= point.date));
        slot.map(|slot| slot.at.start)
    };
    dyad.turning_points.iter().filter_map(|point| Some((place(point)?, point))).collect()
}

/// What was read and found, what the events rest on, and each turning point.
fn caption(dyad: &Dyad) -> Vec<String> {
    let mut caption = vec![format!("{}{}", summary(dyad), rests_on(dyad))];
    if dyad.unplaced > 0 {
        let events = counted(dyad.unplaced, "event", "events");
        caption.push(format!("{events} of no single {} or of unknown date: not drawn.", dyad.by));
    }
    let points = dyad.turning_points.iter().enumerate().take(TURNS);
    caption.extend(points.map(|(n, point)| format!("Turning point {}, {}.", n + 1, turning_point(point))));
    if let Some(point) = dyad.turning_points.first() {
        let more = dyad.turning_points.len().saturating_sub(TURNS);
        let more = if more > 0 { format!("{more} more turning points. ") } else { String::new() };
        caption.push(format!("{more}Method: {}.", point.method));
    }
    caption
}

/// How many reports the events rest on, as far as they are listed.
fn rests_on(dyad: &Dyad) -> String {
    if dyad.events.is_empty() {
        return String::new();
    }
    let reports = dyad.events.iter().map(|event| event.reports as u64).sum();
    let events = match dyad.unlisted {
        0 => "They are".to_owned(),
        _ => format!("The {} that are listed are", counted(dyad.events.len() as u64, "event", "events")),
    };
    format!(" {events} told by {}.", counted(reports, "report", "reports"))
}
