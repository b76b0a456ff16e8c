//! What stands before a name and says which part of the place is meant, or how far from it.

use std::ops::Range;

use crate::tree::Tree;
use crate::words::PLACE_COMPASS;

/// The words before the toponym that begins at `start`: "northern", "the outskirts of", "80 km east of".
pub fn relative(tree: &Tree, start: usize) -> Option<Range<usize>> {
    part(tree, start).or_else(|| distance(tree, start))
}

/// "northern Mali", "south-eastern Syldavia".
fn part(tree: &Tree, start: usize) -> Option<Range<usize>> {
    let before = start.checked_sub(1).filter(|&t| tree.sentence(t) == tree.sentence(start))?;
    let joined = before > 1 && tree.text(before - 1) == "-" && is_direction(tree, before - 2);
    is_direction(tree, before).then(|| if joined { before - 2..start } else { before..start })
}

/// "east of Klow", "80 km east of Klow", "30 miles from Klow", "on the outskirts of Klow".
fn distance(tree: &Tree, start: usize) -> Option<Range<usize>> {
    let of = start.checked_sub(1).filter(|&t| matches!(tree.text(t), "of" | "from"))?;
    let word = of.checked_sub(1).filter(|&t| tree.sentence(t) == tree.sentence(start))?;
    let directed = is_direction(tree, word) || matches!(tree.text(word), "outskirts" | "outside");
    let unit_at = if directed { word.checked_sub(1) } else { Some(word) };
    let measured = unit_at.filter(|&t| t > 0 && is_unit(tree, t) && tree.tag(t - 1) == "CD");
    match measured {
        Some(unit) => Some(unit - 1..start),
        None => (directed && tree.text(of) == "of").then_some(word..start),
    }
}

fn is_direction(tree: &Tree, t: usize) -> bool {
    PLACE_COMPASS.iter().any(|c| c.eq_ignore_ascii_case(tree.text(t)))
}

fn is_unit(tree: &Tree, t: usize) -> bool {
    matches!(tree.lemma(t), "km" | "kilometer" | "kilometre" | "mile" | "metre" | "meter" | "m")
}
