//! A dyad on a terminal: what holds, what happened, the series with bars, turning points.

use std::io::{self, Write};

use chancery_record::{Dyad, DyadEvent, Fact, Period, Reciprocity, Standing, TurningPoint};

use super::words::{
    answers, counted, estimate, holds, labels, short, sides, span, standing, summary, title, told,
    turning_point,
};
use crate::page::{Ink, Page, at_most, clean, lines, side_by_side};

/// Columns of a date, and of bars on each side.
const DATE: usize = 12;
const BAR: usize = 14;

/// Lines that a sentence may take.
const SENTENCE: usize = 3;

/// Writes a dyad for people.
///
/// # Errors
/// Those of `out`.
pub fn dyad_table(out: &mut impl Write, page: &Page, dyad: &Dyad) -> io::Result<()> {
    let span = match (&dyad.from, &dyad.to) {
        (Some(from), Some(to)) => format!(" · {from} to {to}"),
        _ => String::new(),
    };
    writeln!(out, "{}", page.paint(Ink::Bold, &format!("{}{span}", title(dyad))))?;
    text(out, page, 0, Ink::Plain, &summary(dyad))?;
    facts(out, page, dyad)?;
    let counts = |event: &&DyadEvent| matches!(event.standing, Standing::Deed | Standing::Claim);
    let what = "WHAT HAPPENED, in order of date; claims are marked";
    events(out, page, what, &mut dyad.events.iter().filter(counts))?;
    if dyad.unlisted > 0 {
        let more = counted(dyad.unlisted, "more event", "more events");
        text(out, page, 2, Ink::Dim, &format!("{more} not listed; --limit 0 lists all"))?;
    }
    let what = "NOT COUNTED: announced, possible, denied";
    events(out, page, what, &mut dyad.events.iter().filter(|event| !counts(event)))?;
    series(out, page, dyad)?;
    turning_points(out, page, &dyad.turning_points)?;
    dyad.reciprocity.iter().try_for_each(|found| reciprocity(out, page, dyad, found))
}

fn heading(out: &mut impl Write, page: &Page, words: &str) -> io::Result<()> {
    writeln!(out, "\n{}", page.paint(Ink::Bold, words))
}

/// Words set into lines that begin so many columns in.
fn text(out: &mut impl Write, page: &Page, indent: usize, ink: Ink, words: &str) -> io::Result<()> {
    for line in lines(words, page.width.saturating_sub(indent + 1)) {
        writeln!(out, "{:indent$}{}", "", page.paint(ink, &line))?;
    }
    Ok(())
}

fn facts(out: &mut impl Write, page: &Page, dyad: &Dyad) -> io::Result<()> {
    let Some(first) = dyad.facts.first() else { return Ok(()) };
    heading(out, page, &format!("WHAT HOLDS as of {}", first.on))?;
    dyad.facts.iter().try_for_each(|fact| one_fact(out, page, fact))
}

fn one_fact(out: &mut impl Write, page: &Page, fact: &Fact) -> io::Result<()> {
    let ink = if fact.holds == Some(true) { Ink::Green } else { Ink::Dim };
    let line = format!("{}: {} · {} · {}", holds(fact), fact.state, span(fact), fact.by.join(", "));
    text(out, page, 2, ink, &line)?;
    text(out, page, 4, Ink::Dim, &fact.basis)?;
    if fact.contradicted_by.is_empty() {
        return Ok(());
    }
    text(out, page, 4, Ink::Yellow, &format!("contradicted by {}", fact.contradicted_by.join(", ")))
}

fn events(
    out: &mut impl Write,
    page: &Page,
    what: &str,
    events: &mut dyn Iterator<Item = &DyadEvent>,
) -> io::Result<()> {
    let mut events = events.peekable();
    if events.peek().is_none() {
        return Ok(());
    }
    heading(out, page, what)?;
    events.try_for_each(|event| one_event(out, page, event))
}

fn one_event(out: &mut impl Write, page: &Page, event: &DyadEvent) -> io::Result<()> {
    let room = page.width.max(60) - DATE - 4;
    let mark = standing(event.standing).map_or(String::new(), |mark| format!(" ({mark})"));
    let place = event.place.as_ref().map_or(String::new(), |place| format!(" · {place}"));
    let head = format!("{} · {}{mark}{place}", sides(event), labels(event));
    let mut right = lines(&head, room);
    let heads = right.len();
    right.extend(at_most(SENTENCE, room, lines(&clean(&event.sentence), room)));
    let sentence_ends = right.len();
    right.extend(lines(&told(event), room));
    for variant in &event.variants {
        let who = variant.says.join(", ");
        right.extend(lines(&format!("{} {}: {who}", variant.field, variant.value), room));
    }
    let dates = lines(&short(&event.date), DATE);
    for (n, line) in right.into_iter().enumerate() {
        let date = vec![dates.get(n).cloned().unwrap_or_default()];
        let ink = match n {
            _ if n < heads => Ink::of_quad(event.quad),
            _ if n < sentence_ends => Ink::Plain,
            _ => Ink::Dim,
        };
        side_by_side(
            out,
            page,
            &[(vec![String::new()], 0, Ink::Plain), (date, DATE, Ink::Bold), (vec![line], room, ink)],
        )?;
    }
    Ok(())
}

fn series(out: &mut impl Write, page: &Page, dyad: &Dyad) -> io::Result<()> {
    if dyad.periods.is_empty() {
        return Ok(());
    }
    heading(
        out,
        page,
        &format!(
            "BY {}: conflict to the left, cooperation to the right; words ░, deeds █",
            dyad.by.to_uppercase()
        ),
    )?;
    let side = |a: usize, b: usize| dyad.periods.iter().map(|p| p.quads[a] + p.quads[b]).max().unwrap_or(0);
    let most = side(0, 1).max(side(2, 3)).max(1);
    let head =
        [("PERIOD", 10), ("READ", 6), ("EVENTS", 6), ("", 2 * BAR + 1), ("MEAN OF THE SCALE, -10 TO 10", 30)];
    let head: Vec<_> = head.map(|(name, width)| (vec![name.to_owned()], width, Ink::Dim)).to_vec();
    side_by_side(out, page, &head)?;
    for period in &dyad.periods {
        if period.gap_before > 0 {
            let gap = counted(period.gap_before, "period", "periods");
            text(
                out,
                page,
                0,
                Ink::Dim,
                &format!("… {gap} of which nothing was read and nothing is told …"),
            )?;
        }
        one_period(out, page, period, most)?;
    }
    if dyad.unplaced > 0 {
        let events = counted(dyad.unplaced, "event", "events");
        text(
            out,
            page,
            0,
            Ink::Dim,
            &format!("{events} of no single {} or of unknown date: in the sum only", dyad.by),
        )?;
    }
    if let Some(total) = &dyad.total {
        one_period(out, page, total, total.quads.iter().sum::<u64>().max(1))?;
    }
    text(
        out,
        page,
        0,
        Ink::Dim,
        "READ is how many documents of that time were read: – where none was, so that no event is no zero. In brackets the middle 95% of the bootstrap over reports.",
    )
}

fn one_period(out: &mut impl Write, page: &Page, period: &Period, most: u64) -> io::Result<()> {
    let read =
        if period.coverage.documents == 0 { "–".to_owned() } else { period.coverage.documents.to_string() };
    let events = period.events.map_or("–".to_owned(), |events| events.to_string());
    let scale = period.scale_mean.as_ref().map_or(String::new(), estimate);
    let [words, deeds, against, blows] = period.quads;
    let conflict = bar(blows, against, most);
    let left = format!(
        "{}{}",
        " ".repeat(BAR - conflict.chars().count()),
        conflict.chars().rev().collect::<String>()
    );
    let bars = format!("{left}│{}", bar(deeds, words, most));
    let cells = [
        (vec![period.label.clone()], 10, Ink::Plain),
        (vec![format!("{read:>6}")], 6, Ink::Dim),
        (vec![format!("{events:>6}")], 6, Ink::Plain),
        (vec![bars], 2 * BAR + 1, Ink::Plain),
        (vec![scale], 30, Ink::Plain),
    ];
    side_by_side(out, page, &cells)
}

/// Deeds, then words, as long as their share of the most.
fn bar(deeds: u64, words: u64, most: u64) -> String {
    let columns = |count: u64| {
        let exact = count as f64 * BAR as f64 / most as f64;
        if count > 0 { (exact.round() as usize).max(1) } else { 0 }
    };
    let all = columns(deeds + words).max(usize::from(deeds > 0) + usize::from(words > 0)).min(BAR);
    let solid = columns(deeds).min(all - usize::from(words > 0));
    format!("{}{}", "█".repeat(solid), "░".repeat(all - solid))
}

fn turning_points(out: &mut impl Write, page: &Page, points: &[TurningPoint]) -> io::Result<()> {
    let Some(first) = points.first() else { return Ok(()) };
    heading(out, page, "TURNING POINTS")?;
    points.iter().try_for_each(|point| text(out, page, 2, Ink::Plain, &turning_point(point)))?;
    text(out, page, 2, Ink::Dim, &format!("Method: {}.", first.method))
}

fn reciprocity(out: &mut impl Write, page: &Page, dyad: &Dyad, found: &Reciprocity) -> io::Result<()> {
    heading(out, page, "RECIPROCITY")?;
    answers(dyad, found).iter().try_for_each(|line| text(out, page, 2, Ink::Plain, line))
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn bars_show_every_kind_that_is_there() {
        assert_eq!(bar(0, 0, 10), "");
        assert_eq!(bar(1, 1, 1000), "█░");
        assert_eq!(bar(7, 7, 14), "███████░░░░░░░");
        assert_eq!(bar(14, 0, 14), "██████████████");
    }
}
