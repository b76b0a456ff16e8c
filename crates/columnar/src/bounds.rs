//! How much a few bytes may stand for.

/// Rows that any file may have, however small.
const ROWS: u64 = 1 << 24;
/// Rows for each byte of a file beyond these. Columns of one value, or of none, have 200 when common programs write
/// them; columns of texts have less than one.
const ROWS_A_BYTE: u64 = 1000;

/// Times that bytes grow at most when they are unpacked, if they become more than the slack of their kind.
const TIMES: u64 = 200;

/// Rows, or values of one column, that a file of so many bytes may have.
pub(crate) fn rows(bytes: u64) -> u64 {
    ROWS + bytes.saturating_mul(ROWS_A_BYTE)
}

/// Whether so many packed bytes may become so many others.
pub(crate) fn may_become(packed: u64, unpacked: u64, slack: u64) -> bool {
    unpacked <= slack || unpacked / TIMES <= packed
}
