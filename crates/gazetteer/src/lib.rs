//! Places of the earth: names, points, populations and what lies in what.
//!
//! ```
//! use chancery_gazetteer::Gazetteer;
//!
//! let gazetteer = Gazetteer::builtin();
//! let (id, _) = gazetteer.named("Timbuktu").next().expect("a town of Mali");
//! let place = gazetteer.place(id);
//! assert_eq!((place.name, place.country()), ("Timbuktu", Some("MLI")));
//! ```
//!
//! The tables stand in `data/gazetteer`. They are checked and compiled at build into bytes that are read in place, so
//! that loading costs nothing and a look-up one probe.

mod compile;
mod fold;
mod keys;
mod layout;
mod point;
mod stored;

pub use compile::Sources;
pub use fold::{Key, fold};
pub use layout::{Level, NameKind};
pub use point::Point;
pub use stored::{Gazetteer, Place, PlaceId};
