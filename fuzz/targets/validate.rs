//! Any bytes as a file of events; the first byte chooses the format.
#![no_main]

use chancery_writer::{Format, recognise, validate, validate_csv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    recognise(bytes);
    match Format::ALL.get(choice as usize % (Format::ALL.len() + 1)) {
        Some(&format) => {
            validate(format, bytes, |_| ()).expect("bytes at hand are always read");
        }
        None => validate_csv(bytes).for_each(drop),
    }
});
