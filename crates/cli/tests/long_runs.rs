//! Runs that are interrupted, divided, or fed with more than they should bear.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use common::{assert_status, chancery, err, folder, out, records, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Sentences of which texts are made; each gives an event.
const DEEDS: [&str; 6] = [
    "Russia imposed sanctions on France.",
    "Kenya recalled its ambassador from Somalia.",
    "Turkish troops attacked a village in Syria.",
    "Egypt and Jordan signed an agreement.",
    "Poland accused Belarus of sending migrants.",
    "The president of Chile visited Peru.",
];

/// Documents of uneven length, no two alike, one a line.
fn corpus(count: usize) -> String {
    let text =
        |n: usize| (0..n % 7 * 3 + 2).map(|s| DEEDS[(n * 5 + s * (n + 1)) % DEEDS.len()]).collect::<Vec<_>>();
    (0..count).map(|n| format!("{}\n", json!({"id": format!("d{n}"), "text": text(n).join(" ")}))).collect()
}

fn start(folder: &TempDir, arguments: &str) -> Child {
    let mut command = chancery();
    command.current_dir(folder.path()).args(arguments.split_whitespace());
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn read(folder: &TempDir, name: &str) -> Vec<u8> {
    fs::read(folder.path().join(name)).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Numbers that look like chance and are the same in each run.
fn chance(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Kills runs of these arguments at random points, so often, and compares what comes out when one is left alone at last
/// with what an uninterrupted run gives.
fn killed_and_resumed(folder: &TempDir, arguments: &str, outputs: &[&str], times: usize) {
    assert_status(&run(folder, arguments), 1);
    let whole: Vec<_> = outputs.iter().map(|name| read(folder, name)).collect();
    assert!(whole.iter().all(|bytes| !bytes.is_empty()));
    let (mut killed, mut state) = (0, 7);
    while killed < times {
        outputs.iter().for_each(|name| fs::remove_file(folder.path().join(name)).unwrap());
        loop {
            let mut child = start(folder, &format!("{arguments} --resume --checkpoint 0"));
            sleep(Duration::from_millis(chance(&mut state) % 900));
            match child.try_wait().unwrap() {
                // Some documents of the corpus are no documents.
                Some(status) => {
                    assert_eq!(status.code(), Some(1));
                    break;
                }
                None => {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    killed += 1;
                }
            }
            if killed >= times {
                assert_status(&run(folder, &format!("{arguments} --resume")), 1);
                break;
            }
        }
        for (name, bytes) in outputs.iter().zip(&whole) {
            assert!(read(folder, name) == *bytes, "{name} differs after {killed} kills");
        }
        let left: Vec<_> = names(folder.path()).into_iter().filter(|name| name.contains("out")).collect();
        assert_eq!(left.len(), outputs.len(), "{left:?}");
    }
}

#[test]
fn a_run_that_is_killed_fifty_times_loses_and_doubles_nothing() {
    let text = corpus(120) + "nonsense\n" + &corpus(121)[corpus(90).len()..] + "{\"id\": 5}\n";
    let folder = folder(&[("in.jsonl", &text)]);
    let arguments = "code in.jsonl -o out.jsonl --errors out.errors --duplicates out.copies";
    killed_and_resumed(&folder, arguments, &["out.jsonl", "out.errors", "out.copies"], 50);
}

#[test]
fn an_interrupted_run_says_how_to_go_on_and_another_does_not_overwrite_it() {
    let folder = folder(&[("in.jsonl", &corpus(400))]);
    let mut child = start(&folder, "parse in.jsonl -o out.jsonl --checkpoint 0");
    while !folder.path().join("out.jsonl.journal").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the run must be long enough to be interrupted");
        sleep(Duration::from_millis(5));
    }
    let interrupt =
        std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let output = child.wait_with_output().unwrap();
    assert_status(&output, 130);
    assert!(err(&output).contains("go on with the same command and --resume"), "{}", err(&output));

    let again = run(&folder, "parse in.jsonl -o out.jsonl");
    assert_status(&again, 2);
    assert!(err(&again).contains("go on with --resume, or remove it"), "{}", err(&again));
    let other = run(&folder, "parse in.jsonl -o out.jsonl --format conllu --resume");
    assert_status(&other, 2);
    assert!(err(&other).contains("`chancery parse in.jsonl -o out.jsonl`"), "{}", err(&other));

    assert_status(&run(&folder, "parse in.jsonl -o out.jsonl --resume --threads 1"), 0);
    assert!(read(&folder, "out.jsonl") == run(&folder, "parse in.jsonl").stdout);
    assert_eq!(names(folder.path()), ["in.jsonl", "out.jsonl"]);
}

#[test]
fn to_resume_there_must_be_a_file_and_nothing_to_resume_is_a_beginning() {
    let folder = folder(&[("in.jsonl", &corpus(3))]);
    let nowhere = run(&folder, "parse in.jsonl --resume");
    assert_status(&nowhere, 2);
    assert!(err(&nowhere).contains("name it with -o"), "{}", err(&nowhere));
    assert_status(&run(&folder, "parse in.jsonl -o out.jsonl --resume"), 0);
    assert!(read(&folder, "out.jsonl") == run(&folder, "parse in.jsonl").stdout);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_loses_nothing_that_was_written() {
    let folder = folder(&[("in.jsonl", &corpus(300))]);
    // A file that may not grow over 32 blocks of 512 or 1024 bytes.
    let limited = format!(
        "trap '' XFSZ; ulimit -f 32; exec {} parse in.jsonl -o out.jsonl --checkpoint 0",
        env!("CARGO_BIN_EXE_chancery")
    );
    let _ = chancery();
    let output =
        std::process::Command::new("sh").current_dir(folder.path()).args(["-c", &limited]).output().unwrap();
    assert_status(&output, 2);
    let said = err(&output);
    assert!(said.contains("cannot write the output") && said.contains("go on with --resume"), "{said}");
    assert_status(&run(&folder, "parse in.jsonl -o out.jsonl --resume"), 0);
    assert!(read(&folder, "out.jsonl") == run(&folder, "parse in.jsonl").stdout);

    let mut full = chancery();
    full.current_dir(folder.path()).args(["parse", "in.jsonl"]);
    let full = full.stdout(fs::File::options().write(true).open("/dev/full").unwrap()).output().unwrap();
    assert_status(&full, 2);
    assert!(err(&full).contains("cannot write the output: No space left"), "{}", err(&full));
}

#[test]
fn shards_together_are_the_whole() {
    let text = corpus(30) + &corpus(60)[corpus(30).len()..] + &corpus(20);
    let folder = folder(&[("in.jsonl", &text)]);
    let ids = |arguments: &str| -> Vec<String> {
        let all = records(&run(&folder, arguments));
        all.iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut whole = ids("code in.jsonl");
    let mut parts: Vec<String> = (1..=3).flat_map(|n| ids(&format!("code in.jsonl --shard {n}/3"))).collect();
    whole.sort();
    parts.sort();
    assert!(whole.len() > 50);
    assert_eq!(whole, parts);
    assert!(err(&run(&folder, "code in.jsonl --shard 4/3")).contains("as 2/8"));
}

/// A report long enough to be compared with others.
fn report(number: usize) -> String {
    (0..14)
        .map(|n| format!("On day {} of month {number}, {}", n * number, DEEDS[(n + number) % 6]))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn copies_are_coded_once_and_linked() {
    let document = |id: &str, text: &str| json!({"id": id, "text": text}).to_string();
    let reprint = format!("{} It rained.", report(3));
    let lines = [
        document("a", &report(3)),
        document("b", &report(8)),
        document("c", &reprint),
        document("d", &report(3)),
    ];
    let folder = folder(&[("in.jsonl", &lines.join("\n"))]);
    let of = |output: &std::process::Output, id: &str| {
        records(output).into_iter().filter(|event| event["document"] == id).collect::<Vec<Value>>()
    };
    let once = run(&folder, "code in.jsonl --duplicates copies.jsonl");
    assert_status(&once, 0);
    assert!(!of(&once, "a").is_empty() && !of(&once, "b").is_empty());
    assert!(of(&once, "c").is_empty() && of(&once, "d").is_empty());
    assert!(
        err(&once).contains("2 near copies of others passed over; --all takes them too"),
        "{}",
        err(&once)
    );
    let links = fs::read_to_string(folder.path().join("copies.jsonl")).unwrap();
    assert_eq!(links, "{\"id\":\"c\",\"duplicate_of\":\"a\"}\n{\"id\":\"d\",\"duplicate_of\":\"a\"}\n");

    let all = run(&folder, "code in.jsonl --all");
    assert!(of(&all, "c").iter().all(|event| event["duplicate_of"] == "a") && !of(&all, "c").is_empty());
    assert!(of(&all, "a").iter().all(|event| event.get("duplicate_of").is_none()));
    let annotated = records(&run(&folder, "annotate in.jsonl"));
    assert_eq!(annotated.len(), 4);
    assert_eq!(annotated[3]["duplicate_of"], "a");
    assert!(!annotated[3]["events"].as_array().unwrap().is_empty());
}

#[test]
fn other_languages_are_passed_over_and_counted() {
    let german = "Der Außenminister von Ruritanien sagte am Montag, die Gespräche mit Bordurien seien abgebrochen worden.";
    let lines =
        [json!({"id": "en", "text": report(2)}), json!({"id": "de", "text": german})].map(|l| l.to_string());
    let folder = folder(&[("in.jsonl", &lines.join("\n"))]);
    let output = run(&folder, "code in.jsonl --stats stats.json");
    assert_status(&output, 0);
    assert!(err(&output).contains("1 passed over for their language (de 1)"), "{}", err(&output));
    let stats: Value = serde_json::from_slice(&read(&folder, "stats.json")).unwrap();
    assert_eq!((&stats["documents"], &stats["languages"]["de"]), (&json!(2), &json!(1)));
    assert_eq!(stats["records"], json!(records(&output).len()));
    assert!(stats["seconds_by_stage"]["engine"].as_f64().unwrap() > 0.0);
    assert!(
        out(&run(&folder, "code in.jsonl --format table"))
            .contains("de · passed over: in another language (de)")
    );
    assert_eq!(err(&run(&folder, "code in.jsonl --any-language")), "");
    assert_eq!(err(&run(&folder, "code in.jsonl --quiet")), "");
    let record = records(&run(&folder, "annotate in.jsonl")).remove(1);
    assert_eq!(
        (&record["id"], &record["lang"], &record["skipped"]),
        (&json!("de"), &json!("de"), &json!("in another language (de)"))
    );
    assert_eq!(record["events"], json!([]));
}

#[test]
fn too_much_is_an_error_of_its_document_and_the_rest_goes_on() {
    let long = DEEDS[0].repeat(4000);
    let lines = [json!({"id": "long", "text": long}), json!({"id": "short", "text": DEEDS[1]})]
        .map(|l| l.to_string());
    let folder = folder(&[("in.jsonl", &lines.join("\n"))]);
    let output = run(&folder, "code in.jsonl --max-text 100k --errors errors.jsonl");
    assert_status(&output, 1);
    assert!(records(&output).iter().all(|event| event["document"] == "short"));
    let errors = fs::read_to_string(folder.path().join("errors.jsonl")).unwrap();
    let error: Value = serde_json::from_str(errors.trim()).unwrap();
    assert_eq!(error["place"], "in.jsonl:1");
    assert!(error["problem"].as_str().unwrap().contains("raise --max-text"), "{error}");
}
