//! The edges of a network as one row each.

use std::io::{self, Write};

use chancery_record::{Edge, Network};

const HEAD: [&str; 12] = [
    "from",
    "from_name",
    "to",
    "to_name",
    "events",
    "quad1",
    "quad2",
    "quad3",
    "quad4",
    "scale_sum",
    "scale_mean",
    "reports",
];

/// Writes a row per edge, with names of columns above: codes and names of both ends, events, the same by quad class,
/// sum and mean of the PLOVER scale, reports.
///
/// # Errors
/// Those of `out`.
pub fn edges_csv(out: &mut impl Write, network: &Network) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEAD)?;
    for edge in &network.edges {
        csv.write_record(row(network, edge))?;
    }
    csv.flush()
}

fn row(network: &Network, edge: &Edge) -> Vec<String> {
    let node = |code: &str| network.nodes.iter().find(|node| node.code == code);
    let name = |code: &str| node(code).map_or(String::new(), |node| node.name.clone());
    let mut row =
        vec![edge.from.clone(), name(&edge.from), edge.to.clone(), name(&edge.to), edge.events.to_string()];
    row.extend(edge.quads.iter().map(u64::to_string));
    row.extend([edge.scale_sum.to_string(), edge.scale_mean.to_string(), edge.reports.to_string()]);
    row
}

#[cfg(test)]
mod tests {
    use super::super::samples::network;
    use super::*;

    #[test]
    fn edges_are_read_back_by_column() {
        let mut out = Vec::new();
        edges_csv(&mut out, &network()).unwrap();
        let mut read = csv::Reader::from_reader(out.as_slice());
        let column = read.headers().unwrap().iter().position(|name| name == "to_name").unwrap();
        let rows: Vec<csv::StringRecord> = read.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 5);
        assert_eq!(&rows[2][column], "Syldavië <& \"Sön\">");
        let first = ["RUR", "Ruritania", "BOR", "Borduria", "16", "1", "0", "6", "9", "-84", "-5.25", "32"];
        assert_eq!(rows[0].iter().collect::<Vec<_>>(), first);
    }
}
