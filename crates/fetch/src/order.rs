//! Work on several hosts at once, with results in the order of the input.

use std::collections::BTreeMap;
use std::sync::{Mutex, mpsc};
use std::thread;

use crate::pace::held;

/// Works on the items, those of one host one after the other, at most `threads` hosts at a time,
/// and hands the results over in the order of the items.
pub(crate) fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    host: impl Fn(&T) -> &str,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R),
) {
    let lanes = lanes(items, host);
    let threads = threads.clamp(1, lanes.len().max(1));
    let queue = Mutex::new(lanes.into_iter());
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (queue, work, sender) = (&queue, &work, sender.clone());
            scope.spawn(move || {
                let next = || held(queue).next();
                for index in std::iter::from_fn(next).flatten() {
                    // The receiver is gone only if `take` has panicked.
                    let _ = sender.send((index, work(&items[index])));
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&next) {
                take(&items[next], result);
                next += 1;
            }
        }
    });
}

/// The items of each host, by their places, in the order in which the hosts are met.
fn lanes<T>(items: &[T], host: impl Fn(&T) -> &str) -> Vec<Vec<usize>> {
    let mut lanes: Vec<Vec<usize>> = Vec::new();
    let mut known = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let lane = *known.entry(host(item)).or_insert(lanes.len());
        if lane == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[lane].push(index);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_threads_gives_the_same_order() {
        let items: Vec<String> = (0..40).map(|n| format!("{}{n}", ["a", "b", "c"][n % 3])).collect();
        for threads in [0, 1, 2, 50] {
            let mut taken = Vec::new();
            in_order(&items, threads, |item| &item[..1], |item| item.clone(), |_, done| taken.push(done));
            assert_eq!(taken, items);
        }
        in_order(&[] as &[String], 4, |item| item, |_| (), |_, ()| unreachable!());
    }
}
