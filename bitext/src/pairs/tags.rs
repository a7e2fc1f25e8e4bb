use crate::Span;

/// A `span` tag found in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) kind: TagKind,
    pub(super) span: Span,
    /// The id attribute's value; empty for tags without one.
    pub(super) id: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `<span data-ttu-id="…">`
    Target,
    /// `<span class="sxs-lookup">`
    Lookup,
    /// `<span data-stu-id="…">`
    Source,
    /// Any other `<span …>` of the content.
    Other,
    /// `</span>`
    Close,
}

const TARGET: &str = "<span data-ttu-id=\"";
const SOURCE: &str = "<span data-stu-id=\"";
const LOOKUP: &str = "<span class=\"sxs-lookup\">";
const CLOSE: &str = "</span>";

/// Every span tag of `text` from byte `from` on, in order, but for those that the text only talks about.
pub(super) fn find(text: &str, from: usize) -> Vec<Tag> {
    memchr::memchr_iter(b'<', &text.as_bytes()[from..])
        .filter_map(|at| tag(text, at + from))
        .filter(|tag| !is_text(text, tag))
        .collect()
}

/// Whether a tag is quoted as code (`` `<span>` ``) or escaped (`\<span>`). A backslash before a close
/// tag that touches another tag is the end of a Windows path, not an escape.
fn is_text(text: &str, tag: &Tag) -> bool {
    let (before, after) = (&text[..tag.span.start as usize], &text[tag.span.end as usize..]);
    match before.as_bytes().last() {
        // A tag of a pair between two codes is no code itself.
        Some(b'`') => after.starts_with('`') && tag.id.is_empty(),
        Some(b'\\') => tag.kind != TagKind::Close || !after.starts_with('<'),
        _ => false,
    }
}

fn tag(text: &str, at: usize) -> Option<Tag> {
    let rest = &text[at..];
    let plain = |kind, len| Some(Tag { kind, span: Span::new(at, at + len), id: Span::at(at) });
    if rest.starts_with(CLOSE) {
        return plain(TagKind::Close, CLOSE.len());
    }
    if !rest.starts_with("<span") {
        return None;
    }
    if rest.starts_with(LOOKUP) {
        return plain(TagKind::Lookup, LOOKUP.len());
    }
    for (kind, opening) in [(TagKind::Target, TARGET), (TagKind::Source, SOURCE)] {
        if let Some(value) = rest.strip_prefix(opening) {
            // An id is short; a quote that never closes must not swallow the document.
            let window = &value.as_bytes()[..value.len().min(64)];
            if let Some(len) = memchr::memchr(b'"', window).filter(|&len| window.get(len + 1) == Some(&b'>'))
            {
                let id = Span::new(at + opening.len(), at + opening.len() + len);
                return Some(Tag { kind, span: Span::new(at, id.end as usize + 2), id });
            }
        }
    }
    other(rest).and_then(|len| plain(TagKind::Other, len))
}

/// The length of an opening tag of the content; `None` for `<spanner>` and for `<span/>`, which needs
/// no close tag.
fn other(rest: &str) -> Option<usize> {
    if !matches!(rest.as_bytes().get("<span".len()), Some(b' ' | b'\t' | b'\n' | b'\r' | b'>')) {
        return None;
    }
    // A tag has a few attributes; one that never ends must not be looked for in the whole document.
    let window = &rest.as_bytes()[..rest.len().min(1024)];
    let len = memchr::memchr(b'>', window)? + 1;
    (!rest[..len].ends_with("/>")).then_some(len)
}
