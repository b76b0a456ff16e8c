//! Records that show which fields there are, of which type, and which may be null or missing. A new field of the record
//! does not compile until it stands here.

use chancery_record::{
    Actor, Attribution, Event, EventDate, EventPlace, Evidence, Merged, Span, Status, Variant, Words,
};

/// One with everything, one with only what must be, one with a place of which little is known.
pub(super) fn samples() -> [Event; 3] {
    let somewhere = EventPlace {
        geonameid: None,
        lat: None,
        lon: None,
        country: None,
        admin1: None,
        resolution: None,
        ..place()
    };
    [full(), least(), Event { place: Some(somewhere), ..least() }]
}

/// The same as a merged event, with everything.
pub(super) fn merged(event: Event) -> Merged {
    let says = vec![String::new()];
    Merged {
        event,
        wordings: 1,
        first_published: Some(String::new()),
        last_published: Some(String::new()),
        claimed: true,
        variants: vec![Variant { field: String::new(), value: String::new(), reports: 1, says }],
        members: vec![String::new()],
    }
}

fn full() -> Event {
    let text = || Some(String::new());
    let number = Some(0);
    Event {
        id: String::new(),
        document: String::new(),
        sentence: 0,
        date_published: text(),
        actor: vec![actor()],
        recipient: vec![actor()],
        event: String::new(),
        mode: vec![String::new()],
        context: vec![String::new()],
        cameo: String::new(),
        quad: 0,
        scale: 0.5,
        goldstein: 0.5,
        status: Status::Occurred,
        dead: number,
        injured: number,
        arrested: number,
        size: number,
        approximate: vec![String::new()],
        date: EventDate { start: text(), end: text(), granularity: text(), basis: String::new() },
        place: Some(place()),
        attribution: vec![link()],
        evidence: Evidence {
            span: span(),
            text: String::new(),
            trigger: words(),
            rule: String::new(),
            status: vec![words()],
        },
        confidence: 0.5,
        duplicate_of: text(),
        event_id: text(),
        reports: Some(1),
        documents: Some(1),
        sources: Some(1),
    }
}

fn least() -> Event {
    let full = full();
    let bare = Actor {
        code: None,
        sector: None,
        name: None,
        id: None,
        cameo: None,
        office: None,
        inferred: None,
        candidates: Vec::new(),
        ..actor()
    };
    let anonymous = Attribution { name: None, code: None, sector: None, cue: None, inferred: None, ..link() };
    Event {
        date_published: None,
        actor: vec![bare.clone()],
        recipient: vec![bare],
        dead: None,
        injured: None,
        arrested: None,
        size: None,
        approximate: Vec::new(),
        date: EventDate { start: None, end: None, granularity: None, ..full.date },
        place: None,
        attribution: vec![anonymous],
        evidence: Evidence { status: Vec::new(), ..full.evidence },
        duplicate_of: None,
        event_id: None,
        reports: None,
        documents: None,
        sources: None,
        ..full
    }
}

fn span() -> Span {
    Span { start: 0, end: 0 }
}

fn words() -> Words {
    Words { span: span(), text: String::new() }
}

fn actor() -> Actor {
    let text = || Some(String::new());
    Actor {
        code: text(),
        sector: text(),
        name: text(),
        text: String::new(),
        span: span(),
        id: text(),
        cameo: text(),
        office: text(),
        inferred: text(),
        candidates: vec![String::new()],
    }
}

fn link() -> Attribution {
    let text = || Some(String::new());
    Attribution {
        text: String::new(),
        name: text(),
        span: span(),
        role: String::new(),
        code: text(),
        sector: text(),
        cue: Some(words()),
        inferred: text(),
    }
}

fn place() -> EventPlace {
    let text = || Some(String::new());
    EventPlace {
        name: String::new(),
        geonameid: Some(0),
        lat: Some(0.5),
        lon: Some(0.5),
        country: text(),
        admin1: text(),
        resolution: text(),
        words: words(),
        basis: String::new(),
    }
}
