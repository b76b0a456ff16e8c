//! What an answer is, by its content type.

use crate::Problem;

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// A page.
    Html,
    /// Plain text.
    Text,
    /// A feed, or what may be one.
    Feed,
}

const MEDIA: &[(&str, Media)] = &[
    ("text/html", Media::Html),
    ("application/xhtml+xml", Media::Html),
    ("text/plain", Media::Text),
    ("application/rss+xml", Media::Feed),
    ("application/atom+xml", Media::Feed),
    ("application/rdf+xml", Media::Feed),
    ("application/xml", Media::Feed),
    ("text/xml", Media::Feed),
    ("application/feed+json", Media::Feed),
    ("application/json", Media::Feed),
];

/// What a `Content-Type` header says.
pub(crate) fn media(header: Option<&str>) -> Result<Media, Problem> {
    let header = header.ok_or_else(|| Problem::Type("of no stated content type".to_owned()))?;
    let name = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = MEDIA.iter().find(|(known, _)| *known == name);
    known.map(|(_, media)| *media).ok_or(Problem::Type(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pages_texts_and_feeds_only() {
        assert_eq!(media(Some("Text/HTML; charset=utf-8")).unwrap(), Media::Html);
        assert_eq!(media(Some("text/plain")).unwrap(), Media::Text);
        assert_eq!(media(Some("application/atom+xml;type=feed")).unwrap(), Media::Feed);
        assert!(media(Some("application/pdf")).unwrap_err().to_string().contains("application/pdf"));
        assert!(media(None).unwrap_err().to_string().contains("no stated content type"));
    }
}
