//! A hash index of names and of their beginnings, so that the longest name at a place in a text is found
//! in one probe per word.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::model::EntryId;

/// Names with the entries they name. All but the entries is read in place, as bytes: a world must load fast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The texts of the keys; a key that begins another one shares its text.
    pub(crate) text: Cow<'static, [u8]>,
    /// Names and beginnings of names, [`KEY`] bytes each.
    pub(crate) keys: Cow<'static, [u8]>,
    /// Open-addressed hash table: 0 is free, else the number of a key plus one; the length is a power of two.
    pub(crate) slots: Cow<'static, [u8]>,
    /// The entries of all keys one after another.
    pub(crate) ids: Vec<EntryId>,
}

/// A name or a beginning of one: where its text and its entries stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    start: u32,
    /// Length in bytes; the top bit tells that longer names begin with it.
    length: u32,
    ids: u32,
    ids_end: u32,
}

/// Bytes of a key.
const KEY: usize = 16;

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
        let (mut index, mut text) = (Names::default(), String::new());
        for (key, (continues, ids)) in keys.iter().rev() {
            index.push(key, *continues, ids, &mut text);
        }
        index.text = text.into_bytes().into();
        index.fill_slots(keys.len());
        index
    }

    /// Adds a key; in reverse order, one that begins the key before shares its text.
    fn push(&mut self, key: &str, continues: bool, ids: &[EntryId], text: &mut String) {
        let last = self.keys.len().checked_sub(KEY).map(|at| number_at(&self.keys, at / 4));
        let start = last.filter(|at| text[*at as usize..].starts_with(key)).unwrap_or(number(text.len()));
        if start as usize == text.len() {
            text.push_str(key);
        }
        let length = number(key.len()) | if continues { CONTINUES } else { 0 };
        let first = number(self.ids.len());
        self.ids.extend(ids);
        let numbers = [start, length, first, number(self.ids.len())];
        self.keys.to_mut().extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
    }

    fn fill_slots(&mut self, keys: usize) {
        let mut slots = vec![0u32; (keys * 2).next_power_of_two().max(1)];
        let mask = slots.len() - 1;
        for i in 0..keys {
            let mut at = spread(hash(self.key_text(&self.key(i)))) & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = number(i + 1);
        }
        self.slots = slots.iter().flat_map(|n| n.to_le_bytes()).collect();
    }

    /// Every name with each entry that it names, in the order in which [`Names::build`] would take them.
    pub fn pairs(&self) -> impl Iterator<Item = (String, EntryId)> + '_ {
        (0..self.keys.len() / KEY).map(|i| self.key(i)).flat_map(move |key| {
            let ids = &self.ids[key.ids as usize..key.ids_end as usize];
            ids.iter().map(move |id| (self.key_text(&key).to_owned(), *id))
        })
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
                && case.allows(self.key_text(&key))
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
    fn find(&self, hash: u64, text: &str, case: Case) -> Option<Key> {
        let mask = (self.slots.len() / 4).checked_sub(1)?;
        let (mut at, mut found) = (spread(hash) & mask, None);
        loop {
            let slot = number_at(&self.slots, at) as usize;
            let Some(number) = slot.checked_sub(1) else { return found };
            let key = self.key(number);
            if same(text, self.key_text(&key), case) {
                found = Some(key);
                if case == Case::Exact || key.length & CONTINUES != 0 {
                    return found;
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn key(&self, number: usize) -> Key {
        let at = number * KEY / 4;
        let [start, length, ids, ids_end] = [0, 1, 2, 3].map(|i| number_at(&self.keys, at + i));
        Key { start, length, ids, ids_end }
    }

    fn key_text(&self, key: &Key) -> &str {
        let start = key.start as usize;
        let bytes = self.text.get(start..start + (key.length & !CONTINUES) as usize);
        bytes.and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }
}

/// The little-endian number at `index`, counted in numbers; 0 beyond the end.
pub(crate) fn number_at(bytes: &[u8], index: usize) -> u32 {
    bytes.get(index * 4..index * 4 + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn spread(hash: u64) -> usize {
    (hash ^ (hash >> 32)) as usize
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
