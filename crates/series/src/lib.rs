//! One event from many reports, and how two actors stand to each other over time; pure functions without input or output.
//!
//! Reports are compared in pairs ([`links`]), linked ones are gathered into events ([`clusters`]), and what the reports
//! of an event agree on becomes its record ([`merged`]). All three depend on the set of reports and not on their order.

mod anchor;
mod bootstrap;
mod cluster;
mod compare;
mod facts;
mod features;
mod gather;
mod links;
mod merged;
mod network;
mod panel;
mod period;
mod reciprocity;
mod relate;
mod turning;
mod vote;
mod words;

pub use anchor::{anchors, fnv};
pub use cluster::{Decision, clusters};
pub use compare::{Evidence, SURE, Score, evidence, score};
pub use facts::{bears_on_facts, facts};
pub use features::{Features, Sort, Story, sort_of};
pub use gather::gather;
pub use links::{Link, firm, held, links, method};
pub use merged::{Member, merged, order};
pub use network::Acts;
pub use panel::{Panel, PanelActs, PanelOptions};
pub use period::By;
pub use relate::{Act, Series, SeriesOptions, series};
pub use words::Words;
