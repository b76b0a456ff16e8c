//! What Chancery's own records of events must be.

mod sample;

use std::sync::LazyLock;

use chancery_ontology::{Category, cameo_exact};
use chancery_record::{Actor, Event, EventDate, EventPlace, Evidence, Span};
use serde_json::{Value, json};

use super::shape::Shape;
use super::value::{code, contexts, day, equal, in_order, modes, not_empty, point, sector, unless};
use super::{Checked, Fault};

const STATUSES: [&str; 5] = ["occurred", "historical", "future", "hypothetical", "negated"];
const GRANULARITIES: [&str; 6] = ["day", "week", "month", "quarter", "year", "range"];
const LEVELS: [&str; 6] = ["country", "province", "district", "city", "site", "area"];
const ROLES: [&str; 4] = ["speaker", "carrier", "outlet", "story"];
const NUMBERS: [&str; 4] = ["dead", "injured", "arrested", "size"];

/// Checks a record.
pub(super) fn check(line: &str) -> Checked {
    match SHAPE.read::<Value>(line) {
        Err(faults) => Checked { faults, key: None },
        Ok(value) => {
            let status = value["status"].as_str().unwrap_or_default();
            match unless(STATUSES.contains(&status), "status", || one_of(status, &STATUSES)) {
                Some(fault) => Checked { faults: vec![fault], key: None },
                None => typed(value),
            }
        }
    }
}

fn typed(value: Value) -> Checked {
    match serde_json::from_value::<Event>(value) {
        Err(error) => Checked { faults: vec![Fault::line(error.to_string())], key: None },
        Ok(event) => Checked { faults: meaning(&event), key: Some(("id", event.id)) },
    }
}

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    let [full, others @ ..] = sample::samples();
    // The events of a store say more than those of a document.
    let mut samples = vec![json!(sample::merged(full))];
    samples.extend(others.map(|sample| json!(sample)));
    Shape::of(&samples.iter().collect::<Vec<_>>())
});

fn one_of(value: &str, values: &[&str]) -> String {
    format!("{value:?} is none of {}", values.join(", "))
}

fn among(path: impl Into<String>, value: Option<&str>, values: &[&str]) -> Option<Fault> {
    let value = value?;
    unless(values.contains(&value), path, || one_of(value, values))
}

/// What does not agree in a record that has all its fields.
pub(super) fn meaning(event: &Event) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(not_empty("id", &event.id));
    faults.extend(not_empty("document", &event.document));
    faults.extend(day("date_published", event.date_published.as_deref()));
    faults.extend(parties("actor", &event.actor));
    faults.extend(parties("recipient", &event.recipient));
    faults.extend(category(event));
    faults.extend(contexts(&event.context));
    faults.extend(goldstein(event));
    faults.extend(dates(&event.date));
    faults.extend(event.place.iter().flat_map(place));
    faults.extend(attribution(event));
    faults.extend(evidence(&event.evidence));
    let sure = (0.0..=1.0).contains(&event.confidence);
    faults.extend(unless(sure, "confidence", || "is no number from 0 to 1".to_owned()));
    let each = event.approximate.iter().enumerate();
    faults.extend(each.filter_map(|(n, name)| among(format!("approximate[{n}]"), Some(name), &NUMBERS)));
    faults
}

fn parties(field: &str, actors: &[Actor]) -> Vec<Fault> {
    let each = actors.iter().enumerate().flat_map(|(n, actor)| {
        [
            code(format!("{field}[{n}].code"), actor.code.as_deref()),
            sector(format!("{field}[{n}].sector"), actor.sector.as_deref()),
            forward(format!("{field}[{n}]"), actor.span),
        ]
    });
    each.flatten().collect()
}

fn forward(path: String, span: Span) -> Option<Fault> {
    unless(span.start <= span.end, path + ".end", || format!("{} is before the start", span.end))
}

/// Modes, quad code and scale are those of the category, and it has the recipient that it needs.
fn category(event: &Event) -> Vec<Fault> {
    let Some(category) = Category::from_name(&event.event) else {
        return vec![Fault::at("event", format!("{:?} is no category of PLOVER 0.8", event.event))];
    };
    let mut faults = modes(category, &event.mode, &[]);
    let (quad, expected) = (f64::from(event.quad), f64::from(category.quad()));
    let lonely = category.needs_recipient() && event.recipient.is_empty();
    let scale = category.scale(&event.mode);
    faults.extend(equal("quad", quad, expected, "the quad code of the category"));
    faults.extend(equal("scale", event.scale, scale, "PLOVER's score of category and mode"));
    faults.extend(unless(!lonely, "recipient", || format!("is empty, though {category} needs one")));
    faults
}

fn goldstein(event: &Event) -> Option<Fault> {
    match cameo_exact(&event.cameo) {
        None => Some(Fault::at("cameo", format!("{:?} is no code of CAMEO", event.cameo))),
        Some(code) => equal("goldstein", event.goldstein, code.goldstein, "Goldstein's score of the code"),
    }
}

fn dates(date: &EventDate) -> Vec<Fault> {
    let (start, end) = (date.start.as_deref(), date.end.as_deref());
    let dated = start.is_some() || end.is_some();
    let matching = date.granularity.is_some() == dated;
    let one_day = date.granularity.as_deref() != Some("day") || start == end;
    [
        day("date.start", start),
        day("date.end", end),
        in_order("date.end", start, end),
        among("date.granularity", date.granularity.as_deref(), &GRANULARITIES),
        unless(matching, "date.granularity", || "must be null where the date is, and only there".to_owned()),
        unless(one_day, "date.granularity", || "is day, but start and end are two".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn place(place: &EventPlace) -> Vec<Fault> {
    let mut faults = point("place", place.lat, place.lon);
    faults.extend(code("place.country".to_owned(), place.country.as_deref()));
    faults.extend(among("place.resolution", place.resolution.as_deref(), &LEVELS));
    faults.extend(forward("place".to_owned(), place.words.span));
    faults
}

fn attribution(event: &Event) -> Vec<Fault> {
    let each = event.attribution.iter().enumerate().flat_map(|(n, link)| {
        let path = |name: &str| format!("attribution[{n}]{name}");
        [
            among(path(".role"), Some(&link.role), &ROLES),
            code(path(".code"), link.code.as_deref()),
            sector(path(".sector"), link.sector.as_deref()),
            forward(path(""), link.span),
        ]
    });
    each.flatten().collect()
}

/// The words are as long as their stretch, and the trigger is among them.
fn evidence(evidence: &Evidence) -> Vec<Fault> {
    let (all, trigger) = (evidence.span, evidence.trigger.span);
    let length = all.end.saturating_sub(all.start);
    let inside = all.start <= trigger.start && trigger.end <= all.end;
    [
        forward("evidence".to_owned(), all),
        forward("evidence.trigger".to_owned(), trigger),
        unless(inside, "evidence.trigger", || "is not within the evidence".to_owned()),
        unless(evidence.text.chars().count() == length, "evidence.text", || {
            format!("has not the {length} characters between start and end")
        }),
        not_empty("evidence.rule", &evidence.rule),
    ]
    .into_iter()
    .flatten()
    .collect()
}
