//! Whatever the text, the engine gives an annotation that holds together.

mod common;

use chancery_language::Annotation;
use common::pipeline;
use proptest::prelude::*;

/// Annotates a text and checks what is true of every annotation.
#[track_caller]
fn annotate(text: &str) -> Annotation {
    let annotation = pipeline().annotate(&[text]).remove(0);
    assert_covers(text, &annotation);
    assert_sentences_hold_all_tokens(&annotation);
    assert_trees(&annotation);
    assert_entities_are_apart(&annotation);
    annotation
}

/// Tokens follow each other, and only single blanks lie between them.
#[track_caller]
fn assert_covers(text: &str, annotation: &Annotation) {
    let mut end = 0;
    for token in &annotation.tokens {
        assert!(token.start as usize == end && token.start < token.end, "{token:?} after byte {end}");
        assert!(text.is_char_boundary(token.end as usize), "{token:?}");
        end = token.end as usize + usize::from(token.space_after);
        assert!(!token.space_after || text.as_bytes()[end - 1] == b' ', "{token:?}");
    }
    assert_eq!(end, text.len());
}

#[track_caller]
fn assert_sentences_hold_all_tokens(annotation: &Annotation) {
    let mut end = 0;
    for sentence in &annotation.sentences {
        assert!(sentence.start == end && sentence.start < sentence.end, "{sentence:?} after {end}");
        end = sentence.end;
    }
    assert_eq!(end, annotation.tokens.len());
}

/// Every token leads to a root of its own sentence.
#[track_caller]
fn assert_trees(annotation: &Annotation) {
    for sentence in &annotation.sentences {
        for mut at in sentence.clone() {
            let mut steps = 0;
            while annotation.tokens[at].head as usize != at {
                at = annotation.tokens[at].head as usize;
                steps += 1;
                assert!(sentence.contains(&at) && steps <= sentence.len(), "token {at} of {sentence:?}");
            }
        }
    }
}

#[track_caller]
fn assert_entities_are_apart(annotation: &Annotation) {
    let mut end = 0;
    for entity in &annotation.entities {
        assert!(entity.tokens.start >= end && !entity.tokens.is_empty(), "{entity:?} after {end}");
        end = entity.tokens.end;
    }
    assert!(end <= annotation.tokens.len());
}

#[test]
fn nothing_and_white_space() {
    assert_eq!(annotate(""), Annotation::default());
    assert_eq!(annotate(" ").tokens.len(), 1);
    for text in ["\n", " \t\r\n ", "\u{a0}", "\u{1c}\u{85}\u{2028}", "   \n   \n"] {
        let annotation = annotate(text);
        assert!(annotation.tokens.iter().all(|token| token.pos.as_str() == "SPACE"), "{text:?}");
        assert!(annotation.entities.is_empty());
    }
    assert!(pipeline().annotate(&[]).is_empty());
}

#[test]
fn a_megabyte_without_a_blank() {
    assert_eq!(annotate(&"a".repeat(1 << 20)).tokens.len(), (1usize << 20).div_ceil(10_000));
    annotate(&"na.na-Na".repeat(1 << 14));
    annotate(&"((\"'".repeat(1 << 12));
    annotate(&"http://a.b/?c=".repeat(1 << 13));
    assert_eq!(annotate(&"\n".repeat(1 << 20)).tokens.len(), 1);
}

#[test]
fn scripts_and_signs_of_all_kinds() {
    for text in [
        "😀👩‍👩‍👧‍👦🇺🇳 and 👍🏽.",
        "قال الرئيس «نعم» في ٣ مارس.",
        "ראש הממשלה אמר „כן”.",
        "e\u{301}\u{301}\u{301} Z\u{335}\u{322}\u{334} \u{301}",
        "NUL \0 and \0\0\0.",
        "\u{feff}mark \u{200b}\u{200d}\u{ad} \u{202e}reversed\u{202c}",
        "\u{10ffff}\u{e000}\u{fffd}\u{1f}\u{7f}",
        "中国外交部发言人表示。日本語です。",
    ] {
        annotate(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text(text in any::<String>()) {
        annotate(&text);
    }

    #[test]
    fn text_like_news(text in "([A-Z]?[a-z]{0,7}[.,:;!?\"'’“”()—–-]{0,2}( |  |\n|\t|\u{a0})){0,40}") {
        annotate(&text);
    }
}
