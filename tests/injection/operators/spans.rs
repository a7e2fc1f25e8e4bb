//! Damage to the spans of a pair.

use super::{CLOSE, LOOKUP, Operator, in_pair, next_starts_line, pair, tags, with};

pub(super) const ALL: &[(&str, Operator)] = &[
    ("target close tag lost", |d, u| {
        in_pair(d, u, &format!("{CLOSE}{LOOKUP}"), LOOKUP, "span/unclosed", tags(d, u).0)
    }),
    ("source and lookup close tags lost", |d, u| {
        let last = d.file.text()[d.units[u].span.end as usize..].starts_with(['\n', '\r']);
        let whole = pair(d, u).strip_suffix("</span></span>")?.to_string();
        last.then(|| in_pair(d, u, pair(d, u), &whole, "span/unclosed", tags(d, u).1))?
    }),
    ("one close tag lost at the end", |d, u| {
        let less = pair(d, u).strip_suffix(CLOSE)?.to_string();
        in_pair(d, u, pair(d, u), &less, "span/unclosed", LOOKUP)
    }),
    ("a close tag too many", |d, u| {
        let end = d.units[u].span.end;
        Some((with(d, end, end, CLOSE), "span/unclosed", end as usize))
    }),
    ("source half lost", |d, u| {
        let half = pair(d, u).split(LOOKUP).next()?.to_string();
        in_pair(d, u, pair(d, u), &half, "span/unpaired", "<")
    }),
    ("target half lost", |d, u| {
        let half = format!("{LOOKUP}{}", pair(d, u).split_once(LOOKUP)?.1);
        in_pair(d, u, pair(d, u), &half, "span/unpaired", "<")
    }),
    ("target opening tag lost", |d, u| in_pair(d, u, tags(d, u).0, "", "span/unpaired", LOOKUP)),
    ("target tag in single quotes", |d, u| {
        let tag = tags(d, u).0.replace('"', "'");
        in_pair(d, u, tags(d, u).0, &tag, "span/malformed", &tag)
    }),
    ("source tag without quotes", |d, u| {
        let tag = tags(d, u).1.replace('"', "");
        in_pair(d, u, tags(d, u).1, &tag, "span/malformed", &tag)
    }),
    ("source tag in upper case", |d, u| {
        let tag = tags(d, u).1.replace("<span", "<SPAN");
        in_pair(d, u, tags(d, u).1, &tag, "span/malformed", &tag)
    }),
    ("class misspelt", |d, u| {
        in_pair(d, u, "sxs-lookup", "sxs-lokup", "span/malformed", "<span class=\"sxs-lokup\">")
    }),
    ("a blank too many in the target tag", |d, u| {
        in_pair(d, u, "<span data-ttu", "<span  data-ttu", "span/malformed", "<span  data")
    }),
    ("an attribute added to the target tag", |d, u| {
        in_pair(d, u, "<span data-ttu", "<span dir=\"auto\" data-ttu", "span/malformed", "<span dir")
    }),
    ("source attribute misspelt", |d, u| {
        in_pair(d, u, "data-stu-id", "data-stuid", "span/malformed", "<span data-stuid")
    }),
    ("target tag escaped", |d, u| {
        let tag = tags(d, u).0.replace('<', "&lt;").replace('>', "&gt;");
        in_pair(d, u, tags(d, u).0, &tag, "span/malformed", "&lt;")
    }),
    ("quote of the source tag lost", |d, u| {
        let tag = tags(d, u).1.replace("\">", ">");
        in_pair(d, u, tags(d, u).1, &tag, "span/malformed", &tag)
    }),
    ("target close tag in upper case", |d, u| {
        in_pair(d, u, &format!("{CLOSE}{LOOKUP}"), &format!("</SPAN>{LOOKUP}"), "span/malformed", "</SPAN>")
    }),
    ("a blank between target and lookup", |d, u| {
        let gap = format!("{CLOSE} {LOOKUP}");
        let (text, rule, at) = in_pair(d, u, &format!("{CLOSE}{LOOKUP}"), &gap, "span/malformed", &gap)?;
        Some((text, rule, at + CLOSE.len()))
    }),
    ("text between target and lookup", |d, u| {
        let gap = format!("{CLOSE}.{LOOKUP}");
        let (text, rule, at) = in_pair(d, u, &format!("{CLOSE}{LOOKUP}"), &gap, "span/malformed", &gap)?;
        Some((text, rule, at + CLOSE.len()))
    }),
    ("lookup tag lost", |d, u| {
        let bare = pair(d, u).replace(LOOKUP, "").strip_suffix(CLOSE)?.to_string();
        in_pair(d, u, pair(d, u), &bare, "span/malformed", tags(d, u).1)
    }),
    ("lookup tag doubled", |d, u| {
        let (text, _, at) = in_pair(d, u, LOOKUP, &LOOKUP.repeat(2), "span/unpaired", tags(d, u).0)?;
        Some((text, "span/unpaired", at))
    }),
    ("target emptied", |d, u| {
        let target = d.target(&d.units[u]);
        in_pair(
            d,
            u,
            &format!("\">{target}{CLOSE}{LOOKUP}"),
            &format!("\">{CLOSE}{LOOKUP}"),
            "span/empty",
            tags(d, u).0,
        )
    }),
    ("next pair moved into the target", |d, u| {
        let next = next_starts_line(d, u)?;
        let (this, inner) = (d.units[u].span, pair(d, next));
        let outer = pair(d, u).replacen(&format!("{CLOSE}{LOOKUP}"), &format!("{inner}{CLOSE}{LOOKUP}"), 1);
        let at = this.start as usize + outer.find(inner)?;
        Some((with(d, this.start, d.units[next].span.end, &outer), "span/nested", at))
    }),
    ("pair put in backticks", |d, u| {
        let whole = Some(pair(d, u)).filter(|pair| !pair.contains('`'))?;
        in_pair(d, u, whole, &format!("`{whole}`"), "span/in-code", "<")
    }),
    ("line break in a heading", |d, u| {
        let heading = d.headings().iter().find(|heading| heading.units.start == u)?;
        let text = d.units[heading.units.start].target.text;
        let blank = text.start as usize + d.slice(text).find(' ')?;
        Some((with(d, blank as u32, blank as u32 + 1, "\n"), "span/line-break", blank))
    }),
];
