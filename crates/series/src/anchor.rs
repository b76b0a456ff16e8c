//! Names of reports that outlive a change of rules: where in the document the act stands, and not how it is coded.

use chancery_ontology::Category;
use chancery_record::Event;
use std::collections::BTreeMap;

use crate::features::root;

/// The anchor of each report of one document: sixteen hexadecimal digits, unique in the document.
///
/// It is made of the document's identifier, the category and where the trigger stands; reports that share all three
/// are numbered in the order of their identifiers.
pub fn anchors(document: &str, reports: &[Event]) -> Vec<String> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|&a, &b| reports[a].id.cmp(&reports[b].id));
    let mut seen: BTreeMap<(&str, usize, usize), u32> = BTreeMap::new();
    let mut anchors = vec![String::new(); reports.len()];
    for index in order {
        let report = &reports[index];
        let category = Category::from_name(&report.event).map_or("", |category| root(category).name());
        let trigger = report.evidence.trigger.span;
        let number = seen.entry((category, trigger.start, trigger.end)).or_default();
        let text = format!("{document}\0{category}\0{}\0{}\0{number}", trigger.start, trigger.end);
        anchors[index] = format!("{:016x}", hash(&text));
        *number += 1;
    }
    anchors
}

/// FNV-1a, 64 bits, mixed at the end.
fn hash(text: &str) -> u64 {
    let fnv = fnv(text.bytes());
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

/// A number that changes when any of the bytes does: FNV-1a, 64 bits (Fowler, Noll and Vo 1991).
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
