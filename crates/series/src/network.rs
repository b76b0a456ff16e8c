//! Who acts on whom: actors as nodes, what each does to each as edges.

use std::collections::BTreeMap;

use chancery_ontology::{BODIES, country};
use chancery_record::{Edge, Network, Node};

use crate::Act;
use crate::bootstrap::round;

/// Sums over the acts of one pair.
#[derive(Default)]
struct Sums {
    events: u64,
    quads: [u64; 4],
    scale: f64,
    reports: u64,
}

/// Acts by pair, to be made a network.
#[derive(Default)]
pub struct Acts(BTreeMap<(String, String), Sums>);

impl Acts {
    /// One more act of the first code on the second.
    pub fn add(&mut self, from: &str, to: &str, act: &Act) {
        let sums = self.0.entry((from.to_owned(), to.to_owned())).or_default();
        sums.events += 1;
        sums.quads[usize::from(act.quad.clamp(1, 4)) - 1] += 1;
        sums.scale += act.scale;
        sums.reports += u64::from(act.reports);
    }

    /// The network of the pairs with at least so many events, among those actors of whom most is told.
    pub fn network(self, least_events: u64, most_nodes: usize) -> Network {
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        for ((from, to), sums) in &self.0 {
            for (code, done, received) in [(from, sums.events, 0), (to, 0, sums.events)] {
                let node = nodes.entry(code.clone()).or_insert_with(|| node(code));
                node.done += done;
                node.received += received;
                node.scale += sums.scale;
            }
        }
        let mut nodes: Vec<Node> = nodes.into_values().collect();
        nodes.sort_by(|a, b| (b.done + b.received).cmp(&(a.done + a.received)).then(a.code.cmp(&b.code)));
        nodes.truncate(most_nodes);
        nodes
            .iter_mut()
            .for_each(|node| node.scale = round(node.scale / (node.done + node.received).max(1) as f64));
        let kept = |code: &str| nodes.iter().any(|node| node.code == code);
        let edges = self
            .0
            .into_iter()
            .filter(|((from, to), sums)| sums.events >= least_events && kept(from) && kept(to));
        Network { edges: edges.map(edge).collect(), nodes }
    }
}

fn node(code: &str) -> Node {
    let body = BODIES.iter().find(|(body, _)| *body == code).map(|(_, name)| *name);
    let name = country(code).map(|country| country.name).or(body).unwrap_or(code).to_owned();
    Node { code: code.to_owned(), name, done: 0, received: 0, scale: 0.0 }
}

fn edge(((from, to), sums): ((String, String), Sums)) -> Edge {
    Edge {
        from,
        to,
        events: sums.events,
        quads: sums.quads,
        scale_sum: round(sums.scale),
        scale_mean: round(sums.scale / sums.events as f64),
        reports: sums.reports,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_ontology::Category;
    use chancery_record::{Direction, Standing};

    fn act(scale: f64) -> Act {
        Act {
            start: None,
            end: None,
            category: Category::Support,
            quad: 1,
            scale,
            goldstein: 0.0,
            direction: Direction::Forward,
            standing: Standing::Deed,
            reports: 3,
        }
    }

    #[test]
    fn acts_are_summed_by_pair_and_actor() {
        let mut acts = Acts::default();
        acts.add("RUR", "BOR", &act(5.0));
        acts.add("RUR", "BOR", &act(-1.0));
        acts.add("BOR", "RUR", &act(2.0));
        acts.add("SYL", "RUR", &act(2.0));
        let network = acts.network(2, 2);
        let nodes: Vec<_> =
            network.nodes.iter().map(|n| (n.code.as_str(), n.done, n.received, n.scale)).collect();
        assert_eq!(nodes, [("RUR", 2, 2, 2.0), ("BOR", 1, 2, 2.0)]);
        assert_eq!(network.edges.len(), 1);
        let edge = &network.edges[0];
        assert_eq!(
            (edge.events, edge.quads, edge.scale_sum, edge.scale_mean, edge.reports),
            (2, [2, 0, 0, 0], 4.0, 2.0, 6)
        );
    }
}
