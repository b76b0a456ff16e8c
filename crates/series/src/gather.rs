//! All reports of some documents at once: what a store does step by step.

use crate::{Decision, Features, Member, Story, clusters, firm, links, order};

/// Groups reports, each with its document's story, into events. Groups hold indices into `reports`; a report whose
/// category is none of PLOVER's stands alone.
pub fn gather(reports: &[(Member, Story)], decisions: &[Decision]) -> Vec<Vec<usize>> {
    let mut place: Vec<usize> = (0..reports.len()).collect();
    place.sort_by(|&a, &b| order(&reports[a].0).cmp(&order(&reports[b].0)));
    let features = place.iter().map(|&n| Features::of(&reports[n].0.event, &reports[n].1));
    let (known, features): (Vec<usize>, Vec<Features>) =
        features.enumerate().filter_map(|(n, features)| features.map(|features| (n, features))).unzip();
    let anchors: Vec<&str> = known.iter().map(|&n| reports[place[n]].0.anchor.as_str()).collect();
    let mut links = firm(&links(&features, |_, _| true), &anchors);
    links.iter_mut().for_each(|link| (link.a, link.b) = (known[link.a], known[link.b]));
    let rank = |n: usize| place.iter().position(|&p| p == n).unwrap_or(n);
    let decisions: Vec<Decision> = decisions
        .iter()
        .map(|decision| match *decision {
            Decision::Together(a, b) => Decision::Together(rank(a), rank(b)),
            Decision::Apart(a, b) => Decision::Apart(rank(a), rank(b)),
        })
        .collect();
    let groups = clusters(reports.len(), &links, &decisions);
    groups.into_iter().map(|group| group.into_iter().map(|n| place[n]).collect()).collect()
}
