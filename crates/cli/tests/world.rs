//! The commands on actors and on the world tables, with an invented world laid over the built-in one.

mod common;

use common::{assert_status, chancery, err, folder, out, records, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const WORLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/world");

/// Runs the program with the invented world.
fn in_the_world(folder: &TempDir, arguments: &[&str]) -> std::process::Output {
    chancery().current_dir(folder.path()).args(arguments).args(["--world", WORLD]).output().unwrap()
}

const MENTIONS: &str = r#"{"id": "1", "text": "Rudolf Elphberg", "date": "2003-02-01"}
{"id": "2", "text": "the Syldavian defence minister", "date": "2015-01-01"}
{"id": "3", "text": "Bordurian soldiers"}
{"id": "4", "text": "a red bicycle", "date": "2015-01-01"}
"#;

#[test]
fn actor_codes_each_mention_as_of_its_date() {
    let folder = folder(&[("mentions.jsonl", MENTIONS)]);
    let output = in_the_world(&folder, &["actor", "mentions.jsonl"]);
    assert_status(&output, 0);
    let found = records(&output);
    let fields = |r: &Value| ["id", "code", "sector", "name", "office", "cameo"].map(|f| r[f].clone());
    let rows: Vec<_> = found.iter().map(fields).collect();
    let expected = [
        [
            json!("1"),
            json!("RUR"),
            json!("GOV"),
            json!("Rudolf Elphberg"),
            json!("foreign minister"),
            json!("RURGOV"),
        ],
        [
            json!("2"),
            json!("SYL"),
            json!("GOV"),
            json!("Emil Vantar"),
            json!("defense minister"),
            json!("SYLGOV"),
        ],
        [json!("3"), json!("BOR"), json!("MIL"), json!(null), json!(null), json!("BORMIL")],
        [json!("4"), json!(null), json!(null), json!(null), json!(null), json!(null)],
    ];
    assert_eq!(rows, expected);
    assert_eq!(found[1]["evidence"], "name: holds that office on 2015-01-01");
    assert_eq!(found[3]["evidence"], "no name and no role word that is known");
}

#[test]
fn actor_answers_in_the_order_of_its_input_with_any_number_of_threads() {
    let line = |n: usize| format!("{{\"id\": \"{n}\", \"text\": \"the Bordurian army\"}}\n");
    let folder = folder(&[("many.jsonl", &(0..500).map(line).collect::<String>())]);
    let run = |threads: &str| in_the_world(&folder, &["actor", "many.jsonl", "--threads", threads]);
    let one = run("1");
    assert_eq!(one.stdout, run("3").stdout);
    assert_eq!(records(&one).last().map(|r| r["id"].clone()), Some(json!("499")));
}

#[test]
fn find_shows_what_is_known_on_a_day() {
    let folder = folder(&[]);
    let output =
        in_the_world(&folder, &["world", "find", "Elphberg", "--on", "2007-01-01", "--format", "table"]);
    assert_status(&output, 0);
    let shown = out(&output);
    for line in [
        "Rudolf Elphberg  person · rudolf-elphberg",
        "on 2007-01-01: nothing any more, last RUR GOV foreign minister 2001-01-01..2005-06-30",
        "RUR GOV president 2010-01-01..",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    let record = &records(&in_the_world(&folder, &["world", "find", "Zembla Pact"]))[0];
    assert_eq!(
        (&record["kind"], &record["class"], &record["names"]),
        (&json!("body"), &json!("igo"), &json!(["ZP", "Zembla Pact"]))
    );
}

#[test]
fn find_says_when_nothing_is_known() {
    let output = in_the_world(&folder(&[]), &["world", "find", "Nobody Atall"]);
    assert_status(&output, 1);
    assert!(err(&output).contains("nothing is known under the name \"Nobody Atall\""), "{}", err(&output));
}

#[test]
fn unknown_lists_names_that_no_table_settles_with_an_example() {
    let news = r#"{"id": "a", "text": "Kurvi Tasch met Theodor Wagstaff. Theodor Wagstaff smiled."}
{"id": "b", "text": "Yesterday Theodor Wagstaff visited Strelsau. Rudolf Elphberg did not."}
"#;
    let folder = folder(&[("news.jsonl", news)]);
    let output = in_the_world(&folder, &["world", "unknown", "news.jsonl", "--least", "2"]);
    assert_status(&output, 0);
    let found = records(&output);
    assert_eq!(found.len(), 1, "{found:?}");
    let fields = ["name", "label", "count", "documents", "document", "example"].map(|f| found[0][f].clone());
    let expected = [
        json!("Theodor Wagstaff"),
        json!("PERSON"),
        json!(3),
        json!(2),
        json!("a"),
        json!("Kurvi Tasch met Theodor Wagstaff."),
    ];
    assert_eq!(fields, expected);
}

#[test]
fn a_table_of_ones_own_is_checked_and_used() {
    let good = "name\tshort\toffices\nTheodor Wagstaff\t\tRUR prime minister 2020-01-01..\n";
    let bad = "name\tshort\toffices\nTheodor Wagstaff\t\tRUR prime minister 2020..2010\nOlga Zem\t\tXQZ president\n";
    let folder = folder(&[
        ("people-mine.tsv", good),
        ("people-bad.tsv", bad),
        ("m.jsonl", "{\"id\": \"1\", \"text\": \"Wagstaff\"}\n"),
    ]);
    let lint = in_the_world(&folder, &["world", "lint", "people-mine.tsv"]);
    assert_status(&lint, 0);
    assert!(out(&lint).contains("tables, no fault"), "{}", out(&lint));
    let found = records(&in_the_world(&folder, &["actor", "m.jsonl", "--world", "people-mine.tsv"]));
    assert_eq!((&found[0]["code"], &found[0]["office"]), (&json!("RUR"), &json!("prime minister")));
    let lint = in_the_world(&folder, &["world", "lint", "people-bad.tsv"]);
    assert_status(&lint, 1);
    assert!(
        err(&lint).contains("people-bad.tsv:2: Theodor Wagstaff ends before it begins"),
        "{}",
        err(&lint)
    );
    assert!(err(&lint).contains("people-bad.tsv:3: `XQZ` is no code"), "{}", err(&lint));
    let refused = in_the_world(&folder, &["actor", "m.jsonl", "--world", "people-bad.tsv"]);
    assert_status(&refused, 2);
    assert!(refused.stdout.is_empty());
}

#[test]
fn the_built_in_tables_have_no_fault_and_say_what_they_cover() {
    let folder = folder(&[]);
    let lint = run(&folder, "world lint");
    assert_status(&lint, 0);
    assert!(out(&lint).starts_with("built-in tables: "), "{}", out(&lint));
    let coverage = run(&folder, "world coverage");
    assert!(out(&coverage).starts_with("# What the world tables cover\n"));
    let refused = run(&folder, "world lint nowhere.tsv");
    assert_status(&refused, 2);
    assert!(err(&refused).contains("cannot read the table nowhere.tsv"), "{}", err(&refused));
}
