//! Short names that a document binds to its actors, found by their spelling or by one that a letter sets apart.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Party;
use super::spelling::{is_misspelt, may_be_misspelt};

/// The names bound so far.
#[derive(Debug, Default)]
pub struct Aliases {
    all: Vec<Alias>,
    by_word: HashMap<String, usize>,
    /// Names by what is left of them without one letter, hashed: two that differ by a letter share some of it.
    by_rest: HashMap<u64, Vec<usize>>,
    bound: usize,
}

#[derive(Debug)]
struct Alias {
    word: String,
    party: Party,
    /// Its place in the order in which names were bound.
    order: usize,
}

impl Aliases {
    /// Lets a word mean a party from here on.
    pub fn bind(&mut self, word: &str, party: Party) {
        self.bound += 1;
        let order = self.bound;
        if let Some(&known) = self.by_word.get(word) {
            (self.all[known].party, self.all[known].order) = (party, order);
            return;
        }
        let number = self.all.len();
        self.by_word.insert(word.to_owned(), number);
        for rest in rests(word) {
            self.by_rest.entry(rest).or_default().push(number);
        }
        self.all.push(Alias { word: word.to_owned(), party, order });
    }

    /// The party that a word was bound to last.
    pub fn get(&self, word: &str) -> Option<&Party> {
        self.by_word.get(word).map(|&number| &self.all[number].party)
    }

    /// The name bound last that is the word or differs from it by a letter, with its party.
    pub fn like(&self, word: &str) -> Option<(&str, &Party)> {
        let rests = rests(word);
        let near = rests.iter().filter_map(|rest| self.by_rest.get(rest)).flatten();
        let misspelt = near.map(|&number| &self.all[number]).filter(|a| is_misspelt(&a.word, word));
        let same = self.by_word.get(word).map(|&number| &self.all[number]);
        let last = misspelt.chain(same).max_by_key(|a| a.order)?;
        Some((&last.word, &last.party))
    }
}

/// A word as it is and without each of its letters, hashed; nothing of a word that must be spelt right.
fn rests(word: &str) -> Vec<u64> {
    let letters: Vec<char> = word.chars().collect();
    if !may_be_misspelt(&letters) {
        return Vec::new();
    }
    let without = |left: usize| {
        let mut hasher = DefaultHasher::new();
        letters.iter().enumerate().filter(|(at, _)| *at != left).for_each(|(_, c)| c.hash(&mut hasher));
        hasher.finish()
    };
    (0..=letters.len()).map(without).collect()
}

#[cfg(test)]
mod tests {
    use chancery_text::Span;

    use super::super::Kind;
    use super::*;

    fn party(head: usize) -> Party {
        Party::of_words(Kind::Person, Span::new(0, 0), head)
    }

    #[test]
    fn the_name_bound_last_is_meant() {
        let mut aliases = Aliases::default();
        aliases.bind("Elphberg", party(1));
        aliases.bind("Elphburg", party(2));
        assert_eq!(aliases.get("Elphberg").map(|p| p.head), Some(1));
        assert_eq!(aliases.like("Elphberg").map(|(name, p)| (name, p.head)), Some(("Elphburg", 2)));
        aliases.bind("Elphberg", party(3));
        assert_eq!(aliases.like("Elpberg").map(|(_, p)| p.head), Some(3), "a letter is missing");
        assert_eq!(aliases.like("Elphbergs").map(|(_, p)| p.head), Some(3), "one is too many");
        assert!(aliases.like("Tasch").is_none());
    }

    #[test]
    fn a_hundred_thousand_names_are_not_compared_with_each_other() {
        let mut aliases = Aliases::default();
        for number in 0..100_000 {
            aliases.bind(&format!("Name{number:06}x{}", number % 7), party(number));
            assert!(aliases.like(&format!("Other{number:07}")).is_none());
        }
        assert_eq!(aliases.get("Name000042x0").map(|p| p.head), Some(42));
    }
}
