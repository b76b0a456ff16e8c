//! Which of several values most reports give.

use std::collections::BTreeMap;

/// The value with the most weight; of equals, the first in the order of values. Weights are in thousandths, so that sums
/// do not depend on order.
pub fn winner<V: Ord>(votes: impl IntoIterator<Item = (V, u64)>) -> Option<V> {
    let mut sums: BTreeMap<V, u64> = BTreeMap::new();
    for (value, weight) in votes {
        *sums.entry(value).or_default() += weight;
    }
    let mut best: Option<(V, u64)> = None;
    for (value, sum) in sums {
        if best.as_ref().is_none_or(|(_, most)| sum > *most) {
            best = Some((value, sum));
        }
    }
    best.map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_weight_wins_and_then_the_first() {
        assert_eq!(winner([("b", 2), ("a", 1), ("a", 2)]), Some("a"));
        assert_eq!(winner([("b", 2), ("a", 2)]), Some("a"));
        assert_eq!(winner::<u8>([]), None);
    }
}
