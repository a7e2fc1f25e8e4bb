//! What no fix may do, whatever a rule says.

use bitext::{Document, FrontMatter, Span, Unit};
use rules::{Edit, Fix};

use super::apply::{apply, only_crlf};

/// The keys whose values tie a translation to its source; a fix that writes them would forge that.
const PROTECTED: [&str; 4] = ["ms.openlocfilehash", "ms.sourcegitcommit", "ms.lasthandoff", "ms.locfileid"];

/// Why a fix must not be applied to a document; `None` if it may be.
pub fn refusal(document: &Document, fix: &Fix) -> Option<&'static str> {
    let text = document.file.text();
    let edits: Vec<&Edit> = fix.edits.iter().collect();
    // Only the edits of a fix for the front matter are tried out; that is where blocks are rewritten whole.
    let fits = |edit: &&Edit| text.get(edit.span.range()).is_some();
    if !edits.iter().all(fits) {
        return Some("it does not fit the document");
    }
    if edits.iter().any(|edit| touches_source(document, edit)) {
        return Some("it touches the source side of a unit");
    }
    let in_head = |edit: &&Edit| (edit.span.start as usize) < document.body() || edit.span.start == 0;
    if !edits.iter().any(in_head) {
        return None;
    }
    let Some(fixed) = apply(text, &edits) else { return Some("its edits overlap") };
    let after = FrontMatter::parse(&fixed);
    if has_mark(text) != has_mark(&fixed) {
        return Some("it touches the byte order mark");
    }
    let legible = |front: Option<&FrontMatter>| front.is_some_and(|front| front.error.is_none());
    if legible(document.front_matter.as_ref()) && !legible(after.as_ref()) {
        return Some("the front matter could not be read after it");
    }
    let before = Provenance::of(text, document.front_matter.as_ref());
    (!before.holds_in(&Provenance::of(&fixed, after.as_ref())))
        .then_some("it touches the value of a provenance key")
}

/// Whether an edit changes the source text of a unit.
fn touches_source(document: &Document, edit: &Edit) -> bool {
    let text = document.file.text();
    let (removed, put) = (edit.span.slice(text).as_bytes(), edit.replacement.as_bytes());
    // What an edit puts back as it was does not count.
    let before = removed.iter().zip(put).take_while(|(old, new)| old == new).count();
    let rest = (&removed[before..], &put[before..]);
    let after = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(old, new)| old == new).count();
    let (start, end) = (edit.span.start as usize + before, edit.span.end as usize - after);
    if start == end && rest.1.len() == after {
        return false;
    }
    let touches = |unit: &Unit| {
        let source = unit.source.text.range();
        // Where a pair is damaged, its edges are a guess, and a tag may have to be put there.
        let insert_at_edge = start == end && !unit.damaged && (start == source.start || start == source.end);
        insert_at_edge || (start < source.end && end > source.start)
    };
    let units = &document.units;
    let next = units.partition_point(|unit| unit.span.start as usize <= end);
    units[..next].iter().rev().take_while(|unit| unit.span.end as usize >= start).any(touches)
}

/// What the front matter says about the source.
#[derive(Debug, PartialEq, Eq)]
struct Provenance {
    /// Keys and values, sorted.
    values: Vec<(String, String)>,
    /// Where the block could not be read to its end, the lines that name a key, sorted.
    lines: Vec<String>,
    whole: bool,
}

impl Provenance {
    fn of(text: &str, front: Option<&FrontMatter>) -> Self {
        let entries = front.map_or(&[][..], |front| &front.entries);
        let value = |span: Span| span.slice(text).to_string();
        let known = entries.iter().filter(|entry| PROTECTED.contains(&entry.key.text(text)));
        let mut values: Vec<(String, String)> = known
            .map(|entry| {
                let scalar = entry.value.scalar().map(|scalar| scalar.text(text).to_string());
                (entry.key.text(text).into(), scalar.unwrap_or_else(|| value(entry.value.span())))
            })
            .collect();
        values.sort();
        let whole = front.is_none_or(|front| front.error.is_none());
        // A block that nothing closes has no end: then all lines count.
        let head =
            front.filter(|front| !front.block.is_empty()).map_or(text, |front| front.block.slice(text));
        let names_key = |line: &&str| PROTECTED.iter().any(|key| line.contains(key));
        let mut lines: Vec<String> = if front.is_some() {
            head.lines().filter(names_key).map(|line| line.trim_end().to_string()).collect()
        } else {
            Vec::new()
        };
        lines.sort();
        Self { values, lines, whole }
    }

    /// Whether nothing of this is lost or other in `after`. What could not be read before may be read now.
    fn holds_in(&self, after: &Self) -> bool {
        if self.whole {
            return self.values == after.values;
        }
        self.lines == after.lines && self.values.iter().all(|value| after.values.contains(value))
    }
}

/// What is worse in a document after its fixes; `None` if nothing is.
pub fn harm(before: &Document, after: &Document) -> Option<&'static str> {
    let (old, new) = (before.file.text(), after.file.text());
    if has_mark(old) != has_mark(new) {
        return Some("the byte order mark would change");
    }
    // A fix may take the last line end away.
    if only_crlf(old) && new.contains('\n') && !only_crlf(new) {
        return Some("the line ends would change");
    }
    let legible =
        |document: &Document| document.front_matter.as_ref().is_some_and(|front| front.error.is_none());
    let lost = before.front_matter.is_some() && after.front_matter.is_none();
    if lost || (legible(before) && !legible(after)) {
        return Some("the front matter could not be read any more");
    }
    let provenance =
        |document: &Document| Provenance::of(document.file.text(), document.front_matter.as_ref());
    if !provenance(before).holds_in(&provenance(after)) {
        return Some("a provenance value would change");
    }
    if after.faults.len() > before.faults.len() {
        return Some("a pair of spans would break");
    }
    if !keeps_sources(before, after) {
        return Some("a source side would change");
    }
    None
}

fn has_mark(text: &str) -> bool {
    text.starts_with('\u{feff}')
}

/// Whether the sound units of a document are still there, in order, with the same ids and source texts.
fn keeps_sources(before: &Document, after: &Document) -> bool {
    let mut there = after.units.iter();
    let same = |old: &Unit, new: &Unit| {
        before.slice(old.target.id) == after.slice(new.target.id)
            && before.slice(old.source.id) == after.slice(new.source.id)
            && before.source(old) == after.source(new)
    };
    before.units.iter().filter(|unit| !unit.damaged).all(|old| there.any(|new| same(old, new)))
}

#[cfg(test)]
mod tests {
    use bitext::SourceFile;
    use rules::Applicability;

    use super::*;

    const HEAD: &str = "---\ntitle: Přehled\nms.openlocfilehash: aaaa\nms.lasthandoff: 05/19/2021\nms.locfileid: 12\n---\n\n";

    fn pair(target: &str, source: &str) -> String {
        format!(
            "<span data-ttu-id=\"0a0a0-103\">{target}</span><span class=\"sxs-lookup\">\
             <span data-stu-id=\"0a0a0-103\">{source}</span></span>\n"
        )
    }

    fn document(text: &str) -> Document {
        Document::parse(SourceFile::from_bytes(text.into()).unwrap())
    }

    /// Why replacing `old` with `new` in `text` is refused.
    fn refused(text: &str, old: &str, new: &str) -> Option<&'static str> {
        let start = text.find(old).unwrap();
        let edits = vec![Edit { span: Span::new(start, start + old.len()), replacement: new.into() }];
        refusal(&document(text), &Fix { title: String::new(), applicability: Applicability::Safe, edits })
    }

    #[test]
    fn the_source_side_is_out_of_reach() {
        let text = format!("{HEAD}{}", pair("Čtěte dál", "Read on"));
        let why = Some("it touches the source side of a unit");
        assert_eq!(refused(&text, "Read", "READ"), why);
        assert_eq!(refused(&text, "on</span>", "on.</span>"), why);
        assert_eq!(refused(&text, "\">Read", "\"> Read"), why);
        assert_eq!(refused(&text, "dál</span>", "dále</span>"), None);
        // A rewrite that puts back what it takes changes nothing there.
        let line = text[HEAD.len()..].to_string();
        assert_eq!(refused(&text, &line, &line.replace("dál", "dále")), None);
        assert_eq!(refused(&text, &line, &line.replace("on<", "off<")), why);
    }

    #[test]
    fn a_damaged_pair_can_be_closed_but_not_rewritten() {
        let text = format!("{HEAD}{}", pair("Čtěte dál", "Read on").replace("on</span></span>", "on"));
        assert!(!document(&text).faults.is_empty());
        assert_eq!(refused(&text, "on\n", "on</span></span>\n"), None);
        assert_eq!(refused(&text, "Read", "read"), Some("it touches the source side of a unit"));
    }

    #[test]
    fn provenance_values_are_out_of_reach_but_may_move_and_be_quoted() {
        let text = format!("{HEAD}{}", pair("a", "b"));
        let why = Some("it touches the value of a provenance key");
        for (old, new) in [("aaaa", "bbbb"), ("05/19/2021", "05/20/2021"), (": 12", ": \"13\"")] {
            assert_eq!(refused(&text, old, new), why, "{old}");
        }
        assert_eq!(refused(&text, "ms.lasthandoff: 05/19/2021\n", ""), why);
        assert_eq!(refused(&text, "title", "ms.locfileid: 14\ntitle"), why);
        assert_eq!(refused(&text, ": 12", ": \"12\""), None);
        assert_eq!(
            refused(&text, "Přehled", "Přehled: část 1"),
            Some("the front matter could not be read after it")
        );
        assert_eq!(refused(&text, "Přehled", "Úvod"), None);
        let (hash, date) = ("ms.openlocfilehash: aaaa\n", "ms.lasthandoff: 05/19/2021\n");
        assert_eq!(refused(&text, &format!("{hash}{date}"), &format!("{date}{hash}")), None);
        assert_eq!(
            refused(&format!("\u{feff}{text}"), "\u{feff}---", "---"),
            Some("it touches the byte order mark")
        );
    }

    #[test]
    fn values_that_cannot_be_read_are_out_of_reach_too() {
        let text = format!("{}{}", HEAD.replace("Přehled", "a: b: [c"), pair("a", "b"));
        assert!(document(&text).front_matter.unwrap().error.is_some());
        assert_eq!(refused(&text, "aaaa", "bbbb"), Some("it touches the value of a provenance key"));
        assert_eq!(refused(&text, "a: b: [c", "\"a: b: [c\""), None);
    }

    #[test]
    fn harm_is_seen_whatever_the_edits_were() {
        let text = format!("{HEAD}{}", pair("Čtěte dál", "Read on"));
        let harm_of = |old: &str, new: &str| harm(&document(&text), &document(&text.replacen(old, new, 1)));
        assert_eq!(harm_of("dál", "dále"), None);
        assert_eq!(harm_of("dál</span>", "dál"), Some("a pair of spans would break"));
        assert_eq!(harm_of("Read", "READ"), Some("a source side would change"));
        assert_eq!(harm_of("aaaa", "bbbb"), Some("a provenance value would change"));
        assert_eq!(harm_of("---\n\n", "\n"), Some("the front matter could not be read any more"));
        assert_eq!(harm_of("Přehled", "[a"), Some("the front matter could not be read any more"));
        assert_eq!(harm_of("---", "\u{feff}---"), Some("the byte order mark would change"));
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(
            harm(&document(&crlf), &document(&crlf.replacen("\r\n", "\n", 1))),
            Some("the line ends would change")
        );
        let broken = document("# Maják\r\n");
        assert_eq!(harm(&broken, &document("# Maják")), None, "no line end is left to differ");
    }
}
