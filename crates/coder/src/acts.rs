//! From words that set off rules to acts: base actions, and what operators make of them.

use std::collections::{HashMap, HashSet};

use crate::actors::{Kind, Party};
use crate::arguments;
use crate::lacking;
use crate::predicates::{Match, Scene, distinct};
use crate::rules::{Block, Effect, Role, Source, Test, TriggerId, Word};
use crate::words::{PEOPLE, SPEAKING};

/// An act that the words describe, before its date, place and source are known.
#[derive(Debug, Clone)]
pub struct Act {
    /// The word that heads it.
    pub token: usize,
    /// The rules, from the outermost operator in.
    pub rules: Vec<TriggerId>,
    /// The words that set them off, in the same order, with carrying verbs.
    pub words: Vec<usize>,
    /// The verb that carries a noun.
    pub carrier: Option<usize>,
    /// CAMEO code.
    pub cameo: String,
    /// What an operator sees.
    pub class: String,
    /// Modes that the rule adds.
    pub modes: Vec<String>,
    /// Contexts that the rules add.
    pub contexts: Vec<String>,
    /// Who does it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Status that an operator gives.
    pub effect: Option<Effect>,
    /// How probable the scorer holds it, where no rule has its words.
    pub scored: Option<f32>,
}

/// How deep operators may stack.
const DEPTH: usize = 5;

/// All acts of a document in text order, those inside an operator's act left out.
pub fn find(scene: &Scene) -> Vec<Act> {
    let mut memo = vec![None; scene.tree.len()];
    let mut acts = Vec::new();
    let mut inside = vec![false; scene.tree.len()];
    let mut completed: HashMap<usize, Vec<Party>> = HashMap::new();
    for i in 0..scene.tree.len() {
        for act in interpret(scene, i, DEPTH, &mut memo) {
            if act.token == i {
                // The words of an act from the second on belong to what is inside it.
                act.words[1..].iter().filter(|&&w| w != act.token).for_each(|&w| inside[w] = true);
                acts.push(act);
            } else if !act.actors.is_empty() {
                completed.entry(act.token).or_insert(act.actors);
            }
        }
    }
    acts.retain(|act| !inside[act.token]);
    keep_the_fuller(&mut acts);
    for act in acts.iter_mut().filter(|a| a.actors.is_empty()) {
        // "began the bombing": the operator above supplies who does it.
        if let Some(full) = completed.get(&act.token) {
            act.actors.clone_from(full);
        }
    }
    acts
}

/// Those of some acts in text order that stand in the sentence of a token.
pub fn of_sentence<'s>(scene: &Scene, acts: &'s [Act], token: usize) -> &'s [Act] {
    let sentence = &scene.tree.sentences()[scene.tree.sentence(token)];
    let before = |at: usize| acts.partition_point(|a| a.token < at);
    &acts[before(sentence.start)..before(sentence.end)]
}

/// Of what one word makes of several actions, codes of one root with and without recipient are one act.
fn keep_the_fuller(acts: &mut Vec<Act>) {
    let key = |a: &Act| (a.token, root(&a.cameo));
    let fuller: HashSet<(usize, String)> =
        acts.iter().filter(|a| !a.recipients.is_empty()).map(key).collect();
    acts.retain(|a| !a.recipients.is_empty() || !fuller.contains(&key(a)));
}

fn root(cameo: &str) -> String {
    cameo.chars().take(2).collect()
}

type Memo = Vec<Option<Vec<Act>>>;

/// What the word `i` describes: nothing, an act, or several where an operator takes several actions.
fn interpret(scene: &Scene, i: usize, depth: usize, memo: &mut Memo) -> Vec<Act> {
    if let Some(known) = &memo[i] {
        return known.clone();
    }
    if depth == 0 {
        return Vec::new();
    }
    // A cycle of operators finds nothing the second time round.
    memo[i] = Some(Vec::new());
    let matches = scene.matches(i);
    let mut readings = matches.iter().map(|m| {
        if scene.is_operator(m) {
            operate(scene, m, depth, memo)
        } else {
            vec![judging(scene, m, base_act(scene, m), depth, memo)]
        }
    });
    let mut found = readings.find(|acts| !acts.is_empty()).unwrap_or_default();
    // An operator with an action inside says more than the same word's base action: "suspended military aid", 1622 not 162.
    if let Some(closer) = readings.find(|acts| is_closer(acts, &found)) {
        found = closer;
    }
    memo[i] = Some(found.clone());
    found
}

/// Whether what an operator makes subdivides the code of a base action.
fn is_closer(composed: &[Act], plain: &[Act]) -> bool {
    let (Some(composed), Some(plain)) = (composed.first(), plain.first()) else { return false };
    let stem = plain.cameo.trim_end_matches('0');
    composed.rules.len() > 1
        && plain.rules.len() == 1
        && composed.cameo != plain.cameo
        && stem.len() >= 2
        && composed.cameo.starts_with(stem)
}

fn block<'a>(scene: &Scene<'a>, m: &Match) -> &'a Block {
    scene.lexicon.block(m.trigger)
}

fn base_act(scene: &Scene, m: &Match) -> Act {
    let block = block(scene, m);
    let (actors, recipients) = parties(scene, m);
    let mut words = vec![m.token];
    words.extend(named_arguments(scene, m));
    Act {
        token: m.token,
        rules: vec![m.trigger],
        words,
        carrier: m.carrier.map(|c| c.verb),
        cameo: block.cameo.clone().unwrap_or_default(),
        class: block.class.clone(),
        modes: block.modes.clone(),
        contexts: block.contexts.clone(),
        actors,
        recipients,
        effect: None,
        scored: None,
    }
}

/// What is judged is somebody's deed: praise, blame or refusal of an event goes to who did it, not to whom it befell.
fn judging(scene: &Scene, m: &Match, act: Act, depth: usize, memo: &mut Memo) -> Act {
    if !matches!(act.class.as_str(), "criticise" | "accuse" | "investigate" | "diplomacy" | "refusal") {
        return act;
    }
    let trigger = scene.lexicon.trigger(m.trigger);
    let sources = trigger.frame.iter().filter(|(_, r)| *r == Role::Recipient).map(|(s, _)| s);
    let judged =
        sources.flat_map(|s| scene.heads(m.token, m.carrier, s)).find(|&h| scene.cast.own(h).is_empty());
    let deeds = judged.map(|h| reach(scene, h, depth - 1, memo)).unwrap_or_default();
    let Some(deed) = deeds.into_iter().next() else { return act };
    let others = deed.actors.into_iter().filter(|p| !act.actors.iter().any(|a| a.same(p)));
    Act { recipients: others.collect(), ..act }
}

/// Nouns that a verb's rule names ("lifted sanctions", "brokered a truce"): the verb's act is theirs too.
fn named_arguments(scene: &Scene, m: &Match) -> Vec<usize> {
    let trigger = scene.lexicon.trigger(m.trigger);
    if trigger.word != Word::Verb {
        return Vec::new();
    }
    let named = trigger.tests.iter().filter_map(|(s, t)| match t {
        Test::Words(words) => Some((s, words)),
        _ => None,
    });
    let heads = named.flat_map(|(s, words)| {
        let found = scene.heads(m.token, m.carrier, s).into_iter().flat_map(|h| scene.tree.conjuncts(h));
        found
            .filter(|&h| words.binary_search(&scene.tree.lemma(h).to_lowercase()).is_ok())
            .collect::<Vec<_>>()
    });
    heads.filter(|&h| scene.cast.name(h).is_none()).collect()
}

/// Actors and recipients by the rule's frame, reciprocal partners and goods' owners included.
fn parties(scene: &Scene, m: &Match) -> (Vec<Party>, Vec<Party>) {
    let trigger = scene.lexicon.trigger(m.trigger);
    let both = scene.filler(m, Role::Both);
    let block = scene.lexicon.block(m.trigger);
    let both = lacking::sides(scene, m.token).filter(|_| block.is_denial).unwrap_or(both);
    if both.len() > 1 {
        return (both.clone(), both);
    }
    let mut actors = scene.filler(m, Role::Actor);
    let mut recipients = scene.filler(m, Role::Recipient);
    if recipients.is_empty() && both.len() == 1 {
        recipients = both;
    }
    if recipients.is_empty() {
        recipients = owners_of_theme(scene, m, &actors);
    }
    if recipients.is_empty() {
        recipients = who_is_under(scene, m);
    }
    let class = &block.class;
    // "relations between A and B were cut": by whom is not said, and it befalls both.
    if actors.is_empty() && recipients.len() > 1 && matches!(class.as_str(), "relations" | "reduce.relations")
    {
        actors = recipients.clone();
        return (actors, recipients);
    }
    if recipients.is_empty() && class.starts_with("aid") {
        recipients = whom_it_helps(scene, m);
    }
    if recipients.is_empty() && class.starts_with("attack") {
        recipients = where_it_struck(scene, m);
    }
    if recipients.is_empty() && !scene.is_operator(m) {
        recipients = whom_it_is_against(scene, m);
    }
    if recipients.is_empty() && is_done_somewhere(class) {
        recipients = where_it_is_done(scene, m);
        recipients.retain(|r| !actors.iter().any(|a| a.code == r.code));
    }
    let of_people = block.befalls_people;
    if recipients.is_empty() && of_people {
        recipients = people_of_words(scene, m);
    }
    let to_known = recipients.iter().any(|p| p.code.is_some());
    if actors.is_empty() && (to_known || of_people) {
        actors = named_stranger(scene, m);
    }
    if recipients.is_empty() && trigger.reciprocal && actors.len() > 1 {
        recipients = actors.clone();
    }
    let mutual = trigger.reciprocal
        && recipients.len() == actors.len()
        && recipients.iter().all(|r| actors.iter().any(|a| a.same(r)));
    if !mutual {
        recipients.retain(|r| !actors.iter().any(|a| a.same(r)));
    }
    // Whoever visits a capital visits the town.
    if is_hostile(class) || class == "visit" {
        recipients.iter_mut().for_each(|p| *p = scene.cast.as_place(p));
    }
    recipients.retain(|r| !is_own_ground(r, &actors));
    if actors.is_empty() {
        actors = other_of_pair(scene, m, &recipients);
    }
    if is_encounter(class) && m.carrier.is_none() {
        fill_from_clause(scene, m, &mut actors, &mut recipients);
    }
    if is_encounter(class) && actors.is_empty() && recipients.is_empty() {
        (actors, recipients) = both_who_tell(scene, m);
    }
    // Who has no relations with another is without the other's too.
    if block.is_denial && trigger.reciprocal && !actors.is_empty() && !recipients.is_empty() {
        let both = distinct(actors.into_iter().chain(recipients).collect());
        return (both.clone(), both);
    }
    (actors, recipients)
}

/// Whether a recipient is only the actor's own state or a place in it: nobody is done to by acting at home.
fn is_own_ground(recipient: &Party, actors: &[Party]) -> bool {
    // Rebels fight their own state.
    let rebels = actors.iter().any(|a| matches!(a.sector.as_deref(), Some("REB" | "UAF" | "CRM")));
    let ground = matches!(recipient.kind, Kind::State | Kind::Place)
        && recipient.sector.is_none()
        && !(rebels && recipient.inferred.is_none());
    ground && actors.len() == 1 && actors[0].code.is_some() && actors[0].code == recipient.code
}

/// Whose the goods are: "the purchase of Ruritanian arms".
fn owners_of_theme(scene: &Scene, m: &Match, actors: &[Party]) -> Vec<Party> {
    let trigger = scene.lexicon.trigger(m.trigger);
    let themes = trigger.frame.iter().filter(|(_, r)| *r == Role::Theme);
    let mut heads: Vec<usize> = themes.flat_map(|(s, _)| scene.heads(m.token, m.carrier, s)).collect();
    heads.extend(named_arguments(scene, m));
    let owners = heads
        .iter()
        .flat_map(|&h| scene.cast.owners(h))
        .map(|o| Party { inferred: Some("the goods are theirs".into()), ..o });
    let others: Vec<Party> = owners.filter(|o| !actors.iter().any(|a| a.code == o.code)).collect();
    if !others.is_empty() {
        return distinct(others);
    }
    let partners = heads.iter().flat_map(|&h| partners_of(scene, h, 2));
    distinct(partners.filter(|o| !actors.iter().any(|a| a.code == o.code)).collect())
}

/// A doer by a name that no table has: "the Iron Guard killed".
fn named_stranger(scene: &Scene, m: &Match) -> Vec<Party> {
    let tree = scene.tree;
    let verb = m.carrier.map_or(m.token, |c| c.verb);
    let of_people = scene.lexicon.block(m.trigger).befalls_people;
    let is_name = |s: &usize| {
        let label = scene.cast.label(*s);
        let fits = matches!(label, "ORG" | "PERSON") || of_people && label.is_empty();
        fits && tree.tag(*s).starts_with("NNP") && scene.cast.name(*s).is_none()
    };
    let subject = arguments::logical_subject(tree, verb).into_iter().filter(|_| tree.is_verb(verb));
    subject.filter(is_name).map(|s| scene.cast.stranger(s)).collect()
}

/// Those whom no table knows but whom the deed befell: "arrested forty pilgrims", "two were injured".
fn people_of_words(scene: &Scene, m: &Match) -> Vec<Party> {
    let tree = scene.tree;
    let trigger = scene.lexicon.trigger(m.trigger);
    let sources = trigger.frame.iter().filter(|(_, r)| *r == Role::Recipient).map(|(s, _)| s);
    let heads = sources.flat_map(|s| scene.heads(m.token, m.carrier, s)).flat_map(|h| tree.conjuncts(h));
    let person = |&h: &usize| match tree.tag(h) {
        _ if tree.lemma(h) == "other" => tree.has(h, &["nummod", "quantmod"]),
        "NN" | "NNS" => PEOPLE.contains(&tree.lemma(h).to_lowercase()),
        "PRP" => tree.lemma(h) != "it",
        tag => tree.is_nominal(h) || tag == "CD",
    };
    distinct(heads.filter(person).map(|h| scene.cast.stranger(h)).collect())
}

/// "isolated under sanctions", "lives under occupation": the subject of the verb is under it.
fn who_is_under(scene: &Scene, m: &Match) -> Vec<Party> {
    let tree = scene.tree;
    let noun = match m.carrier {
        _ if tree.is_nominal(m.token) => m.token,
        _ if tree.dep(m.token) == "acl" => tree.head(m.token).unwrap_or(m.token),
        _ => return Vec::new(),
    };
    let under =
        tree.head(noun).filter(|&p| tree.dep(noun) == "pobj" && tree.lemma(p).eq_ignore_ascii_case("under"));
    let verb = under.and_then(|p| tree.ancestors(p).find(|&a| tree.is_verb(a)));
    let subject = verb.and_then(|v| arguments::surface_subject(tree, v, 3));
    subject.map(|s| scene.cast.parties(s)).unwrap_or_default()
}

/// "sent tents to help refugees in Ruritania": those whom the gift is to help.
fn whom_it_helps(scene: &Scene, m: &Match) -> Vec<Party> {
    let tree = scene.tree;
    let verb = m.carrier.map_or(m.token, |c| c.verb);
    let of_verb = tree.by_dep(verb, &["advcl", "xcomp"]).collect::<Vec<_>>();
    let of_goods = tree
        .by_dep(verb, &["dobj"])
        .chain([m.token])
        .flat_map(|o| tree.by_dep(o, &["acl", "relcl", "advcl"]).collect::<Vec<_>>());
    let purposes = of_verb.into_iter().chain(of_goods).filter(|&p| arguments::is_to_infinitive(tree, p));
    let helped = purposes.map(|p| concerned(scene, p)).find(|p| !p.is_empty());
    helped
        .unwrap_or_default()
        .into_iter()
        .map(|p| Party { inferred: Some("it is to help them".into()), ..p })
        .collect()
}

/// "attacked a camp in Klow": the state of the place is struck.
fn where_it_struck(scene: &Scene, m: &Match) -> Vec<Party> {
    let objects = scene.heads(m.token, m.carrier, &Source::Obj);
    let around = objects.into_iter().chain([m.token]).chain(m.carrier.map(|c| c.verb));
    let places = around.flat_map(|a| {
        ["in", "near", "at", "on", "of"]
            .into_iter()
            .flat_map(move |w| arguments::prepositional(scene.tree, a, w))
    });
    let struck = places
        .flat_map(|h| scene.cast.parties_or_owners(h))
        .find(|p| matches!(p.kind, Kind::State | Kind::Place) && p.code.is_some());
    struck
        .map(|p| Party { inferred: Some("where it struck".into()), sector: None, kind: Kind::Place, ..p })
        .into_iter()
        .collect()
}

/// Whether what is done in a place is done to it: relief goes there, troops leave it, curfews lie on it.
fn is_done_somewhere(class: &str) -> bool {
    matches!(
        family(class),
        "aid" | "withdraw" | "disarm" | "ceasefire" | "restrict" | "territory" | "mobilize" | "yield"
    )
}

fn family(class: &str) -> &str {
    class.split('.').next().unwrap_or(class)
}

/// "sent tents for those who lost their homes in Klow", "imposed a curfew in parts of Klow": the first place behind the
/// act in its own clause.
fn where_it_is_done(scene: &Scene, m: &Match) -> Vec<Party> {
    let prepositions = ["in", "to", "for", "across", "on", "near", "from", "of"];
    let places = objects_in_clause(scene, m, &prepositions).into_iter().flat_map(|t| scene.cast.parties(t));
    let place = places.into_iter().find(|p| matches!(p.kind, Kind::State | Kind::Place) && p.code.is_some());
    place.map(|p| Party { inferred: Some("where it is done".into()), ..p }).into_iter().collect()
}

/// "mobilised its army for a war against Borduria": whom a phrase further down the clause is against.
fn whom_it_is_against(scene: &Scene, m: &Match) -> Vec<Party> {
    let found = objects_in_clause(scene, m, &["against"]).into_iter();
    found.map(|t| scene.cast.parties_or_owners(t)).find(|p| !p.is_empty()).unwrap_or_default()
}

/// Objects of these prepositions behind an act in its own clause, in text order.
fn objects_in_clause(scene: &Scene, m: &Match, prepositions: &[&str]) -> Vec<usize> {
    let tree = scene.tree;
    let top = m.carrier.map_or(m.token, |c| c.verb);
    let goes_on =
        |t: &usize| !matches!(tree.dep(*t), "relcl" | "ccomp" | "conj" | "nsubj" | "nsubjpass" | "parataxis");
    let mut open = vec![top];
    let mut objects = Vec::new();
    while let Some(at) = open.pop() {
        let below = tree.children(at).filter(goes_on);
        let is_wanted = prepositions.contains(&tree.lemma(at));
        objects.extend(below.clone().filter(|&t| is_wanted && t > top && tree.dep(t) == "pobj"));
        open.extend(below);
    }
    objects.sort_unstable();
    objects
}

/// Whom a treaty or a path of cooperation is with.
fn partners_of(scene: &Scene, noun: usize, depth: usize) -> Vec<Party> {
    let at = |word| arguments::prepositional(scene.tree, noun, word).into_iter();
    let own: Vec<Party> = at("with").chain(at("between")).flat_map(|h| scene.cast.parties(h)).collect();
    if own.is_empty() && depth > 0 && scene.frames(noun) {
        return at("of").flat_map(|h| partners_of(scene, h, depth - 1)).collect();
    }
    own
}

/// "A and B confirmed the start of talks": those who tell of it together take part.
fn both_who_tell(scene: &Scene, m: &Match) -> (Vec<Party>, Vec<Party>) {
    let tree = scene.tree;
    let verb = tree
        .ancestors(m.token)
        .take(4)
        .find(|&a| tree.is_verb(a))
        .filter(|&v| tree.by_dep(v, &["dobj"]).any(|o| tree.under(m.token, o)));
    let subject = verb.map(|v| arguments::logical_subject(tree, v)).unwrap_or_default();
    let both: Vec<Party> = subject.into_iter().flat_map(|s| scene.cast.parties(s)).collect();
    if both.len() < 2 || both[0].code == both[1].code {
        return (Vec::new(), Vec::new());
    }
    let both: Vec<Party> = both
        .into_iter()
        .map(|p| Party { inferred: Some("takes part in what it tells".into()), ..p })
        .collect();
    (both.clone(), both)
}

fn is_encounter(class: &str) -> bool {
    matches!(class, "meet" | "visit" | "negotiate")
}

/// "praised him during a meeting", "after the talks with Borduria, Muskar said": who does the clause was there.
fn fill_from_clause(scene: &Scene, m: &Match, actors: &mut Vec<Party>, recipients: &mut Vec<Party>) {
    let tree = scene.tree;
    let preposition = tree.head(m.token).filter(|&p| {
        tree.dep(m.token) == "pobj"
            && matches!(
                tree.lemma(p).to_lowercase().as_str(),
                "during" | "after" | "at" | "in" | "before" | "following"
            )
    });
    let Some(above) = preposition.and_then(|p| tree.head(p)) else { return };
    let Some(verb) = std::iter::once(above).chain(tree.ancestors(above)).find(|&a| tree.is_verb(a)) else {
        return;
    };
    let why = "takes part in what the clause tells";
    let infer = |parties: Vec<Party>| -> Vec<Party> {
        parties.into_iter().map(|p| Party { inferred: Some(why.into()), ..p }).collect()
    };
    let doers: Vec<Party> =
        arguments::logical_subject(tree, verb).into_iter().flat_map(|h| scene.cast.parties(h)).collect();
    let is_new = |p: &Party, known: &[Party]| !known.iter().any(|k| k.same(p) || k.code == p.code);
    if actors.is_empty() && !doers.is_empty() && doers.iter().all(|d| is_new(d, recipients)) {
        *actors = infer(doers);
    }
    if recipients.is_empty() && !actors.is_empty() {
        let others: Vec<Party> = tree
            .by_dep(verb, &["dobj", "prep"])
            .flat_map(|c| if tree.dep(c) == "dobj" { vec![c] } else { tree.by_dep(c, &["pobj"]).collect() })
            .filter(|&o| !tree.under(m.token, o))
            .flat_map(|o| {
                let own = scene.cast.parties(o);
                if own.is_empty() {
                    tree.by_dep(o, &["prep"])
                        .flat_map(|p| tree.by_dep(p, &["pobj"]))
                        .filter(|&b| !tree.under(m.token, b))
                        .flat_map(|b| scene.cast.parties(b))
                        .collect()
                } else {
                    own
                }
            })
            .filter(|p| p.kind == Kind::Person && is_new(p, actors))
            .collect();
        *recipients = infer(distinct(others));
    }
}

/// In a sentence on the relations between two, the one who does it to the other.
fn other_of_pair(scene: &Scene, m: &Match, recipients: &[Party]) -> Vec<Party> {
    let [recipient] = recipients else { return Vec::new() };
    let tree = scene.tree;
    let above = tree.ancestors(m.token).filter_map(|a| tree.child(a, &["nsubj", "nsubjpass"]));
    for subject in above {
        let between = arguments::prepositional(tree, subject, "between");
        let pair: Vec<Party> = between.into_iter().flat_map(|h| scene.cast.parties(h)).collect();
        if let [a, b] = &pair[..] {
            let other = [(a, b), (b, a)].into_iter().find(|(x, _)| x.code == recipient.code).map(|(_, y)| y);
            return other
                .map(|p| Party {
                    inferred: Some("the other of the two the sentence is about".into()),
                    ..p.clone()
                })
                .into_iter()
                .collect();
        }
    }
    Vec::new()
}

/// What an operator makes of the actions inside; what it is alone, if it has none.
fn operate(scene: &Scene, m: &Match, depth: usize, memo: &mut Memo) -> Vec<Act> {
    let block = block(scene, m);
    let mut inner = Vec::new();
    for head in scene.actions(m) {
        inner.extend(reach(scene, head, depth - 1, memo));
    }
    if inner.is_empty() {
        let alone = block.cameo.as_ref().map(|_| base_act(scene, m));
        let plain = alone.or_else(|| unnamed_action(scene, m, block));
        return plain.map(|act| addressed(scene, m, act)).into_iter().collect();
    }
    // "promised not to attack" threatens nobody.
    if block.name.starts_with("threaten") && inner.iter().all(|act| is_refrained_from(scene, act)) {
        return Vec::new();
    }
    let (actors, recipients) = parties(scene, m);
    let made = inner.into_iter().map(|act| compose(scene, m, block, act, &actors, &recipients));
    made.map(|act| asked_of(scene, m, act)).collect()
}

/// "said that Borduria must talk of lifting sanctions": the demand is made of whoever is to do it.
fn asked_of(scene: &Scene, m: &Match, act: Act) -> Act {
    if !act.recipients.is_empty() || !matches!(block(scene, m).name.as_str(), "request" | "demand") {
        return act;
    }
    let verbs = scene.actions(m).into_iter().filter(|&h| scene.tree.has(h, &["nsubj", "nsubjpass"]));
    let asked = verbs.map(|v| subject_parties(scene, v)).find(|p| !p.is_empty()).unwrap_or_default();
    Act { recipients: others_than(&asked, &act.actors), ..act }
}

/// An operator with an addressee and an action that no rule knows: "urged Ruritania to mend its roads".
fn unnamed_action(scene: &Scene, m: &Match, block: &Block) -> Option<Act> {
    let row = scene.lexicon.compose(&block.name, "*").filter(|row| row.cameo != "-")?;
    let act = base_act(scene, m);
    let verb = scene.actions(m).into_iter().find(|&h| scene.tree.is_verb(h));
    let asks = matches!(block.name.as_str(), "request" | "demand");
    // "said that Borduria must mend its roads": who is to do it is asked.
    let has_subject = |v: usize| scene.tree.dep(v) == "ccomp" || scene.tree.has(v, &["nsubj", "nsubjpass"]);
    let asked = verb.filter(|&v| asks && has_subject(v)).map(|v| subject_parties(scene, v));
    let asked = asked.map(|p| others_than(&p, &act.actors)).filter(|p| !p.is_empty());
    let concerned = verb
        .filter(|_| act.recipients.is_empty())
        .map(|v| asked.unwrap_or_else(|| concerned(scene, v)))
        .unwrap_or_default();
    let recipients =
        if act.recipients.is_empty() { others_than(&concerned, &act.actors) } else { act.recipients };
    let known = |parties: &[Party]| parties.iter().any(|p| p.code.is_some());
    let says_no_word = block.name == "refuse" && verb.is_some_and(|v| SPEAKING.contains(scene.tree.lemma(v)));
    let is_whole = match block.name.as_str() {
        "agree" | "promise" | "refuse" => verb.is_some_and(|v| arguments::is_to_infinitive(scene.tree, v)),
        _ => (verb.is_some() || asks) && known(&recipients),
    };
    let act = Act {
        cameo: row.cameo.clone(),
        class: row.class.clone(),
        modes: row.mode.iter().cloned().collect(),
        effect: row.status,
        recipients,
        ..act
    };
    let doer_is_left_out =
        asks && verb.is_some() && act.actors.is_empty() && arguments::is_passive(scene.tree, m.token);
    (is_whole && !says_no_word && (known(&act.actors) || doer_is_left_out)).then_some(act)
}

fn subject_parties(scene: &Scene, verb: usize) -> Vec<Party> {
    arguments::logical_subject(scene.tree, verb)
        .into_iter()
        .flat_map(|h| scene.cast.parties_or_owners(h))
        .collect()
}

/// Whom the action of a verb that no rule knows is for: its objects and who it is given or done with.
fn concerned(scene: &Scene, verb: usize) -> Vec<Party> {
    let at = |source: Source| {
        scene
            .heads(verb, None, &source)
            .into_iter()
            .flat_map(|h| scene.cast.parties_or_owners(h))
            .collect::<Vec<_>>()
    };
    let sources = [
        Source::Iobj,
        Source::Prep("to".into()),
        Source::Obj,
        Source::Prep("with".into()),
        Source::Prep("for".into()),
        Source::Prep("against".into()),
        Source::Prep("in".into()),
        Source::Prep("at".into()),
    ];
    sources.into_iter().map(at).find(|p| !p.is_empty()).unwrap_or_default()
}

/// An operator without an action inside is aimed at whose proposal, plan or deed its object is.
fn addressed(scene: &Scene, m: &Match, act: Act) -> Act {
    if !act.recipients.is_empty() {
        return act;
    }
    let objects = scene
        .heads(m.token, m.carrier, &Source::Obj)
        .into_iter()
        .flat_map(|h| scene.cast.parties_or_owners(h));
    let recipients = objects.filter(|p| !act.actors.iter().any(|a| a.same(p))).collect();
    Act { recipients: distinct(recipients), ..act }
}

/// The acts that a phrase comes down to: its own word's, those of a noun it carries or frames, of a verb below it.
fn reach(scene: &Scene, head: usize, depth: usize, memo: &mut Memo) -> Vec<Act> {
    let own = interpret(scene, head, depth, memo);
    if !own.is_empty() || depth == 0 {
        return own;
    }
    let tree = scene.tree;
    let below: Vec<usize> = if tree.is_verb(head) {
        let objects = tree.by_dep(head, &["dobj", "xcomp", "nsubjpass", "attr"]);
        // "keep a channel open by making concessions": the means is a deed of its own.
        let inner = tree.by_dep(head, &["prep"]).filter(|&p| !tree.text(p).eq_ignore_ascii_case("by"));
        let by_phrase = inner.filter_map(|p| tree.child(p, &["pobj", "pcomp"]));
        objects.chain(by_phrase).collect()
    } else {
        let framed = tree
            .by_dep(head, &["prep"])
            .filter(|_| scene.frames(head))
            .filter_map(|p| tree.child(p, &["pobj", "pcomp"]));
        framed.chain(tree.by_dep(head, &["acl"]).filter(|&a| arguments::is_to_infinitive(tree, a))).collect()
    };
    for next in below {
        let acts = reach(scene, next, depth - 1, memo);
        if !acts.is_empty() {
            return acts;
        }
    }
    Vec::new()
}

/// One action under an operator. Where the table has no row for the two, the operator only colours the action's status.
fn compose(
    scene: &Scene,
    m: &Match,
    block: &Block,
    inner: Act,
    actors: &[Party],
    recipients: &[Party],
) -> Act {
    let inner = abstained(scene, block, &inner).unwrap_or(inner);
    let row = scene.lexicon.compose(&block.name, &inner.class).filter(|row| row.cameo != "-");
    let row = row.filter(|_| !is_refrained_from(scene, &inner));
    let Some(row) = row else {
        let supplied = if inner.actors.is_empty() {
            others_than(actors, &inner.recipients)
        } else {
            inner.actors.clone()
        };
        return Act { actors: supplied, ..inner };
    };
    let mut recipients = if recipients.is_empty() {
        recipients_inside(&block.name, &inner, actors)
    } else {
        recipients.to_vec()
    };
    // "A and B ended their alliance": with each other.
    if recipients.is_empty() && block.name == "stop" && is_shared(&inner.class) && is_of_several(actors) {
        recipients = actors.to_vec();
    }
    if recipients.is_empty() && matches!(block.name.as_str(), "request" | "demand") {
        recipients = parties_of_purpose(scene, m.token);
    }
    let mut words = vec![m.token];
    words.extend(&inner.words);
    let mut rules = vec![m.trigger];
    rules.extend(&inner.rules);
    Act {
        token: m.token,
        rules,
        words,
        carrier: m.carrier.map(|c| c.verb),
        cameo: row.cameo.clone(),
        class: if row.class.is_empty() { inner.class } else { row.class.clone() },
        modes: row.mode.iter().cloned().collect(),
        contexts: inner.contexts,
        actors: if actors.is_empty() { others_than(&inner.actors, &recipients) } else { actors.to_vec() },
        recipients,
        effect: row.status,
        scored: None,
    }
}

/// Whether what is ended is something that those who end it had with each other.
fn is_shared(class: &str) -> bool {
    matches!(family(class), "relations" | "coop" | "negotiate" | "settle")
}

fn is_of_several(parties: &[Party]) -> bool {
    let states: HashSet<&String> = parties.iter().filter_map(|p| p.code.as_ref()).collect();
    states.len() > 1
}

/// "not to attack": what refusing or stopping it would be, if the operator above takes that.
fn abstained(scene: &Scene, above: &Block, act: &Act) -> Option<Act> {
    let not = negation_of_infinitive(scene, act)?;
    let instead = |operator| scene.lexicon.compose(operator, &act.class).filter(|row| row.cameo != "-");
    let row = instead("refuse").or_else(|| instead("stop"))?;
    scene.lexicon.compose(&above.name, &row.class).filter(|taken| taken.cameo != "-")?;
    let mut words = act.words.clone();
    words.push(not);
    Some(Act { cameo: row.cameo.clone(), class: row.class.clone(), modes: Vec::new(), words, ..act.clone() })
}

/// Whether the act is an infinitive under "not" that still stands as it is.
fn is_refrained_from(scene: &Scene, act: &Act) -> bool {
    negation_of_infinitive(scene, act).is_some_and(|not| !act.words.contains(&not))
}

fn negation_of_infinitive(scene: &Scene, act: &Act) -> Option<usize> {
    let verb = act.carrier.unwrap_or(act.token);
    let tree = scene.tree;
    let negates = |&c: &usize| tree.dep(c) == "neg" || tree.lemma(c) == "never";
    tree.by_dep(verb, &["neg", "advmod"]).find(negates).filter(|_| arguments::is_to_infinitive(tree, verb))
}

fn is_hostile(class: &str) -> bool {
    matches!(
        family(class),
        "sanction"
            | "attack"
            | "coerce"
            | "restrict"
            | "seize"
            | "arrest"
            | "deport"
            | "expel"
            | "mobilize"
            | "territory"
            | "kill"
            | "destroy"
            | "reduce"
            | "abduct"
            | "torture"
            | "wmd"
    )
}

fn others_than(parties: &[Party], known: &[Party]) -> Vec<Party> {
    parties.iter().filter(|p| !known.iter().any(|k| k.same(p))).cloned().collect()
}

/// "called for talks to end the war between A and B": those whose war it is.
fn parties_of_purpose(scene: &Scene, verb: usize) -> Vec<Party> {
    let tree = scene.tree;
    let purposes = tree.by_dep(verb, &["advcl"]).filter(|&c| arguments::is_to_infinitive(tree, c));
    let nouns = purposes.flat_map(|c| tree.by_dep(c, &["dobj"]).collect::<Vec<_>>());
    let between = nouns.flat_map(|n| {
        ["between", "in", "with"].into_iter().flat_map(move |w| arguments::prepositional(tree, n, w))
    });
    distinct(between.flat_map(|h| scene.cast.parties(h)).collect())
}

/// Whom an operator without addressee concerns: who is to act, or whom the action is for.
fn recipients_inside(operator: &str, inner: &Act, actors: &[Party]) -> Vec<Party> {
    let others = |parties: &[Party]| -> Vec<Party> {
        parties
            .iter()
            .filter(|p| !actors.iter().any(|a| a.same(p) || (a.code == p.code && a.sector == p.sector)))
            .cloned()
            .collect()
    };
    let (doers, targets) = (others(&inner.actors), others(&inner.recipients));
    let doers_first =
        matches!(operator, "request" | "demand" | "reject" | "refuse" | "veto-of" | "accuse-of");
    // Who opposes sanctions does nothing to those they would strike.
    let hostile_refused = matches!(operator, "reject" | "veto-of") && is_hostile(&inner.class);
    match (doers_first, doers.is_empty(), targets.is_empty()) {
        _ if hostile_refused => doers,
        (true, false, _) | (_, false, true) => doers,
        _ => targets,
    }
}
