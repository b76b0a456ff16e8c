//! The record of what was read: documents, their reports and the events merged from these, in one SQLite file.
//!
//! A store is written by one program at a time and read by any number. Whatever interrupts a writer, the file opens
//! again and holds whole documents; reports that were not merged yet wait and say so. `schema/` describes the tables,
//! and views with plain names (`documents`, `sentences`, `reports`, `events`, `dyad_month`) serve other programs.

mod change;
mod check;
mod days;
mod decide;
mod dyad;
mod entry;
mod error;
mod export;
mod filter;
mod link;
mod merge;
mod network;
mod open;

pub use change::{Change, Known};
pub use check::Flaw;
pub use decide::{Decided, Undecided};
pub use dyad::Found;
pub use entry::{Entry, fingerprint};
pub use error::Error;
pub use export::Size;
pub use filter::{Filter, Who};
pub use network::{Active, Parties};
pub use open::Store;
