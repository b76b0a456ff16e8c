//! A network of actors for other programs and for people.

mod drawing;
mod edges;
mod graphml;

pub use drawing::network_svg;
pub use edges::edges_csv;
pub use graphml::graphml;

#[cfg(test)]
mod samples {
    use chancery_record::{Edge, Network, Node};

    fn edge(from: &str, to: &str, quads: [u64; 4], scale_mean: f64) -> Edge {
        let events = quads.iter().sum();
        let scale_sum = scale_mean * events as f64;
        Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            events,
            quads,
            scale_sum,
            scale_mean,
            reports: 2 * events,
        }
    }

    /// Four states, one of which has a name that is no markup.
    pub(super) fn network() -> Network {
        let names = [
            ("RUR", "Ruritania"),
            ("BOR", "Borduria"),
            ("SYL", "Syldavië <& \"Sön\">"),
            ("SAN", "San Theodoros"),
        ];
        let edges = vec![
            edge("RUR", "BOR", [1, 0, 6, 9], -5.25),
            edge("BOR", "RUR", [2, 0, 3, 1], -1.5),
            edge("RUR", "SYL", [12, 5, 0, 0], 4.5),
            edge("SYL", "RUR", [3, 0, 0, 0], 3.0),
            edge("SAN", "SAN", [0, 0, 0, 2], -9.0),
        ];
        let sum = |with: &dyn Fn(&Edge) -> bool| {
            edges.iter().filter(|edge| with(edge)).map(|edge| edge.events).sum()
        };
        let nodes = names.map(|(code, name)| Node {
            code: code.to_owned(),
            name: name.to_owned(),
            done: sum(&|edge| edge.from == code),
            received: sum(&|edge| edge.to == code),
            scale: 0.5,
        });
        Network { nodes: nodes.to_vec(), edges }
    }
}
