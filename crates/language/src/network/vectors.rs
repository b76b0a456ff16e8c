//! Word vectors that come with a pipeline: one row for each of its frequent words.

use crate::error::{Error, damaged};
use crate::model_files::{ModelFiles, npy};

const ROWS: &str = "vocab/vectors";
const KEYS: &str = "vocab/key2row";

/// The vectors of a pipeline, by the id of the word.
#[derive(Debug)]
pub(crate) struct Vectors {
    width: usize,
    data: Vec<f32>,
    /// Ids and rows, sorted by id.
    rows: Vec<(u64, u32)>,
}

impl Vectors {
    /// Reads `vocab/vectors` and `vocab/key2row`.
    pub(crate) fn load(files: &ModelFiles) -> Result<Vectors, Error> {
        let ([count, width], data) = npy(ROWS, &files.read(ROWS)?)?;
        let mut rows =
            read_keys(&files.read(KEYS)?, count).map_err(|reason| damaged(KEYS, "its map", reason))?;
        rows.sort_unstable_by_key(|&(id, _)| id);
        Ok(Vectors { width, data, rows })
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vector of the word with that id.
    pub(crate) fn get(&self, id: u64) -> Option<&[f32]> {
        let found = self.rows.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        let start = self.rows[found].1 as usize * self.width;
        Some(&self.data[start..start + self.width])
    }
}

fn read_keys(mut bytes: &[u8], count: usize) -> Result<Vec<(u64, u32)>, String> {
    let length = rmp::decode::read_map_len(&mut bytes).map_err(|e| e.to_string())?;
    let mut rows = Vec::with_capacity((length as usize).min(bytes.len()));
    for _ in 0..length {
        let id = rmp::decode::read_int::<u64, _>(&mut bytes).map_err(|e| e.to_string())?;
        let row = rmp::decode::read_int::<i64, _>(&mut bytes).map_err(|e| e.to_string())?;
        match u32::try_from(row) {
            Ok(row) if (row as usize) < count => rows.push((id, row)),
            Ok(row) => return Err(format!("it names row {row} of {count}")),
            Err(_) => {} // spaCy marks words without a vector by -1.
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_refuses_rows_that_are_not_there() {
        let map = [0x82, 0xcf, 0, 0, 0, 0, 0, 0, 1, 0, 1, 7, 0];
        assert_eq!(read_keys(&map, 2), Ok(vec![(256, 1), (7, 0)]));
        assert!(read_keys(&map, 1).unwrap_err().contains("row 1"));
        assert!(read_keys(&map[..6], 2).is_err());
    }
}
