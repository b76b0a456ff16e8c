//! The objects of PLOVER 0.8, after the chapter "Data Fields" of its manual: the only place that spells their fields.

use serde::{Deserialize, Serialize};

/// An event. What Chancery does not write is there for files of others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Plover {
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) has_event: Option<serde_json::Value>,
    pub(crate) date: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) enddate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) endtime: Option<String>,
    pub(crate) actor: Vec<Entity>,
    pub(crate) recipient: Vec<Entity>,
    pub(crate) event: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) event_loc: Option<Location>,
    pub(crate) event_text: Vec<String>,
    pub(crate) quad_code: u8,
    pub(crate) event_scale: f64,
    pub(crate) mode: Vec<String>,
    pub(crate) context: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) size: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) link: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) text_info: Option<TextInfo>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) cite_info: Option<CiteInfo>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) coder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) coded_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) coded_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) comment: Option<String>,
}

/// A party; `null` where code or sector are unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entity {
    pub(crate) code: Option<String>,
    pub(crate) sector: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) entity_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) identifier_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) identifier_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) religion: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) ethnicity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) office: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) gender: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) age: Option<serde_json::Value>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Location {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) extracted_place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) resolved_place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) geonameid: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) district: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) province: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) feature_class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) feature_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) resolution: Option<u8>,
}

/// The words in the story: number of the sentence from 1, first code point and the one after the last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TextInfo {
    pub(crate) sequence: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) text_story: Option<String>,
}

/// How many people were harmed or arrested.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Size {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) dead: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) injured: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) arrested: Option<u64>,
}

/// Where the story was published and who coded it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CiteInfo {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) corpus: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) publication: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) copyright: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) coder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) codebook: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) version: Option<String>,
}
