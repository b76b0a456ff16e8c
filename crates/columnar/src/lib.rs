//! Parquet and Arrow files whose counts and lengths are held against their bytes before a library believes them.
//!
//! The libraries reserve memory and count on by what a file says of itself; a made-up file of a kilobyte may say that
//! it has billions of rows. Here is checked what can be checked without unpacking: whatever is said to stand in the
//! file must stand in it, no two parts may be the same bytes, and what few bytes may stand for has a bound that no
//! file of texts or events comes near.

mod arrow;
mod bounds;
mod parquet;
mod shape;
mod thrift;

pub use self::arrow::hold_arrow;
pub use self::parquet::{Held, open_parquet};
