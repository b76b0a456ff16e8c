//! The table for a terminal: who, to whom, event, date, and the words it was read from.

use std::io::{self, Write};

use chancery_record::{Actor, Event, Evidence, Status};
use chancery_text::Document;

use crate::page::{GAP, Ink, Page, at_most, clean, lines, side_by_side};

/// Lines that one cell may take.
const MOST_LINES: usize = 5;
const DATE: usize = 12;
const EVENT: usize = 16;

/// Columns of each cell but the date: who and whom, the event, the words.
struct Columns {
    actor: usize,
    words: usize,
}

impl Columns {
    fn of(page: &Page) -> Columns {
        let room = page.width.max(72) - DATE - EVENT - 4 * GAP.len();
        let actor = room * 3 / 10;
        Columns { actor, words: room - 2 * actor }
    }
}

/// Writes the line that names the columns.
///
/// # Errors
/// Those of `out`.
pub fn table_head(out: &mut impl Write, page: &Page) -> io::Result<()> {
    let names = ["WHO", "→ WHOM", "EVENT", "DATE, PLACE", "WORDS"].map(|name| vec![name.to_owned()]);
    row(out, page, names, Ink::Dim, Ink::Dim)
}

/// Writes one document's events, each a row of a few lines.
///
/// # Errors
/// Those of `out`.
pub fn table(out: &mut impl Write, page: &Page, document: &Document, events: &[Event]) -> io::Result<()> {
    writeln!(out, "\n{}", page.paint(Ink::Bold, &heading(document, count(events.len()))))?;
    for event in events {
        writeln!(out)?;
        row(out, page, cells(page, event), Ink::of_quad(event.quad), Ink::Plain)?;
    }
    Ok(())
}

/// Writes that a document was passed over, and why.
///
/// # Errors
/// Those of `out`.
pub fn passed_over(out: &mut impl Write, page: &Page, document: &Document, why: &str) -> io::Result<()> {
    writeln!(out, "\n{}", page.paint(Ink::Bold, &heading(document, format!("passed over: {why}"))))
}

/// How many events, in words.
fn count(events: usize) -> String {
    match events {
        0 => "no events".to_owned(),
        1 => "1 event".to_owned(),
        more => format!("{more} events"),
    }
}

/// The document's name and date, and what is said of it.
fn heading(document: &Document, count: String) -> String {
    [Some(&document.id), document.date.as_ref(), Some(&count)]
        .map(|part| part.map(|p| clean(p)))
        .iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn cells(page: &Page, event: &Event) -> [Vec<String>; 5] {
    let columns = Columns::of(page);
    let set = |text: &str, width| at_most(MOST_LINES, width, lines(text, width));
    [
        set(&actors(&event.actor), columns.actor),
        set(&actors(&event.recipient), columns.actor),
        labels(event),
        when_and_where(event),
        set(&excerpt(&event.evidence, columns.words * MOST_LINES * 4 / 5), columns.words),
    ]
}

/// Writes the cells side by side.
fn row(out: &mut impl Write, page: &Page, cells: [Vec<String>; 5], event: Ink, other: Ink) -> io::Result<()> {
    let Columns { actor, words } = Columns::of(page);
    let widths = [actor, actor, EVENT, DATE, words];
    let inks = [other, other, event, other, other];
    let columns = cells.into_iter().zip(widths).zip(inks).map(|((lines, width), ink)| (lines, width, ink));
    side_by_side(out, page, &columns.collect::<Vec<_>>())
}

/// The category, below it modes, contexts and, where it did not plainly occur, the status.
fn labels(event: &Event) -> Vec<String> {
    let mut labels = vec![event.event.clone()];
    labels.extend(event.mode.iter().chain(&event.context).cloned());
    if event.status != Status::Occurred {
        labels.push(format!("({})", status(event.status)));
    }
    at_most(MOST_LINES, EVENT, labels.iter().flat_map(|label| lines(label, EVENT)).collect())
}

/// The first day, below it the place.
fn when_and_where(event: &Event) -> Vec<String> {
    let day = event.date.start.clone().unwrap_or_else(|| "–".to_owned());
    let place = event.place.iter().flat_map(|p| lines(&p.name, DATE));
    at_most(MOST_LINES, DATE, std::iter::once(day).chain(place).collect())
}

/// The status in words.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Occurred => "occurred",
        Status::Historical => "historical",
        Status::Future => "future",
        Status::Hypothetical => "hypothetical",
        Status::Negated => "negated",
    }
}

/// Names with their codes; `–` where the words name nobody.
pub(crate) fn actors(actors: &[Actor]) -> String {
    match actors {
        [] => "–".to_owned(),
        some => some.iter().map(actor).collect::<Vec<_>>().join("; "),
    }
}

fn actor(actor: &Actor) -> String {
    let codes: Vec<&str> = [&actor.code, &actor.sector].into_iter().filter_map(Option::as_deref).collect();
    let codes =
        [codes.join(" "), actor.inferred.as_ref().map_or_else(String::new, |_| "inferred".to_owned())];
    let name = actor.name.as_deref().unwrap_or(&actor.text);
    match codes.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ").as_str() {
        "" => name.to_owned(),
        codes => format!("{name} ({codes})"),
    }
}

/// The words of the evidence; of long ones those around the trigger, about `room` characters.
fn excerpt(evidence: &Evidence, room: usize) -> String {
    let words: Vec<char> = evidence.text.chars().collect();
    if words.len() <= room {
        return evidence.text.clone();
    }
    let trigger = evidence.trigger.span.start.saturating_sub(evidence.span.start).min(words.len());
    let from = trigger.saturating_sub(room / 3).min(words.len() - room);
    let from = if from == 0 { 0 } else { word_start(&words, from) };
    let to = (from + room).min(words.len());
    let (before, after) = (if from > 0 { "… " } else { "" }, if to < words.len() { "…" } else { "" });
    format!("{before}{}{after}", words[from..to].iter().collect::<String>().trim_end())
}

/// The next place where a word starts.
fn word_start(words: &[char], from: usize) -> usize {
    let blank = words[from..].iter().position(|c| c.is_whitespace());
    blank.map_or(from, |blank| from + blank + 1)
}

#[cfg(test)]
pub(crate) mod tests {
    use chancery_record::{Attribution, EventDate, EventPlace, Span, Words};
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn party(name: &str, code: &str, sector: Option<&str>) -> Actor {
        Actor {
            code: Some(code.to_owned()),
            sector: sector.map(str::to_owned),
            name: Some(name.to_owned()),
            text: name.to_owned(),
            span: Span { start: 0, end: 1 },
            id: None,
            cameo: None,
            office: None,
            inferred: None,
            candidates: Vec::new(),
        }
    }

    /// An event of the state of Ruritania's making.
    pub(crate) fn event() -> Event {
        let text = "the Ruritanian government, which had hesitated for months, imposed sweeping sanctions on \
                    Borduria's banks and on everybody who trades with them";
        let trigger = "imposed sweeping sanctions";
        let at = text.find(trigger).unwrap();
        Event {
            id: "e1".to_owned(),
            document: "news.txt".to_owned(),
            sentence: 0,
            date_published: Some("2022-03-14".to_owned()),
            actor: vec![party("Government of Ruritania", "RUR", Some("GOV"))],
            recipient: vec![Actor {
                cameo: None,
                office: None,
                inferred: Some("owner of the banks".to_owned()),
                candidates: Vec::new(),
                ..party("Borduria", "BOR", None)
            }],
            event: "SANCTION".to_owned(),
            mode: vec!["embargo".to_owned()],
            context: vec!["economic".to_owned()],
            cameo: "163".to_owned(),
            quad: 4,
            scale: -8.0,
            goldstein: -8.0,
            status: Status::Historical,
            date: EventDate {
                start: Some("2022-03-07".to_owned()),
                end: Some("2022-03-13".to_owned()),
                granularity: Some("week".to_owned()),
                basis: "last week".to_owned(),
            },
            place: Some(EventPlace {
                name: "Strelsau".to_owned(),
                geonameid: Some(101),
                lat: Some(50.0),
                lon: Some(15.25),
                country: Some("RUR".to_owned()),
                admin1: Some("Hentzau".to_owned()),
                resolution: Some("city".to_owned()),
                words: Words { span: Span { start: 0, end: 8 }, text: "Strelsau".to_owned() },
                basis: "where the words say that it was done".to_owned(),
            }),
            attribution: vec![Attribution {
                text: "RNA".to_owned(),
                name: None,
                span: Span { start: 0, end: 3 },
                role: "outlet".to_owned(),
                code: None,
                sector: None,
                cue: None,
                inferred: None,
            }],
            evidence: Evidence {
                span: Span { start: 10, end: 10 + text.chars().count() },
                text: text.to_owned(),
                trigger: Words {
                    span: Span { start: 10 + at, end: 10 + at + trigger.len() },
                    text: trigger.to_owned(),
                },
                rule: "sanction.impose".to_owned(),
                status: Vec::new(),
            },
            dead: None,
            injured: None,
            arrested: None,
            size: None,
            approximate: Vec::new(),
            confidence: 0.9,
            duplicate_of: None,
            event_id: None,
            reports: None,
            documents: None,
            sources: None,
        }
    }

    pub(crate) fn document() -> Document {
        Document { id: "news.txt".to_owned(), date: Some("2022-03-14".to_owned()), ..Document::default() }
    }

    fn shown(page: Page, events: &[Event]) -> String {
        let mut out = Vec::new();
        table_head(&mut out, &page).unwrap();
        table(&mut out, &page, &document(), events).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn reads_well_at_a_hundred_columns() {
        let bare = Event { actor: vec![], mode: vec![], status: Status::Occurred, ..event() };
        let table = shown(Page { width: 100, colour: false }, &[event(), bare]);
        assert!(table.lines().all(|line| line.width() <= 100), "{table}");
        insta::assert_snapshot!(table);
    }

    #[test]
    fn colours_change_no_column() {
        let page = Page { width: 100, colour: false };
        let mut coloured = shown(Page { colour: true, ..page }, &[event()]);
        assert!(coloured.contains("\x1b[31mSANCTION\x1b[0m"));
        for code in ["0", "1", "2", "31"] {
            coloured = coloured.replace(&format!("\x1b[{code}m"), "");
        }
        assert_eq!(coloured, shown(page, &[event()]));
    }

    #[test]
    fn a_document_without_events_says_so() {
        assert!(
            shown(Page { width: 100, colour: false }, &[]).ends_with("\nnews.txt · 2022-03-14 · no events\n")
        );
    }

    #[test]
    fn a_narrow_terminal_is_no_error() {
        assert!(shown(Page { width: 0, colour: false }, &[event()]).contains("SANCTION"));
    }
}
