//! Any bytes as a file of the format that the variable `FORMAT` names, or of the one that they look like.
#![no_main]

use std::sync::LazyLock;

use chancery_reader::{Format, Input, Options, documents};
use libfuzzer_sys::fuzz_target;

static FORMAT: LazyLock<Option<Format>> = LazyLock::new(|| match std::env::var("FORMAT").as_deref() {
    Ok("text") => Some(Format::Text),
    Ok("html") => Some(Format::Html),
    Ok("jsonl") => Some(Format::Jsonl),
    Ok("json") => Some(Format::Json),
    Ok("csv") => Some(Format::Csv),
    Ok("parquet") => Some(Format::Parquet),
    Ok("arrow") => Some(Format::Arrow),
    Ok("warc") => Some(Format::Warc),
    Ok("feed") => Some(Format::Feed),
    Ok("dump") => Some(Format::Dump),
    Ok(other) => panic!("there is no format {other}"),
    Err(_) => None,
});

fuzz_target!(|bytes: &[u8]| {
    let options = Options { format: *FORMAT, most_bytes: 1 << 20, ..Options::default() };
    for raw in documents(vec![Input::Memory("fuzz".to_owned(), bytes.into())], options).flatten() {
        if let Ok(document) = raw.ready() {
            assert!(document.text.len() <= 1 << 20);
        }
    }
});
