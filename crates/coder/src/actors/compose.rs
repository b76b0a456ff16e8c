//! Sectors that several words make together: an army's accountant, the head of a league, leaders of a faith.

use chancery_world::{Kind as EntryKind, RoleKind};

use super::describe::Description;
use super::{Cast, Kind, Party};
use crate::words::{FAITHS, HEADS};

impl Cast<'_> {
    /// The sector of role words with what they belong to: an army's accountant is of the army, the president of a
    /// league is of the league, Muslim leaders are of religion.
    pub(super) fn composed(
        &self,
        i: usize,
        description: &Description,
        body: Option<&Party>,
    ) -> Option<String> {
        let own = description.sector.clone();
        let heads = HEADS.contains(&self.tree.lemma(i).to_lowercase());
        if let Some(body) = body.filter(|_| heads) {
            return of_body(body).or(own);
        }
        if description.whole {
            return own;
        }
        if heads && own.as_deref() == Some("BUS") && self.is_of_a_state(i) {
            return Some("GOV".to_owned());
        }
        if heads {
            let of = self.organisation_behind(i).or_else(|| self.religion_before(i, description.start));
            return of.or(own);
        }
        let serves =
            own.as_deref().and_then(chancery_ontology::Sector::from_code).is_some_and(|s| !s.political);
        serves.then(|| self.organisation_before(description.start, i)).flatten().or(own)
    }

    /// "the chief executive of Freedonia": who heads a state or territory is its government.
    fn is_of_a_state(&self, i: usize) -> bool {
        let of = self.tree.by_dep(i, &["prep"]).find(|&p| self.tree.lemma(p) == "of");
        let object = of.and_then(|p| self.tree.child(p, &["pobj"]));
        object.and_then(|o| self.name(o)).is_some_and(|n| {
            matches!(self.world.entry(n.entries[0]).kind, EntryKind::State | EntryKind::Place)
        })
    }

    /// "head", "director" and the like, no role words by themselves, of a body or group that the words name.
    pub(super) fn headship(&self, i: usize) -> Option<Description> {
        let tree = self.tree;
        let heads = HEADS.contains(&tree.lemma(i).to_lowercase()) && tree.tag(i) == "NN";
        let of = tree.by_dep(i, &["prep"]).find(|&p| heads && tree.lemma(p) == "of")?;
        let object = tree.child(of, &["pobj"])?;
        let is_body = |name: &super::Name| self.world.entry(name.entries[0]).kind == EntryKind::Body;
        let organised = self.name(object).is_some_and(is_body) || self.organisation_behind(i).is_some();
        organised.then_some(Description {
            sector: None,
            code: None,
            whole: false,
            kind: Kind::Person,
            start: i,
            former: self.is_former(i, i),
        })
    }

    /// The sector of the organisation in "of", "at" or "for" behind a head of something: "head of the intelligence service".
    fn organisation_behind(&self, i: usize) -> Option<String> {
        let tree = self.tree;
        let behind = tree.by_dep(i, &["prep"]).filter(|&p| matches!(tree.lemma(p), "of" | "at" | "for"));
        let mut objects = behind.filter_map(|p| tree.child(p, &["pobj"])).filter(|&o| self.name(o).is_none());
        objects
            .find_map(|o| self.role_at(o).filter(|d| d.kind == Kind::Body || d.kind == Kind::Group)?.sector)
    }

    /// The sector of armed forces, police or an office of state before a calling: "army accountant".
    fn organisation_before(&self, start: usize, i: usize) -> Option<String> {
        let before = start.checked_sub(1).filter(|&t| self.tree.under(t, i) && self.tree.is_nominal(t))?;
        let role =
            self.world.role(&[self.tree.lemma(before).to_lowercase().as_str()]).map(|(_, role)| role)?;
        let sector = role.sector.clone().filter(|_| matches!(role.kind, RoleKind::Body | RoleKind::Force))?;
        chancery_ontology::Sector::from_code(&sector).filter(|s| s.political).map(|_| sector)
    }

    /// "Muslim leaders", "a Jewish community leader".
    fn religion_before(&self, i: usize, start: usize) -> Option<String> {
        let near = (start.saturating_sub(3)..start.max(i)).filter(|&t| self.tree.under(t, i));
        let faith = |t: usize| FAITHS.contains(&self.tree.lemma(t).to_lowercase());
        near.into_iter().any(faith).then(|| "REL".to_owned())
    }
}

/// The sector of who heads or speaks for a body: the body's; of a body of states its government, whatever its matter.
fn of_body(body: &Party) -> Option<String> {
    let political = |s: &&String| chancery_ontology::Sector::from_code(s).is_some_and(|s| s.political);
    match body.code.as_deref() {
        Some("UNO" | "EUR" | "IGO") => {
            body.sector.as_ref().filter(political).cloned().or(Some("GOV".to_owned()))
        }
        _ => body.sector.clone(),
    }
}
