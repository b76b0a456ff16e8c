//! How two that are marked in a text stand to each other there: what the one does to the other.

mod features;
mod guess;
pub mod scorer;
mod senses;

use std::ops::Range;

use chancery_language::Annotation;
use chancery_ontology::{Category, cameo};
use chancery_record as record;
use chancery_text::{CodePoints, Document};

use crate::actors::{End, Given, Party};
use crate::acts::{self, Act};
use crate::events::rule_chain;
use crate::outlook;
use crate::presented::presented;
use crate::tree::Tree;
use crate::{Coder, Prepared, Stage, tokens_at};

pub use features::Features;
pub(crate) use guess::guess;
use scorer::{LABELS, Scorer};

/// Which part one of the two has in an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Does it.
    Actor,
    /// It is done to them.
    Recipient,
    /// Both, as in a meeting.
    Both,
    /// None by the rules.
    None,
}

impl Coder<'_> {
    /// Answers what the document's pair does, by the act that joins the two. `parts` are the engine's annotations of
    /// [`Prepared::texts`].
    pub fn relation(
        &self,
        document: &Document,
        prepared: &Prepared,
        parts: &[Annotation],
    ) -> record::Relation {
        self.staged(
            document,
            prepared,
            parts,
            |tree| marked(document, prepared, tree),
            |q| answer(document, q),
        )
    }

    /// What the scorer looks at in the document's pair; in words too, if asked for.
    pub fn relation_features(
        &self,
        document: &Document,
        prepared: &Prepared,
        parts: &[Annotation],
        in_words: bool,
    ) -> Features {
        self.staged(
            document,
            prepared,
            parts,
            |tree| marked(document, prepared, tree),
            |q| {
                let mut found = Features::new(in_words);
                features::read(q.scene, q.said, q.given, &acts::find(q.scene), &mut found);
                found
            },
        )
    }
}

/// The marked phrases as tokens.
fn marked(document: &Document, prepared: &Prepared, tree: &Tree) -> Vec<Given> {
    let points = CodePoints::new(&document.text);
    let tokens = |span: &Range<usize>| tokens_at(tree, prepared, &points, span);
    let ends = [(End::Source, &document.pair.source), (End::Target, &document.pair.target)];
    ends.into_iter().filter_map(|(end, span)| Some(Given::new(tree, end, tokens(span.as_ref()?)?))).collect()
}

/// The rules decide where they join the two that are named; else the scorer does.
fn answer(document: &Document, stage: &Stage) -> record::Relation {
    let acts = acts::find(stage.scene);
    let mut features = Features::new(false);
    features::read(stage.scene, stage.said, stage.given, &acts, &mut features);
    let scores = Scores::of(&Scorer::embedded().score(&features.into_hashes()));
    let joined = acts.iter().filter_map(|act| Some((joint(stage, act)?, act)));
    let best = joined.min_by_key(|(joint, act)| (*joint, depth(stage, act), act.token));
    match best {
        Some((_, act)) => by_rule(document, stage, act, &scores),
        None => {
            let (category, probability) = scores.best();
            related(document, category, probability)
        }
    }
}

/// How an act joins the two that are marked, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Joint {
    /// Both have the part that they are marked for.
    Both,
    /// The source does it, and the target stands in its clause without a part: "agreed to withdraw from a town in T".
    Clause,
    /// It is done to the target, and the source stands elsewhere.
    Target,
}

fn joint(stage: &Stage, act: &Act) -> Option<Joint> {
    category_of(&act.cameo)?;
    let tree = stage.scene.tree;
    let of = |end: End| stage.given.iter().find(|g| g.end == end);
    let has = |end: End, part_wanted: Part| {
        let found = part(act, stage.given, end);
        found == part_wanted || found == Part::Both
    };
    let (does, suffers) = (has(End::Source, Part::Actor), has(End::Target, Part::Recipient));
    let top = act.carrier.filter(|&c| tree.under(act.token, c)).unwrap_or(act.token);
    match (of(End::Source), of(End::Target)) {
        (None, None) => None,
        (Some(_), None) => does.then_some(Joint::Both),
        (None, Some(_)) => suffers.then_some(Joint::Both),
        (Some(_), Some(_)) if does && suffers => Some(Joint::Both),
        (Some(_), Some(target)) if does && tree.under(target.head, top) => Some(Joint::Clause),
        // Somebody who suffers it from below the act is left to the scorer: "passed a resolution criticising T".
        (Some(source), Some(_)) if suffers && !tree.head(source.head).is_some_and(|h| tree.under(top, h)) => {
            Some(Joint::Target)
        }
        _ => None,
    }
}

fn depth(stage: &Stage, act: &Act) -> usize {
    stage.scene.tree.ancestors(act.token).count()
}

fn by_rule(document: &Document, stage: &Stage, act: &Act, scores: &Scores) -> record::Relation {
    let scene = stage.scene;
    let (shown, left) = presented(scene, stage.said, act, &outlook::of_act(scene, act));
    let by_code = category_of(&shown.cameo).or(category_of(&act.cameo)).unwrap_or(Category::Consult);
    let category = if shown.modes.iter().any(|m| m == "cyber") {
        Category::Assault
    } else if left.negated && by_code.quad() <= 2 {
        // "failed to reach a deal": cooperation that does not come about is what CAMEO has its rejections for.
        Category::Reject
    } else {
        by_code
    };
    record::Relation {
        confidence: calibrated("rule", scores.of_category(category)),
        cameo: Some(shown.cameo.clone()),
        rule: Some(rule_chain(scene, act)),
        trigger: Some(scene.tree.text(act.token).to_owned()),
        ..related(document, category, 0.0)
    }
}

fn related(document: &Document, category: Category, probability: f32) -> record::Relation {
    record::Relation {
        id: document.id.clone(),
        event: category.name().to_owned(),
        quad: category.quad(),
        confidence: calibrated("scorer", probability),
        cameo: None,
        rule: None,
        trigger: None,
    }
}

/// What share was right where that decided and the scorer held the category so probable, on sentences held out.
fn calibrated(decider: &str, probability: f32) -> f64 {
    let text = include_str!("../../../../data/scorer/calibration.tsv");
    let mut rows = text.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        (cells.next() == Some(decider)).then_some(())?;
        let from: f32 = cells.next()?.parse().ok()?;
        (from <= probability).then(|| cells.next()?.parse().ok()).flatten()
    });
    rows.next_back().unwrap_or(0.5)
}

/// How probable each category is, by the scorer.
#[derive(Debug, Clone)]
pub struct Scores(Vec<(Category, f32)>);

impl Scores {
    /// The labels' probabilities as those of the categories that a pair can have.
    pub fn of(labels: &[f32; LABELS.len()]) -> Scores {
        let mut all: Vec<(Category, f32)> = Category::ALL.into_iter().map(|c| (c, 0.0)).collect();
        let known: f32 =
            LABELS.iter().zip(labels).filter(|(l, _)| category_of_label(l).is_some()).map(|(_, s)| s).sum();
        for (label, score) in LABELS.iter().zip(labels) {
            let Some(category) = category_of_label(label) else { continue };
            all.iter_mut()
                .filter(|(c, _)| *c == category)
                .for_each(|(_, sum)| *sum += score / known.max(1e-6));
        }
        Scores(all)
    }

    /// The most probable category.
    pub fn best(&self) -> (Category, f32) {
        self.0.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((Category::Consult, 0.0))
    }

    /// How probable one category is.
    pub fn of_category(&self, category: Category) -> f32 {
        self.0.iter().find(|(c, _)| *c == category).map_or(0.0, |(_, s)| *s)
    }
}

/// The category of a scorer's label; a pair that is asked about always has one.
pub fn category_of_label(label: &str) -> Option<Category> {
    match label {
        "embargo" => category_of("163"),
        "convict" => category_of("116"),
        "territory" => category_of("192"),
        "cyber" => Some(Category::Assault),
        _ => Category::from_name(label),
    }
}

/// The category of a code as OEDA's conversion table has it, which sets of sentences with given parties follow.
fn category_of(code: &str) -> Option<Category> {
    match code {
        "163" => Some(Category::Coerce),
        "116" => Some(Category::Accuse),
        // Not in the table, or differently: the sets have blockades, occupations and attacks by computer under ASSAULT.
        "191" | "192" => Some(Category::Assault),
        _ => cameo(code).and_then(|c| c.category),
    }
}

fn part(act: &Act, given: &[Given], end: End) -> Part {
    let marked = given.iter().find(|g| g.end == end);
    let is_it =
        |p: &Party| p.given == Some(end) || marked.is_some_and(|g| g.head == p.head && p.given.is_none());
    let among = |parties: &[Party]| parties.iter().any(is_it);
    match (among(&act.actors), among(&act.recipients)) {
        (true, true) => Part::Both,
        (true, false) => Part::Actor,
        (false, true) => Part::Recipient,
        (false, false) => Part::None,
    }
}

fn strength(act: &Act, given: &[Given]) -> u8 {
    if category_of(&act.cameo).is_none() {
        return 0;
    }
    match (part(act, given, End::Source), part(act, given, End::Target)) {
        (Part::Actor | Part::Both, Part::Recipient | Part::Both) => 5,
        (Part::Actor, Part::None) => 4,
        (Part::None, Part::Recipient) => 3,
        (Part::Recipient, Part::Actor) => 2,
        _ => 1,
    }
}
