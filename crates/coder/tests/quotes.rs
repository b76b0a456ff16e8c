//! The tests that stand beside the cues of attribution in `rules/quotes`, and what no single cue shows: chains, turns, repairs.

mod engine;

use chancery_coder::quotes::proof::check;
use chancery_record::Quote;

#[test]
fn cues_hold_their_own_tests() {
    let only = std::env::var("RULES").unwrap_or_default();
    let (mut held, mut faults) = (0, Vec::new());
    for class in engine::coder().lexicon().cues().classes() {
        let tests = |found: bool| class.examples.iter().filter(|e| e.found == found).count();
        assert!(
            tests(true) > 0 && tests(false) > 0,
            "{}: {} lacks a `yes` or a `no`",
            class.file,
            class.name
        );
        for example in class.examples.iter().filter(|_| class.name.contains(&only)) {
            match check(
                example,
                &engine::code(&chancery_coder::quotes::proof::unmark(example).text).annotated,
            ) {
                Ok(()) => held += 1,
                Err(fault) => {
                    faults.push(format!(
                        "rules/{}:{} {}\n  {}\n  {fault}",
                        class.file, example.line, class.name, example.text
                    ));
                }
            }
        }
    }
    assert!(held > 0, "no test of a cue was run");
    assert!(
        faults.is_empty(),
        "{} of {} tests fail:\n{}",
        faults.len(),
        held + faults.len(),
        faults.join("\n")
    );
}

/// An attribution in a line: `source {cue} [content] [content]`, with what stands in its words behind `>`.
fn line(text: &str, quote: &Quote) -> String {
    let words =
        |s: &chancery_record::Span| text.chars().skip(s.start).take(s.end - s.start).collect::<String>();
    let part = |s: &Option<chancery_record::Span>| s.as_ref().map_or("-".to_owned(), words);
    let content: Vec<String> = quote.content.spans().iter().map(|s| format!("[{}]", words(s))).collect();
    let inner: Vec<String> = quote.quotes.iter().map(|q| line(text, q)).collect();
    let within = if inner.is_empty() { String::new() } else { format!(" > {}", inner.join("; ")) };
    format!("{} {{{}}} {}{within}", part(&quote.source), part(&quote.cue), content.join(" "))
}

fn quotes(text: &str) -> Vec<Quote> {
    engine::code(text).annotated.quotes.unwrap_or_default()
}

fn lines(text: &str) -> Vec<String> {
    quotes(text).iter().map(|q| line(text, q)).collect()
}

/// Each text has exactly these attributions.
fn check_lines(rows: &[(&str, &[&str], &str)]) {
    for (text, expected, why) in rows {
        assert_eq!(lines(text), *expected, "{why}: {text}");
    }
}

#[test]
fn words_within_words_stand_below_them() {
    check_lines(&[(
        "The Strelsau Herald said that Kurvi Tasch had denied that Borduria had attacked Syldavia.",
        &["The Strelsau Herald {said} [that Kurvi Tasch had denied that Borduria had attacked Syldavia] > \
           Kurvi Tasch {had denied} [that Borduria had attacked Syldavia]"],
        "said, denied",
    )]);
}

#[test]
fn what_is_said_may_come_in_pieces() {
    check_lines(&[
        (
            "“We are ready,” said Kurvi Tasch. “We will not leave.”",
            &["Kurvi Tasch {said} [“We are ready,”] [“We will not leave.”]"],
            "a quotation goes on behind its cue",
        ),
        (
            "“We are ready,” said Kurvi Tasch.\n\n“We will not leave this town again.”",
            &["Kurvi Tasch {said} [“We are ready,”] [“We will not leave this town again.”]"],
            "and in the next paragraph",
        ),
        (
            "Kurvi Tasch said: “We will not leave this town.\n\n“We will stay for years.”",
            &["Kurvi Tasch {said} [“We will not leave this town.] [“We will stay for years.”]"],
            "a quotation of two paragraphs, closed once",
        ),
    ]);
}

#[test]
fn speakers_are_named_before_a_colon_or_behind_a_dash() {
    check_lines(&[
        (
            "The interview.\n\nTASCH: The war is over.\n\nMUSKAR: It is not.\n\nTASCH: Then we talk.\n\nMUSKAR: We do.",
            &[
                "TASCH {:} [The war is over]",
                "MUSKAR {:} [It is not]",
                "TASCH {:} [Then we talk]",
                "MUSKAR {:} [We do]",
            ],
            "turns",
        ),
        (
            "“The war has ruined all of us.” ― Anna Muskar",
            &["Anna Muskar {―} [“The war has ruined all of us.”]"],
            "a signature",
        ),
        ("The rules are these: nobody leaves.", &[], "near-miss: a colon that names nobody"),
    ]);
}

#[test]
fn broken_marks_are_repaired_and_it_is_said() {
    let rows = [
        (
            "We will never leave this town,” Kurvi Tasch said.",
            "no opening mark",
            "We will never leave this town,”",
        ),
        (
            "“We will never leave this town, Kurvi Tasch said on Monday.",
            "no closing mark",
            "“We will never leave this town",
        ),
        (
            "Kurvi Tasch said: “We will never leave this town.",
            "no closing mark",
            "“We will never leave this town.",
        ),
    ];
    for (text, why, content) in rows {
        let found = quotes(text);
        let direct: Vec<_> = found.iter().filter(|q| q.repaired.is_some()).collect();
        assert_eq!(direct.len(), 1, "{text}: {:?}", lines(text));
        assert!(
            direct[0].repaired.as_deref().is_some_and(|r| r.starts_with(why)),
            "{text}: {:?}",
            direct[0].repaired
        );
        assert_eq!(line(text, direct[0]), format!("Kurvi Tasch {{said}} [{content}]"));
    }
    assert!(
        quotes("“We will stay,” Kurvi Tasch said.").iter().all(|q| q.repaired.is_none()),
        "near-miss: nothing is broken"
    );
}

#[test]
fn speakers_are_whom_the_document_names_in_full() {
    let speaker = |text: &str| {
        let all = quotes(text);
        let last = all.last().unwrap_or_else(|| panic!("{text}: no attribution"));
        let speaker = last.speaker.clone().unwrap_or_else(|| panic!("{text}: no speaker"));
        (speaker.name.unwrap_or_default(), speaker.inferred.is_some())
    };
    let named = |name: &str, inferred: bool| (name.to_owned(), inferred);
    assert_eq!(
        speaker("Linda Harris came to Klow. “The town is lost,” Harris said."),
        named("Linda Harris", false)
    );
    assert_eq!(
        speaker("Linda Harris came to Klow. “The town is lost,” she said."),
        named("Linda Harris", true)
    );
    assert_eq!(
        speaker("Linda Harris met Peter Jones. “The town is lost,” he said."),
        named("Peter Jones", true),
        "a first name says who is meant"
    );
}

#[test]
fn odd_marks_fail_nothing() {
    for text in
        ["”", "“", "\"\"\"", "“““””", "''", "said", "“said”", ": “", "― “a” ―", "”.“.”", "\"\n\n\"\n\n\""]
    {
        for quote in quotes(text) {
            assert!(!quote.content.spans().is_empty(), "{text}");
        }
    }
}

#[test]
fn a_quotation_keeps_its_speaker_before_another_claim() {
    check_lines(&[
        (
            "“The war is over,” said Kurvi Tasch. “The town is lost.” Anna Muskar said that talks had failed.",
            &[
                "Kurvi Tasch {said} [“The war is over,”] [“The town is lost.”]",
                "Anna Muskar {said} [that talks had failed]",
            ],
            "who comes next says something else",
        ),
        (
            "“It was,” Kurvi Tasch said, “a mistake.”",
            &["Kurvi Tasch {said} [“It was,”] [“a mistake.”]"],
            "a short second half",
        ),
    ]);
}

#[test]
fn contrasts_and_semicolons_end_what_is_said() {
    check_lines(&[
        (
            "Anna Muskar said talks had failed; Kurvi Tasch said they had not begun.",
            &["Anna Muskar {said} [talks had failed]", "Kurvi Tasch {said} [they had not begun]"],
            "a semicolon",
        ),
        (
            "Anna Muskar said talks had failed, while Kurvi Tasch insisted that they had not begun.",
            &["Anna Muskar {said} [talks had failed]", "Kurvi Tasch {insisted} [that they had not begun]"],
            "while",
        ),
    ]);
}
