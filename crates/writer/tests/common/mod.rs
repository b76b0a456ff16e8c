//! Events of invented states, and files of them.

use std::io;

use chancery_record::{Actor, Event, EventDate, EventPlace, Evidence, Span, Status, Words};
use chancery_text::Document;
use chancery_writer::Format;

const TEXT: &str = "Żubrowka — Prime Minister Anna Tasch and the Bordurian army sent tents to refugees in Strelsau on Sunday. \
    Tasch met Plekszy-Gladz at Zenda. In 1999 a bomb killed three villagers. Tasch may expel the envoys; \
    Borduria did not impose sanctions on Syldavia. Tasch met Plekszy-Gladz, a spokesman said.";

/// A story in which something is done, was done, is planned and is denied.
pub fn document() -> Document {
    Document {
        id: "world/7".to_owned(),
        text: TEXT.to_owned(),
        title: Some("Tents for\tStrelsau".to_owned()),
        date: Some("2022-03-14".to_owned()),
        url: Some("https://www.rna.example/world/7".to_owned()),
        source: Some("RNA".to_owned()),
        lang: Some("en".to_owned()),
        ..Document::default()
    }
}

/// The same story without anything that is known of its publication.
pub fn bare_document() -> Document {
    Document { id: "a\tb;c.txt".to_owned(), text: TEXT.to_owned(), ..Document::default() }
}

fn span(words: &str) -> Span {
    let at = TEXT.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    let start = TEXT[..at].chars().count();
    Span { start, end: start + words.chars().count() }
}

fn words(words: &str) -> Words {
    Words { span: span(words), text: words.to_owned() }
}

/// A party with the name that its words are.
fn party(text: &str, code: Option<&str>, sector: Option<&str>, cameo: Option<&str>) -> Actor {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Actor {
        code: owned(code),
        sector: owned(sector),
        name: Some(text.to_owned()),
        text: text.to_owned(),
        span: span(text),
        id: None,
        cameo: owned(cameo),
        office: None,
        inferred: None,
        candidates: Vec::new(),
    }
}

fn tasch() -> Actor {
    let tasch = party("Tasch", Some("RUR"), Some("GOV"), Some("RURGOV"));
    Actor { id: Some("tasch".to_owned()), office: Some("prime minister".to_owned()), ..tasch }
}

fn gladz() -> Actor {
    let gladz = party("Plekszy-Gladz", Some("BOR"), Some("GOV"), Some("BORGOV"));
    Actor { id: Some("gladz".to_owned()), inferred: Some("head of state".to_owned()), ..gladz }
}

fn date(start: Option<&str>, end: Option<&str>, granularity: Option<&str>) -> EventDate {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    EventDate {
        start: owned(start),
        end: owned(end),
        granularity: owned(granularity),
        basis: "told".to_owned(),
    }
}

fn on(day: &str) -> EventDate {
    date(Some(day), Some(day), Some("day"))
}

fn place(name: &str, country: &str, admin1: Option<&str>, resolution: &str, point: (f64, f64)) -> EventPlace {
    EventPlace {
        name: name.to_owned(),
        geonameid: Some(101),
        lat: Some(point.0),
        lon: Some(point.1),
        country: Some(country.to_owned()),
        admin1: admin1.map(str::to_owned),
        resolution: Some(resolution.to_owned()),
        words: words("Strelsau"),
        basis: "where the words say that it was done".to_owned(),
    }
}

fn blank(id: &str, sentence: usize, clause: &str, trigger: &str) -> Event {
    Event {
        id: id.to_owned(),
        document: "world/7".to_owned(),
        sentence,
        date_published: Some("2022-03-14".to_owned()),
        actor: Vec::new(),
        recipient: Vec::new(),
        event: "CONSULT".to_owned(),
        mode: Vec::new(),
        context: Vec::new(),
        cameo: "040".to_owned(),
        quad: 1,
        scale: 2.5,
        goldstein: 1.0,
        status: Status::Occurred,
        dead: None,
        injured: None,
        arrested: None,
        size: None,
        approximate: Vec::new(),
        date: on("2022-03-14"),
        place: None,
        attribution: Vec::new(),
        evidence: Evidence {
            span: span(clause),
            text: clause.to_owned(),
            trigger: words(trigger),
            rule: "sample".to_owned(),
            status: Vec::new(),
        },
        confidence: 0.84,
        duplicate_of: None,
        event_id: None,
        reports: None,
        documents: None,
        sources: None,
    }
}

/// Two sides give to refugees on a known day, in a town.
pub fn aid() -> Event {
    let army = party("Bordurian army", Some("BOR"), Some("MIL"), Some("BORMIL"));
    Event {
        actor: vec![tasch(), army],
        recipient: vec![party("refugees", None, Some("REF"), Some("---REF"))],
        event: "AID".to_owned(),
        context: vec!["human_security".to_owned(), "migration".to_owned()],
        cameo: "073".to_owned(),
        quad: 2,
        scale: 10.0,
        goldstein: 7.4,
        date: on("2022-03-13"),
        place: Some(place("Strelsau", "ATA", Some("Hentzau"), "city", (-72.5, 2.25))),
        ..blank("f000000000000001", 0, "sent tents to refugees in Strelsau", "sent tents")
    }
}

/// A mutual act, told twice.
pub fn meetings() -> [Event; 2] {
    let both = vec![tasch(), gladz()];
    let once = Event {
        actor: both.clone(),
        recipient: both,
        mode: vec!["visit".to_owned()],
        cameo: "042".to_owned(),
        goldstein: 1.9,
        date: date(Some("2022-03-07"), Some("2022-03-13"), Some("week")),
        ..blank("0000000000000002", 1, "Tasch met Plekszy-Gladz at Zenda", "met")
    };
    let again = Event { id: "0000000000000003".to_owned(), sentence: 5, ..once.clone() };
    [once, again]
}

/// Nobody knows who did it, in a year long past.
pub fn bomb() -> Event {
    Event {
        recipient: vec![party("villagers", None, Some("CVL"), Some("---CVL"))],
        event: "ASSAULT".to_owned(),
        mode: vec!["explosives".to_owned()],
        cameo: "183".to_owned(),
        quad: 4,
        scale: -9.0,
        goldstein: -10.0,
        status: Status::Historical,
        dead: Some(3),
        date: date(Some("1999-01-01"), Some("1999-12-31"), Some("year")),
        place: Some(place("Ruritania", "RUR", None, "country", (50.0, 15.0))),
        ..blank("0000000000000004", 2, "a bomb killed three villagers", "bomb")
    }
}

/// Something planned, and something denied.
pub fn no_deeds() -> [Event; 2] {
    let threat = Event {
        actor: vec![tasch()],
        event: "THREATEN".to_owned(),
        mode: vec!["expel".to_owned()],
        cameo: "130".to_owned(),
        quad: 3,
        scale: -3.5,
        goldstein: -4.4,
        status: Status::Future,
        date: date(None, None, None),
        ..blank("0000000000000005", 3, "Tasch may expel the envoys", "expel")
    };
    let denied = Event {
        recipient: vec![party("Syldavia", Some("SYL"), None, Some("SYL"))],
        event: "SANCTION".to_owned(),
        cameo: "163".to_owned(),
        quad: 4,
        scale: -6.0,
        goldstein: -8.0,
        status: Status::Negated,
        ..blank("0000000000000006", 4, "Borduria did not impose sanctions on Syldavia", "impose sanctions")
    };
    [threat, denied]
}

/// All of them in the order of the text.
pub fn events() -> Vec<Event> {
    let [met, again] = meetings();
    let [threat, denied] = no_deeds();
    vec![aid(), met, bomb(), threat, denied, again]
}

/// A file of that format, with its header.
pub fn file(format: Format, document: &Document, events: &[Event]) -> String {
    let mut out = Vec::new();
    write(format, &mut out, document, events).expect("memory takes everything");
    String::from_utf8(out).expect("files are UTF-8")
}

fn write(format: Format, out: &mut Vec<u8>, document: &Document, events: &[Event]) -> io::Result<()> {
    use chancery_writer as w;
    match format {
        Format::Jsonl => w::jsonl(out, events),
        Format::Plover => w::plover(out, document, events),
        Format::Petrarch => w::petrarch(out, document, events),
        Format::Gdelt1 => w::gdelt1(out, document, events),
        Format::Gdelt2 => w::gdelt2(out, document, events),
        Format::Mentions => w::mentions(out, document, events),
        Format::Icews => w::icews_head(out).and_then(|()| w::icews(out, document, events)),
        Format::Polecat => w::polecat_head(out).and_then(|()| w::polecat(out, document, events)),
    }
}
