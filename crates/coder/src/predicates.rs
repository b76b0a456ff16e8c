//! Which words of a text set off which rule, and with which arguments.

use crate::actors::{Cast, Kind, Party};
use crate::arguments;
use crate::outlook;
use crate::rules::{ActorClass, BlockKind, Carries, Lexicon, Role, Source, Test, Trigger, TriggerId, Word};
use crate::tree::Tree;
use crate::words::{CALENDAR, EFFORTS, FRAMING, GROUPS, SPEAKS_FOR};

/// What the stages of coding read: the parse, who is named in it, and the rules.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The parse.
    pub tree: &'a Tree<'a>,
    /// The parties.
    pub cast: &'a Cast<'a>,
    /// The rules.
    pub lexicon: &'a Lexicon,
}

/// A verb that carries a noun trigger: "hold talks", "sanctions imposed by", "come under attack".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carrier {
    /// The verb.
    pub verb: usize,
    /// Which role its subject has.
    pub carries: Carries,
}

/// A rule set off by a word.
#[derive(Debug, Clone)]
pub struct Match {
    /// The rule.
    pub trigger: TriggerId,
    /// The word.
    pub token: usize,
    /// The verb that carries it, if it is a noun.
    pub carrier: Option<Carrier>,
    /// How much of the rule the words bear out; the best match of a word wins.
    pub weight: usize,
}

impl<'a> Scene<'a> {
    /// Every rule that token `i` sets off, the one best borne out first.
    pub fn matches(&self, i: usize) -> Vec<Match> {
        let Some(word) = self.word(i) else { return Vec::new() };
        let is_plural = self.tree.tag(i) == "NNS";
        let candidates = self.lexicon.triggers(self.tree.lemma(i));
        if candidates.is_empty() {
            return Vec::new();
        }
        let carrier = if word == Word::Noun { self.carrier(i) } else { None };
        let mut found: Vec<Match> = candidates
            .iter()
            .filter_map(|&id| {
                let trigger = self.lexicon.trigger(id);
                let weight = (trigger.word == word && (is_plural || !trigger.plural))
                    .then(|| self.weight(i, carrier, trigger))
                    .flatten()?;
                // What the words deny says more than what they would say undenied.
                let weight = weight + 4 * usize::from(self.denial(id, i, carrier)?);
                Some(Match { trigger: id, token: i, carrier, weight })
            })
            .collect();
        // Of equal weight an operator says more: it takes in the action inside.
        found.sort_by_key(|m| (std::cmp::Reverse(m.weight), !self.is_operator(m)));
        found
    }

    /// Whether the rule is one of denial and the words deny it; `None` where it is and they do not.
    fn denial(&self, id: TriggerId, i: usize, carrier: Option<Carrier>) -> Option<bool> {
        let is_denial = self.lexicon.block(id).is_denial;
        let denied = is_denial && outlook::is_denied(self, i, carrier.map(|c| c.verb));
        (denied == is_denial).then_some(is_denial)
    }

    /// Whether token `i` stands as this part of speech.
    pub fn is_word(&self, i: usize, word: Word) -> bool {
        self.word(i) == Some(word)
    }

    /// Whether the words meet one condition of a rule for token `i`.
    pub fn bears_out(&self, i: usize, source: &Source, test: &Test) -> bool {
        let carrier = if self.is_word(i, Word::Noun) { self.carrier(i) } else { None };
        self.holds(i, carrier, source, test)
    }

    fn word(&self, i: usize) -> Option<Word> {
        let tag = self.tree.tag(i);
        if tag.starts_with("VB") && !matches!(self.tree.dep(i), "aux" | "auxpass") {
            // A participle before a noun only describes it.
            return (self.tree.dep(i) != "amod" && self.tree.dep(i) != "compound").then_some(Word::Verb);
        }
        if tag.starts_with("NN") {
            return (self.cast.name(i).is_none()).then_some(Word::Noun);
        }
        (tag.starts_with("JJ")
            && matches!(self.tree.dep(i), "acomp" | "ROOT" | "conj" | "advcl" | "ccomp" | "oprd"))
        .then_some(Word::Adj)
    }

    /// How well the words bear a trigger out; `None` where a condition fails.
    fn weight(&self, i: usize, carrier: Option<Carrier>, trigger: &Trigger) -> Option<usize> {
        if !self.has_companions(i, trigger) {
            return None;
        }
        let holds = trigger.tests.iter().all(|(source, test)| self.holds(i, carrier, source, test));
        let named = |(s, _): &(Source, Role)| {
            matches!(s, Source::Prep(_)) && !arguments::at(self.tree, i, s).is_empty()
        };
        holds.then(|| {
            4 * trigger.with.len()
                + usize::from(trigger.frame.iter().any(named))
                + trigger.tests.iter().map(|(_, t)| specificity(t)).sum::<usize>()
        })
    }

    /// Whether the particle of a verb or the first words of a compound noun are there.
    pub fn has_companions(&self, i: usize, trigger: &Trigger) -> bool {
        let tree = self.tree;
        match trigger.word {
            Word::Verb => {
                let particle = |w: &String| {
                    tree.by_dep(i, &["prt", "advmod", "prep"])
                        .any(|c| tree.text(c).eq_ignore_ascii_case(w) && c > i && c < i + 6)
                        || tree.by_dep(i, &["dobj", "acomp", "oprd"]).any(|c| tree.lemma(c) == w)
                };
                trigger.with.iter().all(particle)
            }
            _ => {
                let from = i.checked_sub(trigger.with.len());
                trigger.with.is_empty()
                    || from.is_some_and(|f| {
                        trigger.with.iter().zip(f..i).all(|(w, t)| tree.lemma(t).eq_ignore_ascii_case(w))
                    })
                    || trigger.with.iter().all(|w| {
                        tree.by_dep(i, &["compound", "amod", "nmod"])
                            .any(|c| tree.lemma(c).eq_ignore_ascii_case(w))
                    })
            }
        }
    }

    fn holds(&self, i: usize, carrier: Option<Carrier>, source: &Source, test: &Test) -> bool {
        let heads = self.heads(i, carrier, source);
        let lemma_in = |words: &Vec<String>| {
            heads.iter().flat_map(|&h| self.tree.conjuncts(h)).map(|h| self.cast.counted(h).unwrap_or(h)).any(
                |h| {
                    let lemma = self.tree.lemma(h).to_lowercase();
                    words.binary_search(&lemma).is_ok()
                        || words.binary_search(&self.tree.text(h).to_lowercase()).is_ok()
                },
            )
        };
        match test {
            Test::Words(words) => lemma_in(words),
            Test::NotWords(words) => !lemma_in(words),
            Test::Is(class) => heads.iter().any(|&h| self.is_actor(h, *class)),
            Test::IsNot(class) => !heads.iter().any(|&h| self.is_actor(h, *class)),
            Test::Present => !heads.is_empty(),
            // "for three days" gives no reason.
            Test::Absent => heads.iter().all(|&h| CALENDAR.contains(self.tree.lemma(h))),
        }
    }

    fn is_actor(&self, head: usize, class: ActorClass) -> bool {
        self.cast.parties(head).iter().any(|p| match class {
            ActorClass::Actor => true,
            ActorClass::Person => matches!(p.kind, Kind::Person | Kind::Group),
            ActorClass::State => p.kind == Kind::State,
            ActorClass::Armed => p.is_armed(),
        })
    }

    /// Heads of the phrases at `source`, those of a carrying verb and of the object included.
    pub fn heads(&self, i: usize, carrier: Option<Carrier>, source: &Source) -> Vec<usize> {
        if let Source::Any(sources) = source {
            return sources.iter().flat_map(|s| self.heads(i, carrier, s)).collect();
        }
        let own = arguments::at(self.tree, i, source);
        if !own.is_empty() {
            return own;
        }
        if let Some(effort) = self.effort(i) {
            return self.heads(effort, carrier, source);
        }
        if *source == Source::Subj
            && let Some(carrier) = carrier.filter(|c| c.carries == Carries::Actor)
        {
            return arguments::logical_subject(self.tree, carrier.verb);
        }
        if *source == Source::Obj && self.tree.is_verb(i) {
            if let Some(object) = self.particle_object(i) {
                return vec![object];
            }
            return self.marked_object(i);
        }
        if *source == Source::By && carrier.is_none() {
            return self.by_phrase(i);
        }
        let Source::Prep(word) = source else { return own };
        if let Some(carrier) = carrier {
            return arguments::prepositional(self.tree, carrier.verb, word)
                .into_iter()
                .filter(|&h| !self.tree.under(i, h))
                .collect();
        }
        self.objects(i).into_iter().flat_map(|o| arguments::prepositional(self.tree, o, word)).collect()
    }

    /// A by-phrase that the parser hung on a noun inside ("the shooting of a farmer by soldiers") or on the verb above.
    fn by_phrase(&self, i: usize) -> Vec<usize> {
        let is_deed = |o: &usize| !self.lexicon.triggers(self.tree.lemma(*o)).is_empty();
        let inner = self
            .objects(i)
            .into_iter()
            .filter(|o| !is_deed(o))
            .flat_map(|o| arguments::prepositional(self.tree, o, "by"))
            .collect::<Vec<_>>();
        if !inner.is_empty() {
            return inner;
        }
        let verb = self
            .tree
            .ancestors(i)
            .take(3)
            .find(|&v| self.tree.is_verb(v))
            .filter(|&v| !arguments::is_passive(self.tree, v));
        let phrases = verb.into_iter().flat_map(|v| arguments::prepositional(self.tree, v, "by"));
        let is_nearest = |h: usize| h > i && !(i + 1..h).any(|t| self.tree.is_nominal(t) && is_deed(&t));
        phrases.filter(|&h| is_nearest(h) && !self.cast.parties(h).is_empty()).collect()
    }

    /// Common nouns below `i` on which the parser may have hung what belongs to `i`: "sent arms to Ruritania",
    /// "took part in talks with Ruritania", "the extradition of a spy to Ruritania".
    fn objects(&self, i: usize) -> Vec<usize> {
        let tree = self.tree;
        let below = tree
            .by_dep(i, &["prep"])
            .filter(|&p| !tree.is_verb(i) || tree.text(p) != "by")
            .filter_map(|p| tree.child(p, &["pobj"]));
        let below = below.filter(|_| tree.is_nominal(i) || tree.is_verb(i));
        let all: Vec<usize> = if tree.is_verb(i) {
            arguments::logical_object(tree, i).into_iter().chain(below).collect()
        } else {
            below.collect()
        };
        let common = |&o: &usize| tree.tag(o).starts_with("NN") && !tree.tag(o).starts_with("NNP");
        let outer: Vec<usize> = all.into_iter().filter(common).collect();
        let inner: Vec<usize> =
            outer.iter().flat_map(|&o| arguments::prepositional(tree, o, "of")).filter(common).collect();
        outer.into_iter().chain(inner).collect()
    }

    /// "called in the army", "sealed off the area": the parser took a particle of a rule's verb for a preposition.
    fn particle_object(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        let next = tree.by_dep(verb, &["prep"]).find(|&p| p == verb + 1)?;
        let particle = tree.text(next).to_lowercase();
        let triggers = self.lexicon.triggers(tree.lemma(verb)).iter();
        let takes_it =
            triggers.map(|&id| &self.lexicon.trigger(id).with).any(|w| w.len() == 1 && w[0] == particle);
        tree.child(next, &["pobj"]).filter(|_| takes_it && !tree.has(verb, &["dobj"]))
    }

    /// "received in Strelsau to the minister": a person after "to" as object of a verb that takes none, as translations have it.
    fn marked_object(&self, verb: usize) -> Vec<usize> {
        let takes_to = self.lexicon.triggers(self.tree.lemma(verb)).iter().any(|&id| {
            self.lexicon.trigger(id).frame.iter().any(|(s, _)| *s == Source::Prep("to".to_owned()))
        });
        if takes_to || arguments::is_passive(self.tree, verb) {
            return Vec::new();
        }
        let objects = arguments::prepositional(self.tree, verb, "to");
        objects.into_iter().filter(|&o| self.cast.parties(o).iter().any(|p| p.kind == Kind::Person)).collect()
    }

    /// The light verb that carries noun `i`.
    pub fn carrier(&self, i: usize) -> Option<Carrier> {
        let tree = self.tree;
        let top = self.framed(tree.first_conjunct(i));
        let down = tree
            .by_dep(top, &["acl", "relcl"])
            .filter(|&v| tree.tag(v) != "VBG" && !tree.has(v, &["dobj"]))
            .find_map(|v| self.light(v))
            .filter(|c| c.carries != Carries::Nothing);
        let head = tree.head(top);
        let up = || match (tree.dep(top), head) {
            ("dobj" | "nsubjpass" | "attr", Some(v)) => {
                self.light(v).filter(|c| c.carries != Carries::Nothing)
            }
            ("nsubj", Some(v)) => self.light(v).filter(|c| c.carries == Carries::Nothing),
            ("pobj", Some(p)) => {
                let verb = tree.head(p).filter(|&v| tree.is_verb(v))?;
                let carries = self.lexicon.carries(tree.lemma(verb), Some(&tree.text(p).to_lowercase()))?;
                self.lexicon
                    .carries_by_particle(tree.lemma(verb), &tree.text(p).to_lowercase())
                    .then_some(Carrier { verb, carries })
            }
            _ => None,
        };
        down.or_else(up)
    }

    /// The noun that an event noun only specifies: "a mediation effort", "an aid package".
    fn effort(&self, i: usize) -> Option<usize> {
        let head = self
            .tree
            .head(i)
            .filter(|_| self.tree.dep(i) == "compound" && self.tree.tag(i).starts_with("NN"))?;
        EFFORTS.contains(self.tree.lemma(head)).then_some(head)
    }

    /// The noun that measures or frames `i`, or `i` itself: "a round of talks".
    fn framed(&self, mut i: usize) -> usize {
        i = self.effort(i).unwrap_or(i);
        while self.tree.dep(i) == "pobj" {
            let Some(preposition) =
                self.tree.head(i).filter(|&p| matches!(self.tree.lemma(p), "of" | "to" | "for"))
            else {
                break;
            };
            let Some(noun) = self.tree.head(preposition).filter(|&n| FRAMING.contains(self.tree.lemma(n)))
            else {
                break;
            };
            i = noun;
        }
        i
    }

    /// Whether a noun only frames the event noun behind its preposition.
    pub fn frames(&self, i: usize) -> bool {
        FRAMING.contains(self.tree.lemma(i)) || self.cast.counted(i).is_some()
    }

    fn light(&self, verb: usize) -> Option<Carrier> {
        let tree = self.tree;
        let particle = tree.child(verb, &["prt"]).map(|p| tree.text(p).to_lowercase());
        let carries = self.lexicon.carries(tree.lemma(verb), particle.as_deref())?;
        tree.is_verb(verb).then_some(Carrier { verb, carries })
    }

    /// The parties in `role`, by the trigger's frame; the first source that yields any wins.
    pub fn filler(&self, m: &Match, role: Role) -> Vec<Party> {
        let trigger = self.lexicon.trigger(m.trigger);
        if self.directed(m).is_some_and(|c| c.carries == Carries::Recipient)
            && let Some(parties) = self.carried(m, role)
        {
            return parties;
        }
        let mut sources = trigger.frame.iter().filter(|(_, r)| *r == role).map(|(s, _)| s);
        // What hangs below the action inside an operator is that action's.
        let takes_object = m.carrier.is_none() && trigger.frame.contains(&(Source::Obj, Role::Action));
        let by_frame = sources.find_map(|source| {
            let parties: Vec<Party> = match source {
                Source::Adj => self.cast.modifying(m.token),
                _ if takes_object => arguments::at(self.tree, m.token, source)
                    .into_iter()
                    .flat_map(|h| self.read_argument(h, source, role))
                    .collect(),
                _ => self
                    .heads(m.token, m.carrier, source)
                    .into_iter()
                    .flat_map(|h| self.read_argument(h, source, role))
                    .collect(),
            };
            Some(distinct(parties)).filter(|p| !p.is_empty())
        });
        by_frame.or_else(|| self.carried(m, role)).unwrap_or_default()
    }

    /// Parties of one argument. What is done to something of somebody's is done to them; who acts must be named.
    fn read_argument(&self, head: usize, source: &Source, role: Role) -> Vec<Party> {
        if self.tree.is_verb(head) && self.cast.own(head).is_empty() {
            return Vec::new();
        }
        match (role, source) {
            (Role::Actor, Source::Subj) if GROUPS.contains(self.tree.lemma(head)) => {
                let own = self.cast.parties(head);
                if own.is_empty() { self.cast.modifying(head) } else { own }
            }
            (Role::Actor, Source::Subj) if self.is_thing_of_somebody(head) => self.cast.parties(head),
            _ => self.cast.parties_or_owners(head),
        }
    }

    /// A subject that is a mere thing does not act for its owner.
    fn is_thing_of_somebody(&self, head: usize) -> bool {
        self.cast.own(head).is_empty() && !SPEAKS_FOR.contains(self.tree.lemma(head))
    }

    /// The carrier with its direction: "has the support of Ruritania" is given it, "has talks with" gives.
    fn directed(&self, m: &Match) -> Option<Carrier> {
        let carrier = m.carrier?;
        let of_somebody = || {
            arguments::prepositional(self.tree, m.token, "of")
                .into_iter()
                .any(|h| !self.cast.parties(h).is_empty())
        };
        let given = self.tree.lemma(carrier.verb) == "have" && of_somebody();
        Some(if given { Carrier { carries: Carries::Recipient, ..carrier } } else { carrier })
    }

    /// What a carrying verb's subject adds: the actor of "hold talks", the recipient of "face criticism".
    fn carried(&self, m: &Match, role: Role) -> Option<Vec<Party>> {
        let carrier = self.directed(m)?;
        let wanted = match (carrier.carries, role) {
            (Carries::Actor, Role::Actor) | (Carries::Recipient, Role::Recipient) => {
                arguments::logical_subject(self.tree, carrier.verb)
            }
            (Carries::Recipient, Role::Actor) => {
                let own = arguments::prepositional(self.tree, m.token, "of");
                ["from", "by"]
                    .iter()
                    .flat_map(|w| arguments::prepositional(self.tree, carrier.verb, w))
                    .chain(own)
                    .collect()
            }
            (Carries::Actor, Role::Recipient) => arguments::at(self.tree, carrier.verb, &Source::Iobj),
            _ => return None,
        };
        let parties =
            wanted.into_iter().filter(|&h| h != m.token).flat_map(|h| self.cast.parties(h)).collect();
        Some(distinct(parties)).filter(|p| !p.is_empty())
    }

    /// Heads of the actions inside an operator.
    pub fn actions(&self, m: &Match) -> Vec<usize> {
        let trigger = self.lexicon.trigger(m.trigger);
        let sources = trigger.frame.iter().filter(|(_, r)| *r == Role::Action).map(|(s, _)| s);
        let mut found: Vec<usize> = Vec::new();
        for source in sources {
            for head in self.heads(m.token, m.carrier, source) {
                found.extend(
                    self.tree.conjuncts(head).into_iter().filter(|h| !found.contains(h)).collect::<Vec<_>>(),
                );
            }
        }
        if found.is_empty() && trigger.frame.contains(&(Source::Xcomp, Role::Action)) {
            found.extend(self.infinitive_behind_object(m.token));
        }
        if found.is_empty() {
            found.extend(m.carrier.iter().flat_map(|c| arguments::at(self.tree, c.verb, &Source::Xcomp)));
        }
        found.retain(|&h| h != m.token);
        found
    }

    /// "exhorted the two sides to talk", "asked for Ruritania to help": an infinitive that the parser hung on the verb,
    /// behind whoever is to do it.
    fn infinitive_behind_object(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        let infinitive = tree
            .by_dep(verb, &["advcl", "xcomp"])
            .find(|&c| arguments::is_to_infinitive(tree, c) && !tree.has(c, &["mark", "nsubj"]))?;
        let objects = tree
            .by_dep(verb, &["dobj"])
            .chain(tree.by_dep(verb, &["prep"]).filter_map(|p| tree.child(p, &["pobj"])));
        let is_asked = |o: usize| o < infinitive && !self.cast.parties(o).is_empty();
        let passive = arguments::is_passive(tree, verb);
        (passive || objects.into_iter().any(is_asked)).then_some(infinitive)
    }

    /// Whether the rule describes an operator.
    pub fn is_operator(&self, m: &Match) -> bool {
        self.lexicon.block(m.trigger).kind == BlockKind::Operator
    }
}

fn specificity(test: &Test) -> usize {
    match test {
        Test::Words(_) => 3,
        Test::Is(_) | Test::Present => 1,
        Test::NotWords(_) | Test::IsNot(_) | Test::Absent => 0,
    }
}

/// Parties without repetition, in order.
pub fn distinct(parties: Vec<Party>) -> Vec<Party> {
    let mut kept: Vec<Party> = Vec::with_capacity(parties.len());
    for party in parties {
        if !kept.iter().any(|k| k.same(&party)) {
            kept.push(party);
        }
    }
    kept
}
