use std::io::Write;

use proptest::prelude::*;

use super::*;

/// Keys and values as text, and the span of each value as a check that it slices back.
fn read(text: &str) -> Vec<(String, String, String)> {
    let front = FrontMatter::parse(text).unwrap();
    assert_eq!(front.error, None);
    let show = |value: &Value| value.scalar().map_or("-".into(), |scalar| scalar.text(text).to_string());
    front
        .entries
        .iter()
        .map(|e| (e.key.text(text).to_string(), show(&e.value), e.value.span().slice(text).to_string()))
        .collect()
}

fn row(key: &str, text: &str, span: &str) -> (String, String, String) {
    (key.into(), text.into(), span.into())
}

#[test]
fn flat_lines_have_spans() {
    let text = "---\ntitle: Začínáme s Harborem\nms.locfileid: \"110147441\"\nempty:\n---\nbody";
    assert_eq!(
        read(text),
        [
            row("title", "Začínáme s Harborem", "Začínáme s Harborem"),
            row("ms.locfileid", "110147441", "\"110147441\""),
            row("empty", "", ""),
        ]
    );
    let front = FrontMatter::parse(text).unwrap();
    assert_eq!(&text[front.block.end as usize..], "body");
    let id = front.entry(text, "ms.locfileid").unwrap().value.scalar().unwrap();
    assert_eq!(id.content().slice(text), "110147441");
}

#[test]
fn everything_else_goes_to_the_library() {
    let text = "---\ntitle: 'it''s'\nms.custom:\n- one\n- \"two\"\nnote: >\n  folded\n  text\nend: x # remark\n---\n";
    assert_eq!(
        read(text),
        [
            row("title", "it's", "'it''s'"),
            row("ms.custom", "-", "- one\n- \"two\""),
            row("note", "folded text\n", "folded\n  text\n"),
            row("end", "x", "x"),
        ]
    );
}

#[test]
fn duplicate_keys_are_kept() {
    for list in ["", "list:\n- a\n"] {
        let text = format!("---\n{list}author: a\nauthor: b\n---\n");
        let front = FrontMatter::parse(&text).unwrap();
        assert_eq!(front.entries.iter().filter(|e| e.key.text(&text) == "author").count(), 2);
        assert_eq!(front.entry(&text, "author").unwrap().value.scalar().unwrap().text(&text), "a");
    }
}

#[test]
fn fences() {
    assert_eq!(FrontMatter::parse("# Heading\n"), None);
    assert_eq!(FrontMatter::parse("---\n\nA thematic break.\n"), None);
    assert_eq!(FrontMatter::parse(""), None);
    let crlf = FrontMatter::parse("\u{feff}---\r\ntitle: a\r\n---\r\nbody").unwrap();
    assert_eq!((crlf.entries.len(), crlf.error), (1, None));
    let open = FrontMatter::parse("---\ntitle: a\n\n# Heading\n").unwrap();
    assert_eq!(open.error.unwrap().message, "no line \"---\" closes the front matter");
}

#[test]
fn errors_point_at_the_byte_and_keep_what_came_before() {
    let text = "---\nauthor: é\ntitle: Nové: verze\n---\n";
    let front = FrontMatter::parse(text).unwrap();
    let error = front.error.unwrap();
    assert_eq!(error.span.slice(text), ":");
    assert_eq!(error.span.start as usize, text.find(": verze").unwrap());
    assert_eq!(front.entries.len(), 2);
    let bomb = format!("---\na: {}1{}\n---\n", "[".repeat(200), "]".repeat(200));
    assert!(FrontMatter::parse(&bomb).unwrap().error.is_some());
    let alias = "---\na: &x 1\nb: [*x, *x]\nc: *y\n---\n";
    assert_eq!(FrontMatter::parse(alias).unwrap().entries.len(), 3);
}

/// Aliases are never expanded and long blocks are refused, so that no block takes long.
#[test]
fn bombs_are_defused() {
    let mut bomb = String::from("---\na0: &a0 [x]\n");
    for level in 1..40 {
        bomb += &format!(
            "a{level}: &a{level} [*a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}]\n",
            level - 1
        );
    }
    let started = std::time::Instant::now();
    assert_eq!(FrontMatter::parse(&format!("{bomb}---\n")).unwrap().entries.len(), 40);
    let long = format!("---\n{}---\n", "key: [value]\n".repeat(4_000_000));
    let front = FrontMatter::parse(&long).unwrap();
    assert!(front.entries.is_empty() && front.error.unwrap().message.contains("bytes, more than"));
    assert!(started.elapsed().as_secs() < 10);
}

#[test]
fn every_kind_of_yaml_is_read() {
    let text = "---\n# remark\ntitle: 'a: b'\nnothing: null\nlist:\n  - one\nanchor: &x y\nalias: *x\nflow: {a: 1, b: [2]}\n---\n";
    let front = FrontMatter::parse(text).unwrap();
    let keys: Vec<&str> = front.entries.iter().map(|entry| entry.key.text(text)).collect();
    assert_eq!((front.error, keys), (None, vec!["title", "nothing", "list", "anchor", "alias", "flow"]));
    for (broken, at) in [("a: b\n\tc: d\n", 1), ("a: 'b\nc: d\n", 2), ("- a\n- b\n", 0), ("a: [b\nc: d\n", 1)]
    {
        let text = format!("---\n{broken}---\n");
        let error = FrontMatter::parse(&text).unwrap().error.unwrap_or_else(|| panic!("{broken:?} is valid"));
        assert!(
            error.span.start >= 4 && error.span.end as usize <= text.len() - 4,
            "{broken:?}: {error:?} {at}"
        );
    }
}

/// A list starts at its first hyphen, wherever other hyphens stand.
#[test]
fn lists_start_at_their_first_hyphen() {
    for (list, span) in [
        ("  - one\n  - two", "- one\n  - two"),
        ("- one", "- one"),
        ("-\tone", "-\tone"),
        ("- - one\n  - two", "- - one\n  - two"),
        ("  - - -1", "- - -1"),
        ("-\n  one", "-\n  one"),
        ("- a: b", "- a: b"),
        ("- a:\n  - b", "- a:\n  - b"),
    ] {
        let text = format!("---\nms.a-b: c-d\nlist:\n{list}\nend: x\n---\n");
        assert_eq!(read(&text)[1].2, span, "{list:?}");
        let front = FrontMatter::parse(&text).unwrap();
        let Value::Sequence(_, items) = &front.entries[1].value else { panic!("{list:?}") };
        let first = items[0].span();
        assert!(first.slice(&text).len() < span.len() && first.start > front.entries[1].value.span().start);
    }
}

#[test]
fn what_yaml_does_not_print_is_refused_everywhere() {
    for c in ['\0', '\u{7f}', '\u{80}', '\u{9f}', '\u{fffe}', '\u{ffff}'] {
        for line in [format!("# a{c}"), format!("key: a{c}")] {
            let front = FrontMatter::parse(&format!("---\n{line}\ntitle: b\n---\n")).unwrap();
            assert!(front.error.is_some(), "{line:?}");
        }
    }
}

/// What the fast path reads, the library reads alike; the fast path may only decline.
fn fast_path_agrees(block: &str) -> bool {
    let span = Span::new(0, block.len());
    let starts = Lines { text: block, at: 0 }.map(|(at, _)| at as u32);
    let starts: Vec<u32> = starts.chain([block.len() as u32]).collect();
    let Some(fast) = flat::entries(block, span, &starts) else { return false };
    let (entries, error) = yaml::entries(block, span, "front matter");
    assert_eq!(error, None, "the library refuses {block:?}");
    let scalar = |value: &Value| {
        let scalar = value.scalar().expect("flat values are scalars");
        // Where an omitted value stands is a matter of taste.
        let span = Some(scalar.span).filter(|span| !span.is_empty());
        (span, scalar.text(block).to_string(), scalar.style)
    };
    let shown = |entries: &[Entry]| -> Vec<_> {
        let one = |e: &Entry| {
            let (list, items) = match &e.value {
                Value::Sequence(span, items) => (Some(*span), items.iter().map(scalar).collect()),
                value => (None, vec![scalar(value)]),
            };
            (e.key.span, e.key.text(block).to_string(), list, items)
        };
        entries.iter().map(one).collect()
    };
    assert_eq!(shown(&fast), shown(&entries), "{block:?}");
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn fast_path_equals_library_on_lines(lines in prop::collection::vec(("[a-z_.-]{1,6}", "[ ]{0,2}", "[ -~éж日]{0,14}"), 1..5)) {
        let block: String = lines.iter().map(|(key, gap, value)| format!("{key}:{gap}{value}\n")).collect();
        fast_path_agrees(&block);
    }

    #[test]
    fn fast_path_equals_library_on_lists(lines in prop::collection::vec("[a-c]: ?|[ ]{0,2}- [ -~é日]{0,6}|#|[ ]{0,2}-[ ]?[a-b]?[:#]?[ ]?|[a-b]: [a-b]|", 1..8)) {
        let block: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fast_path_agrees(&block);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "---\n[a-z:#'\"|>&*\\-\\[\\]{} \t\r\né]{0,80}\n---\n") {
        let _ = FrontMatter::parse(&text);
    }
}

#[test]
fn fast_path_takes_ordinary_lines() {
    for block in [
        "title: Get started\n",
        "ms.date: 07/10/2020\n",
        "ms.locfileid: \"110147449\"\n",
        "description: 'a: b # c'\n",
        "a: b:c\nurl: https://example.com/a#b\n",
        "# remark\n\nms.custom:\nx: no\n",
        "a: 1\r\nb: 2\r\n",
        "a:\n- b\n- \"c d\" \ne:\n-  f\n- g:h\ni: j\n",
        "a: \r\n- b\r\nc: d\r\n",
    ] {
        assert!(fast_path_agrees(block), "{block:?}");
    }
}

/// Reads every document under `LOCLINT_CORPUS`; says so where there is none.
#[test]
fn fast_path_equals_library_on_real_trees() {
    let Some(root) = std::env::var_os("LOCLINT_CORPUS") else {
        // Written past the test harness, which keeps what passing tests print to itself.
        let _ = writeln!(std::io::stderr(), "skipped: LOCLINT_CORPUS names no folder of real documents");
        return;
    };
    let (mut fast, mut all, mut folders) = (0, 0, vec![std::path::PathBuf::from(root)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "md") {
                let text = std::fs::read_to_string(path).unwrap();
                if let Some(front) = FrontMatter::parse(&text) {
                    all += 1;
                    fast += usize::from(fast_path_agrees(front.yaml.slice(&text)));
                }
            }
        }
    }
    eprintln!("fast path took {fast} of {all} blocks");
    assert!(all > 0 && fast * 2 > all);
}
