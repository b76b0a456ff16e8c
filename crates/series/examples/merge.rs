//! Merges what `chancery code` wrote of some documents, in memory, and writes each report with its `event_id`:
//!
//!     cargo run --release -p chancery-series --example merge -- documents.jsonl reports.jsonl > merged.jsonl

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};

use chancery_record::{Event, Source};
use chancery_series::{Member, Story, anchors, gather};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut lines = || -> Result<Vec<String>, Box<dyn Error>> {
        let file = arguments.next().ok_or("name documents.jsonl and reports.jsonl")?;
        Ok(fs::read_to_string(file)?.lines().map(str::to_owned).collect())
    };
    let documents: Vec<Source> =
        lines()?.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
    let documents: BTreeMap<String, Source> = documents.into_iter().map(|d| (d.id.clone(), d)).collect();
    let mut reports: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for line in lines()? {
        let event: Event = serde_json::from_str(&line)?;
        reports.entry(event.document.clone()).or_default().push(event);
    }
    let members: Vec<(Member, Story)> =
        reports.iter().flat_map(|(id, events)| members(&documents[id], events)).collect();
    let mut out = stdout().lock();
    for group in gather(&members, &[]) {
        let event_id = &members[group[0]].0.anchor;
        for n in &group {
            let report = Event { event_id: Some(event_id.clone()), ..members[*n].0.event.clone() };
            serde_json::to_writer(&mut out, &report)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn members(document: &Source, events: &[Event]) -> Vec<(Member, Story)> {
    let story = Story::of(document, events);
    let anchors = anchors(&document.id, events);
    let member = |(event, anchor): (&Event, String)| {
        (Member { event: event.clone(), anchor, source: document.source.clone() }, story.clone())
    };
    events.iter().zip(anchors).map(member).collect()
}
