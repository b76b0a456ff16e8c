//! Names of a document that the world tables do not settle: what somebody who tends the tables wants to see.

use std::collections::BTreeSet;

use chancery_record as record;

use crate::Coder;

/// A name that is nobody known, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// The name without article and possessive.
    pub name: String,
    /// The engine's label.
    pub label: String,
    /// Whom it may mean, if several.
    pub candidates: Vec<String>,
    /// Words of the sentence that it stands in.
    pub sentence: String,
}

/// Entities that may be actors.
const LABELS: [&str; 4] = ["PERSON", "ORG", "NORP", "GPE"];

impl Coder<'_> {
    /// The names of an annotated document that nothing accounts for: no actor with code or sector, no place that is on the map, no name of
    /// the tables, no short form of a name that the document resolves elsewhere.
    /// Needs the layers of sentences, entities, actors and places.
    pub fn unknown(&self, annotated: &record::Annotated) -> Vec<Stranger> {
        let text: Vec<char> = annotated.text.chars().collect();
        let words = |span: record::Span| text[span.start..span.end].iter().collect::<String>();
        let actors: Vec<&record::Actor> = annotated.actors.iter().flatten().collect();
        let known = |a: &record::Actor| a.code.is_some() || a.sector.is_some();
        let places = annotated.places.as_deref().unwrap_or_default();
        let resolved: BTreeSet<String> = actors
            .iter()
            .filter(|a| known(a))
            .flat_map(|a| a.text.split_whitespace().map(str::to_owned))
            .collect();
        let entities = annotated.entities.iter().flatten().filter(|e| LABELS.contains(&e.label.as_str()));
        let mut strangers = Vec::new();
        for entity in entities {
            let over = |span: &record::Span| span.start < entity.span.end && entity.span.start < span.end;
            let name = plain(&words(entity.span));
            let candidates = actors.iter().find(|a| over(&a.span)).map(|a| a.candidates.clone());
            let undecided = candidates.as_ref().is_some_and(|c| !c.is_empty());
            let accounted = actors.iter().any(|a| over(&a.span) && known(a))
                || places.iter().any(|p| over(&p.span) && p.name.is_some() && p.r#use != "name")
                || !self.world.named(&name).is_empty()
                || resolved.contains(&name);
            if (accounted && !undecided) || !name.contains(char::is_uppercase) {
                continue;
            }
            let sentence = annotated.sentences.iter().flatten().find(|s| over(s)).copied();
            strangers.push(Stranger {
                name,
                label: entity.label.clone(),
                candidates: candidates.unwrap_or_default(),
                sentence: sentence.map(words).unwrap_or_default(),
            });
        }
        strangers
    }
}

/// A name in one line, without "the" and "'s".
fn plain(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = line.strip_prefix("the ").or_else(|| line.strip_prefix("The ")).unwrap_or(&line);
    ["'s", "’s"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_compared_without_article_and_possessive() {
        assert_eq!(plain("the Zembla\n Pact’s"), "Zembla Pact");
        assert_eq!(plain("Theodor Roe"), "Theodor Roe");
    }
}
