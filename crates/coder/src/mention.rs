//! One mention by itself as an actor: "the Kenyan foreign minister", coded as of its date.

use chancery_language::{Annotation, Pos};
use chancery_record as record;
use chancery_text::Document;

use crate::actors::{Cast, Kind, Party};
use crate::tree::Tree;
use crate::{Coder, Prepared, composite, day, entity_labels};

impl Coder<'_> {
    /// Codes a document that is nothing but a mention. `parts` are the engine's annotations of [`Prepared::texts`].
    pub fn mention(&self, document: &Document, prepared: &Prepared, parts: &[Annotation]) -> record::Mention {
        let annotation = prepared.join(parts);
        let tree = Tree::new(prepared.view().text(), &annotation);
        let date = document.date.as_deref().and_then(day);
        let cast = Cast::of_mention(self.world, &tree, &entity_labels(&annotation), date);
        let found = named_whole(&cast, &tree)
            .or_else(|| headed(&cast, &tree))
            .or_else(|| described(&cast, &tree))
            .or_else(|| contained(&cast, &tree));
        let blank = record::Mention {
            id: document.id.clone(),
            text: document.text.clone(),
            date: document.date.clone(),
            ..record::Mention::default()
        };
        match found {
            None => {
                record::Mention { evidence: "no name and no role word that is known".to_owned(), ..blank }
            }
            Some((party, why)) => self.mentioned(blank, &party, why),
        }
    }

    fn mentioned(&self, blank: record::Mention, party: &Party, why: &str) -> record::Mention {
        let ids = |id: &chancery_world::EntryId| self.world.entry(*id).id.clone();
        let known = party.id.is_some() || !party.candidates.is_empty();
        record::Mention {
            code: party.code.clone(),
            sector: party.sector.clone(),
            name: party.name.clone().filter(|_| known),
            cameo: composite(self.world, party),
            entity: party.id.clone(),
            office: party.office.clone(),
            evidence: evidence(party, why),
            candidates: party.candidates.iter().map(ids).collect(),
            ..blank
        }
    }
}

/// Why a party is meant.
fn evidence(party: &Party, why: &str) -> String {
    if !party.candidates.is_empty() {
        return "several bear the name, and nothing decides between them".to_owned();
    }
    if party.code.is_none() && party.sector.is_none() {
        return format!("{why}; nothing held on that day is known");
    }
    match (&party.inferred, &party.office) {
        (Some(inferred), _) => format!("{why}: {inferred}"),
        (None, Some(office)) => format!("{why}: {office}"),
        (None, None) => why.to_owned(),
    }
}

type Found = (Party, &'static str);

/// The name that the whole mention is, but for an article and marks at its ends.
fn named_whole(cast: &Cast, tree: &Tree) -> Option<Found> {
    let counts = |t: &usize| tree.is_word(*t) && tree.pos(*t) != Pos::Det;
    let name = cast.name((0..tree.len()).find(counts)?)?;
    let last = (0..tree.len()).rev().find(counts)?;
    let whole = name.tokens.end > last;
    let adjective = tree.len() == name.tokens.len() && cast.is_adjective(name);
    (whole && !adjective).then(|| (cast.party_at(name), "name"))
}

/// The party that the words at the root of the parse mean.
fn headed(cast: &Cast, tree: &Tree) -> Option<Found> {
    let roots = (0..tree.len()).filter(|&t| tree.head(t).is_none());
    let party = roots.flat_map(|r| cast.own(r).first()).next()?;
    Some((party.clone(), kind_of_evidence(party)))
}

/// A described person or body wherever the parse puts it.
fn described(cast: &Cast, tree: &Tree) -> Option<Found> {
    let depth = |t: usize| tree.ancestors(t).count();
    let acting = |p: &&Party| matches!(p.kind, Kind::Person | Kind::Body | Kind::Group);
    // "army ants" are no army, but "the Northern Fleet's group" is of the fleet.
    let modifies =
        |t: usize| matches!(tree.dep(t), "compound" | "amod" | "nmod") && cast.own(t)[0].id.is_none();
    let all = cast.mentioned().iter().filter(|t| !modifies(**t));
    let all = all.filter_map(|&t| Some((t, cast.own(t).first().filter(acting)?)));
    let (_, party) = all.min_by_key(|(t, _)| depth(*t))?;
    Some((party.clone(), kind_of_evidence(party)))
}

/// A state, place or nationality somewhere in the words; what is of it has no known sector.
fn contained(cast: &Cast, tree: &Tree) -> Option<Found> {
    let mut names = (0..tree.len()).filter_map(|t| cast.name(t)).map(|name| cast.party_at(name));
    let party = names.find(|p| matches!(p.kind, Kind::State | Kind::Place | Kind::Group))?;
    let of_it = Party { code: party.code, ..Party::of_words(party.kind, party.span, party.head) };
    Some((of_it, "a state or place that the words name"))
}

fn kind_of_evidence(party: &Party) -> &'static str {
    if party.id.is_some() { "name" } else { "description" }
}
