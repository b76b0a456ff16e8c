//! What is kept in the table of names beside names: codes of countries, and outlets with their homes.

/// The key of a country's code.
pub fn country_key(code: &str) -> String {
    format!("\u{1}{code}")
}

/// The key of an outlet, by its web address or folded name.
pub fn outlet_key(name: &str) -> String {
    format!("\u{2}{name}")
}
