use loclint::bitext::{
    Document, LineIndex, MASK, Position, Side, SourceFile, Span, Told, Unit, masked, slug,
};
use loclint::rules::Facts;

use super::front_matter::assert_spans;
use super::{assert_in, assert_in_file, locale, localized, parsed};

/// A document: any bytes but UTF-16 are read, all spans lie in the file, and nothing of it is lost.
pub fn document(input: &[u8]) {
    let Some(document) = parsed(input) else {
        assert!(input.starts_with(&[0xff, 0xfe]) || input.starts_with(&[0xfe, 0xff]));
        return;
    };
    assert_lossless(input, &document.file);
    assert_sound(&document);
    assert_lines(document.file.text());
    assert_masked(document.file.text());
    assert_told(&document);
    assert_read_again(input, &document);
    let localized = localized(0, &locale("cs-CZ"), document);
    let facts = Facts::of(0, &localized);
    assert!(facts.units.len() <= localized.document.units.len());
    assert!(facts.units.iter().all(|unit| localized.document.unit_at(unit.span.start as usize).is_some()));
}

/// The bytes of the file are there, one `?` for each that is not UTF-8, and what was cut out can be put back.
fn assert_lossless(input: &[u8], file: &SourceFile) {
    assert_eq!(file.written().len(), input.len());
    match std::str::from_utf8(input) {
        Ok(text) => assert_eq!((file.written(), file.first_invalid()), (text, None)),
        Err(error) => assert_eq!(file.first_invalid(), Some(error.valid_up_to() as u32)),
    }
    // Each character that was kept is in the file where its span leads, and back.
    let (mut kept, mut last) = (0, 0);
    for (at, c) in file.text().char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let written = file.written_span(span);
        assert_eq!((written.slice(file.written()), written.start >= last), (span.slice(file.text()), true));
        assert_eq!(file.read_span(written), span);
        (kept, last) = (kept + span.len(), written.end);
    }
    assert_eq!(kept, file.text().len());
}

/// What is read again of a document is what was read of the whole.
fn assert_read_again(input: &[u8], document: &Document) {
    let sound = document.units.iter().filter(|unit| !unit.damaged);
    let units: Vec<&Unit> = sound.filter(|unit| !unit.target.text.is_empty()).collect();
    let places: Vec<Span> = units.iter().map(|unit| unit.target.text).collect();
    let read = |places: &[Span]| {
        let file = SourceFile::from_bytes(input.to_vec()).unwrap();
        let (file, units) = Document::parse_at(file, places, document.is_exact);
        assert_eq!(file.text(), document.file.text());
        units
    };
    assert!(read(&places).iter().eq(units));
    for place in places.iter().chain(&[document.provenance.file_id.unwrap_or_default()]) {
        assert!(read(&[*place]).iter().eq(document.unit_at(place.start as usize)), "{place:?}");
    }
}

/// What the lines tell of code is what the Markdown parser says.
fn assert_told(document: &Document) {
    /// So many bytes are passed over each time: what is asked of all takes long.
    const STEP: usize = 5;
    let text = document.file.text();
    let all = document.code_by_parser();
    // Blanks behind code are its own or not.
    let shown = |code: Span| (code.start, document.slice(code).trim_end().len());
    assert!(all.iter().copied().map(shown).eq(document.code().map(shown)), "code, stretch by stretch");
    for at in (document.body()..text.len()).step_by(STEP) {
        if !text.is_char_boundary(at) || text[at..].starts_with(char::is_whitespace) {
            continue;
        }
        let code = || all.iter().copied().find(|code| code.contains(at));
        match document.told_at(at) {
            Told::Fence(fence) => {
                let start = code().map(|code| code.start);
                assert_eq!(start, Some(fence.start), "the fence at {at}");
            }
            Told::Text => assert_eq!(code(), None, "text at {at}"),
            Told::Open => {}
        }
    }
}

/// All that a document says of itself is true of its text.
pub(super) fn assert_sound(document: &Document) {
    let (file, text) = (&document.file, document.file.text());
    if let Some(front) = &document.front_matter {
        assert_spans(text, front);
        assert_eq!(document.body(), front.block.end as usize);
    }
    let mut end = document.body() as u32;
    for (index, unit) in document.units.iter().enumerate() {
        assert!(end <= unit.span.start, "units stand one after the other");
        end = unit.span.end;
        assert_unit(document, unit);
        assert_eq!(document.unit_at(unit.span.start as usize), Some(unit));
        document.block(index);
        for (whole, hidden) in [
            (document.target(unit), document.masked_target(unit)),
            (document.source(unit), document.masked_source(unit)),
        ] {
            assert_hidden(whole, hidden);
        }
    }
    for fault in &document.faults {
        assert_in(text, fault.span, "fault");
        fault.id.into_iter().for_each(|id| assert_in(text, id, "id of a fault"));
        fault.mend.iter().flat_map(|mend| &mend.edits).for_each(|(span, _)| assert_in(text, *span, "mend"));
    }
    for anchor in &document.anchors {
        assert_in(text, anchor.span, "anchor");
        assert!(anchor.span.start < anchor.name.start && anchor.name.end < anchor.span.end);
        assert_in(text, anchor.name, "name of an anchor");
        assert!(anchor.unit.is_none_or(|unit| unit < document.units.len()));
    }
    for heading in document.headings() {
        assert_in(text, heading.span, "heading");
        assert_in(text, heading.text, "text of a heading");
        assert!(heading.units.end <= document.units.len());
        slug(&document.heading_source(heading));
    }
    let whole = Span::new(0, text.len());
    for span in document.visible_text([whole]).chain(document.images()).chain(document.code()) {
        assert_in(text, span, "part of the body");
    }
    for suppression in &document.suppressions.list {
        assert_in_file(file, suppression.span, "suppression");
        assert_in(file.written(), suppression.covers, "what is suppressed");
    }
    for (_, span) in &document.suppressions.faults {
        assert_in_file(file, *span, "fault of a suppression");
    }
}

fn assert_unit(document: &Document, unit: &Unit) {
    let text = document.file.text();
    assert_in(text, unit.span, "unit");
    for Side { tag, id, text: side, .. } in [&unit.target, &unit.source] {
        for span in [tag, id, side] {
            assert_in(text, *span, "side");
            assert!(
                unit.span.start <= span.start && span.end <= unit.span.end,
                "{span:?} in {:?}",
                unit.span
            );
        }
    }
    if !unit.damaged {
        let (target, source) = (document.slice(unit.target.id), document.slice(unit.source.id));
        let whole = format!(
            "<span data-ttu-id=\"{target}\">{}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{source}\">{}</span></span>",
            document.target(unit),
            document.source(unit),
        );
        // Beside a misspelt span of the content, a misspelt close tag is taken for that of the content.
        let written = document.slice(unit.span);
        let closed = written.matches("</span>").count();
        let is_exact = closed >= 3 && closed == written.matches("<span").count();
        assert!(written == whole || !is_exact, "a sound pair is made of its parts: {written:?}");
    }
}

/// Masking hides whole bytes and moves none.
fn assert_masked(text: &str) {
    assert_hidden(text, &masked(text));
}

#[track_caller]
fn assert_hidden(whole: &str, hidden: &str) {
    assert_eq!(whole.len(), hidden.len());
    assert!(whole.bytes().zip(hidden.bytes()).all(|(old, new)| old == new || new == MASK as u8));
}

/// Lines and columns are what counting gives.
fn assert_lines(text: &str) {
    let index = LineIndex::new(text);
    let mut at = Position { line: 1, column: 1, utf16_column: 1 };
    let mut before = None;
    for (offset, c) in text.char_indices() {
        if before == Some('\n') || (before == Some('\r') && c != '\n') {
            at = Position { line: at.line + 1, column: 1, utf16_column: 1 };
        }
        // The index counts from the last multiple of 1024: asking for every byte of a long text takes long.
        if offset < 256 || offset % 64 < 4 {
            assert_eq!(index.position(text, offset as u32), at, "byte {offset}");
        }
        // A byte order mark at the start of a line takes no column.
        if !(c == '\u{feff}' && at.column == 1 && before.is_none_or(|c| c == '\n' || c == '\r')) {
            at.column += 1;
            at.utf16_column += c.len_utf16() as u32;
        }
        before = Some(c);
    }
}
