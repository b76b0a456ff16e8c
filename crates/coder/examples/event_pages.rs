//! Writes `docs/events`, one page per PLOVER category, from the rule files: `cargo run -p chancery-coder --example event_pages`.

#[path = "event_pages/pages.rs"]
mod pages;

use std::{fs, io};

fn main() -> io::Result<()> {
    let folder = pages::folder();
    fs::create_dir_all(&folder)?;
    for (name, text) in pages::all() {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
