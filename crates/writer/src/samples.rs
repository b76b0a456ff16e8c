//! Events for tests: with every field that may be absent, and with none.

use chancery_record::{Attribution, Event, EventDate, Evidence, Span, Status, Words};

use crate::table::tests::event;

fn words(start: usize, text: &str) -> Words {
    Words { span: Span { start, end: start + text.chars().count() }, text: text.to_owned() }
}

/// An event without a fault of which every field holds something.
pub(crate) fn full() -> Event {
    let mut event = event();
    let Words { span, text } = words(2, "Präsident Žuža; „Onkel“|\\ 大使");
    let actor = &mut event.actor[0];
    (actor.span, actor.text) = (span, text);
    actor.id = Some("person:zuza".to_owned());
    actor.cameo = Some("RURGOV".to_owned());
    actor.office = Some("president".to_owned());
    actor.inferred = Some("=\"he\" is the president\nof the sentence before".to_owned());
    actor.candidates = vec!["a;b".to_owned(), "c|d\\".to_owned()];
    event.recipient.push(event.actor[0].clone());
    event.recipient[0].span.end = event.recipient[0].text.chars().count();
    event.mode = vec!["withdraw".to_owned(), "discontinue".to_owned()];
    (event.scale, event.goldstein) = (-6.0, -8.0);
    (event.dead, event.injured, event.arrested, event.size) = (Some(0), Some(12), Some(300), Some(1 << 40));
    event.approximate = vec!["injured".to_owned(), "size".to_owned()];
    let link = Attribution {
        text: "RNA, \"the agency\"".to_owned(),
        name: Some("Ruritanian News".to_owned()),
        span: Span { start: 4, end: 21 },
        role: "outlet".to_owned(),
        code: Some("RUR".to_owned()),
        sector: Some("JRN".to_owned()),
        cue: Some(words(22, "reported")),
        inferred: Some("house style".to_owned()),
    };
    let bare =
        Attribution { name: None, code: None, sector: None, cue: None, inferred: None, ..link.clone() };
    event.attribution = vec![link, Attribution { role: "speaker".to_owned(), ..bare }];
    let negation = event.evidence.text.find("hesitated").unwrap() + event.evidence.span.start;
    event.evidence.status = vec![words(negation, "hesitated")];
    event.duplicate_of = Some("d0; d1".to_owned());
    event.event_id = Some("0123456789abcdef".to_owned());
    (event.reports, event.documents, event.sources) = (Some(5), Some(4), Some(3));
    event
}

/// An event without a fault of which nothing that may be absent is there.
pub(crate) fn bare() -> Event {
    Event {
        id: "e2".to_owned(),
        sentence: 7,
        date_published: None,
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
        date: EventDate { start: None, end: None, granularity: None, basis: String::new() },
        place: None,
        attribution: Vec::new(),
        evidence: Evidence {
            span: Span { start: 0, end: 5 },
            text: "talks".to_owned(),
            trigger: words(0, "talks"),
            rule: "talk".to_owned(),
            status: Vec::new(),
        },
        confidence: 0.1 + 0.2,
        ..event()
    }
}

/// The first with a place of which only the name is known, and with parties whom no table knows.
pub(crate) fn partial() -> Event {
    let mut event = full();
    event.id = "e3".to_owned();
    for actor in event.actor.iter_mut().chain(&mut event.recipient) {
        (actor.code, actor.name, actor.id) = (None, None, None);
        (actor.office, actor.inferred) = (None, None);
        actor.candidates = Vec::new();
    }
    let place = event.place.as_mut().unwrap();
    (place.geonameid, place.lat, place.lon) = (None, None, None);
    (place.country, place.admin1, place.resolution) = (None, None, None);
    (event.dead, event.size, event.approximate) = (None, None, vec!["injured".to_owned()]);
    event
}

/// As many events, each of another document, with and without what may be absent.
pub(crate) fn many(count: usize) -> Vec<Event> {
    let kinds = [full(), bare(), partial()];
    let numbered = |i: usize| Event {
        id: format!("e{i}"),
        document: format!("d{i}"),
        sentence: i,
        ..kinds[i % 3].clone()
    };
    (0..count).map(numbered).collect()
}
