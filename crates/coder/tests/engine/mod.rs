//! Engine, invented world and coder for the tests of whole texts: the one place that calls their API.

#![allow(dead_code)] // each test program calls a part of it

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use chancery_coder::{Coded, Coder, Prepared};
use chancery_gazetteer::{Gazetteer, Sources};
use chancery_language::Pipeline;
use chancery_record::{Actor, Event};
use chancery_text::Document;
use chancery_world::World;

/// The day on which the texts of the tests appear, a Wednesday.
pub const TODAY: &str = "2024-05-15";

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let folder = chancery_model::ready(None).unwrap_or_else(|why| panic!("{why}"));
    Pipeline::load(&folder).unwrap_or_else(|why| panic!("{why}"))
});

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut files = invented_tables();
    files.push(("roles.tsv".to_owned(), read(&root().join("data/world/roles.tsv"))));
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    World::parse(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
});

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let table = |name: &str| read(&root().join("tests/gazetteer").join(name));
    let sources = Sources {
        countries: table("countries.tsv"),
        corrections: table("corrections.tsv"),
        continents: table("continents.tsv"),
        divisions: table("divisions.tsv"),
        division_names: table("division-names.tsv"),
        generics: table("generics.txt"),
        features: table("features.tsv"),
        places: table("places.tsv"),
        bynames: table("bynames.tsv"),
        outlets: table("outlets.tsv"),
        known: read(&root().join("tests/world/places.tsv")),
        states: read(&root().join("tests/world/states.tsv")),
    };
    Gazetteer::parse(&sources).unwrap_or_else(|faults| panic!("{faults:?}"))
});

static CODER: LazyLock<Coder<'static>> = LazyLock::new(|| Coder::new(&WORLD).with_gazetteer(&GAZETTEER));

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn invented_tables() -> Vec<(String, String)> {
    fs::read_dir(root().join("tests/world"))
        .unwrap_or_else(|why| panic!("tests/world: {why}"))
        .map(|entry| entry.unwrap_or_else(|why| panic!("tests/world: {why}")).path())
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), read(&path)))
        .collect()
}

/// The language engine, with the model that the machine has or fetches now.
pub fn pipeline() -> &'static Pipeline {
    &PIPELINE
}

/// The program's rules in the world of `tests/world`, with the role words of the real tables.
pub fn coder() -> &'static Coder<'static> {
    &CODER
}

/// A document of the tests; an empty date is none.
pub fn document(text: &str, date: &str) -> Document {
    let date = (!date.is_empty()).then(|| date.to_owned());
    Document { id: "test".into(), text: text.into(), date, ..Document::default() }
}

/// Codes a document in the invented world.
pub fn code_document(document: &Document) -> Coded {
    code_with(coder(), document)
}

/// Codes a document with a coder of one's own.
pub fn code_with(coder: &Coder, document: &Document) -> Coded {
    let prepared = Prepared::new(&document.text);
    let parts = pipeline().annotate(&prepared.texts());
    coder.code(document, &prepared, &parts)
}

/// Codes a text that appears [`TODAY`].
pub fn code(text: &str) -> Coded {
    code_document(&document(text, TODAY))
}

/// The events of a text that appears [`TODAY`].
pub fn events(text: &str) -> Vec<Event> {
    code(text).annotated.events.unwrap_or_default()
}

/// The only event of a text.
pub fn only(text: &str) -> Event {
    let mut events = events(text);
    assert_eq!(events.len(), 1, "{text}\n{}", events.iter().map(line).collect::<Vec<_>>().join("\n"));
    events.remove(0)
}

/// A row of a table: text, its events in order as lines of [`line`], and why the row is there.
pub type Row = (&'static str, &'static [&'static str], &'static str);

/// Each text, published on `date`, has exactly these events.
///
/// A line gives `CATEGORY actors > recipients status`, and may go on with ` on DATE` and ` by SOURCE; SOURCE`;
/// what a row leaves out at the end is not checked.
pub fn check_on(date: &str, rows: &[Row]) {
    let faults: Vec<String> = rows.iter().filter_map(|row| fault(date, row)).collect();
    assert!(faults.is_empty(), "{} of {} rows:\n{}", faults.len(), rows.len(), faults.join("\n"));
}

/// [`check_on`] for texts that appear [`TODAY`].
pub fn check(rows: &[Row]) {
    check_on(TODAY, rows);
}

fn fault(date: &str, (text, expected, why): &Row) -> Option<String> {
    let coded = code_document(&document(text, date));
    let events = coded.annotated.events.unwrap_or_default();
    let same = events.len() == expected.len() && events.iter().zip(*expected).all(|(e, w)| fits(e, w));
    let notes = || coded.explained.iter().flat_map(|s| &s.notes).map(|n| format!("  note {n}\n"));
    (!same).then(|| {
        let got = events.iter().map(|e| format!("  got  {} [{}]\n", line(e), e.evidence.rule));
        let want = expected.iter().map(|w| format!("  want {w}\n"));
        format!("{text}\n  ({why})\n{}", want.chain(got).chain(notes()).collect::<String>())
    })
}

fn fits(event: &Event, wanted: &str) -> bool {
    let line = line(event);
    line == wanted
        || line.strip_prefix(wanted).is_some_and(|rest| rest.starts_with(" on ") || rest.starts_with(" by "))
        || undated(event) == wanted
}

/// An event in a line: category, actors > recipients, status, date, sources; `~` marks what is inferred.
pub fn line(event: &Event) -> String {
    let date = match (&event.date.start, &event.date.end) {
        (Some(start), Some(end)) if start != end => format!("{start}..{end}"),
        (Some(start), _) => start.clone(),
        _ => "?".to_owned(),
    };
    format!("{} on {date}{}", core(event), sources(event))
}

fn undated(event: &Event) -> String {
    core(event) + &sources(event)
}

fn core(event: &Event) -> String {
    let status = format!("{:?}", event.status).to_lowercase();
    format!("{} {} > {} {status}", event.event, side(&event.actor), side(&event.recipient))
}

fn sources(event: &Event) -> String {
    let all: Vec<&str> = event.attribution.iter().map(|a| a.text.as_str()).collect();
    if all.is_empty() { String::new() } else { format!(" by {}", all.join("; ")) }
}

fn side(actors: &[Actor]) -> String {
    if actors.is_empty() { "-".to_owned() } else { actors.iter().map(party).collect::<Vec<_>>().join(",") }
}

fn party(actor: &Actor) -> String {
    let inferred = if actor.inferred.is_some() { "~" } else { "" };
    let sector = actor.sector.as_ref().map(|s| format!("/{s}")).unwrap_or_default();
    format!("{inferred}{}{sector}", actor.code.as_deref().unwrap_or("?"))
}
