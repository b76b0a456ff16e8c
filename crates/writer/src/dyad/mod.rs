//! How two actors stand to each other, for people and for programs.

mod csv;
mod table;
mod words;

pub use self::csv::dyad_csv;
pub use table::dyad_table;
