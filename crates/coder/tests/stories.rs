//! What the coder makes of constructions, pronouns, reported speech, dates and layout, on invented actors.

mod engine;

use chancery_record::{Actor, Event};

/// An event in a line: category, actors > recipients, status.
fn line(event: &Event) -> String {
    let side = |actors: &[Actor]| {
        let one = |a: &Actor| {
            let sector = a.sector.as_ref().map(|s| format!("/{s}")).unwrap_or_default();
            format!("{}{sector}", a.code.as_deref().unwrap_or("?"))
        };
        if actors.is_empty() { "-".to_owned() } else { actors.iter().map(one).collect::<Vec<_>>().join(",") }
    };
    let status = format!("{:?}", event.status).to_lowercase();
    format!("{} {} > {} {status}", event.event, side(&event.actor), side(&event.recipient))
}

/// Each text with the events that must be coded from it, all of them and in order.
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        let coded = engine::code(text);
        let events: Vec<String> = coded.annotated.events.unwrap_or_default().iter().map(line).collect();
        assert_eq!(
            events,
            *expected,
            "{text}\n{:?}",
            coded.explained.iter().map(|s| &s.notes).collect::<Vec<_>>()
        );
    }
}

/// The only event of a text.
fn only(text: &str) -> Event {
    let mut events = engine::code(text).annotated.events.unwrap_or_default();
    assert_eq!(events.len(), 1, "{text}: {:?}", events.iter().map(line).collect::<Vec<_>>());
    events.remove(0)
}

#[test]
fn who_does_it_is_found_in_every_voice() {
    check(&[
        ("Ruritania bombed Borduria.", &["ASSAULT RUR > BOR occurred"]),
        ("Borduria was bombed by Ruritania.", &["ASSAULT RUR > BOR occurred"]),
        ("Borduria was bombed.", &["ASSAULT - > BOR occurred"]),
        (
            "Sanctions imposed on Borduria by Ruritania and Syldavia hurt.",
            &["SANCTION RUR,SYL > BOR occurred"],
        ),
        ("Ruritania, which had bombed Borduria, is silent.", &["ASSAULT RUR > BOR occurred"]),
        ("Ruritania's condemnation of Borduria was loud.", &["ACCUSE RUR > BOR occurred"]),
        ("The Bordurian invasion of Syldavia shocked many.", &["ASSAULT BOR > SYL occurred"]),
    ]);
}

#[test]
fn coordination_and_apposition_give_every_party() {
    check(&[
        ("Ruritania and Syldavia condemned Borduria.", &["ACCUSE RUR,SYL > BOR occurred"]),
        (
            "Ruritania condemned Borduria and praised Freedonia.",
            &["ACCUSE RUR > BOR occurred", "SUPPORT RUR > FRE occurred"],
        ),
        ("The Bordurian president, Kurvi Tasch, met Rufus Firefly.", &["CONSULT BOR/GOV > FRE/GOV occurred"]),
        ("Ruritania and Borduria held talks.", &["CONSULT RUR,BOR > RUR,BOR occurred"]),
    ]);
}

#[test]
fn what_did_not_happen_is_told_apart() {
    check(&[
        ("Ruritania did not bomb Borduria.", &["ASSAULT RUR > BOR negated"]),
        ("Ruritania denied that it had bombed Borduria.", &["ASSAULT RUR > BOR negated"]),
        ("Ruritania may bomb Borduria.", &["ASSAULT RUR > BOR hypothetical"]),
        ("Ruritania will visit Borduria next week.", &["AGREE RUR > BOR future"]),
        ("Ruritania refused to meet Borduria.", &["REJECT RUR > BOR occurred"]),
        ("Ruritania bought maps to bomb Borduria.", &[]),
    ]);
}

#[test]
fn operators_make_one_event_of_two_words() {
    check(&[
        ("Ruritania agreed to lift sanctions on Borduria.", &["AGREE RUR > BOR occurred"]),
        ("Ruritania urged Borduria to withdraw its troops from Syldavia.", &["REQUEST RUR > BOR occurred"]),
        ("Ruritania threatened to bomb Borduria.", &["THREATEN RUR > BOR occurred"]),
        ("Ruritania accused Borduria of bombing Syldavia.", &["ACCUSE RUR > BOR occurred"]),
    ]);
}

#[test]
fn pronouns_and_short_names_mean_who_was_named() {
    check(&[
        ("President Kurvi Tasch arrived. He condemned Ruritania.", &["ACCUSE BOR/GOV > RUR occurred"]),
        ("Kurvi Tasch was tired. Tasch condemned Ruritania.", &["ACCUSE BOR/GOV > RUR occurred"]),
        (
            "Ruritania and Borduria share a river. Freedonia praised both countries.",
            &["SUPPORT FRE > RUR,BOR occurred"],
        ),
    ]);
}

#[test]
fn a_claim_names_its_chain_of_sources() {
    let event = only("According to Freedonia, Kurvi Tasch said that Ruritania had bombed Syldavia.");
    assert_eq!(line(&event), "ASSAULT RUR > SYL occurred");
    let sources: Vec<&str> = event.attribution.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(sources, ["Freedonia", "Kurvi Tasch"]);
}

#[test]
fn dates_are_counted_from_the_document() {
    let start = |text: &str| only(text).date.start.unwrap_or_default();
    assert_eq!(start("Ruritania bombed Borduria on Monday."), "2024-05-13");
    assert_eq!(start("Ruritania bombed Borduria on 3 May 2024."), "2024-05-03");
    assert_eq!(start("Ruritania bombed Borduria two days ago."), "2024-05-13");
    let event = only("Ruritania bombed Borduria in 1987.");
    assert_eq!(
        (event.date.granularity.as_deref(), line(&event).as_str()),
        (Some("year"), "ASSAULT RUR > BOR historical")
    );
}

#[test]
fn spans_index_the_original_text_whatever_stands_before() {
    let text = "“Ça va 🙂,” said José. Ruritania “bombed” Borduria’s capital.";
    let event = only(text);
    let points: Vec<char> = text.chars().collect();
    let words = |start: usize, end: usize| points[start..end].iter().collect::<String>();
    assert_eq!(words(event.evidence.span.start, event.evidence.span.end), event.evidence.text);
    assert_eq!(words(event.actor[0].span.start, event.actor[0].span.end), "Ruritania");
}

#[test]
fn page_furniture_is_no_news_and_says_so() {
    let text = "Ruritania bombed Borduria.\n\nMore news came.\n\nAbout the Author\n\nShe bombed Borduria with letters";
    let coded = engine::code(text);
    assert_eq!(coded.annotated.events.map(|e| e.len()), Some(1));
    assert!(coded.explained.last().is_some_and(|s| s.notes.iter().any(|n| n.contains("furniture"))));
}

#[test]
fn odd_texts_are_coded_without_fault() {
    for text in [
        "",
        "   ",
        "\n\n\n",
        "\"",
        "“”",
        "🙂🙂",
        "a\0b",
        "((((",
        &"bombed ".repeat(2000),
        &"x".repeat(50_000),
    ] {
        let coded = engine::code(text);
        assert_eq!(coded.annotated.text, text);
        assert_eq!(coded.explained.len(), coded.annotated.sentences.unwrap_or_default().len());
    }
}
