use proptest::prelude::*;

use super::*;
use crate::LineIndex;
use crate::plain::tests::lines;
use crate::{Fingerprint, Side};

/// A unit at every place where a character starts that is no blank.
fn units(text: &str) -> Vec<Unit> {
    let side = Side { tag: Span::at(0), id: Span::at(0), text: Span::at(0), print: Fingerprint::default() };
    let visible = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let unit = |(at, _): (usize, char)| Unit {
        span: Span::new(at, at + 1),
        target: side,
        source: side,
        damaged: false,
        number: None,
        ids_differ: false,
    };
    visible.map(unit).collect()
}

/// Holds what is read stretch by stretch to what is read at once; how many stretches there are.
fn agree(text: &str) -> usize {
    let (units, whole) = (units(text), Span::new(0, text.len()));
    let at_once = Outline::of(text, whole, &units);
    let stretches = Stretches::of(text, 0, Plain::read(text, 0, &LineIndex::new(text)).as_ref());
    let parts: Vec<&Stretch> = stretches.across(text, &units, [whole]).collect();
    // Blanks behind code are its own or not: nobody asks about them.
    let code = |span: &Span| (span.start, span.slice(text).trim_end().len());
    let codes = |outline: &Outline| outline.code.iter().map(code).collect::<Vec<_>>();
    assert_eq!(parts.iter().flat_map(|part| codes(&part.outline)).collect::<Vec<_>>(), codes(&at_once));
    let hidden = block::hidden(text, whole, &at_once.code);
    let in_parts = parts.iter().flat_map(|part| part.hidden(text)).map(code);
    assert_eq!(in_parts.collect::<Vec<_>>(), hidden.iter().map(code).collect::<Vec<_>>());
    let texts = parts.iter().flat_map(|part| &part.outline.text).copied();
    assert_eq!(texts.collect::<Vec<_>>(), at_once.text);
    let images = parts.iter().flat_map(|part| &part.outline.images).copied();
    assert_eq!(images.collect::<Vec<_>>(), at_once.images);
    for (index, unit) in units.iter().enumerate() {
        let here = stretches.holding(text, &units, unit.span.start);
        assert_eq!(here.outline.block(index), at_once.block(index), "{}", unit.span.start);
    }
    parts.len()
}

#[test]
fn stretches_start_where_nothing_reaches_into() {
    for (text, parts) in [
        ("Text\n\nMore", 2),
        ("Text\nmore", 1),
        ("1. Step\n\n   More\n\n2. Step\n", 2),
        ("```\na\n\nb\n```\n\nText\n", 2),
        ("Text <!-- a\n\nb -->\n\nText", 2),
        ("> Quote\n\n| a | b |\n|---|---|\n| c | d |\n\nText `x", 3),
        ("[a]: /url\n\nText [a]\n", 1),
        ("Text [a]\n\n[!NOTE]\n", 2),
        ("<pre>\n\nText\n</pre>\n", 1),
        ("-\n\nText\n", 2),
    ] {
        assert_eq!(agree(text), parts, "{text:?}");
    }
}

proptest! {
    #[test]
    fn stretches_are_read_as_the_whole_is(text in lines()) {
        agree(&text);
    }
}
