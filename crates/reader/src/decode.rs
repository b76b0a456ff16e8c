//! Bytes to text: UTF-8, what a byte-order mark says, or what the user says; pages also by what they say of themselves.
//!
//! Detectors guess between single-byte encodings from letter statistics, and a wrong guess corrupts
//! names without a word. A text file that is not UTF-8 is therefore an error, which names the guess; a page that does
//! not say its encoding is read as browsers read it, who guess.

use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

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
        _ => String::from_utf8(bytes).map_err(|e| {
            let at = e.utf8_error().valid_up_to();
            Fault::Encoding { encoding: "UTF-8", at, guess: guessed(e.as_bytes()).name() }
        }),
    }
}

/// Bytes of a page in which its `meta` must name the encoding. Source: HTML standard, prescan of 1024 bytes; pages
/// that name it later are common enough.
const PRESCAN: usize = 4096;

/// The text of a page. UTF-8 goes before what is declared, since nothing else looks like it; then come the user's
/// word, the HTTP header's, the page's own, and the guess that a browser makes. What does not fit is replaced by U+FFFD.
pub(crate) fn page(bytes: &[u8], header: Option<&str>, stated: Option<Encoding>) -> String {
    if let Some((marked, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return marked.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let declared = || header.and_then(labelled).or_else(|| labelled(&declared_in(bytes)?));
    let encoding = stated.map(|Encoding(encoding)| encoding).or_else(declared);
    encoding.unwrap_or_else(|| guessed(bytes)).decode_without_bom_handling(bytes).0.into_owned()
}

fn labelled(label: &str) -> Option<&'static encoding_rs::Encoding> {
    encoding_rs::Encoding::for_label(label.as_bytes())
}

/// The label in the page's own `charset=`.
fn declared_in(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_lowercase();
    let label = head.split("charset=").nth(1)?.trim_start_matches(['"', '\'', ' ']);
    Some(label.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect())
}

fn guessed(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn strict(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, Fault> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let at = || first_fault(encoding, bytes);
    text.map(String::from).ok_or_else(|| Fault::Encoding {
        encoding: encoding.name(),
        at: at(),
        guess: guessed(bytes).name(),
    })
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
            complaint.contains("not UTF-8: the bytes at 8") && complaint.contains("--encoding windows-1252"),
            "{complaint}"
        );
        assert!(decode(b"\xFF\xFES\0\0\xD8S\0".to_vec(), None).is_err(), "a lone surrogate");
    }

    #[test]
    fn pages_say_their_encoding_themselves() {
        let meta = b"<meta charset='koi8-r'><p>\xE4\xC1";
        assert!(page(meta, None, None).ends_with("Да"));
        assert!(page(meta, Some("windows-1252"), None).ends_with("äÁ"), "the header goes first");
        assert!(
            page(meta, None, Some("windows-1252".parse().unwrap())).ends_with("äÁ"),
            "the user goes first"
        );
        assert!(
            page("<meta charset=koi8-r>Да".as_bytes(), None, None).ends_with("Да"),
            "what is UTF-8 is UTF-8"
        );
        assert!(page(b"<p>Borduria\x92s king said that it\x92s over", None, None).contains("Borduria’s"));
        assert!(page(b"<meta charset=utf-8>\xFFx", None, None).ends_with("\u{fffd}x"));
    }

    #[test]
    fn knows_no_invented_encodings() {
        assert!("ruritanian-1".parse::<Encoding>().unwrap_err().contains("windows-1252"));
    }
}
