//! Runs what a definition says.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use bitext::{Block, Localized, Span};
use regex::{Captures, Regex};

use super::front_matter::FrontMatter;
use super::regions::{self, Region};
use super::template::Wanted;
use super::{Definition, Form, Where};
use crate::glossary::Glossary;
use crate::identifier::product_name::ProductName;
use crate::prelude::*;
use crate::support::known;
use crate::terminology::{forbidden::Forbidden, missing::Missing};
use crate::{Check, Settings};

/// The group whose text is reported and replaced, if a pattern has one: the rest is what has to stand round it.
const AT: &str = "at";

/// The check of a definition.
pub(super) fn of(definition: Arc<Definition>) -> Check {
    match (&definition.form, &definition.place) {
        (Form::Terms(glossary), _) => {
            let settings = Settings { glossary: glossary.clone(), ..Settings::default() };
            let parts = (Missing::new(&settings), Forbidden::new(&settings), ProductName::new(&settings));
            Check::Document(Box::new(Terms { glossary: glossary.clone(), definition, parts }))
        }
        (_, Where::FrontMatter(key)) => Check::Document(Box::new(FrontMatter::new(key.clone(), definition))),
        _ => Check::Unit(Box::new(InUnits { definition })),
    }
}

/// Something to report.
pub(super) struct Hit {
    /// Where in the region, in bytes.
    pub(super) range: Range<usize>,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) replacement: Option<String>,
}

/// A rule about units.
struct InUnits {
    definition: Arc<Definition>,
}

impl UnitRule for InUnits {
    #[inline]
    fn concerns(&self, document: &Localized, _: &Bytes) -> bool {
        self.definition.locales.cover(&document.locale)
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let rule = &*self.definition;
        let is_idle = unit.target().trim().is_empty()
            // Left in English, which is not this rule's to say.
            || unit.untouched() && !rule.place.is_about_sources();
        if is_idle || !self.may_match(unit) {
            return;
        }
        if rule.place == Where::Heading && !matches!(unit.block(), Block::Heading(_))
            || !self.is_wanted_by_source(unit)
        {
            return;
        }
        match &rule.form {
            Form::Forbid(_) | Form::Require(_) => {
                if rule.place.is_about_sources() {
                    self.look(unit, true, sink);
                }
                if rule.place != Where::Source {
                    self.look(unit, false, sink);
                }
            }
            Form::RequirePair(pattern, wanted) => self.pair(unit, pattern, Some(wanted), sink),
            Form::Keep(pattern) => self.pair(unit, pattern, None, sink),
            Form::Terms(_) => {}
        }
    }
}

impl InUnits {
    /// A look at the text as it is, before anything is parsed or masked. What is masked can make a match, but not one
    /// that a pattern about prose would be written for.
    fn may_match(&self, unit: UnitView<'_>) -> bool {
        let rule = &*self.definition;
        match &rule.form {
            // Where parts are looked at, `^` and `$` are not those of the whole.
            _ if matches!(rule.place, Where::LinkText) => {
                unit.target().contains("](") || unit.source().contains("](")
            }
            _ if rule.place == Where::Code => unit.target().contains('`') || unit.source().contains('`'),
            Form::Forbid(pattern) if rule.raw => match rule.place {
                Where::Source => pattern.is_match(unit.source()),
                Where::Pair => pattern.is_match(unit.source()) || pattern.is_match(unit.target()),
                _ => pattern.is_match(unit.target()),
            },
            _ => true,
        }
    }

    fn is_wanted_by_source(&self, unit: UnitView<'_>) -> bool {
        let Definition { if_source, unless_source, raw, .. } = &*self.definition;
        if if_source.is_none() && unless_source.is_none() {
            return true;
        }
        let source = regions::of_side(unit.source(), unit.unit().source.text, &Where::Source, *raw);
        let matches = |pattern: &Regex| source.iter().any(|region| pattern.is_match(&region.seen));
        if_source.as_ref().is_none_or(matches) && !unless_source.as_ref().is_some_and(matches)
    }

    fn regions<'u>(&self, unit: UnitView<'u>, source: bool) -> Vec<Region<'u>> {
        let rule = &*self.definition;
        let (text, side) = if source {
            (unit.source(), unit.unit().source.text)
        } else {
            (unit.target(), unit.unit().target.text)
        };
        regions::of_side(text, side, &rule.place, rule.raw)
    }

    /// What must not, or must, stand on one side.
    fn look(&self, unit: UnitView<'_>, source: bool, sink: &mut Sink<'_>) {
        for region in self.regions(unit, source) {
            for hit in hits(&self.definition, &region) {
                let finding = sink.report_unit(unit, hit.span, hit.message);
                let replacement = hit.replacement.filter(|_| !source);
                finish(
                    &self.definition,
                    finding,
                    hit.help,
                    replacement.map(|text| Written::new(hit.span, text)),
                );
            }
        }
    }

    /// What the target must have because the source has something: what is wanted, or the same.
    fn pair(&self, unit: UnitView<'_>, pattern: &Regex, wanted: Option<&Wanted>, sink: &mut Sink<'_>) {
        let rule = &*self.definition;
        let sources = self.regions(unit, true);
        if !sources.iter().any(|region| pattern.is_match(&region.seen)) {
            return;
        }
        let targets = self.regions(unit, false);
        let mut told = BTreeSet::new();
        for region in sources {
            for captures in found(rule, pattern, &region) {
                let (range, groups) = (at(&captures, &region), groups(&captures, &region));
                let stands = match wanted {
                    None => targets.iter().any(|target| target.raw.contains(&region.raw[range.clone()])),
                    Some(wanted) => match wanted.regex(&groups) {
                        Some(regex) => targets.iter().any(|target| regex.is_match(target.raw)),
                        // What the source has is too long for a pattern.
                        None => true,
                    },
                };
                let text = &region.raw[range.clone()];
                if stands || !told.insert(text) {
                    continue;
                }
                let message = rule.message.as_ref().map_or_else(
                    || match wanted {
                        None => format!("{} of the source is not in the target", quote(text)),
                        Some(wanted) => {
                            format!(
                                "the source has {}, the target nothing like {}",
                                quote(text),
                                quote(&wanted.written)
                            )
                        }
                    },
                    |message| message.fill(|number| cut(groups(number))),
                );
                let help = rule.help.as_ref().map(|help| help.fill(|number| cut(groups(number))));
                let finding = sink.report_unit(unit, unit.unit().target.text, message);
                finding.identity(text).source_part(region.span(&range));
                if wanted.is_none() {
                    finding.keeps(text);
                }
                finish(rule, finding, help, None);
            }
        }
    }
}

/// A rule about terms: the rules of a glossary, with one of its own.
struct Terms {
    glossary: Arc<Glossary>,
    definition: Arc<Definition>,
    parts: (Missing, Forbidden, ProductName),
}

impl DocumentRule for Terms {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        if !self.definition.locales.cover(&localized.locale) {
            return;
        }
        let (missing, forbidden, names) = &self.parts;
        let bytes = known::of(&localized.document).bytes(&localized.document);
        let (may_miss, may_forbid) =
            (missing.concerns(localized, bytes), forbidden.concerns(localized, bytes));
        for unit in Seen::all(localized).filter(|unit| !unit.unit().damaged) {
            if may_miss {
                missing.check(unit.view(), sink);
            }
            if may_forbid {
                forbidden.check(unit.view(), sink);
            }
        }
        if self.glossary.terms().iter().any(|term| term.do_not_translate) {
            names.check(localized, sink);
        }
    }
}

/// What is wrong with a part of a text.
pub(super) fn hits(rule: &Definition, region: &Region<'_>) -> Vec<Hit> {
    match &rule.form {
        Form::Forbid(pattern) if pattern.is_match(&region.seen) => {
            found(rule, pattern, region).iter().map(|captures| hit(rule, region, captures)).collect()
        }
        Form::Require(pattern) if !pattern.is_match(&region.seen) && !region.raw.trim().is_empty() => {
            let usual = || format!("{} does not match {}", quote(region.raw), quote(pattern.as_str()));
            let message = rule.message.as_ref().map_or_else(usual, |message| message.fill(|_| ""));
            let help = rule.help.as_ref().map(|help| help.fill(|_| ""));
            vec![Hit { range: 0..region.raw.len(), span: region.whole(), message, help, replacement: None }]
        }
        _ => Vec::new(),
    }
}

fn hit(rule: &Definition, region: &Region<'_>, captures: &Captures<'_>) -> Hit {
    let (range, groups) = (at(captures, region), groups(captures, region));
    let usual = || format!("{} should not stand here", quote(&region.raw[range.clone()]));
    let told = |number| cut(groups(number));
    Hit {
        span: region.span(&range),
        message: rule.message.as_ref().map_or_else(usual, |message| message.fill(told)),
        help: rule.help.as_ref().map(|help| help.fill(told)),
        replacement: rule.fix.as_ref().map(|fix| fix.replacement.fill(&groups)),
        range,
    }
}

/// The matches of a pattern that count.
fn found<'r>(rule: &Definition, pattern: &Regex, region: &'r Region<'_>) -> Vec<Captures<'r>> {
    let meant: Vec<Range<usize>> = rule
        .unless
        .iter()
        .flat_map(|unless| unless.find_iter(&region.seen))
        .map(|found| found.range())
        .collect();
    let counts = |captures: &Captures<'_>| {
        let range = at(captures, region);
        !region.is_hidden(&range)
            && !meant.iter().any(|meant| meant.start <= range.start && range.end <= meant.end)
    };
    pattern.captures_iter(&region.seen).filter(counts).collect()
}

/// What of a match is meant: the group `at`, or all of it.
fn at(captures: &Captures<'_>, region: &Region<'_>) -> Range<usize> {
    region.characters(captures.name(AT).or(captures.get(0)).map_or(0..0, |found| found.range()))
}

/// What the groups of a match are in the text itself.
fn groups<'r>(captures: &Captures<'_>, region: &Region<'r>) -> impl Fn(usize) -> &'r str {
    let ranges: Vec<Option<Range<usize>>> =
        (0..captures.len()).map(|number| captures.get(number).map(|found| found.range())).collect();
    let raw = region.raw;
    move |number| ranges.get(number).cloned().flatten().and_then(|range| raw.get(range)).unwrap_or_default()
}

/// What a message shows of a text.
fn cut(text: &str) -> &str {
    const LIMIT: usize = 60;
    text.char_indices().nth(LIMIT).map_or(text, |(end, _)| &text[..end])
}

/// What a fix writes, and where.
pub(super) struct Written {
    /// The text as it is meant.
    pub(super) meant: String,
    pub(super) span: Span,
    /// As it has to stand there.
    pub(super) text: String,
}

impl Written {
    /// A text that stands there as it is meant.
    pub(super) fn new(span: Span, text: String) -> Self {
        Self { meant: text.clone(), span, text }
    }
}

pub(super) fn finish(
    rule: &Definition,
    finding: &mut Finding,
    help: Option<String>,
    written: Option<Written>,
) {
    if let Some(help) = help {
        finding.help(help);
    }
    if let (Some(fix), Some(written)) = (&rule.fix, written) {
        let applicability = if fix.safe { Applicability::Safe } else { Applicability::Unsafe };
        let title = match &*written.meant {
            "" => "take it out".to_string(),
            text => format!("write {}", quote(text)),
        };
        finding.fix(applicability, &title, written.span, &written.text);
    }
}
