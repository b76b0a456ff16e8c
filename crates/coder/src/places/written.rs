//! Toponyms and places of events as records.

use chancery_gazetteer::{Gazetteer, Level, PlaceId};
use chancery_record as record;

use super::Toponym;
use crate::tree::Tree;

/// A toponym as a record.
pub fn written(tree: &Tree, gazetteer: &Gazetteer, toponym: &Toponym, words: record::Words) -> record::Place {
    let place = toponym.place().map(|id| gazetteer.place(id));
    record::Place {
        span: words.span,
        text: words.text,
        geonameid: place.and_then(|p| p.geonameid).map(u64::from),
        name: place.map(|p| p.name.to_owned()),
        lat: place.and_then(|p| p.point).map(|p| p.lat),
        lon: place.and_then(|p| p.point).map(|p| p.lon),
        country: place.and_then(|p| p.country()).map(str::to_owned),
        admin1: place.and_then(|p| p.admin1).map(|a| gazetteer.place(a).name.to_owned()),
        admin2: place.and_then(|p| p.admin2).map(|a| gazetteer.place(a).name.to_owned()),
        feature: place.map(|p| p.feature.to_owned()),
        resolution: toponym.place().map(|id| resolution(gazetteer, id).to_owned()),
        r#use: toponym.used.as_str().to_owned(),
        relative: toponym
            .relative
            .clone()
            .map(|tokens| tree.document()[tree.span_of(tokens).range()].to_owned()),
        computed: place.is_some_and(|p| matches!(p.level, Level::Province | Level::District)),
        score: toponym.candidates.first().map(|(_, share)| rounded(*share)),
        basis: toponym.basis.to_owned(),
        candidates: toponym
            .candidates
            .iter()
            .skip(1)
            .map(|(id, share)| candidate(gazetteer, *id, *share))
            .collect(),
    }
}

fn candidate(gazetteer: &Gazetteer, id: PlaceId, share: f64) -> record::PlaceCandidate {
    let place = gazetteer.place(id);
    record::PlaceCandidate {
        geonameid: place.geonameid.map(u64::from),
        name: place.name.to_owned(),
        lat: place.point.map(|p| p.lat),
        lon: place.point.map(|p| p.lon),
        country: place.country().map(str::to_owned),
        admin1: place.admin1.map(|a| gazetteer.place(a).name.to_owned()),
        score: rounded(share),
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// How exactly a place is known.
pub fn resolution(gazetteer: &Gazetteer, id: PlaceId) -> &'static str {
    match gazetteer.place(id).level {
        Level::Country => "country",
        Level::Province => "province",
        Level::District => "district",
        Level::City => "city",
        Level::Site => "site",
        Level::Area => "area",
    }
}
