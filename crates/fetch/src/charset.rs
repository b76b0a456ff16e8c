//! Bytes to text: by byte-order mark, HTTP header, or what the page declares; else UTF-8, and never a guess.
//!
//! The order is that of the WHATWG Encoding Standard. A label that names no encoding is as good as none.

use encoding_rs::{Encoding, UTF_8};

use crate::Problem;

/// Where a declaration is looked for; browsers read about as far before they give up.
const HEAD: usize = 16 << 10;

/// The text of an answer. `declares` tells whether the bytes may themselves name their encoding,
/// as HTML and XML do; with `replace`, bytes that are no text become U+FFFD.
pub(crate) fn text(
    bytes: &[u8],
    header: Option<&str>,
    declares: bool,
    replace: bool,
) -> Result<String, Problem> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| {
        let said = header.and_then(|header| charset(&header.to_ascii_lowercase()));
        (said.or_else(|| declared(bytes).filter(|_| declares)).unwrap_or(UTF_8), 0)
    });
    let bytes = &bytes[mark..];
    if replace {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(String::from).ok_or(Problem::Bytes(encoding.name()))
}

/// The text of a feed, without its XML declaration, which would speak of the bytes.
pub(crate) fn feed_text(bytes: &[u8], header: Option<&str>, replace: bool) -> Result<String, Problem> {
    let text = text(bytes, header, true, replace)?;
    let rest = text.trim_start().strip_prefix("<?xml").and_then(|prolog| prolog.split_once("?>"));
    Ok(rest.map(|(_, rest)| rest.to_owned()).unwrap_or(text))
}

/// What XML's prolog or HTML's `<meta>` says. That the bytes could be read so far shows that they are
/// not UTF-16, whatever is said.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let prolog = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let said = prolog.and_then(|prolog| label(prolog, "encoding"));
    said.or_else(|| meta(&without_comments(&head))).map(Encoding::output_encoding)
}

fn meta(head: &str) -> Option<&'static Encoding> {
    let tags = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(charset).next()
}

fn without_comments(head: &str) -> String {
    let mut parts = head.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| part.split_once("-->")).map(|(_, rest)| rest).collect::<String>()
}

/// The encoding of `charset=` in a header or a tag, in lower case.
fn charset(text: &str) -> Option<&'static Encoding> {
    label(text, "charset")
}

/// The encoding that `name=` gives.
fn label(text: &str, name: &str) -> Option<&'static Encoding> {
    text.match_indices(name).find_map(|(at, _)| {
        let value = text[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.:+".contains(c));
        Encoding::for_label_no_replacement(&value.as_bytes()[..end.unwrap_or(value.len())])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], header: Option<&str>, expected: &str) {
        let read = text(bytes, header, true, false).unwrap();
        assert!(read.contains(expected), "{read:?}");
    }

    #[test]
    fn marks_go_before_headers_and_headers_before_tags() {
        check(b"\xEF\xBB\xBFBorduria\xE2\x80\x99s", Some("text/html; charset=windows-1252"), "Borduria’s");
        check(
            b"<meta charset=utf-8>Borduria\x92s",
            Some("text/html; Charset=\"Windows-1252\""),
            "Borduria’s",
        );
        check("Borduria’s".as_bytes(), Some("text/html"), "Borduria’s");
    }

    #[test]
    fn reads_every_way_to_declare() {
        let tags = [
            "<meta charset=windows-1252>",
            "<META CHARSET = 'windows-1252' />",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1252\">",
            "<!-- <meta charset=utf-8> --><meta name=a content=\"charset\"><meta charset=\"windows-1252\">",
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>",
            "<meta charset=ruritanian><meta charset=windows-1252>",
        ];
        for tag in tags {
            check(&[tag.as_bytes(), b"Borduria\x92s"].concat(), None, "Borduria’s");
        }
        check("<meta charset=utf-16>Borduria’s".as_bytes(), None, "Borduria’s");
    }

    #[test]
    fn guesses_nothing() {
        let said = text(b"Borduria\x92s", None, true, false).unwrap_err().to_string();
        assert!(said.contains("not UTF-8") && said.contains("--replace"), "{said}");
        assert!(text(b"<meta charset=windows-1252>\x92", Some("text/plain"), false, false).is_err());
        assert_eq!(text(b"Borduria\x92s", None, true, true).unwrap(), "Borduria\u{FFFD}s");
    }

    #[test]
    fn a_feed_loses_its_declaration() {
        let feed = b"<?xml version='1.0' encoding='windows-1252'?><rss>\x92</rss>";
        assert_eq!(feed_text(feed, None, false).unwrap(), "<rss>’</rss>");
        assert_eq!(feed_text(b"{}", None, false).unwrap(), "{}");
    }
}
