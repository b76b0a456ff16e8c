//! Writes `docs/columns.md` from the table of fields: `cargo run -p chancery-writer --example columns_page`.

#[path = "columns_page/page.rs"]
mod page;

use std::{fs, io};

fn main() -> io::Result<()> {
    fs::write(page::file(), page::text())
}
