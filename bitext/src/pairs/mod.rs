//! The span pairs of a bilingual document.
//!
//! ```text
//! PAIR := <span data-ttu-id="ID">TARGET</span><span class="sxs-lookup"><span data-stu-id="ID">SOURCE</span></span>
//! ```
//!
//! Published trees hold exactly this byte sequence. What people break by hand becomes a [`Fault`],
//! and reading goes on at the next target tag, so that one fault is one value and costs one pair at most.

mod parse;
mod sound;
mod tags;

use crate::{Fingerprint, Span};
pub(crate) use parse::{parse, parse_damaged};
pub(crate) use sound::pair_of;
pub(crate) use tags::misspelt_pairs;

/// A translation unit: a target text with its source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The whole pair, tags included.
    pub span: Span,
    /// The translation.
    pub target: Side,
    /// The English text.
    pub source: Side,
    /// Whether a [`Fault`] was found in the pair; its edges are then a good guess.
    pub damaged: bool,
    /// Its number, from the target id, or from the source id if that one is illegible.
    pub number: Option<u32>,
    /// Whether the two ids differ. That is the finding of `id/mismatch`; rules that compare numbers must not report it
    /// again.
    pub ids_differ: bool,
}

/// One side of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// The opening tag.
    pub tag: Span,
    /// The value of the id attribute.
    pub id: Span,
    /// The text between the tags.
    pub text: Span,
    /// What the text is made of.
    pub print: Fingerprint,
}

/// A place where the markup of a pair is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is broken.
    pub kind: FaultKind,
    /// The tag or the pair that is to blame.
    pub span: Span,
    /// The id of the unit concerned, where one is legible.
    pub id: Option<Span>,
    /// How to mend it, where there is a way.
    pub mend: Option<Mend>,
}

/// Replacements that mend a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What to replace, empty to insert, with what to put there; in order.
    pub edits: Vec<(Span, String)>,
    /// Whether the places are certain; otherwise they are a good guess.
    pub certain: bool,
}

/// The ways in which a pair's markup breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// `<span data-ttu-id>` without its `</span>`.
    TargetUnclosed,
    /// `<span data-stu-id>` without its `</span>`.
    SourceUnclosed,
    /// `<span class="sxs-lookup">` without its `</span>`.
    LookupUnclosed,
    /// A `</span>` that closes nothing.
    StrayClose,
    /// A target that no source follows.
    TargetWithoutSource,
    /// A source that no target precedes.
    SourceWithoutTarget,
    /// A target and a source without the `<span class="sxs-lookup">` that joins them.
    LookupMissing,
    /// Text or blanks between the parts of a pair, which must touch.
    TextBetween,
    /// A tag that means to be one of the pair's and is not written exactly so.
    Malformed,
    /// A pair inside a side of another pair.
    Nested,
}

/// The unit number in an id such as `8c032-103`: 103. Reads damaged ids too, as long as the digits
/// after the last hyphen are whole.
pub fn unit_number(id: &str) -> Option<u32> {
    let (mut number, mut unit) = (0, 1);
    for byte in id.bytes().rev() {
        match byte {
            b'0'..=b'9' if unit < 1_000_000_000 => number += unit * u32::from(byte - b'0'),
            b'-' if unit > 1 => return Some(number),
            _ => break,
        }
        unit *= 10;
    }
    // It is odd, or long.
    let hyphen = id.bytes().rposition(|byte| byte == b'-')?;
    id[hyphen + 1..].parse().ok()
}

#[cfg(test)]
mod tests;
