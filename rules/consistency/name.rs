use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bitext::{Localized, Span, Unit};

use crate::prelude::*;
use crate::support::names::{self, Named};
use crate::support::sources::{self, SourceFacts};
use crate::support::{inline, known, renderings};

/// Its page is `name.md`.
pub(crate) struct Name;

/// Places of a side that are shown beside the first one.
const SHOWN: usize = 5;

/// The start of a longer name is one of its own up to so many words, which no name of a product has.
const MOST_WORDS: usize = 16;

/// In a text of more names each is not looked for by going through it.
const MANY: usize = 8;

/// In longer targets, in bytes, other names are not looked for by what other units have: each of their words may be one.
const LONGEST: usize = 8_192;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        mqm: "terminology".into(),
        ..RuleInfo::new(
            "consistency/name",
            include_str!("name.md"),
            Severity::Warning,
            Scope::Document,
            "inconsistency",
        )
    }
}

/// A unit with its texts, code and addresses masked, and the names of its source, of which it has some.
struct Text<'a> {
    view: Seen<'a>,
    source: &'a str,
    target: &'a str,
    sides: OnceCell<Box<Sides<'a>>>,
    names: Vec<&'a str>,
}

impl<'a> Text<'a> {
    fn of(localized: &'a Localized, index: usize, unit: &'a Unit, facts: &'a SourceFacts) -> Option<Self> {
        let names = facts.long_names.get_or_init(|| {
            let masked = localized.document.masked_source(unit);
            names::runs(masked, facts.capitals(&localized.document, unit))
        });
        if names.is_empty() {
            return None;
        }
        let view = Seen::of(localized, index, unit);
        if view.untouched() {
            return None;
        }
        let (source, target) = (view.masked_source(), view.masked_target());
        let names = names.iter().map(|name| &source[name.clone()]).collect();
        Some(Self { view, source, target, sides: OnceCell::new(), names })
    }

    /// What there is in the target.
    fn in_target<R>(&self, ask: impl FnOnce(&Named<'a>) -> R) -> R {
        if self.names.len() > MANY { ask(&self.sides().target) } else { ask(&Named::of(self.target)) }
    }

    /// What there is in the source.
    fn in_source<R>(&self, ask: impl FnOnce(&Named<'a>) -> R) -> R {
        if self.names.len() > MANY { ask(&self.sides().source) } else { ask(&Named::of(self.source)) }
    }

    fn sides(&self) -> &Sides<'a> {
        let sides = || Box::new(Sides { source: Named::of(self.source), target: Named::of(self.target) });
        self.sides.get_or_init(sides)
    }
}

/// Both sides of a text with many names.
struct Sides<'a> {
    source: Named<'a>,
    target: Named<'a>,
}

/// Where something stands: in which text, and where in its target.
type At = (usize, Range<usize>);

/// Where a document has a name.
#[derive(Default)]
struct Places {
    kept: Vec<At>,
    otherwise: Vec<At>,
}

/// By the length of the name, so that shorter ones come first, and the name.
type Found<'a> = BTreeMap<(usize, &'a str), Places>;

impl DocumentRule for Name {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let sources = sources::of_document(&localized.document);
        let units = known::with_capitals(&localized.document).filter(|(_, unit)| !unit.damaged);
        let texts = units.filter_map(|(at, unit)| Text::of(localized, at, unit, sources.facts(at)));
        let texts: Vec<Text<'_>> = texts.collect();
        // Nothing is called in two ways that is named once.
        if texts.iter().map(|text| text.names.len()).sum::<usize>() < 2 {
            return;
        }
        let mut found = in_one_unit(&texts);
        across_units(&texts, &mut found);
        // What was said of a name is not said again of a longer one that has it in it.
        let mut taken = Taken::default();
        for ((_, name), mut places) in found {
            places.otherwise.retain(|at| !taken.has(span(&texts, at)));
            places.otherwise.iter().for_each(|at| taken.add(span(&texts, at)));
            report(&texts, name, &places, sink);
        }
    }
}

/// Places, by their starts.
#[derive(Default)]
struct Taken {
    ends: BTreeMap<u32, u32>,
    longest: u32,
}

impl Taken {
    fn add(&mut self, span: Span) {
        let end = self.ends.entry(span.start).or_default();
        *end = span.end.max(*end);
        self.longest = self.longest.max(span.end - span.start);
    }

    /// Whether one of them overlaps.
    fn has(&self, span: Span) -> bool {
        let near = self.ends.range(span.start.saturating_sub(self.longest)..span.end);
        near.into_iter().any(|(_, end)| span.start < *end)
    }
}

fn span(texts: &[Text<'_>], (at, range): &At) -> Span {
    texts[*at].view.in_target(range.start, range.len())
}

/// Names that a source has more often than its target, which keeps them once at least.
fn in_one_unit<'a>(texts: &[Text<'a>]) -> Found<'a> {
    let mut found = Found::new();
    for (at, text) in texts.iter().enumerate() {
        let repeated = if text.names.len() > 1 { repeated(&text.names) } else { BTreeSet::new() };
        if repeated.is_empty() {
            continue;
        }
        let all: BTreeSet<&str> = text.names.iter().copied().collect();
        // A name that always goes on alike is a part of the longer one, which comes first here.
        let mut longer: BTreeMap<&str, usize> = BTreeMap::new();
        for name in repeated.into_iter().rev() {
            let kept = text.in_target(|named| named.places(name));
            let count = text.in_source(|named| named.places(name)).len();
            let goes_on = |other: &str| other.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
            let begin_alike = longer.range(name..).take_while(|(other, _)| other.starts_with(name));
            let is_part = begin_alike.into_iter().any(|(other, times)| *times == count && goes_on(other));
            if is_part || kept.is_empty() || kept.len() >= count || is_glossed(text.target, &kept) {
                continue;
            }
            // Longer names that start alike may be two things, one of which has a translation.
            let alone = all.contains(name);
            if let Some(other) = rendered_beside(texts, at, name, &kept, alone) {
                let places = found.entry((name.len(), name)).or_default();
                places.kept.extend(kept.into_iter().map(|range| (at, range)));
                places.otherwise.push((at, other));
                longer.insert(name, count);
            }
        }
    }
    found
}

/// How the target renders the name where it does not keep it: in another spelling or, if it `may_be_called` something, by
/// the words that the document has for it elsewhere.
fn rendered_beside(
    texts: &[Text<'_>],
    at: usize,
    name: &str,
    kept: &[Range<usize>],
    may_be_called: bool,
) -> Option<Range<usize>> {
    let text = &texts[at];
    let is_kept =
        |range: &Range<usize>| kept.iter().any(|kept| kept.start < range.end && range.start < kept.end);
    let spelt = spelt_otherwise(text, name).into_iter().find(|range| !is_kept(range));
    spelt.or_else(|| {
        if !may_be_called || text.target.len() > LONGEST {
            return None;
        }
        let mut rest = text.target.to_string();
        for range in kept {
            rest.replace_range(range.clone(), &inline::MASK.to_string().repeat(range.len()));
        }
        let is_other = |other: &Seen<'_>| !other.unit().damaged && !other.untouched();
        let others = Seen::all(text.view.localized).filter(is_other);
        let others = others.map(|other| (other.masked_source(), other.masked_target()));
        let others: Vec<_> = others.filter(|(source, _)| *source != text.source).collect();
        renderings::called(&others, &rest, name)
    })
}

/// Adds the names that one unit keeps and another spells otherwise.
fn across_units<'a>(texts: &[Text<'a>], found: &mut Found<'a>) {
    let mut units: Vec<(&str, usize)> = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        units.extend(text.names.iter().map(|name| (*name, at)));
    }
    units.sort_unstable();
    units.dedup();
    // A name that stands by itself somewhere counts where it starts a longer one too.
    let mut starts: Vec<(&str, usize)> = Vec::new();
    for (run, at) in &units {
        let names = run.match_indices(' ').take(MOST_WORDS).map(|(end, _)| &run[..end]);
        let known = |name: &&str| units.binary_search_by(|(other, _)| (*other).cmp(name)).is_ok();
        starts.extend(names.filter(known).map(|name| (name, *at)));
    }
    units.extend(starts);
    units.sort_unstable();
    units.dedup();
    for units in units.chunk_by(|one, other| one.0 == other.0).filter(|units| units.len() > 1) {
        let name = units[0].0;
        let in_one = found.remove(&(name.len(), name));
        let mut otherwise = in_one.map(|places| places.otherwise).unwrap_or_default();
        for (_, at) in units {
            let text = &texts[*at];
            if !text.in_target(|named| named.has(name)) {
                let other = spelt_otherwise(text, name);
                otherwise.extend(other.into_iter().map(|range| (*at, range)));
            }
        }
        if otherwise.is_empty() {
            continue;
        }
        otherwise.sort_by_key(|(at, range)| (*at, range.start));
        let places = |at: usize| {
            texts[at].in_target(|named| named.places(name)).into_iter().map(move |range| (at, range))
        };
        let kept = units.iter().flat_map(|(_, at)| places(*at)).collect();
        found.insert((name.len(), name), Places { kept, otherwise });
    }
}

/// The names that the source has at least twice, each on its own or at the start of a longer one.
fn repeated<'a>(runs: &[&'a str]) -> BTreeSet<&'a str> {
    let mut starts: Vec<&str> = Vec::new();
    for run in runs {
        for (end, _) in run.match_indices(' ').take(MOST_WORDS).chain([(run.len(), "")]) {
            let name = &run[..end];
            let last = name.rsplit(' ').next().unwrap_or_default();
            if name.contains(' ') && last.starts_with(|c: char| c.is_ascii_uppercase()) {
                starts.push(name);
            }
        }
    }
    starts.sort_unstable();
    starts.chunk_by(|one, other| one == other).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

/// Whether one of the places is followed by its translation in parentheses: then the name is introduced there.
fn is_glossed(target: &str, kept: &[Range<usize>]) -> bool {
    kept.iter().any(|range| {
        let rest = target[range.end..].trim_start_matches(['*', '_', '"', '”', '“', '»', ' ', '\u{a0}']);
        rest.starts_with(['(', '（'])
    })
}

/// Where a target has the name in a spelling that the source does not have.
fn spelt_otherwise(text: &Text<'_>, name: &str) -> Vec<Range<usize>> {
    let mut found = text.in_target(|named| named.written_otherwise(name));
    found.retain(|range| !text.in_source(|named| named.contains(&text.target[range.clone()])));
    found
}

/// Reports at the first of the fewer places, with one of the others for evidence.
fn report(texts: &[Text<'_>], name: &str, places: &Places, sink: &mut Sink<'_>) {
    let Places { kept, otherwise } = places;
    let (Some(_), Some((at, range))) = (kept.first(), otherwise.first()) else { return };
    let found = quote(&texts[*at].view.target()[range.clone()]);
    let stays = if kept.len() == 1 { "one place".into() } else { format!("{} places", kept.len()) };
    let others = if otherwise.len() == 1 { "another".into() } else { format!("{} others", otherwise.len()) };
    let message = format!("{} stays as it is in {stays} and is {found} in {others}", quote(name));
    let (fewer, more) = if kept.len() < otherwise.len() { (kept, otherwise) } else { (otherwise, kept) };
    let home = texts[fewer[0].0].view.view();
    let finding = sink.report_unit(home, span(texts, &fewer[0]), message);
    finding.identity(name);
    finding.help("call it by one name: that of the term base, or else what most of the document says");
    let sides = [(&fewer[1..], Role::Place, "here too"), (&more[..1], Role::Evidence, "otherwise here")];
    for (side, role, label) in sides {
        for at in side.iter().take(SHOWN) {
            let view = &texts[at.0].view;
            let place = Place { document: view.localized.id, span: span(texts, at) };
            finding.related(role, label, place, Some(view.unit().target.id));
        }
    }
}
