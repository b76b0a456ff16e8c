//! Whether an act happened by the words: negation, modality, conditions, aims, and the operators above it.

use crate::acts::Act;
use crate::arguments::is_to_infinitive;
use crate::predicates::Scene;
use crate::rules::{BlockKind, Effect, Role, Source};
use crate::words::{GROUNDS, RUMOURS};

/// How the words present an act, with the words that say so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Said not to happen or to have happened.
    pub negated: bool,
    /// Possible, conditional, asked about.
    pub hypothetical: bool,
    /// Announced or expected.
    pub future: bool,
    /// By "will" and its like, not by an operator above.
    pub will: bool,
    /// Said of what will be done if something else is: a threat or an offer, if who is to do it says so.
    pub conditional: bool,
    /// What somebody does something else for: an aim, not a deed.
    pub aim: bool,
    /// The words that decided.
    pub cues: Vec<usize>,
}

/// How the words present an act; what is told by denying it is not denied.
pub fn of_act(scene: &Scene, act: &Act) -> Outlook {
    let outlook = read(scene, act.token, act.carrier);
    let is_denial = act.rules.len() == 1 && scene.lexicon.block(act.rules[0]).is_denial;
    match is_denial {
        // Of what one is without it makes no difference what one does or means to do.
        true if is_behind_without(scene, act.token) => Outlook::default(),
        true => outlook.of_denial(scene),
        false => outlook,
    }
}

/// How the words present the act at `token`, carried by the verb `carrier`.
pub fn read(scene: &Scene, token: usize, carrier: Option<usize>) -> Outlook {
    let mut outlook = Outlook::default();
    read_noun(scene, token, &mut outlook);
    let anchor = carrier.unwrap_or(token);
    if scene.tree.is_verb(anchor) || scene.tree.dep(anchor) == "acomp" {
        read_clause(scene, anchor, &mut outlook);
    }
    climb(scene, anchor, &mut outlook);
    let sentence = &scene.tree.sentences()[scene.tree.sentence(token)];
    if sentence.clone().rev().take(4).any(|t| scene.tree.text(t) == "?") {
        outlook.hypothetical = true;
    }
    outlook
}

/// Whether "no", "not", "without" deny a word in its own clause; to break something off is not to deny it.
pub fn is_denied(scene: &Scene, token: usize, carrier: Option<usize>) -> bool {
    let mut outlook = Outlook::default();
    read_noun(scene, token, &mut outlook);
    let anchor = carrier.unwrap_or(token);
    if scene.tree.is_verb(anchor) {
        read_clause(scene, anchor, &mut outlook);
    }
    outlook.negated != is_behind_without(scene, anchor)
}

fn is_behind_without(scene: &Scene, token: usize) -> bool {
    let head = scene.tree.head(token).filter(|_| scene.tree.dep(token) == "pobj");
    head.is_some_and(|p| lower(scene, p) == "without")
}

fn lower(scene: &Scene, i: usize) -> String {
    scene.tree.text(i).to_lowercase()
}

/// "no agreement", "neither side", "any talks".
fn read_noun(scene: &Scene, token: usize, outlook: &mut Outlook) {
    for c in scene.tree.by_dep(token, &["det", "neg", "amod", "preconj"]) {
        match lower(scene, c).as_str() {
            "no" | "neither" | "zero" => outlook.mark_negated(c),
            "possible" | "potential" | "alleged" | "hypothetical" | "eventual" | "any" => {
                outlook.mark_hypothetical(c)
            }
            "planned" | "upcoming" | "forthcoming" | "future" | "scheduled" | "proposed" | "imminent"
            | "expected" => outlook.mark_future(c),
            _ => {}
        }
    }
}

/// Negation and auxiliaries of one verb, its condition, its being an aim.
fn read_clause(scene: &Scene, verb: usize, outlook: &mut Outlook) {
    let tree = scene.tree;
    // The auxiliaries of "is supportive" stand on the copula.
    let verb = if tree.dep(verb) == "acomp" { tree.head(verb).unwrap_or(verb) } else { verb };
    let heads_of_clause = [Some(verb), shares_auxiliaries(scene, verb)];
    for v in heads_of_clause.into_iter().flatten() {
        for c in tree.by_dep(v, &["neg", "aux", "advmod", "preconj"]) {
            match (tree.dep(c), lower(scene, c).as_str()) {
                ("advmod", "longer") if c > 0 && lower(scene, c - 1) == "no" && !tree.has(v, &["neg"]) => {
                    outlook.mark_negated(c)
                }
                ("neg", _) | ("advmod", "never" | "neither" | "hardly" | "nowhere" | "nearly" | "almost")
                    if v == verb || !is_contrast(scene, verb) =>
                {
                    outlook.mark_negated(c)
                }
                ("aux", "will" | "'ll" | "shall" | "wo") => outlook.mark_will(c),
                ("aux", "would" | "'d") if is_reported(scene, v) => outlook.mark_will(c),
                ("aux", "would" | "may" | "might" | "could" | "should" | "can" | "must" | "ought" | "ca") => {
                    outlook.mark_hypothetical(c)
                }
                ("advmod", "possibly" | "perhaps" | "maybe" | "allegedly" | "reportedly")
                    if lower(scene, c) != "reportedly" =>
                {
                    outlook.mark_hypothetical(c)
                }
                _ => {}
            }
        }
        if let Some(c) = inverted(scene, v) {
            outlook.mark_hypothetical(c);
        }
        if let Some(c) = empty_argument(scene, v) {
            outlook.mark_negated(c);
        }
        if is_going_to(scene, v) {
            outlook.mark_will(v);
        }
        if let Some(c) = tree
            .by_dep(v, &["mark", "advmod"])
            .find(|&c| matches!(lower(scene, c).as_str(), "if" | "unless" | "whether" | "lest"))
        {
            outlook.mark_hypothetical(c);
        }
        let condition =
            |c: usize| tree.by_dep(c, &["mark"]).any(|m| matches!(lower(scene, m).as_str(), "if" | "unless"));
        if let Some(c) =
            tree.by_dep(v, &["advcl"]).find(|&c| condition(c) && (outlook.future || outlook.will))
        {
            outlook.conditional = !outlook.hypothetical;
            outlook.mark_hypothetical(c);
        }
        if tree.by_dep(v, &["mark"]).any(|c| lower(scene, c) == "until") && !tree.tag(v).starts_with("VBD") {
            outlook.mark_hypothetical(v);
        }
    }
}

/// The verb before, whose negation and auxiliaries hold for this one too: "did not meet or call", but "did not meet but called".
fn shares_auxiliaries(scene: &Scene, verb: usize) -> Option<usize> {
    let tree = scene.tree;
    let alone = tree.dep(verb) == "conj" && !tree.has(verb, &["aux", "auxpass", "nsubj", "nsubjpass"]);
    // A finite form takes no auxiliary that asks for a bare one.
    let bare = |v: usize| tree.tag(v) == "VB";
    tree.head(verb).filter(|&h| alone && !(bare(h) && matches!(tree.tag(verb), "VBD" | "VBZ")))
}

/// "never met Borduria but called it".
fn is_contrast(scene: &Scene, conjunct: usize) -> bool {
    let before = scene.tree.head(conjunct);
    before.is_some_and(|h| scene.tree.by_dep(h, &["cc"]).any(|c| c < conjunct && lower(scene, c) == "but"))
}

/// "no sanctions", "nobody", "none of them", "neither state" as subject or object: it did not happen.
fn empty_argument(scene: &Scene, verb: usize) -> Option<usize> {
    let tree = scene.tree;
    tree.by_dep(verb, &["nsubj", "nsubjpass", "dobj", "dative"]).find_map(|argument| {
        let is_none = matches!(lower(scene, argument).as_str(), "nobody" | "none" | "nothing" | "neither");
        let emptied = || {
            tree.by_dep(argument, &["det", "neg", "preconj", "cc"]).find(|&c| {
                c < argument && matches!(lower(scene, c).as_str(), "no" | "neither") && !is_bound(scene, c)
            })
        };
        if is_none { Some(argument) } else { emptied() }
    })
}

/// "no fewer than ten".
fn is_bound(scene: &Scene, no: usize) -> bool {
    no + 1 < scene.tree.len()
        && matches!(lower(scene, no + 1).as_str(), "fewer" | "less" | "more" | "matter" | "doubt")
}

/// "is going to visit".
fn is_going_to(scene: &Scene, verb: usize) -> bool {
    let tree = scene.tree;
    let going = tree.head(verb).filter(|&h| tree.dep(verb) == "xcomp" && lower(scene, h) == "going");
    going.is_some_and(|h| {
        is_to_infinitive(tree, verb) && tree.by_dep(h, &["aux"]).any(|a| tree.lemma(a) == "be")
    })
}

/// "said it would": a plan as told then.
fn is_reported(scene: &Scene, verb: usize) -> bool {
    let tree = scene.tree;
    tree.dep(verb) == "ccomp" && tree.head(verb).is_some_and(|h| matches!(tree.tag(h), "VBD" | "VBN"))
}

/// Whether a semicolon stands between a clause and the verb behind it.
fn is_parted(scene: &Scene, clause: usize, verb: usize) -> bool {
    (clause..verb).any(|t| scene.tree.text(t) == ";")
}

/// What the clauses above say of this one.
fn climb(scene: &Scene, from: usize, outlook: &mut Outlook) {
    let tree = scene.tree;
    let mut at = from;
    for _ in 0..8 {
        let Some(head) = tree.head(at) else { return };
        match tree.dep(at) {
            // "Eleven were held; ten have been let go": a sentence of its own, whatever the parse makes of it.
            "ccomp" if is_parted(scene, at, head) => return,
            "xcomp" | "ccomp" | "dobj" | "nsubjpass" | "attr" => {
                let known = apply_operator(scene, head, at, outlook);
                if tree.dep(at) == "ccomp"
                    && let Some(c) = is_untrue(scene, head)
                {
                    outlook.mark_negated(c);
                }
                if tree.dep(at) == "xcomp" && !known && is_to_infinitive(tree, at) {
                    // "is to visit" is arranged; another verb above only makes it thinkable.
                    if tree.lemma(head) == "be" {
                        outlook.mark_will(head)
                    } else {
                        outlook.mark_hypothetical(head)
                    }
                }
                if tree.is_verb(head) && (tree.dep(at) == "xcomp" || (known && tree.dep(at) != "ccomp")) {
                    read_clause(scene, head, outlook);
                } else if known && outlook.cues.contains(&head) {
                    // "did not deny that": the denial itself is negated.
                    tree.by_dep(head, &["neg"]).for_each(|c| outlook.mark_negated(c));
                }
            }
            "advcl" => {
                if is_to_infinitive(tree, at) && !tree.has(at, &["mark"]) {
                    outlook.aim = true;
                }
                return;
            }
            "acl" | "relcl" => {
                if is_to_infinitive(tree, at) && !apply_operator(scene, head, at, outlook) {
                    outlook.mark_hypothetical(head);
                }
                if !is_to_infinitive(tree, at) {
                    if let Some(no) = is_unfounded(scene, head).or_else(|| is_rumoured(scene, head)) {
                        outlook.mark_hypothetical(no);
                    }
                    return;
                }
            }
            "pcomp" | "pobj" => {
                match lower(scene, head).as_str() {
                    // "keep a channel open by making concessions": the means is taken, whatever becomes of the end.
                    "by" if tree.dep(at) == "pcomp" => return,
                    "without" | "despite" if lower(scene, head) == "without" => outlook.mark_negated(head),
                    "than" => outlook.mark_negated(head),
                    "of" if tree.head(head).is_some_and(|h| lower(scene, h) == "instead") => {
                        outlook.mark_negated(head)
                    }
                    "of" | "from" | "to" if is_short_of(scene, head) => outlook.mark_negated(head - 1),
                    _ => {}
                }
                let Some(above) = tree.head(head) else { return };
                if matches!(
                    tree.lemma(above),
                    "aim" | "goal" | "purpose" | "objective" | "intention" | "hope" | "view"
                ) {
                    outlook.aim = true;
                }
                if tree.is_verb(above)
                    && matches!(lower(scene, head).as_str(), "for" | "at")
                    && tree.dep(at) == "pcomp"
                {
                    outlook.aim |= matches!(tree.lemma(above), "aim" | "meet" | "push" | "work");
                }
                if !apply_operator(scene, above, at, outlook)
                    && tree.dep(at) == "pobj"
                    && !scene.frames(above)
                {
                    return;
                }
                at = above;
                continue;
            }
            "conj" => {}
            _ => return,
        }
        at = head;
    }
}

/// "Had Ruritania attacked": an auxiliary before its subject, where nobody asks.
fn inverted(scene: &Scene, verb: usize) -> Option<usize> {
    let tree = scene.tree;
    let subject = tree.child(verb, &["nsubj", "nsubjpass"])?;
    let end = tree.sentences()[tree.sentence(verb)].end;
    let asks = (end.saturating_sub(3)..end).any(|t| tree.text(t) == "?");
    // "Never had it attacked" is no condition.
    let opens = |a: usize| a == 0 || tree.sentence(a - 1) != tree.sentence(a) || !tree.is_word(a - 1);
    let moved = |a: usize| a < subject && matches!(lower(scene, a).as_str(), "had" | "were" | "should");
    tree.by_dep(verb, &["aux", "auxpass"]).find(|&a| !asks && moved(a) && opens(a))
}

/// "stopped short of attacking", "far from attacking", "came close to attacking": it was not done.
fn is_short_of(scene: &Scene, preposition: usize) -> bool {
    let before = preposition.checked_sub(1).map(|t| lower(scene, t)).unwrap_or_default();
    matches!(
        (before.as_str(), lower(scene, preposition).as_str()),
        ("short", "of") | ("far", "from") | ("close", "to")
    )
}

/// "no evidence that", "no proof that": the word that leaves it open.
fn is_unfounded(scene: &Scene, noun: usize) -> Option<usize> {
    let tree = scene.tree;
    let grounds = GROUNDS.contains(tree.lemma(noun));
    tree.by_dep(noun, &["det", "neg"]).find(|&c| grounds && lower(scene, c) == "no")
}

/// "suspicions that", "the allegation that", where nobody is said to have it: a claim that stays in the air.
fn is_rumoured(scene: &Scene, noun: usize) -> Option<usize> {
    let tree = scene.tree;
    let open = RUMOURS.contains(tree.lemma(noun));
    let owned = tree.by_dep(noun, &["poss"]).next().is_some()
        || tree.by_dep(noun, &["prep", "agent"]).any(|p| matches!(tree.lemma(p), "by" | "from" | "among"));
    let held = tree.head(noun).is_some_and(|h| tree.dep(noun) == "dobj" && tree.has(h, &["nsubj"]));
    (open && !owned && !held).then_some(noun)
}

/// "it is not true that", "it is untrue that": the word that says so.
fn is_untrue(scene: &Scene, copula: usize) -> Option<usize> {
    let tree = scene.tree;
    let adjective = tree.child(copula, &["acomp"]).filter(|_| tree.lemma(copula) == "be")?;
    match lower(scene, adjective).as_str() {
        "untrue" | "false" | "wrong" => Some(adjective),
        "true" | "correct" => tree.by_dep(copula, &["neg"]).next(),
        _ => None,
    }
}

/// Applies the effect of an operator at `head` on the action at `below`; whether there is one.
fn apply_operator(scene: &Scene, head: usize, below: usize, outlook: &mut Outlook) -> bool {
    let first = scene.tree.first_conjunct(below);
    for m in scene.matches(head) {
        let block = scene.lexicon.block(m.trigger);
        if block.kind != BlockKind::Operator || !takes(scene, &m, below, first) {
            continue;
        }
        match block.effect {
            Some(Effect::Negated) => outlook.mark_negated(head),
            Some(Effect::Hypothetical) => outlook.mark_hypothetical(head),
            Some(Effect::Future) => outlook.mark_future(head),
            Some(Effect::None) | None => {}
        }
        return true;
    }
    false
}

fn takes(scene: &Scene, m: &crate::predicates::Match, below: usize, first: usize) -> bool {
    let frame = &scene.lexicon.trigger(m.trigger).frame;
    let sources =
        frame.iter().filter(|(s, r)| *r == Role::Action || (*s == Source::Ccomp && *r != Role::Theme));
    sources
        .flat_map(|(s, _)| scene.heads(m.token, m.carrier, s))
        .any(|h| h == below || h == first || scene.tree.under(below, h))
}

impl Outlook {
    /// The outlook of what is told by denying it: "has no relations", "does not have any".
    fn of_denial(self, scene: &Scene) -> Self {
        let is_any = |&c: &usize| lower(scene, c) == "any";
        let left_open = self.hypothetical && !self.cues.iter().any(is_any);
        Outlook { negated: false, hypothetical: left_open, ..self }
    }

    fn mark_negated(&mut self, cue: usize) {
        if !self.cues.contains(&cue) {
            // Two negations leave it open: "did not rule out an attack".
            self.hypothetical |= self.negated;
            self.negated = !self.negated;
            self.cues.push(cue);
        }
    }

    fn mark_hypothetical(&mut self, cue: usize) {
        self.hypothetical = true;
        self.cues.push(cue);
    }

    fn mark_future(&mut self, cue: usize) {
        self.future = true;
        self.cues.push(cue);
    }

    fn mark_will(&mut self, cue: usize) {
        self.will = true;
        self.mark_future(cue);
    }
}
