//! Linked reports gathered into events.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::compare::SURE;
use crate::links::Link;

/// What somebody decided by hand about two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// They tell one event.
    Together(usize, usize),
    /// They tell two.
    Apart(usize, usize),
}

/// Mean score between the reports of two groups that makes them one; those without a link count as 0.
pub(crate) const ENOUGH: u64 = 400_000;

/// Groups `count` reports by their links: average-linkage clustering (Sokal and Michener 1958), the surest first.
///
/// Reports are numbered in an order of their own that decides between equals, so the result depends on the set alone.
/// Groups come in order of their first report, each sorted. What is decided by hand comes before everything else; of
/// two decisions that contradict each other, `Apart` holds.
pub fn clusters(count: usize, links: &[Link], decisions: &[Decision]) -> Vec<Vec<usize>> {
    let mut gathering = Gathering::new(count, links, decisions);
    for decision in decisions {
        if let Decision::Together(a, b) = *decision {
            gathering.join(a, b);
        }
    }
    while let Some((a, b)) = gathering.next() {
        gathering.merge(a, b);
    }
    gathering.groups.into_iter().flatten().map(|group| group.members).collect()
}

struct Group {
    members: Vec<usize>,
    /// Sum of the scores of links to other groups, by the group's number.
    near: BTreeMap<usize, u64>,
    /// Groups that must stay apart.
    apart: BTreeSet<usize>,
}

struct Gathering {
    /// By the number of the first report; `None` when merged into another.
    groups: Vec<Option<Group>>,
    /// The group of each report.
    of: Vec<usize>,
    /// What may be merged, the surest first; entries of groups that have changed are stale.
    queue: BinaryHeap<(u64, Reverse<(usize, usize)>)>,
}

impl Gathering {
    fn new(count: usize, links: &[Link], decisions: &[Decision]) -> Gathering {
        let alone = |n| Group { members: vec![n], near: BTreeMap::new(), apart: BTreeSet::new() };
        let mut groups: Vec<Group> = (0..count).map(alone).collect();
        for &Link { a, b, score } in links {
            groups[a].near.insert(b, u64::from(score));
            groups[b].near.insert(a, u64::from(score));
        }
        for decision in decisions {
            if let Decision::Apart(a, b) = *decision {
                groups[a].apart.insert(b);
                groups[b].apart.insert(a);
            }
        }
        let groups = groups.into_iter().map(Some).collect();
        let mut gathering = Gathering { groups, of: (0..count).collect(), queue: BinaryHeap::new() };
        (0..count).for_each(|group| gathering.enqueue(group));
        gathering
    }

    /// Merges the groups of two reports whatever their scores, unless something keeps them apart.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if a != b && !self.apart(a, b) {
            self.merge(a, b);
        }
    }

    fn apart(&self, a: usize, b: usize) -> bool {
        self.groups[a].as_ref().is_some_and(|group| group.apart.contains(&b))
    }

    /// Mean score between two groups; 0 if one is gone or nothing links them.
    fn mean(&self, a: usize, b: usize) -> u64 {
        let (Some(one), Some(other)) = (&self.groups[a], &self.groups[b]) else { return 0 };
        let pairs = (one.members.len() * other.members.len()) as u64;
        one.near.get(&b).map_or(0, |sum| sum / pairs)
    }

    fn enqueue(&mut self, group: usize) {
        let Some(one) = &self.groups[group] else { return };
        let others: Vec<usize> = one.near.keys().copied().collect();
        for other in others {
            let (a, b) = (group.min(other), group.max(other));
            let mean = self.mean(a, b);
            if mean >= ENOUGH && !self.apart(a, b) {
                self.queue.push((mean, Reverse((a, b))));
            }
        }
    }

    /// The two groups that are surest to be one.
    fn next(&mut self) -> Option<(usize, usize)> {
        while let Some((mean, Reverse((a, b)))) = self.queue.pop() {
            if self.mean(a, b) == mean && !self.apart(a, b) {
                return Some((a, b));
            }
        }
        None
    }

    /// Merges `b` into `a`, the group with the lower number.
    fn merge(&mut self, a: usize, b: usize) {
        let Some(gone) = self.groups[b].take() else { return };
        gone.members.iter().for_each(|&report| self.of[report] = a);
        for (&other, &sum) in &gone.near {
            self.relink(other, a, b, sum);
        }
        for &other in &gone.apart {
            if let Some(other) = &mut self.groups[other] {
                other.apart.remove(&b);
                other.apart.insert(a);
            }
        }
        if let Some(group) = &mut self.groups[a] {
            group.near.remove(&b);
            group.members.extend(gone.members);
            group.members.sort_unstable();
            group.apart.extend(gone.apart);
        }
        self.enqueue(a);
    }

    /// What linked `other` with `b` links it with `a`.
    fn relink(&mut self, other: usize, a: usize, b: usize, sum: u64) {
        if other == a {
            return;
        }
        if let Some(other) = &mut self.groups[other] {
            other.near.remove(&b);
            *other.near.entry(a).or_default() += sum;
        }
        if let Some(group) = &mut self.groups[a] {
            *group.near.entry(other).or_default() += sum;
        }
    }
}

const _: () = assert!(ENOUGH < SURE as u64);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Score;

    fn link(a: usize, b: usize, score: Score) -> Link {
        Link { a, b, score }
    }

    #[test]
    fn the_surest_are_gathered_first() {
        let links = [link(0, 1, 900_000), link(1, 2, 500_000), link(2, 3, 950_000)];
        assert_eq!(clusters(5, &links, &[]), [vec![0, 1], vec![2, 3], vec![4]]);
    }

    #[test]
    fn a_chain_is_not_one_event() {
        let chain: Vec<Link> = (0..9).map(|n| link(n, n + 1, 600_000)).collect();
        assert!(clusters(10, &chain, &[]).iter().all(|group| group.len() <= 2));
    }

    #[test]
    fn a_hand_joins_and_splits() {
        let links = [link(0, 1, 700_000)];
        let together = [Decision::Together(1, 2)];
        assert_eq!(clusters(3, &links, &together), [vec![0], vec![1, 2]]);
        assert_eq!(clusters(3, &links, &[Decision::Apart(0, 1)]), [vec![0], vec![1], vec![2]]);
        let both = [Decision::Together(0, 1), Decision::Apart(0, 1)];
        assert_eq!(clusters(2, &[], &both), [vec![0], vec![1]]);
    }

    #[test]
    fn what_is_kept_apart_stays_so_when_groups_grow() {
        let links = [link(0, 1, 990_000), link(1, 2, 900_000), link(0, 2, 900_000)];
        assert_eq!(clusters(3, &links, &[Decision::Apart(0, 2)]), [vec![0, 1], vec![2]]);
    }
}
