//! A panel of directed dyads as CSV.

use std::io::Write;

use chancery_ontology::Category;
use chancery_record::PanelRow;

/// Names of the columns: those of the dyad and period, the categories in the order of the manual, quad classes, scales.
fn head() -> Vec<String> {
    let first =
        ["period", "start", "end", "a", "b", "a_iso", "b_iso", "a_cow", "b_cow", "a_gw", "b_gw", "documents"];
    let last =
        ["quad1", "quad2", "quad3", "quad4", "scale_sum", "scale_mean", "goldstein_sum", "goldstein_mean"];
    let counts = ["events", "reports"].map(str::to_owned).into_iter();
    let categories = Category::ALL.map(|category| category.name().to_lowercase());
    first
        .map(str::to_owned)
        .into_iter()
        .chain(counts)
        .chain(categories)
        .chain(last.map(str::to_owned))
        .collect()
}

/// Writes rows of a panel with names of columns above. Figures are empty where nothing was read and nothing is told.
///
/// # Errors
/// Those of `out`.
pub fn panel_csv<'a>(out: &mut impl Write, rows: impl Iterator<Item = PanelRow<'a>>) -> std::io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(head())?;
    for row in rows {
        csv.write_record(cells(&row))?;
    }
    csv.flush()
}

fn cells(row: &PanelRow) -> Vec<String> {
    let number = |number: Option<u16>| number.map_or(String::new(), |number| number.to_string());
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let mut cells = [row.period, row.start, row.end, row.a, row.b].map(str::to_owned).to_vec();
    cells.extend([text(row.a_iso), text(row.b_iso)]);
    cells.extend([row.a_cow, row.b_cow, row.a_gw, row.b_gw].map(number));
    cells.push(row.documents.to_string());
    let Some(figures) = row.figures else {
        cells.resize(head().len(), String::new());
        return cells;
    };
    let counts = [figures.events, figures.reports].into_iter().chain(figures.categories).chain(figures.quads);
    cells.extend(counts.map(|count| count.to_string()));
    let real = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    cells.extend(
        [Some(figures.scale_sum), figures.scale_mean, Some(figures.goldstein_sum), figures.goldstein_mean]
            .map(real),
    );
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_record::PanelFigures;

    #[test]
    fn what_was_not_read_is_empty_and_what_was_not_found_is_zero() {
        let bare = PanelRow {
            period: "2020-01",
            start: "2020-01-01",
            end: "2020-01-31",
            a: "RUR",
            b: "BOR",
            a_iso: None,
            b_iso: None,
            a_cow: Some(1),
            b_cow: None,
            a_gw: None,
            b_gw: None,
            documents: 0,
            figures: None,
        };
        let none = PanelFigures {
            events: 0,
            reports: 0,
            quads: [0; 4],
            categories: [0; 16],
            scale_sum: 0.0,
            scale_mean: None,
            goldstein_sum: 0.0,
            goldstein_mean: None,
        };
        let read = PanelRow { documents: 3, figures: Some(none), ..bare };
        let mut out = Vec::new();
        panel_csv(&mut out, [bare, read].into_iter()).unwrap();
        let mut csv = csv::Reader::from_reader(out.as_slice());
        let at = |name: &str| head().iter().position(|column| column == name).unwrap();
        let rows: Vec<csv::StringRecord> = csv.records().collect::<Result<_, _>>().unwrap();
        let events: Vec<_> = rows
            .iter()
            .map(|row| (&row[at("documents")], &row[at("events")], &row[at("scale_mean")]))
            .collect();
        assert_eq!(events, [("0", "", ""), ("3", "0", "")]);
        assert_eq!((&rows[0][at("a_cow")], &rows[0][at("assault")]), ("1", ""));
    }
}
