//! Whether a cue class's own test holds: the marked source, cue and content are found, or nothing is.

use chancery_record::{Annotated, Quote, Span};

use super::cues::Example;

/// The text of an example without its marks, and where they stood, in code points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The plain text.
    pub text: String,
    /// The source, if one is marked.
    pub source: Option<Span>,
    /// The cue, if one is marked.
    pub cue: Option<Span>,
    /// Pieces of the content.
    pub content: Vec<Span>,
}

/// Reads `<source>`, `{cue}` and `[content]` out of an example.
pub fn unmark(example: &Example) -> Marked {
    let mut marked = Marked::default();
    let mut open = Vec::new();
    let mut at = 0;
    for c in example.text.chars() {
        match c {
            '<' | '{' | '[' => open.push(at),
            '>' | '}' | ']' => {
                let span = Span { start: open.pop().unwrap_or(at), end: at };
                match c {
                    '>' => marked.source = Some(span),
                    '}' => marked.cue = Some(span),
                    _ => marked.content.push(span),
                }
            }
            _ => {
                marked.text.push(c);
                at += 1;
            }
        }
    }
    marked
}

/// Whether the annotated text has the attribution that is marked, and of a `no` none at all.
///
/// # Errors
/// What was wanted and what came.
pub fn check(example: &Example, annotated: &Annotated) -> Result<(), String> {
    let wanted = unmark(example);
    let quotes = annotated.quotes.as_deref().unwrap_or_default();
    let same =
        |q: &Quote| q.source == wanted.source && q.cue == wanted.cue && q.content.spans() == wanted.content;
    let holds = if example.found { quotes.iter().any(same) } else { quotes.is_empty() };
    if holds {
        return Ok(());
    }
    let words =
        |span: &Span| annotated.text.chars().skip(span.start).take(span.end - span.start).collect::<String>();
    let shown = quotes.iter().map(|q| {
        let part = |span: &Option<Span>| span.as_ref().map_or("-".to_owned(), words);
        format!(
            "<{}> {{{}}} [{}]",
            part(&q.source),
            part(&q.cue),
            q.content.spans().iter().map(words).collect::<Vec<_>>().join("] [")
        )
    });
    Err(format!("came: {}", shown.collect::<Vec<_>>().join("; ")))
}
