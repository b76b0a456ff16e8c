//! Whether two names are one name spelt twice.

/// Whether a name is long enough to be known where a letter is wrong, and no longer than names are.
pub fn may_be_misspelt(letters: &[char]) -> bool {
    (5..=60).contains(&letters.len())
}

/// Whether `word` is `name` with one letter changed, added or left out; names under five letters must be exact.
pub fn is_misspelt(name: &str, word: &str) -> bool {
    if name.chars().next() != word.chars().next() {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), word.chars().collect());
    if !may_be_misspelt(&a) || !may_be_misspelt(&b) || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    same_start + same_end + 1 >= a.len().max(b.len()) && a != b
}

/// Share of letters that two spellings of a name have in common at least.
const ALIKE: f32 = 0.7;

/// Whether two names that sound alike are written alike too, by the share of letters that need no change (Levenshtein).
pub fn is_like(known: &str, words: &str) -> bool {
    let letters = |name: &str| -> Vec<char> {
        let plain = chancery_text::View::new(name).text().to_lowercase();
        plain.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    // "Siad Borduri" is told of Mohamed Siad Borduri.
    let known: Vec<&str> = known.split_whitespace().collect();
    let told = words.split_whitespace().count().clamp(1, known.len().max(1));
    let (a, b) = (letters(&known[known.len().saturating_sub(told)..].join(" ")), letters(words));
    let longest = a.len().max(b.len()).max(1);
    1.0 - distance(&a, &b) as f32 / longest as f32 >= ALIKE
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{is_like, is_misspelt};

    #[test]
    fn one_letter_may_differ_in_a_long_name() {
        assert!(is_misspelt("Elphberg", "Elphburg"));
        assert!(is_misspelt("Elphberg", "Elpberg"));
        assert!(!is_misspelt("Elphberg", "Elphberg"), "the same name is no misspelling");
        assert!(!is_misspelt("Tasch", "Tusche"));
        assert!(!is_misspelt("Roe", "Rae"));
    }

    #[test]
    fn spellings_of_a_name_share_most_letters() {
        assert!(is_like("Geydar Zembliyev", "Heydar Zembliev"));
        assert!(!is_like("Otto Gorn", "Ilse Gorn"));
        assert!(is_like("Mohamed Siad Borduri", "Siyad Borduri"));
        assert!(is_like("", ""));
    }
}
