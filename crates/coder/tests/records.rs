//! What holds of every record: spans of the original text, stable ids, no dependence on neighbours, no failure on odd text.

mod engine;

use chancery_coder::Prepared;
use chancery_record::{Annotated, Event, Span};

use engine::{code, document, events, only};

/// The words of a span, counted in code points.
fn words(text: &str, span: Span) -> String {
    text.chars().skip(span.start).take(span.end - span.start).collect()
}

/// Texts with what makes offsets go wrong before the event.
const MESSY: &[&str] = &[
    "“Ça va 🙂,” said José. Ruritania “bombed” Borduria’s capital.",
    "👩‍👩‍👧 Naïve cafés — Szohôd… Ruritania bombed Borduria.",
    "Zürich: a\u{300} b\u{301}. “Ruritania attacked Borduria,” said Anna Muskar.",
    "\u{feff}Ruritania\u{a0}bombed Borduria.\r\n\r\nIt\u{2019}s over.",
    "(العربية 中文) Ruritania imposed sanctions on Borduria on Monday.",
];

#[test]
fn every_span_holds_the_words_it_claims() {
    for text in MESSY {
        let Annotated { events, actors, times, text: kept, .. } = code(text).annotated;
        assert_eq!(kept, *text, "the text is unchanged");
        let events = events.unwrap_or_default();
        assert_eq!(events.len(), 1, "{text}");
        for event in &events {
            check_spans(text, event);
        }
        for actor in actors.unwrap_or_default() {
            assert_eq!(words(text, actor.span), actor.text, "{text}");
        }
        for time in times.unwrap_or_default() {
            assert_eq!(words(text, time.span), time.text, "{text}");
        }
    }
}

fn check_spans(text: &str, event: &Event) {
    let evidence = &event.evidence;
    assert_eq!(words(text, evidence.span), evidence.text, "{text}");
    let trigger = words(text, evidence.trigger.span);
    let first = evidence.trigger.text.split(" ... ").next().unwrap_or_default();
    assert!(trigger.starts_with(first), "{text}: {trigger} does not start with {first}");
    for actor in event.actor.iter().chain(&event.recipient) {
        assert_eq!(words(text, actor.span), actor.text, "{text}");
    }
    for source in &event.attribution {
        assert_eq!(words(text, source.span), source.text, "{text}");
    }
}

#[test]
fn evidence_shows_the_clause_the_trigger_and_the_rule() {
    let event = only("On Monday, officials said, Ruritania expressed its strong support for Syldavia.");
    assert_eq!(event.evidence.trigger.text, "expressed ... support");
    assert!(event.evidence.text.contains("support for Syldavia"));
    assert!(event.evidence.rule.starts_with("endorse/"), "{}", event.evidence.rule);
}

#[test]
fn an_id_depends_on_document_words_and_coding_only() {
    let text = "Ruritania bombed Borduria. Ruritania bombed Borduria.";
    let ids = |text: &str| events(text).into_iter().map(|e| e.id).collect::<Vec<_>>();
    let both = ids(text);
    assert_eq!(both, ids(text), "the same text gives the same ids");
    assert_ne!(both[0], both[1], "what is told twice has two ids");
    let other = engine::code_document(&chancery_text::Document {
        id: "other".into(),
        ..document(text, engine::TODAY)
    });
    assert_ne!(both[0], other.annotated.events.unwrap_or_default()[0].id, "another document has other ids");
}

#[test]
fn neighbours_in_a_batch_change_nothing() {
    let documents: Vec<_> = MESSY.iter().map(|text| document(text, engine::TODAY)).collect();
    let prepared: Vec<_> = documents.iter().map(|d| Prepared::new(&d.text)).collect();
    let texts: Vec<&str> = prepared.iter().flat_map(|p| p.texts()).collect();
    let mut parts = &engine::pipeline().annotate(&texts)[..];
    for (document, prepared) in documents.iter().zip(&prepared) {
        let (own, rest) = parts.split_at(prepared.texts().len());
        parts = rest;
        assert_eq!(engine::coder().code(document, prepared, own), engine::code_document(document));
    }
}

#[test]
fn page_furniture_is_no_news_and_says_so() {
    let text = "Ruritania bombed Borduria.\n\nMore news came.\n\nAbout the Author\n\nShe bombed Borduria with letters";
    let coded = code(text);
    assert_eq!(coded.annotated.events.map(|e| e.len()), Some(1));
    assert!(coded.explained.last().is_some_and(|s| s.notes.iter().any(|n| n.contains("furniture"))));
    let text = "Syldavia mourns.\n\nRead also: Ruritania bombed Borduria\n\nThe king spoke.";
    assert_eq!(events(text), [], "a link to another story");
    let text =
        "Ruritania bombed Borduria.\n\nRead the treaty, Borduria said.\n\nSyldavia condemned Borduria.";
    assert_eq!(events(text).len(), 2, "near-miss: a sentence that begins like a link");
}

#[test]
fn a_dateline_is_no_actor() {
    let event = only("STRELSAU, May 14 (AB) - Syldavia bombed Borduria.");
    assert_eq!(event.actor.len(), 1);
    assert_eq!(event.actor[0].code.as_deref(), Some("SYL"));
}

#[test]
fn a_sentence_without_event_says_why() {
    let text =
        "The weather was fine. Inflation hit Ruritania. The bridge was attacked. Ruritania bombed Borduria.";
    let explained = code(text).explained;
    assert_eq!(explained.len(), 4);
    for sentence in &explained {
        assert!(!sentence.events.is_empty() || !sentence.notes.is_empty(), "{}", sentence.sentence.text);
        assert_eq!(words(text, sentence.sentence.span), sentence.sentence.text);
    }
    assert_eq!(explained[0].notes, ["no trigger"]);
    assert!(explained[2].notes[0].contains("attacked"), "{:?}", explained[2].notes);
}

#[test]
fn odd_texts_are_coded_without_fault() {
    let long_sentence =
        format!("{}, and Ruritania bombed Borduria.", ["the tall old man"; 2500].join(" and "));
    let nested = format!("Ruritania {} bombed Borduria.", "(which (they say) ".repeat(300));
    let odd = [
        "",
        " ",
        "   \t ",
        "\n\n\n",
        "\r\n\r\n",
        ".",
        "\"",
        "“”",
        "”“",
        "«»",
        "🙂🙂",
        "\0",
        "a\0b",
        "((((",
        "—",
        "\u{feff}",
        "\u{200d}",
        "e\u{301}\u{301}\u{301}",
        "\u{202e}Ruritania bombed Borduria",
        "مرحبا",
        "\u{10ffff}",
        "“ “ “ ” said",
        "said said said said",
        "according to",
        "“We”",
        "last next this ago",
        "May May May 31 February 2022 2022",
        "99999999999 days ago",
        "A's's's",
        "https://example.org/?q=bombed&x=%20",
        "who whose which that",
        "he said she said it said they said we said",
        "not no never without nor neither",
        "9999-99-99",
        "the 1990s's",
        "Monday Tuesday, next",
    ];
    let odd = odd.iter().map(|t| (*t).to_owned());
    let big = [
        "bombed ".repeat(10_000),
        "x".repeat(50_000),
        "\"".repeat(2000),
        "\n".repeat(5000),
        long_sentence,
        nested,
    ];
    for text in odd.chain(big) {
        for date in [engine::TODAY, "", "not a date", "-9999-01-01", "9999-12-31"] {
            let coded = engine::code_document(&document(&text, date));
            assert_eq!(coded.annotated.text, text);
            assert_eq!(coded.explained.len(), coded.annotated.sentences.map_or(0, |s| s.len()));
        }
    }
}

/// What an event counts: dead, injured, arrested, how many took part, and which of them only about.
type Counts = (Option<u64>, Option<u64>, Option<u64>, Option<u64>, &'static [&'static str]);

#[test]
fn the_dead_the_injured_the_arrested_and_the_crowd_are_numbers() {
    let rows: &[(&str, Counts)] = &[
        ("The Iron Guard killed twelve Syldavian soldiers.", (Some(12), None, None, None, &[])),
        (
            "The Iron Guard killed at least 1,250 Syldavian soldiers.",
            (Some(1250), None, None, None, &["dead"]),
        ),
        (
            "The Iron Guard killed two hundred Syldavian soldiers and wounded dozens of villagers.",
            (Some(200), Some(24), None, None, &["injured"]),
        ),
        (
            "Bordurian police arrested nearly forty-five Syldavian students.",
            (None, None, Some(45), None, &["arrested"]),
        ),
        (
            "Tens of thousands of students demonstrated against the Ruritanian government.",
            (None, None, None, Some(20_000), &["size"]),
        ),
        ("The Iron Guard killed Syldavian soldiers.", (None, None, None, None, &[])),
    ];
    for (text, (dead, injured, arrested, size, about)) in rows {
        let event = engine::events(text).into_iter().next().unwrap_or_else(|| panic!("no event: {text}"));
        assert_eq!(
            (event.dead, event.injured, event.arrested, event.size),
            (*dead, *injured, *arrested, *size),
            "{text}"
        );
        assert_eq!(event.approximate, *about, "{text}");
    }
}
