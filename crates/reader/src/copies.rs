//! Near copies in a run: wire reports that many outlets print with little change.
//!
//! A text's sketch is a MinHash signature (Broder 1997) of its shingles of three words. Texts that share a band of the
//! signature (locality-sensitive hashing, Indyk and Motwani 1998) are compared, and those whose signatures agree
//! enough are copies. A library for this keeps every signature in memory; here only the chains of the bands are
//! (24 bytes a document), and signatures and names lie in a temporary file, so that a run may have millions.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// Words that make a shingle.
const SHINGLE: usize = 3;

/// Words below which a text is no copy of another: two short notes may be alike by chance.
const LEAST: usize = 50;

/// Values of a signature; the share in which two agree estimates the share of shingles that the texts have in common.
const VALUES: usize = 64;

/// Bands and values of each: texts that share half of their shingles are compared with a probability of .55,
/// .7 with .92, .8 with .99.
const BANDS: usize = 6;
const BAND: usize = 3;

/// Share of values in which the signatures of copies agree: about three of four shingles in common.
const ALIKE: f64 = 0.75;

/// Documents that are remembered; the oldest make room.
const WINDOW: usize = 1 << 20;

/// Buckets of each band.
const BUCKETS: usize = 1 << 18;

/// What of a text is compared; `None` of a short one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch([u16; VALUES]);

impl Sketch {
    /// The sketch of a text.
    pub fn of(text: &str) -> Option<Sketch> {
        let words: Vec<u64> = words(text).collect();
        if words.len() < LEAST {
            return None;
        }
        let mut least = [u64::MAX; VALUES];
        for shingle in words.windows(SHINGLE) {
            let hash = shingle.iter().fold(0, |hash, word| mixed(hash ^ word));
            // 64 hash functions by double hashing (Kirsch and Mitzenmacher 2006).
            let (mut value, step) = (hash, mixed(hash) | 1);
            for least in &mut least {
                *least = (*least).min(mixed(value));
                value = value.wrapping_add(step);
            }
        }
        Some(Sketch(least.map(|value| value as u16)))
    }

    /// The share of values in which two agree.
    fn agreement(&self, other: &Sketch) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        same as f64 / VALUES as f64
    }

    /// The bucket of each band.
    fn buckets(&self) -> [usize; BANDS] {
        std::array::from_fn(|band| {
            let values = &self.0[band * BAND..(band + 1) * BAND];
            let hash = values.iter().fold(band as u64, |hash, &value| mixed(hash ^ u64::from(value)));
            hash as usize % BUCKETS
        })
    }
}

/// A hash of each word, its case aside.
fn words(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| {
        // FNV-1a.
        let lower = word.chars().flat_map(char::to_lowercase);
        lower.fold(0xcbf2_9ce4_8422_2325, |hash, c| {
            (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
        })
    })
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The documents of a run so far, as far as others may be copies of them.
pub struct Copies {
    /// The latest document of each bucket of each band, and behind each document the one before it; 0 is none.
    latest: Vec<[u32; BANDS]>,
    before: Vec<[u32; BANDS]>,
    count: u32,
    stored: Stored,
}

impl Copies {
    /// The documents whose sketches lie in the first `bytes` of a file, which is cut there; at first, none in none.
    ///
    /// # Errors
    /// Those of the file.
    pub fn open(file: File, bytes: u64) -> io::Result<Copies> {
        file.set_len(bytes)?;
        let stored = Stored { file: BufWriter::new(file), starts: Vec::new(), end: 0, count: 0 };
        let mut copies = Copies { latest: vec![[0; BANDS]; BUCKETS], before: Vec::new(), count: 0, stored };
        let mut file = io::BufReader::new(copies.stored.file.get_ref().try_clone()?);
        file.rewind()?;
        while copies.stored.end < bytes {
            let (sketch, id) = entry(&mut file)?;
            copies.remember(&sketch.buckets());
            copies.stored.count_in(&id);
        }
        copies.stored.file.get_ref().seek(SeekFrom::Start(bytes))?;
        Ok(copies)
    }

    /// Bytes that the file has when everything is written.
    pub fn bytes(&self) -> u64 {
        self.stored.end
    }

    /// Writes what is not yet in the file, and gives how many bytes it has.
    ///
    /// # Errors
    /// Those of the file.
    pub fn flush(&mut self) -> io::Result<u64> {
        self.stored.file.flush()?;
        Ok(self.stored.end)
    }

    /// The first document that a text of this sketch is a near copy of; if there is none, `id` is remembered.
    ///
    /// # Errors
    /// Those of the temporary file.
    pub fn original(&mut self, id: &str, sketch: &Sketch) -> io::Result<Option<String>> {
        let buckets = sketch.buckets();
        for number in self.candidates(&buckets) {
            let (found, name) = self.stored.get(number)?;
            if found.agreement(sketch) >= ALIKE {
                return Ok(Some(name));
            }
        }
        self.remember(&buckets);
        self.stored.add(id, sketch)?;
        Ok(None)
    }

    /// Documents that share a bucket, the first ones first.
    fn candidates(&self, buckets: &[usize; BANDS]) -> Vec<u32> {
        let mut found = Vec::new();
        for (band, &bucket) in buckets.iter().enumerate() {
            let mut at = self.latest[bucket][band];
            while at != 0 && self.count - at < WINDOW as u32 {
                found.push(at);
                at = self.before[(at as usize - 1) % WINDOW][band];
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn remember(&mut self, buckets: &[usize; BANDS]) {
        self.count += 1;
        let mut before = [0; BANDS];
        for (band, &bucket) in buckets.iter().enumerate() {
            before[band] = std::mem::replace(&mut self.latest[bucket][band], self.count);
        }
        match self.before.get_mut((self.count as usize - 1) % WINDOW) {
            Some(oldest) => *oldest = before,
            None => self.before.push(before),
        }
    }
}

/// Sketches and names in a file, by number.
struct Stored {
    file: BufWriter<File>,
    /// Where every 64th entry starts; those between are skipped over.
    starts: Vec<u64>,
    end: u64,
    count: u32,
}

/// Entries from one known start to the next.
const STRIDE: u32 = 64;

impl Stored {
    fn add(&mut self, id: &str, sketch: &Sketch) -> io::Result<()> {
        let length = u32::try_from(id.len()).map_err(io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())?;
        for value in sketch.0 {
            self.file.write_all(&value.to_le_bytes())?;
        }
        self.file.write_all(id.as_bytes())?;
        self.count_in(id);
        Ok(())
    }

    fn count_in(&mut self, id: &str) {
        if self.count.is_multiple_of(STRIDE) {
            self.starts.push(self.end);
        }
        self.end += (4 + 2 * VALUES + id.len()) as u64;
        self.count += 1;
    }

    /// The entry of a number, counted from 1.
    fn get(&mut self, number: u32) -> io::Result<(Sketch, String)> {
        self.file.flush()?;
        let number = number - 1;
        let mut file = io::BufReader::new(self.file.get_ref());
        file.seek(SeekFrom::Start(self.starts[(number / STRIDE) as usize]))?;
        for _ in 0..number % STRIDE {
            let length = length(&mut file)?;
            file.seek_relative((2 * VALUES + length) as i64)?;
        }
        let found = entry(&mut file)?;
        self.file.get_ref().seek(SeekFrom::Start(self.end))?;
        Ok(found)
    }
}

fn entry(file: &mut impl Read) -> io::Result<(Sketch, String)> {
    let mut bytes = vec![0; 2 * VALUES + length(file)?];
    file.read_exact(&mut bytes)?;
    let sketch = std::array::from_fn(|at| u16::from_le_bytes([bytes[2 * at], bytes[2 * at + 1]]));
    Ok((Sketch(sketch), String::from_utf8_lossy(&bytes[2 * VALUES..]).into_owned()))
}

fn length(file: &mut impl Read) -> io::Result<usize> {
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    Ok(u32::from_le_bytes(length) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words that is like no other of another seed.
    fn text(seed: u64, words: usize) -> Vec<String> {
        (0..words as u64).map(|n| format!("w{}", mixed(seed * 1_000_003 + n) % 5000)).collect()
    }

    fn see(copies: &mut Copies, id: &str, words: &[String]) -> Option<String> {
        copies.original(id, &Sketch::of(&words.join(" "))?).unwrap()
    }

    #[test]
    fn a_reprint_with_a_new_head_and_a_cut_tail_is_a_copy() {
        let mut copies = Copies::open(tempfile::tempfile().unwrap(), 0).unwrap();
        for seed in 0..200 {
            assert_eq!(see(&mut copies, &format!("first-{seed}"), &text(seed, 300)), None);
        }
        let mut reprint = text(7, 300);
        reprint.truncate(280);
        reprint.splice(0..3, ["STRELSAU".to_owned(), "Monday".to_owned()]);
        assert_eq!(see(&mut copies, "reprint", &reprint).as_deref(), Some("first-7"));
        assert_eq!(see(&mut copies, "same", &text(100, 300)).as_deref(), Some("first-100"));
    }

    #[test]
    fn an_update_with_much_that_is_new_is_no_copy() {
        let mut copies = Copies::open(tempfile::tempfile().unwrap(), 0).unwrap();
        assert_eq!(see(&mut copies, "first", &text(1, 300)), None);
        let update = [&text(1, 300)[..150], &text(2, 150)[..]].concat();
        assert_eq!(see(&mut copies, "update", &update), None);
        assert_eq!(see(&mut copies, "other", &text(3, 300)), None);
    }

    #[test]
    fn short_texts_are_not_compared_and_case_and_marks_do_not_count() {
        assert_eq!(Sketch::of(&text(1, LEAST - 1).join(" ")), None);
        let words = text(1, 100);
        assert_eq!(Sketch::of(&words.join(" ")), Sketch::of(&words.join(" -- ").to_uppercase()));
    }

    #[test]
    fn what_was_stored_is_known_again() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let open = |bytes| {
            Copies::open(File::options().read(true).write(true).open(file.path()).unwrap(), bytes).unwrap()
        };
        let mut copies = open(0);
        assert_eq!(see(&mut copies, "a", &text(1, 300)), None);
        let kept = copies.flush().unwrap();
        assert_eq!(see(&mut copies, "b", &text(2, 300)), None);
        drop(copies);
        let mut copies = open(kept);
        assert_eq!(see(&mut copies, "c", &text(1, 300)).as_deref(), Some("a"));
        assert_eq!(see(&mut copies, "d", &text(2, 300)), None, "this was not kept");
    }

    #[test]
    fn copies_of_copies_are_copies_of_the_first() {
        let mut copies = Copies::open(tempfile::tempfile().unwrap(), 0).unwrap();
        let words = text(1, 400);
        assert_eq!(see(&mut copies, "a", &words), None);
        assert_eq!(see(&mut copies, "b", &words[..390]).as_deref(), Some("a"));
        assert_eq!(see(&mut copies, "c", &words[10..]).as_deref(), Some("a"));
    }
}
