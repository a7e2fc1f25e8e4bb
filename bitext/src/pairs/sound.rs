//! Reads the pairs of a text in which nothing is unusual, as in nearly all published files, in one pass.

use memchr::{memchr, memrchr};

use super::{Side, Unit, unit_number};
use crate::{Document, Fingerprint, Span};

// Arrays, so that they are compared in a few steps and without a call.
const TARGET: &[u8; 19] = b"<span data-ttu-id=\"";
/// From the target's text to the value of the source's id.
const BETWEEN: &[u8; 51] = b"</span><span class=\"sxs-lookup\"><span data-stu-id=\"";
const END: &[u8; 14] = b"</span></span>";

/// Bytes for a unit in a text of short sentences; with more of them room has to be made.
const SHORT: usize = 192;

/// The units of `text` from byte `from` on; `None` if it has a span tag that belongs to no sound pair, or ids that
/// differ: then the tags have to be looked at one by one. Sources are mostly those of `like`.
pub(super) fn read(text: &str, from: usize, like: Option<&Document>) -> Option<Vec<Unit>> {
    let bytes = text.as_bytes();
    let mut sources = Sources { like, at: 0 };
    let mut units = Vec::with_capacity((bytes.len() - from) / SHORT);
    let mut at = from;
    while let Some(start) = next_tag(bytes, behind_blanks(bytes, at)) {
        // An escaped tag is text.
        if bytes[from..start].last() == Some(&b'\\') {
            return None;
        }
        let unit = pair(text, start, |source| sources.print(source))?;
        at = unit.span.end as usize;
        units.push(unit);
    }
    Some(units)
}

/// The sound pair whose target text starts at `target`.
pub(crate) fn pair_of(text: &str, target: usize) -> Option<Unit> {
    let start = memrchr(b'<', text.as_bytes().get(..target)?)?;
    pair(text, start, Fingerprint::of).filter(|unit| unit.target.text.start as usize == target)
}

/// The sound pair that starts at `start`; `print` tells what its source is made of.
#[inline]
fn pair(text: &str, start: usize, print: impl FnOnce(&str) -> Fingerprint) -> Option<Unit> {
    let bytes = text.as_bytes();
    if bytes[start..].first_chunk() != Some(TARGET) {
        return None;
    }
    let target_id = id(bytes, start + TARGET.len())?;
    let target = target_id.end as usize + "\">".len();
    let target_end = next_tag(bytes, target)?;
    if bytes[target_end..].first_chunk() != Some(BETWEEN) {
        return None;
    }
    // The same id, and what closes the tag.
    let same_id = &bytes[target_id.start as usize..target];
    let source_id = target_end + BETWEEN.len();
    if !bytes[source_id..].starts_with(same_id) {
        return None;
    }
    let source = source_id + same_id.len();
    let source_id = Span::new(source_id, source_id + target_id.len());
    let source_tag = source_id.start as usize - TARGET.len();
    let source_end = next_tag(bytes, source).filter(|at| bytes[*at..].first_chunk() == Some(END))?;
    let side = |tag: usize, id: Span, from: usize, to: usize, print: Fingerprint| Side {
        tag: Span::new(tag, from),
        id,
        text: Span::new(from, to),
        print,
    };
    let target_print = Fingerprint::of(&text[target..target_end]);
    Some(Unit {
        span: Span::new(start, source_end + END.len()),
        target: side(start, target_id, target, target_end, target_print),
        source: side(source_tag, source_id, source, source_end, print(&text[source..source_end])),
        damaged: false,
        number: unit_number(target_id.slice(text)),
        ids_differ: false,
    })
}

/// The sources of another locale of the article: what is known of a text there need not be found out again.
struct Sources<'a> {
    like: Option<&'a Document>,
    /// The unit there that is behind the one that was last found.
    at: usize,
}

impl Sources<'_> {
    fn print(&mut self, text: &str) -> Fingerprint {
        /// How many units the other locale may have more in one place.
        const AHEAD: usize = 4;
        let same = self.like.and_then(|like| {
            let mut near = like.units.get(self.at..)?.iter().take(AHEAD).enumerate();
            near.find(|(_, unit)| like.source(unit) == text)
        });
        match same {
            Some((skipped, unit)) => {
                self.at += skipped + 1;
                unit.source.print
            }
            None => Fingerprint::of(text),
        }
    }
}

/// Where there is something again: mostly the next pair.
fn behind_blanks(bytes: &[u8], from: usize) -> usize {
    let blanks = bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r'));
    from + blanks.count()
}

/// Where the next span tag is, or what starts like one.
fn next_tag(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        if bytes.get(at)? != &b'<' {
            at += memchr(b'<', &bytes[at..])?;
        }
        let rest = &bytes[at..];
        if rest.first_chunk() == Some(b"<span") || rest.first_chunk() == Some(b"</span>") {
            return Some(at);
        }
        at += 1;
    }
}

/// The value of an id that starts at `at`.
fn id(bytes: &[u8], at: usize) -> Option<Span> {
    // As far as the reader of tags looks.
    let value = &bytes[at..bytes.len().min(at + 64)];
    // It is short.
    let len = value.iter().position(|byte| !OF_ID[usize::from(*byte)])?;
    (len > 0 && matches!(value[len..], [b'"', b'>', ..])).then(|| Span::new(at, at + len))
}

/// The bytes that ids have: none of them means anything else.
static OF_ID: [bool; 256] = {
    let mut of_id = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        of_id[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'-';
        byte += 1;
    }
    of_id
};
