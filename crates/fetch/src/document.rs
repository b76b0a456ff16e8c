//! What is brought: documents as `chancery code` reads them from JSONL.

use serde::Serialize;

/// What became of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A document.
    Document(Box<Fetched>),
    /// Nothing: the page or feed at this URL is as it was when the cache was written.
    Unchanged(String),
}

/// A document; serialised, it is one line of JSONL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fetched {
    /// The URL that was asked for; of an entry without a link, its feed's URL and its own identifier.
    pub id: String,
    /// Where the content was found, behind all redirects.
    pub url: String,
    /// Headline, as a feed gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day of publication, as a feed gives it, in the time zone in which it is written: `2022-03-14`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Title of the feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Language, as a feed gives it: `en`, `en-GB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The page or text.
    #[serde(flatten)]
    pub content: Content,
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// A page, or a part of one, as it was sent.
    Html(String),
    /// Plain text.
    Text(String),
}

impl Fetched {
    /// The document as one line of JSONL, without the line's end.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("strings are always JSON")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_one_line_of_what_is_known() {
        let document = Fetched {
            id: "https://a.example/1".to_owned(),
            url: "https://a.example/2".to_owned(),
            title: None,
            date: Some("2022-03-14".to_owned()),
            source: None,
            lang: None,
            content: Content::Html("<p>Ruritania\nhailed</p>".to_owned()),
        };
        assert_eq!(
            document.json(),
            r#"{"id":"https://a.example/1","url":"https://a.example/2","date":"2022-03-14","html":"<p>Ruritania\nhailed</p>"}"#
        );
    }
}
