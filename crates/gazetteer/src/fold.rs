//! How names are compared: lower case, without marks and points, saints and mounts in one spelling.

use chancery_text::View;

/// A name as it is looked up.
pub fn fold(name: &str) -> String {
    let mut key = Key::default();
    key.push(View::new(name).text());
    key.text().to_owned()
}

/// A name under construction, word after word, in a buffer that is used again.
#[derive(Debug, Default, Clone)]
pub struct Key {
    text: String,
    /// Where the last word begins.
    word: usize,
}

/// Words that have a short form, which stands for both.
const SHORT: [(&str, &str); 5] =
    [("saint", "st"), ("sainte", "ste"), ("mount", "mt"), ("fort", "ft"), ("point", "pt")];

impl Key {
    /// Begins a new name.
    pub fn clear(&mut self) {
        self.text.clear();
        self.word = 0;
    }

    /// Goes back to a length that it had.
    pub fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
        self.word = self.text.rfind(' ').map_or(0, |i| i + 1);
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was pushed that counts.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds some text whose letters have no marks, as those of a [`View`].
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\'' | '.' | '’' | 'ʻ' | 'ʼ' | '`' => {}
                c if c.is_alphanumeric() => self.text.extend(c.to_lowercase()),
                _ => self.end_word(),
            }
        }
    }

    /// Ends a word.
    pub fn end_word(&mut self) {
        self.shorten();
        if self.text.len() > self.word {
            self.text.push(' ');
            self.word = self.text.len();
        }
    }

    fn shorten(&mut self) {
        let word = &self.text[self.word..];
        if let Some((_, short)) = SHORT.iter().find(|(long, _)| *long == word) {
            self.text.truncate(self.word);
            self.text.push_str(short);
        }
    }

    /// What was pushed, folded.
    pub fn text(&mut self) -> &str {
        self.shorten();
        self.text.trim_end()
    }
}

/// FNV-1a, stirred so that its upper half is as good as its lower.
pub fn hash(key: &str) -> u64 {
    let hash =
        key.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// Where a hash is looked for first in a table of so many slots; by its upper half, the lower is kept in the slot.
pub fn slot_of(hash: u64, slots: usize) -> usize {
    (((hash >> 32) * slots as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        assert_eq!(fold("St. Wenzel"), fold("Saint Wenzel"));
        assert_eq!(fold("Zlín-na-Szczęście"), "zlin na szczescie");
        assert_eq!(fold("Queen Flavia's County"), "queen flavias county");
        assert_eq!(fold("  Mount  Zlop "), "mt zlop");
        assert_eq!(fold("..."), "");
    }
}
