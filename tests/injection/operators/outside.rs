//! Damage outside the pairs, and to source sides.

use super::{Operator, line_start, next_starts_line, put_before, with};

pub(super) const ALL: &[(&str, Operator)] = &[
    ("anchor lost", |d, u| {
        let anchor = d.anchors.get(u)?.span;
        let hash = d.file.text()[..anchor.start as usize].rfind('\n')? + 1;
        Some((with(d, anchor.start, anchor.end, ""), "anchor/missing", hash))
    }),
    ("anchor translated", |d, u| {
        let name = d.anchors.get(u)?.name;
        Some((with(d, name.start, name.end, "preklad"), "anchor/slug", name.start as usize))
    }),
    ("prose added outside the pairs", |d, u| {
        let added = "\nSlova mimo všechny dvojice.\n";
        let at = d.file.text().trim_end().len();
        (u == 0).then(|| (format!("{}\n{added}", d.file.text().trim_end()), "span/uncovered-text", at + 2))
    }),
    ("image added between two headings' texts", |d, u| {
        let next = next_starts_line(d, u).filter(|next| {
            d.file.text()[d.units[u].span.end as usize..d.units[*next].span.start as usize].contains("\n\n")
        })?;
        let at = d.units[next].span.start;
        let line = d.file.text()[..at as usize].ends_with('\n');
        line.then(|| (with(d, at, at, "![Obrázek](a.png)\n\n"), "id/gap", at as usize))
    }),
    ("a letter of the source side changed", |d, u| {
        let source = d.units[u].source.text;
        let letter = d.slice(source).rfind(|c: char| c.is_ascii_lowercase())?;
        let word = d.slice(source)[..letter].rfind(' ').map_or(0, |blank| blank + 1);
        let at = source.start + letter as u32;
        let plain = !d.slice(source).contains(['`', '[', '<', '*']);
        let new = if d.slice(source).as_bytes()[letter] == b'x' { "y" } else { "x" };
        plain.then(|| (with(d, at, at + 1, new), "parity/source-text", source.start as usize + word))
    }),
    ("a letter of a code block changed", |d, u| {
        let word = d.file.text().find("dist\n```").filter(|_| u == 0)?;
        Some((with(d, word as u32 + 1, word as u32 + 2, "u"), "parity/skeleton", word))
    }),
    ("a line of a code block lost", |d, u| {
        let line = d.file.text().find("harbor pack --output dist\n```").filter(|_| u == 0)?;
        let end = line as u32 + "harbor pack --output dist\n".len() as u32;
        Some((with(d, line as u32, end, ""), "parity/skeleton", line - 1))
    }),
    ("a letter of a link target changed", |d, u| {
        let end = d.units[u].span.end as usize;
        let rest = d.file.text()[end..].strip_prefix("](")?;
        let dot = end + 2 + rest.find(".md)")?;
        Some((with(d, dot as u32 - 1, dot as u32, "x"), "parity/skeleton", end))
    }),
    ("an alert made another", |d, u| {
        let at = d.file.text().find("[!NOTE]").filter(|_| u == 0)?;
        Some((with(d, at as u32, at as u32 + 7, "[!TIP]"), "parity/skeleton", at))
    }),
    ("code put between", |d, u| put_before(d, u, "```console\nharbor pull --all\n```\n\n")),
    ("a link put between", |d, u| put_before(d, u, "[push](push.md)\n\n")),
    ("inline code put between", |d, u| put_before(d, u, "`harbor`\n\n")),
    ("an include put between", |d, u| put_before(d, u, "[!INCLUDE [pull](includes/pull.md)]\n\n")),
    ("an alert put between", |d, u| put_before(d, u, "> [!TIP]\n")),
    ("a line break put between", |d, u| put_before(d, u, "<br/>\n\n")),
    ("a tag put between", |d, u| put_before(d, u, "<div class=\"wide\">\n\n")),
    ("an anchor put between", |d, u| put_before(d, u, "<a name=\"pull\"></a>\n\n")),
    ("a directive put between", |d, u| put_before(d, u, ":::row:::\n\n")),
    ("an address put between", |d, u| put_before(d, u, "https://harbor.example/pull\n\n")),
    ("an image without alt text put between", |d, u| put_before(d, u, "![](media/pull.png)\n\n")),
    ("a code block doubled", |d, u| {
        let (text, mark) = (d.file.text(), "\n```\n");
        let end = text.find(mark).filter(|_| u == 0)? + mark.len();
        let start = text[..end - mark.len()].rfind("```")?;
        Some((
            with(d, end as u32, end as u32, &format!("\n{}", &text[start..end])),
            "parity/skeleton",
            end + 1,
        ))
    }),
    ("both versions of a merge", |d, u| {
        let start = line_start(d, u)?;
        let text = d.file.text();
        let end = start + text[start..].find('\n')?;
        let line = &text[start..end];
        let both = format!("<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> mirror");
        Some((with(d, start as u32, end as u32, &both), "markup/merge-conflict", start))
    }),
    ("a mark of a merge left over", |d, u| {
        let start = line_start(d, u)?;
        let mark = ">>>>>>> 3f2c9ab (Handoff)\n";
        Some((with(d, start as u32, start as u32, mark), "markup/merge-conflict", start))
    }),
];
