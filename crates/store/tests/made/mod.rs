//! Invented documents with reports, as many as are wanted, always the same ones.
#![allow(dead_code)] // each of those who use it needs a part

use chancery_record::{Event, Source, Span};
use chancery_store::Entry;

/// A generator of numbers (SplitMix64; Steele, Lea and Flood 2014).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    /// One of the countries, the first far more often than the last, as in the news.
    pub fn low(&mut self) -> usize {
        let most = self.below(COUNTRIES) + 1;
        self.below(most)
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for n in (1..list.len()).rev() {
            list.swap(n, self.below(n + 1));
        }
    }
}

/// What a report says.
#[derive(Clone)]
pub struct Told<'a> {
    pub document: &'a str,
    pub published: &'a str,
    pub category: &'a str,
    pub cameo: &'a str,
    pub actor: &'a str,
    pub recipient: &'a str,
    pub day: &'a str,
    pub basis: &'a str,
    pub status: &'a str,
    pub words: &'a str,
    /// Where it stands in the text; also its sentence.
    pub at: usize,
}

/// Ruritania accuses Borduria.
pub const ACCUSATION: Told = Told {
    document: "a",
    published: "2020-05-02",
    category: "ACCUSE",
    cameo: "112",
    actor: "RUR",
    recipient: "BOR",
    day: "2020-05-01",
    basis: "Friday",
    status: "occurred",
    words: "Ruritania accused Borduria of moving the border stones near Klow",
    at: 0,
};

/// The report as `chancery code` would write it.
pub fn report(told: &Told) -> Event {
    let party = |code: &str| {
        serde_json::json!([{"code": code, "sector": null, "name": code, "text": code, "start": 0, "end": 3,
            "id": code, "cameo": code}])
    };
    let start = told.at * 100;
    let words = told.words;
    let trigger = serde_json::json!({"start": start + 1, "end": start + 2, "text": "x"});
    let id = format!("{}-{}-{}-{}-{}", told.document, told.at, told.category, told.actor, told.day);
    serde_json::from_value(serde_json::json!({
        "id": id, "document": told.document, "sentence": told.at, "date_published": told.published,
        "actor": party(told.actor), "recipient": party(told.recipient),
        "event": told.category, "mode": [], "context": [], "cameo": told.cameo, "quad": 3, "scale": -3.0,
        "goldstein": -2.0, "status": told.status,
        "date": {"start": told.day, "end": told.day, "granularity": "day", "basis": told.basis},
        "place": null, "attribution": [],
        "evidence": {"start": start, "end": start + words.chars().count(), "text": words, "trigger": trigger,
            "rule": "accuse/accuse"},
        "confidence": 0.8
    }))
    .expect("a report")
}

/// A document with its reports, ready for the store.
pub fn entry(id: &str, published: &str, reports: Vec<Event>) -> Entry {
    entry_by("coder 1", id, published, reports)
}

/// The same, coded by some version of the coder.
pub fn entry_by(coder: &str, id: &str, published: &str, reports: Vec<Event>) -> Entry {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for report in &reports {
        let words = &report.evidence.text;
        let start = text.chars().count();
        text.push_str(words);
        sentences.push(Span { start, end: start + words.chars().count() });
        text.push_str(".\n");
    }
    let source = Source {
        id: id.to_owned(),
        date: Some(published.to_owned()),
        source: Some(format!("outlet {}", id.len() % 3)),
        text,
        ..Source::default()
    };
    Entry::new(source, &sentences, reports, coder).expect("an entry")
}

const CATEGORIES: [(&str, &str); 6] = [
    ("ACCUSE", "112"),
    ("CONSULT", "040"),
    ("SUPPORT", "051"),
    ("ASSAULT", "190"),
    ("SANCTION", "163"),
    ("AID", "071"),
];
const WORDS: [&str; 40] = [
    "border",
    "river",
    "minister",
    "treaty",
    "harbour",
    "mountain",
    "railway",
    "grain",
    "pipeline",
    "garrison",
    "island",
    "election",
    "prisoner",
    "tariff",
    "bridge",
    "airfield",
    "fishing",
    "convoy",
    "embassy",
    "customs",
    "wheat",
    "radar",
    "canal",
    "forest",
    "tunnel",
    "hospital",
    "refugee",
    "copper",
    "university",
    "parliament",
    "monastery",
    "shipyard",
    "satellite",
    "festival",
    "vaccine",
    "archive",
    "lighthouse",
    "vineyard",
    "glacier",
    "market",
];

/// Reports of each document.
pub const REPORTS: usize = 4;

/// Number of made-up countries.
pub const COUNTRIES: usize = 60;

/// The code of a made-up country.
pub fn country(n: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    format!("Q{}{}", letter(n / 26), letter(n))
}

fn day(number: usize) -> String {
    let year = 2000 + number / 336;
    format!("{year}-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1)
}

/// Document number `n` of a corpus of `of`: some reports of events around its day, each told by several documents.
pub fn document(n: usize, of: usize) -> Entry {
    document_as(&format!("d{n:07}"), n, of)
}

/// The same under a name of one's own.
pub fn document_as(id: &str, n: usize, of: usize) -> Entry {
    // Three documents a day, over at least two months.
    let days = (of / 3).clamp(60, 7000);
    let own = n * days / of;
    // About four reports of each event, however many there are.
    let events = (of * REPORTS / days / 4).max(1);
    let mut numbers = Numbers(n as u64);
    let published = day(own);
    let reports = (0..REPORTS)
        .map(|at| {
            let back = numbers.below(3).min(own);
            let event = (own - back) * events + numbers.below(events);
            let mut fate = Numbers(event as u64 ^ 0xabcd);
            let (category, cameo) = CATEGORIES[fate.below(CATEGORIES.len())];
            let actor = country(fate.low());
            let recipient = country(fate.low());
            let about: Vec<&str> = (0..6).map(|_| WORDS[fate.below(WORDS.len())]).collect();
            let words = format!(
                "{actor} {category} {recipient} {} {}",
                about.join(" "),
                WORDS[numbers.below(WORDS.len())]
            );
            let (told, basis) = if numbers.below(2) == 0 {
                (day(own - back), "Friday")
            } else {
                (published.clone(), "the document's date")
            };
            report(&Told {
                document: id,
                published: &published,
                category,
                cameo,
                actor: &actor,
                recipient: &recipient,
                day: &told,
                basis,
                status: "occurred",
                words: &words,
                at,
            })
        })
        .collect();
    entry(id, &published, reports)
}
