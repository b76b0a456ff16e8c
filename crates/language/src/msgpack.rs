//! The parts of a decoded MessagePack value.

use rmpv::ValueRef;

/// The pairs of a map.
pub(crate) fn pairs<'v, 'b>(value: &'v ValueRef<'b>) -> Option<&'v [(ValueRef<'b>, ValueRef<'b>)]> {
    match value {
        ValueRef::Map(pairs) => Some(pairs),
        _ => None,
    }
}

/// The items of a list.
pub(crate) fn items<'v, 'b>(value: &'v ValueRef<'b>) -> Option<&'v [ValueRef<'b>]> {
    match value {
        ValueRef::Array(items) => Some(items),
        _ => None,
    }
}

/// A truth value.
pub(crate) fn truth(value: &ValueRef) -> Option<bool> {
    match value {
        ValueRef::Boolean(truth) => Some(*truth),
        _ => None,
    }
}
