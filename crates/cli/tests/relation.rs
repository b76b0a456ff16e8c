//! The command that answers for marked pairs, and the commands on the rules, with an invented world laid over the built-in one.

mod common;

use std::fs;

use common::{assert_status, chancery, err, folder, out, records, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const WORLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/world");
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");

fn in_the_world(folder: &TempDir, arguments: &[&str]) -> std::process::Output {
    chancery().current_dir(folder.path()).args(arguments).args(["--world", WORLD]).output().unwrap()
}

/// A line of input: the words in `[S:...]` and `[T:...]` are the pair.
fn line(id: &str, marked: &str) -> String {
    let (mut text, mut spans, mut rest) = (String::new(), [Value::Null, Value::Null], marked);
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, behind) = after.split_once(']').unwrap();
        let (end, words) = inside.split_once(':').unwrap();
        let start = text.chars().count();
        text.push_str(words);
        spans[usize::from(end == "T")] = json!({"start": start, "end": text.chars().count()});
        rest = behind;
    }
    text.push_str(rest);
    let [source, target] = spans;
    format!("{}\n", json!({"id": id, "text": text, "source": source, "target": target}))
}

const PAIRS: &[(&str, &str, u64)] = &[
    ("[S:Ruritania] condemned [T:Borduria] for shelling Klow.", "ACCUSE", 3),
    ("[T:The rebels] were bombed by [S:Syldavia] on Friday.", "ASSAULT", 4),
    // Nobody of these is known to any table.
    ("[S:The Order of the Owl] demanded that [T:the Dawn Brothers] release its members.", "REQUEST", 3),
    ("[S:Freedonia] will meet [T:Borduria] in Klow.", "AGREE", 1),
    ("[S:Freedonia] said it will not release [T:the prisoners].", "REJECT", 3),
    ("[S:Ruritania] said that [T:Borduria] must withdraw its troops.", "REQUEST", 3),
    ("[S:Elphberg] and [T:Tasch] failed to reach an agreement.", "REJECT", 3),
    // What stands in the clause of an act is what it is about.
    ("[S:Ruritania] agreed to set up a hospital in [T:the northern province].", "AGREE", 1),
    // As OEDA's conversion table has them.
    ("[S:Ruritania] imposed sanctions on [T:Borduria].", "COERCE", 4),
    ("[S:A Ruritanian court] convicted [T:two Bordurian officers] of murder.", "ACCUSE", 3),
    ("[T:Two pilgrims] were arrested in the old town.", "COERCE", 4),
    ("[S:Students in Strelsau] went on hunger strike.", "PROTEST", 3),
];

#[test]
fn relation_answers_for_each_pair() {
    let lines: String =
        PAIRS.iter().enumerate().map(|(n, (marked, ..))| line(&n.to_string(), marked)).collect();
    let folder = folder(&[("pairs.jsonl", &lines)]);
    let output = in_the_world(&folder, &["relation", "pairs.jsonl"]);
    assert_status(&output, 0);
    let answers = records(&output);
    assert_eq!(answers.len(), PAIRS.len());
    for (answer, (marked, event, quad)) in answers.iter().zip(PAIRS) {
        let quad = if *event == "PROTEST" { answer["quad"].as_u64().unwrap() } else { *quad };
        assert_eq!((&answer["event"], &answer["quad"]), (&json!(event), &json!(quad)), "{marked}\n{answer}");
        let confidence = answer["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence), "{answer}");
        assert!(answer["rule"].is_string() && answer["trigger"].is_string(), "{answer}");
    }
}

#[test]
fn relation_always_answers_and_says_when_no_rule_did() {
    let lines =
        [line("1", "[S:Ruritania] [T:Borduria]"), line("2", "Nobody is marked."), line("3", "[S:É]…")]
            .concat();
    let folder = folder(&[("pairs.jsonl", &lines)]);
    let output = in_the_world(&folder, &["relation", "pairs.jsonl"]);
    assert_status(&output, 0);
    for answer in records(&output) {
        assert!(
            answer["event"].is_string() && answer["rule"].is_null() && answer["cameo"].is_null(),
            "{answer}"
        );
    }
}

#[test]
fn relation_is_the_same_with_any_number_of_threads() {
    let lines: String = (0..200).map(|n| line(&n.to_string(), PAIRS[n % PAIRS.len()].0)).collect();
    let folder = folder(&[("pairs.jsonl", &lines)]);
    let with =
        |threads: &str| out(&in_the_world(&folder, &["relation", "pairs.jsonl", "--threads", threads]));
    assert_eq!(with("1"), with("4"));
}

#[test]
fn relation_names_a_bad_pair_and_goes_on() {
    let bad = r#"{"id": "bad", "text": "Short.", "source": {"start": 0, "end": 70}, "target": null}"#;
    let lines = format!("{}{bad}\n{}", line("1", PAIRS[0].0), line("3", PAIRS[1].0));
    let folder = folder(&[("pairs.jsonl", &lines), ("text.txt", "Text.")]);
    let output = in_the_world(&folder, &["relation", "pairs.jsonl"]);
    assert_status(&output, 1);
    assert!(err(&output).contains(
        "pairs.jsonl:2: the \"source\" of \"bad\" is no span of its text, which has 6 code points"
    ));
    assert_eq!(records(&output).iter().map(|r| r["id"].clone()).collect::<Vec<_>>(), ["1", "3"]);
    let output = run(&folder, "relation text.txt");
    assert_status(&output, 2);
    assert!(err(&output).contains("pairs come one per line of JSONL"));
}

#[test]
fn a_least_confidence_leaves_out_the_rest() {
    let folder = folder(&[("a.txt", "Ruritania condemned Borduria.\n\nRebels shot at police in Klow.")]);
    let events = |more: &[&str]| records(&in_the_world(&folder, &[&["code", "a.txt"], more].concat()));
    let all = events(&[]);
    let sure = events(&["--min-confidence", "0.85"]);
    assert!(sure.iter().all(|e| e["confidence"].as_f64().unwrap() >= 0.85));
    assert!(sure.len() < all.len() && all[0]["confidence"] == sure[0]["confidence"], "{all:?}");
    let output = run(&folder, "code a.txt --min-confidence 7");
    assert_status(&output, 2);
    assert!(err(&output).contains("write a number from 0 to 1"));
}

#[test]
fn rules_are_tested_and_a_failing_one_is_shown() {
    let folder = folder(&[]);
    let output = run(&folder, "rules test demonstrate");
    assert_status(&output, 0);
    assert!(out(&output).ends_with(" tests, 0 failed\n"), "{}", out(&output));
    let output = run(&folder, "rules test no-such-rule");
    assert_status(&output, 2);
    assert!(err(&output).contains("no rule or file is called no-such-rule"));
    fs::create_dir(folder.path().join("mine")).unwrap();
    let rule = "action hail\nmeans To hail.\ncameo 051\nclass diplomacy\nverb hail\n\
                yes \"Ruritania hailed Borduria.\" => SUPPORT 051 RUR > BOR\n\
                no \"Ruritania hailed Borduria on Monday.\"\n";
    fs::write(folder.path().join("mine/hail.rule"), rule).unwrap();
    let output = run(&folder, "rules test --rules mine");
    assert_status(&output, 1);
    assert!(
        out(&output).contains("hail.rule:7 hail") && out(&output).ends_with("2 tests, 1 failed\n"),
        "{}",
        out(&output)
    );
}

#[test]
fn rules_of_ones_own_code_in_place_of_the_built_in_ones() {
    let folder = folder(&[
        ("a.txt", "Ruritania hailed Borduria and bombed Syldavia."),
        ("bad.rule", "action a\nverb x obj>victim\n"),
    ]);
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/hail.rule"), "action hail\ncameo 051\nclass diplomacy\nverb hail\n")
        .unwrap();
    let events = records(&in_the_world(&folder, &["code", "a.txt", "--rules", "mine"]));
    assert_eq!(events.iter().map(|e| e["event"].clone()).collect::<Vec<_>>(), ["SUPPORT"]);
    let output = run(&folder, "code a.txt --rules .");
    assert_status(&output, 2);
    assert!(err(&output).contains("bad.rule:2: unknown role `victim`"), "{}", err(&output));
    let output = run(&folder, "code a.txt --rules nowhere");
    assert_status(&output, 2);
    assert!(err(&output).contains("cannot read the rules in nowhere"), "{}", err(&output));
}

#[test]
fn the_built_in_rules_are_those_of_the_folder() {
    let folder = folder(&[]);
    let built_in = out(&run(&folder, "rules list"));
    let read = out(&chancery().args(["rules", "list", "--rules", RULES]).output().unwrap());
    assert_eq!(built_in, read);
    assert!(built_in.lines().count() > 180 && built_in.contains("ACCUSE"));
    let few = out(&run(&folder, "rules list accuse"));
    assert!(few.lines().all(|l| l.starts_with("ACCUSE") || l.contains(" rules, ")), "{few}");
    assert_status(&run(&folder, "rules list nonsense"), 2);
}

#[test]
fn rules_explain_shows_what_counts_and_what_is_missing() {
    let folder = folder(&[]);
    let output = chancery().args(["rules", "explain", "Kenya struck a deal with Somalia."]).output().unwrap();
    let said = out(&output);
    assert!(said.lines().any(|l| l.starts_with("+ deal") && l.contains("counts")), "{said}");
    assert!(said.lines().any(|l| l.starts_with("- struck") && l.contains("does not: ")), "{said}");
    assert_eq!(out(&run(&folder, "rules explain Hm")), "no rule has a word of this\n");
}

#[test]
fn rules_coverage_counts_what_a_corpus_sets_off() {
    let text = "Ruritania condemned Borduria. Ruritania frobnicated Borduria. Elphberg frobnicated Tasch.";
    let folder = folder(&[("a.txt", text)]);
    let said = out(&in_the_world(&folder, &["rules", "coverage", "a.txt"]));
    assert!(said.starts_with("1 documents, 3 sentences"), "{said}");
    let row = |name: &str| {
        said.lines().find(|l| l.split_whitespace().nth(1) == Some(name)).unwrap_or("").trim().to_owned()
    };
    assert!(row("ACCUSE").starts_with("1 ") && row("criticise").starts_with("1 "), "{said}");
    assert!(row("frobnicate").starts_with("2 "), "{said}");
}
