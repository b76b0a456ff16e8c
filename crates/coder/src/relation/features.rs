//! What a scorer looks at in a pair of marked parties: the acts that join them, the words between and above them, how the parse leads from one to the other.

use std::ops::Range;

use crate::actors::{End, Given};
use crate::acts::Act;
use crate::outlook;
use crate::predicates::Scene;
use crate::presented::presented;
use crate::quotes::Attributions;
use crate::relation::senses::senses;
use crate::relation::{Part, category_of, part};
use crate::tree::Tree;

/// Hashes of what holds, without repetition, sorted.
#[derive(Debug, Default)]
pub struct Features {
    hashes: Vec<u32>,
    /// The features in words, for those who want to read them.
    pub names: Option<Vec<String>>,
}

impl Features {
    pub(super) fn new(in_words: bool) -> Features {
        Features { hashes: Vec::new(), names: in_words.then(Vec::new) }
    }

    fn add(&mut self, parts: &[&str]) {
        let bytes = parts.iter().flat_map(|p| p.bytes().chain([b'|']));
        // FNV-1a, 32 bits.
        let hash = bytes.fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
        self.hashes.push(hash);
        if let Some(names) = &mut self.names {
            names.push(parts.join("|"));
        }
    }

    /// The hashes, each once.
    pub fn into_hashes(mut self) -> Vec<u32> {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        self.hashes
    }
}

/// Everything that holds of the two.
pub fn read(scene: &Scene, said: &Attributions, given: &[Given], acts: &[Act], features: &mut Features) {
    features.add(&["bias"]);
    let end = |end: End| given.iter().find(|g| g.end == end);
    let (source, target) = (end(End::Source), end(End::Target));
    read_acts(scene, said, given, acts, features);
    for (name, given) in [("s", source), ("t", target)] {
        match given {
            Some(given) => read_end(scene, name, given, features),
            None => features.add(&[name, "absent"]),
        }
    }
    read_words(scene, given, features);
    if let (Some(source), Some(target)) = (source, target) {
        read_path(scene, source, target, features);
    }
}

/// The rules' reading: which acts, joining whom.
fn read_acts(scene: &Scene, said: &Attributions, given: &[Given], acts: &[Act], features: &mut Features) {
    let best = acts.iter().max_by_key(|a| super::strength(a, given));
    for act in acts {
        let Some(category) = category_of(&act.cameo) else { continue };
        let parts = [part(act, given, End::Source).name(), part(act, given, End::Target).name()];
        let outlook = outlook::of_act(scene, act);
        let (shown, left) = presented(scene, said, act, &outlook);
        let category = category_of(&shown.cameo).unwrap_or(category);
        let state = if left.negated {
            "not"
        } else if left.future {
            "will"
        } else if left.hypothetical {
            "may"
        } else {
            "did"
        };
        let root = &shown.cameo[..shown.cameo.len().min(3)];
        features.add(&["act", category.name(), parts[0], parts[1]]);
        features.add(&["act", category.name(), parts[0], parts[1], state]);
        features.add(&["acts", category.name(), state]);
        features.add(&["cameo", root, parts[0], parts[1]]);
        let rule = &scene.lexicon.block(act.rules[0]).name;
        features.add(&["rule", rule, parts[0], parts[1]]);
        features.add(&["trigger", rule, &scene.lexicon.trigger(act.rules[0]).lemma]);
        if best.is_some_and(|b| b.token == act.token && b.cameo == act.cameo) {
            let strength = super::strength(act, given).to_string();
            features.add(&["best", category.name(), &strength]);
            features.add(&["best", category.name(), &strength, state]);
            features.add(&["bestcameo", root, &strength]);
            features.add(&["bestrule", rule, &strength]);
        }
        for given in given {
            let above = scene.tree.under(given.head, act.token);
            features.add(&["under", category.name(), if above { "y" } else { "n" }, given.end.letter()]);
        }
    }
    if best.is_none() {
        features.add(&["no act"]);
    }
}

/// One of the two: what it is, what it hangs on.
fn read_end(scene: &Scene, name: &str, given: &Given, features: &mut Features) {
    let tree = scene.tree;
    let party = scene.cast.own(given.head).first();
    let sector = party.and_then(|p| p.sector.as_deref()).unwrap_or("-");
    features.add(&[name, "sector", sector]);
    features.add(&[name, "kind", &party.map_or(String::new(), |p| format!("{:?}", p.kind))]);
    let mut at = given.head;
    for step in ["1", "2", "3", "4"] {
        let dep = tree.dep(at);
        let Some(head) = tree.head(at) else {
            features.add(&[name, step, "root"]);
            break;
        };
        let lemma = tree.lemma(head).to_lowercase();
        features.add(&[name, step, dep, &lemma]);
        features.add(&[name, "above", &lemma]);
        if step == "1" {
            features.add(&[name, "sector", sector, dep, &lemma]);
            // What a preposition or a verb has above and beside it tells its sense.
            if let Some(above) = tree.head(head) {
                features.add(&[name, "2", dep, &lemma, &tree.lemma(above).to_lowercase()]);
            }
        }
        at = head;
    }
}

/// The words of the sentence outside the two, and their pairs, by where they stand.
fn read_words(scene: &Scene, given: &[Given], features: &mut Features) {
    let tree = scene.tree;
    let inside = |t: usize| given.iter().any(|g| g.tokens.contains(&t));
    let (low, high) = (
        given.iter().map(|g| g.tokens.end).min().unwrap_or(0),
        given.iter().map(|g| g.tokens.start).max().unwrap_or(tree.len()),
    );
    let mut before = String::from("^");
    for t in around(scene, given).filter(|&t| tree.is_word(t)) {
        if inside(t) {
            let letter = given.iter().find(|g| g.tokens.contains(&t)).map_or("", |g| g.end.letter());
            if before != letter {
                features.add(&["2", &before, letter]);
            }
            letter.clone_into(&mut before);
            continue;
        }
        if scene.cast.name(t).is_some() || tree.tag(t) == "CD" {
            "#".clone_into(&mut before);
            continue;
        }
        let lemma = tree.lemma(t).to_lowercase();
        for sense in senses(tree.tag(t), &lemma) {
            features.add(&["sense", sense]);
        }
        let between = given.len() == 2 && t >= low && t < high;
        features.add(&["w", &lemma]);
        if between {
            features.add(&["b", &lemma]);
        }
        features.add(&["2", &before, &lemma]);
        before = lemma;
    }
}

/// The tokens of the sentences that the two stand in and of those between; of the whole text if nobody is marked.
fn around(scene: &Scene, given: &[Given]) -> Range<usize> {
    let sentence = |g: &Given| scene.tree.sentences()[scene.tree.sentence(g.head)].clone();
    let all = given.iter().map(sentence).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
    all.unwrap_or(0..scene.tree.len())
}

/// How the parse leads from one to the other.
fn read_path(scene: &Scene, source: &Given, target: &Given, features: &mut Features) {
    let tree = scene.tree;
    let chain = |from: usize| -> Vec<usize> { std::iter::once(from).chain(tree.ancestors(from)).collect() };
    let (up, down) = (chain(source.head), chain(target.head));
    let Some(&top) = up.iter().find(|a| down.contains(a)) else {
        features.add(&["path", "none"]);
        return;
    };
    let steps = |chain: &[usize]| -> Vec<usize> { chain.iter().copied().take_while(|&t| t != top).collect() };
    let (up, down) = (steps(&up), steps(&down));
    let lemma = |t: usize| tree.lemma(t).to_lowercase();
    features.add(&["top", &lemma(top)]);
    features.add(&["top", &lemma(top), name_of(tree, &up), name_of(tree, &down)]);
    let route: Vec<&str> = up.iter().chain(down.iter().rev()).map(|&t| tree.dep(t)).collect();
    features.add(&["route", &route.join(" ")]);
    for &t in up.iter().skip(1).chain(down.iter().skip(1)) {
        features.add(&["path", &lemma(t)]);
        senses(tree.tag(t), &lemma(t)).for_each(|s| features.add(&["path sense", s]));
    }
    senses(tree.tag(top), &lemma(top)).for_each(|s| features.add(&["top sense", s]));
    let words: Vec<String> =
        up.iter().skip(1).chain([&top]).chain(down.iter().skip(1).rev()).map(|&t| lemma(t)).collect();
    if words.len() <= 4 {
        features.add(&["words", &words.join(" ")]);
    }
    for (child, dep) in tree.children(top).map(|c| (c, tree.dep(c))) {
        if matches!(dep, "neg" | "aux" | "prt" | "dobj" | "xcomp" | "ccomp" | "acomp" | "attr" | "mark") {
            features.add(&["top child", &lemma(top), dep, &lemma(child)]);
            features.add(&["top child", dep, &lemma(child)]);
        }
    }
}

/// The label of the last step before the top.
fn name_of(tree: &Tree, steps: &[usize]) -> &'static str {
    steps.last().map_or("self", |&t| tree.dep(t))
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Actor => "actor",
            Part::Recipient => "recipient",
            Part::Both => "both",
            Part::None => "none",
        }
    }
}
