//! Progress on standard error, where somebody may be watching and the output does not show it itself.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use chancery_reader::{Input, total_bytes};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::tally::Tally;

/// A bar that shows itself with the second document.
pub struct Progress {
    bar: ProgressBar,
    watched: bool,
    start: Instant,
}

impl Progress {
    /// A bar for these inputs; hidden where nobody watches, or where nobody wants it.
    pub fn new(inputs: &[Input], quiet: bool) -> Progress {
        let watched = stderr().is_terminal() && !quiet;
        let bar = if watched { bar(total_bytes(inputs)) } else { ProgressBar::hidden() };
        Progress { bar, watched, start: Instant::now() }
    }

    /// Shows what was done, `before` of it by earlier runs, now that so many more bytes of input are.
    pub fn show(&self, tally: &Tally, before: &Tally, bytes: u64) {
        if !self.watched {
            return;
        }
        self.bar.inc(bytes);
        if tally.documents == before.documents + 2 {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
        let speed = (tally.words - before.words) as f64 / self.start.elapsed().as_secs_f64().max(0.001);
        let mut message =
            format!("{} documents, {speed:.0} words/s, {} records", tally.documents, tally.records);
        if tally.errors > 0 {
            message.push_str(&format!(", {} errors", tally.errors));
        }
        self.bar.set_message(message);
    }

    /// Writes a line to standard error, above the bar.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let template = match total {
        Some(_) => "{msg} {wide_bar} {bytes} of {total_bytes}, {eta} left",
        None => "{spinner} {msg}, {bytes}, {elapsed}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()).with_style(style)
}
