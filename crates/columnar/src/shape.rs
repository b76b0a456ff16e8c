//! The structures of a Parquet file's footer and of its pages' headers, by the numbers of their fields.
//!
//! Source: `parquet.thrift` of Apache Parquet's format, 2.12.

use crate::thrift::Fields;
use crate::thrift::Kind::{Bool, Byte, Bytes, Double, Int, List, Struct};

/// The footer, `FileMetaData`.
pub(crate) const FOOTER: Fields = &[
    (1, Int),
    (SCHEMA, List(&Struct(ELEMENT))),
    (3, Int),
    (4, List(&Struct(ROW_GROUP))),
    (5, List(&Struct(KEY_VALUE))),
    (6, Bytes),
    (7, List(&Struct(&[(1, EMPTY)]))),
];
/// The field of the footer with the elements of the schema, a tree in the order of its depth.
pub(crate) const SCHEMA: i64 = 2;
/// The field of an element with the number of elements below it.
pub(crate) const CHILDREN: i64 = 5;

/// `PageHeader`: type, size unpacked and packed, checksum, then what belongs to a kind of page.
pub(crate) const PAGE: Fields = &[
    (1, Int),
    (UNPACKED, Int),
    (PACKED, Int),
    (4, Int),
    (DATA, Struct(&[(VALUES, Int), (2, Int), (3, Int), (4, Int), (5, Struct(STATISTICS))])),
    (6, EMPTY),
    (DICTIONARY, Struct(&[(VALUES, Int), (2, Int), (3, Bool)])),
    (
        DATA_2,
        Struct(&[
            (VALUES, Int),
            (2, Int),
            (3, Int),
            (4, Int),
            (5, Int),
            (6, Int),
            (7, Bool),
            (8, Struct(STATISTICS)),
        ]),
    ),
];
/// The field of a page's header with its size when unpacked.
pub(crate) const UNPACKED: i64 = 2;
/// The field of a page's header with its size in the file.
pub(crate) const PACKED: i64 = 3;
/// The field of a page's header with what a page of values has, in its first version.
pub(crate) const DATA: i64 = 5;
/// The field of a page's header with what a dictionary has.
pub(crate) const DICTIONARY: i64 = 7;
/// The field of a page's header with what a page of values has, in its second version.
pub(crate) const DATA_2: i64 = 8;
/// The field of each of these with the number of values.
pub(crate) const VALUES: i64 = 1;
/// The field of a page of values with its encoding, by version.
pub(crate) const ENCODINGS: [[i64; 2]; 2] = [[DATA, 2], [DATA_2, 4]];

const EMPTY: crate::thrift::Kind = Struct(&[]);

const ELEMENT: Fields = &[
    (1, Int),
    (2, Int),
    (3, Int),
    (4, Bytes),
    (CHILDREN, Int),
    (6, Int),
    (7, Int),
    (8, Int),
    (9, Int),
    (10, Struct(LOGICAL_TYPE)),
];

const LOGICAL_TYPE: Fields = &[
    (1, EMPTY),
    (2, EMPTY),
    (3, EMPTY),
    (4, EMPTY),
    (5, Struct(&[(1, Int), (2, Int)])),
    (6, EMPTY),
    (7, TIME),
    (8, TIME),
    (10, Struct(&[(1, Byte), (2, Bool)])),
    (11, EMPTY),
    (12, EMPTY),
    (13, EMPTY),
    (14, EMPTY),
    (15, EMPTY),
    (16, Struct(&[(1, Byte)])),
    (17, Struct(&[(1, Bytes)])),
    (18, Struct(&[(1, Bytes), (2, Int)])),
];

const TIME: crate::thrift::Kind = Struct(&[(1, Bool), (2, Struct(&[(1, EMPTY), (2, EMPTY), (3, EMPTY)]))]);

const ROW_GROUP: Fields = &[
    (1, List(&Struct(CHUNK))),
    (2, Int),
    (3, Int),
    (4, List(&Struct(&[(1, Int), (2, Bool), (3, Bool)]))),
    (5, Int),
    (6, Int),
    (7, Int),
];

const CHUNK: Fields = &[(1, Bytes), (2, Int), (3, Struct(COLUMN)), (4, Int), (5, Int), (6, Int), (7, Int)];

const COLUMN: Fields = &[
    (1, Int),
    (2, List(&Int)),
    (3, List(&Bytes)),
    (4, Int),
    (5, Int),
    (6, Int),
    (7, Int),
    (8, List(&Struct(KEY_VALUE))),
    (9, Int),
    (10, Int),
    (11, Int),
    (12, Struct(STATISTICS)),
    (13, List(&Struct(&[(1, Int), (2, Int), (3, Int)]))),
    (14, Int),
    (15, Int),
    (16, Struct(&[(1, Int), (2, List(&Int)), (3, List(&Int))])),
    (17, Struct(&[(1, Struct(BOX)), (2, List(&Int))])),
];

const BOX: Fields =
    &[(1, Double), (2, Double), (3, Double), (4, Double), (5, Double), (6, Double), (7, Double), (8, Double)];

const STATISTICS: Fields =
    &[(1, Bytes), (2, Bytes), (3, Int), (4, Int), (5, Bytes), (6, Bytes), (7, Bool), (8, Bool)];

const KEY_VALUE: Fields = &[(1, Bytes), (2, Bytes)];
