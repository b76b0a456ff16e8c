//! Lemmas that the engine's rules get wrong ("staged": stag), mended where only the mended one is in the lexicon.

use chancery_language::Annotation;

use crate::rules::Lexicon;

/// Mends the lemmas of inflected verbs in place.
pub fn repair(annotation: &mut Annotation, text: &str, lexicon: &Lexicon) {
    for token in annotation.tokens.iter_mut().filter(|t| matches!(t.tag, "VBD" | "VBN" | "VBG" | "VBZ")) {
        let word = token.text(text).to_lowercase();
        if lexicon.knows(&token.lemma) && !lacks_doubling(&token.lemma, &word) {
            continue;
        }
        if let Some(stem) = stems(&word).into_iter().find(|s| lexicon.knows(s) && !lacks_doubling(s, &word)) {
            token.lemma = stem.into();
        }
    }
}

/// Whether a word would double its last consonant in this form, and does not: "raped" is not of "rap".
fn lacks_doubling(lemma: &str, word: &str) -> bool {
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    let is_short = matches!(lemma.as_bytes(), [a @ .., v, c] if a.len() < 3 && !a.iter().any(|&x| vowel(x)) && vowel(*v) && !vowel(*c) && !matches!(c, b'w' | b'x' | b'y' | b'h'));
    is_short && ["ed", "ing"].iter().any(|e| word.strip_suffix(e) == Some(lemma))
}

/// What an inflected verb may come from, by English spelling: staged, stage; teargassed, teargas; cordoned, cordon.
fn stems(word: &str) -> Vec<String> {
    let Some(bare) =
        ["ed", "ing", "es", "s"].iter().find_map(|e| word.strip_suffix(e)).filter(|b| b.len() > 1)
    else {
        return Vec::new();
    };
    let mut stems = vec![bare.to_owned(), format!("{bare}e")];
    let last: Vec<char> = bare.chars().rev().take(2).collect();
    if last[0] == last[1] {
        stems.push(bare[..bare.len() - last[0].len_utf8()].to_owned());
    }
    if let Some(y) = bare.strip_suffix('i') {
        stems.push(format!("{y}y"));
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::{lacks_doubling, stems};

    #[test]
    fn stems_follow_english_spelling() {
        let has = |word: &str, stem: &str| stems(word).iter().any(|s| s == stem);
        assert!(
            has("staged", "stage")
                && has("teargassed", "teargas")
                && has("cordoned", "cordon")
                && has("defied", "defy")
        );
        assert!(stems("saw").is_empty());
    }

    #[test]
    fn short_words_double_their_last_consonant() {
        assert!(lacks_doubling("rap", "raped") && lacks_doubling("stag", "staging"));
        assert!(
            !lacks_doubling("rap", "rapped")
                && !lacks_doubling("attack", "attacked")
                && !lacks_doubling("aid", "aided")
        );
    }
}
