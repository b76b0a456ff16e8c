//! One request at a time to a host, with a pause between.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Problem;

/// When a host may be asked again.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    free: Option<Instant>,
    closed: Option<Problem>,
}

impl Pace {
    /// Waits until the host may be asked, or says why it may not for the rest of the run.
    pub(crate) fn wait(&self) -> Result<(), Problem> {
        if let Some(problem) = &self.closed {
            return Err(problem.clone());
        }
        if let Some(free) = self.free {
            sleep(free.saturating_duration_since(Instant::now()));
        }
        Ok(())
    }

    /// Keeps the host from being asked before the pause is over, counted from now.
    pub(crate) fn pause(&mut self, pause: Duration) {
        self.free = Instant::now().checked_add(pause);
    }

    /// Leaves the host alone.
    pub(crate) fn close(&mut self, problem: Problem) {
        self.closed = Some(problem);
    }
}

/// Something for each host, made when it is first asked for.
pub(crate) type Table<T> = Mutex<HashMap<String, Arc<T>>>;

/// The entry of a key.
pub(crate) fn entry<T: Default>(table: &Table<T>, key: &str) -> Arc<T> {
    held(table).entry(key.to_owned()).or_default().clone()
}

/// The value behind a lock. A thread that panicked leaves nothing half-done behind these locks.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
