//! Who says so: reported clauses, chains, quotation marks whole and broken, "we" and "our", outlets, on invented actors.

mod engine;

use engine::{check, code, only};

#[test]
fn reported_clauses_name_their_speaker() {
    check(&[
        (
            "Ruritania said Borduria had attacked Syldavia.",
            &["ASSAULT BOR > SYL occurred by Ruritania"],
            "without that",
        ),
        (
            "Ruritania claimed that Borduria had bombed Klow.",
            &["ASSAULT BOR > SYL occurred by Ruritania"],
            "with that",
        ),
        (
            "Muskar added that Ruritania had expelled the Bordurian ambassador.",
            &["SANCTION RUR > BOR/GOV occurred by Muskar"],
            "a surname",
        ),
        (
            "In a statement, Ruritania said that it condemned Borduria.",
            &["ACCUSE ~RUR > BOR occurred by a statement; Ruritania"],
            "the pronoun is the speaker, the statement carries it",
        ),
        (
            "Ruritania has attacked Borduria, the Strelsau Herald reported.",
            &["ASSAULT RUR > BOR occurred by the Strelsau Herald"],
            "the cue comes last",
        ),
        (
            "Ruritania promised that it would help Syldavia.",
            &["AGREE RUR > SYL occurred"],
            "near-miss: a promise is the event, not a report",
        ),
        (
            "It is reported that Ruritania attacked Borduria.",
            &["ASSAULT RUR > BOR occurred"],
            "near-miss: nobody says so",
        ),
    ]);
}

#[test]
fn denials_are_claims_of_who_denies() {
    check(&[
        (
            "Ruritania denied that its troops had attacked Borduria.",
            &["ASSAULT ~RUR/MIL > BOR negated by Ruritania"],
            "a clause",
        ),
        ("Ruritania denied attacking Borduria.", &["ASSAULT RUR > BOR negated by Ruritania"], "a gerund"),
        (
            "Borduria said Ruritania had attacked Klow. Ruritania said it did not attack Klow.",
            &["ASSAULT RUR > SYL occurred by Borduria", "ASSAULT ~RUR > SYL negated by Ruritania"],
            "two reports that contradict each other stay two claims",
        ),
    ]);
}

#[test]
fn carriers_and_the_storys_own_source_are_in_the_chain() {
    check(&[
        (
            "Kurvi Tasch said in a letter that Ruritania had attacked Borduria.",
            &["ASSAULT RUR > BOR occurred by a letter; Kurvi Tasch"],
            "a letter",
        ),
        (
            "A statement from the Syldavian government says that Ruritania attacked Borduria.",
            &["ASSAULT RUR > BOR occurred by statement; the Syldavian government"],
            "whose statement it is",
        ),
        (
            "An official, quoted by the Strelsau Herald, said that Ruritania had attacked Borduria.",
            &["ASSAULT RUR > BOR occurred by the Strelsau Herald; An official"],
            "who quotes the speaker",
        ),
        (
            "According to plan, Ruritania attacked Borduria.",
            &["ASSAULT RUR > BOR occurred"],
            "near-miss: a plan says nothing",
        ),
    ]);
    let mut document = engine::document("Kurvi Tasch said Ruritania had attacked Borduria.", engine::TODAY);
    document.source = Some("Klow Daily".into());
    let chain = engine::code_document(&document).annotated.events.unwrap_or_default()[0].attribution.clone();
    let links: Vec<(String, String)> = chain.into_iter().map(|a| (a.text, a.role)).collect();
    let link = |text: &str, role: &str| (text.to_owned(), role.to_owned());
    assert_eq!(links, [link("Kurvi Tasch", "speaker"), link("Klow Daily", "story")]);
}

#[test]
fn the_words_that_decide_a_status_are_in_the_evidence() {
    let words =
        |text: &str| -> Vec<String> { only(text).evidence.status.into_iter().map(|w| w.text).collect() };
    assert_eq!(words("Ruritania did not attack Borduria."), ["not"]);
    assert_eq!(words("If Ruritania attacks Borduria, all is lost."), ["If"]);
    assert_eq!(words("Ruritania denied that it had attacked Borduria."), ["denied"]);
    assert!(words("Ruritania attacked Borduria.").is_empty());
}

#[test]
fn according_to_names_a_source() {
    check(&[
        (
            "According to the Strelsau Herald, Ruritania has attacked Borduria.",
            &["ASSAULT RUR > BOR occurred by the Strelsau Herald"],
            "before",
        ),
        (
            "Ruritania has attacked Borduria, according to Syldavian officials.",
            &["ASSAULT RUR > BOR occurred by Syldavian officials"],
            "after",
        ),
    ]);
}

#[test]
fn chains_are_told_from_the_outside_in() {
    check(&[
        (
            "According to Freedonia, Kurvi Tasch said that Ruritania had bombed Syldavia.",
            &["ASSAULT RUR > SYL occurred by Freedonia; Kurvi Tasch"],
            "according to, said",
        ),
        (
            "The Strelsau Herald said that Kurvi Tasch had told Freedonia that Ruritania had attacked Syldavia.",
            &["ASSAULT RUR > SYL occurred by The Strelsau Herald; Kurvi Tasch"],
            "said, told",
        ),
    ]);
}

#[test]
fn whoever_is_cited_stands_inside() {
    check(&[
        (
            "The Strelsau Herald, citing Bordurian officials, said Ruritania had attacked Syldavia.",
            &["ASSAULT RUR > SYL occurred by The Strelsau Herald; Bordurian officials"],
            "citing, in the middle",
        ),
        (
            "Ruritania has attacked Syldavia, the Strelsau Herald reported, citing Kurvi Tasch.",
            &["ASSAULT RUR > SYL occurred by the Strelsau Herald; Kurvi Tasch"],
            "citing, at the end",
        ),
        (
            "The Strelsau Herald quoted Kurvi Tasch as saying that Ruritania had attacked Syldavia.",
            &["ASSAULT RUR > SYL occurred by The Strelsau Herald; Kurvi Tasch"],
            "quoted as saying",
        ),
        (
            "Kurvi Tasch was quoted by the Strelsau Herald as saying Ruritania had attacked Syldavia.",
            &["ASSAULT RUR > SYL occurred by the Strelsau Herald; Kurvi Tasch"],
            "the same in the passive",
        ),
        (
            "Kurvi Tasch was quoted as saying Ruritania had attacked Syldavia.",
            &["ASSAULT RUR > SYL occurred by Kurvi Tasch"],
            "nobody quotes",
        ),
        (
            "Kurvi Tasch told the Strelsau Herald that Ruritania had attacked Syldavia.",
            &["ASSAULT RUR > SYL occurred by the Strelsau Herald; Kurvi Tasch"],
            "the paper that is told carries it",
        ),
    ]);
}

#[test]
fn direct_speech_finds_its_cue() {
    check(&[
        (
            "\"Ruritania attacked Borduria,\" said Anna Muskar.",
            &["ASSAULT RUR > BOR occurred by Anna Muskar"],
            "after, verb first",
        ),
        (
            "Anna Muskar said: \"Ruritania attacked Borduria.\"",
            &["ASSAULT RUR > BOR occurred by Anna Muskar"],
            "before",
        ),
        (
            "\"Ruritania attacked Borduria,\" Muskar said, \"and Freedonia condemned it.\"",
            &["ASSAULT RUR > BOR occurred by Muskar", "ACCUSE FRE > ~RUR occurred by Muskar"],
            "in the middle",
        ),
        (
            "“Ruritania attacked Borduria,” Anna Muskar told the Strelsau Herald.",
            &["ASSAULT RUR > BOR occurred by the Strelsau Herald; Anna Muskar"],
            "the paper that is told carries it",
        ),
        (
            "Anna Muskar spoke in Klow. “Borduria attacked Syldavia,” she said.",
            &["ASSAULT BOR > SYL occurred by she"],
            "a pronoun as speaker",
        ),
    ]);
}

#[test]
fn we_and_our_are_the_speakers() {
    check(&[
        (
            "“We condemn Borduria,” said Anna Muskar.",
            &["ACCUSE ~SYL/GOV > BOR occurred by Anna Muskar"],
            "we",
        ),
        (
            "“I met Kurvi Tasch in Klow,” Rufus Firefly told the Strelsau Herald.",
            &["CONSULT ~FRE/GOV > BOR/GOV occurred by the Strelsau Herald; Rufus Firefly"],
            "I",
        ),
        (
            "“Our troops attacked Borduria,” Rudolf Elphberg said.",
            &["ASSAULT ~RUR/MIL > BOR occurred by Rudolf Elphberg"],
            "our troops",
        ),
        (
            "Kurvi Tasch spoke on Monday. “Ruritania attacked our country,” he said.",
            &["ASSAULT RUR > ~BOR occurred by he"],
            "our country",
        ),
        (
            "Rudolf Elphberg told reporters: “We will not attack Borduria.”",
            &["ASSAULT ~RUR/GOV > BOR negated by Rudolf Elphberg"],
            "negated",
        ),
        ("“We condemn Borduria.”", &[], "near-miss: nobody speaks"),
    ]);
}

#[test]
fn unbalanced_marks_lose_nothing() {
    check(&[
        (
            "\"We condemn Borduria, Anna Muskar said.",
            &["ACCUSE ~SYL/GOV > BOR occurred by Anna Muskar"],
            "never closed",
        ),
        (
            "We condemn Borduria,\" Anna Muskar said.",
            &["ACCUSE ~SYL/GOV > BOR occurred by Anna Muskar"],
            "never opened",
        ),
        (
            "“We condemn Borduria, Anna Muskar said.",
            &["ACCUSE ~SYL/GOV > BOR occurred by Anna Muskar"],
            "a curly mark never closed",
        ),
    ]);
}

#[test]
fn a_source_has_its_role_and_usual_name() {
    let source = |text: &str| {
        let attribution = only(text).attribution;
        attribution.into_iter().map(|a| (a.role, a.name.unwrap_or_default())).collect::<Vec<_>>()
    };
    let pair = |role: &str, name: &str| (role.to_owned(), name.to_owned());
    assert_eq!(
        source("The Herald said that Ruritania had bombed Borduria."),
        [pair("outlet", "Strelsau Herald")],
        "a newspaper by its short name"
    );
    assert_eq!(
        source("Anna Muskar spoke in Klow. “Borduria attacked Syldavia,” she said."),
        [pair("speaker", "Anna Muskar")],
        "a pronoun has the name of whom it means"
    );
}

#[test]
fn the_layer_of_quotes_tells_direct_from_indirect_and_mixed() {
    let kinds = |text: &str| {
        let quotes = code(text).annotated.quotes.unwrap_or_default();
        quotes.into_iter().map(|q| q.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("Anna Muskar said: “Borduria attacked Syldavia.”"), ["direct"]);
    assert_eq!(kinds("Anna Muskar said that Borduria had attacked Syldavia."), ["indirect"]);
    assert_eq!(kinds("Anna Muskar said that Borduria had “attacked and betrayed” Syldavia."), ["mixed"]);
    assert_eq!(kinds("Anna Muskar slept."), Vec::<String>::new(), "near-miss: nothing is said");
    assert_eq!(kinds("The “People's Park” closed."), Vec::<String>::new(), "near-miss: a name in marks");
    let scare = code("The so-called “people's park” closed.").annotated.quotes.unwrap_or_default();
    let shown: Vec<_> = scare.iter().map(|q| (q.class.as_deref(), q.claim, q.source.is_some())).collect();
    assert_eq!(
        shown,
        [(Some("scare"), false, false)],
        "words that the writer does not make his own are nobody's claim"
    );
}
