//! Lemmas that the engine's rules get wrong ("staged": stag), mended where only the mended one is in the lexicon.

use chancery_language::Annotation;

use crate::rules::Lexicon;

/// Mends the lemmas of inflected verbs in place.
pub fn repair(annotation: &mut Annotation, text: &str, lexicon: &Lexicon) {
    for token in annotation.tokens.iter_mut().filter(|t| matches!(t.tag, "VBD" | "VBN" | "VBG" | "VBZ")) {
        if lexicon.knows(&token.lemma) {
            continue;
        }
        let word = token.text(text).to_lowercase();
        if let Some(stem) = stems(&word).into_iter().find(|s| lexicon.knows(s)) {
            token.lemma = stem.into();
        }
    }
}

/// What an inflected verb may come from, by English spelling: staged, stage; teargassed, teargas; cordoned, cordon.
fn stems(word: &str) -> Vec<String> {
    let Some(bare) = ["ed", "ing", "es", "s"].iter().find_map(|e| word.strip_suffix(e)).filter(|b| b.len() > 1) else {
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
    use super::stems;

    #[test]
    fn stems_follow_english_spelling() {
        let has = |word: &str, stem: &str| stems(word).iter().any(|s| s == stem);
        assert!(has("staged", "stage") && has("teargassed", "teargas") && has("cordoned", "cordon") && has("defied", "defy"));
        assert!(stems("saw").is_empty());
    }
}
