//! JSONL: one record a line.

use std::io::{self, Write};

use serde::Serialize;

/// Writes each record as one line of JSON.
///
/// # Errors
/// Those of `out`.
pub fn jsonl<T: Serialize>(out: &mut impl Write, records: &[T]) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
