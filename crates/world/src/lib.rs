//! Who is who: states, bodies, persons and role words, found in a text by name and placed by date.
//!
//! ```
//! use chancery_world::World;
//!
//! let world = World::builtin();
//! let text = "The Kremlin said";
//! let (length, entries) = world.name_at(text, 4).expect("a seat of government");
//! assert_eq!(&text[4..4 + length], "Kremlin");
//! let held = world.held_on(entries[0], None).expect("an affiliation");
//! assert_eq!(held.office.code, "RUS");
//! ```
//!
//! The tables stand in `data/world`, plain text that is checked and compiled at build. Texts are searched in
//! their normalised view ([`chancery_text::View`]); names are folded the same way.

mod compile;
mod coverage;
mod world;

pub use compile::fault::Fault;
pub use compile::model::{Entry, EntryId, Kind, Office, Role, RoleKind, SECTORS, WIDER};
pub use coverage::{Coverage, coverage, report};
pub use world::{Held, World};
