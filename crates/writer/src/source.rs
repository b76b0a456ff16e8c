//! A document as it is coded, as a record.

use chancery_record::Source;
use chancery_text::Document;

/// What is known of a document, and its text.
pub fn source(document: &Document) -> Source {
    let Document { id, text, title, date, url, source, lang, author, duplicate_of, .. } = document.clone();
    Source { id, title, date, text, url, source, lang, author, duplicate_of }
}
