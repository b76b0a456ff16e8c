//! Ctrl-C: the first asks the run to come to an end in good order, the second ends the program at once.

use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

/// Status of a program that was interrupted: 128 and the number of the signal.
pub const STATUS: i32 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Begins to listen. What is returned becomes true when the user wants an end.
pub fn listen() -> anyhow::Result<&'static AtomicBool> {
    let heard = || {
        if ASKED.swap(true, Ordering::Relaxed) {
            exit(STATUS);
        }
    };
    ctrlc::set_handler(heard).context("cannot listen for interrupts")?;
    Ok(&ASKED)
}

/// Whether the user has asked for an end.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
