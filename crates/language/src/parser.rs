//! Syntactic heads, labels and sentences: an arc-eager parser that may put words back (spaCy's `DependencyParser`).

mod projectivity;
mod state;
mod tree;

use crate::error::{Error, damaged, unsupported};
use crate::kernel::InstructionSet;
use crate::labels::label;
use crate::model_files::{Config, ModelFiles, NetworkFile};
use crate::network::{Features, StateNetwork};
use crate::transitions::{Masks, Move, read_moves};
use projectivity::Decoration;
pub(crate) use state::State;
pub(crate) use tree::Tree;

const SHIFT: usize = 0;
const REDUCE: usize = 1;
const LEFT: usize = 2;
const RIGHT: usize = 3;
const BREAK: usize = 4;

/// Number of a label in a parser's list.
type LabelId = u16;

/// Gives each token a head and a label, and so finds sentences.
#[derive(Debug)]
pub(crate) struct Parser {
    network: StateNetwork,
    moves: Vec<(usize, LabelId)>,
    masks: Masks,
    labels: Vec<&'static str>,
    decorations: Vec<Option<Decoration>>,
    root: LabelId,
}

impl Parser {
    /// Reads the parser, which gets vectors of `width` numbers.
    pub(crate) fn load(
        set: InstructionSet,
        files: &ModelFiles,
        config: &Config,
        width: usize,
    ) -> Result<Parser, Error> {
        if config.is_true("components.parser", "learn_tokens") {
            return Err(unsupported("parser", "it joins tokens"));
        }
        let moves = read_moves(files, "parser")?;
        for kind in [SHIFT, REDUCE] {
            if !moves.iter().any(|m| m.kind == kind) || moves.iter().any(|m| m.kind > BREAK) {
                return Err(damaged("parser/moves", "moves", "it has not the moves of a parser"));
            }
        }
        let bytes = files.read("parser/model")?;
        let file = NetworkFile::parse("parser/model", &bytes)?;
        let network = StateNetwork::load(set, "parser", &file, width, moves.len())?;
        if !matches!(network.features(), 8 | 13) {
            return Err(unsupported("parser", format!("its states have {} features", network.features())));
        }
        Ok(Parser::new(network, &moves))
    }

    fn new(network: StateNetwork, moves: &[Move]) -> Parser {
        let masks = Masks::new(1 << 5, network.mask_length(), moves, |set, m| set >> m.kind & 1 == 1);
        let mut labels = Vec::new();
        let root = number(&mut labels, "ROOT");
        let moves = moves.iter().map(|m| (m.kind, number(&mut labels, m.label))).collect();
        let decorations = decorations(&mut labels);
        Parser { network, moves, masks, labels, decorations, root }
    }

    /// The text of a label.
    pub(crate) fn label(&self, id: LabelId) -> &'static str {
        self.labels[id as usize]
    }

    /// Parses a text of `is_space.len()` tokens, whose vectors are the rows of `x`; `is_space` says which
    /// tokens are white space.
    pub(crate) fn parse(
        &self,
        x: &[f32],
        is_space: &[bool],
        features: &mut Features,
        state: &mut State,
    ) -> Tree {
        let count = is_space.len();
        features.begin(&self.network, x, count);
        state.begin(count);
        let mut pointed = [-1; 13];
        let pointed = &mut pointed[..self.network.features()];
        while !state.is_final() {
            state.point(pointed);
            let class = features.best(&self.network, pointed, self.masks.of(state.allowed()));
            let (kind, label) = self.moves[class];
            state.apply(kind, label);
        }
        let mut tree = Tree::new(state.heads(), state.labels(), self.root);
        projectivity::undo(&mut tree, &self.decorations, is_space);
        tree.find_sentences();
        tree
    }
}

fn number(labels: &mut Vec<&'static str>, text: &str) -> LabelId {
    let found = labels.iter().position(|&label| label == text);
    found.unwrap_or_else(|| {
        labels.push(label(text));
        labels.len() - 1
    }) as LabelId
}

fn decorations(labels: &mut Vec<&'static str>) -> Vec<Option<Decoration>> {
    let decorated = labels.clone();
    let mut read = |text: &str| {
        let (own, head) = text.split_once("||")?;
        Some(Decoration { own: number(labels, own), head: number(labels, head) })
    };
    let mut decorations: Vec<_> = decorated.iter().map(|text| read(text)).collect();
    decorations.resize_with(labels.len(), || None);
    decorations
}
