//! Stretches of days in which a state holds, or is told not to hold.

use chancery_record::{DyadEvent, EventDate};
use jiff::civil::Date;

use super::marks::{Mark, Span};
use super::table::{Effect, State};

/// A stretch of days in which a state holds, or is told not to hold.
#[derive(Debug, Clone, Default)]
pub struct Stretch<'e> {
    /// Since when, if that is told.
    pub since: Option<EventDate>,
    /// The first day on which it is told to hold, where since when is not told.
    pub known_from: Option<Date>,
    /// Until when, if an end is told.
    pub until: Option<EventDate>,
    /// Whether it is only known to hold on the days that are told.
    pub is_bounded: bool,
    /// Whether it begins and ends on the same days, so that which came last is not known.
    pub is_undecided: bool,
    /// The state in words, from the day on which it was so told.
    pub told: Vec<(Option<Date>, &'e str)>,
    /// What it is called after its end.
    pub ended: Option<&'e str>,
    /// Whether it is that the state does not hold.
    lacks: bool,
    /// The days of its first mark.
    pub first: Option<Span>,
    /// The last day on which it is told to hold.
    pub last_told: Option<Date>,
    /// What it is read off.
    pub events: Vec<&'e DyadEvent>,
    /// The event that ended it.
    pub closer: Option<&'e DyadEvent>,
    /// What speaks against it.
    pub against: Vec<&'e DyadEvent>,
}

/// The stretches of a state by its marks, which come in order of time.
pub fn stretches<'e>(state: &State, marks: &[&Mark<'e>]) -> Vec<Stretch<'e>> {
    let mut all: Vec<Stretch> = Vec::new();
    for mark in marks {
        let Some(span) = mark.span else {
            undated(&mut all, mark);
            continue;
        };
        match mark.effect {
            Effect::Opens if state.several => all.push(Stretch::opened(mark, span)),
            Effect::Opens | Effect::Holds => hold(&mut all, mark, span),
            Effect::During => during(&mut all, mark, span),
            Effect::Against => open(&mut all).into_iter().for_each(|s| s.against.push(mark.event)),
            Effect::Ends | Effect::Closes if state.several => close_one_of(&mut all, mark, span),
            Effect::Ends | Effect::Closes => close(&mut all, mark, span),
            Effect::Lacks => lack(&mut all, mark, span),
        }
    }
    all
}

/// The last stretch, if it has no end yet.
fn open<'a, 'e>(all: &'a mut [Stretch<'e>]) -> Option<&'a mut Stretch<'e>> {
    all.last_mut().filter(|s| s.until.is_none() && s.first.is_some())
}

/// What nobody says when: it only shows that the state was there once.
fn undated<'e>(all: &mut Vec<Stretch<'e>>, mark: &Mark<'e>) {
    let shows = matches!(mark.effect, Effect::Opens | Effect::Holds | Effect::During);
    if shows && all.is_empty() {
        all.push(Stretch { told: vec![(None, mark.told)], events: vec![mark.event], ..Stretch::default() });
    }
}

fn hold<'e>(all: &mut Vec<Stretch<'e>>, mark: &Mark<'e>, span: Span) {
    match open(all) {
        Some(last) if !last.lacks => last.confirm(mark, span),
        Some(last) => {
            last.end(mark, ended_by(mark, span), None);
            all.push(Stretch::opened(mark, span));
        }
        None => {
            let mut next = Stretch::opened(mark, span);
            // Told to go on although an end was told: the two speak against each other.
            if let Some(last) = all.last_mut().filter(|_| mark.effect == Effect::Holds)
                && let Some(closer) = last.closer
            {
                last.against.push(mark.event);
                next.against.push(closer);
            }
            all.push(next);
        }
    }
}

fn during<'e>(all: &mut Vec<Stretch<'e>>, mark: &Mark<'e>, span: Span) {
    let until = mark.is_whole.then(|| last_day_of(&mark.event.date));
    let touches = |last: &&mut Stretch| last.first.is_some() && last.last_told >= Some(span.start);
    match all.last_mut().filter(touches) {
        Some(last) => {
            let reaches = last.last_told < Some(span.end);
            last.confirm(mark, span);
            last.until = if reaches { until } else { last.until.take() };
        }
        None => {
            let since = Some(since(mark, span));
            all.push(Stretch { since, known_from: None, is_bounded: true, ..Stretch::opened(mark, span) });
        }
    }
}

fn close<'e>(all: &mut Vec<Stretch<'e>>, mark: &Mark<'e>, span: Span) {
    let is_over = all.last().is_some_and(|s| s.closer.is_some() && s.until.is_some());
    match open(all) {
        Some(last) if last.lacks => last.events.push(mark.event),
        Some(last) => {
            last.is_undecided = last.first.is_some_and(|f| (f.start, f.end) == (span.start, span.end));
            last.end(mark, mark.event.date.clone(), Some(mark.told));
        }
        // Ended again, which adds nothing.
        None if is_over || mark.effect == Effect::Ends => {}
        None => all.push(Stretch::closed(mark)),
    }
}

/// Of several that stand beside each other an end is that of the only one open, else of one that is not known.
fn close_one_of<'e>(all: &mut Vec<Stretch<'e>>, mark: &Mark<'e>, span: Span) {
    let mut still = all.iter_mut().filter(|s| s.until.is_none());
    match (still.next(), still.next()) {
        (Some(only), None) if only.first.is_some_and(|f| f.start <= span.start) => {
            only.end(mark, mark.event.date.clone(), Some(mark.told));
        }
        _ => all.push(Stretch::closed(mark)),
    }
}

fn lack<'e>(all: &mut Vec<Stretch<'e>>, mark: &Mark<'e>, span: Span) {
    let mut next = Stretch { lacks: true, ..Stretch::opened(mark, span) };
    match open(all) {
        Some(last) if last.lacks => return last.confirm(mark, span),
        Some(last) => last.end(mark, ended_by(mark, span), None),
        // It was broken off, and is told not to be there: not there since.
        None => {
            if let Some((until, closer)) = all.last().and_then(|s| s.until.clone().zip(s.closer))
                && next.since.is_none()
            {
                next = Stretch { since: Some(until), known_from: None, ..next };
                next.events.insert(0, closer);
            }
        }
    }
    all.push(next);
}

/// When a state ended of which the contrary is told: at the beginning of that, or at some time before the day it is told of.
fn ended_by(mark: &Mark, span: Span) -> EventDate {
    let date = &mark.event.date;
    match mark.effect == Effect::Opens && span.is_own || span.is_lasting {
        true => since(mark, span),
        false => EventDate {
            start: None,
            end: Some(span.start.to_string()),
            granularity: None,
            basis: format!("not later than {}", date.basis),
        },
    }
}

/// Since when an event says that something holds.
fn since(mark: &Mark, span: Span) -> EventDate {
    let date = &mark.event.date;
    let is_stretch = span.is_lasting || mark.is_whole;
    match date.granularity.as_deref() {
        Some("range") if is_stretch => first_of_stretch(date, span.start),
        _ => date.clone(),
    }
}

/// The beginning of a stretch: the year, where it begins with one and its words name no day in January.
fn first_of_stretch(date: &EventDate, start: Date) -> EventDate {
    let is_year = start.month() == 1 && start.day() == 1 && !date.basis.contains("Jan");
    let year_end = Date::new(start.year(), 12, 31).unwrap_or(start);
    let (end, granularity) = if is_year { (year_end, "year") } else { (start, "day") };
    EventDate {
        start: Some(start.to_string()),
        end: Some(end.to_string()),
        granularity: Some(granularity.to_owned()),
        basis: date.basis.clone(),
    }
}

/// The end of a stretch.
fn last_day_of(date: &EventDate) -> EventDate {
    match date.granularity.as_deref() {
        Some("range") => {
            EventDate { start: date.end.clone(), granularity: Some("day".to_owned()), ..date.clone() }
        }
        _ => date.clone(),
    }
}

impl<'e> Stretch<'e> {
    fn opened(mark: &Mark<'e>, span: Span) -> Self {
        let tells_start = span.is_lasting || mark.is_whole || mark.effect == Effect::Opens && span.is_own;
        Stretch {
            since: tells_start.then(|| since(mark, span)),
            known_from: (!tells_start).then_some(span.end),
            until: mark.is_whole.then(|| last_day_of(&mark.event.date)),
            told: vec![(Some(span.start), mark.told)],
            first: Some(span),
            last_told: Some(span.end),
            events: vec![mark.event],
            ..Stretch::default()
        }
    }

    /// One of which only the end is told.
    fn closed(mark: &Mark<'e>) -> Self {
        let mut over = Stretch { told: vec![(None, mark.told)], ..Stretch::default() };
        over.end(mark, mark.event.date.clone(), Some(mark.told));
        over
    }

    fn confirm(&mut self, mark: &Mark<'e>, span: Span) {
        self.events.push(mark.event);
        self.last_told = self.last_told.max(Some(span.end));
        if self.told.last().is_none_or(|(_, told)| *told != mark.told) {
            self.told.push((Some(span.start), mark.told));
        }
    }

    fn end(&mut self, mark: &Mark<'e>, until: EventDate, told: Option<&'e str>) {
        self.until = Some(until);
        self.ended = told;
        self.closer = Some(mark.event);
        self.events.push(mark.event);
    }
}
