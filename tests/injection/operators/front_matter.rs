//! Damage to front matter.

use super::{Operator, front, in_front, line, with};

pub(super) const ALL: &[(&str, Operator)] = &[
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
        (u == 0).then(|| in_front(d, "ms.locfileid", |l| l.replace('"', ""), "front-matter/format", &bare))?
    }),
    ("locale in lower case", |d, u| {
        let lower = front(d, "ms.contentlocale")?.to_lowercase();
        (u == 0).then(|| in_front(d, "ms.contentlocale", str::to_lowercase, "front-matter/format", &lower))?
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
            in_front(d, "ms.topic", |l| l.replace("topic", "tpoic"), "front-matter/translated", "ms.tpoic")
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
        let swapped = d.file.text().replacen(&format!("{commit}\n{kind}"), &format!("{kind}\n{commit}"), 1);
        let at = swapped.find(&commit)?;
        (u == 0).then_some((swapped, "front-matter/order", at))
    }),
    ("provenance key lost", |d, u| {
        const KEYS: [&str; 6] = bitext::PROVENANCE_KEYS;
        let key = *KEYS.get(u)?;
        let at = d.file.text().find(&line(d, key)?)?;
        Some((d.file.text().replacen(&format!("{}\n", line(d, key)?), "", 1), "front-matter/missing-key", at))
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
];
