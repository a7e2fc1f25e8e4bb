use loclint::bitext::{Entry, FrontMatter, Scalar, Span, Style, Value};

use super::assert_in;

/// Front matter: any text is read, all spans lie in it, and the fast path reads what the YAML library reads.
pub fn front_matter(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let whole = format!("---\n{text}\n---\n");
    for text in [&*text, &whole] {
        let read = FrontMatter::parse(text);
        let by_library = FrontMatter::parse_by_library(text);
        assert_eq!(read.is_some(), by_library.is_some());
        let Some((read, by_library)) = read.zip(by_library) else { continue };
        assert_spans(text, &read);
        assert_spans(text, &by_library);
        assert_eq!((read.block, read.yaml), (by_library.block, by_library.yaml));
        assert_eq!(read.error, by_library.error);
        assert_eq!(shown(text, &read.entries), shown(text, &by_library.entries));
    }
}

/// All spans of front matter lie in the text, in its block.
pub(super) fn assert_spans(text: &str, front: &FrontMatter) {
    assert_in(text, front.block, "block");
    assert_in(text, front.yaml, "yaml");
    if let Some(error) = &front.error {
        assert_in(text, error.span, "error");
    }
    assert_entries(text, front.yaml, &front.entries);
}

fn assert_entries(text: &str, around: Span, entries: &[Entry]) {
    for entry in entries {
        assert_scalar(text, around, &entry.key);
        assert_value(text, around, &entry.value);
    }
}

fn assert_value(text: &str, around: Span, value: &Value) {
    assert_inside(text, around, value.span());
    match value {
        Value::Scalar(scalar) => assert_scalar(text, around, scalar),
        Value::Sequence(_, values) => values.iter().for_each(|value| assert_value(text, around, value)),
        Value::Mapping(_, entries) => assert_entries(text, around, entries),
        Value::Alias(_) => {}
    }
}

fn assert_scalar(text: &str, around: Span, scalar: &Scalar) {
    assert_inside(text, around, scalar.span);
    assert_inside(text, around, scalar.content());
    let quote = match scalar.style {
        Style::SingleQuoted => "'",
        Style::DoubleQuoted => "\"",
        Style::Plain | Style::Block => return,
    };
    let written = scalar.span.slice(text);
    assert!(written.starts_with(quote) && written.ends_with(quote), "quoted: {written:?}");
}

#[track_caller]
fn assert_inside(text: &str, around: Span, span: Span) {
    assert_in(text, span, "value");
    assert!(around.start <= span.start && span.end <= around.end, "{span:?} in {around:?}");
}

/// Where a key stands, what it says, where its value stands, and what that says if it is a scalar.
type Shown<'a> = (Span, &'a str, Option<Span>, Option<(&'a str, Style)>);

/// What two readers have to agree on. Where an omitted value stands is a matter of taste.
fn shown<'a>(text: &'a str, entries: &'a [Entry]) -> Vec<Shown<'a>> {
    let one = |entry: &'a Entry| {
        let place = Some(entry.value.span()).filter(|span| !span.is_empty());
        let value = entry.value.scalar().map(|scalar| (scalar.text(text), scalar.style));
        (entry.key.span, entry.key.text(text), place, value)
    };
    entries.iter().map(one).collect()
}
