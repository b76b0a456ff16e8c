//! Packed files: gzip (of several members) and zstd, one within the other, with an eye on bombs.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

/// Where a file's bytes come from.
pub(crate) type Bytes = BufReader<Box<dyn Read + Send>>;

/// Bytes that are read from a file at once.
pub(crate) const CAPACITY: usize = 1 << 16;

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// Layers of packing that are taken off: `.warc.gz` in a `.zst`, and no bomb of many.
const LAYERS: usize = 3;

/// Times that text grows at most when it is unpacked; what is below [`SLACK`] bytes may.
const TIMES: u64 = 200;
const SLACK: u64 = 256 << 20;

/// The bytes of a file, unpacked if they are packed. `read` counts the bytes as they stand in the file.
pub(crate) fn unpacked(file: Box<dyn Read + Send>, read: &Arc<AtomicU64>) -> io::Result<Bytes> {
    let start = read.load(Ordering::Relaxed);
    let mut bytes = buffered(Box::new(Counted { file, read: read.clone() }));
    for _ in 0..LAYERS {
        bytes = match bytes.fill_buf()? {
            head if head.starts_with(GZIP) => buffered(Box::new(MultiGzDecoder::new(bytes))),
            head if head.starts_with(ZSTD) => buffered(Box::new(zstd::Decoder::with_buffer(bytes)?)),
            _ => return Ok(bytes),
        };
        let watched = Watched { unpacked: bytes, packed: read.clone(), start, given: 0 };
        bytes = buffered(Box::new(watched));
    }
    Ok(bytes)
}

fn buffered(read: Box<dyn Read + Send>) -> Bytes {
    BufReader::with_capacity(CAPACITY, read)
}

/// A file whose bytes are counted.
struct Counted {
    file: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.file.read(buffer)?;
        self.read.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

/// Unpacked bytes that are held against the packed ones.
struct Watched {
    unpacked: Bytes,
    packed: Arc<AtomicU64>,
    start: u64,
    given: u64,
}

/// That few bytes stand for too many.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to over {TIMES} times its size")]
pub(crate) struct Bomb;

impl Bomb {
    pub(crate) const TIMES: u64 = TIMES;
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let packed = self.packed.load(Ordering::Relaxed) - self.start;
        if self.given > SLACK && self.given / TIMES > packed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, Bomb));
        }
        let got = self.unpacked.read(buffer)?;
        self.given += got as u64;
        Ok(got)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn read(bytes: Vec<u8>) -> io::Result<(Vec<u8>, u64)> {
        let (count, mut all) = (Arc::new(AtomicU64::new(0)), Vec::new());
        unpacked(Box::new(io::Cursor::new(bytes)), &count)?.read_to_end(&mut all)?;
        Ok((all, count.load(Ordering::Relaxed)))
    }

    #[test]
    fn members_and_layers_come_out_and_bytes_of_the_file_are_counted() {
        let two = [gzip(b"One. "), gzip(b"Two.")].concat();
        assert_eq!(read(two.clone()).unwrap(), (b"One. Two.".to_vec(), two.len() as u64));
        let layered = zstd::encode_all(&two[..], 1).unwrap();
        assert_eq!(read(layered).unwrap().0, b"One. Two.");
        assert_eq!(read(b"Plain.".to_vec()).unwrap(), (b"Plain.".to_vec(), 6));
        assert_eq!(read(Vec::new()).unwrap().0, b"");
    }

    #[test]
    fn a_broken_file_is_an_error_and_a_bomb_is_one() {
        let whole = gzip(&b"Ruritania ".repeat(1000));
        assert!(read(whole[..whole.len() - 9].to_vec()).is_err());
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        io::copy(&mut io::repeat(0).take(SLACK + (8 << 20)), &mut bomb).unwrap();
        let error = read(bomb.finish().unwrap()).unwrap_err();
        assert!(error.get_ref().is_some_and(|e| e.is::<Bomb>()), "{error}");
    }
}
