//! Which reports are worth comparing, and which of them belong together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chancery_ontology::Category;
use jiff::civil::Date;

use crate::anchor::fnv;
use crate::cluster::ENOUGH;
use crate::compare::{Score, WEIGHTS, score};
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

/// From this share of common words on, two documents may tell one story.
const ONE_STORY: f64 = 0.05;

/// A link as sure as this one joins its reports whatever else they are linked with.
const FIRM: Score = 900_000;

/// How many of a report's links count besides, the surest first; of equals, those whose anchors come first.
const NEAREST: usize = 5;

/// Of a report's links, in order, those that it holds to. A link counts if both ends hold to it: on busy days everything
/// resembles something else a little, and all reports of a war would hang together.
pub fn held<T>(links: impl IntoIterator<Item = (Score, T)>) -> impl Iterator<Item = T> {
    let held = |(n, (score, _)): &(usize, (Score, T))| *n < NEAREST || *score >= FIRM;
    links.into_iter().enumerate().take_while(held).map(|(_, (_, other))| other)
}

/// The links that count, of all those between some reports with these anchors.
pub fn firm(links: &[Link], anchors: &[&str]) -> Vec<Link> {
    let mut ends: Vec<Vec<(Reverse<Score>, &str, usize)>> = vec![Vec::new(); anchors.len()];
    for link in links {
        ends[link.a].push((Reverse(link.score), anchors[link.b], link.b));
        ends[link.b].push((Reverse(link.score), anchors[link.a], link.a));
    }
    let holds: Vec<BTreeSet<usize>> = ends
        .into_iter()
        .map(|mut ends| {
            ends.sort_unstable();
            held(ends.into_iter().map(|(Reverse(score), _, other)| (score, other))).collect()
        })
        .collect();
    let counts = |link: &&Link| holds[link.a].contains(&link.b) && holds[link.b].contains(&link.a);
    links.iter().filter(counts).copied().collect()
}

/// A number that changes when reports are compared by other weights or bounds: links made before are then to be made anew.
pub fn method() -> i64 {
    let bounds = format!("{LEAST} {ENOUGH} {ONE_STORY} {FIRM} {NEAREST} {WEIGHTS}");
    fnv(bounds.bytes()) as i64
}

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
    /// Whether it waits under the code of a party of its own.
    own: bool,
    /// How many codes its own parties have.
    codes: usize,
}

/// What a key tells of two reports that have it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    /// A code that is not both reports' own.
    Nothing,
    /// One of several codes.
    Some,
    /// The only code that one of them has.
    All,
}

fn shared(own: bool, codes: usize) -> Shared {
    match (own, codes) {
        (false, _) => Shared::Nothing,
        (true, ..=1) => Shared::All,
        (true, _) => Shared::Some,
    }
}

type Key<'a> = (Category, Sort, &'a str);

/// Pairs of one kind that may share a day, each once: those that share the codes of both sides, or the only one there is,
/// and of the others those of one story.
fn candidates<'a>(
    reports: &'a [Features],
    wanted: &'a impl Fn(usize, usize) -> bool,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let dated = reports.iter().enumerate().filter_map(|(index, r)| r.reach().map(|reach| (reach, index)));
    let mut order: Vec<((Date, Date), usize)> = dated.collect();
    order.sort_unstable();
    let mut waiting: BTreeMap<Key<'a>, Vec<Waiting>> = BTreeMap::new();
    let met = order.into_iter().flat_map(move |((first, last), index)| {
        let mut met: Vec<(usize, Shared)> = Vec::new();
        let (category, sort) = reports[index].group();
        let keys = reports[index].keys();
        let own_codes = keys.iter().filter(|(_, own)| *own).count();
        for (code, own) in keys {
            let others = waiting.entry((category, sort, code)).or_default();
            others.retain(|other| other.last >= first);
            let known = others.iter().filter(|other| wanted(other.index, index));
            met.extend(
                known.map(|other| (other.index, shared(own && other.own, own_codes.min(other.codes)))),
            );
            others.push(Waiting { index, last, own, codes: own_codes });
        }
        met.sort_unstable();
        let near = |some: &[(usize, Shared)]| {
            let codes = some.iter().filter(|(_, shared)| *shared != Shared::Nothing).count();
            codes > 1 || some.iter().any(|(_, shared)| *shared == Shared::All)
        };
        let groups = met.chunk_by(|a, b| a.0 == b.0);
        let kept = groups.filter(|some| near(some) || one_story(&reports[some[0].0], &reports[index]));
        kept.map(|some| (some[0].0, index)).collect::<Vec<_>>()
    });
    met.chain(undated(reports, wanted))
}

fn one_story(a: &Features, b: &Features) -> bool {
    a.story.jaccard(&b.story) >= ONE_STORY
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
