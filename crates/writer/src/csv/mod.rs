//! CSV: one row per event, one column per field of the record, flat.
//!
//! What is a list in the record is one cell, its items joined by `;`: the first of `actor_code` belongs to the first
//! of `actor_name`. A list within a list is joined by `|`. In such cells `\` stands before a `;`, `|` or `\` that is
//! part of an item. A cell is empty for null, for an empty text and for an empty list.

mod columns;
mod read;
mod write;

pub use self::columns::{CsvColumn, csv_columns};
pub use self::read::{read_csv, validate_csv};
pub use self::write::{csv, csv_head};

/// Between the items of a list, and between those of a list within it.
const JOINTS: [char; 2] = [';', '|'];
/// Before a joint, or one of these, that is part of an item.
const ESCAPE: char = '\\';
