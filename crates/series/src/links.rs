//! Which reports are worth comparing, and which of them belong together.

use std::collections::BTreeMap;

use chancery_ontology::Category;
use jiff::civil::Date;

use crate::compare::{Score, score};
use crate::features::{Features, Sort};

/// Two reports that probably tell the same event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Index of one report.
    pub a: usize,
    /// Index of the other, the larger one.
    pub b: usize,
    /// How sure it is.
    pub score: Score,
}

/// Below this, two reports are not linked.
const LEAST: Score = 350_000;

/// Links between reports, of the pairs that are wanted. What comes out for a pair depends on the pair only.
pub fn links(reports: &[Features], wanted: impl Fn(usize, usize) -> bool) -> Vec<Link> {
    let mut links: Vec<Link> = candidates(reports, &wanted)
        .filter_map(|(a, b)| {
            let score = score(&reports[a], &reports[b])?;
            (score >= LEAST).then_some(Link { a: a.min(b), b: a.max(b), score })
        })
        .collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// What is kept of a report while the days pass that others may share with it.
struct Waiting {
    index: usize,
    last: Date,
}

type Key<'a> = (Category, Sort, &'a str);

/// Pairs of one kind that share a party and may share a day, each once.
fn candidates<'a>(
    reports: &'a [Features],
    wanted: &'a impl Fn(usize, usize) -> bool,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let dated = reports.iter().enumerate().filter_map(|(index, r)| r.reach().map(|reach| (reach, index)));
    let mut order: Vec<((Date, Date), usize)> = dated.collect();
    order.sort_unstable();
    let mut waiting: BTreeMap<Key<'a>, Vec<Waiting>> = BTreeMap::new();
    let met = order.into_iter().flat_map(move |((first, last), index)| {
        let mut met = Vec::new();
        let (category, sort) = reports[index].group();
        for code in reports[index].codes() {
            let others = waiting.entry((category, sort, code)).or_default();
            others.retain(|other| other.last >= first);
            met.extend(others.iter().map(|other| other.index).filter(|&other| wanted(other, index)));
            others.push(Waiting { index, last });
        }
        met.sort_unstable();
        met.dedup();
        met.into_iter().map(move |other| (other, index))
    });
    met.chain(undated(reports, wanted))
}

/// Pairs of one document without any date.
fn undated<'a>(
    reports: &'a [Features],
    wanted: &'a impl Fn(usize, usize) -> bool,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut by_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, report) in reports.iter().enumerate().filter(|(_, r)| r.reach().is_none()) {
        by_document.entry(&report.document).or_default().push(index);
    }
    by_document.into_values().flat_map(move |indices| {
        let pairs = indices.iter().enumerate().flat_map(|(n, &a)| indices[..n].iter().map(move |&b| (b, a)));
        let kept = pairs.filter(|&(a, b)| reports[a].group() == reports[b].group() && wanted(a, b));
        kept.collect::<Vec<_>>()
    })
}
