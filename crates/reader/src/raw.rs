//! A document as it was found, and what it takes to make it ready: dates checked, pages stripped to their text.
//!
//! Finding is quick and done in order; making ready is slow for pages and can be done on any thread.

use chancery_text::Document;

use crate::page::{Page, fragment, page};
use crate::{Error, Fault, Options, Place, day};

/// A document as it was found.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Where.
    pub place: Place,
    /// What is known of it; of a page, the text is still its HTML.
    document: Document,
    markup: Markup,
    most_bytes: usize,
}

/// How a document's text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Markup {
    /// Not at all.
    None,
    /// A page, of which the article must be found.
    Page,
    /// The article alone, in elements.
    Fragment,
}

/// Fields of a document as cells of a row; absent and empty is the same, but for the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // as in `Document`
pub(crate) struct Fields {
    pub id: Option<String>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub lang: Option<String>,
}

impl Fields {
    /// Sets the field of a name.
    pub(crate) fn set(&mut self, field: &str, value: Option<String>) {
        let slot = match field {
            "id" => &mut self.id,
            "text" => &mut self.text,
            "html" => &mut self.html,
            "title" => &mut self.title,
            "date" => &mut self.date,
            "url" => &mut self.url,
            "source" => &mut self.source,
            _ => &mut self.lang,
        };
        *slot = value;
    }
}

impl Raw {
    /// A document whose text is at hand.
    pub(crate) fn text(place: Place, document: Document, options: &Options) -> Raw {
        Raw { place, document, markup: Markup::None, most_bytes: options.most_bytes }
    }

    /// A document whose text is still HTML.
    pub(crate) fn page(place: Place, document: Document, options: &Options) -> Raw {
        Raw { place, document, markup: Markup::Page, most_bytes: options.most_bytes }
    }

    /// A document that is all article, but in elements, as the entries of feeds are.
    pub(crate) fn fragment(place: Place, document: Document, options: &Options) -> Raw {
        Raw { place, document, markup: Markup::Fragment, most_bytes: options.most_bytes }
    }

    /// The document of a row. One without an identifier is known by its address, else by where it stands.
    pub(crate) fn from_fields(place: Place, fields: Fields, options: &Options) -> Result<Raw, Error> {
        let some = |cell: Option<String>| cell.filter(|cell| !cell.trim().is_empty());
        let url = some(fields.url);
        let id = some(fields.id).or_else(|| url.clone()).unwrap_or_else(|| place.to_string());
        let date = match dated(&id, fields.date.as_deref(), options) {
            Ok(date) => date,
            Err(fault) => return Err(Error { place, fault }),
        };
        let markup = if fields.text.is_none() { Markup::Page } else { Markup::None };
        let Some(text) = fields.text.or(fields.html) else {
            return Err(Error { place, fault: Fault::NoText(id) });
        };
        let document = Document {
            id,
            text,
            title: some(fields.title),
            date,
            url,
            source: some(fields.source),
            lang: some(fields.lang),
            ..Document::default()
        };
        Ok(Raw { place, document, markup, most_bytes: options.most_bytes })
    }

    /// The document's identifier.
    pub fn id(&self) -> &str {
        &self.document.id
    }

    /// Bytes of its text, or of its HTML.
    pub fn bytes(&self) -> usize {
        self.document.text.len()
    }

    /// The document with its main text; what the file says about it goes before what the page says.
    ///
    /// # Errors
    /// [`Fault::TooLong`] if the text has more bytes than a document may.
    pub fn ready(self) -> Result<Document, Error> {
        let document = match self.markup {
            Markup::None => self.document,
            Markup::Page => stripped(self.document),
            Markup::Fragment => Document { text: fragment(&self.document.text), ..self.document },
        };
        if document.text.len() > self.most_bytes {
            let fault = Fault::TooLong { bytes: document.text.len(), most: self.most_bytes };
            return Err(Error { place: self.place, fault });
        }
        Ok(document)
    }
}

/// A page's document: its main text in place of its HTML.
fn stripped(document: Document) -> Document {
    let Page { text, title, date, url, source, lang, author } = page(&document.text, document.url.as_deref());
    Document {
        text,
        title: document.title.or(title),
        date: document.date.or(date),
        url: document.url.or(url),
        source: document.source.or(source),
        lang: document.lang.or(lang),
        author: document.author.or(author),
        ..document
    }
}

/// The day of publication: the document's own, which must be one, else the user's.
pub(crate) fn dated(id: &str, date: Option<&str>, options: &Options) -> Result<Option<String>, Fault> {
    match date.filter(|date| !date.trim().is_empty()) {
        None => Ok(options.date.clone()),
        Some(date) => match day(date) {
            Some(day) => Ok(Some(day)),
            None => Err(Fault::Date { id: id.to_owned(), date: date.to_owned() }),
        },
    }
}
