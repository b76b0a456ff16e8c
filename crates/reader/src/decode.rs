//! Bytes to text: UTF-8, what a byte-order mark says, or what the user says; never a guess.
//!
//! Detectors guess between single-byte encodings from letter statistics, and a wrong guess corrupts
//! names without a word. A file that is not UTF-8 is therefore an error that says what to do.

use std::str::FromStr;

use crate::Fault;

/// A text encoding, by any label of the WHATWG Encoding Standard (`windows-1252`, `koi8-r`, `gbk`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl FromStr for Encoding {
    type Err = String;

    fn from_str(label: &str) -> Result<Self, String> {
        let known = encoding_rs::Encoding::for_label(label.as_bytes()).map(Encoding);
        known.ok_or_else(|| {
            format!("{label:?} is no encoding; use a label like utf-8, windows-1252 or koi8-r")
        })
    }
}

/// The text of a file. A byte-order mark is obeyed and is no part of the text.
pub(crate) fn decode(bytes: Vec<u8>, stated: Option<Encoding>) -> Result<String, Fault> {
    if let Some((marked, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        return strict(marked, &bytes[mark..]);
    }
    match stated {
        Some(Encoding(encoding)) if encoding != encoding_rs::UTF_8 => strict(encoding, &bytes),
        _ => String::from_utf8(bytes).map_err(|e| not_utf8(e.utf8_error())),
    }
}

fn strict(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, Fault> {
    if encoding == encoding_rs::UTF_8 {
        return std::str::from_utf8(bytes).map(str::to_owned).map_err(not_utf8);
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let at = || first_fault(encoding, bytes);
    text.map(String::from).ok_or_else(|| Fault::Encoding { encoding: encoding.name(), at: at() })
}

fn not_utf8(error: std::str::Utf8Error) -> Fault {
    Fault::Encoding { encoding: "UTF-8", at: error.valid_up_to() }
}

/// Bytes read up to the end of the first sequence that is not in the encoding.
fn first_fault(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = vec![0; most.unwrap_or(bytes.len())];
    decoder.decode_to_utf8_without_replacement(bytes, &mut text, true).1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], stated: Option<&str>, expected: &str) {
        let stated = stated.map(|label| label.parse().unwrap());
        assert_eq!(decode(bytes.to_vec(), stated).unwrap(), expected);
    }

    #[test]
    fn obeys_marks_and_the_user() {
        check("Syldavia’s".as_bytes(), None, "Syldavia’s");
        check(b"\xEF\xBB\xBFSyldavia", None, "Syldavia");
        check(b"\xFF\xFES\0y\0", None, "Sy");
        check(b"\xFE\xFF\0S\0y", None, "Sy");
        check(b"Syldavia\x92s", Some("windows-1252"), "Syldavia’s");
        check(b"\xEF\xBB\xBFSy", Some("windows-1252"), "Sy");
    }

    #[test]
    fn says_where_a_file_is_not_what_it_should_be() {
        let complaint = decode(b"Syldavia\x92s".to_vec(), None).unwrap_err().to_string();
        assert!(
            complaint.contains("not UTF-8: the bytes at 8") && complaint.contains("--encoding"),
            "{complaint}"
        );
        assert!(decode(b"\xFF\xFES\0\0\xD8S\0".to_vec(), None).is_err(), "a lone surrogate");
    }

    #[test]
    fn knows_no_invented_encodings() {
        assert!("ruritanian-1".parse::<Encoding>().unwrap_err().contains("windows-1252"));
    }
}
