//! Documents in several languages: each goes to the model and the rules for its own, and what lacks them is counted.

mod common;

use std::sync::LazyLock;

use chancery_model::{fetch, pinned};
use common::{assert_status, err, folder, out, records, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const ENGLISH: &str =
    "The president of Kenya condemned Somalia on Monday and recalled his ambassador from Mogadishu.";
const SPANISH: &str =
    "El presidente de Ruritania condenó el lunes a Borduria y retiró a su embajador de la capital.";
const GERMAN: &str =
    "Der Außenminister von Ruritanien sagte am Montag, die Gespräche seien abgebrochen worden.";

/// The Spanish model, fetched once.
static SPANISH_MODEL: LazyLock<()> = LazyLock::new(|| {
    fetch(pinned("es").expect("the model is pinned")).unwrap_or_else(|why| panic!("{why}"));
});

fn documents() -> TempDir {
    LazyLock::force(&SPANISH_MODEL);
    let line = |id: &str, text: &str| json!({"id": id, "text": text}).to_string();
    let lines = [line("en", ENGLISH), line("es", SPANISH), line("de", GERMAN)].join("\n");
    folder(&[("in.jsonl", &lines), ("es.txt", SPANISH)])
}

fn lemmas(record: &Value) -> Vec<&str> {
    record["tokens"].as_array().unwrap().iter().map(|token| token["lemma"].as_str().unwrap()).collect()
}

#[test]
fn parse_reads_each_document_with_the_model_for_its_language() {
    let folder = documents();
    let both = records(&run(&folder, "parse in.jsonl --model en --model es"));
    assert_eq!(both[1]["lang"], "es");
    assert!(lemmas(&both[0]).contains(&"condemn"), "{}", both[0]);
    assert!(lemmas(&both[1]).contains(&"condenar"), "{}", both[1]);
    assert!(both[0]["tokens"][0]["tag"] == "DT" && both[1]["tokens"][0]["tag"] == "DET");
    // The only model reads every document.
    let one = records(&run(&folder, "parse in.jsonl --model es"));
    assert!(one.iter().all(|record| record["lang"].is_null()), "nobody asked for languages");
    assert_eq!(one[1]["tokens"], both[1]["tokens"]);
    assert_ne!(one[0]["tokens"], both[0]["tokens"]);
}

#[test]
fn a_document_that_no_rules_serve_is_counted_and_not_coded() {
    let folder = documents();
    let output = run(&folder, "code in.jsonl --model en --model es --stats stats.json");
    assert_status(&output, 0);
    let events = records(&output);
    assert!(!events.is_empty() && events.iter().all(|event| event["document"] == "en"));
    let said = err(&output);
    assert!(said.contains("1 not coded (es 1): no rules serve Spanish (es)"), "{said}");
    assert!(said.contains("1 passed over for their language (de 1)"), "{said}");
    let stats: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("stats.json")).unwrap()).unwrap();
    assert_eq!((&stats["unruled"]["es"], &stats["languages"]["de"]), (&json!(1), &json!(1)));
    let table = out(&run(&folder, "code es.txt --model es --format table"));
    assert!(table.contains("no rules serve Spanish (es)"), "{table}");
    let any = run(&folder, "code in.jsonl --model es --any-language");
    assert!(out(&any).is_empty() && err(&any).contains("3 not coded (es 3)"), "{}", err(&any));
}

#[test]
fn annotate_has_what_the_engine_says_where_no_rules_serve() {
    let folder = documents();
    let output =
        run(&folder, "annotate in.jsonl --model es --model en --layers tokens,entities,actors,events");
    assert_status(&output, 0);
    let found = records(&output);
    assert!(found[0].get("skipped").is_none() && !found[0]["events"].as_array().unwrap().is_empty());
    let spanish = &found[1];
    assert_eq!(spanish["skipped"], "no rules serve Spanish (es)");
    assert!(lemmas(spanish).contains(&"embajador") && !spanish["entities"].as_array().unwrap().is_empty());
    assert!(!spanish["sentences"].as_array().unwrap().is_empty());
    assert_eq!((&spanish["actors"], &spanish["events"]), (&json!([]), &json!([])));
    assert_eq!((&found[2]["skipped"], &found[2]["tokens"]), (&json!("in another language (de)"), &json!([])));
    assert!(err(&output).contains("1 not coded (es 1)"), "{}", err(&output));
}

#[test]
fn commands_for_one_language_say_when_no_rules_serve_it() {
    let folder = documents();
    let actor = run(&folder, "actor in.jsonl --model es");
    assert_status(&actor, 2);
    assert!(err(&actor).contains("name one for English (en)"), "{}", err(&actor));
    let twice = run(&folder, "parse es.txt --model es --model es");
    assert_status(&twice, 2);
    assert!(err(&twice).contains("two models are for Spanish (es)"), "{}", err(&twice));
    let tests = run(&folder, "rules test accuse.rule --model es");
    assert!(out(&tests).contains("tests not run: give --model one for English (en)"), "{}", out(&tests));
}

#[test]
fn rule_files_of_another_language_make_it_served() {
    let folder = documents();
    let rules = folder.path().join("rules/actions/es");
    std::fs::create_dir_all(&rules).unwrap();
    let rule = "# Condenas.\nlanguage es\n\naction condena\nmeans Condena.\ncameo 111\nverb condenar\n";
    std::fs::write(rules.join("accuse.rule"), rule).unwrap();
    let list = out(&run(&folder, "rules list --rules rules"));
    assert!(list.contains("ACCUSE     111   es   condena"), "{list}");
    assert!(list.contains("they serve Spanish (es)"), "{list}");
    let output = run(&folder, "code in.jsonl --model en --model es --rules rules");
    assert_status(&output, 0);
    assert!(err(&output).contains("no rules serve English (en)"), "{}", err(&output));
    assert!(!err(&output).contains("Spanish"), "{}", err(&output));
}
