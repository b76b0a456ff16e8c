//! A hash index of names and of their beginnings, so that the longest name at a place in a text is found
//! in one probe per word.

use std::collections::BTreeMap;
use std::ops::Range;

use super::model::EntryId;

/// Names with the entries they name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// All keys one after another.
    pub(crate) text: String,
    /// Names and beginnings of names.
    pub(crate) keys: Vec<Key>,
    /// The entries of all keys one after another.
    pub(crate) ids: Vec<EntryId>,
    /// Open-addressed hash table: 0 is free, else the number of a key plus one; the length is a power of two.
    pub(crate) slots: Vec<u32>,
}

/// A name or a beginning of one: where its text and its entries stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub start: u32,
    /// Length in bytes; the top bit tells that longer names begin with it.
    pub length: u32,
    pub ids: u32,
    pub ids_end: u32,
}

const CONTINUES: u32 = 1 << 31;

/// How letters compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Exact,
    /// The text is a headline in capitals; the name is not.
    Headline,
}

impl Case {
    /// Short names in capitals are too often something else ("WHO", "US").
    fn allows(self, name: &str) -> bool {
        self == Case::Exact || name.len() >= HEADLINE_LETTERS
    }
}

/// Letters that a name has at least to be found in capitals.
const HEADLINE_LETTERS: usize = 4;

impl Names {
    /// Indexes folded names; the entries of one name keep the order given.
    pub fn build(names: &[(String, EntryId)]) -> Self {
        let mut keys: BTreeMap<&str, (bool, Vec<EntryId>)> = BTreeMap::new();
        for (name, id) in names {
            for end in unit_ends(name) {
                keys.entry(&name[..end]).or_default().0 |= end < name.len();
            }
            let ids = &mut keys.entry(name).or_default().1;
            if !ids.contains(id) {
                ids.push(*id);
            }
        }
        let mut index = Names::default();
        keys.into_iter().for_each(|(key, (continues, ids))| index.push(key, continues, &ids));
        index.fill_slots();
        index
    }

    fn push(&mut self, key: &str, continues: bool, ids: &[EntryId]) {
        let (start, first) = (number(self.text.len()), number(self.ids.len()));
        self.text.push_str(key);
        self.ids.extend(ids);
        let length = number(key.len()) | if continues { CONTINUES } else { 0 };
        self.keys.push(Key { start, length, ids: first, ids_end: number(self.ids.len()) });
    }

    fn fill_slots(&mut self) {
        self.slots = vec![0; (self.keys.len() * 2).next_power_of_two().max(1)];
        for i in 0..self.keys.len() {
            let mut at = self.slot(hash(self.key_text(&self.keys[i])));
            while self.slots[at] != 0 {
                at = self.after(at);
            }
            self.slots[at] = number(i + 1);
        }
    }

    /// The entries that `name` alone names.
    pub fn get(&self, name: &str) -> &[EntryId] {
        let whole = |case| self.longest(name, 0, 0, case).filter(|(end, _)| *end == name.len());
        whole(Case::Exact).or_else(|| whole(Case::Headline)).map_or(&[], |(_, ids)| ids)
    }

    /// End and entries of the longest name that begins at byte `from` and ends after `after`.
    pub fn longest_at(&self, text: &str, from: usize, after: usize) -> Option<(usize, &[EntryId])> {
        let exact = self.longest(text, from, after, Case::Exact);
        let headline =
            capitals(&text[from..]).then(|| self.longest(text, from, after, Case::Headline)).flatten();
        match (exact, headline) {
            (Some(exact), Some(headline)) if headline.0 > exact.0 => Some(headline),
            (None, headline) => headline,
            (exact, _) => exact,
        }
    }

    fn longest(&self, text: &str, from: usize, after: usize, case: Case) -> Option<(usize, &[EntryId])> {
        let mut best = None;
        let (mut state, mut at) = (SEED, from);
        while let Some(unit) = next_unit(text, at) {
            state = hash_blank(state, unit.start > at);
            state = hash_on(state, &text[unit.clone()]);
            let Some(key) = self.find(state, &text[from..unit.end], case) else { break };
            let ids = &self.ids[key.ids as usize..key.ids_end as usize];
            if !ids.is_empty()
                && unit.end > after
                && ends_word(text, unit.end)
                && case.allows(self.key_text(key))
            {
                best = Some((unit.end, ids));
            }
            if key.length & CONTINUES == 0 {
                break;
            }
            at = unit.end;
        }
        best
    }

    /// The key that `text` is; in a headline, which may be several, one that longer names begin with.
    fn find(&self, hash: u64, text: &str, case: Case) -> Option<&Key> {
        let (mut at, mut found) = (self.slot(hash), None);
        while let Some(number) = self.slots.get(at).copied().filter(|n| *n != 0) {
            let key = &self.keys[number as usize - 1];
            if same(text, self.key_text(key), case) {
                found = Some(key);
                if case == Case::Exact || key.length & CONTINUES != 0 {
                    break;
                }
            }
            at = self.after(at);
        }
        found
    }

    fn key_text(&self, key: &Key) -> &str {
        let start = key.start as usize;
        &self.text[start..start + (key.length & !CONTINUES) as usize]
    }

    fn slot(&self, hash: u64) -> usize {
        (hash ^ (hash >> 32)) as usize & (self.slots.len().max(1) - 1)
    }

    fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The next word or mark from `at`, after any blanks.
fn next_unit(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let start = at + rest.len() - rest.trim_start().len();
    let first = text[start..].chars().next()?;
    let end = match first.is_alphanumeric() {
        true => text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| start + n),
        false => start + first.len_utf8(),
    };
    Some(start..end)
}

/// Where the words and marks of a name end.
fn unit_ends(name: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    while let Some(unit) = next_unit(name, ends.last().copied().unwrap_or(0)) {
        ends.push(unit.end);
    }
    ends
}

fn ends_word(text: &str, end: usize) -> bool {
    !text[end..].starts_with(char::is_alphanumeric)
}

/// Whether a text opens with a word in capitals of two letters or more.
fn capitals(text: &str) -> bool {
    let mut letters = text.chars().take(2);
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(|c| !c.is_lowercase())
}

/// Whether `text` is `key`, any run of blanks standing for one.
fn same(text: &str, key: &str, case: Case) -> bool {
    let mut text = squeezed(text);
    for wanted in key.chars() {
        let Some(found) = text.next() else { return false };
        let equal = match case {
            Case::Exact => found == wanted,
            Case::Headline => !found.is_lowercase() && found.eq_ignore_ascii_case(&wanted),
        };
        if !equal {
            return false;
        }
    }
    text.next().is_none()
}

fn squeezed(text: &str) -> impl Iterator<Item = char> {
    let mut blank = false;
    text.chars().filter_map(move |c| {
        let first = c.is_whitespace() && !blank;
        blank = c.is_whitespace();
        if blank { first.then_some(' ') } else { Some(c) }
    })
}

/// FNV-1a (Fowler, Noll, Vo), over letters without case so that headlines share a slot with the name.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn hash_on(state: u64, text: &str) -> u64 {
    text.bytes().fold(state, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3))
}

fn hash_blank(state: u64, blank: bool) -> u64 {
    if blank { hash_on(state, " ") } else { state }
}

fn hash(key: &str) -> u64 {
    hash_on(SEED, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(names: &[&str]) -> Names {
        let names: Vec<_> = names.iter().zip(0..).map(|(n, i)| ((*n).to_owned(), EntryId(i))).collect();
        Names::build(&names)
    }

    /// The name found at `at` of `text`, and its number.
    fn check(names: &[&str], text: &str, at: usize, expected: Option<(&str, u32)>) {
        let index = index(names);
        let found = index.longest_at(text, at, at).map(|(end, ids)| (&text[at..end], ids[0].0));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_name_wins() {
        let names = ["Borduria", "Borduria Gas", "Borduria Gas Works"];
        check(&names, "Borduria Gas said", 0, Some(("Borduria Gas", 1)));
        check(&names, "Borduria Gas Workers", 0, Some(("Borduria Gas", 1)));
        check(&names, "Bordurian", 0, None);
    }

    #[test]
    fn blanks_of_any_length_are_one() {
        check(&["People's Front"], "the People's \n Front.", 4, Some(("People's \n Front", 0)));
    }

    #[test]
    fn marks_belong_to_names() {
        check(&["R.S.", "R.S. Army"], "R.S.-led", 0, Some(("R.S.", 0)));
        check(&["R.S."], "R.S.X", 0, None);
    }

    #[test]
    fn headlines_match_names_of_four_letters() {
        check(&["Klow"], "KLOW TALKS", 0, Some(("KLOW", 0)));
        check(&["Kli"], "KLI TALKS", 0, None);
        check(&["Iron Guard"], "IRON GUARD", 0, Some(("IRON GUARD", 0)));
        check(&["IRON"], "Iron", 0, None);
    }

    #[test]
    fn the_beginning_of_a_headline_may_be_short() {
        check(&["Al Klow Front"], "AL KLOW FRONT", 0, Some(("AL KLOW FRONT", 0)));
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        check(&[], "Klow", 0, None);
        assert!(Names::default().get("Klow").is_empty());
        check(&["Klow"], "", 0, None);
    }
}
