//! Text within XML and HTML.

use quick_xml::escape::escape;

use crate::page::clean;

/// The text so that it is no markup, between tags or within an attribute; without characters that XML forbids.
pub(crate) fn escaped(text: &str) -> String {
    let allowed: String = clean(text).chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    escape(allowed).into_owned()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escaped("<a href=\"x\">'&\u{0}\u{ffff}é"), "&lt;a href=&quot;x&quot;&gt;&apos;&amp; é");
    }
}
