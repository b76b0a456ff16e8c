//! Who acts upon whom, as a network: actors and what goes from each to each.

use serde::{Deserialize, Serialize};

/// Actors and what they do to each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// The actors, each once.
    pub nodes: Vec<Node>,
    /// What one does to another; both codes are those of nodes.
    pub edges: Vec<Edge>,
}

/// An actor of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Its code.
    pub code: String,
    /// Usual name.
    pub name: String,
    /// Events that it does.
    pub done: u64,
    /// Events that are done to it.
    pub received: u64,
    /// Mean of the PLOVER scale over both, -10 to 10.
    pub scale: f64,
}

/// What one actor does to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Code of the one who acts.
    pub from: String,
    /// Code of the one upon whom.
    pub to: String,
    /// Events.
    pub events: u64,
    /// The same by quad class 1 to 4.
    pub quads: [u64; 4],
    /// Sum of the PLOVER scale.
    pub scale_sum: f64,
    /// Mean of the PLOVER scale, -10 to 10.
    pub scale_mean: f64,
    /// Reports that tell of them.
    pub reports: u64,
}
