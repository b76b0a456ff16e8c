//! Whom the words for a source mean: the name that the document gives in full, behind surnames, pronouns, offices and documents.

use std::ops::Range;

use super::Attributions;
use super::names::{Mention, Names, Sex};
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

impl Names<'_> {
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
        (nameless && fits).then(|| self.by_words_of(all, number, head, source))?
    }

    /// The source of an attribution by its own words, which a pronoun takes up.
    fn by_words_of(&self, all: &Attributions, number: usize, head: usize, pronoun: usize) -> Option<Speaker> {
        let words = all.said[number].named.clone()?;
        let why = format!("“{}” refers back to who spoke before", self.tree.text(pronoun));
        Some(Speaker { head, words, inferred: Some(why) })
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
        let person = self.at[head].is_some_and(|m| self.mentions[m as usize].person);
        (pronoun != "it" || !person).then(|| self.by_words_of(all, number, head, source))?
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
        let before = bearers[..bearers.partition_point(|(at, _)| *at < source)].last();
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
