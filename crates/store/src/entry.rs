//! A coded document as it is kept: everything that can be made ready beside the writer.

use chancery_record::{Event, Source, Span};
use chancery_series::{Features, Story, anchors, fnv};

use crate::Error;
use crate::days::number;

/// A document with its reports, ready to be written.
#[derive(Debug)]
pub struct Entry {
    pub(crate) source: Source,
    pub(crate) fingerprint: i64,
    pub(crate) story: Vec<u8>,
    /// Codes of everybody in its reports, in order.
    pub(crate) parties: Vec<String>,
    /// Spans of its sentences, and their texts for the index.
    pub(crate) sentences: Vec<(Span, String)>,
    pub(crate) reports: Vec<Row>,
}

/// A report as a row.
#[derive(Debug)]
pub(crate) struct Row {
    pub event: Event,
    pub anchor: String,
    pub kind: String,
    pub reach: Option<(i64, i64)>,
    pub record: String,
}

impl Entry {
    /// Makes a coded document ready. `coder` says what coded it; when that changes, the document is coded anew.
    pub fn new(source: Source, sentences: &[Span], events: Vec<Event>, coder: &str) -> Result<Entry, Error> {
        let story = Story::of(&source, &events);
        let anchors = anchors(&source.id, &events);
        let reports = events.into_iter().zip(anchors);
        let reports: Result<Vec<Row>, Error> =
            reports.filter_map(|(event, anchor)| Row::new(event, anchor, &story).transpose()).collect();
        Ok(Entry {
            fingerprint: fingerprint(&source, coder),
            story: story.words.bytes(),
            parties: story.parties.iter().cloned().collect::<Vec<_>>(),
            sentences: texts(&source.text, sentences),
            reports: reports?,
            source,
        })
    }

    /// The document's identifier.
    pub fn document(&self) -> &str {
        &self.source.id
    }

    /// How many reports it has.
    pub fn reports(&self) -> usize {
        self.reports.len()
    }
}

impl Row {
    fn new(event: Event, anchor: String, story: &Story) -> Result<Option<Row>, Error> {
        let Some(features) = Features::of(&event, story) else { return Ok(None) };
        let reach = features.reach().map(|(first, last)| (number(first), number(last)));
        let record = serde_json::to_string(&event)?;
        Ok(Some(Row { kind: features.kind(), reach, record, anchor, event }))
    }
}

/// Sentences with their texts; spans count code points and come in order.
fn texts(text: &str, sentences: &[Span]) -> Vec<(Span, String)> {
    let mut characters = text.chars();
    let mut at = 0;
    let mut take = |span: &Span| {
        characters.by_ref().take(span.start.saturating_sub(at)).for_each(drop);
        let words: String = characters.by_ref().take(span.end.saturating_sub(span.start)).collect();
        at = span.end;
        (*span, words)
    };
    sentences.iter().map(&mut take).collect()
}

/// A number that changes when anything that is read of the document changes, or what codes it.
pub fn fingerprint(source: &Source, coder: &str) -> i64 {
    let fields = [&source.title, &source.date, &source.url, &source.source, &source.lang, &source.author];
    let fields = fields.map(|field| field.as_deref().unwrap_or("\u{1}"));
    let all = [source.id.as_str(), &source.text, coder].into_iter().chain(fields);
    let bytes = all.flat_map(|field| field.bytes().chain([0]));
    fnv(bytes) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_cut_by_code_points() {
        let spans = [Span { start: 0, end: 3 }, Span { start: 4, end: 6 }];
        let words: Vec<String> = texts("Élé né", &spans).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["Élé", "né"]);
    }

    #[test]
    fn any_change_changes_the_fingerprint() {
        let source = Source { id: "a".to_owned(), text: "b".to_owned(), ..Source::default() };
        let dated = Source { date: Some("2022-03-14".to_owned()), ..source.clone() };
        assert_ne!(fingerprint(&source, "1"), fingerprint(&dated, "1"));
        assert_ne!(fingerprint(&source, "1"), fingerprint(&source, "2"));
        assert_eq!(fingerprint(&source, "1"), fingerprint(&source.clone(), "1"));
    }
}
