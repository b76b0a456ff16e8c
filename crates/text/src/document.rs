//! A document as it comes in.

use std::ops::Range;

/// One document to be coded: text and what is known about its publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Identifier, unique in a run; a bare file's is its path.
    pub id: String,
    /// The text as found, never changed.
    pub text: String,
    /// Headline, where the source keeps it apart from the text.
    pub title: Option<String>,
    /// Publication date, ISO 8601; relative dates are resolved against it.
    pub date: Option<String>,
    /// Address the document came from.
    pub url: Option<String>,
    /// Outlet ("AFP", "france24.com").
    pub source: Option<String>,
    /// Language, ISO 639-1.
    pub lang: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The document of the same run that this is a near copy of.
    pub duplicate_of: Option<String>,
    /// The two that are asked about, where somebody asks how they stand in this text.
    pub pair: Pair,
    /// Where the text names places, in code points, where somebody has marked them all; `None` where they are to be found.
    pub places: Option<Vec<Range<usize>>>,
}

/// Where a text names the two whose relation is asked for, in code points; `None` where it does not name one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair {
    /// Who acts.
    pub source: Option<Range<usize>>,
    /// To whom.
    pub target: Option<Range<usize>>,
}
