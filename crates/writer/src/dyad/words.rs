//! Words and figures that all renderings of a dyad share.

use chancery_record::{
    Direction, Dyad, DyadEvent, Estimate, EventDate, Fact, Party, Period, Reciprocity, Standing, TurningPoint,
};

/// A number with what it counts: "1 event", "2 events".
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The names of both parties.
pub(crate) fn title(dyad: &Dyad) -> String {
    format!("{} – {}", name(&dyad.a), name(&dyad.b))
}

/// A party's name, and its code where the name does not show it.
fn name(party: &Party) -> String {
    match &party.code {
        Some(code) => format!(
            "{} ({})",
            party.name,
            [Some(code), party.sector.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
        ),
        None => party.name.clone(),
    }
}

/// What was read and found, in one sentence.
pub(crate) fn summary(dyad: &Dyad) -> String {
    let Some(total) = &dyad.total else {
        return "Nothing was read, and nothing is told of the two.".to_owned();
    };
    let events = counted(total.events.unwrap_or(0), "event that counts", "events that count");
    let read = counted(total.coverage.documents, "document read", "documents read");
    format!("{read}, {} of them about either; {events}{}.", total.coverage.concerned, apart(total))
}

/// What does not count, in words: ", 2 claims, 1 future".
fn apart(period: &Period) -> String {
    let names = ["by a speaker's word only", "future", "hypothetical", "denied"];
    let some = period.apart.iter().zip(names).filter(|(count, _)| **count > 0);
    let words: Vec<String> = some.map(|(count, name)| format!("{count} {name}")).collect();
    if words.is_empty() { String::new() } else { format!("; besides {}", words.join(", ")) }
}

/// An arrow between the parties.
pub(crate) fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward | Direction::Backward => "→",
        Direction::Mutual => "↔",
    }
}

/// Who does it to whom, by the names of the reports.
pub(crate) fn sides(event: &DyadEvent) -> String {
    let (actors, recipients) = (event.actor.join(", "), event.recipient.join(", "));
    if event.actor == event.recipient {
        actors
    } else {
        format!("{actors} {} {recipients}", arrow(event.direction))
    }
}

/// Category, modes and contexts.
pub(crate) fn labels(event: &DyadEvent) -> String {
    let labels = [&event.event].into_iter().chain(&event.mode).chain(&event.context);
    labels.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A date as short as its granularity: 1945, 2008-08, 2022-03-02, 1999–2014.
pub(crate) fn short(date: &EventDate) -> String {
    let Some(start) = &date.start else { return "undated".to_owned() };
    let end = date.end.as_ref().unwrap_or(start);
    let (year, month) = (start.get(..4).unwrap_or(start), start.get(..7).unwrap_or(start));
    match date.granularity.as_deref() {
        Some("year") => year.to_owned(),
        Some("month") => month.to_owned(),
        _ if start == end => start.clone(),
        _ if start.ends_with("-01-01") && end.ends_with("-12-31") => {
            format!("{year}–{}", end.get(..4).unwrap_or(end))
        }
        _ => format!("{start} – {end}"),
    }
}

/// Where an event is told: "3 reports, 2 outlets · AFP · said by the Kremlin".
pub(crate) fn told(event: &DyadEvent) -> String {
    let mut parts = vec![counted(event.reports as u64, "report", "reports")];
    if event.documents > 1 {
        parts.push(counted(event.documents as u64, "document", "documents"));
    }
    if event.sources > 1 {
        parts.push(counted(event.sources as u64, "outlet", "outlets"));
    }
    let source = event.source.as_ref().unwrap_or(&event.document);
    let says =
        if event.says.is_empty() { String::new() } else { format!(" · says {}", event.says.join(" → ")) };
    format!("{} · {source}{says}", parts.join(", "))
}

/// What an event is, where it is no plain deed.
pub(crate) fn standing(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Deed => None,
        Standing::Claim => Some("claimed"),
        Standing::Future => Some("future"),
        Standing::Hypothetical => Some("hypothetical"),
        Standing::Negated => Some("denied"),
    }
}

/// A figure with its sign and band: "+3.2 (+0.6 to +5.4)".
pub(crate) fn estimate(estimate: &Estimate) -> String {
    let value = signed(estimate.value);
    match (estimate.low, estimate.high) {
        (Some(low), Some(high)) => format!("{value} ({} to {})", signed(low), signed(high)),
        _ => value,
    }
}

/// A number with its sign, to one decimal.
pub(crate) fn signed(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0.0".to_owned() } else { format!("{rounded:+.1}") }
}

/// Whether a fact holds, in a word.
pub(crate) fn holds(fact: &Fact) -> &'static str {
    match fact.holds {
        Some(true) => "holds",
        Some(false) => "ended",
        None => "unclear",
    }
}

/// Since and until when, as far as is told.
pub(crate) fn span(fact: &Fact) -> String {
    let since = match (&fact.since, &fact.known_from) {
        (Some(since), _) => format!("since {}", short(since)),
        (None, Some(day)) => format!("by {day}"),
        (None, None) => String::new(),
    };
    let until = fact.until.as_ref().map(|until| format!("until {}", short(until)));
    [Some(since).filter(|s| !s.is_empty()), until].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A turning point: "2022-03-01: from +2.0 (10 events) to -4.0 (12 events); comes again in 90% of draws".
pub(crate) fn turning_point(point: &TurningPoint) -> String {
    let (before, after) = point.events;
    format!(
        "{}: from {} ({}) to {} ({}); comes again in {:.0}% of draws",
        point.date,
        signed(point.before),
        counted(before, "event", "events"),
        signed(point.after),
        counted(after, "event", "events"),
        point.support * 100.0
    )
}

/// How far they answer each other, a line each.
pub(crate) fn answers(dyad: &Dyad, found: &Reciprocity) -> Vec<String> {
    let (a, b, by) = (&dyad.a.name, &dyad.b.name, &dyad.by);
    let way = |from: &str, to: &str, (count, mean): (u64, Option<f64>)| {
        let mean = mean.map_or(String::new(), |mean| format!(", mean {}", signed(mean)));
        format!("{from} upon {to}: {}{mean}", counted(count, "event", "events"))
    };
    let correlations = [
        (format!("in the same {by}"), found.correlation),
        (format!("{b} a {by} later"), found.answers),
        (format!("{a} a {by} later"), found.answered),
    ];
    let known = correlations.into_iter().filter_map(|(when, value)| Some((when, value?)));
    let known = known.map(|(when, value)| format!("rank correlation {when}: {value:+.2}"));
    [way(a, b, found.forward), way(b, a, found.backward)].into_iter().chain(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(start: &str, end: &str, granularity: &str) -> EventDate {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        EventDate { start: some(start), end: some(end), granularity: some(granularity), basis: String::new() }
    }

    #[test]
    fn dates_are_as_short_as_they_are_fine() {
        assert_eq!(short(&date("1945-01-01", "1945-12-31", "year")), "1945");
        assert_eq!(short(&date("2008-08-01", "2008-08-31", "month")), "2008-08");
        assert_eq!(short(&date("1999-01-01", "2014-12-31", "range")), "1999–2014");
        assert_eq!(short(&date("2022-03-02", "2022-03-02", "day")), "2022-03-02");
        assert_eq!(short(&date("2022-03-02", "2022-03-05", "range")), "2022-03-02 – 2022-03-05");
        assert_eq!(short(&date("", "", "")), "undated");
    }

    #[test]
    fn figures_have_signs_and_bands() {
        assert_eq!(
            estimate(&Estimate { value: 3.16, low: Some(-0.04), high: Some(5.4) }),
            "+3.2 (0.0 to +5.4)"
        );
        assert_eq!(estimate(&Estimate { value: -2.0, low: None, high: None }), "-2.0");
    }
}
