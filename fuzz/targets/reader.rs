//! Any bytes as a file of the format that the variable `FORMAT` names, or of the one that they look like.
#![no_main]

use std::sync::LazyLock;

use chancery_reader::{Format, Input, Options, documents};
use libfuzzer_sys::fuzz_target;

static FORMAT: LazyLock<Option<Format>> = LazyLock::new(|| {
    let name = std::env::var("FORMAT").ok()?;
    let known = Format::ALL.iter().find(|(known, ..)| *known == name);
    Some(known.unwrap_or_else(|| panic!("there is no format {name}")).1)
});

fuzz_target!(|bytes: &[u8]| {
    let options = Options { format: *FORMAT, most_bytes: 1 << 20, ..Options::default() };
    for raw in documents(vec![Input::Memory("fuzz".to_owned(), bytes.into())], options).flatten() {
        if let Ok(document) = raw.ready() {
            assert!(document.text.len() <= 1 << 20);
        }
    }
});
