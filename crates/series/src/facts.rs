//! What holds between two until something ends it, read off their events: relations, sanctions, alliances, wars.
//!
//! Which events open and close which state is data (`rules/standing.states`). Events become marks on a line of days
//! ([`marks`]), marks become stretches in which a state holds ([`stretch`]), and of each it is said whether it holds
//! on the day asked for ([`day`]).

mod day;
mod marks;
#[cfg(test)]
mod proof;
mod stretch;
mod table;

use chancery_record::{Direction, DyadEvent, Fact};
use jiff::civil::Date;

use marks::Mark;
use table::State;

/// The standing facts between two actors by their merged events, in the order of the table and then of time.
///
/// `as_of` is the day for [`Fact::holds`]; without it the last day of which anything is told. What only began later is
/// left out. Deeds count, and claims, which the basis names; of denials those that the table asks for; nothing else.
pub fn facts(events: &[DyadEvent], as_of: Option<Date>) -> Vec<Fact> {
    let Some(day) = as_of.or_else(|| events.iter().filter_map(marks::last_day).max()) else {
        return Vec::new();
    };
    table::states().iter().flat_map(|state| facts_of(state, events, day)).collect()
}

/// Whether events of a rule, or chain of rules, say something of any state: others need not be looked at.
pub fn bears_on_facts(rule: &str) -> bool {
    table::states().iter().flat_map(|state| &state.rows).any(|row| row.names(rule))
}

fn facts_of(state: &State, events: &[DyadEvent], day: Date) -> Vec<Fact> {
    let marks = marks::marks(state, events);
    let sides: &[Direction] = match state.mutual {
        true => &[Direction::Mutual],
        false => &[Direction::Forward, Direction::Backward],
    };
    let of_side = |&side: &Direction| {
        let is_here =
            |m: &&Mark| state.mutual || matches!(m.event.direction, d if d == side || d == Direction::Mutual);
        let here: Vec<&Mark> = marks.iter().filter(is_here).collect();
        stretch::stretches(state, &here)
            .into_iter()
            .filter_map(|s| day::fact(state, side, &s, day))
            .collect::<Vec<_>>()
    };
    sides.iter().flat_map(of_side).collect()
}
