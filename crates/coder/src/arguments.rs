//! Where the arguments of a word stand: subjects and objects through voice, control, relative clauses and coordination.

use crate::rules::Source;
use crate::tree::Tree;
use crate::words::{CALENDAR, OUTWARD};

/// How many clauses up a missing subject is looked for.
const DEPTH: usize = 6;

/// Heads of the phrases at `source` of `i`, by syntax alone.
pub fn at(tree: &Tree, i: usize, source: &Source) -> Vec<usize> {
    match source {
        Source::Subj => logical_subject(tree, i),
        Source::Obj => logical_object(tree, i),
        Source::Iobj if is_passive(tree, i) && tree.has(i, &["dobj"]) => {
            surface_subject(tree, i, DEPTH).into_iter().collect()
        }
        Source::Iobj => tree
            .by_dep(i, &["dative", "iobj"])
            .filter(|&d| tree.is_nominal(d) || tree.tag(d).starts_with("PRP"))
            .collect(),
        Source::By => prepositional(tree, i, "by"),
        Source::Poss => tree.by_dep(i, &["poss"]).collect(),
        Source::Adj | Source::Mod => {
            tree.by_dep(i, &["amod", "compound", "nmod"]).flat_map(|c| tree.conjuncts(c)).collect()
        }
        Source::Oprd => tree.by_dep(i, &["oprd"]).collect(),
        Source::Xcomp => xcomp(tree, i),
        Source::Ccomp => tree
            .by_dep(i, &["ccomp", "acl"])
            .filter(|&c| !is_to_infinitive(tree, c) && !is_participle(tree, c))
            .collect(),
        Source::Any(sources) => sources.iter().flat_map(|s| at(tree, i, s)).collect(),
        Source::Aux => {
            tree.by_dep(i, &["ccomp"]).flat_map(|c| tree.by_dep(c, &["aux"]).collect::<Vec<_>>()).collect()
        }
        Source::Prep(word) => prepositional(tree, i, word),
    }
}

fn is_participle(tree: &Tree, i: usize) -> bool {
    matches!(tree.tag(i), "VBN" | "VBG") && !tree.has(i, &["aux", "auxpass", "nsubj", "nsubjpass", "mark"])
}

/// Whether a verb is a to-infinitive.
pub fn is_to_infinitive(tree: &Tree, i: usize) -> bool {
    tree.by_dep(i, &["aux"]).any(|a| tree.tag(a) == "TO")
}

fn xcomp(tree: &Tree, i: usize) -> Vec<usize> {
    let infinitive = |&c: &usize| match tree.dep(c) {
        "xcomp" => true,
        "ccomp" | "acl" => is_to_infinitive(tree, c),
        // After an object a to-infinitive is what it is done for.
        "advcl" => is_to_infinitive(tree, c) && !tree.has(i, &["dobj"]),
        _ => false,
    };
    let own: Vec<usize> = tree.children(i).filter(infinitive).collect();
    if !own.is_empty() {
        return own;
    }
    // "urged the two sides to talk": the parser may hang the infinitive on the object.
    tree.by_dep(i, &["dobj"])
        .flat_map(|o| {
            tree.by_dep(o, &["acl", "relcl"]).filter(|&c| is_to_infinitive(tree, c)).collect::<Vec<_>>()
        })
        .collect()
}

fn is_time(tree: &Tree, i: usize) -> bool {
    let capital = tree.text(i).starts_with(char::is_uppercase);
    (capital && CALENDAR.contains(tree.text(i).to_lowercase().as_str()))
        || (tree.tag(i) == "CD" && tree.text(i).len() == 4)
}

/// Objects of preposition `word` at `i`: nouns, gerunds, and what is coordinated with the prepositional phrase.
pub fn prepositional(tree: &Tree, i: usize, word: &str) -> Vec<usize> {
    let is_it =
        |p: usize| tree.text(p).eq_ignore_ascii_case(word) || (word == "toward" && tree.text(p) == "towards");
    let phrases = tree.by_dep(i, &["prep", "agent", "dative"]).filter(|&p| is_it(p));
    let mut found: Vec<usize> =
        phrases.flat_map(|p| tree.by_dep(p, &["pobj", "pcomp"])).filter(|&o| !is_time(tree, o)).collect();
    if found.is_empty() {
        // "pulled out of Klow", "pulled back from Klow".
        let outward = tree.by_dep(i, &["prep", "prt", "advmod"]).filter(|&c| OUTWARD.contains(tree.text(c)));
        found = outward.flat_map(|c| prepositional_strict(tree, c, word)).collect();
    }
    if found.is_empty() && word == "for" {
        // "pushed for Ruritania to withdraw": the clause is what it is for.
        let marked = |&c: &usize| tree.by_dep(c, &["mark"]).any(is_it) && is_to_infinitive(tree, c);
        found = tree.by_dep(i, &["advcl", "ccomp", "xcomp", "acl"]).filter(marked).collect();
    }
    if found.is_empty() && word == "of" {
        // "the extradition to Ruritania of two men": a name takes no "of", the noun before it does.
        let names = tree
            .by_dep(i, &["prep"])
            .flat_map(|p| tree.by_dep(p, &["pobj"]))
            .filter(|&o| tree.tag(o).starts_with("NNP"));
        found = names.flat_map(|o| prepositional_strict(tree, o, "of")).collect();
    }
    found
}

fn prepositional_strict(tree: &Tree, i: usize, word: &str) -> Vec<usize> {
    let phrases = tree.by_dep(i, &["prep"]).filter(|&p| tree.text(p).eq_ignore_ascii_case(word));
    phrases.flat_map(|p| tree.by_dep(p, &["pobj"])).collect()
}

/// Whether the verb stands in the passive: its surface subject is its object.
pub fn is_passive(tree: &Tree, i: usize) -> bool {
    tree.is_passive(i)
}

/// Who does it: of a passive the by-phrase.
pub fn logical_subject(tree: &Tree, i: usize) -> Vec<usize> {
    if !is_passive(tree, i) {
        return surface_subject(tree, i, DEPTH).into_iter().collect();
    }
    let agent = tree.by_dep(i, &["agent", "prep"]).filter(|&a| tree.text(a).eq_ignore_ascii_case("by"));
    let own: Vec<usize> = agent.flat_map(|a| tree.by_dep(a, &["pobj"])).collect();
    if own.is_empty() {
        // "were used as shields by rebels" may have its by-phrase on the shields.
        let inner = tree
            .by_dep(i, &["prep"])
            .filter_map(|p| tree.child(p, &["pobj"]))
            .filter(|&o| !tree.tag(o).starts_with("NNP"));
        let nested: Vec<usize> = inner.flat_map(|o| prepositional_strict(tree, o, "by")).collect();
        if !nested.is_empty() {
            return nested;
        }
    }
    if own.is_empty() && tree.dep(i) == "conj" {
        // "arrested and charged by police" has its by-phrase on one of the two.
        return tree
            .head(i)
            .filter(|&h| is_passive(tree, h))
            .map(|h| logical_subject(tree, h))
            .unwrap_or_default();
    }
    own
}

/// To whom it is done: of a passive the surface subject.
pub fn logical_object(tree: &Tree, i: usize) -> Vec<usize> {
    if is_passive(tree, i) {
        // "was granted asylum": the object stays, the subject is whom it is given to.
        let kept = tree.child(i, &["dobj"]).filter(|_| tree.has(i, &["auxpass"]));
        return kept.or_else(|| surface_subject(tree, i, DEPTH)).into_iter().collect();
    }
    let own: Vec<usize> = tree
        .by_dep(i, &["dobj"])
        .map(|o| if is_relative(tree, o) { antecedent(tree, i).unwrap_or(o) } else { o })
        .collect();
    if !own.is_empty() {
        return own;
    }
    match tree.dep(i) {
        // "the city that Ruritania attacked", the pronoun left out or read as something else.
        "relcl" if tree.has(i, &["nsubj"]) && !relative_subject(tree, i) && !is_saturated(tree, i) => {
            antecedent(tree, i).into_iter().collect()
        }
        // "attacked and destroyed the bridge": the object stands on the second verb.
        _ => tree
            .by_dep(i, &["conj"])
            .filter(|&c| tree.is_verb(c) && !tree.has(c, &["nsubj", "nsubjpass"]))
            .take(1)
            .flat_map(|c| tree.by_dep(c, &["dobj"]).collect::<Vec<_>>())
            .collect(),
    }
}

/// Whether a relative clause leaves no room for its antecedent as object: "in which he demanded that".
fn is_saturated(tree: &Tree, i: usize) -> bool {
    let by_preposition =
        tree.by_dep(i, &["prep"]).any(|p| tree.by_dep(p, &["pobj", "pcomp"]).any(|o| is_relative(tree, o)));
    by_preposition
        || tree.has(i, &["ccomp", "xcomp"])
        || tree.by_dep(i, &["advmod"]).any(|a| matches!(tree.tag(a), "WRB"))
}

fn is_relative(tree: &Tree, i: usize) -> bool {
    matches!(tree.tag(i), "WDT" | "WP") || (tree.tag(i) == "IN" && tree.lemma(i) == "that")
}

fn relative_subject(tree: &Tree, i: usize) -> bool {
    tree.child(i, &["nsubj", "nsubjpass"]).is_some_and(|s| is_relative(tree, s))
}

/// What a relative clause around `i` hangs on.
fn antecedent(tree: &Tree, i: usize) -> Option<usize> {
    let clause =
        std::iter::once(i).chain(tree.ancestors(i)).find(|&a| matches!(tree.dep(a), "relcl" | "acl"))?;
    tree.head(clause)
}

/// The grammatical subject, found through control, coordination and relative clauses where the verb has none.
pub fn surface_subject(tree: &Tree, i: usize, depth: usize) -> Option<usize> {
    if let Some(own) = tree.child(i, &["nsubj", "nsubjpass"]) {
        if is_relative(tree, own) {
            return antecedent(tree, i).or(Some(own));
        }
        return Some(own);
    }
    let head = tree.head(i).filter(|_| depth > 0)?;
    match tree.dep(i) {
        "conj" if tree.is_verb(head) => surface_subject(tree, head, depth - 1),
        "xcomp" | "ccomp" if is_to_infinitive(tree, i) || tree.dep(i) == "xcomp" => {
            controller(tree, head, depth)
        }
        "advcl" if tree.tag(i) == "VBG" && is_passive(tree, head) => {
            agent_before(tree, head, i).or_else(|| surface_subject(tree, head, depth - 1))
        }
        "advcl" if tree.is_verb(head) => surface_subject(tree, head, depth - 1),
        // "Ruritania, that was asked by nobody, condemned": a finite verb is no participle of the noun before it.
        "acl" if tree.tag(i) == "VBD" => antecedent(tree, head).or(Some(head)),
        "acl" | "relcl" if is_to_infinitive(tree, i) => owner(tree, head, depth),
        "acl" | "relcl" => Some(head),
        "pcomp" | "prep" => through_preposition(tree, head, depth),
        "auxpass" | "aux" | "acomp" | "attr" | "oprd" => surface_subject(tree, head, depth - 1),
        _ => None,
    }
}

/// The last by-phrase below a passive verb and before `i`: "sanctions imposed by A, accusing it of" has A accuse.
fn agent_before(tree: &Tree, verb: usize, i: usize) -> Option<usize> {
    let mut agents = (verb..i).rev().filter(|&t| tree.dep(t) == "agent" && tree.under(t, verb));
    agents.find_map(|a| tree.child(a, &["pobj"]))
}

/// Who is to do what the complement of `verb` says: its object if it has one, else its subject.
fn controller(tree: &Tree, verb: usize, depth: usize) -> Option<usize> {
    let object = tree.child(verb, &["dobj"]).or_else(|| {
        let on =
            tree.by_dep(verb, &["prep", "dative"]).find(|&p| matches!(tree.lemma(p), "on" | "upon" | "to"));
        on.filter(|_| matches!(tree.lemma(verb), "call" | "appeal" | "press" | "prevail"))
            .and_then(|p| tree.child(p, &["pobj"]))
    });
    let subject_control = matches!(
        tree.lemma(verb),
        "promise" | "threaten" | "vow" | "use" | "send" | "take" | "visit" | "meet"
    );
    match object.filter(|_| !subject_control) {
        Some(object) if tree.is_verb(verb) => Some(object),
        _ => surface_subject(tree, verb, depth - 1),
    }
}

/// Whose decision, plan or attempt a noun is.
fn owner(tree: &Tree, noun: usize, depth: usize) -> Option<usize> {
    let by = || prepositional_strict(tree, noun, "by").into_iter().next();
    let governing = || {
        let head = tree.head(noun).filter(|&h| tree.is_verb(h))?;
        matches!(tree.dep(noun), "dobj" | "attr").then(|| surface_subject(tree, head, depth - 1)).flatten()
    };
    tree.child(noun, &["poss"]).or_else(by).or_else(governing)
}

/// Subject of a gerund after a preposition: "after meeting", "accused him of lying", "barred from leaving".
fn through_preposition(tree: &Tree, preposition: usize, depth: usize) -> Option<usize> {
    let own = tree.head(preposition)?;
    // "stopped short of attacking"
    let above = tree.head(own).filter(|&h| tree.dep(own) == "advmod" && tree.is_verb(h));
    let head = above.unwrap_or(own);
    if !tree.is_verb(head) {
        return owner(tree, head, depth);
    }
    let concerns_object = matches!(tree.lemma(preposition), "of" | "from" | "for" | "into");
    let object = tree.child(head, &["dobj"]).filter(|_| concerns_object && tree.dep(preposition) == "prep");
    object.or_else(|| surface_subject(tree, head, depth - 1))
}
