use super::*;
use crate::Document;

fn read(text: &str) -> Document {
    Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
}

fn pair(number: u32) -> String {
    format!(
        "<span data-ttu-id=\"0a0a0-{number}\">Soubor {number}</span><span class=\"sxs-lookup\">\
         <span data-stu-id=\"0a0a0-{number}\">File {number}</span></span>"
    )
}

/// What is left of a text with `P`s for pairs, shown with `P`s again.
fn left(text: &str) -> String {
    let pair = pair(103);
    read(&text.replace('P', &pair)).file.text().replace(&pair, "P")
}

/// The rule, the covered text and the reason of each suppression; `text` has `1` to `9` for pairs.
fn covered(text: &str) -> Vec<(String, String, Option<String>)> {
    let pairs: Vec<String> = (1..10).map(|n| pair(100 + n)).collect();
    let numbered = |n: usize| char::from_digit(n as u32 + 1, 10).unwrap();
    let full: String = text
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(n @ 1..) => pairs[n as usize - 1].clone(),
            _ => c.to_string(),
        })
        .collect();
    let document = read(&full);
    assert_eq!(document.suppressions.faults, []);
    let short = |text: &str| {
        let mut text = text.to_string();
        for (n, pair) in pairs.iter().enumerate() {
            text = text.replace(pair.as_str(), &numbered(n).to_string());
        }
        text
    };
    let list = document.suppressions.list.iter();
    list.map(|one| {
        let rule = one.rule.clone().unwrap_or_else(|| "all".into());
        (rule, short(one.covers.slice(document.file.written())), one.reason.clone())
    })
    .collect()
}

fn faults(text: &str) -> Vec<(SuppressionFault, String)> {
    let document = read(text);
    let faults = document.suppressions.faults.iter();
    faults.map(|(fault, span)| (fault.clone(), document.slice(*span).to_string())).collect()
}

fn one(rule: &str, covers: &str, reason: Option<&str>) -> (String, String, Option<String>) {
    (rule.into(), covers.into(), reason.map(Into::into))
}

#[test]
fn what_is_left_is_the_text_without_the_comment() {
    for (with, without) in [
        ("P\n\n<!-- loclint-disable-file -->\n\nP\n", "P\n\n\nP\n"),
        ("P\r\n  <!-- loclint-disable-file -->  \r\nP", "P\r\nP"),
        ("P <!-- loclint-disable-file --> P\n", "P P\n"),
        ("P<!-- loclint-disable-file --> P\n", "P P\n"),
        ("P <!-- loclint-disable-file -->  P\n", "P  P\n"),
        ("P   <!-- loclint-disable-file -->\n", "P  \n"),
        ("P <!-- loclint-disable-file -->\nP\n", "P\nP\n"),
        ("P <!--loclint-disable-file--><!-- loclint-enable --> P\n", "P P\n"),
        ("- <!-- loclint-disable-file --> P\n- P\n", "- P\n- P\n"),
        ("> P\n> <!-- loclint-disable-file -->\n> P\n", "> P\n> P\n"),
        ("| P | <!-- loclint-disable-file --> P |\n", "| P | P |\n"),
        ("| P | P <!-- loclint-disable-file --> |\n", "| P | P |\n"),
        ("P <!-- loclint-disable-file:\n  two lines --> P\n", "P P\n"),
        ("P\n<!-- loclint-disable-file -->", "P\n"),
        ("<!-- loclint-disable-file -->\nP\n", "P\n"),
        ("<!-- a comment -->\nP\n", "<!-- a comment -->\nP\n"),
        ("---\ntitle: A\nloclint-disable: markup\n---\nP\n", "---\ntitle: A\n---\nP\n"),
        ("---\nloclint-disable:\n- markup\n  # why\n- text\ntitle: A\n---\nP\n", "---\ntitle: A\n---\nP\n"),
        ("---\nloclint-disable:\n  text/spacing: why\n---\nP\n", "P\n"),
    ] {
        assert_eq!(left(with), without, "{with}");
    }
}

#[test]
fn comments_in_a_side_leave_the_side_as_it_was() {
    let clean = pair(103);
    for (side, with) in [
        ("Soubor", "<!-- loclint-disable-file --> Soubor"),
        ("Soubor", "Soubor <!-- loclint-disable-file -->"),
        ("File", "<!-- loclint-disable-file -->File"),
        ("File 103", "File <!-- loclint-disable-file --> 103"),
    ] {
        let side = if with.ends_with("-->") { format!("{side} 103") } else { side.to_string() };
        let with =
            if with.ends_with("-->") { with.replace("Soubor", "Soubor 103") } else { with.to_string() };
        let document = read(&clean.replacen(&side, &with, 1));
        assert_eq!((document.file.text(), document.faults.len()), (clean.as_str(), 0), "{with}");
    }
}

#[test]
fn code_is_no_comment() {
    for text in [
        "`<!-- loclint-disable-file -->` P\n",
        "```html\n<!-- loclint-disable-file -->\n```\nP\n",
        "P\n\n    <!-- loclint-disable-file -->\n",
        "<!-- as in <!-- loclint-disable-file --> P\n",
    ] {
        assert_eq!(left(text), text);
        assert!(read(text).suppressions.is_empty());
    }
}

#[test]
fn each_command_covers_its_part() {
    let unit = "1 2\n\n<!-- loclint-disable-next-unit text/spacing: a name -->\n3 4\n";
    assert_eq!(covered(unit), [one("text/spacing", "3", Some("a name"))]);
    let inline = "1 <!-- loclint-disable-next-unit --> 2 3\n";
    assert_eq!(covered(inline), [one("all", "2", None)]);
    let heading = "1\n\n<!-- loclint-disable-next-unit anchor -->\n# <a name=\"x\"></a>2\n3\n";
    assert_eq!(covered(heading), [one("anchor", "# <a name=\"x\"></a>2", None)]);
    let link = "<!-- loclint-disable-next-unit markup, text -->\n[1](x.md) 2\n";
    assert_eq!(covered(link), [one("markup", "[1](x.md)", None), one("text", "[1](x.md)", None)]);
    let line = "<!-- loclint-disable-next-line markup -->\n\n1 2\n3\n";
    assert_eq!(covered(line), [one("markup", "1 2", None)]);
    let line = "1 <!-- loclint-disable-next-line markup --> 2\n3 4\n5\n";
    assert_eq!(covered(line), [one("markup", "3 4", None)]);
    let region = "1\n<!-- loclint-disable markup, text：理由 -->\n2\n<!-- loclint-enable text -->\n3\n<!-- loclint-enable -->\n4\n";
    let both = |rule, covers| one(rule, covers, Some("理由"));
    let all = "2\n<!-- loclint-enable text -->\n3\n";
    assert_eq!(covered(region), [both("markup", all), both("text", "2\n")]);
    let file = "1\n\n<!-- loclint-disable-file markup -->\n";
    assert_eq!(covered(file), [one("markup", file, None)]);
}

#[test]
fn a_comment_in_a_pair_is_about_that_pair() {
    let text = format!("{}\n{}\n", pair(103), pair(104));
    let text = text.replacen("File 103", "File <!-- loclint-disable-next-unit markup -->103", 1);
    let document = read(&text);
    let covers = document.suppressions.list[0].covers;
    assert_eq!(covers, Span::new(0, text.find('\n').unwrap()));
}

#[test]
fn the_front_matter_key_takes_a_rule_a_list_or_reasons() {
    let list = |value: &str| {
        let document =
            read(&format!("---\ntitle: A\nloclint-disable:{value}\nauthor: b\n---\n{}\n", pair(103)));
        assert_eq!(document.suppressions.faults, []);
        let named = |one: &Suppression| {
            assert!(one.whole_file && one.covers(Span::at(0)));
            let place = document.slice(one.span).lines().next().unwrap_or_default().to_string();
            (one.rule.clone(), one.reason.clone(), place)
        };
        document.suppressions.list.iter().map(named).collect::<Vec<_>>()
    };
    let name = |rule: &str, reason: Option<&str>| {
        (Some(rule.to_string()), reason.map(str::to_string), rule.to_string())
    };
    assert_eq!(list(" markup/html"), [name("markup/html", None)]);
    assert_eq!(list(" [markup/html, text]"), [name("markup/html", None), name("text", None)]);
    assert_eq!(list("\n- markup/html\n- text"), [name("markup/html", None), name("text", None)]);
    let reasons = "\n  markup/html: Ukázka \"surového\" HTML\n  text:";
    assert_eq!(list(reasons), [name("markup/html", Some("Ukázka \"surového\" HTML")), name("text", None)]);
    assert_eq!(list("\n  - text: why"), [name("text", Some("why"))]);
    let all = |line: &str| (None, None, line.to_string());
    assert_eq!(list(""), [all("loclint-disable:")]);
    assert_eq!(list(" true"), [all("loclint-disable: true")]);
}

#[test]
fn faults_say_where_they_are() {
    use SuppressionFault as Fault;
    let pair = pair(103);
    let fault = |fault, text: &str| (fault, text.to_string());
    let unknown = "<!-- loclint-ignore markup -->";
    assert_eq!(
        faults(&format!("{pair} {unknown}\n")),
        [fault(Fault::UnknownCommand("loclint-ignore".into()), unknown)]
    );
    assert_eq!(
        faults(&format!("{pair}\n<!-- loclint-disable\n")),
        [fault(Fault::Unclosed, "<!-- loclint-disable")]
    );
    let never = "<!-- loclint-disable markup, text -->";
    assert_eq!(faults(&format!("{never}\n{pair}\n")), [fault(Fault::NeverEnabled, never)]);
    let enable =
        "<!-- loclint-disable markup -->\nx\n<!-- loclint-enable text -->\n<!-- loclint-enable markup -->";
    assert_eq!(faults(enable), [fault(Fault::NothingDisabled(Some("text".into())), "text")]);
    let last = "<!-- loclint-disable-next-unit -->";
    assert_eq!(faults(&format!("{pair}\n{last}\n")), [fault(Fault::NoUnit, last)]);
    let line = "<!-- loclint-disable-next-line -->";
    assert_eq!(faults(&format!("{pair} {line}\n\n")), [fault(Fault::NoLine, line)]);
    let commas = "<!-- loclint-disable-file , -->";
    assert_eq!(faults(&format!("{commas}\n{pair}")), [fault(Fault::NoRules, commas)]);
    let key = "loclint-ignore: markup";
    assert_eq!(
        faults(&format!("---\n{key}\n---\n{pair}")),
        [fault(Fault::UnknownKey("loclint-ignore".into()), key)]
    );
    let nested = "loclint-disable: {markup: {html: x}}";
    assert_eq!(faults(&format!("---\n{nested}\n---\n{pair}")), [fault(Fault::NoRules, nested)]);
}
