//! An Arrow file or stream whose messages are looked at before the library acts on them.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use arrow_ipc::{Block, Buffer, RecordBatch, root_as_footer, root_as_message};
use arrow_schema::ArrowError;

use crate::bounds::{may_become, rows};

type Result<T> = std::result::Result<T, ArrowError>;

/// How an Arrow file begins, and ends after its footer's length; a stream of Arrow does not.
const MAGIC: &[u8] = b"ARROW1";
/// Bytes after the footer: its length and [`MAGIC`].
const TAIL: u64 = 10;
/// What stands before the length of a message since version 0.15 of the format.
const CONTINUATION: [u8; 4] = [0xff; 4];

/// Bytes that the columns of a batch may have in memory however small they are in the file.
const BATCH_SLACK: u64 = 512 << 20;

/// Looks through the messages of an Arrow file or stream, without their bodies, and goes back to its start.
///
/// # Errors
/// Those of the file, and of what cannot be true of it.
pub fn hold_arrow<R: Read + Seek>(file: &mut R) -> Result<()> {
    let size = file.seek(SeekFrom::End(0))?;
    let start = read(file, 0, size.min(MAGIC.len() as u64))?;
    let mut held = Held { file, size, rows_left: rows(size) };
    if start == MAGIC {
        held.blocks()?
    } else {
        held.messages()?
    }
    file.rewind()?;
    Ok(())
}

struct Held<'a, R> {
    file: &'a mut R,
    size: u64,
    /// Rows that batches may still have.
    rows_left: u64,
}

impl<R: Read + Seek> Held<'_, R> {
    /// The messages to which the footer of a file points.
    fn blocks(&mut self) -> Result<()> {
        let (footer, bytes) = self.footer()?;
        let content = root_as_footer(&bytes)
            .or_else(|error| lie(format!("the footer at byte {footer} is broken: {error}")))?;
        let mut left = footer;
        for block in content.dictionaries().iter().flatten().chain(content.recordBatches().iter().flatten()) {
            let (at, message, body) = place(block, footer).map_or_else(
                || {
                    lie(format!(
                        "a batch at byte {} does not lie before the footer at {footer}",
                        block.offset()
                    ))
                },
                Ok,
            )?;
            let Some(rest) = left.checked_sub(message + body) else {
                return lie(format!("batches are said to have more bytes than the {footer} that they share"));
            };
            left = rest;
            let bytes = read(self.file, at, message)?;
            let message_bytes =
                if bytes.starts_with(&CONTINUATION) { bytes.get(8..) } else { bytes.get(4..) };
            self.message(at, message_bytes.unwrap_or_default(), at + message, body)?;
        }
        Ok(())
    }

    /// Where the footer of a file begins, and its bytes.
    fn footer(&mut self) -> Result<(u64, Vec<u8>)> {
        let Some(tail) = self.size.checked_sub(TAIL) else {
            return lie(format!("the file has {} bytes, fewer than a footer", self.size));
        };
        let bytes = read(self.file, tail, TAIL)?;
        if !bytes.ends_with(MAGIC) {
            return lie("the file does not end as it begins, with the letters ARROW1".to_owned());
        }
        let length = number(&bytes);
        let Some(footer) = tail.checked_sub(length) else {
            return lie(format!("the footer is said to have {length} bytes, the file has {}", self.size));
        };
        Ok((footer, read(self.file, footer, length)?))
    }

    /// The messages of a stream, one after another.
    fn messages(&mut self) -> Result<()> {
        let mut at = 0;
        while at < self.size {
            let mut head = read(self.file, at, 4)?;
            let mut start = at + 4;
            if head == CONTINUATION {
                head = read(self.file, start, 4)?;
                start += 4;
            }
            let length = number(&head);
            if length == 0 {
                break;
            }
            let bytes = read(self.file, start, length)?;
            let body = root_as_message(&bytes)
                .or_else(|error| lie(format!("the message at byte {at} is broken: {error}")))?
                .bodyLength();
            let end = start + length;
            let body = u64::try_from(body).ok().filter(|&body| body <= self.size - end);
            let Some(body) = body else {
                return lie(format!("the body of the message at byte {at} goes beyond the end of the file"));
            };
            self.message(at, &bytes, end, body)?;
            at = end + body;
        }
        Ok(())
    }

    /// A message at `at`, whose body lies elsewhere.
    fn message(&mut self, at: u64, message: &[u8], body: u64, length: u64) -> Result<()> {
        let message = root_as_message(message)
            .or_else(|error| lie(format!("the message at byte {at} is broken: {error}")))?;
        let dictionary = message.header_as_dictionary_batch().and_then(|dictionary| dictionary.data());
        match message.header_as_record_batch().or(dictionary) {
            Some(batch) => self.batch(at, &batch, body, length),
            None => Ok(()),
        }
    }

    fn batch(&mut self, at: u64, batch: &RecordBatch<'_>, body: u64, length: u64) -> Result<()> {
        let lengths = batch.nodes().into_iter().flatten().map(|node| node.length());
        let most = lengths.chain([batch.length()]).map(|rows| u64::try_from(rows).unwrap_or(u64::MAX)).max();
        let rows = most.unwrap_or(0);
        let Some(left) = self.rows_left.checked_sub(rows) else {
            return lie(format!(
                "the batch at byte {at} tells of {rows} rows, the file has {} bytes",
                self.size
            ));
        };
        self.rows_left = left;
        let unpacked = self.unpacked(at, batch, body, length)?;
        if !may_become(length, unpacked, BATCH_SLACK) {
            return lie(format!(
                "the batch at byte {at} is said to unpack from {length} bytes to {unpacked}"
            ));
        }
        Ok(())
    }

    /// Bytes that the columns of a batch have in memory, as it is said; all of them must lie in its body.
    fn unpacked(&mut self, at: u64, batch: &RecordBatch<'_>, body: u64, length: u64) -> Result<u64> {
        let buffers = batch.buffers().unwrap_or_default();
        let mut counts = batch.variadicBufferCounts().into_iter().flatten();
        if counts.any(|count| usize::try_from(count).map_or(true, |count| count > buffers.len())) {
            return lie(format!("the batch at byte {at} tells of columns with more parts than it has"));
        }
        let mut sum = 0_u64;
        for buffer in buffers {
            let Some((start, bytes)) = part(buffer, length) else {
                return lie(format!("a column of the batch at byte {at} does not lie in its body"));
            };
            if batch.compression().is_some() && bytes >= 8 {
                let head = read(self.file, body + start, 8)?;
                let said = i64::from_le_bytes(head.try_into().unwrap_or_default());
                sum = sum.saturating_add(u64::try_from(said).unwrap_or(bytes));
            }
        }
        Ok(sum)
    }
}

/// Where a part of a column begins in a body of so many bytes, and its length.
fn part(buffer: &Buffer, length: u64) -> Option<(u64, u64)> {
    let start = u64::try_from(buffer.offset()).ok()?;
    let bytes = u64::try_from(buffer.length()).ok()?;
    (start.checked_add(bytes)? <= length).then_some((start, bytes))
}

/// Where a message begins, its length and that of its body, if it lies before the footer.
fn place(block: &Block, footer: u64) -> Option<(u64, u64, u64)> {
    let at = u64::try_from(block.offset()).ok()?;
    let message = u64::try_from(block.metaDataLength()).ok()?;
    let body = u64::try_from(block.bodyLength()).ok()?;
    (at.checked_add(message)?.checked_add(body)? <= footer).then_some((at, message, body))
}

/// A number of four bytes, the lowest first.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(4).rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// So many bytes of the file, no more being reserved than there are.
fn read<R: Read + Seek>(file: &mut R, at: u64, length: u64) -> Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.by_ref().take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(ArrowError::IoError(
            format!("the file ends before the {length} bytes at {at}"),
            ErrorKind::UnexpectedEof.into(),
        ))
    }
}

fn lie<T>(problem: String) -> Result<T> {
    Err(ArrowError::IpcError(problem))
}

#[cfg(test)]
mod tests;
