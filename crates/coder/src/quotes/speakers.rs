//! Whom the words for a source mean: the name that the document gives in full, behind surnames, pronouns, offices and documents.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::Attributions;
use crate::tree::Tree;
use crate::words::{CARRIERS, DOCUMENTS, GROUPS};

/// Who speaks, as far as the document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Head of the words that name the speaker best.
    pub head: usize,
    /// These words.
    pub words: Range<usize>,
    /// Why they are meant, where the source's own words do not name anybody.
    pub inferred: Option<String>,
}

/// Sentences that a pronoun's antecedent may be away.
const REACH: usize = 12;

/// Words of a title beside a name: "Foreign Minister Kurvi Tasch".
const TITLE: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sex {
    He,
    She,
}

static FIRST_NAMES: LazyLock<HashMap<&'static str, Sex>> = LazyLock::new(|| {
    let rows =
        include_str!("../../../../data/names/first-names.tsv").lines().filter_map(|l| l.split_once('\t'));
    rows.map(|(name, sex)| (name, if sex == "m" { Sex::He } else { Sex::She })).collect()
});

/// A name of a person or a body in the document.
#[derive(Debug, Clone)]
struct Mention {
    words: Range<usize>,
    /// The referent, by number.
    who: usize,
    person: bool,
    /// Whether it is a country or a people, which speaks as "it" and not as "they".
    land: bool,
}

/// Who is named in a document, and by which words in full.
#[derive(Debug)]
pub struct Names<'a> {
    tree: &'a Tree<'a>,
    mentions: Vec<Mention>,
    /// The fullest mention of each referent, and what is known of it.
    people: Vec<Person>,
    /// Which mention a token is part of.
    at: Vec<Option<u32>>,
    /// Referents by the offices and roles that stand beside their names, in text order.
    titled: HashMap<String, Vec<(usize, usize)>>,
}

#[derive(Debug, Clone)]
struct Person {
    fullest: Range<usize>,
    /// Its first mention, by number.
    first: usize,
    person: bool,
    sex: Option<Sex>,
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
        let before = words.start.saturating_sub(TITLE)..words.start;
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

    fn head(&self, words: &Range<usize>) -> usize {
        self.tree.tops(words.clone()).next().unwrap_or(words.end - 1)
    }

    /// Whom the source of attribution number `at` means.
    pub fn speaker(&self, all: &Attributions, at: usize) -> Option<Speaker> {
        let said = &all.said[at];
        let source = said.source?;
        let words = said.named.clone().unwrap_or(source..source + 1);
        self.named(source, &words)
            .map(|who| self.full(who, None))
            .or_else(|| self.by_pronoun(all, at, source))
            .or_else(|| self.spoke_before(all, at, source))
            .or_else(|| self.by_role(source))
            .or_else(|| self.by_owner(source))
            .or_else(|| self.own_words(source, words))
    }

    /// The referent that the words themselves name.
    fn named(&self, source: usize, words: &Range<usize>) -> Option<usize> {
        let tree = self.tree;
        let near = |t: usize| self.at[t].map(|m| &self.mentions[m as usize]);
        let relative = tree.tag(words.start) == "WP" && words.start > 1;
        let beside = (words.start.saturating_sub(2)..words.start).rev().find_map(near).filter(|_| relative);
        let own = beside.or_else(|| near(source));
        let is_person = |m: &&Mention| m.person;
        let apposed = || tree.by_dep(source, &["appos"]).find_map(near).filter(is_person);
        // "Klow police Chief Kurvi Tasch": the person, not the town.
        let titled = || {
            let nominal = tree.is_nominal(source) && !CARRIERS.contains(tree.lemma(source));
            let beside =
                |t: usize| tree.dep(t) == "appos" || tree.head(t) == Some(source) && tree.dep(t) != "prep";
            let person = words.clone().filter(|&t| nominal && beside(t)).filter_map(near).find(is_person);
            person.filter(|m| tree.dep(m.words.end - 1) != "poss")
        };
        own.filter(is_person).or_else(apposed).or_else(titled).or(own).map(|m| m.who)
    }

    fn full(&self, who: usize, inferred: Option<String>) -> Speaker {
        let words = self.people[who].fullest.clone();
        Speaker { head: self.head(&words), words, inferred }
    }

    /// "he", "she", "who", and "I" in somebody's words.
    fn by_pronoun(&self, all: &Attributions, at: usize, source: usize) -> Option<Speaker> {
        let why = |who: usize| self.full(who, Some(format!("“{}” refers back", self.tree.text(source))));
        if let Some(speaker) = self.just_spoke(all, at, source) {
            return Some(speaker);
        }
        match self.tree.lemma(source).to_lowercase().as_str() {
            "he" | "him" | "his" => self
                .antecedent(all, at, source, |m| m.person && self.people[m.who].sex != Some(Sex::She))
                .map(why),
            "she" | "her" => self
                .antecedent(all, at, source, |m| m.person && self.people[m.who].sex != Some(Sex::He))
                .map(why),
            "it" | "its" => self.antecedent(all, at, source, |m| !m.person).map(why),
            "they" | "their" => self.antecedent(all, at, source, |m| !m.person && !m.land).map(why),
            "i" | "we" | "me" | "us" | "my" | "our" => {
                let outer = all.said[at].within?;
                let whose = self.speaker(all, outer)?;
                Some(Speaker {
                    inferred: Some(format!("“{}” is the speaker", self.tree.text(source))),
                    ..whose
                })
            }
            _ => None,
        }
    }

    /// "he", "it" right behind the words of a source that the engine does not know for a name: “...,” the ministry said. It added ...
    fn just_spoke(&self, all: &Attributions, at: usize, source: usize) -> Option<Speaker> {
        let tree = self.tree;
        let (head, number) = all.before(source).find(|(_, i)| *i != at)?;
        let near = tree.sentence(head) + 2 >= tree.sentence(source);
        let nameless = near && self.at[head].is_none_or(|m| !self.mentions[m as usize].person);
        let fits = match tree.lemma(source).to_lowercase().as_str() {
            "he" | "she" => tree.tag(head) == "NNP",
            "it" => tree.tag(head) == "NN" && GROUPS.contains(tree.lemma(head)),
            _ => false,
        };
        let words = all.said[number].named.clone().filter(|_| nameless && fits)?;
        let inferred = Some(format!("“{}” refers back to who spoke before", tree.text(source)));
        Some(Speaker { head, words, inferred })
    }

    /// Subjects of the sentence and the ones before, then who spoke last, then whoever was named last.
    fn antecedent(
        &self,
        all: &Attributions,
        at: usize,
        source: usize,
        fits: impl Fn(&Mention) -> bool,
    ) -> Option<usize> {
        let tree = self.tree;
        let sentence = tree.sentence(source);
        let own = &all.said[at];
        let outside = |t: usize| !own.holds(t);
        // Those whom somebody speaks of are not who speaks next.
        let told = |t: usize| {
            let mut around = all.around(t).map(|i| &all.said[i]);
            around.any(|s| s.claim && s.within.is_none() && s.cue != own.cue && !s.holds(source))
        };
        let end = self.mentions.partition_point(|m| m.words.start < source);
        let before = || {
            let near = self.mentions[..end]
                .iter()
                .rev()
                .take_while(|m| tree.sentence(m.words.start) + REACH >= sentence);
            near.filter(|m| fits(m) && outside(m.words.start))
        };
        let is_subject = |m: &&Mention| matches!(tree.dep(self.head(&m.words)), "nsubj" | "nsubjpass");
        let distance = |m: &&Mention| sentence - tree.sentence(m.words.start);
        let spoke = || {
            let near = all.before(source).take_while(|(t, _)| tree.sentence(*t) + 4 >= sentence);
            let mut named = near
                .filter(|(_, i)| *i != at)
                .filter_map(|(t, i)| self.named(t, &all.said[i].named.clone()?));
            named.find(|&who| fits(&self.mentions[self.people[who].first]))
        };
        let near_subject =
            before().filter(is_subject).find(|m| distance(m) <= 1 && !told(m.words.start)).map(|m| m.who);
        near_subject
            .or_else(spoke)
            .or_else(|| before().filter(is_subject).find(|m| distance(m) <= 3).map(|m| m.who))
            .or_else(|| before().next().map(|m| m.who))
    }

    /// "he", "it", of whom no name fits: whoever spoke in the sentences before, by his own words ("the ministry").
    fn spoke_before(&self, all: &Attributions, at: usize, source: usize) -> Option<Speaker> {
        let tree = self.tree;
        let pronoun = tree.lemma(source).to_lowercase();
        let refers = matches!(pronoun.as_str(), "he" | "she" | "it" | "they");
        let near = |t: usize| tree.sentence(t) + 3 >= tree.sentence(source);
        let mut before = all.before(source).filter(|(_, i)| refers && *i != at).take_while(|(t, _)| near(*t));
        let (head, number) = before.find(|(t, _)| tree.is_nominal(*t))?;
        let words = all.said[number].named.clone()?;
        let person = self.at[head].is_some_and(|m| self.mentions[m as usize].person);
        let inferred = Some(format!("“{}” refers back to who spoke before", tree.text(source)));
        (pronoun != "it" || !person).then_some(Speaker { head, words, inferred })
    }

    /// "the minister": whoever was named with that office last.
    fn by_role(&self, source: usize) -> Option<Speaker> {
        let tree = self.tree;
        let definite = tree.by_dep(source, &["det", "poss"]).any(|d| {
            matches!(tree.lemma(d).to_lowercase().as_str(), "the" | "his" | "her" | "its" | "their")
        });
        // "the Ruritanian president" is not any president.
        let definite = definite && !tree.has(source, &["amod", "compound", "nmod"]);
        let role = tree.lemma(source).to_lowercase();
        let bearers = self.titled.get(&role).filter(|_| definite)?;
        let before = bearers.iter().rev().find(|(at, _)| *at < source);
        let (_, who) = before.or(bearers.first())?;
        Some(self.full(*who, Some(format!("“{}” was said of this name", tree.text(source)))))
    }

    /// "his statement", "a letter from the ministry": whoever issued it.
    fn by_owner(&self, source: usize) -> Option<Speaker> {
        let owner = owner_of(self.tree, source)?;
        let why = Some(format!("whose “{}” it is", self.tree.text(source)));
        let words = self.tree.subtree(owner, |c| !matches!(self.tree.dep(c), "case" | "punct" | "relcl"));
        match self.named(owner, &(owner..owner + 1)) {
            Some(who) => Some(self.full(who, why)),
            None => Some(Speaker { head: owner, words, inferred: why }),
        }
    }

    fn own_words(&self, source: usize, words: Range<usize>) -> Option<Speaker> {
        let tree = self.tree;
        let pronoun = tree.tag(source).starts_with("PRP") || tree.tag(source).starts_with('W');
        let words = if words.contains(&source) {
            words
        } else {
            tree.subtree(source, |c| !matches!(tree.dep(c), "relcl" | "punct"))
        };
        (!pronoun).then_some(Speaker { head: source, words, inferred: None })
    }
}

/// Whose document a source is: "the ministry's letter", "the statement from the ministry".
pub fn owner_of(tree: &Tree, source: usize) -> Option<usize> {
    let is_document = CARRIERS.contains(tree.lemma(source)) || DOCUMENTS.contains(tree.lemma(source));
    let of = || {
        tree.by_dep(source, &["prep"])
            .filter(|&p| matches!(tree.lemma(p), "from" | "of" | "by"))
            .find_map(|p| tree.child(p, &["pobj"]))
    };
    let owner = tree.child(source, &["poss"]).or_else(of).filter(|_| is_document)?;
    let speaks =
        tree.tag(owner).starts_with("NNP") || tree.tag(owner).starts_with("PRP") || tree.is_nominal(owner);
    speaks.then_some(owner)
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

/// An office that stands shortened before names.
fn spelt_out(role: &str) -> &str {
    match role.trim_end_matches('.') {
        "sen" => "senator",
        "rep" => "representative",
        "gov" => "governor",
        "gen" => "general",
        "col" => "colonel",
        "lt" => "lieutenant",
        "prof" => "professor",
        "dr" => "doctor",
        _ => role,
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// What "Mr." or a first name says of "he" and "she".
fn sex(tree: &Tree, words: &Range<usize>) -> Option<Sex> {
    let title = words.start.checked_sub(1).map(|t| tree.text(t).trim_end_matches('.').to_lowercase());
    match title.as_deref() {
        Some("mr" | "king" | "prince" | "sir" | "lord" | "father" | "congressman" | "businessman") => {
            Some(Sex::He)
        }
        Some(
            "mrs" | "ms" | "miss" | "queen" | "princess" | "lady" | "sister" | "congresswoman"
            | "businesswoman",
        ) => Some(Sex::She),
        // A surname may be a first name too, so one word alone says something only where it is all that the text gives.
        _ => FIRST_NAMES.get(tree.text(words.start)).copied().filter(|_| words.len() > 1),
    }
}
