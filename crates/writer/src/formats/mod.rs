//! The formats of other event data sets: what goes into them, and what each leaves out knowingly (docs/formats.md).
//!
//! A row depends on nothing but its document and event: no clock, no memory of other documents.

mod cells;
mod date;
mod dyads;
mod format;
mod gdelt;
mod icews;
mod mentions;
mod petrarch;
mod place;
mod plover;
mod polecat;

pub use format::{Format, recognise};
pub use gdelt::{GDELT1_COLUMNS, GDELT2_COLUMNS, gdelt1, gdelt2};
pub use icews::{ICEWS_COLUMNS, icews, icews_head};
pub use mentions::{MENTIONS_COLUMNS, mentions};
pub use petrarch::{PETRARCH_COLUMNS, petrarch};
pub use plover::plover;
pub use polecat::{POLECAT_COLUMNS, polecat, polecat_head};

pub(crate) use date::{fraction, is_day};
pub(crate) use gdelt::quad_of_root;
pub(crate) use plover::record::{CiteInfo, Entity, Location, Plover, Size, TextInfo};
pub(crate) use polecat::quad_name;

use chancery_record::{Event, Status};

/// Why a format has no row for an event; `None` where it has one.
///
/// The formats with a row per deed have no field that says that something is only planned, or denied; and all but JSONL
/// need a day.
pub fn left_out(format: Format, event: &Event) -> Option<&'static str> {
    let gdelt = matches!(format, Format::Gdelt1 | Format::Gdelt2 | Format::Mentions);
    match format {
        Format::Jsonl => None,
        _ if date::day(event).is_none() => Some("has no date, and its document neither"),
        Format::Plover => None,
        _ if !matches!(event.status, Status::Occurred | Status::Historical) => Some("did not happen"),
        _ if gdelt && event.date_published.is_none() => Some("its document has no date"),
        _ if date::deed_day(event).is_none() => Some("nobody knows when it happened"),
        _ => None,
    }
}

/// The events that a format has rows for.
fn kept(format: Format, events: &[Event]) -> impl Iterator<Item = &Event> {
    events.iter().filter(move |event| left_out(format, event).is_none())
}
