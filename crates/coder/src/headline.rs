//! Headlines In Title Case, read as the sentences that they are: words that are no names begin small.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use chancery_text::{Span, View};

use crate::rules::Lexicon;

/// Words that a headline has at least.
const FEWEST: usize = 4;

/// Words that a headline has at most; longer ones are texts in title case, of which nobody knows what they mean by it.
const MOST: usize = 30;

/// Forms of the cue verbs, which headlines are full of: "Slams", "Vows".
static VERBS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = Lexicon::files()
        .iter()
        .filter(|(name, _)| name.starts_with("quotes/"))
        .flat_map(|(_, text)| text.lines());
    let words = lines
        .filter_map(|l| l.strip_prefix("verb ")?.trim_start().split_once("  "))
        .flat_map(|(_, words)| words.split(','));
    words.map(|w| w.trim().split('-').next().unwrap_or_default()).flat_map(forms).collect()
});

/// A verb with its regular endings.
fn forms(verb: &str) -> Vec<String> {
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let third = match verb.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if verb.ends_with(['s', 'h', 'x', 'z']) => format!("{verb}es"),
        _ => format!("{verb}s"),
    };
    vec![verb.to_owned(), third, format!("{stem}ed"), format!("{stem}ing")]
}

/// Gives the words of headlines among these paragraphs the case that the rest of the text gives them.
pub fn read_as_sentences(view: &mut View, paragraphs: &[Span]) {
    let (headings, body): (Vec<Span>, Vec<Span>) =
        paragraphs.iter().partition(|p| is_headline(&view.text()[p.range()]));
    // A text that is all headlines says nothing of the case of words.
    if headings.is_empty() || headings.len() * 2 > paragraphs.len() {
        return;
    }
    let small: Vec<usize> = {
        let text = view.text();
        let common: HashSet<&str> = body
            .iter()
            .flat_map(|p| words(text, *p))
            .map(|w| &text[w])
            .filter(|w| w.starts_with(char::is_lowercase))
            .collect();
        let is_common = |w: &Range<usize>| {
            let word = text[w.clone()].to_lowercase();
            common.contains(word.as_str()) || VERBS.contains(&word)
        };
        headings
            .iter()
            .flat_map(|h| words(text, *h).skip(1))
            .filter(|w| is_capitalised(&text[w.clone()]))
            .filter(is_common)
            .map(|w| w.start)
            .collect()
    };
    for at in small {
        view.make_small(at);
    }
}

/// Runs of letters in a stretch of text.
fn words(text: &str, span: Span) -> impl Iterator<Item = Range<usize>> + '_ {
    let part = &text[span.range()];
    part.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|w| !w.is_empty()).map(move |w| {
        let start = span.start + (w.as_ptr() as usize - part.as_ptr() as usize);
        start..start + w.len()
    })
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.next().is_some_and(char::is_lowercase)
}

/// Whether nearly all longer words of a paragraph begin with a capital.
fn is_headline(paragraph: &str) -> bool {
    let span = Span::new(0, paragraph.len());
    let all: Vec<&str> = words(paragraph, span).map(|w| &paragraph[w]).collect();
    let long: Vec<&&str> = all.iter().skip(1).filter(|w| w.len() > 3).collect();
    let capitals = long.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    (FEWEST..=MOST).contains(&all.len()) && long.len() > 1 && capitals * 10 >= long.len() * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(paragraphs: &[&str]) -> String {
        let text = paragraphs.join("\n");
        let mut view = View::new(&text);
        let spans: Vec<Span> = text
            .split('\n')
            .map(|p| {
                let start = p.as_ptr() as usize - text.as_ptr() as usize;
                Span::new(start, start + p.len())
            })
            .collect();
        read_as_sentences(&mut view, &spans);
        view.text().lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn common_words_of_a_headline_begin_small() {
        let body = "The minister, Anna Berg, said the peace talks with Borduria had failed.";
        assert_eq!(
            read(&["Berg Slams Peace Talks With Borduria", body]),
            "Berg slams peace talks with Borduria"
        );
    }

    #[test]
    fn names_and_sentences_stay_as_they_are() {
        let body = "The minister said the talks had failed.";
        for text in [
            "Anna Berg Visits Klow And Szohod",
            "Anna Berg said the talks had failed in Klow",
            "TALKS FAIL IN KLOW",
        ] {
            assert_eq!(read(&[text, "He left."]), text);
        }
        assert_eq!(
            read(&["The Talks Have Failed Again", "The Second Talks Have Failed Too"]),
            "The Talks Have Failed Again",
            "no body"
        );
        assert_eq!(read(&["The Talks", body]), "The Talks", "too short");
    }
}
