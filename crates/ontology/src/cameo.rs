//! CAMEO codes with names and Goldstein scores, and what each is in PLOVER.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::{CONTEXTS, Category};

const CODES: &str = include_str!("../../../data/ontology/cameo.tsv");
const CROSSWALK: &str = include_str!("../../../data/ontology/crosswalk.tsv");

/// A CAMEO event code and its counterpart in PLOVER.
#[derive(Debug, Clone, PartialEq)]
pub struct Cameo {
    /// Two to four digits, with the leading zero.
    pub code: &'static str,
    /// The name in the CAMEO codebook.
    pub name: &'static str,
    /// Goldstein's score, -10 (most hostile) to 10 (most cooperative).
    pub goldstein: f64,
    /// The PLOVER category; none for mere statements, which PLOVER does not code.
    pub category: Option<Category>,
    /// The PLOVER modes that the code implies.
    pub modes: Vec<&'static str>,
    /// The PLOVER contexts that the code implies.
    pub contexts: Vec<&'static str>,
}

/// A code, or the nearest code above it if CAMEO has no such subdivision (`1129` gives `112`).
pub fn cameo(code: &str) -> Option<&'static Cameo> {
    let ends = (2..=code.len().min(4)).rev();
    ends.filter_map(|end| code.get(..end)).find_map(cameo_exact)
}

/// A code only if it is in the codebook as written.
pub fn cameo_exact(code: &str) -> Option<&'static Cameo> {
    TABLE.get(code)
}

/// All codes in order.
pub fn codes() -> impl Iterator<Item = &'static Cameo> {
    TABLE.values()
}

static TABLE: LazyLock<BTreeMap<&'static str, Cameo>> = LazyLock::new(read_table);

fn read_table() -> BTreeMap<&'static str, Cameo> {
    let crosswalk: BTreeMap<_, _> = rows(CROSSWALK).filter_map(|row| Some((*row.first()?, row))).collect();
    rows(CODES).filter_map(|row| read_code(&row, &crosswalk)).map(|cameo| (cameo.code, cameo)).collect()
}

pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn read_code(row: &[&'static str], crosswalk: &BTreeMap<&'static str, Vec<&'static str>>) -> Option<Cameo> {
    let &[code, name, goldstein] = row else { return None };
    let plover = crosswalk.get(code)?;
    Some(Cameo {
        code,
        name,
        goldstein: goldstein.parse().ok()?,
        category: Category::from_name(plover.get(1)?),
        modes: list(plover.get(2)?),
        contexts: list(plover.get(3)?).into_iter().filter(|c| CONTEXTS.contains(c)).collect(),
    })
}

fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split(',').filter(|item| *item != "-").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_both_tables_is_read() {
        assert_eq!(codes().count(), rows(CODES).count());
        assert_eq!(codes().count(), rows(CROSSWALK).count());
        assert_eq!(codes().count(), 312);
    }

    #[test]
    fn categories_modes_and_contexts_are_those_of_plover() {
        for row in rows(CROSSWALK) {
            let category = Category::from_name(row[1]);
            assert_eq!(category.is_none(), row[1] == "-", "{row:?}");
            let modes = category.map_or(&[][..], |c| c.modes());
            assert!(list(row[2]).iter().all(|m| modes.contains(m)), "{row:?}");
            assert!(list(row[3]).iter().all(|c| CONTEXTS.contains(c)), "{row:?}");
        }
    }

    #[test]
    fn a_code_below_the_codebook_falls_back_to_its_parent() {
        assert_eq!(cameo("0871").map(|c| c.code), Some("0871"));
        assert_eq!(cameo("1129").map(|c| c.code), Some("112"));
        assert_eq!(cameo_exact("1129"), None);
    }

    #[test]
    fn no_code_comes_from_what_is_none() {
        for text in ["", "0", "99", "xyz", "é", "٣"] {
            assert_eq!(cameo(text), None, "{text}");
        }
    }

    #[test]
    fn appeals_and_demands_are_one_category() {
        let both = ["0234", "1034"].map(|c| cameo_exact(c).map(|c| (c.category, c.modes.clone())));
        assert_eq!(both[0], both[1]);
    }

    #[test]
    fn mere_statements_have_no_category() {
        assert_eq!(cameo("010").and_then(|c| c.category), None);
    }

    #[test]
    fn goldstein_keeps_its_sign() {
        assert_eq!(cameo("0874").map(|c| c.goldstein), Some(10.0));
        assert_eq!(cameo("190").map(|c| c.goldstein), Some(-10.0));
    }
}
