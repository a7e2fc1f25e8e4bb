//! Texts made of what documents are made of, in any order.

use proptest::prelude::*;
use proptest::sample::select;

/// Prose in many scripts, and the signs that rules look at.
const PROSE: [&str; 40] = [
    "Uložte soubor",
    "die Datei",
    "Скачайте пакет",
    "ファイルを保存",
    "설정 열기",
    "儲存檔案",
    "احفظ الملف",
    "บันทึกไฟล์",
    "İzmir’e ılık",
    "the file",
    "The guide",
    "Harbor Relay",
    "NuGet",
    " ",
    "  ",
    "\u{a0}",
    ". ",
    ", ",
    " -",
    "- ",
    "(",
    ")",
    "「",
    "」",
    "\"",
    "„",
    "“",
    "’",
    "1,5 GB",
    "4.8",
    "30",
    "%s",
    "{0}",
    "$(a)",
    "&nbsp;",
    "&lt;b&gt;",
    "\u{200f}",
    "\u{301}",
    "😀",
    "--force",
];

/// Markup that stands in texts.
const MARKUP: [&str; 20] = [
    "`code`",
    "`",
    "**",
    "**bold**",
    "*",
    "_a_",
    "[text](guide.md)",
    "[text] (a.md)",
    "](",
    "![alt](a.png)",
    "<b>",
    "</b>",
    "<br/>",
    "\\*",
    "https://example.com/a",
    "C:\\a\\b.txt",
    "\n",
    "\r\n",
    "<!-- loclint-disable-next-unit text -->",
    "[!INCLUDE [a](b.md)]",
];

/// Tags of pairs, whole and broken.
const TAGS: [&str; 10] = [
    "<span data-ttu-id=\"3f9a2-103\">",
    "</span>",
    "<span class=\"sxs-lookup\">",
    "<span data-stu-id=\"3f9a2-103\">",
    "<span",
    "<SPAN data-ttu-id='3f9a2-104'>",
    "&lt;span data-tu-id=\"3f9a2-105\"&gt;",
    "<span class=\"sxs-lokup\">",
    "</span >",
    "<span id=\"x\"/>",
];

/// What stands between pairs.
const BLOCKS: [&str; 18] = [
    "\n",
    "\n\n",
    "\r\n",
    "# ",
    "## <a name=\"a\"></a>",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n> ",
    "    ",
    "```bash\na\n```\n",
    "```\n",
    "| ",
    "\n|---|---|\n",
    "<!-- loclint-disable text: a -->",
    "<!-- loclint-enable -->",
    "<!-- ",
    "[r]: a.md\n",
];

/// Lines of front matter and of settings, and what YAML makes of lines.
const LINES: [&str; 36] = [
    "title: Přehled",
    "description: >-",
    "  a",
    "ms.date: 02/15/2021",
    "ms.openlocfilehash: 0000000000000000000000000000000000000001",
    "ms.sourcegitcommit: abc",
    "ms.translationtype: MT",
    "ms.contentlocale: cs-CZ",
    "ms.lasthandoff: 04/06/2021",
    "ms.locfileid: \"112576751\"",
    "a: 'b",
    "b: \"x\\u00e9\"",
    "- a",
    "  - name: b",
    "    forbid: '(?i)a(?<at>b)'",
    "    description: c",
    "    in: {front-matter: title}",
    "    fix: {replace: '{at}', safe: true}",
    "    message: '{0}'",
    "category: house",
    "rules:",
    "  text: off",
    "overrides:",
    "  text/length: {}",
    "gate: {fail-on: error",
    "c: [a, b]",
    "d: &x *x",
    "? e",
    "---",
    "...",
    "",
    "\tf: g",
    "# h",
    "loclint-disable: [text]",
    "packs: house.yml",
    "日本: 語",
];

fn some(parts: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(parts).prop_map(str::to_string)
}

/// The text of a side.
fn side() -> impl Strategy<Value = String> {
    let part = prop_oneof![6 => some(&PROSE), 3 => some(&MARKUP), 1 => some(&TAGS), 1 => "\\PC{0,4}"];
    prop::collection::vec(part, 0..7).prop_map(|parts| parts.concat())
}

fn pair() -> impl Strategy<Value = String> {
    (101u32..120, side(), side(), any::<prop::sample::Index>(), 0u8..8).prop_map(
        |(number, target, source, at, damage)| {
            let whole = format!(
                "<span data-ttu-id=\"3f9a2-{number}\">{target}</span><span class=\"sxs-lookup\">\
             <span data-stu-id=\"3f9a2-{number}\">{source}</span></span>"
            );
            // One in eight lacks a character.
            let lost = (damage == 0).then(|| at.index(whole.chars().count()));
            whole.chars().enumerate().filter(|(at, _)| Some(*at) != lost).map(|(_, c)| c).collect()
        },
    )
}

fn front() -> impl Strategy<Value = String> {
    let block = prop::collection::vec(some(&LINES), 0..12)
        .prop_map(|lines| format!("---\n{}\n---\n", lines.join("\n")));
    let mark = prop_oneof![9 => Just(""), 1 => Just("\u{feff}")];
    prop_oneof![1 => Just(String::new()), 3 => (mark, block).prop_map(|(mark, block)| format!("{mark}{block}"))]
}

/// A document: front matter, and pairs between blocks.
pub(crate) fn document() -> impl Strategy<Value = String> {
    let part = prop_oneof![5 => pair(), 5 => some(&BLOCKS), 1 => some(&TAGS), 1 => side()];
    (front(), prop::collection::vec(part, 0..12), prop::bool::weighted(0.1)).prop_map(
        |(front, parts, crlf)| {
            let text = front + &parts.concat();
            if crlf { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text }
        },
    )
}

/// Lines of YAML.
pub(crate) fn yaml() -> impl Strategy<Value = String> {
    let line = prop_oneof![6 => some(&LINES), 1 => "[a-z:#'\"|>&*?\\-\\[\\]{} é日]{0,12}"];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}
