//! Tab-separated tables: comment lines, one line of column names, then rows.

use super::fault::Fault;

/// One row, with its cells by column name.
#[derive(Debug, Clone)]
pub struct Row<'t> {
    /// Line in the file, counted from 1.
    pub line: usize,
    columns: &'t [&'t str],
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell of a column, trimmed; empty where the row is short.
    pub fn cell(&self, column: &str) -> &'t str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|i| self.cells.get(i)).map_or("", |c| c.trim())
    }

    /// The alternatives of a cell, which `|` separates.
    pub fn list(&self, column: &str) -> Vec<&'t str> {
        self.cell(column).split('|').map(str::trim).filter(|s| !s.is_empty()).collect()
    }
}

/// The column names of a table: its first line that is neither empty nor a comment.
pub fn columns(text: &str) -> Vec<&str> {
    content(text).next().map(|(_, line)| line.split('\t').map(str::trim).collect()).unwrap_or_default()
}

/// The rows of a table, or the faults of its shape.
pub fn rows<'t>(file: &str, text: &'t str, columns: &'t [&'t str], faults: &mut Vec<Fault>) -> Vec<Row<'t>> {
    let mut rows = Vec::new();
    for (line, content) in content(text).skip(1) {
        let cells: Vec<_> = content.split('\t').collect();
        if cells.len() > columns.len() {
            let what = format!("{} cells under {} columns", cells.len(), columns.len());
            faults.push(Fault::new(
                file,
                line,
                what,
                "take out the tab too many, or use `|` between alternatives",
            ));
        }
        rows.push(Row { line, columns, cells });
    }
    rows
}

fn content(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}
