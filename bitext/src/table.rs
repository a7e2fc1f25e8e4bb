//! Cells of tables that stand so plainly that it takes no Markdown parser to tell.

use memchr::{memchr, memchr_iter, memrchr};

use crate::plain::starts_pair;

/// So far before a cell the head of its table is looked for, in bytes.
const REACH: usize = 1 << 14;

/// So many cells that are missing in rows the parser fills in, and then it takes what follows for no table.
const MOST_CELLS: usize = 1 << 18;

/// Where the table starts in which the byte at `at`, which is no blank, is the first of a cell; `None` if that is not
/// plain. It is one if text stands there and all lines end with LF or CR LF.
pub(crate) fn around(text: &str, body: usize, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let line = line_start(bytes, body, at);
    let cell = cells_before(&bytes[line..at])?;
    let start = block_start(bytes, body, line)?;
    let (head, second) = line_at(bytes, start);
    let (rule, mut next) = line_at(bytes, second);
    let columns = columns(head)?;
    // What is too much in a row is dropped.
    let is_plain = is_rule(rule)
        && self::columns(rule) == Some(columns)
        && is_row(head)
        && cell < columns
        && columns * (at - start) < MOST_CELLS;
    if !is_plain || line == second {
        return None;
    }
    while next <= line {
        let (row, after) = line_at(bytes, next);
        if !is_row(row) {
            return None;
        }
        next = after;
    }
    Some(start)
}

/// Where the lines start that go on to this one without a blank one between, if that is not far.
fn block_start(bytes: &[u8], body: usize, line: usize) -> Option<usize> {
    let mut start = line;
    while start > body {
        let above = line_start(bytes, body, start - 1);
        if bytes[above..start].trim_ascii().is_empty() {
            break;
        }
        start = (line - above < REACH).then_some(above)?;
    }
    Some(start)
}

fn line_start(bytes: &[u8], body: usize, at: usize) -> usize {
    memrchr(b'\n', &bytes[body..at]).map_or(body, |end| body + end + 1)
}

/// A line without its end, and where the next one starts.
fn line_at(bytes: &[u8], start: usize) -> (&[u8], usize) {
    let end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |len| start + len);
    let line = &bytes[start..end];
    (line.strip_suffix(b"\r").unwrap_or(line), bytes.len().min(end + 1))
}

/// A row without the sign that it may start with and blanks at its end.
fn inner(row: &[u8]) -> &[u8] {
    let inner = row.strip_prefix(b"|").unwrap_or(row);
    let is_blank = |byte: &u8| matches!(byte, b'\t' | 0x0b | 0x0c | b' ');
    &inner[..inner.iter().rposition(|byte| !is_blank(byte)).map_or(0, |last| last + 1)]
}

/// How many cells a row has, if signs stand between and no other signs escape those.
fn columns(row: &[u8]) -> Option<usize> {
    let inner = inner(row);
    let signs = memchr_iter(b'|', inner).count();
    (row.contains(&b'|') && !row.contains(&b'\\')).then(|| signs + usize::from(!inner.ends_with(b"|")))
}

/// How many cells of a row stand before the one that starts at the end of this piece of it.
fn cells_before(piece: &[u8]) -> Option<usize> {
    let inner = inner(piece);
    let is_start = (inner.is_empty() || inner.ends_with(b"|")) && !piece.contains(&b'\\');
    is_start.then(|| memchr_iter(b'|', inner).count())
}

/// Whether a line is a row where a table goes on, and the head of one where text may start: by its first bytes.
fn is_row(line: &[u8]) -> bool {
    match line {
        [b'|', rest @ ..] => rest.iter().any(|byte| *byte > b' '),
        [b'`', rest @ ..] => !rest.starts_with(b"``"),
        [b'<', ..] => starts_pair(line),
        [first, ..] => first.is_ascii_alphabetic() || matches!(first, b'@' | b'$' | 0x80..),
        [] => false,
    }
}

/// Whether a line is the one below the head.
fn is_rule(line: &[u8]) -> bool {
    let inner = inner(line);
    let columns = inner.strip_suffix(b"|").unwrap_or(inner).split(|byte| *byte == b'|');
    line.first() != Some(&b' ')
        && line.iter().all(|byte| b" :|-".contains(byte))
        && columns.clone().all(|column| column.contains(&b'-'))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Tag, TagEnd};

    use super::*;
    use crate::block::events;
    use crate::plain::{Plain, Told};

    /// Whether the byte at `at` is text in a cell, as the parser sees it.
    fn is_in_cell(text: &str, at: usize) -> bool {
        let mut inside = false;
        events(text, 0).any(|(event, span)| match event {
            Event::Start(Tag::TableCell) => {
                inside = true;
                false
            }
            Event::End(TagEnd::TableCell) => {
                inside = false;
                false
            }
            Event::Start(_) | Event::End(_) => false,
            _ => inside && span.contains(at),
        })
    }

    // What documents are put together from; the cells that are asked for start with X.
    const BEFORE: [&str; 20] = [
        "",
        "\n",
        "b\n",
        "b\n\n",
        "- b\n\n",
        "- b\n",
        "```\n\n",
        "<!--\n\n",
        "<!-- b -->\n\n",
        "<pre>\n\n",
        "<div>\n",
        "> b\n\n",
        "> b\n",
        "    b\n\n",
        " \t\n",
        "|b|\n\n",
        "|b|\n|-|\n",
        "\u{c}\n",
        "[b]:\n\n",
        "\u{feff}",
    ];
    const HEADS: [&str; 26] = [
        "|a|",
        "|a|b|",
        "| a | b |  ",
        "| X | b |",
        "|a|X|",
        "a|b",
        "a | X ",
        "a",
        "|a\\|b|",
        "|`a|b`|",
        " |a|b|",
        "|a|b",
        "||",
        "|&amp;|<b>|",
        "|a|b|\t",
        "|a|b|\r",
        "`a`|b",
        "```a|b",
        "é|b",
        "a|",
        "<a>|b",
        "- a|b",
        "1. a|b",
        "# a|b",
        "<span data-ttu-id=\"a|b\">",
        "<span data-ttu-id=\"a\">a|b",
    ];
    const RULES: [&str; 14] = [
        "|-|",
        "|-|-|",
        "| :--- | :-: |",
        "-|-",
        "|-|-",
        "-- | --",
        "|-",
        "-",
        "|--|",
        "|-||",
        "|-|x|",
        " |-|-|",
        "|-|-|\r",
        "",
    ];
    const ROWS: [&str; 25] = [
        "|X|",
        "|c|X|",
        "|c|d|X|",
        "| c | X | d",
        "X",
        "X | c",
        "c | X",
        "c",
        "|",
        "| ",
        "|\u{b}",
        "||X|",
        "|c\\|X|",
        "|`c|X`|",
        "|[c](d|X)|",
        "|c|*X*|",
        " |c|X|",
        "- |X|",
        "`c`|X",
        "```|X",
        "<b>|X",
        "<span data-ttu-id=\"c\">X|X",
        "# c|X",
        "\u{a0}|X",
        "",
    ];

    #[test]
    fn plain_cells_are_those_of_the_parser() {
        let mut found = 0;
        for (before, head) in BEFORE.iter().flat_map(|before| HEADS.map(|head| (before, head))) {
            for (rule, row) in RULES.iter().flat_map(|rule| ROWS.map(|row| (rule, row))) {
                for last in ["X", "c|X", "|X"] {
                    let text = format!("{before}{head}\n{rule}\n{row}\n{last}\n");
                    let plain = Plain::read(&text, 0);
                    for (at, _) in text.match_indices('X') {
                        let table = around(&text, 0, at);
                        let is_text = |start: &usize| {
                            plain.as_ref().is_some_and(|plain| plain.at(&text, *start) == Told::Text)
                        };
                        let is_told = table.is_some_and(|start| is_text(&start));
                        assert!(!is_told || is_in_cell(&text, at), "{at} {text:?}");
                        found += usize::from(is_told);
                    }
                }
            }
        }
        assert!(found > 1000, "{found}");
    }
}
