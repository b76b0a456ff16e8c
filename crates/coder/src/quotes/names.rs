//! Who is named in a document: people and bodies by the words that name them in full, with the roles beside their names.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::tree::Tree;

/// Words of a title beside a name: "Foreign Minister Kurvi Tasch".
const BESIDE: usize = 4;

/// Which pronoun means somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// "he"
    He,
    /// "she"
    She,
}

impl Sex {
    fn parse(column: &str) -> Option<Sex> {
        match column {
            "m" => Some(Sex::He),
            "f" => Some(Sex::She),
            _ => None,
        }
    }
}

/// First names with whom they mean (`data/names`).
static FIRST_NAMES: LazyLock<HashMap<&'static str, Sex>> = LazyLock::new(|| {
    let rows = include_str!("../../../../data/names/first-names.tsv").lines();
    rows.filter_map(|l| l.split_once('\t')).filter_map(|(name, sex)| Some((name, Sex::parse(sex)?))).collect()
});

/// A title before names: whom it means, and the office in full.
type Title = (Option<Sex>, Option<&'static str>);

/// Titles without their full stop (`data/names`).
static TITLES: LazyLock<HashMap<&'static str, Title>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (title, rest) = line.split_once('\t')?;
        let (sex, full) = rest.split_once('\t')?;
        Some((title, (Sex::parse(sex), Some(full).filter(|f| *f != "-"))))
    };
    include_str!("../../../../data/names/titles.tsv").lines().filter_map(row).collect()
});

/// A name of a person or a body in the document.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Its words.
    pub words: Range<usize>,
    /// The referent, by number.
    pub who: usize,
    /// Whether it is a person.
    pub person: bool,
    /// Whether it is a country or a people, which speaks as "it" and not as "they".
    pub land: bool,
}

/// Who is named in a document, and by which words in full.
#[derive(Debug)]
pub struct Names<'a> {
    pub(super) tree: &'a Tree<'a>,
    /// Names in text order.
    pub(super) mentions: Vec<Mention>,
    /// The fullest mention of each referent, and what is known of it.
    pub(super) people: Vec<Person>,
    /// Which mention a token is part of.
    pub(super) at: Vec<Option<u32>>,
    /// Referents by the offices and roles that stand beside their names, in text order.
    pub(super) titled: HashMap<String, Vec<(usize, usize)>>,
}

/// Somebody or something that is named.
#[derive(Debug, Clone)]
pub struct Person {
    /// The words that name it in full.
    pub fullest: Range<usize>,
    /// Its first mention, by number.
    pub first: usize,
    /// Whether it is a person, and no body or land.
    pub person: bool,
    /// Which pronoun means it; `None` where nothing says so.
    pub sex: Option<Sex>,
}

impl<'a> Names<'a> {
    /// Finds who is named, by the engine's entity labels.
    pub fn of(tree: &'a Tree<'a>, labels: &[&'static str]) -> Names<'a> {
        let mut names = Names {
            tree,
            mentions: Vec::new(),
            people: Vec::new(),
            at: vec![None; tree.len()],
            titled: HashMap::new(),
        };
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut runs = runs(tree, labels);
        // Full names first, so that a surname finds its bearer also where it comes before.
        runs.sort_by_key(|(r, _)| (r.len() == 1, r.start));
        for (words, label) in runs {
            names.add(words, label, &mut known);
        }
        names.add_surnames(labels, &known);
        names.mentions.sort_by_key(|m| m.words.start);
        for (number, mention) in names.mentions.iter().enumerate().rev() {
            names.people[mention.who].first = number;
            names.at[mention.words.clone()].fill(Some(number as u32));
        }
        for number in 0..names.mentions.len() {
            names.read_titles(number);
        }
        for person in names.people.iter_mut().filter(|p| p.sex.is_none()) {
            person.sex = FIRST_NAMES.get(tree.text(person.fullest.start)).copied();
        }
        names
    }

    fn add(&mut self, words: Range<usize>, label: &str, known: &mut HashMap<String, usize>) {
        let tree = self.tree;
        let person = label == "PERSON";
        let text = |t: usize| tree.text(t).to_lowercase();
        let last = words.clone().rev().find(|&t| !is_suffix(tree.text(t))).unwrap_or(words.start);
        let key = if person { text(last) } else { words.clone().map(text).collect::<Vec<_>>().join(" ") };
        let next = self.people.len();
        let who = *known.entry(key).or_insert(next);
        let sex = sex(tree, &words);
        if who == next {
            self.people.push(Person { fullest: words.clone(), first: 0, person, sex });
        } else {
            let one = &mut self.people[who];
            one.sex = one.sex.or(sex);
            let longer = words.len() > one.fullest.len();
            if longer && words.clone().any(|t| text(t) == text(one.fullest.start)) {
                one.fullest = words.clone();
            }
        }
        self.mentions.push(Mention { words, who, person, land: matches!(label, "GPE" | "NORP") });
    }

    /// Surnames that the engine does not label where they stand alone.
    fn add_surnames(&mut self, labels: &[&'static str], known: &HashMap<String, usize>) {
        let tree = self.tree;
        for t in (0..tree.len()).filter(|&t| labels[t].is_empty() && tree.tag(t).starts_with("NNP")) {
            let who = known.get(&tree.text(t).to_lowercase()).copied();
            if let Some(who) = who.filter(|&w| self.people[w].person) {
                self.mentions.push(Mention { words: t..t + 1, who, person: true, land: false });
            }
        }
    }

    /// Notes the roles beside a name: "spokesman Kurvi Tasch", "Kurvi Tasch, a spokesman".
    fn read_titles(&mut self, number: usize) {
        let Mention { words, who, .. } = self.mentions[number].clone();
        let tree = self.tree;
        let head = self.head(&words);
        let before = words.start.saturating_sub(BESIDE)..words.start;
        let beside = before.filter(|&t| tree.is_nominal(t) && tree.under(t, head));
        let apposed = tree.by_dep(head, &["appos"]).filter(|&a| tree.is_nominal(a));
        let above = tree.head(head).filter(|&h| tree.dep(head) == "appos" && tree.is_nominal(h));
        let roles: Vec<String> = beside
            .chain(apposed)
            .chain(above)
            .map(|t| spelt_out(&tree.lemma(t).to_lowercase()).to_owned())
            .collect();
        for role in roles {
            self.titled.entry(role).or_default().push((words.start, who));
        }
    }

    /// The token that heads the words of a name.
    pub(super) fn head(&self, words: &Range<usize>) -> usize {
        self.tree.tops(words.clone()).next().unwrap_or(words.end - 1)
    }
}

/// Runs of tokens that the engine labels as one name, without titles and possessive endings.
fn runs(tree: &Tree, labels: &[&'static str]) -> Vec<(Range<usize>, &'static str)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let label = labels[at];
        let start = at;
        at += 1;
        while at < tree.len() && labels[at] == label && !label.is_empty() {
            at += 1;
        }
        let mut end = at;
        while end > start && (tree.tag(end - 1) == "POS" || !tree.is_word(end - 1)) {
            end -= 1;
        }
        let first = (start..end).find(|&t| {
            !matches!(
                tree.lemma(t).to_lowercase().as_str(),
                "the" | "mr." | "mrs." | "ms." | "miss" | "dr." | "mr" | "mrs" | "ms"
            )
        });
        let named = |first: usize| (first..end).all(|t| !tree.text(t).contains([')', '(', '/', '@', '=']));
        if let Some(first) =
            first.filter(|&f| named(f)).filter(|_| matches!(label, "PERSON" | "ORG" | "GPE" | "NORP"))
        {
            runs.push((first..end, label));
        }
    }
    runs
}

/// An office in full, where it stands shortened before names: "Sen."
fn spelt_out(role: &str) -> &str {
    TITLES.get(role.trim_end_matches('.')).and_then(|(_, full)| *full).unwrap_or(role)
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// What "Mr." or a first name says of "he" and "she".
fn sex(tree: &Tree, words: &Range<usize>) -> Option<Sex> {
    let title = words.start.checked_sub(1).map(|t| tree.text(t).trim_end_matches('.').to_lowercase());
    let titled = title.and_then(|t| TITLES.get(t.as_str())).and_then(|(sex, _)| *sex);
    // A surname may be a first name too, so one word alone says something only where it is all that the text gives.
    titled.or_else(|| FIRST_NAMES.get(tree.text(words.start)).copied().filter(|_| words.len() > 1))
}
