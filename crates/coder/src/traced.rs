//! Which rules the words of a text set off, and which they almost did: what somebody who writes rules wants to see.

use chancery_language::Annotation;
use chancery_text::Document;

use crate::predicates::Scene;
use crate::rules::{Source, Test, TriggerId};
use crate::{Coder, Prepared};

/// A rule that has a word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The word.
    pub word: String,
    /// The rule.
    pub trigger: TriggerId,
    /// What keeps it from counting; `None` where it counts.
    pub lacks: Option<String>,
}

/// A verb between two known actors that no rule has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unnamed {
    /// Its lemma.
    pub lemma: String,
    /// Who stands before and after it.
    pub between: (String, String),
    /// Its sentence.
    pub sentence: String,
}

impl Coder<'_> {
    /// Every rule that a word of the document might set off, in text order.
    pub fn tried(&self, document: &Document, prepared: &Prepared, parts: &[Annotation]) -> Vec<Tried> {
        self.staged(
            document,
            prepared,
            parts,
            |_| Vec::new(),
            |stage| (0..stage.scene.tree.len()).flat_map(|i| tried(stage.scene, i)).collect(),
        )
    }

    /// The verbs between two known actors that no rule has.
    pub fn unnamed(&self, document: &Document, prepared: &Prepared, parts: &[Annotation]) -> Vec<Unnamed> {
        self.staged(
            document,
            prepared,
            parts,
            |_| Vec::new(),
            |stage| (0..stage.scene.tree.len()).filter_map(|i| unnamed(stage.scene, i)).collect(),
        )
    }
}

fn tried(scene: &Scene, i: usize) -> Vec<Tried> {
    let counting: Vec<TriggerId> = scene.matches(i).into_iter().map(|m| m.trigger).collect();
    let candidates = scene.lexicon.triggers(scene.tree.lemma(i)).iter();
    candidates
        .map(|&trigger| Tried {
            word: scene.tree.text(i).to_owned(),
            trigger,
            lacks: if counting.contains(&trigger) { None } else { Some(lacks(scene, i, trigger)) },
        })
        .collect()
}

/// The first condition of a rule that the words do not meet.
fn lacks(scene: &Scene, i: usize, id: TriggerId) -> String {
    let trigger = scene.lexicon.trigger(id);
    if !scene.is_word(i, trigger.word) {
        return format!("the word is no {} here", format!("{:?}", trigger.word).to_lowercase());
    }
    if !scene.has_companions(i, trigger) {
        return format!("without “{}”", trigger.with.join(" "));
    }
    let failed = trigger.tests.iter().find(|(source, test)| !scene.bears_out(i, source, test));
    match failed {
        Some((source, test)) => condition(source, test),
        None if scene.lexicon.block(id).is_denial => "the words do not deny it".to_owned(),
        None => "only in the plural".to_owned(),
    }
}

fn condition(source: &Source, test: &Test) -> String {
    let at = place(source);
    match test {
        Test::Words(words) => format!("{at} is none of {}", shown(words)),
        Test::NotWords(words) => format!("{at} is one of {}", shown(words)),
        Test::Is(class) => format!("{at} is no {}", format!("{class:?}").to_lowercase()),
        Test::IsNot(class) => format!("{at} is a known {}", format!("{class:?}").to_lowercase()),
        Test::Present => format!("{at} is not there"),
        Test::Absent => format!("{at} is there"),
    }
}

fn place(source: &Source) -> String {
    match source {
        Source::Prep(word) => format!("“{word}”"),
        Source::Any(sources) => sources.iter().map(place).collect::<Vec<_>>().join(" or "),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn shown(words: &[String]) -> String {
    let more = if words.len() > 6 { " …" } else { "" };
    words.iter().take(6).cloned().collect::<Vec<_>>().join(", ") + more
}

fn unnamed(scene: &Scene, i: usize) -> Option<Unnamed> {
    let tree = scene.tree;
    if !tree.tag(i).starts_with("VB") || scene.lexicon.knows(tree.lemma(i)) {
        return None;
    }
    let named = |heads: Vec<usize>| {
        heads
            .into_iter()
            .flat_map(|h| scene.cast.parties(h))
            .find(|p| p.code.is_some() && p.inferred.is_none())
    };
    let subject = named(scene.heads(i, None, &Source::Subj))?;
    let others = [Source::Obj, Source::Iobj]
        .into_iter()
        .chain(["to", "with", "against", "on", "from", "for"].map(|w| Source::Prep(w.to_owned())));
    let object = others.filter_map(|s| named(scene.heads(i, None, &s))).find(|o| !o.same(&subject))?;
    let name = |p: crate::actors::Party| p.name.or(p.code).unwrap_or_default();
    Some(Unnamed {
        lemma: tree.lemma(i).to_lowercase(),
        between: (name(subject), name(object)),
        sentence: tree.document()[tree.span_of(tree.sentences()[tree.sentence(i)].clone()).range()]
            .to_owned(),
    })
}
