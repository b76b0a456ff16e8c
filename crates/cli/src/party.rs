//! Who is meant by a party of the command line, and which events by its filters.

use anyhow::{Context, bail};
use chancery_ontology::{BODIES, Category, SECTORS, country};
use chancery_record::Party;
use chancery_store::{Filter, Who};
use chancery_world::{Kind, World};
use jiff::civil::Date;

use crate::args::{Filtering, Global, StandingArg};
use crate::world;

/// A code, a code with a sector, an identifier of the tables, or a name that they know.
pub fn party(query: &str, global: &Global) -> anyhow::Result<Party> {
    if let Some(party) = coded(query) {
        return Ok(party);
    }
    let world = world::load(&global.world)?;
    if let Some(party) = world.by_id(query).map(|id| known(query, world, id)) {
        return Ok(party);
    }
    match world.search(query).as_slice() {
        [] => bail!(
            "{query:?} is nobody that the tables know: write a code (RUS), a code with a sector (RUS:GOV) or a name; \
             `chancery world find NAME` looks names up"
        ),
        [one] => Ok(known(query, world, *one)),
        many => {
            let parties: Vec<Party> = many.iter().map(|id| known(query, world, *id)).collect();
            match parties.iter().all(|party| (&party.code, &party.id) == (&parties[0].code, &parties[0].id)) {
                true => Ok(parties.into_iter().next().context("somebody")?),
                false => {
                    let names: Vec<String> = many.iter().map(|id| world.entry(*id).id.to_string()).collect();
                    bail!("several are called {query:?}: write one of {}", names.join(", "))
                }
            }
        }
    }
}

/// A party that is written in codes alone.
fn coded(query: &str) -> Option<Party> {
    let (code, sector) = match query.split_once(':') {
        Some((code, sector)) => (code, Some(sector)),
        None => (query, None),
    };
    let body = BODIES.iter().find(|(body, _)| *body == code).map(|(_, name)| (*name).to_owned());
    let name = country(code).map(|country| country.name.to_owned()).or(body)?;
    let sector = match sector {
        None => None,
        Some(sector) => Some(SECTORS.iter().find(|known| known.code == sector)?),
    };
    Some(Party {
        query: query.to_owned(),
        code: Some(code.to_owned()),
        sector: sector.map(|sector| sector.code.to_owned()),
        id: None,
        name: sector.map_or_else(|| name.clone(), |sector| format!("{name}, {}", sector.name)),
    })
}

/// An entry of the tables: a state and what stands for it by its code, anybody else by its own identifier.
fn known(query: &str, world: &World, id: chancery_world::EntryId) -> Party {
    let entry = world.entry(id);
    let own = matches!(entry.kind, Kind::Body | Kind::Person);
    let code = world.held_on(id, None).map(|held| held.office.code.to_string());
    Party {
        query: query.to_owned(),
        code: code.filter(|_| !own),
        sector: None,
        id: own.then(|| entry.id.to_string()),
        name: entry.name.to_string(),
    }
}

/// A party as a store looks for it.
pub fn who(party: &Party) -> Who {
    Who { code: party.code.clone(), sector: party.sector.clone(), id: party.id.clone() }
}

/// The filter of the command line.
pub fn filter(filtering: &Filtering, global: &Global) -> anyhow::Result<Filter> {
    let parties = |list: &[String]| -> anyhow::Result<Vec<Who>> {
        list.iter().map(|query| party(query, global).map(|party| who(&party))).collect()
    };
    let day = |text: &Option<String>| -> Option<Date> { text.as_deref().and_then(|text| text.parse().ok()) };
    for category in &filtering.category {
        if Category::from_name(category).is_none() {
            let all: Vec<&str> = Category::ALL.iter().map(|category| category.name()).collect();
            bail!("{category:?} is no category of PLOVER: write one of {}", all.join(", "));
        }
    }
    Ok(Filter {
        actors: parties(&filtering.actor)?,
        recipients: parties(&filtering.recipient)?,
        parties: parties(&filtering.party)?,
        categories: filtering.category.clone(),
        cameo: filtering.cameo.clone(),
        from: day(&filtering.from),
        to: day(&filtering.to),
        countries: filtering.country.clone(),
        places: filtering.place.clone(),
        sources: filtering.source.clone(),
        standings: filtering.standing.iter().map(|standing| word(*standing).to_owned()).collect(),
        text: filtering.text.clone(),
        min_confidence: filtering.min_confidence,
        min_reports: filtering.min_reports,
    })
}

/// A standing as the store writes it.
fn word(standing: StandingArg) -> &'static str {
    match standing {
        StandingArg::Deed => "deed",
        StandingArg::Claim => "claim",
        StandingArg::Future => "future",
        StandingArg::Hypothetical => "hypothetical",
        StandingArg::Negated => "negated",
    }
}
