//! The program as its users meet it: arguments, exit statuses, streams.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use common::{assert_status, chancery, err, folder, out, records, run};
use serde_json::Value;

const ARTICLE: &str = "🙂 Russia imposed sanctions on France.\n\nIt rained in Kyiv.\n";

/// Documents of uneven length, one per line.
fn many(count: usize) -> String {
    let line =
        |n: usize| format!("{{\"id\": \"{n}\", \"text\": {}}}\n", Value::from(ARTICLE.repeat(n % 9 * 3 + 1)));
    (0..count).map(line).collect()
}

#[test]
fn every_command_has_help_with_examples() {
    let folder = folder(&[]);
    for command in [
        "",
        "code",
        "annotate",
        "quotes",
        "extract",
        "fetch",
        "validate",
        "actor",
        "world",
        "world find",
        "world unknown",
        "world lint",
        "world coverage",
        "parse",
        "explain",
        "model",
        "completions",
        "man",
    ] {
        let output = run(&folder, &format!("{command} --help"));
        assert_status(&output, 0);
        assert!(
            out(&output).contains(&format!("Examples:\n  chancery {command}").trim_end().to_owned()),
            "{command}"
        );
    }
}

#[test]
fn unusable_arguments_end_with_status_2_and_say_what_would_do() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    for (arguments, says) in [
        ("", "Usage: chancery"),
        ("code", "<INPUT>"),
        ("code a.txt --date yesterday", "write it as 2022-03-14"),
        ("code a.txt --format prolog", "possible values: jsonl, table, plover"),
        ("code a.txt --map body", "write for instance text=body"),
        ("code a.txt --max-text much", "as 500k or 10M"),
        ("code a.txt --shard 0/2", "as 2/8"),
        ("fetch", "nothing to fetch"),
        ("annotate a.txt --layers actors,feelings", "possible values: tokens"),
        ("code a.txt --threads 0", "1..=1024"),
        ("code nowhere.txt", "cannot read the input nowhere.txt"),
        ("code a.txt -o missing/out.jsonl", "cannot write missing/out.jsonl"),
        ("code a.txt --encoding ruritanian-1", "windows-1252"),
        ("code a.txt --model nowhere", "there is no model at nowhere"),
        ("man nothing", "there is no command \"nothing\""),
    ] {
        let output = run(&folder, arguments);
        assert_status(&output, 2);
        assert!(err(&output).contains(says), "{arguments}: {}", err(&output));
        assert!(output.stdout.is_empty(), "{arguments}");
    }
}

#[test]
fn without_model_python_and_network_three_ways_out_are_named() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let mut command = chancery();
    command.current_dir(folder.path()).args(["code", "a.txt"]).env_remove("CHANCERY_MODEL");
    let output = command.env("CHANCERY_DATA", folder.path().join("data")).env("PATH", "").output().unwrap();
    assert_status(&output, 2);
    for way in ["1. with a network", "2. without", "3. if spaCy's"] {
        assert!(err(&output).contains(way), "{}", err(&output));
    }
}

#[test]
fn parse_writes_the_engines_reading_with_code_point_offsets() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let output = run(&folder, "parse a.txt");
    assert_status(&output, 0);
    let record = &records(&output)[0];
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    assert_eq!(text.iter().collect::<String>(), ARTICLE);
    let token = record["tokens"].as_array().unwrap().iter().find(|token| token["lemma"] == "rain").unwrap();
    let at = |field: &str| token[field].as_u64().unwrap() as usize;
    assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), "rained");
}

#[test]
fn parse_writes_conllu() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let output = run(&folder, "parse a.txt --format conllu");
    assert_status(&output, 0);
    assert!(out(&output).starts_with("# newdoc id = a.txt\n# sent_id = 1\n# text = 🙂"));
    let words = out(&output).lines().filter(|line| line.split('\t').count() == 10).count();
    assert!(words > 10, "{}", out(&output));
}

#[test]
fn code_writes_events_with_their_words() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let output = run(&folder, "code a.txt --date 2022-03-14");
    assert_status(&output, 0);
    let events = records(&output);
    assert!(!events.is_empty());
    let text: Vec<char> = ARTICLE.chars().collect();
    for event in &events {
        let at = |field: &str| event["evidence"][field].as_u64().unwrap() as usize;
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(event["evidence"]["text"], words);
        assert_eq!(event["date_published"], "2022-03-14");
        assert_eq!(event["document"], "a.txt");
        assert!(!event["evidence"]["rule"].as_str().unwrap().is_empty());
    }
}

#[test]
fn places_that_a_line_marks_are_taken_and_no_others_looked_for() {
    let line =
        "{\"id\": \"1\", \"text\": \"Zlopville lies in Kyiv.\", \"places\": [{\"start\": 0, \"end\": 9}]}\n";
    let folder = folder(&[("marked.jsonl", line)]);
    let places = |arguments: &str| {
        let record = records(&run(&folder, arguments)).remove(0);
        record["places"].as_array().unwrap().iter().map(|p| p["text"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(places("annotate marked.jsonl --layers places --given-places"), ["Zlopville"]);
    assert!(places("annotate marked.jsonl --layers places").contains(&Value::from("Kyiv")));
}

#[test]
fn quotes_lists_who_said_what() {
    let text = "Anna Berg said that Ukraine had told Russia that talks were over. “We will stay,” she said.";
    let folder = folder(&[("a.txt", text)]);
    let found = records(&run(&folder, "quotes a.txt"));
    let said = |q: &Value| {
        let words = q["content"].as_array().unwrap().iter().map(|c| c["text"].as_str().unwrap());
        (
            q["depth"].as_u64().unwrap(),
            q["speaker"]["name"].as_str().unwrap_or("-").to_owned(),
            words.collect::<Vec<_>>().join(" … "),
        )
    };
    let shown: Vec<_> = found.iter().map(said).collect();
    let line = |depth, name: &str, words: &str| (depth, name.to_owned(), words.to_owned());
    assert_eq!(
        shown,
        [
            line(0, "Anna Berg", "that Ukraine had told Russia that talks were over"),
            line(1, "Ukraine", "that talks were over"),
            line(0, "Anna Berg", "“We will stay,”"),
        ]
    );
    let table = out(&run(&folder, "quotes a.txt --format table"));
    assert!(table.starts_with("SPEAKER") && table.contains("› Ukraine (UKR)"), "{table}");
}

#[test]
fn annotate_writes_the_layers_that_are_asked_for() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let keys = |arguments: &str| {
        let output = run(&folder, arguments);
        assert_status(&output, 0);
        let fields: Vec<String> = records(&output)[0].as_object().unwrap().keys().cloned().collect();
        fields.join(" ")
    };
    let all = keys("annotate a.txt");
    for layer in ["sentences", "entities", "actors", "places", "times", "quotes", "events"] {
        assert!(all.contains(layer), "{all}");
    }
    assert!(!all.contains("tokens"));
    let two = keys("annotate a.txt --layers tokens,events");
    assert!(two.contains("tokens") && two.contains("events") && !two.contains("actors"), "{two}");
}

#[test]
fn explain_says_why_a_sentence_has_no_event() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let output = run(&folder, "explain a.txt");
    assert_status(&output, 0);
    let text = out(&output);
    assert!(text.contains("trigger  “") && text.contains("rule     "), "{text}");
    assert!(text.contains("It rained in Kyiv.\n    · "), "{text}");
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let table = run(&folder, "code a.txt --format table");
    assert!(out(&table).starts_with("WHO"), "{}", out(&table));
    assert!(!out(&table).contains('\x1b'));
    assert!(out(&run(&folder, "code a.txt --format table --color always")).contains("\x1b["));
}

#[test]
fn a_bad_document_is_named_and_the_rest_is_written() {
    let folder = folder(&[(
        "a.jsonl",
        "{\"id\": \"1\", \"text\": \"It rained.\"}\n{\"id\": \"2\"\n\n{\"id\": \"3\", \"text\": \"\"}\n",
    )]);
    fs::write(folder.path().join("b.txt"), b"\xff").unwrap();
    let output = run(&folder, "parse a.jsonl b.txt");
    assert_status(&output, 1);
    let ids: Vec<Value> = records(&output).iter().map(|record| record["id"].clone()).collect();
    assert_eq!(ids, ["1", "3"]);
    let faults: Vec<String> = err(&output).lines().map(str::to_owned).collect();
    assert!(faults[0].starts_with("chancery: a.jsonl:2: this line is no document"), "{faults:?}");
    assert!(faults[1].starts_with("chancery: b.txt: not UTF-8"), "{faults:?}");
    assert_eq!(faults.len(), 2);
}

#[test]
fn odd_texts_are_documents_like_others() {
    let folder = folder(&[]);
    let odd = [
        "",
        " \n\t ",
        "\u{feff}",
        "\0",
        "مرحبا",
        "👩‍👩‍👧‍👦".repeat(50).as_str(),
        "\u{301}\u{301}",
        &"x".repeat(100_000),
        "\"“„»",
        "\u{2028}",
    ]
    .map(|text| serde_json::json!({"id": "odd", "text": text}).to_string());
    fs::write(folder.path().join("odd.jsonl"), odd.join("\n")).unwrap();
    for command in ["parse", "annotate", "code", "explain", "parse --format conllu"] {
        assert_status(&run(&folder, &format!("{command} odd.jsonl")), 0);
    }
    assert_eq!(records(&run(&folder, "annotate odd.jsonl")).len(), odd.len());
}

#[test]
fn threads_change_no_byte() {
    let folder = folder(&[("many.jsonl", &many(60))]);
    for command in ["annotate many.jsonl", "code many.jsonl --format table"] {
        let one = run(&folder, &format!("{command} --threads 1"));
        assert_status(&one, 0);
        for threads in [2, 5] {
            assert!(
                one.stdout == run(&folder, &format!("{command} --threads {threads}")).stdout,
                "{threads} threads"
            );
        }
    }
    let ids: Vec<Value> =
        records(&run(&folder, "parse many.jsonl")).iter().map(|r| r["id"].clone()).collect();
    assert_eq!(ids, (0..60).map(|n| n.to_string()).collect::<Vec<_>>());
}

/// Documents of uneven length, none of which is a near copy of another.
fn many_apart(count: usize) -> String {
    let sentence =
        |n: usize, s: usize| format!("Russia imposed {} sanctions on France on day {s}.", n * 100 + s);
    let text = |n: usize| (0..n % 9 * 3 + 1).map(|s| sentence(n, s)).collect::<Vec<_>>().join(" ");
    (0..count).map(|n| format!("{{\"id\": \"{n}\", \"text\": {}}}\n", Value::from(text(n)))).collect()
}

#[test]
fn company_in_a_batch_changes_no_byte() {
    let folder = folder(&[("many.jsonl", &many_apart(12))]);
    let together = run(&folder, "annotate many.jsonl --layers tokens,entities,events").stdout;
    let mut alone = Vec::new();
    for line in many_apart(12).lines() {
        fs::write(folder.path().join("one.jsonl"), line).unwrap();
        alone.extend(run(&folder, "annotate one.jsonl --layers tokens,entities,events").stdout);
    }
    assert!(together == alone);
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let folder = folder(&[("many.jsonl", &many(300))]);
    let mut command = chancery();
    command.current_dir(folder.path()).args(["parse", "many.jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_status(&output, 0);
    assert_eq!(err(&output), "");
}

#[test]
fn a_stream_is_answered_line_by_line() {
    let mut command = chancery();
    command.args(["parse", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for n in 0..3 {
        writeln!(questions, "{{\"id\": \"{n}\", \"text\": \"It rained.\"}}").unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":\"{n}\"")), "{answer}");
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = folder(&[("a.txt", ARTICLE), ("out.jsonl", "old")]);
    let old = || fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert_status(&run(&folder, "parse a.txt -o out.jsonl --model nowhere"), 2);
    assert_eq!(old(), "old");
    let output = run(&folder, "parse a.txt -o out.jsonl");
    assert_status(&output, 0);
    assert!(output.stdout.is_empty() && old().starts_with("{\"id\":\"a.txt\""));
    assert_eq!(names(folder.path()), ["a.txt", "out.jsonl"], "nothing is left behind");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_written_through() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("a.txt", ARTICLE), ("real.jsonl", "old")]);
    symlink("real.jsonl", folder.path().join("link.jsonl")).unwrap();
    fs::set_permissions(folder.path().join("real.jsonl"), fs::Permissions::from_mode(0o640)).unwrap();
    assert_status(&run(&folder, "parse a.txt -o link.jsonl"), 0);
    assert!(fs::symlink_metadata(folder.path().join("link.jsonl")).unwrap().is_symlink());
    assert!(fs::read_to_string(folder.path().join("real.jsonl")).unwrap().starts_with('{'));
    let mode = fs::metadata(folder.path().join("real.jsonl")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_status(&run(&folder, "parse a.txt -o /dev/null"), 0);
}

#[test]
fn other_encodings_are_read_when_they_are_named() {
    let folder = folder(&[]);
    fs::write(folder.path().join("a.txt"), b"It rained on Monday\x92s parade.").unwrap();
    let output = run(&folder, "parse a.txt --encoding windows-1252");
    assert_status(&output, 0);
    assert_eq!(records(&output)[0]["text"], "It rained on Monday’s parade.");
}

#[test]
fn a_wheel_or_a_name_is_a_model() {
    let folder = folder(&[]);
    fs::write(folder.path().join("broken.whl"), "no zip").unwrap();
    let mut command = chancery();
    command.current_dir(folder.path()).args(["model", "list", "--model", "broken.whl"]);
    let output = command.env("CHANCERY_DATA", folder.path().join("data")).output().unwrap();
    assert_status(&output, 2);
    assert!(err(&output).contains("broken.whl is damaged or no wheel"), "{}", err(&output));
}

#[test]
fn models_are_listed_and_verified() {
    let folder = folder(&[]);
    let data = |arguments: &[&str]| {
        let mut command = chancery();
        command
            .args(arguments)
            .env("CHANCERY_DATA", folder.path())
            .env_remove("CHANCERY_MODEL")
            .output()
            .unwrap()
    };
    assert!(out(&data(&["model", "list"])).contains("md    en_core_web_md-3.8.0"));
    let none = data(&["model", "verify"]);
    assert_status(&none, 1);
    assert!(err(&none).contains("run `chancery model fetch`"), "{}", err(&none));
    let model = folder.path().join("models/en_core_web_sm-3.8.0");
    fs::create_dir_all(&model).unwrap();
    fs::write(model.join("config.cfg"), "[nlp]").unwrap();
    let sum = "d0e1d4e5b9a2b8dbf2ff2d3a2ad5f5d5a1b4c2c2dbb4ee7b1b0c0f4bb8e5e4a7";
    fs::write(model.join("MANIFEST.sha256"), format!("{sum}  config.cfg\n")).unwrap();
    let changed = data(&["model", "verify", "sm"]);
    assert_status(&changed, 1);
    assert!(err(&changed).contains("config.cfg has changed"), "{}", err(&changed));
}

#[test]
fn a_damaged_model_is_named_with_its_file() {
    let folder = folder(&[("a.txt", ARTICLE), ("config.cfg", "[nlp]\nlang = \"en\"\n")]);
    let output = run(&folder, "parse a.txt --model .");
    assert_status(&output, 2);
    assert!(err(&output).contains("the model in . cannot be used: "), "{}", err(&output));
}

#[test]
fn manuals_and_completions_are_printed() {
    let folder = folder(&[]);
    assert!(out(&run(&folder, "man")).contains(".TH chancery 1"));
    assert!(out(&run(&folder, "man code")).contains(".TH chancery-code 1"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&run(&folder, &format!("completions {shell}"))).contains("chancery"), "{shell}");
    }
}

#[test]
fn the_example_articles_are_coded() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let output = chancery().arg("code").arg(&examples).args(["--date", "2022-06-01"]).output().unwrap();
    assert_status(&output, 0);
    let events = records(&output);
    let articles = names(&examples).into_iter().filter(|name| name.ends_with(".txt"));
    for name in articles {
        let of_it = |event: &&Value| event["document"].as_str().unwrap().ends_with(&name);
        assert!(events.iter().filter(of_it).count() >= 5, "{name}");
    }
}
