//! Where documents pass one after the other in the order of the input, whichever threads bring them.

use std::sync::{Condvar, Mutex, PoisonError};

/// Something that is shown every item in order.
pub struct Gate<T> {
    turn: Mutex<(usize, T)>,
    moved: Condvar,
}

impl<T> Gate<T> {
    /// A gate that waits for item 0.
    pub fn new(keeper: T) -> Gate<T> {
        Gate { turn: Mutex::new((0, keeper)), moved: Condvar::new() }
    }

    /// Waits until every item before `number` has passed, and passes. Every number must pass once: threads that take
    /// items in order and bring all of theirs never wait for each other in a circle.
    pub fn pass<R>(&self, number: usize, see: impl FnOnce(&mut T) -> R) -> R {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.moved.wait_while(turn, |(next, _)| *next != number);
        let mut turn = waited.unwrap_or_else(PoisonError::into_inner);
        let result = see(&mut turn.1);
        turn.0 += 1;
        self.moved.notify_all();
        result
    }

    /// Asks the keeper between two items.
    pub fn ask<R>(&self, ask: impl FnOnce(&mut T) -> R) -> R {
        ask(&mut self.turn.lock().unwrap_or_else(PoisonError::into_inner).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_pass_in_order_whatever_the_threads() {
        let gate = Gate::new(Vec::new());
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let gate = &gate;
                scope.spawn(move || (thread..100).step_by(4).for_each(|n| gate.pass(n, |seen| seen.push(n))));
            }
        });
        assert_eq!(gate.ask(std::mem::take), (0..100).collect::<Vec<_>>());
    }
}
