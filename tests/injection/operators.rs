//! The operators: each plants one fault in a document, and says which rule must find it where.

use bitext::{Document, SourceFile};

const CLOSE: &str = "</span>";
const LOOKUP: &str = "<span class=\"sxs-lookup\">";

/// A damaged text, the rule that must speak up, and the byte of the text where.
pub(crate) type Damage = (String, &'static str, usize);

/// An operator: damages a document at a unit, or gives up where it does not apply.
pub(crate) type Operator = fn(&Document, usize) -> Option<Damage>;

pub(crate) fn parse(text: &str) -> Document {
    Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
}

/// `text` with a stretch replaced.
pub(crate) fn with(document: &Document, from: u32, to: u32, new: &str) -> String {
    let text = document.file.text();
    format!("{}{new}{}", &text[..from as usize], &text[to as usize..])
}

/// The pair of a unit as text.
fn pair(document: &Document, unit: usize) -> &str {
    document.slice(document.units[unit].span)
}

/// Replaces a piece of a unit's pair; the fault is where `place` starts in the new pair.
fn in_pair(
    document: &Document,
    unit: usize,
    old: &str,
    new: &str,
    rule: &'static str,
    place: &str,
) -> Option<Damage> {
    let span = document.units[unit].span;
    let damaged =
        Some(pair(document, unit).replacen(old, new, 1)).filter(|new| new != pair(document, unit))?;
    let at = span.start as usize + damaged.find(place)?;
    Some((with(document, span.start, span.end, &damaged), rule, at))
}

fn tags(document: &Document, unit: usize) -> (&str, &str) {
    let unit = &document.units[unit];
    (document.slice(unit.target.tag), document.slice(unit.source.tag))
}

fn id(document: &Document, unit: usize) -> &str {
    document.slice(document.units[unit].target.id)
}

/// A line of the front matter replaced, with the fault at `place` in the new line.
fn in_front(
    document: &Document,
    key: &str,
    new: impl Fn(&str) -> String,
    rule: &'static str,
    place: &str,
) -> Option<Damage> {
    let text = document.file.text();
    let line = text.lines().find(|line| line.starts_with(&format!("{key}:")))?;
    let at = text.find(line)?;
    let new = Some(new(line)).filter(|new| new != line)?;
    let place = at + new.find(place)?;
    Some((format!("{}{new}{}", &text[..at], &text[at + line.len()..]), rule, place))
}

fn next_starts_line(document: &Document, unit: usize) -> Option<usize> {
    let (this, next) = (document.units.get(unit)?, document.units.get(unit + 1)?);
    let between = document.file.text().get(this.span.end as usize..next.span.start as usize)?;
    between.trim().is_empty().then_some(unit + 1)
}

#[allow(clippy::too_many_lines, reason = "a table")]
pub(crate) fn operators() -> Vec<(&'static str, Operator)> {
    vec![
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
            in_pair(
                d,
                u,
                &format!("{CLOSE}{LOOKUP}"),
                &format!("</SPAN>{LOOKUP}"),
                "span/malformed",
                "</SPAN>",
            )
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
            let outer =
                pair(d, u).replacen(&format!("{CLOSE}{LOOKUP}"), &format!("{inner}{CLOSE}{LOOKUP}"), 1);
            let at = this.start as usize + outer.find(inner)?;
            Some((with(d, this.start, d.units[next].span.end, &outer), "span/nested", at))
        }),
        ("pair put in backticks", |d, u| {
            let whole = Some(pair(d, u)).filter(|pair| !pair.contains('`'))?;
            in_pair(d, u, whole, &format!("`{whole}`"), "span/in-code", "<")
        }),
        ("source id mistyped", |d, u| {
            let wrong = id(d, u).replacen(|c: char| c.is_ascii_hexdigit(), "0", 1);
            let (text, rule, at) = in_pair(
                d,
                u,
                tags(d, u).1,
                &tags(d, u).1.replace(id(d, u), &wrong),
                "id/mismatch",
                "data-stu-id",
            )?;
            Some((text, rule, at + "data-stu-id=\"".len()))
        }),
        ("target number mistyped", |d, u| {
            let wrong = format!("{}7", id(d, u).strip_suffix(|c: char| c.is_ascii_digit() && c != '7')?);
            let tag = tags(d, u).0.replace(id(d, u), &wrong);
            in_pair(d, u, tags(d, u).0, &tag, "id/mismatch", &wrong)
        }),
        ("prefix mistyped on both sides", |d, u| {
            let wrong = id(d, u).replacen(|c: char| c.is_ascii_hexdigit() && c != '0', "0", 1);
            let whole = pair(d, u).replace(id(d, u), &wrong);
            (d.units.len() > 2).then(|| in_pair(d, u, pair(d, u), &whole, "id/prefix", &wrong))?
        }),
        ("id without its hyphen", |d, u| {
            let wrong = id(d, u).replace('-', "_");
            in_pair(d, u, pair(d, u), &pair(d, u).replace(id(d, u), &wrong), "id/malformed", &wrong)
        }),
        ("pair pasted twice", |d, u| {
            let (end, whole) = (d.units[u].span.end, pair(d, u).to_string());
            let at = end as usize + 1 + whole.find(id(d, u))?;
            Some((with(d, end, end, &format!(" {whole}")), "id/duplicate", at))
        }),
        ("two pairs swapped", |d, u| {
            let next = next_starts_line(d, u)?;
            let (first, second) = (d.units[u].span, d.units[next].span);
            let between = d.file.text()[first.end as usize..second.start as usize].to_string();
            let swapped = format!("{}{between}{}", pair(d, next), pair(d, u));
            // The one that comes too early is called out of order.
            let at = first.start as usize + pair(d, next).find(id(d, next))?;
            Some((with(d, first.start, second.end, &swapped), "id/order", at))
        }),
        ("pair deleted", |d, u| {
            let (this, next) = (&d.units[u], d.units.get(u + 1)?);
            // The first number of the document may go: then nothing but the siblings tells.
            Some((
                with(d, this.span.start, this.span.end, ""),
                "parity/unit-ids",
                next.span.start as usize - this.span.len(),
            ))
        }),
        ("number changed on both sides", |d, u| {
            let (last, own) = (d.units.len() - 1, id(d, u).to_string());
            let wrong = format!("{}-999", own.split_once('-')?.0);
            let whole = pair(d, u).replace(&own, &wrong);
            (u == last).then(|| in_pair(d, u, pair(d, u), &whole, "parity/unit-ids", &wrong))?
        }),
        ("first number below 101", |d, u| {
            let wrong = format!("{}-003", id(d, u).split_once('-')?.0);
            let whole = pair(d, u).replace(id(d, u), &wrong);
            (u == 0).then(|| in_pair(d, u, pair(d, u), &whole, "id/start", &wrong))?
        }),
        ("hash cut", |d, u| {
            (u == 0).then(|| {
                in_front(
                    d,
                    "ms.openlocfilehash",
                    |l| l[..l.len() - 1].into(),
                    "front-matter/format",
                    &front(d, "ms.openlocfilehash")?[..9],
                )
            })?
        }),
        ("commit in upper case", |d, u| {
            let value = front(d, "ms.sourcegitcommit")?.to_uppercase();
            (u == 0).then(|| {
                in_front(
                    d,
                    "ms.sourcegitcommit",
                    |_| format!("ms.sourcegitcommit: {value}"),
                    "front-matter/format",
                    &value,
                )
            })?
        }),
        ("file id without quotes", |d, u| {
            let bare = front(d, "ms.locfileid")?.replace('"', "");
            (u == 0)
                .then(|| in_front(d, "ms.locfileid", |l| l.replace('"', ""), "front-matter/format", &bare))?
        }),
        ("locale in lower case", |d, u| {
            let lower = front(d, "ms.contentlocale")?.to_lowercase();
            (u == 0)
                .then(|| in_front(d, "ms.contentlocale", str::to_lowercase, "front-matter/format", &lower))?
        }),
        ("another locale", |d, u| {
            (u == 0).then(|| {
                in_front(
                    d,
                    "ms.contentlocale",
                    |_| "ms.contentlocale: fr-FR".into(),
                    "front-matter/locale",
                    "fr-FR",
                )
            })?
        }),
        ("translation type translated", |d, u| {
            (u == 0).then(|| {
                in_front(
                    d,
                    "ms.translationtype",
                    |_| "ms.translationtype: Maschine".into(),
                    "front-matter/format",
                    "Maschine",
                )
            })?
        }),
        ("hand-off without leading zero", |d, u| {
            (u == 0).then(|| {
                in_front(
                    d,
                    "ms.lasthandoff",
                    |l| l.replace(": 0", ": "),
                    "front-matter/format",
                    &front(d, "ms.lasthandoff")?[1..],
                )
            })?
        }),
        ("hand-off in the future", |d, u| {
            (u == 0).then(|| {
                in_front(
                    d,
                    "ms.lasthandoff",
                    |_| "ms.lasthandoff: 12/31/2126".into(),
                    "front-matter/dates",
                    "12/31",
                )
            })?
        }),
        ("article newer than its hand-off", |d, u| {
            (u == 0).then(|| {
                in_front(d, "ms.date", |_| "ms.date: 12/31/2025".into(), "front-matter/dates", "12/31")
            })?
        }),
        ("date of another country", |d, u| {
            (u == 0).then(|| {
                in_front(d, "ms.date", |_| "ms.date: 2021-04-01".into(), "front-matter/format", "2021")
            })?
        }),
        ("key mistyped", |d, u| {
            (u == 0).then(|| {
                in_front(
                    d,
                    "ms.topic",
                    |l| l.replace("topic", "tpoic"),
                    "front-matter/translated",
                    "ms.tpoic",
                )
            })?
        }),
        ("colon in the title", |d, u| {
            (u == 0)
                .then(|| in_front(d, "title", |_| "title: Harbor: x".into(), "front-matter/invalid", ": x"))?
        }),
        ("key doubled", |d, u| {
            let (text, rule, at) =
                in_front(d, "author", |l| format!("{l}\n{l}"), "front-matter/duplicate-key", "\nauthor")?;
            (u == 0).then_some((text, rule, at + 1))
        }),
        ("provenance keys swapped", |d, u| {
            let (kind, commit) = (line(d, "ms.translationtype")?, line(d, "ms.sourcegitcommit")?);
            let swapped =
                d.file.text().replacen(&format!("{commit}\n{kind}"), &format!("{kind}\n{commit}"), 1);
            let at = swapped.find(&commit)?;
            (u == 0).then_some((swapped, "front-matter/order", at))
        }),
        ("provenance key lost", |d, u| {
            const KEYS: [&str; 6] = bitext::PROVENANCE_KEYS;
            let key = *KEYS.get(u)?;
            let at = d.file.text().find(&line(d, key)?)?;
            Some((
                d.file.text().replacen(&format!("{}\n", line(d, key)?), "", 1),
                "front-matter/missing-key",
                at,
            ))
        }),
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
            (u == 0)
                .then(|| (format!("{}\n{added}", d.file.text().trim_end()), "span/uncovered-text", at + 2))
        }),
        ("image added between two headings' texts", |d, u| {
            let next = next_starts_line(d, u).filter(|next| {
                d.file.text()[d.units[u].span.end as usize..d.units[*next].span.start as usize]
                    .contains("\n\n")
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
        ("a letter of the author changed", |d, u| {
            let author = front(d, "author").filter(|_| u == 0)?;
            let new = format!("{}x", &author[..author.len() - 1]);
            in_front(d, "author", |_| format!("author: {new}"), "parity/front-matter", &new)
        }),
        ("two keys exchanged", |d, u| {
            let (author, other) = (line(d, "author").filter(|_| u == 0)?, line(d, "ms.author")?);
            let both = format!("{author}\n{other}");
            let at = d.file.text().find(&both)?;
            let new = format!("{other}\n{author}");
            Some((with(d, at as u32, (at + both.len()) as u32, &new), "parity/front-matter", at))
        }),
        ("a key lost", |d, u| {
            let line = line(d, "ms.topic").filter(|_| u == 0)?;
            let at = d.file.text().find(&line)? as u32;
            Some((with(d, at, at + line.len() as u32 + 1, ""), "parity/front-matter", 0))
        }),
        ("hand-off put off by a day", |d, u| {
            let day = front(d, "ms.lasthandoff").filter(|_| u == 0)?;
            let new = format!("{}29{}", &day[..3], &day[5..]);
            in_front(d, "ms.lasthandoff", |_| format!("ms.lasthandoff: {new}"), "parity/front-matter", &new)
        }),
        ("a digit of the hash changed", |d, u| {
            let hash = front(d, "ms.openlocfilehash").filter(|_| u == 0)?;
            let new = format!("{}{}", &hash[..39], if hash.ends_with('0') { "1" } else { "0" });
            in_front(d, "ms.openlocfilehash", |_| format!("ms.openlocfilehash: {new}"), "parity/commit", &new)
        }),
        ("a digit of the commit changed", |d, u| {
            let commit = front(d, "ms.sourcegitcommit").filter(|_| u == 0)?;
            let new = format!("{}{}", &commit[..39], if commit.ends_with('0') { "1" } else { "0" });
            in_front(d, "ms.sourcegitcommit", |_| format!("ms.sourcegitcommit: {new}"), "parity/commit", &new)
        }),
        ("line break in a heading", |d, u| {
            let heading = d.headings().iter().find(|heading| heading.units.start == u)?;
            let text = d.units[heading.units.start].target.text;
            let blank = text.start as usize + d.slice(text).find(' ')?;
            Some((with(d, blank as u32, blank as u32 + 1, "\n"), "span/line-break", blank))
        }),
    ]
}

/// Where the line of a unit starts, if it is the first one there.
fn line_start(document: &Document, unit: usize) -> Option<usize> {
    let start = document.units[unit].span.start as usize;
    let line = document.file.text()[..start].rfind('\n')? + 1;
    let before = unit.checked_sub(1).map_or(0, |before| document.units[before].span.end as usize);
    (before < line).then_some(line)
}

/// Something put on lines of its own before that of a unit.
fn put_before(document: &Document, unit: usize, text: &str) -> Option<Damage> {
    let line = line_start(document, unit)?;
    let at = line + text.find(|c: char| !matches!(c, '>' | ' '))?;
    Some((with(document, line as u32, line as u32, text), "parity/skeleton", at))
}

fn line(document: &Document, key: &str) -> Option<String> {
    document.file.text().lines().find(|line| line.starts_with(&format!("{key}:"))).map(String::from)
}

fn front(document: &Document, key: &str) -> Option<String> {
    Some(line(document, key)?.split_once(": ")?.1.to_string())
}
