//! A store on the command line: ingest, export, query, relate, events, check.

mod common;

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use common::{assert_status, chancery, err, folder, out, records, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Three outlets tell of one meeting; two of sanctions, on the day and later.
fn news() -> String {
    let document = |id: &str, date: &str, source: &str, text: &str| {
        format!("{}\n", json!({"id": id, "date": date, "source": source, "text": text}))
    };
    [
        document("a", "2019-04-02", "Morning Post", "Kenyan President Uhuru Kenyatta met Tanzanian President John Magufuli in Arusha on Tuesday for talks on the border. Kenya imposed sanctions on Tanzania in March 2018."),
        document("b", "2019-04-03", "Evening News", "On Tuesday President Uhuru Kenyatta held talks about the border with John Magufuli, the president of Tanzania, in Arusha."),
        document("c", "2019-05-09", "Morning Post", "Tanzania expelled two Kenyan diplomats on Wednesday."),
        document("d", "2019-05-10", "Evening News", "Tanzania's foreign ministry said it will recall its ambassador from Kenya."),
    ]
    .concat()
}

fn stored() -> TempDir {
    let folder = folder(&[("news.jsonl", &news())]);
    let output = run(&folder, "ingest news.jsonl --store news.db");
    assert_status(&output, 0);
    assert!(err(&output).contains("4 documents with"), "{}", err(&output));
    folder
}

fn lines(folder: &TempDir, arguments: &str) -> Vec<Value> {
    let output = run(folder, arguments);
    assert_status(&output, 0);
    records(&output)
}

#[test]
fn reports_are_what_code_writes_with_their_event() {
    let folder = stored();
    let coded = lines(&folder, "code news.jsonl --all");
    let reports = lines(&folder, "export reports --store news.db");
    let without: Vec<Value> = reports
        .iter()
        .cloned()
        .map(|mut report| {
            let event = report.as_object_mut().unwrap().remove("event_id").unwrap();
            assert_eq!(event.as_str().unwrap().len(), 16);
            report
        })
        .collect();
    let id = |record: &Value| record["id"].as_str().unwrap().to_owned();
    let sorted = |mut list: Vec<Value>| {
        list.sort_by_key(id);
        list
    };
    assert_eq!(sorted(without), sorted(coded));
}

#[test]
fn reports_of_one_meeting_are_one_event() {
    let folder = stored();
    let meetings = lines(&folder, "query --store news.db --category CONSULT --standing deed");
    assert_eq!(meetings.len(), 1, "{meetings:?}");
    assert_eq!((&meetings[0]["reports"], &meetings[0]["sources"]), (&json!(2), &json!(2)));
    let id = meetings[0]["id"].as_str().unwrap();
    let shown = out(&run(&folder, &format!("events show {id} --store news.db")));
    assert!(shown.contains("2 reports, 2 documents, 2 outlets") && shown.contains("Evening News"), "{shown}");
}

#[test]
fn what_was_read_already_is_not_coded_again() {
    let folder = stored();
    let before = lines(&folder, "export events --store news.db");
    let again = run(&folder, "ingest news.jsonl --store news.db");
    assert!(
        err(&again).contains("0 documents with 0 reports are new; 4 were there already"),
        "{}",
        err(&again)
    );
    let anew = run(&folder, "ingest news.jsonl --store news.db --recode");
    assert_status(&anew, 0);
    assert_eq!(lines(&folder, "export events --store news.db"), before);
}

#[test]
fn a_document_that_comes_twice_in_one_input_is_named() {
    let folder = folder(&[("twice.jsonl", &format!("{}{}", news(), news().replace("Arusha", "Moshi")))]);
    let output = run(&folder, "ingest twice.jsonl --store news.db");
    assert_status(&output, 0);
    assert!(err(&output).contains("a: comes twice in this input"), "{}", err(&output));
    assert_eq!(lines(&folder, "export reports --store news.db").len(), 5);
}

#[test]
fn filters_are_the_same_for_everything() {
    let folder = stored();
    let count = |arguments: &str| lines(&folder, arguments).len();
    assert_eq!(
        count("query --store news.db --actor TZA --recipient KEN --category SANCTION --standing deed"),
        1
    );
    assert_eq!(
        count("query --store news.db --party Kenya --from 2019-05-01 --to 2019-05-08 --standing deed"),
        1
    );
    assert_eq!(count("query --store news.db --text diplomats"), 1);
    assert_eq!(count("export reports --store news.db --text diplomats"), 1);
    assert_eq!(count("query --store news.db --source evening --category CONSULT --standing deed"), 1);
    assert_eq!(count("query --store news.db --cameo 19"), 0);
    let nobody = run(&folder, "query --store news.db --actor Nobodyatall");
    assert_status(&nobody, 2);
    assert!(err(&nobody).contains("nobody that the tables know"), "{}", err(&nobody));
}

#[test]
fn two_states_are_related() {
    let folder = stored();
    let dyad: Value =
        serde_json::from_str(&out(&run(&folder, "relate KEN TZA --store news.db --by month"))).unwrap();
    let told = |event: &Value| {
        (event["date"]["start"].as_str().unwrap().to_owned(), event["event"].as_str().unwrap().to_owned())
    };
    let events: Vec<_> =
        dyad["events"].as_array().unwrap().iter().filter(|e| e["standing"] == "deed").map(told).collect();
    let expected = [("2018-03-01", "SANCTION"), ("2019-04-02", "CONSULT"), ("2019-05-08", "SANCTION")];
    assert_eq!(events, expected.map(|(day, event)| (day.to_owned(), event.to_owned())));
    let periods = dyad["periods"].as_array().unwrap();
    let period = |label: &str| periods.iter().find(|period| period["label"] == label).unwrap();
    assert_eq!(
        (&period("2018-03")["events"], &period("2018-03")["coverage"]["documents"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(
        (&period("2018-10")["events"], &period("2019-05")["coverage"]["documents"]),
        (&Value::Null, &json!(2))
    );
    let table = out(&run(&folder, "relate KEN TZA --store news.db --format table"));
    assert!(table.contains("WHAT HAPPENED") && table.contains("NOT COUNTED"), "{table}");
    let csv = out(&run(&folder, "relate KEN TZA --store news.db --format csv"));
    assert!(csv.starts_with("a,b,period,start,end,documents,concerned,events,agree,consult"), "{csv}");
}

#[test]
fn a_merge_is_split_and_joined_by_hand() {
    let folder = stored();
    let meeting = &lines(&folder, "query --store news.db --category CONSULT --standing deed")[0];
    let (event, report) = (meeting["id"].as_str().unwrap(), meeting["members"][1].as_str().unwrap());
    assert_status(&run(&folder, &format!("events split {event} {report} --store news.db")), 0);
    assert_eq!(lines(&folder, "query --store news.db --category CONSULT --standing deed").len(), 2);
    assert_status(&run(&folder, "ingest news.jsonl --store news.db --recode"), 0);
    assert_eq!(lines(&folder, "query --store news.db --category CONSULT --standing deed").len(), 2);
    assert_status(&run(&folder, &format!("events join {event} {report} --store news.db")), 0);
    assert_eq!(lines(&folder, "query --store news.db --category CONSULT --standing deed").len(), 1);
    let wrong = run(&folder, &format!("events split {event} nothing --store news.db"));
    assert_status(&wrong, 2);
    assert!(err(&wrong).contains("has no report nothing"), "{}", err(&wrong));
}

#[test]
fn every_format_can_be_exported_and_is_valid() {
    let folder = stored();
    for format in
        ["plover", "petrarch", "gdelt1", "gdelt2", "icews", "polecat", "csv", "parquet", "arrow", "jsonl"]
    {
        for what in ["reports", "events"] {
            let file = format!("{what}.{format}");
            let arguments =
                format!("export {what} --store news.db --standing deed --format {format} -o {file}");
            assert_status(&run(&folder, &arguments), 0);
            let valid = run(&folder, &format!("validate {file} --format {format}"));
            assert!(valid.status.success(), "{file}: {}{}", out(&valid), err(&valid));
        }
    }
}

#[test]
fn what_is_no_store_is_said() {
    let folder = folder(&[("news.jsonl", &news())]);
    let missing = run(&folder, "relate KEN TZA --store none.db");
    assert_status(&missing, 2);
    assert!(err(&missing).contains("there is no such store"), "{}", err(&missing));
    let foreign = run(&folder, "ingest news.jsonl --store news.jsonl");
    assert_status(&foreign, 2);
    assert!(err(&foreign).contains("no store of Chancery"), "{}", err(&foreign));
}

/// Numbers that look like chance and are the same in each run.
fn chance(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

fn start(folder: &TempDir) -> Child {
    let mut command = chancery();
    command.current_dir(folder.path()).args(["ingest", "in.jsonl", "--store", "killed.db"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn an_ingest_that_is_killed_fifty_times_loses_and_doubles_nothing() {
    const DEEDS: [&str; 4] = [
        "Russia imposed sanctions on France.",
        "Kenya recalled its ambassador from Somalia.",
        "Egypt and Jordan signed an agreement.",
        "Poland accused Belarus of sending migrants.",
    ];
    let text =
        |n: usize| (0..n % 5 + 1).map(|s| DEEDS[(n * 3 + s) % DEEDS.len()]).collect::<Vec<_>>().join(" ");
    let line = |n: usize| {
        format!(
            "{}\n",
            json!({"id": format!("d{n}"), "date": format!("2020-03-{:02}", n % 28 + 1), "text": text(n)})
        )
    };
    let folder = folder(&[("in.jsonl", &(0..400).map(line).collect::<String>())]);
    assert_status(&run(&folder, "ingest in.jsonl --store whole.db"), 0);
    let contents = |store: &str| {
        ["reports", "events"].map(|what| run(&folder, &format!("export {what} --store {store}")).stdout)
    };
    let whole = contents("whole.db");
    let (mut killed, mut state) = (0, 11);
    while killed < 50 {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("killed.db{ending}")));
        }
        for attempt in 1.. {
            let mut child = start(&folder);
            // Longer from attempt to attempt, so that a slow machine gets somewhere, too.
            sleep(Duration::from_millis(chance(&mut state) % (400 * attempt)));
            if child.try_wait().unwrap().is_some() {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            killed += 1;
            if folder.path().join("killed.db").exists() && killed % 5 == 0 {
                assert_status(&run(&folder, "store check killed.db"), 0);
            }
            if killed >= 50 {
                assert_status(&run(&folder, "ingest in.jsonl --store killed.db"), 0);
                break;
            }
        }
        assert!(contents("killed.db") == whole, "the store differs after {killed} kills");
        assert_status(&run(&folder, "store check killed.db"), 0);
    }
}
