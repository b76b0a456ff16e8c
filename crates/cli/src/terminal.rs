//! What the standard output is: a terminal of some width with or without colours, or something else.

use std::env::var_os;
use std::io::{IsTerminal, stdout};
use std::thread::available_parallelism;

use chancery_writer::Page;

use crate::args::{Color, Global};
use crate::output::Output;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 100;

/// The widest line that is read with ease.
const WIDEST: usize = 140;

/// Whether records go to a terminal.
pub fn is_terminal(output: &Output) -> bool {
    output.is_stdout() && stdout().is_terminal()
}

/// Threads to work with: those asked for, else one a core.
pub fn threads(global: &Global) -> usize {
    global.threads.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from)
}

/// The page to write on.
pub fn page(output: &Output, global: &Global) -> Page {
    let terminal = is_terminal(output);
    let columns = terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
    let width = columns.filter(|&columns| terminal && columns > 0).unwrap_or(WIDTH).min(WIDEST);
    let colour = match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !is_plain(),
    };
    Page { width, colour }
}

/// Whether the user or the terminal wants no colours.
fn is_plain() -> bool {
    let no_color = var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    no_color || var_os("TERM").is_some_and(|value| value == "dumb")
}
