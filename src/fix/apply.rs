use rules::Edit;

/// The text with the edits made; `None` if they overlap or do not fit it. Everything else stays as it is, byte for byte; where all lines end
/// in CRLF, what is put in does too.
pub fn apply(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| edit.span);
    let crlf = only_crlf(text);
    let (mut out, mut at) = (String::with_capacity(text.len() + 64), 0);
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize)?);
        if crlf && edit.replacement.contains('\n') {
            out.push_str(&edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n"));
        } else {
            out.push_str(&edit.replacement);
        }
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Whether there are line ends, and all are CRLF.
pub(crate) fn only_crlf(text: &str) -> bool {
    let mut ends = memchr::memchr_iter(b'\n', text.as_bytes()).peekable();
    ends.peek().is_some() && ends.all(|at| at > 0 && text.as_bytes()[at - 1] == b'\r')
}

#[cfg(test)]
mod tests {
    use bitext::Span;
    use proptest::prelude::*;

    use super::*;

    fn edit(start: usize, end: usize, replacement: &str) -> Edit {
        Edit { span: Span::new(start, end), replacement: replacement.into() }
    }

    #[test]
    fn edits_come_in_any_order() {
        let edits = [edit(6, 6, "!"), edit(0, 1, "J"), edit(4, 5, "")];
        assert_eq!(apply("hallo-", &edits.iter().collect::<Vec<_>>()).unwrap(), "Jall-!");
    }

    #[test]
    fn what_does_not_fit_is_not_applied() {
        for edits in [vec![edit(0, 9, "")], vec![edit(0, 3, ""), edit(2, 4, "")], vec![edit(1, 2, "")]] {
            assert_eq!(apply("éab", &edits.iter().collect::<Vec<_>>()), None, "{edits:?}");
        }
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        let put = |text: &str| apply(text, &[&edit(1, 1, "x\ny\r\n")]).unwrap();
        assert_eq!(put("a\r\nb\r\n"), "ax\r\ny\r\n\r\nb\r\n");
        assert_eq!(put("a\nb\r\n"), "ax\ny\r\n\nb\r\n");
        assert_eq!(put("a"), "ax\ny\r\n");
    }

    /// A text in pieces, with what replaces every other one.
    fn pieces() -> impl Strategy<Value = Vec<(String, String, String)>> {
        let piece = "[a-zé漢\\r\\n \u{feff}\u{1f600}]{0,6}";
        prop::collection::vec((piece, piece, "[a-z漢 ]{0,5}"), 0..12)
    }

    proptest! {
        #[test]
        fn everything_else_stays_byte_for_byte(pieces in pieces(), tail in "[a-zé漢 \\r\\n]{0,6}", back in any::<bool>()) {
            let (mut text, mut wanted, mut edits) = (String::new(), String::new(), Vec::new());
            for (kept, removed, put) in &pieces {
                text.push_str(kept);
                wanted.push_str(kept);
                edits.push(edit(text.len(), text.len() + removed.len(), put));
                text.push_str(removed);
                wanted.push_str(put);
            }
            text.push_str(&tail);
            wanted.push_str(&tail);
            // Two edits at one place would have no order.
            edits.dedup_by_key(|edit| edit.span.start);
            prop_assume!(edits.len() == pieces.len());
            if back {
                edits.reverse();
            }
            prop_assert_eq!(apply(&text, &edits.iter().collect::<Vec<_>>()), Some(wanted));
        }
    }
}
