//! One event from many reports, and how two actors stand to each other over time; pure functions without input or output.
