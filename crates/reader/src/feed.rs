//! Entries of an RSS, Atom or JSON feed as documents: what the feed itself holds of each, nothing is fetched.

use chancery_text::Document;
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;

use crate::documents::{Stream, whole};
use crate::unpack::Bytes;
use crate::{Error, Fault, Options, Place, Raw};

/// The documents of a feed.
///
/// # Errors
/// [`Fault::Malformed`] if it cannot be parsed.
pub(crate) fn entries(place: Place, bytes: Bytes, options: &Options) -> Result<Stream, Fault> {
    let bytes = whole(bytes)?;
    // Identifiers that are missing are taken from the place of the entry, not drawn at random.
    let parser = Builder::new().id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(&bytes[..]);
    let mut feed = feed.map_err(|error| Fault::Malformed { what: "a feed", reason: error.to_string() })?;
    let entries = std::mem::take(&mut feed.entries);
    let numbered = entries.into_iter().enumerate();
    let found: Vec<_> = numbered
        .map(|(number, entry)| {
            let place = Place { line: Some(number + 1), ..place.clone() };
            document(&place, &feed, entry, options).map_err(|fault| Error { place, fault })
        })
        .collect();
    Ok(Box::new(found.into_iter()))
}

fn document(place: &Place, feed: &Feed, entry: Entry, options: &Options) -> Result<Raw, Fault> {
    let url = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let url = url.map(|link| link.href.clone());
    let id = Some(entry.id).filter(|id| !id.is_empty()).or_else(|| url.clone());
    let id = id.unwrap_or_else(|| place.to_string());
    let body = entry.content.and_then(|content| content.body).or(entry.summary.map(|text| text.content));
    let day = entry.published.or(entry.updated).map(|time| time.format("%Y-%m-%d").to_string());
    let Some(text) = body else { return Err(Fault::NoText(id)) };
    let document = Document {
        id,
        text,
        title: entry.title.map(|title| title.content),
        date: day.or_else(|| options.date.clone()),
        url,
        source: feed.title.as_ref().map(|title| title.content.clone()),
        lang: feed.language.as_deref().and_then(|tag| tag.get(..2)).map(str::to_lowercase),
        author: entry.authors.into_iter().find_map(|author| author.name),
        ..Document::default()
    };
    let make = if looks_marked_up(&document.text) { Raw::fragment } else { Raw::text };
    Ok(make(place.clone(), document, options))
}

/// Whether an entry's words stand in elements, as most do whatever their type says.
fn looks_marked_up(text: &str) -> bool {
    text.contains("</") || text.contains("<p>") || text.contains("<br")
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor, Read};

    use super::*;

    fn read(feed: &str) -> Result<Vec<Document>, String> {
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(feed.to_owned().into_bytes()));
        let place = Place { file: "feed.xml".to_owned(), line: None };
        let stream = entries(place, BufReader::new(bytes), &Options::default()).map_err(|e| e.to_string())?;
        stream.map(|found| found.and_then(Raw::ready).map_err(|e| e.to_string())).collect()
    }

    #[test]
    fn entries_are_documents_with_date_address_and_outlet() {
        let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ruritanian News</title><language>en-gb</language>
            <item><title>Talks</title><link>https://rna.example/1</link><guid>r-1</guid>
            <pubDate>Mon, 14 Mar 2022 08:00:00 +0000</pubDate>
            <description>&lt;p&gt;Ruritania &amp;amp; Borduria met.&lt;/p&gt;&lt;p&gt;They agreed.&lt;/p&gt;</description></item>
            <item><title>No more</title><link>https://rna.example/2</link><description>Plain words.</description></item>
            </channel></rss>";
        let documents = read(feed).unwrap();
        let first = &documents[0];
        assert_eq!((first.id.as_str(), first.date.as_deref()), ("r-1", Some("2022-03-14")));
        assert_eq!((first.source.as_deref(), first.lang.as_deref()), (Some("Ruritanian News"), Some("en")));
        assert_eq!(first.text, "Ruritania & Borduria met.\n\nThey agreed.");
        assert_eq!(
            (documents[1].id.as_str(), documents[1].text.as_str()),
            ("https://rna.example/2", "Plain words.")
        );
    }

    #[test]
    fn json_feeds_and_atom_are_feeds_too() {
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "RNA", "items": [{"id": "1", "content_text": "Words."}]}"#;
        assert_eq!(read(json).unwrap()[0].text, "Words.");
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><entry><id>x</id><title>T</title>\
            <updated>2022-03-14T00:00:00Z</updated><summary>Words.</summary></entry></feed>";
        assert_eq!(read(atom).unwrap()[0].date.as_deref(), Some("2022-03-14"));
    }

    #[test]
    fn what_is_no_feed_is_said() {
        assert!(read("<rss").unwrap_err().contains("cannot be read as a feed"));
    }
}
