//! What a verb, or a noun for a deed, comes under in WordNet: the way from a word that nobody taught to one that somebody did.

use std::sync::LazyLock;

/// Rows `part lemma synsets` of `data/wordnet/senses.tsv`, sorted by part and lemma.
static ROWS: LazyLock<Vec<(&str, &str, &str)>> = LazyLock::new(|| {
    let text: &str = include_str!("../../../../data/wordnet/senses.tsv");
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    let mut rows: Vec<_> = lines
        .filter_map(|l| {
            let (part, rest) = l.split_once('\t')?;
            let (lemma, ids) = rest.split_once('\t')?;
            Some((part, lemma, ids))
        })
        .collect();
    rows.sort_unstable();
    rows
});

/// Synsets of verbs, the closest first; none for a word that is no verb and no deed.
pub fn senses(tag: &str, lemma: &str) -> impl Iterator<Item = &'static str> {
    let part = match tag.get(..2) {
        Some("VB") => "v",
        Some("NN") => "n",
        _ => "",
    };
    let found = ROWS.binary_search_by(|(p, l, _)| (*p, *l).cmp(&(part, lemma)));
    found.ok().map(|i| ROWS[i].2.split(' ')).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_and_its_noun_come_under_one_sense() {
        let verb: Vec<_> = senses("VBD", "arrest").collect();
        assert!(senses("NN", "arrest").any(|s| verb.contains(&s)));
        assert_eq!(senses("NN", "spoon").count() + senses("JJ", "arrest").count(), 0);
    }
}
