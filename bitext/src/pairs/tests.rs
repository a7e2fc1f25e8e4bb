use super::parse::may_hide;
use super::*;
use crate::block;
use crate::span::holding;

fn pair(number: u32, target: &str, source: &str) -> String {
    format!(
        "<span data-ttu-id=\"8c032-{number}\">{target}</span><span class=\"sxs-lookup\">\
         <span data-stu-id=\"8c032-{number}\">{source}</span></span>"
    )
}

/// The units as `number target|source`, and the faults as `Kind` with the text they point at.
fn read(text: &str) -> (Vec<String>, Vec<(FaultKind, &str)>) {
    let (units, faults) = parse_damaged(text, 0, |_| None);
    let show = |unit: &Unit| {
        let number = unit_number(unit.target.id.slice(text)).unwrap_or(0);
        format!("{number} {}|{}", unit.target.text.slice(text), unit.source.text.slice(text))
    };
    (
        units.iter().map(show).collect(),
        faults.iter().map(|fault| (fault.kind, fault.span.slice(text))).collect(),
    )
}

fn three(broken: &str) -> String {
    format!("{} {broken} {}\n", pair(103, "Ahoj", "Hello"), pair(105, "Sbohem", "Goodbye"))
}

#[test]
fn sound_pairs_are_units() {
    let text =
        format!("# {}\n\n{} {}\n", pair(103, "Ahoj", "Hello"), pair(104, "a", "b"), pair(105, "c", "d"));
    assert_eq!(read(&text), (vec!["103 Ahoj|Hello".into(), "104 a|b".into(), "105 c|d".into()], vec![]));
    let (units, _) = parse_damaged(&text, 0, |_| None);
    assert_eq!(units[0].span.slice(&text), pair(103, "Ahoj", "Hello"));
    assert!(units.iter().all(|unit| !unit.damaged));
}

#[test]
fn spans_of_the_content_stay_in_their_side() {
    let inner = "viz <span id=\"x\">zde</span> a <span id=\"y\"/>";
    let text = pair(103, inner, "see <span id=\"x\">here</span>");
    assert_eq!(read(&text).0, [format!("103 {inner}|see <span id=\"x\">here</span>")]);
    assert_eq!(read(&text).1, []);
    let around = format!("<span class=\"wide\">{}</span>", pair(103, "a", "b"));
    assert_eq!(read(&around), (vec!["103 a|b".into()], vec![]));
}

#[test]
fn span_tags_that_the_text_talks_about_are_text() {
    for text in
        [pair(103, "značka `<span>`", "the tag `</span>`"), pair(103, "\\<span> a \\</span> b", "C:\\")]
    {
        assert_eq!(read(&text).1, [], "{text}");
        assert_eq!(read(&text).0.len(), 1);
    }
    let literal = pair(103, "značka <span> je", "the tag <span> is");
    assert_eq!(read(&literal), (vec!["103 značka <span> je|the tag <span> is".into()], vec![]));
}

#[test]
fn target_that_never_closes() {
    let text = three(&pair(104, "Jak", "How").replacen("</span>", "", 1));
    let (units, faults) = read(&text);
    assert_eq!(faults, [(FaultKind::TargetUnclosed, "<span data-ttu-id=\"8c032-104\">")]);
    assert_eq!(units, ["103 Ahoj|Hello", "104 Jak|How", "105 Sbohem|Goodbye"]);
    let (units, faults) = parse_damaged(&text, 0, |_| None);
    assert!(units[1].damaged && !units[0].damaged && !units[2].damaged);
    assert_eq!(faults[0].mend.as_ref().unwrap().edits[0].0, Span::at(units[1].target.text.end as usize));
}

#[test]
fn source_or_lookup_that_never_closes() {
    let whole = pair(104, "Jak", "How");
    let one = three(whole.strip_suffix("</span>").unwrap());
    assert_eq!(read(&one).1, [(FaultKind::LookupUnclosed, "<span class=\"sxs-lookup\">")]);
    assert_eq!(read(&one).0, ["103 Ahoj|Hello", "104 Jak|How", "105 Sbohem|Goodbye"]);
    let both = format!("{}\n{}", whole.strip_suffix("</span></span>").unwrap(), pair(105, "a", "b"));
    assert_eq!(read(&both).1, [(FaultKind::SourceUnclosed, "<span data-stu-id=\"8c032-104\">")]);
    assert_eq!(read(&both).0, ["104 Jak|How", "105 a|b"]);
}

#[test]
fn close_tag_that_closes_nothing() {
    assert_eq!(read(&three("</span>")).1, [(FaultKind::StrayClose, "</span>")]);
    let inside = pair(104, "Jak</span> se", "How");
    assert_eq!(read(&three(&inside)).1, [(FaultKind::StrayClose, "</span>")]);
    assert_eq!(read(&three(&inside)).0.len(), 3);
}

#[test]
fn target_without_source() {
    let lonely = "<span data-ttu-id=\"8c032-104\">Jak</span>";
    let text = three(lonely);
    let (units, faults) = read(&text);
    assert_eq!(faults, [(FaultKind::TargetWithoutSource, lonely)]);
    assert_eq!(units, ["103 Ahoj|Hello", "105 Sbohem|Goodbye"]);
}

#[test]
fn source_without_target() {
    let lonely = "<span class=\"sxs-lookup\"><span data-stu-id=\"8c032-104\">How</span></span>";
    assert_eq!(read(&three(lonely)).1, [(FaultKind::SourceWithoutTarget, lonely)]);
    assert_eq!(read(&three(lonely)).0, ["103 Ahoj|Hello", "105 Sbohem|Goodbye"]);
    let tag_lost = pair(104, "Jak", "How").replacen("<span data-ttu-id=\"8c032-104\">", "", 1);
    assert_eq!(read(&three(&tag_lost)).1, [(FaultKind::SourceWithoutTarget, lonely)]);
    assert_eq!(read(lonely).1, [(FaultKind::SourceWithoutTarget, lonely)]);
}

#[test]
fn a_target_does_not_take_the_source_of_another_block() {
    let text = "<span data-ttu-id=\"8c032-104\">Jak</span>\n\n\
                <span class=\"sxs-lookup\"><span data-stu-id=\"8c032-105\">How</span></span>\n";
    let kinds: Vec<_> = read(text).1.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [FaultKind::TargetWithoutSource, FaultKind::SourceWithoutTarget]);
}

#[test]
fn parts_that_do_not_touch() {
    let gap = pair(104, "Jak", "How").replacen("</span><span class", "</span> <span class", 1);
    assert_eq!(read(&three(&gap)).1, [(FaultKind::TextBetween, " ")]);
    let no_lookup = pair(104, "Jak", "How").replace("<span class=\"sxs-lookup\">", "");
    assert_eq!(read(&three(&no_lookup)).1, [(FaultKind::LookupMissing, "<span data-stu-id=\"8c032-104\">")]);
    assert_eq!(read(&three(&no_lookup)).0.len(), 3);
}

/// Damage that breaks a pair in more than one respect is still one fault.
#[test]
fn one_broken_pair_is_one_fault() {
    let whole = pair(104, "Jak", "How");
    let lookup = "<span class=\"sxs-lookup\">";
    let source = "<span data-stu-id=\"8c032-104\">";
    let (target_half, source_half) = whole.split_at(whole.find(lookup).unwrap());
    let broken = [
        whole.replace(lookup, &lookup.repeat(2)),
        whole.replace(source, &source.repeat(2)),
        whole.replace("sxs-lookup", "sxs-lokup"),
        whole.replace(lookup, "<span  class=\"sxs-lookup\">"),
        whole.replace(&format!("{lookup}{source}"), &format!("{source}{lookup}")),
        whole.replace(source, "<span data-stu-id=\"8c032-104>"),
        whole.replace(source, "<span data-stu-id='8c032-104'>"),
        whole.replace(source, "<span data-stuid=\"8c032-104\">"),
        format!("{source_half}{target_half}"),
        whole.replace(&format!("Jak</span>{lookup}"), &format!("Jak{lookup}</span>")),
        whole.replace(&format!("Jak</span>{lookup}"), &format!("{lookup}Jak</span>")),
        whole.replace("How", "Ho</span>w"),
        whole.replace("Jak", &format!("Ja{}k", pair(106, "x", "y"))),
        whole.replace("How", &format!("Ho{}w", pair(106, "x", "y"))),
    ];
    for broken in broken {
        let text = three(&broken);
        let faults = read(&text).1;
        assert_eq!(faults.len(), 1, "{broken}\n{faults:?}");
        assert!(read(&text).0.contains(&"105 Sbohem|Goodbye".to_string()), "{broken}");
    }
}

#[test]
fn a_blank_line_inside_a_side_breaks_no_pair() {
    for blank in ["\n\n", "\r\n\r\n", "\n \n"] {
        assert_eq!(read(&three(&pair(104, &format!("Jak{blank}se"), "How"))).1, []);
    }
    let item = "- <span data-ttu-id=\"8c032-106\">Jak</span>\r\n- ";
    let lost = format!(
        "{item}{}",
        pair(107, "x", "How").replacen("<span data-ttu-id=\"8c032-107\">x</span>", "", 1)
    );
    let kinds: Vec<_> = read(&lost).1.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [FaultKind::TargetWithoutSource, FaultKind::SourceWithoutTarget]);
}

/// What looks like the start of a tag takes no attributes of the next one: its mend would take the tags between with it.
#[test]
fn a_tag_without_an_end_ends_before_the_next() {
    for begun in ["<span ", "<span&lt;b ", "&lt;span "] {
        let whole = pair(104, &format!("Jak{begun}"), "How");
        let broken = whole.replace("How</span></span>", "How</span>");
        let (_, faults) = parse_damaged(&broken, 0, |_| None);
        let kinds: Vec<_> = faults.iter().map(|fault| fault.kind).collect();
        assert_eq!(kinds, [FaultKind::LookupUnclosed], "{begun}");
    }
}

/// A misspelt tag is that tag, misspelt, with the exact one as its mend.
#[test]
fn misspelt_tags_are_recognised() {
    let whole = pair(104, "Jak", "How");
    let broken = [
        whole.replace("data-ttu-id=\"8c032-104\"", "data-ttu-id='8c032-104'"),
        whole.replace("data-stu-id=\"8c032-104\"", "data-stu-id=8c032-104"),
        whole.replace("<span data-stu-id", "<SPAN data-stu-id"),
        whole.replace("<span data-ttu-id", "<span  data-ttu-id"),
        whole.replace("<span data-ttu-id", "<span lang=\"cs\" data-ttu-id"),
        whole.replace("sxs-lookup", "sxs-lokup"),
        whole.replace("data-ttu-id", "data-tu-id"),
        whole.replace("data-stu-id", "data-stuid"),
        whole.replace("<span data-ttu-id=\"8c032-104\">", "&lt;span data-ttu-id=\"8c032-104\"&gt;"),
        whole.replace("8c032-104\">How", "8c032-104>How"),
        whole.replace("Jak</span>", "Jak</SPAN>"),
        whole.replace("How</span>", "How</span >"),
        // All of them.
        whole.replace('"', "'"),
        whole.replace("span", "SPAN").replace("-id", "-ID"),
    ];
    // A misspelt span of the text is not the pair's, but its close tags are.
    let code = pair(104, "&lt;span>Jak</span>", "How");
    let in_code =
        [code.replace("How</span>", "How</span >"), code.replace("Jak</span></span>", "Jak</span></span >")];
    let broken = broken.into_iter().map(|broken| (broken, &whole));
    for (broken, whole) in broken.chain(in_code.into_iter().map(|broken| (broken, &code))) {
        let text = three(&broken);
        let (_, faults) = parse_damaged(&text, 0, |_| None);
        assert_eq!(
            faults.iter().map(|fault| fault.kind).collect::<Vec<_>>(),
            [FaultKind::Malformed],
            "{broken}"
        );
        let mend = faults[0].mend.as_ref().unwrap();
        let mut mended = text.clone();
        for (span, with) in mend.edits.iter().rev() {
            mended.replace_range(span.range(), with);
        }
        assert_eq!(mended, three(whole), "{broken}");
    }
}

#[test]
fn a_pair_inside_a_pair_is_nested() {
    for broken in [
        pair(104, &format!("Jak {} se", pair(106, "x", "y")), "How"),
        pair(104, "Jak", &format!("How {} s", pair(106, "x", "y"))),
    ] {
        assert_eq!(read(&three(&broken)).1, [(FaultKind::Nested, pair(106, "x", "y").as_str())]);
    }
}

#[test]
fn unit_numbers() {
    assert_eq!(unit_number("8c032-103"), Some(103));
    assert_eq!(unit_number("8c032-1003"), Some(1003));
    assert_eq!(unit_number("8c032"), None);
}

proptest::proptest! {
    /// Whatever order tags come in: no panic, every span lies in the text, and units do not overlap.
    #[test]
    fn any_sequence_of_tags_is_read(parts in proptest::collection::vec(0usize..7, 0..40)) {
        const PARTS: [&str; 7] = [
            "<span data-ttu-id=\"8c032-103\">", "<span class=\"sxs-lookup\">", "<span data-stu-id=\"8c032-103\">",
            "</span>", "<span id=\"x\">", "žluť", "\n\n",
        ];
        let text: String = parts.iter().map(|&i| PARTS[i]).collect();
        let (units, faults) = parse_damaged(&text, 0, |_| None);
        for unit in &units {
            for span in [unit.span, unit.target.text, unit.source.text, unit.target.id] {
                proptest::prop_assert!(text.get(span.range()).is_some());
            }
            proptest::prop_assert!(unit.target.text.end <= unit.source.tag.start);
        }
        proptest::prop_assert!(units.windows(2).all(|two| two[0].span.end <= two[1].span.start));
        proptest::prop_assert!(faults.iter().all(|fault| text.get(fault.span.range()).is_some()));
    }
    /// The fast reader reads what the reader of tags does, or nothing.
    #[test]
    fn sound_pairs_are_read_alike(parts in proptest::collection::vec(0usize..18, 0..12)) {
        const PARTS: [&str; 9] = [
            "\\", "`", "</span>", "<span>", "žluť", "<br/>\n\n", "<span data-ttu-id=\"\">", "<span data-ttu-id=\"1", "<",
        ];
        let text: String = parts
            .iter()
            .map(|&i| PARTS.get(i).map_or_else(|| pair(i as u32, PARTS[i % 5 / 4 * 4], "a `b`"), |part| (*part).into()))
            .collect();
        if let Some(units) = sound::read(&text, 0, None) {
            let mut read = parse::read(&text, &tags::find(&text, 0));
            parse::print(&text, &mut read.0);
            proptest::prop_assert_eq!((units, Vec::new()), read);
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(20_000))]
    /// What [`parse_damaged`] takes for granted: nothing is hidden behind what is shown without a sign of that between them.
    #[test]
    fn code_and_comments_begin_with_a_sign(parts in proptest::collection::vec(0usize..16, 0..24)) {
        const PARTS: [&str; 16] = [
            "`", "``", "```", "\n", "\n\n", "\r\n", "    ", "<!--", "-->", "</span>", "</span>", "> ", "- ", "|",
            "\\", "~~~\n",
        ];
        let text: String = parts.iter().map(|&i| PARTS[i]).collect();
        let whole = Span::new(0, text.len());
        let hidden = block::hidden(&text, whole, &block::Outline::of(&text, whole, &[]).code);
        let tags: Vec<usize> = text.match_indices("</span>").map(|(at, _)| at).collect();
        for two in tags.windows(2) {
            let plain = holding(&hidden, two[0]).is_none() && !may_hide(&text.as_bytes()[two[0]..two[1]]);
            proptest::prop_assert!(!plain || holding(&hidden, two[1]).is_none(), "{:?}", text);
        }
    }
}

#[test]
fn numbers_of_ids_are_what_the_library_reads() {
    for id in [
        "8c032-103",
        "-7",
        "a-0012",
        "a-999999999",
        "a-1234567890",
        "a-4294967296",
        "a-+5",
        "a-",
        "a-1b",
        "12",
        "",
    ] {
        let digits = id.rfind('-').map(|hyphen| &id[hyphen + 1..]);
        assert_eq!(unit_number(id), digits.and_then(|digits| digits.parse().ok()), "{id}");
    }
}
