//! What holds of texts of any length and make: they are coded to their end, and cost no more a word than others.
//!
//! No test looks at a clock: where each word were compared with all others, these texts would take minutes.

mod engine;

use chancery_coder::{Coded, Prepared};
use chancery_language::{Annotation, Pos, Token};
use engine::{code, coder, document, line};

/// Codes a long text with one more paragraph, whose event must be found.
#[track_caller]
fn check(text: &str) -> Coded {
    let coded = code(&format!("{text}\n\nOn Monday Ruritania bombed Borduria."));
    let events = coded.annotated.events.iter().flatten();
    let last = events.last().map(line).unwrap_or_default();
    assert!(last.starts_with("ASSAULT RUR > BOR occurred on 2024-05-13"), "the last event is {last}");
    coded
}

#[test]
fn one_word_all_over_again() {
    check(&"attack ".repeat(10_000));
    for word in ["killed ", "Ruritania ", "we ", "\"", "(", "May ", "12 "] {
        check(&word.repeat(1_000));
    }
}

#[test]
fn a_sentence_without_end() {
    for (clause, count) in [
        ("Ruritania attacked and killed and ", 1_500),
        ("Ruritania bombed Borduria in Klow on Monday, killing ten people, officials said, and ", 150),
        ("he told them that Ruritania wants to try to begin to talk, ", 150),
        ("the man who killed ", 500),
        ("on Monday, ", 500),
    ] {
        let coded = check(&clause.repeat(count));
        let mut notes = coded.explained.iter().flat_map(|s| &s.notes);
        assert!(notes.any(|n| n.starts_with("a piece of a sentence of")), "{clause}");
    }
}

#[test]
fn signs_without_words() {
    for sign in ["\u{0}", "\u{200b}", "\u{202e}", "\u{301}", "Ã©â€œ", "\t", "\r\n", "-", "😀", "中", "שלום "]
    {
        check(&sign.repeat(2_000));
    }
}

#[test]
fn a_paragraph_without_end_and_paragraphs_without_number() {
    check(&"They met. ".repeat(4_000));
    check(&"“We attacked Borduria.\n\n".repeat(500));
    check(&"MUSKAR: We attacked Borduria.\n".repeat(500));
}

#[test]
fn a_piece_of_a_sentence_has_its_own_events() {
    let clause = "Ruritania bombed Borduria on Monday and ";
    let coded = check(&clause.repeat(200));
    let events = coded.annotated.events.unwrap_or_default();
    assert!(events.len() > 100, "{}", events.len());
}

/// A parse in which each word hangs on the one before it.
fn chain(text: &str) -> Annotation {
    let token = |(number, (at, word)): (usize, (usize, &str))| Token {
        start: at as u32,
        end: (at + word.len()) as u32,
        space_after: true,
        pos: Pos::Verb,
        tag: "VBN",
        morph: "",
        lemma: "bomb".into(),
        head: number.saturating_sub(1) as u32,
        dep: if number == 0 { "ROOT" } else { "conj" },
    };
    let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words = text.split_whitespace().map(|word| (at(word), word));
    let tokens: Vec<Token> = words.enumerate().map(token).collect();
    Annotation { sentences: std::iter::once(0..tokens.len()).collect(), tokens, entities: Vec::new() }
}

#[test]
fn a_tree_as_deep_as_its_words_are_many() {
    let text = "x ".repeat(100_000);
    let prepared = Prepared::new(&text);
    let parts: Vec<Annotation> = prepared.texts().into_iter().map(chain).collect();
    let coded = coder().code(&document(&text, engine::TODAY), &prepared, &parts);
    assert_eq!(coded.annotated.tokens.map(|t| t.len()), Some(100_000));
}
