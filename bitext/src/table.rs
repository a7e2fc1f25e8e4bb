//! Cells of tables, told by their lines.

/// Whether the pair at byte `at` lies in a cell of a table that starts at `start`, where no block goes on. What may be read
/// in another way is left to the parser.
pub(crate) fn is_cell(text: &str, start: usize, at: usize) -> bool {
    /// A table that is read for each of its pairs.
    const LONG: usize = 16 * 1024;
    /// The parser ends a table that lacks more cells.
    const MOST_CELLS: usize = 1 << 18;
    let Some(table) = text.as_bytes().get(start..at).filter(|table| table.len() <= LONG) else {
        return false;
    };
    let mut lines = table.split(|byte| *byte == b'\n');
    let (Some(head), Some(rule)) = (lines.next(), lines.next()) else { return false };
    let Some(columns) = columns(head).filter(|columns| columns_of_rule(rule) == Some(*columns)) else {
        return false;
    };
    let (Some(row), mut count) = (lines.next_back(), 0) else { return false };
    let are_rows = lines.all(|row| {
        count += 1;
        is_row(row)
    });
    let is_in_cell = columns_before(row).is_some_and(|before| before < columns);
    are_rows && is_in_cell && count * columns < MOST_CELLS && !table.contains(&b'\r')
}

/// Whether nothing but a row of a table, or text, can start like that.
fn is_row(line: &[u8]) -> bool {
    match line {
        // Without a cell, it ends the table.
        [b'|', rest @ ..] => rest.iter().any(|byte| *byte > b' '),
        [b'`', next, ..] => *next != b'`',
        [first, ..] => first.is_ascii_alphabetic() || line.starts_with(b"<span "),
        [] => false,
    }
}

fn bars(row: &[u8]) -> usize {
    memchr::memchr_iter(b'|', row).count()
}

/// The number of columns of the first row, if it has nothing escaped.
fn columns(head: &[u8]) -> Option<usize> {
    let edges = usize::from(head.starts_with(b"|")) + usize::from(head.trim_ascii_end().ends_with(b"|"));
    let is_plain = is_row(head) && !head.contains(&b'\\');
    if is_plain { (bars(head) + 1).checked_sub(edges) } else { None }
}

/// The number of columns that the dashes under the first row make.
fn columns_of_rule(rule: &[u8]) -> Option<usize> {
    let is_plain = matches!(rule.first(), Some(b'|' | b'-' | b':')) && rule.contains(&b'|');
    let inner = rule.strip_prefix(b"|").unwrap_or(rule).trim_ascii_end();
    let inner = inner.strip_suffix(b"|").unwrap_or(inner);
    let is_dashes = |cell: &[u8]| cell.contains(&b'-') && cell.iter().all(|byte| b"-: ".contains(byte));
    let is_odd = |byte: &u8| matches!(byte, b'\t' | b'\x0c');
    let mut cells = inner.split(|byte| *byte == b'|');
    if !is_plain || rule.iter().any(is_odd) {
        return None;
    }
    cells.try_fold(0, |count, cell| is_dashes(cell).then_some(count + 1))
}

/// How many columns of a row stand before a pair that starts a cell.
fn columns_before(row: &[u8]) -> Option<usize> {
    let starts_cell = row.iter().rfind(|byte| **byte != b' ') == Some(&b'|');
    let is_plain = row.starts_with(b"|") || is_row(row);
    if row.is_empty() {
        return Some(0);
    }
    (starts_cell && is_plain && !row.contains(&b'\\')).then(|| bars(row) - usize::from(row.starts_with(b"|")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::block::Outline;
    use crate::{Block, Document, SourceFile, Span};

    /// Whether what is told of each pair is so, and of how many pairs it is.
    fn told(text: &str) -> (usize, bool) {
        let document = Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap());
        let text = document.file.text();
        let outline = Outline::of(text, Span::new(0, text.len()), &document.units);
        let starts = document.units.iter().map(|unit| unit.span.start as usize).enumerate();
        let cells: Vec<usize> =
            starts.filter(|(_, at)| is_cell(text, 0, *at)).map(|(unit, _)| unit).collect();
        (cells.len(), cells.iter().all(|unit| outline.block(*unit) == Block::TableCell))
    }

    fn text(parts: &[usize]) -> String {
        const PARTS: [&str; 20] = [
            "| a | b |\n|---|---|\n",
            "| a | b |\n|:-|-\n",
            "a | b\n--- | ---\n",
            "`a` | b |\n:-|-|\n",
            "\na | ",
            "\n| ",
            " |\n| ",
            " | ",
            "|",
            "\n",
            "-",
            ":",
            " ",
            "a",
            "\\",
            "`",
            "\t",
            "|--",
            "<b>",
            "- ",
        ];
        let pair = |number: usize| {
            format!(
                "<span data-ttu-id=\"1a2b3-{number}\">a</span><span class=\"sxs-lookup\"><span data-stu-id=\"1a2b3-{number}\">a</span></span>"
            )
        };
        let part = |(at, part): (usize, &usize)| {
            PARTS.get(*part).map_or_else(|| pair(101 + at), |part| (*part).into())
        };
        parts.iter().enumerate().map(part).collect()
    }

    #[test]
    fn cells_of_plain_tables_are_told() {
        let told_in = |rows: &str| {
            let pair = text(&[usize::MAX]);
            told(&rows.replace('P', &pair))
        };
        assert_eq!(told_in("| a | b |\n|---|---|\n| P | P |\n|P|"), (3, true));
        assert_eq!(told_in("P | `b`\n--- | ---\nP | P\na | P\n`b` | P"), (4, true));
        // A row without cells, one cell too many, and something before the pair.
        assert_eq!(told_in("| a | b |\n|---|---|\n|\n| P").0, 0);
        assert_eq!(told_in("a | b\n---|---\n| a | a | P |").0, 0);
        assert_eq!(told_in("a | b\n---|---\n| a P |\n- | P").0, 0);
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(20_000))]
        #[test]
        fn what_is_told_is_what_the_parser_says(start in 0_usize..6, parts in proptest::collection::vec(4_usize..25, 0..14)) {
            let all: Vec<usize> = std::iter::once(start).chain(parts).collect();
            let text = text(&all);
            prop_assert!(told(&text).1, "{:?}", text);
        }
    }
}
