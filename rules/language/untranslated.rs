use std::borrow::Cow;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::Confidence;
use crate::prelude::*;
use crate::support::english_words::{self as english, Word};
use crate::support::{fold, script, source_run, tokens};

/// Its page is `untranslated.md`.
pub(crate) struct Untranslated;

/// Of a hundred words of the target, so many are those of the source where it is nearly all English.
const NEARLY_ALL: usize = 85;

/// So many words of each side are compared: no sentence has more, and to find the longest row that both share takes as long as
/// the product of their lengths.
const MOST_WORDS: usize = 2_000;

/// So many function words has a target that is nearly all English.
const MIN_FUNCTION: usize = 2;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "language/untranslated",
        include_str!("untranslated.md"),
        Severity::Error,
        Scope::Unit,
        "untranslated",
    )
}

impl UnitRule for Untranslated {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !may_be_alike(unit) {
            return;
        }
        let Some(found) = found(unit) else { return };
        let target = quote(unit.target());
        let (message, confidence) = match found {
            Found::Same { sure: true } => (format!("left in English: {target}"), Confidence::High),
            Found::Same { sure: false } => (format!("left in English: {target}"), Confidence::Medium),
            Found::NearlySame => (format!("nearly all of it left in English: {target}"), Confidence::Medium),
            Found::NoLetter => (
                format!("left in English, with no letter of the script of {}: {target}", unit.locale()),
                Confidence::Medium,
            ),
        };
        let source = unit.source().to_string();
        let finding = sink.report_unit(unit, unit.unit().target.text, message);
        finding.help(format!("translate it into {}", unit.locale())).changes(source);
        finding.confidence = confidence;
    }
}

/// How a unit was left in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// Letter by letter, signs, blanks and case apart. Sure if it is plain prose.
    Same { sure: bool },
    /// Word by word, with few exceptions.
    NearlySame,
    /// The locale is not written in Latin letters, and nothing else is there.
    NoLetter,
}

/// Whether the unit is a finding of this rule.
pub(crate) fn concerns(unit: UnitView<'_>) -> bool {
    found(unit).is_some()
}

/// Whether both sides may begin alike, or the target has function words of English: mostly neither is so.
#[inline]
fn may_be_alike(unit: UnitView<'_>) -> bool {
    let differ = match (unit.source().as_bytes(), unit.target().as_bytes()) {
        ([one, ..], [other, ..]) => {
            // But for their case, if they are letters.
            one | 0x20 != other | 0x20 && one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric()
        }
        _ => false,
    };
    !differ || tokens::shared(unit).functions >= MIN_FUNCTION
}

fn found(unit: UnitView<'_>) -> Option<Found> {
    if unit.locale().is_english() {
        return None;
    }
    let (document, index) = (unit.document(), unit.index);
    if begins_alike(unit) && same_letters(unit) {
        // Names and labels, mostly: without titles there are no more words.
        let words = tokens::of_source(document, index);
        if english::evidence_of(unit.masked_source(), words).is_surely_no_prose() {
            return None;
        }
        let prose = source_run::without_titles(unit.source(), unit.masked_source().to_string());
        let evidence = english::evidence(&prose);
        return evidence.is_prose().then(|| Found::Same { sure: evidence.is_plain_prose() });
    }
    // Most targets share few words with their source, and have fewer function words of English.
    if tokens::shared(unit).functions < MIN_FUNCTION || english::is_hardly_english(unit.target()) {
        return None;
    }
    let evidence = english::evidence_of(unit.masked_target(), tokens::of_target(document, index));
    let is_prose =
        evidence.is_prose() && evidence.function >= MIN_FUNCTION && evidence.lower * 2 >= evidence.words;
    let of_source = || english::evidence_of(unit.masked_source(), tokens::of_source(document, index));
    if !is_prose || !of_source().is_prose() || is_title_with_lead(unit) {
        return None;
    }
    if script::has_no_letter_of(unit.locale(), unit.masked_target()) {
        return Some(Found::NoLetter);
    }
    (is_mostly_latin(unit.masked_target()) && shared_words(unit) >= NEARLY_ALL).then_some(Found::NearlySame)
}

/// Whether the English of a target stands in the title of a page outside of the tree: "Siehe [How to build it](https://…)".
fn is_title_with_lead(unit: UnitView<'_>) -> bool {
    let masked = unit.masked_target();
    let rest = source_run::without_titles(unit.target(), masked.to_string());
    rest != masked && !english::evidence(&rest).is_prose()
}

/// Whether nearly no letter of a language stands there that is not written in Latin ones.
fn is_mostly_latin(masked: &str) -> bool {
    let letters = masked.chars().filter(|c| c.is_alphabetic());
    let (all, latin) =
        letters.fold((0, 0), |(all, latin), c| (all + 1, latin + usize::from(english::is_latin(c))));
    latin * 100 >= all * NEARLY_ALL
}

/// Whether the first letters of both sides may be the same, case apart, which they mostly are not: as far as there are
/// nothing but letters and digits of ASCII.
fn begins_alike(unit: UnitView<'_>) -> bool {
    let mut others = unit.target().bytes();
    for one in unit.source().bytes() {
        let Some(other) = others.next() else { return true };
        if !one.is_ascii_alphanumeric() || !other.is_ascii_alphanumeric() {
            return true;
        }
        if !one.eq_ignore_ascii_case(&other) {
            return false;
        }
    }
    true
}

/// Whether both sides are the same, signs, blanks and case apart.
fn same_letters(unit: UnitView<'_>) -> bool {
    let (source, target) = (unit.source(), unit.target());
    if source.len().abs_diff(target.len()) > source.len() / 4 + 8 {
        return false;
    }
    // What both begin with is the same in any case.
    let alike = source.bytes().zip(target.bytes()).take_while(|(one, other)| one == other).count();
    let alike = (0..=alike).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0);
    fold::target(&source[alike..]).eq(fold::target(&target[alike..]))
}

/// How many of a hundred words of the target stand in the source, in the same order; 0 if it is plain that too few do.
fn shared_words(unit: UnitView<'_>) -> usize {
    let (document, index) = (unit.document(), unit.index);
    let (source, target) = (tokens::source_words(document, index), tokens::of_target(document, index));
    let of_source = target.iter().filter(|word| source.may_have(word)).count();
    if of_source * 100 < target.len() * NEARLY_ALL {
        return 0;
    }
    let first = |words: &[Word]| words.len().min(MOST_WORDS);
    let source = lower(unit.masked_source(), &source.list[..first(&source.list)]);
    let target = lower(unit.masked_target(), &target[..first(target)]);
    let same = |op: &DiffOp| match op {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    };
    let shared: usize = capture_diff_slices(Algorithm::Myers, &source, &target).iter().map(same).sum();
    shared * 100 / target.len().max(1)
}

/// The words in lower case.
fn lower<'t>(text: &'t str, words: &[Word]) -> Vec<Cow<'t, str>> {
    let lower = |word: &Word| {
        let word = &text[word.range.clone()];
        let has_capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
        if has_capital { Cow::Owned(word.to_ascii_lowercase()) } else { Cow::Borrowed(word) }
    };
    words.iter().map(lower).collect()
}
