//! Progress on standard error, where somebody may be watching and the output does not show it itself.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use chancery_reader::{Input, total_bytes};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that shows itself with the second document.
pub struct Progress {
    bar: ProgressBar,
    watched: bool,
    documents: u64,
}

impl Progress {
    /// A bar for these inputs; hidden where nobody watches, or where the records go to the same terminal.
    pub fn new(inputs: &[Input], records_are_seen: bool) -> Progress {
        let watched = stderr().is_terminal() && !records_are_seen;
        let bar = if watched { bar(total_bytes(inputs)) } else { ProgressBar::hidden() };
        Progress { bar, watched, documents: 0 }
    }

    /// One more document is done, and so many bytes of input.
    pub fn advance(&mut self, bytes: u64) {
        self.documents += 1;
        self.bar.inc(bytes);
        if self.watched && self.documents == 2 {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
        self.bar.set_message(self.documents.to_string());
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
        Some(_) => "{msg} documents {wide_bar} {bytes} of {total_bytes}, {eta} left",
        None => "{spinner} {msg} documents, {bytes}, {elapsed}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()).with_style(style)
}
