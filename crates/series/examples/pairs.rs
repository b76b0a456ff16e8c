//! Writes what is weighed about each pair of labelled mentions, as lines of JSON, to fit the weights of merging on:
//!
//!     cargo run --release -p chancery-series --example pairs -- documents.jsonl labelled.jsonl > pairs.jsonl
//!
//! `labelled.jsonl` holds what `chancery code` wrote of mentions with a label, each with its `event_key`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};

use chancery_record::{Event, Source};
use chancery_series::{Features, Story, evidence};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut text = || -> Result<String, Box<dyn Error>> {
        Ok(fs::read_to_string(arguments.next().ok_or("name documents.jsonl and labelled.jsonl")?)?)
    };
    let documents: Vec<Source> = text()?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let stories: BTreeMap<String, Story> =
        documents.iter().map(|d| (d.id.clone(), Story::of(d, &[]))).collect();
    let mut labelled = Vec::new();
    for line in text()?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let key = value["event_key"].as_str().ok_or("a report has no event_key")?.to_owned();
        let event: Event = serde_json::from_value(value)?;
        let document = event.document.clone();
        labelled.extend(Features::of(&event, &stories[&document]).map(|features| (key, features)));
    }
    let mut out = stdout().lock();
    for (n, (key, features)) in labelled.iter().enumerate() {
        for (other_key, other) in &labelled[..n] {
            if let Some(evidence) = evidence(features, other) {
                let evidence: BTreeMap<_, f64> =
                    evidence.into_iter().fold(BTreeMap::new(), |mut sums, (name, value)| {
                        *sums.entry(name).or_default() += value;
                        sums
                    });
                let documents = [&features.document, &other.document];
                let line = serde_json::json!({"same": key == other_key, "documents": documents, "evidence": evidence});
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}
