//! Documents, spans and the normalised view of a text: what every later stage points into.
//!
//! Nothing here does I/O. A [`Span`] always indexes the *original* text in bytes;
//! [`CodePoints`] turns it into the code-point offsets that records carry.

mod document;
mod offsets;
mod view;

pub use document::{Document, Pair};
pub use offsets::{CodePoints, Span};
pub use view::View;
