use crate::prelude::*;
use crate::support::places::Places;

/// Its page is `invisible.md`.
pub(crate) struct Invisible;

/// Control characters that are looked for.
const CONTROLS: ByteSet = ByteSet::of(&[0x0b, 0x0c, 0x7f]).with_range(0x00, 0x08).with_range(0x0e, 0x1f);

/// The first bytes of the other characters that are looked for.
const WIDE: ByteSet = ByteSet::of(&[0xe2, 0xef]);

/// The first byte of what stands first in text in a wrong encoding, its second bytes, and the first bytes of what stands
/// second.
const WRONG: (u8, ByteSet, ByteSet) =
    (0xc3, ByteSet::of(&[0x90, 0x91, 0xa2]).with_range(0x82, 0x85), ByteSet::of(&[0xc2, 0xc5, 0xe2]));

/// So many bytes before a character are looked at for the word that it follows.
const MAX_WORD: usize = 256;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/invisible",
            include_str!("invisible.md"),
            Severity::Error,
            Scope::Unit,
            "characters",
        )
    }
}

impl UnitRule for Invisible {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let print = unit.target_print();
        let has_controls = print.has_any(CONTROLS);
        let may_be_wrong = print.has(WRONG.0) && print.has_any(WRONG.1) && print.has_any(WRONG.2);
        if !has_controls && !print.has_any(WIDE) && !may_be_wrong {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let places = Places::of(source);
        for (at, c) in suspects(target, has_controls) {
            let Some((what, removable)) = fault(c, unit.locale().language())
                .filter(|_| !places.has(c.encode_utf8(&mut [0; 4])) && !joins_emoji(target, at, c))
            else {
                continue;
            };
            let span = unit.in_target(at, c.len_utf8());
            let near = (at.saturating_sub(MAX_WORD)..=at).find_map(|from| target.get(from..at));
            let before =
                near.unwrap_or_default().rsplit(char::is_whitespace).next().filter(|word| !word.is_empty());
            let place =
                before.map_or("at the start of a word".into(), |word| format!("after {}", quote(word)));
            let finding = sink.report_unit(unit, span, format!("{what} (U+{:04X}) {place}", c as u32));
            finding
                .identity(format!("U+{:04X}", c as u32))
                .help("remove it, or restore the character that it stands for");
            if removable {
                finding.fix(Applicability::Safe, "remove the character", span, "");
            }
        }
        let wrong = if may_be_wrong { mojibake(target) } else { None };
        if let Some(at) = wrong.filter(|_| mojibake(source).is_none()) {
            let len = target[at..].chars().take(2).map(char::len_utf8).sum();
            let span = unit.in_target(at, len);
            sink.report_unit(
                unit,
                span,
                format!("text in a wrong encoding: {}", quote(&target[at..at + len])),
            )
            .help("restore the text: it was read in another encoding than it was written in");
        }
    }
}

/// The characters of a text that may be looked for, by their first bytes; those of full-width signs are not.
fn suspects(text: &str, controls: bool) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let is_wide = move |at: &usize| match bytes.get(at + 1) {
        Some(0x80) => {
            bytes[*at] == 0xe2 && bytes.get(at + 2).is_some_and(|last| *last < 0x90 || *last >= 0xaa)
        }
        Some(0xbb | 0xbf) => bytes[*at] == 0xef,
        _ => false,
    };
    let wide = memchr::memchr2_iter(0xe2, 0xef, if controls { &[] } else { bytes }).filter(is_wide);
    let wide = wide.filter_map(move |at| Some((at, text.get(at..)?.chars().next()?)));
    let all = if controls { text } else { "" };
    wide.chain(all.char_indices())
}

/// What is wrong with a character, and whether it can simply go.
fn fault(c: char, language: &str) -> Option<(&'static str, bool)> {
    match c {
        '\u{feff}' => Some(("byte order mark inside the text", true)),
        '\u{fffd}' => Some(("replacement for a character that could not be read", false)),
        // The last ones stand for letters of another encoding.
        '\n' | '\r' | '\t' | '\u{80}'..='\u{9f}' => None,
        '\u{b}' | '\u{c}' => Some(("control character", false)),
        c if c.is_control() => Some(("control character", true)),
        '\u{200b}' if !joins(language) => Some(("zero-width space", false)),
        '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' if !joins(language) => {
            Some(("invisible mark that this script has no use for", false))
        }
        _ => None,
    }
}

/// Whether the language's script joins letters, or runs from right to left, and so needs invisible marks.
fn joins(language: &str) -> bool {
    matches!(
        language,
        "ar" | "fa"
            | "ur"
            | "he"
            | "hi"
            | "bn"
            | "ta"
            | "te"
            | "kn"
            | "ml"
            | "mr"
            | "gu"
            | "pa"
            | "si"
            | "ne"
            | "my"
            | "km"
            | "ckb"
            | "ps"
            | "sd"
            | "ug"
            | "yi"
            | "dv"
            | "th"
            | "lo"
            | "as"
            | "or"
            | "kok"
            | "sat"
            | "mni"
            | "sa"
    )
}

/// Where UTF-8 was read as Windows-1252: `Ã©`, `â€™`.
fn mojibake(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Few other letters with this first byte are among them: of languages that have those it is a common one.
    let is_first = |at: &usize| bytes.get(at + 1).is_some_and(|next| WRONG.1.has(*next));
    let starts = memchr::memchr_iter(WRONG.0, bytes).filter(is_first);
    let mut pairs = starts.filter_map(|at| {
        let mut chars = text.get(at..)?.chars();
        Some((at, (chars.next()?, chars.next()?)))
    });
    pairs
        .find(|(_, pair)| {
            matches!(
                pair,
                ('Ã' | 'Å' | 'Ä' | 'Ð' | 'Ñ', '\u{80}'..='\u{bf}' | 'œ' | '™' | '€' | 'š' | 'ž' | '‡' | '†')
                    | ('â', '€')
                    | ('Â', '\u{a0}'..='\u{bf}')
            )
        })
        .map(|(at, _)| at)
}

/// Whether a zero-width joiner stands between the parts of an emoji.
fn joins_emoji(text: &str, at: usize, c: char) -> bool {
    let after = text[at + c.len_utf8()..].chars().next();
    c == '\u{200d}' && after.is_some_and(|c| matches!(c as u32, 0x2600..=0x27BF | 0x1F300..=0x1FAFF))
}
