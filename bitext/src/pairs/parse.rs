use std::collections::BTreeSet;

use super::tags::{self, Tag, TagKind};
use super::{Fault, FaultKind, Mend, Side, Unit, sound, unit_number};
use crate::span::holding;
use crate::{Document, Fingerprint, Span};

/// Reads the pairs of `text` from byte `from` (the end of the front matter) on, taking only tags that are
/// written as the grammar has them. Sources are mostly those of `like`, another locale of the article. Also gives whether
/// nothing at all is unusual about them, not even in their ids.
pub(crate) fn parse(text: &str, from: usize, like: Option<&Document>) -> (Vec<Unit>, Vec<Fault>, bool) {
    match sound::read(text, from, like) {
        Some(units) => (units, Vec::new(), true),
        None => {
            let (mut units, faults) = read(text, &tags::find(text, from));
            // With faults it is read once more.
            if faults.is_empty() {
                print(text, &mut units);
            }
            (units, faults, false)
        }
    }
}

/// Reads the pairs of a text with faults once more, slower: misspelt tags are recognised, and tags that start in a
/// range that `hidden_at` gives are text.
pub(crate) fn parse_damaged(
    text: &str,
    from: usize,
    hidden_at: impl Fn(usize) -> Option<Span>,
) -> (Vec<Unit>, Vec<Fault>) {
    let mut tags = tags::find_lenient(text, from);
    let mut hidden: Vec<Span> = Vec::new();
    // The tag before, if it is not hidden.
    let mut shown = None;
    for at in tags.iter().map(|tag| tag.span.start as usize) {
        let is_shown = shown.is_some_and(|before| !may_hide(&text.as_bytes()[before..at]));
        let found = if is_shown { None } else { hidden_at(at) };
        shown = found.is_none().then_some(at);
        hidden.extend(found);
    }
    hidden.dedup();
    // A whole pair in code is not shown but misplaced there, which a rule reports.
    let holds = |span: &Span, kind: TagKind| {
        let first = tags.partition_point(|tag| tag.span.start < span.start);
        tags[first..].iter().take_while(|tag| tag.span.start < span.end).any(|tag| tag.kind == kind)
    };
    hidden.retain(|span| !(holds(span, TagKind::Target) && holds(span, TagKind::Source)));
    tags.retain(|tag| holding(&hidden, tag.span.start as usize).is_none());
    let (mut units, faults) = read(text, &tags);
    print(text, &mut units);
    (units, faults)
}

/// Looks at what the sides of units are made of.
pub(super) fn print(text: &str, units: &mut [Unit]) {
    for side in units.iter_mut().flat_map(|unit| [&mut unit.target, &mut unit.source]) {
        side.print = Fingerprint::of(side.text.slice(text));
    }
}

/// Whether code or a comment may begin in what stands before a place: code begins with a line, or with a backtick.
pub(super) fn may_hide(before: &[u8]) -> bool {
    memchr::memchr3(b'`', b'!', b'\n', before).is_some() || memchr::memchr(b'\r', before).is_some()
}

/// The units, without their fingerprints, and the faults. The text is cut into windows, each from one target tag to the next, so that a fault cannot reach
/// into the next pair.
pub(super) fn read(text: &str, tags: &[Tag]) -> (Vec<Unit>, Vec<Fault>) {
    let mut parser = Parser::new(text, tags.len() / 6);
    let mut starts: Vec<usize> =
        tags.iter().enumerate().filter(|(_, tag)| tag.kind == TagKind::Target).map(|(i, _)| i).collect();
    parser.outside(&tags[..starts.first().copied().unwrap_or(tags.len())]);
    starts.push(tags.len());
    for window in starts.windows(2) {
        let limit = tags.get(window[1]).map_or(text.len(), |next| next.span.start as usize);
        parser.window(&tags[window[0]..window[1]], limit);
    }
    (parser.units, parser.faults)
}

struct Parser<'a> {
    text: &'a str,
    units: Vec<Unit>,
    faults: Vec<Fault>,
    /// Spans that were opened outside pairs, or by a broken pair, and are still open.
    open: usize,
    /// How many faults there were when the window began.
    before_window: usize,
    /// Whether the pair that is being read is broken.
    damaged: bool,
    /// Ids of the units that have a fault already: what follows from it is no second one.
    blamed: BTreeSet<&'a str>,
}

/// Where a side ends, and how many tags that took.
struct End {
    at: usize,
    taken: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, units: usize) -> Self {
        Self {
            text,
            units: Vec::with_capacity(units),
            faults: Vec::new(),
            open: 0,
            before_window: 0,
            damaged: false,
            blamed: BTreeSet::new(),
        }
    }

    /// Reads one window: `tags[0]` is a target tag and the only one; `limit` is where the window ends.
    fn window(&mut self, tags: &[Tag], limit: usize) {
        self.before_window = self.faults.len();
        self.damaged = false;
        self.misspelt(tags);
        let rest = match tags.iter().position(|tag| tag.kind == TagKind::Lookup) {
            Some(lookup) if self.belongs(tags, lookup) => self.pair(tags, lookup, limit),
            _ => self.lonely_target(tags),
        };
        self.outside(&tags[rest..]);
    }

    /// Blames a tag of the pair that is not written exactly; whatever it breaks follows from that.
    fn misspelt(&mut self, tags: &[Tag]) {
        // With a misspelt span of the content about, its close tag is not the pair's.
        let content = tags.iter().any(|tag| !tag.exact && tag.kind == TagKind::Other);
        let of_pair =
            |tag: &&Tag| !tag.exact && tag.kind != TagKind::Other && !(content && tag.kind == TagKind::Close);
        // What closes behind the third close tag closes something else.
        let is_close = |(_, tag): &(usize, &Tag)| tag.kind == TagKind::Close;
        let end = tags.iter().enumerate().filter(is_close).nth(2).map_or(tags.len(), |(last, _)| last + 1);
        let found: Vec<&Tag> = tags[..end].iter().filter(of_pair).collect();
        self.malformed(&found, tags[0].id);
    }

    /// Blames the first of some tags that are not written exactly, in the pair of this target.
    fn malformed(&mut self, tags: &[&Tag], target: Span) {
        let Some(first) = tags.first() else { return };
        let id = if first.id.is_empty() { target } else { first.id };
        let edit = |tag: &&Tag| (tag.span, tags::canonical(tag.kind, tag.id.slice(self.text)));
        let mend = Mend { edits: tags.iter().map(edit).collect(), certain: true };
        self.fault(FaultKind::Malformed, first.span, Some(id), Some(mend));
    }

    /// Whether the lookup belongs to the target of this window: it leads to the same id, or stands on
    /// the same line. A target that lost its source must not take one that lost its target further down.
    fn belongs(&self, tags: &[Tag], lookup: usize) -> bool {
        let id = |tag: &Tag| tag.id.slice(self.text);
        let same_id = tags.get(lookup + 1).is_some_and(|next| id(next) == id(&tags[0]));
        let between = tags[0].span.end as usize..tags[lookup].span.start as usize;
        same_id || !self.text[between].contains(['\n', '\r'])
    }

    /// A window with a target and a lookup; gives the index of the first tag after the pair.
    fn pair(&mut self, tags: &[Tag], lookup: usize, limit: usize) -> usize {
        let target_end = self.target_end(tags, lookup);
        let Some(&source) = tags.get(lookup + 1).filter(|next| next.kind == TagKind::Source) else {
            self.fault(FaultKind::TargetWithoutSource, tags[0].span, Some(tags[0].id), None);
            let closes = tags[lookup + 1..].iter().take_while(|tag| tag.kind == TagKind::Close).count();
            return lookup + 1 + closes;
        };
        if source.span.start != tags[lookup].span.end {
            self.text_between(between(tags[lookup].span, source.span), tags[0].id);
        }
        let (source_end, pair_end) = self.source_end(tags, lookup, limit);
        // Now it is known which close tags are the pair's.
        let own = |tag: &Tag| {
            [target_end, source_end].contains(&(tag.span.start as usize))
                || tag.span.end as usize == pair_end.at
        };
        let misspelt = |tag: &&Tag| tag.kind == TagKind::Close && !tag.exact && own(tag);
        if let Some(tag) = tags.iter().find(misspelt).filter(|_| !self.damaged) {
            self.malformed(&[tag], tags[0].id);
        }
        self.unit(tags[0], target_end, source, source_end, pair_end.at);
        pair_end.taken
    }

    /// Where the target ends: at the close tag that touches the lookup, as in every sound pair.
    fn target_end(&mut self, tags: &[Tag], lookup: usize) -> usize {
        let inner = &tags[1..lookup];
        let (opens, closes) = (count(inner, TagKind::Other), count(inner, TagKind::Close));
        let last = tags[lookup - 1];
        if last.kind == TagKind::Close && last.span.end == tags[lookup].span.start {
            if closes > opens + 1 {
                let stray = inner.iter().find(|tag| tag.kind == TagKind::Close).map_or(last, |tag| *tag);
                self.fault(FaultKind::StrayClose, stray.span, Some(tags[0].id), None);
            }
            return last.span.start as usize;
        }
        match balanced_close(inner) {
            Some(at) => {
                self.text_between(between(inner[at].span, tags[lookup].span), tags[0].id);
                inner[at].span.start as usize
            }
            None => {
                let at = tags[lookup].span.start;
                self.fault(
                    FaultKind::TargetUnclosed,
                    tags[0].span,
                    Some(tags[0].id),
                    Some(add_close(at as usize, "</span>")),
                );
                self.open += 1;
                at as usize
            }
        }
    }

    /// Where the source and the pair end. `tags[lookup + 1]` is the source tag.
    fn source_end(&mut self, tags: &[Tag], lookup: usize, limit: usize) -> (usize, End) {
        let source = tags[lookup + 1];
        let first = lookup + 2;
        let inner = &tags[first..];
        let touches = |i: &usize| {
            inner
                .get(i + 1)
                .is_some_and(|next| next.kind == TagKind::Close && next.span.start == inner[*i].span.end)
        };
        let is_close = |i: usize| inner.get(i).is_some_and(|tag| tag.kind == TagKind::Close);
        let balanced = balanced_close(inner);
        // A span that the text only mentions opens and never closes: then the first double close ends the pair.
        let double = || (0..inner.len()).find(|i| is_close(*i) && touches(i));
        let close = balanced.filter(|at| is_close(at + 1)).or_else(double).or(balanced);
        let has_pair_tag =
            |at: &usize| inner[..*at].iter().any(|tag| !matches!(tag.kind, TagKind::Other | TagKind::Close));
        let Some(close) = close.filter(|at| !has_pair_tag(at)) else {
            let at = self.end_of_source(source.span.end as usize, limit);
            self.fault(
                FaultKind::SourceUnclosed,
                source.span,
                Some(source.id),
                Some(add_close(at, "</span></span>")),
            );
            // If the close tags do come, further down, they are these.
            self.open += 2;
            return (at, End { at, taken: first });
        };
        let source_end = inner[close].span.start as usize;
        match inner.get(close + 1) {
            Some(next) if next.kind == TagKind::Close => {
                if !touches(&close) {
                    self.text_between(between(inner[close].span, next.span), source.id);
                }
                (source_end, End { at: next.span.end as usize, taken: first + close + 2 })
            }
            _ => {
                let at = inner[close].span.end;
                self.fault(
                    FaultKind::LookupUnclosed,
                    tags[lookup].span,
                    Some(source.id),
                    Some(add_close(at as usize, "</span>")),
                );
                self.open += 1;
                (source_end, End { at: at as usize, taken: first + close + 1 })
            }
        }
    }

    /// A window whose target has no lookup; gives the index of the first tag that is not used up.
    fn lonely_target(&mut self, tags: &[Tag]) -> usize {
        let target = tags[0];
        let Some(close) = balanced_close(&tags[1..]) else {
            self.fault(FaultKind::TargetUnclosed, target.span, Some(target.id), None);
            self.open += 1;
            return 1;
        };
        let end = tags[1 + close];
        let after = &tags[2 + close..];
        if let [source, closing, ..] = after
            && source.kind == TagKind::Source
            && source.span.start == end.span.end
            && closing.kind == TagKind::Close
        {
            let extra = after
                .get(2)
                .is_some_and(|tag| tag.kind == TagKind::Close && tag.span.start == closing.span.end);
            self.fault(FaultKind::LookupMissing, source.span, Some(source.id), None);
            let pair_end = after[1 + usize::from(extra)].span.end as usize;
            self.unit(target, end.span.start as usize, *source, closing.span.start as usize, pair_end);
            return 4 + close + usize::from(extra);
        }
        let pair = Span { start: target.span.start, end: end.span.end };
        self.fault(FaultKind::TargetWithoutSource, pair, Some(target.id), None);
        2 + close
    }

    /// Tags that belong to no pair: spans of the content, stray close tags, sources without target.
    fn outside(&mut self, tags: &[Tag]) {
        let mut i = 0;
        while let Some(tag) = tags.get(i) {
            i += 1;
            let next = tags.get(i);
            match tag.kind {
                TagKind::Other => self.open += 1,
                TagKind::Close if self.open > 0 => {
                    self.open -= 1;
                    let double =
                        next.is_some_and(|n| n.kind == TagKind::Close && n.span.start == tag.span.end);
                    if double {
                        self.was_nested(FaultKind::SourceUnclosed, None);
                    }
                }
                // The rest of a target whose opening tag is gone: the fault is the source's.
                TagKind::Close
                    if next.is_some_and(|n| n.kind == TagKind::Lookup && n.span.start == tag.span.end) => {}
                TagKind::Close => self.fault(FaultKind::StrayClose, tag.span, None, None),
                _ => i = self.lonely_source(tags, i - 1),
            }
        }
    }

    /// A lookup or a source outside any pair, from `tags[at]` on; gives the index of the first tag after it.
    fn lonely_source(&mut self, tags: &[Tag], at: usize) -> usize {
        let source = tags[at..].iter().take(2).find(|tag| tag.kind == TagKind::Source);
        let opened = at + 1 + usize::from(source.is_some() && tags[at].kind == TagKind::Lookup);
        let closes =
            tags[opened..].iter().take(opened - at).take_while(|tag| tag.kind == TagKind::Close).count();
        let last = if closes > 0 { tags[opened + closes - 1] } else { tags[at] };
        let span = Span { start: tags[at].span.start, end: last.span.end };
        self.was_nested(FaultKind::TargetUnclosed, source.map(|tag| tag.id));
        self.fault(FaultKind::SourceWithoutTarget, span, source.map(|tag| tag.id), None);
        opened + closes
    }

    /// The rest of a pair that seemed unclosed comes after another, sound pair: that one stands inside it.
    fn was_nested(&mut self, kind: FaultKind, id: Option<Span>) {
        let (Some(fault), Some(inner)) = (self.faults.last_mut(), self.units.last()) else { return };
        let same_unit =
            id.is_none_or(|id| fault.id.map(|own| own.slice(self.text)) == Some(id.slice(self.text)));
        if fault.kind == kind && same_unit && inner.span.start > fault.span.end && !inner.damaged {
            (fault.kind, fault.span, fault.mend) = (FaultKind::Nested, inner.span, None);
        }
    }

    fn unit(&mut self, target: Tag, target_end: usize, source: Tag, source_end: usize, end: usize) {
        let side = |tag: Tag, end: usize| {
            let text = Span::new(tag.span.end as usize, end.max(tag.span.end as usize));
            Side { tag: tag.span, id: tag.id, text, print: Fingerprint::default() }
        };
        let (own, other) = (target.id.slice(self.text), source.id.slice(self.text));
        self.units.push(Unit {
            span: Span::new(target.span.start as usize, end),
            target: side(target, target_end),
            source: side(source, source_end),
            damaged: self.damaged,
            number: unit_number(own).or_else(|| unit_number(other)),
            ids_differ: own != other,
        });
    }

    /// Where a source that never closes probably ends: with its line or, in a table, with its cell.
    fn end_of_source(&self, from: usize, limit: usize) -> usize {
        let rest = &self.text[from..limit];
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let before = self.text[..from].rsplit(['\n', '\r']).next().unwrap_or_default();
        let cell = if before.trim_start().starts_with('|') { line.split(" |").next() } else { None };
        from + cell.unwrap_or(line).trim_end().len()
    }

    /// Blanks between the parts of a pair can go; text has to be looked at.
    fn text_between(&mut self, span: Span, id: Span) {
        let blank = span.slice(self.text).trim().is_empty();
        let mend = blank.then(|| Mend { edits: vec![(span, String::new())], certain: true });
        self.fault(FaultKind::TextBetween, span, Some(id), mend);
    }

    /// Records a fault, unless it only follows from one that is recorded: one of the same unit, or, where
    /// no unit is named, one of the same window.
    fn fault(&mut self, kind: FaultKind, span: Span, id: Option<Span>, mend: Option<Mend>) {
        self.damaged = true;
        let id = id.filter(|id| !id.is_empty());
        let follows = match id {
            Some(id) => !self.blamed.insert(id.slice(self.text)),
            None => self.faults.len() > self.before_window,
        };
        if !follows {
            self.faults.push(Fault { kind, span, id, mend });
        }
    }
}

/// Inserts close tags where a text probably ends.
fn add_close(at: usize, tags: &str) -> Mend {
    Mend { edits: vec![(Span::at(at), tags.into())], certain: false }
}

/// The first close tag that no span of the content has opened.
fn balanced_close(tags: &[Tag]) -> Option<usize> {
    let mut depth = 0usize;
    for (i, tag) in tags.iter().enumerate() {
        match tag.kind {
            TagKind::Other => depth += 1,
            TagKind::Close if depth == 0 => return Some(i),
            TagKind::Close => depth -= 1,
            _ => return None,
        }
    }
    None
}

fn count(tags: &[Tag], kind: TagKind) -> usize {
    tags.iter().filter(|tag| tag.kind == kind).count()
}

fn between(left: Span, right: Span) -> Span {
    Span { start: left.end.min(right.start), end: right.start.max(left.end) }
}
