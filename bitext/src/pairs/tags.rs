use crate::Span;

/// A `span` tag found in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) kind: TagKind,
    pub(super) span: Span,
    /// The id attribute's value; empty for tags without one.
    pub(super) id: Span,
    /// Whether the tag is written as the grammar has it.
    pub(super) exact: bool,
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

const TARGET: &[u8; 19] = b"<span data-ttu-id=\"";
const SOURCE: &[u8; 19] = b"<span data-stu-id=\"";
const LOOKUP: &[u8; 25] = b"<span class=\"sxs-lookup\">";
const CLOSE: &[u8; 7] = b"</span>";

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
    let bytes = text.as_bytes();
    let (before, after) = (bytes[..tag.span.start as usize].last(), bytes.get(tag.span.end as usize));
    match before {
        // A tag of a pair between two codes is no code itself.
        Some(b'`') => after == Some(&b'`') && tag.id.is_empty(),
        Some(b'\\') => tag.kind != TagKind::Close || after != Some(&b'<'),
        _ => false,
    }
}

fn tag(text: &str, at: usize) -> Option<Tag> {
    let bytes = text.as_bytes().get(at..)?;
    let plain = |kind, len| Some(Tag { kind, span: Span::new(at, at + len), id: Span::at(at), exact: true });
    match bytes.get(1) {
        Some(b'/') if bytes.first_chunk() == Some(CLOSE) => return plain(TagKind::Close, CLOSE.len()),
        Some(b's') if bytes.first_chunk() == Some(b"<span") => {}
        _ => return None,
    }
    if bytes.first_chunk() == Some(LOOKUP) {
        return plain(TagKind::Lookup, LOOKUP.len());
    }
    for (kind, opening) in [(TagKind::Target, TARGET), (TagKind::Source, SOURCE)] {
        if bytes.first_chunk() == Some(opening) {
            // An id is short; a quote that never closes must not swallow the document.
            let value = &bytes[opening.len()..];
            let window = &value[..value.len().min(64)];
            if let Some(len) = memchr::memchr(b'"', window).filter(|&len| window.get(len + 1) == Some(&b'>'))
            {
                let id = Span::new(at + opening.len(), at + opening.len() + len);
                return Some(Tag { kind, span: Span::new(at, id.end as usize + 2), id, exact: true });
            }
        }
    }
    other(bytes).and_then(|len| plain(TagKind::Other, len))
}

/// The length of an opening tag of the content; `None` for `<spanner>` and for `<span/>`, which needs
/// no close tag.
fn other(rest: &[u8]) -> Option<usize> {
    if !matches!(rest.get("<span".len()), Some(b' ' | b'\t' | b'\n' | b'\r' | b'>')) {
        return None;
    }
    // A tag has a few attributes; one that never ends must not be looked for in the whole document.
    let window = &rest[..rest.len().min(1024)];
    let len = memchr::memchr(b'>', window)? + 1;
    let tag = &rest[..len];
    // Where another tag begins before its end, it has none, unless that is in a value.
    let begun = memchr::memrchr(b'<', tag).filter(|at| *at > 0);
    let is_whole = begun.is_none_or(|at| memchr::memchr_iter(b'"', &tag[..at]).count() % 2 == 1);
    (is_whole && !tag.ends_with(b"/>")).then_some(len)
}

/// Every span tag, also those that mean to be tags of a pair and are misspelt. Slower than [`find`], and
/// needed only where that leaves a fault.
pub(super) fn find_lenient(text: &str, from: usize) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let starts = memchr::memchr2_iter(b'<', b'&', &text.as_bytes()[from..]).map(|at| at + from);
    for at in starts {
        if tags.last().is_some_and(|last| at < last.span.end as usize) {
            continue;
        }
        let after_lookup = tags.last().is_some_and(|last| last.kind == TagKind::Lookup);
        let plain = tag(text, at);
        let other = plain.is_none_or(|tag| tag.kind == TagKind::Other);
        let meant = if other { misspelt(text, at, after_lookup) } else { None };
        let found = meant.filter(|tag| tag.kind != TagKind::Other).or(plain).or(meant);
        tags.extend(found.filter(|tag| !is_text(text, tag)));
    }
    tags
}

/// Where tags stand between the pairs that mean to be those of one and are misspelt, all of them, so that [`find`] takes
/// them for nothing, or for spans of the content.
pub(crate) fn misspelt_pairs(text: &str, gap: Span) -> impl Iterator<Item = usize> {
    let bytes = &text.as_bytes()[gap.range()];
    memchr::memchr_iter(b'=', bytes).filter_map(move |equals| {
        let window = equals.saturating_sub(LONGEST);
        let before = bytes[window..equals].trim_ascii_end();
        let name = before.last_chunk().filter(|name: &&[u8; 5]| name.eq_ignore_ascii_case(b"tu-id"));
        let start = memchr::memrchr(b'<', name.and(Some(before))?)?;
        let is_span = before.get(start..start + 5).is_some_and(|tag| tag.eq_ignore_ascii_case(b"<span"));
        is_span.then_some(gap.start as usize + window + start)
    })
}

/// How a tag of this kind is written.
pub(super) fn canonical(kind: TagKind, id: &str) -> String {
    match kind {
        TagKind::Target => format!("<span data-ttu-id=\"{id}\">"),
        TagKind::Source => format!("<span data-stu-id=\"{id}\">"),
        TagKind::Lookup => "<span class=\"sxs-lookup\">".into(),
        TagKind::Close | TagKind::Other => "</span>".into(),
    }
}

/// Longest tag that is taken for a misspelt one, in bytes.
const LONGEST: usize = 160;

/// A tag in another case, with blanks, other quotes or entities, or with a misspelt attribute.
fn misspelt(text: &str, at: usize, after_lookup: bool) -> Option<Tag> {
    let rest = &text[at..];
    let inner = rest.strip_prefix('<').or_else(|| rest.strip_prefix("&lt;"))?;
    let name = inner.trim_start_matches([' ', '/']);
    let closes = inner.trim_start().starts_with('/');
    let after_name = name.get(..4).filter(|word| word.eq_ignore_ascii_case("span")).map(|_| &name[4..])?;
    let attributes_at = text.len() - after_name.len();
    let window =
        &after_name[..after_name.char_indices().nth(LONGEST).map_or(after_name.len(), |(end, _)| end)];
    let ends = [("&gt;", 4), (">", 1)].map(|(end, len)| window.find(end).map(|found| (found, found + len)));
    let end = ends.into_iter().flatten().min().filter(|(found, _)| !window[..*found].contains(['<', '\n']));
    // Without an end, it ends where another tag begins at the latest, so that it takes none of that.
    let (attributes, len) = match end {
        Some((found, end)) => (&window[..found], Some(end)),
        None => (&window[..next_tag(window)], None),
    };
    if closes {
        let end = attributes_at + len.filter(|_| attributes.trim().is_empty())?;
        return Some(Tag { kind: TagKind::Close, span: Span::new(at, end), id: Span::at(at), exact: false });
    }
    let Some((kind, id)) = attribute(attributes, after_lookup) else {
        let end = attributes_at + len.filter(|_| !attributes.ends_with('/'))?;
        return Some(Tag { kind: TagKind::Other, span: Span::new(at, end), id: Span::at(at), exact: false });
    };
    let id = Span::new(attributes_at + id.start, attributes_at + id.end);
    // Without its `>`, the tag ends with its value and the quote after that.
    let value_end = id.end as usize + usize::from(text[id.end as usize..].starts_with(['"', '\'']));
    let end = len.map_or(value_end, |len| attributes_at + len);
    let id = if kind == TagKind::Lookup { Span::at(at) } else { id };
    Some(Tag { kind, span: Span::new(at, end), id, exact: false })
}

/// Where a span tag begins in what may be the attributes of another, or their end.
fn next_tag(attributes: &str) -> usize {
    let begins = |(at, _): &(usize, &str)| {
        let name = attributes[at + 1..].trim_start_matches('/');
        name.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("span"))
    };
    attributes.match_indices('<').find(begins).map_or(attributes.len(), |(at, _)| at)
}

/// What the attributes of a tag mean it to be, and where the value is.
fn attribute(attributes: &str, after_lookup: bool) -> Option<(TagKind, std::ops::Range<usize>)> {
    const NEAR: usize = 2;
    for (equals, _) in attributes.match_indices('=') {
        let name = attributes[..equals].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let value_at = equals + 1 + attributes[equals + 1..].len()
            - attributes[equals + 1..].trim_start_matches([' ', '"', '\'']).len();
        let value_len =
            attributes[value_at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        let value = value_at..value_len.map_or(attributes.len(), |len| value_at + len);
        let text = attributes[value.clone()].to_ascii_lowercase();
        let to_lookup = strsim::levenshtein(&text, "sxs-lookup");
        if to_lookup <= NEAR + 1 && strsim::levenshtein(&name, "class") <= NEAR {
            return Some((TagKind::Lookup, value));
        }
        let (target, source) =
            (strsim::levenshtein(&name, "data-ttu-id"), strsim::levenshtein(&name, "data-stu-id"));
        if target.min(source) <= NEAR {
            let is_source = source < target || (source == target && after_lookup);
            return Some((if is_source { TagKind::Source } else { TagKind::Target }, value));
        }
    }
    None
}
