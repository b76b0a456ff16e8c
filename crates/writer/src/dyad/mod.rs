//! How two actors stand to each other, for people and for programs.

mod chart;
mod csv;
mod html;
mod layout;
mod png;
#[cfg(test)]
mod samples;
mod svg;
mod table;
mod words;

pub use self::csv::dyad_csv;
pub use self::png::dyad_png;
pub use html::dyad_html;
pub use svg::dyad_svg;
pub use table::dyad_table;
