//! What PLOVER objects must be.

use std::sync::LazyLock;

use chancery_ontology::{AUXILIARY_MODES, Category};
use serde_json::{Value, json};

use super::shape::Shape;
use super::value::{code, contexts, day, equal, in_order, modes, not_empty, point, sector, unless};
use super::{Checked, Fault};
use crate::formats::{CiteInfo, Entity, Location, Plover, Size, TextInfo};

/// Checks an object.
pub(super) fn check(line: &str) -> Checked {
    match SHAPE.read::<Plover>(line) {
        Err(faults) => Checked { faults, key: None },
        Ok(record) => Checked { faults: meaning(&record), key: Some(("id", record.id)) },
    }
}

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    let samples = [full(), least(), sparse()].map(|sample| json!(sample));
    Shape::of(&samples.each_ref())
});

fn meaning(record: &Plover) -> Vec<Fault> {
    let mut faults: Vec<Fault> = [
        not_empty("id", &record.id),
        day("date", Some(&record.date)),
        day("enddate", record.enddate.as_deref()),
        in_order("enddate", Some(&record.date), record.enddate.as_deref()),
        day("coded_date", record.coded_date.as_deref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    faults.extend(parties("actor", &record.actor));
    faults.extend(parties("recipient", &record.recipient));
    faults.extend(categories(record));
    faults.extend(contexts(&record.context));
    faults.extend(record.event_loc.iter().flat_map(location));
    faults.extend(record.text_info.as_ref().and_then(stretch));
    faults
}

fn parties(field: &str, parties: &[Entity]) -> Vec<Fault> {
    let each = parties.iter().enumerate().flat_map(|(n, party)| {
        [
            code(format!("{field}[{n}].code"), party.code.as_deref()),
            sector(format!("{field}[{n}].sector"), party.sector.as_deref()),
        ]
    });
    each.flatten().collect()
}

/// Categories are PLOVER's; the first decides modes, quad code, scale and whether there must be a recipient.
fn categories(record: &Plover) -> Vec<Fault> {
    let each = record.event.iter().enumerate();
    let strays = each.filter_map(|(n, name)| {
        let known = Category::from_name(name).is_some();
        unless(known, format!("event[{n}]"), || format!("{name:?} is no category of PLOVER 0.8"))
    });
    let mut faults: Vec<Fault> = strays.collect();
    match record.event.first().map(|name| Category::from_name(name)) {
        None => faults.push(Fault::at("event", "names no category")),
        Some(Some(category)) => faults.extend(agreement(record, category)),
        Some(None) => {}
    }
    faults
}

fn agreement(record: &Plover, category: Category) -> Vec<Fault> {
    let quad = (f64::from(record.quad_code), f64::from(category.quad()));
    let lonely = category.needs_recipient() && record.recipient.is_empty();
    let mut faults = modes(category, &record.mode, &AUXILIARY_MODES);
    let scale = category.scale(&record.mode);
    faults.extend(equal("quad_code", quad.0, quad.1, "the quad code of the category"));
    faults.extend(equal("event_scale", record.event_scale, scale, "PLOVER's score of category and mode"));
    faults.extend(unless(!lonely, "recipient", || format!("is empty, though {category} needs one")));
    faults
}

fn location(place: &Location) -> Vec<Fault> {
    let mut faults = point("event_loc", place.lat, place.lon);
    faults.extend(code("event_loc.country_code".to_owned(), place.country_code.as_deref()));
    let known = place.resolution.is_none_or(|n| (1..=5).contains(&n));
    faults.extend(unless(known, "event_loc.resolution", || "is no level, 1 to 5".to_owned()));
    faults
}

fn stretch(text: &TextInfo) -> Option<Fault> {
    unless(text.start <= text.end, "text_info.end", || format!("{} is before the start", text.end))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn full() -> Plover {
    let text = || some("-");
    Plover {
        has_event: Some(Value::Null),
        time: text(),
        enddate: text(),
        endtime: text(),
        actor: vec![entity()],
        recipient: vec![entity()],
        event: vec![String::new()],
        event_loc: Some(place()),
        event_text: vec![String::new()],
        event_scale: 0.5,
        mode: vec![String::new()],
        context: vec![String::new()],
        size: Some(Size { dead: Some(0), injured: Some(0), arrested: Some(0) }),
        link: Some(Value::Null),
        text: text(),
        text_info: Some(TextInfo { text_story: text(), ..TextInfo::default() }),
        cite_info: Some(citation()),
        coder: text(),
        coded_date: text(),
        coded_time: text(),
        comment: text(),
        ..least()
    }
}

fn least() -> Plover {
    Plover {
        actor: vec![Entity::default()],
        recipient: vec![Entity::default()],
        event_scale: 0.5,
        ..Plover::default()
    }
}

/// With objects of which nothing is known.
fn sparse() -> Plover {
    Plover {
        event_loc: Some(Location::default()),
        size: Some(Size::default()),
        text_info: Some(TextInfo::default()),
        cite_info: Some(CiteInfo::default()),
        ..least()
    }
}

fn entity() -> Entity {
    let text = || some("-");
    Entity {
        code: text(),
        sector: text(),
        entity_text: text(),
        identifier_id: text(),
        identifier_text: text(),
        religion: text(),
        ethnicity: text(),
        office: text(),
        gender: text(),
        age: Some(Value::Null),
    }
}

fn place() -> Location {
    let text = || some("-");
    Location {
        extracted_place: text(),
        resolved_place: text(),
        geonameid: Some(0),
        lat: Some(0.5),
        lon: Some(0.5),
        city: text(),
        district: text(),
        province: text(),
        country: text(),
        country_code: text(),
        feature_class: text(),
        feature_code: text(),
        resolution: Some(0),
    }
}

fn citation() -> CiteInfo {
    let text = || some("-");
    CiteInfo {
        corpus: text(),
        citation: text(),
        url: text(),
        title: text(),
        language: text(),
        publication: text(),
        license: text(),
        copyright: text(),
        coder: text(),
        codebook: text(),
        version: text(),
    }
}
