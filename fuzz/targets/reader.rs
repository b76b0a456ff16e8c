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

/// Panics of libraries are caught, so only those of our own code count; libFuzzer's hook would end at each.
static HOOK: LazyLock<()> = LazyLock::new(|| {
    std::panic::set_hook(Box::new(|panic| {
        if panic
            .location()
            .is_none_or(|at| !at.file().contains("/registry/src/") && !at.file().starts_with("/rustc/"))
        {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
});

/// Rows that are asked of an input: a few bytes may rightly tell of millions that are empty.
const MOST_ROWS: usize = 100_000;

fuzz_target!(|bytes: &[u8]| {
    LazyLock::force(&HOOK);
    let options = Options { format: *FORMAT, most_bytes: 1 << 20, ..Options::default() };
    let rows = documents(vec![Input::Memory("fuzz".to_owned(), bytes.into())], options).take(MOST_ROWS);
    for raw in rows.flatten() {
        if let Ok(document) = raw.ready() {
            assert!(document.text.len() <= 1 << 20);
        }
    }
});
