//! Comparing source texts of one article between its locales.

use bitext::Document;

/// The source text without what the publishing system decides per locale: blanks, backslashes and
/// asterisks, and whether a link that is the whole unit, or an anchor before it, stands inside the pair.
pub(crate) fn fold(source: &str) -> String {
    without_whole_link(without_anchor(source.trim()))
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\\' | '*'))
        .collect()
}

/// The folded source texts of a document, in unit order.
pub(crate) fn folded(document: &Document) -> Vec<String> {
    document.units.iter().map(|unit| fold(document.source(unit))).collect()
}

/// The text without empty anchors before it: `<a id="3"></a>Headline`.
fn without_anchor(source: &str) -> &str {
    let mut text = source;
    while let Some(rest) =
        text.strip_prefix("<a ").and_then(|tag| tag.split_once('>')?.1.strip_prefix("</a>"))
    {
        text = rest.trim_start();
    }
    text
}

/// `[text](url)` as `text`, if the link is all there is.
fn without_whole_link(source: &str) -> &str {
    let inner = source.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    match inner.and_then(|inner| inner.split_once("](")) {
        Some((text, url)) if !text.contains(']') && !url.contains([')', ' ']) => text,
        _ => source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_per_locale_is_folded_away() {
        assert_eq!(fold("**Applies to**: a  b"), fold("Applies to:a b"));
        assert_eq!(fold("[Next steps](next.md)"), fold("Next steps"));
        assert_eq!(fold("\\*.nupkg"), fold("*.nupkg"));
        assert_eq!(fold("<a name=\"3\"></a>News"), fold("News"));
        assert_ne!(fold("See [a](a.md)"), fold("See a"));
        assert_ne!(fold("Harbor 4.8"), fold("Harbor 4.9"));
    }
}
