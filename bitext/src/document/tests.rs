use super::*;

fn pair(number: u32, target: &str, source: &str) -> String {
    format!(
        "<span data-ttu-id=\"0a0a0-{number}\">{target}</span><span class=\"sxs-lookup\">\
         <span data-stu-id=\"0a0a0-{number}\">{source}</span></span>"
    )
}

fn read(text: &str) -> Document {
    Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
}

/// A document with a unit in every kind of block.
fn whole() -> String {
    [
        "---\ntitle: Začínáme\nms.contentlocale: cs-CZ\nms.lasthandoff: 05/19/2021\n---\n".to_string(),
        format!("# <a name=\"get-started\"></a>{}\n\n", pair(103, "Začínáme", "Get started")),
        format!("{} {}\n\n", pair(104, "Jedna.", "One."), pair(105, "Dvě.", "Two.")),
        format!("- {}\n- [{}](next.md)\n\n", pair(106, "Položka", "Item"), pair(107, "Další", "Next")),
        format!("1. {}\n\n   {}\n\n", pair(108, "Krok", "Step"), pair(109, "Podrobnosti", "Details")),
        format!(
            "| {} | {} |\n|---|---|\n| {} | x |\n\n",
            pair(110, "A", "A"),
            pair(111, "B", "B"),
            pair(112, "C", "C")
        ),
        format!("> [!NOTE]\n> {}\n\n> {}\n\n", pair(113, "Pozor.", "Mind."), pair(114, "Citát.", "Quote.")),
        format!("<table><tr><td>{}</td></tr></table>\n\n", pair(115, "Buňka", "Cell")),
        format!("### <a name=\"more\"></a>{}\n", pair(116, "Více", "More")),
    ]
    .concat()
}

#[test]
fn units_know_their_block() {
    let document = read(&whole());
    let blocks: Vec<Block> = (0..document.units.len()).map(|unit| document.block(unit)).collect();
    let item = Block::ListItem;
    let cell = Block::TableCell;
    assert_eq!(
        blocks,
        [
            Block::Heading(1),
            Block::Paragraph,
            Block::Paragraph,
            item,
            item,
            item,
            item,
            cell,
            cell,
            cell,
            Block::Alert,
            Block::Quote,
            Block::Html,
            Block::Heading(3),
        ]
    );
}

#[test]
fn headings_have_anchors() {
    let document = read(&whole());
    let shown: Vec<_> =
        document.anchors.iter().map(|anchor| (document.slice(anchor.name), anchor.unit)).collect();
    assert_eq!(shown, [("get-started", Some(0)), ("more", Some(13))]);
    let other = read(
        "See <a name=\"here\"></a> and\n- ## <a name=\"in-a-list\"></a>`code`\n#<a name=\"no-blank\"></a>x\n",
    );
    let shown: Vec<_> = other.anchors.iter().map(|anchor| (other.slice(anchor.name), anchor.unit)).collect();
    assert_eq!(shown, [("in-a-list", None)]);
}

#[test]
fn every_span_slices_back() {
    let text = whole();
    let document = read(&text);
    assert_eq!(document.units.len(), 14);
    for unit in &document.units {
        let number = unit.number.unwrap();
        assert_eq!(document.slice(unit.span), pair(number, document.target(unit), document.source(unit)));
    }
    assert!(text[document.body()..].starts_with("# <a name"));
    assert_eq!(document.slice(document.provenance.locale.unwrap()), "cs-CZ");
    assert_eq!(document.provenance.hand_off_date.unwrap().to_string(), "2021-05-19");
}

#[test]
fn odd_files_are_documents_too() {
    for text in
        ["", "\n", "---", "---\n", "---\n---", "\u{feff}", "no final newline", "\r\r\n", "---\n---\n<span"]
    {
        let document = read(text);
        assert!(document.units.is_empty() && document.faults.is_empty(), "{text:?}");
    }
    let crlf = whole().replace('\n', "\r\n");
    let document = read(&crlf);
    assert_eq!((document.units.len(), document.anchors.len()), (14, 2));
    assert_eq!(document.block(7), Block::TableCell);
}

#[test]
fn close_tags_in_code_blocks_are_text() {
    let text = format!("{}\n\n```html\n</span>\n```\n\nThen </span>.\n", pair(103, "a", "b"));
    let document = read(&text);
    let places: Vec<u32> =
        document.faults.iter().map(|fault| document.file.position(fault.span.start).line).collect();
    assert_eq!(places, [7]);
    let sound = [
        format!("{}\n\n```\n<span data-ttu-id=\"0a0a0-103\">a</span>\n```\n", pair(103, "a", "b")),
        format!("{}\n\n<!-- </span> -->\n", pair(103, "a", "b")),
        format!("<span id=\"k\">{}\n\n```\n</span>\n```\n\n</span>\n", pair(103, "a", "b")),
        pair(103, "`a </span> b`", "`a </span> b`"),
        format!("Viz `a`{} a `b`\n", pair(103, "`c` d", "`c` e")),
    ];
    for text in sound {
        let document = read(&text);
        assert_eq!((document.faults.len(), document.units.len()), (0, 1), "{text}");
    }
}

#[test]
fn an_indented_key_does_not_become_part_of_the_one_before() {
    let document = read("---\nms.openlocfilehash: aa177674\n ms.sourcegitcommit: bb\n---\n");
    assert_eq!(document.provenance.source_hash, None);
}

#[test]
fn what_is_like_another_locale_is_read_alike() {
    let units = |sources: &[&str]| -> String {
        let pairs = sources.iter().zip(1..).map(|(source, number)| pair(number, "Krok `a`", source));
        pairs.map(|pair| pair + "\n\n").collect()
    };
    let sources =
        ["One `a`.", "Two [b](c.md).", "One `a`.", "Three: <b>3</b>", "Four", "Five", "Six `6`", "7"];
    let first = read(&units(&sources));
    for (from, to) in [(0, 8), (1, 3), (0, 1), (6, 8), (0, 0)] {
        let mut others = sources[from..].to_vec();
        others.extend(&sources[..to]);
        let text = units(&others);
        let like =
            Document::parse_like(SourceFile::from_bytes(text.clone().into_bytes()).unwrap(), Some(&first));
        assert_eq!(like.units, read(&text).units);
    }
}

#[test]
fn a_heading_may_begin_in_the_pair_before() {
    let pair = |number: u32, target: &str| {
        format!(
            "<span data-ttu-id=\"1a2b3-{number}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"1a2b3-{number}\">Store</span></span>"
        )
    };
    let text = format!("{} {}\n", pair(101, "Sklad\n# Přístav"), pair(102, "Moře"));
    let document = Document::parse(SourceFile::from_bytes(text.into_bytes()).unwrap());
    let headings: Vec<_> = document.headings().iter().map(|heading| heading.units.clone()).collect();
    assert_eq!(headings, [1..2]);
}
