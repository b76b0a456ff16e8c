//! The table of names: open addressing over hashes, and behind it the holders of each name.

use std::cmp::Reverse;

use super::Place;
use crate::fold::{hash, slot_of};
use crate::layout::{KIND_BITS, LAST, NONE, NameKind, SLOT};

/// Slots and holders of the names.
pub fn build(mut names: Vec<(String, u32, NameKind)>, places: &[Place]) -> (Vec<u8>, Vec<u8>) {
    let rank = |place: u32| Reverse(places[place as usize].population);
    names.sort_by(|a, b| (&a.0, a.2, rank(a.1), a.1).cmp(&(&b.0, b.2, rank(b.1), b.1)));
    // A place has a name in one way only, the best.
    let mut held = std::collections::BTreeSet::new();
    names.retain(|(name, place, kind)| held.insert((name.clone(), *place, *kind >= NameKind::LocalOutlet)));
    let groups: Vec<&[(String, u32, NameKind)]> = names.chunk_by(|a, b| a.0 == b.0).collect();
    let size = groups.len() * 4 / 3 + 2;
    let mut slots = vec![(0u32, NONE); size];
    let mut holders: Vec<u32> = Vec::with_capacity(names.len());
    for group in groups {
        let hash = hash(&group[0].0);
        let mut at = slot_of(hash, size);
        while slots[at].1 != NONE {
            at = (at + 1) % size;
        }
        slots[at] = (hash as u32, holders.len() as u32);
        holders.extend(group.iter().map(|(_, place, kind)| place | (*kind as u32) << KIND_BITS));
        if let Some(last) = holders.last_mut() {
            *last |= LAST;
        }
    }
    (bytes_of(slots.into_iter().flat_map(|(half, start)| [half, start]), size * SLOT), bytes_of(holders, 0))
}

fn bytes_of(numbers: impl IntoIterator<Item = u32>, capacity: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(capacity);
    numbers.into_iter().for_each(|n| bytes.extend(n.to_le_bytes()));
    bytes
}
