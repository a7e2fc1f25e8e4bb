use proptest::prelude::*;

use super::error::Fault;
use super::*;

fn entry(article: &str, fingerprint: u64) -> Entry {
    Entry {
        article: article.into(),
        locale: Some("pl-PL".into()),
        rule: "markup/glued-hyphen".into(),
        fingerprint: format!("{fingerprint:016x}"),
    }
}

fn baseline(entries: &[(&str, u64, u32)]) -> Baseline {
    let entries = entries.iter().map(|(article, print, count)| (entry(article, *print), *count)).collect();
    Baseline { paths: [".".to_string()].into(), entries, ..Baseline::default() }
}

fn written(baseline: &Baseline) -> String {
    let mut out = Vec::new();
    baseline.write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const LINE: &str = r#"{"article":"a.md","locale":"pl-PL","rule":"markup/glued-hyphen","fingerprint":"0000000000000001","count":2},"#;

#[test]
fn the_file_is_json_with_one_entry_a_line() {
    let text = written(&baseline(&[("a.md", 1, 2), ("b.md", 1, 1)]));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], r#"{"version":1,"paths":["."],"findings":["#);
    assert_eq!(lines[1], LINE);
    assert_eq!((lines.len(), lines[3]), (4, "null]}"));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["findings"][1]["article"], "b.md");
    assert_eq!(Baseline::parse(&serde_json::to_string_pretty(&json).unwrap()), Baseline::parse(&text));
}

#[test]
fn merged_lines_are_a_union() {
    let (one, two) =
        (baseline(&[("a.md", 1, 2), ("b.md", 1, 1)]), baseline(&[("a.md", 1, 3), ("c.md", 1, 1)]));
    let both = baseline(&[("a.md", 1, 3), ("b.md", 1, 1), ("c.md", 1, 1)]);
    let concatenated = written(&one) + &written(&two);
    assert_eq!(Baseline::parse(&concatenated), Ok(both.clone()));
    // What git leaves with merge=union: the first and the last line are the same on both sides.
    let (one, two) = (written(&one), written(&two));
    let inner = |text: &str| text.lines().skip(1).take(2).map(String::from).collect::<Vec<_>>().join("\r\n");
    let head = one.lines().next().unwrap();
    let union = format!("\u{feff}{head}\r\n{}\r\n\r\n{}\r\nnull]}}", inner(&two), inner(&one));
    assert_eq!(Baseline::parse(&union), Ok(both));
}

#[test]
fn damage_is_told_with_its_line() {
    let good = written(&baseline(&[("a.md", 1, 2), ("b.md", 1, 1)]));
    let other = |line, what: &str| Err(Damage::other(line, what));
    assert_eq!(Baseline::parse(""), other(1, "the file is empty"));
    let start = "the file does not start with {\"version\":1,…,\"findings\":[";
    assert_eq!(Baseline::parse("fingerprints: []\n"), other(1, start));
    let cut = &good[..good.len() - "null]}\n".len()];
    assert_eq!(Baseline::parse(cut), other(3, "the file ends here, without its last line \"null]}\""));
    let torn = good.replace("\"count\":2", "\"cou");
    assert_eq!(Baseline::parse(&torn), other(2, "this is no entry: EOF while parsing a string"));
    let no_print = good.replacen("0000000000000001", "1", 1);
    assert_eq!(Baseline::parse(&no_print), other(2, "the fingerprint \"1\" is not 16 hex digits"));
    assert_eq!(Baseline::parse(&good.replace("\"count\":2", "\"count\":0")), other(2, "the count is 0"));
    let unknown = good.replace("\"count\":2", "\"cuont\":2");
    let message = "this is no entry: unknown field `cuont`, expected one of `article`, `locale`, `rule`, `fingerprint`, `count`";
    assert_eq!(Baseline::parse(&unknown), other(2, message));
}

#[test]
fn conflicts_and_newer_versions_are_told_apart() {
    let good = written(&baseline(&[("a.md", 1, 2)]));
    let conflict = good.replace(LINE, &format!("<<<<<<< ours\n{LINE}\n=======\n>>>>>>> theirs"));
    assert_eq!(Baseline::parse(&conflict), Err(Damage { line: 2, fault: Fault::Conflict }));
    let newer = Err(Damage { line: 1, fault: Fault::Newer(2) });
    assert_eq!(Baseline::parse(&good.replace("\"version\":1", "\"version\":2")), newer);
    assert_eq!(Baseline::parse("{\"version\":2,\"tables\":{}}"), newer);
    let none = Err(Damage::other(1, "there is no version 0"));
    assert_eq!(Baseline::parse(&good.replace("\"version\":1", "\"version\":0")), none);
}

#[test]
fn pruning_adds_nothing() {
    let mut old = baseline(&[("a.md", 1, 3), ("b.md", 1, 1)]);
    old.prune(&BTreeMap::from([(entry("a.md", 1), 2), (entry("b.md", 1), 1), (entry("c.md", 1), 1)]));
    assert_eq!(old, baseline(&[("a.md", 1, 1)]));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    (".{0,12}", proptest::option::of("[a-z]{2}(-[A-Z]{2})?"), ".{0,12}", any::<u64>()).prop_map(
        |(article, locale, rule, print)| Entry {
            article,
            locale,
            rule,
            fingerprint: format!("{print:016x}"),
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        entries in proptest::collection::btree_map(any_entry(), 1..u32::MAX, 0..20),
        paths in proptest::collection::btree_set(".{0,12}", 0..3),
        with in proptest::collection::btree_set(".{0,12}", 0..3),
    ) {
        let baseline = Baseline { paths, with, entries };
        let text = written(&baseline);
        prop_assert_eq!(text.lines().count(), baseline.entries.len() + 2);
        prop_assert_eq!(Baseline::parse(&text), Ok(baseline));
    }

    #[test]
    fn no_text_is_too_much(text in "([^\"]|[{},:]|\"|null|\\]\\}|\n|\"version\"|\"findings\":\\[|1){0,40}") {
        drop(Baseline::parse(&text));
    }
}
