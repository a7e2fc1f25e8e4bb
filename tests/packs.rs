//! Packs: rules in YAML, from the command line and from the configuration.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;
#[path = "common/yaml.rs"]
mod yaml;

use std::fs;
use std::path::Path;

use common::{loclint, project};
use loclint::rules::declarative::{self, SHIPPED, run_examples};

/// A unit of a document.
fn unit(number: u32, target: &str, source: &str) -> String {
    let id = format!("0a0a1-{number}");
    format!(
        "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n\n"
    )
}

/// Two locales of an article, and a pack.
fn tree(pack: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |locale: &str, text: String| {
        fs::create_dir_all(folder.path().join(locale)).unwrap();
        fs::write(folder.path().join(locale).join("guide.md"), text).unwrap();
    };
    write(
        "de-de",
        unit(101, "Hier kannst du speichern.", "You can save here.")
            + &unit(102, "Nutze `du`.", "Use `du`.")
            + &unit(103, "Siehe HARBOR 7.", "See HARBOR-7."),
    );
    write(
        "pl-pl",
        unit(101, "Tutaj możesz zapisać.", "You can save here.")
            + &unit(102, "Użyj `du`.", "Use `du`.")
            + &unit(103, "Zobacz HARBOR-7.", "See HARBOR-7."),
    );
    fs::write(folder.path().join("house.yml"), pack).unwrap();
    folder
}

const HOUSE: &str = r#"
category: house
rules:
  - name: no-du
    description: The reader is addressed with "du".
    forbid: '\bdu\b'
    locales: [de]
    message: '"{0}" is informal'
    fix: {replace: Sie, safe: true}
  - name: ticket
    description: A ticket is changed.
    keep: 'HARBOR-\d+'
    severity: error
"#;

/// Severity, rule and place of the findings of packs.
fn found(folder: &Path, args: &[&str]) -> Vec<String> {
    let run = loclint(folder, &[&["check", "--format", "concise", "--select", "house"], args].concat());
    assert!(run.code < 2, "{}", run.stderr);
    run.stdout.lines().map(String::from).collect()
}

#[test]
fn rules_of_packs_are_rules() {
    let folder = tree(HOUSE);
    let findings = found(folder.path(), &["--pack", "house.yml"]);
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(
        findings.iter().any(|line| line.contains("\"du\" is informal") && line.contains("de-de/guide.md:1:"))
    );
    assert!(findings.iter().any(|line| line.contains("house/ticket") && line.contains("HARBOR-7")));
    let json = loclint(folder.path(), &["check", "--pack", "house.yml", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let own = json["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "house/no-du").unwrap();
    assert_eq!(own["fix"]["applicability"], "safe");
    let one = loclint(folder.path(), &["check", "--pack", "house.yml", "--select", "house/ticket"]);
    assert_eq!(one.code, 1);
    let listed = loclint(folder.path(), &["rules", "--pack", "house.yml"]).stdout;
    assert!(listed.contains("house/no-du") && listed.contains("markup/glued-hyphen"));
    assert_eq!(loclint(folder.path(), &["rules", "--pack", "house.yml", "--format", "json"]).code, 0);
}

#[test]
fn a_configuration_speaks_of_the_rules_of_its_packs() {
    let folder = tree(HOUSE);
    let config = |text: &str| fs::write(folder.path().join("loclint.yml"), text).unwrap();
    config("rules: {house/no-du: error}\npacks: house.yml\n");
    assert!(
        found(folder.path(), &[]).iter().any(|line| line.contains("error") && line.contains("house/no-du"))
    );
    config(
        "packs: [house.yml]\nrules: {house/no-du: off, house/ticket: off}\n\
         overrides: [{locales: [de-DE], rules: {house/no-du: info}}]\n",
    );
    let findings = found(folder.path(), &[]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].contains("info"), "{findings:?}");
    assert!(loclint(folder.path(), &["config"]).stdout.contains("packs:\n  - \"house.yml\""));
    assert!(
        loclint(folder.path(), &["explain", "house/no-du"]).stdout.contains("nothing in the target matches")
    );
    // The same pack twice is one, and another one with its rules is refused.
    assert_eq!(loclint(folder.path(), &["rules", "--pack", "house.yml"]).code, 0);
    fs::copy(folder.path().join("house.yml"), folder.path().join("other.yml")).unwrap();
    let twice = loclint(folder.path(), &["rules", "--pack", "other.yml"]);
    assert!(twice.code == 2 && twice.stderr.contains("is both in"), "{}", twice.stderr);
    // Configurations that extend one with packs have them too.
    fs::rename(folder.path().join("loclint.yml"), folder.path().join("base.yml")).unwrap();
    config("extends: base.yml\nrules: {house/ticket: warning}\n");
    assert!(found(folder.path(), &[]).iter().any(|line| line.contains("house/ticket")));
    // Without the pack, nobody knows the rule.
    config("rules: {house/ticket: warning}\n");
    let unknown = loclint(folder.path(), &["check"]);
    assert!(
        unknown.code == 2 && unknown.stderr.contains("there is no rule or category"),
        "{}",
        unknown.stderr
    );
    config("packs: [microsoft-stile]\n");
    let unknown = loclint(folder.path(), &["check"]);
    assert!(
        unknown.stderr.starts_with("loclint: loclint.yml:1:9: cannot read the pack"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn mistakes_are_shown_where_they_stand() {
    let folder = tree("");
    for (lines, said) in [
        ("forbd: a", "5:5: there is no key \"forbd\" here; did you mean \"forbid\"?"),
        ("forbid: 'ab(c'", "5:16: unclosed group"),
        ("forbid: a(?!b)", "5:14: look-around"),
        ("forbid: (a)\n    message: 'no {2}'", "6:18: the pattern has no group \"2\"; it has 0, 1"),
        ("forbid: a\n    keep: b", "6:5: a rule has one form"),
        ("severity: info", "3:5: this rule does nothing"),
        ("keep: a\n    fix: b", "6:5: \"fix\" means nothing together with \"keep\""),
        ("keep: a\n    in: source", "6:5: this rule compares source and target"),
        ("forbid: a\n    in: source\n    fix: b", "7:5: source text is not to be changed"),
        ("forbid: a\n    mqm: spelin", "6:10: there is no value \"spelin\" here; did you mean \"spelling\"?"),
        ("forbid: a\n    locales: [Klingon]", "6:15: this is no locale"),
        ("terms: none.yml", "5:12: cannot read the glossary"),
        ("terms: [{trm: a}]", "5:14: \"trm\" is not known here; did you mean \"term\"?"),
        ("require-pair: {source: a}", "5:19: \"require-pair\" needs \"source\" and \"target\""),
        ("forbid: a\n    good: [{target: b, count: 1}]", "a good example has no findings"),
    ] {
        let pack = format!("category: house\nrules:\n  - name: x\n    description: X.\n    {lines}\n");
        fs::write(folder.path().join("bad.yml"), pack).unwrap();
        let run = loclint(folder.path(), &["rules", "test", "bad.yml"]);
        assert_eq!(run.code, 2, "{lines}");
        assert!(run.stderr.contains(said), "{lines}: {}", run.stderr);
    }
    fs::write(folder.path().join("bad.yml"), "category: text\nrules: []\n").unwrap();
    let run = loclint(folder.path(), &["rules", "test", "bad.yml"]);
    assert!(run.stderr.contains("is a category of rules that come with loclint"), "{}", run.stderr);
}

#[test]
fn every_rule_that_comes_with_loclint_has_examples_of_both_kinds_that_hold() {
    for (name, text) in SHIPPED {
        let none = |_: &str| Err("no files".to_string());
        let pack = declarative::read(text, name, &[], &none).unwrap();
        assert!(pack.rules.len() >= 10 && pack.category == name);
        for rule in &pack.rules {
            let failures: Vec<String> = run_examples(rule).iter().map(ToString::to_string).collect();
            assert!(failures.is_empty(), "{}", failures.join("\n\n"));
            for good in [true, false] {
                assert!(rule.examples.iter().any(|example| example.good == good), "{}", rule.id);
            }
            assert!(rule.description.ends_with('.'), "{}: the description is a sentence", rule.id);
        }
    }
}

#[test]
fn the_examples_of_the_reference_hold() {
    let text = fs::read_to_string(project().join("docs/rules-of-your-own.md")).unwrap();
    let packs: Vec<&str> =
        text.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    assert!(packs.len() > 5);
    let folder = tempfile::tempdir().unwrap();
    for pack in packs {
        fs::write(folder.path().join("house.yml"), pack).unwrap();
        let run = loclint(folder.path(), &["rules", "test", "house.yml"]);
        assert!(run.code == 0 && !run.stderr.contains("warning"), "{}{}\n{pack}", run.stdout, run.stderr);
    }
}

#[test]
fn the_reference_lists_the_types_of_rules() {
    let text = fs::read_to_string(project().join("docs/rules-of-your-own.md")).unwrap();
    let listed =
        text.split("**Types** are").nth(1).and_then(|rest| rest.split("The ITS type").next()).unwrap();
    let listed: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, declarative::mqm_types());
}

#[test]
fn a_rule_of_a_pack_has_no_version_unless_the_pack_comes_with_loclint() {
    let folder = tree(HOUSE);
    let run = loclint(folder.path(), &["explain", "house/no-du", "--pack", "house.yml"]);
    assert!(run.code == 0 && !run.stdout.contains("since"), "{}{}", run.stdout, run.stderr);
    let rules = loclint(folder.path(), &["rules", "--pack", "house.yml", "--format", "json"]).stdout;
    let rules: serde_json::Value = serde_json::from_str(&rules).unwrap();
    let rules = rules["rules"].as_array().unwrap();
    let since = |id: &str| &rules.iter().find(|rule| rule["id"] == id).unwrap()["since"];
    assert!(since("house/no-du").is_null() && since("text/brackets") == "0.1.0");
    let args = ["explain", "microsoft-style/us-date", "--pack", "microsoft-style"];
    assert!(loclint(folder.path(), &args).stdout.contains("since 0.1.0"));
}

#[test]
fn the_schema_of_packs_is_up_to_date_and_fits_them() {
    let schema = loclint(&project(), &["schema", "pack"]).stdout;
    let committed = project().join("schema/pack.schema.json");
    if std::env::var_os("LOCLINT_BLESS").is_some() {
        fs::write(&committed, &schema).unwrap();
    }
    assert!(
        fs::read_to_string(&committed).unwrap_or_default() == schema,
        "schema/pack.schema.json is not what \"loclint schema pack\" prints; LOCLINT_BLESS=1 rewrites it"
    );
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let reference = fs::read_to_string(project().join("docs/rules-of-your-own.md")).unwrap();
    let examples = reference.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap());
    let house = fs::read_to_string(project().join("testdata/packs/house.yml")).unwrap();
    for good in SHIPPED.iter().map(|(_, text)| *text).chain(examples).chain([house.as_str(), HOUSE]) {
        let errors: Vec<String> =
            validator.iter_errors(&yaml::json(good)).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{good}");
    }
}

#[test]
fn the_schema_of_packs_refuses_what_the_reader_refuses() {
    let schema = loclint(&project(), &["schema", "pack"]).stdout;
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let none = |_: &str| Err("no files".to_string());
    let read = |pack: &str| declarative::read(pack, "house.yml", &["text", "markup"], &none);
    let rule =
        |lines: &str| format!("category: house\nrules:\n  - name: x\n    description: X.\n    {lines}\n");
    let sound = rule("forbid: a");
    assert!(read(&sound).is_ok() && validator.is_valid(&yaml::json(&sound)));
    let rules = [
        "forbd: a",
        "severity: info",
        "forbid: a\n    keep: b",
        "forbid: [a]",
        "forbid: a\n    severity: fatal",
        "forbid: a\n    mqm: spelin",
        "forbid: a\n    locales: [Klingon]",
        "forbid: a\n    in: targets",
        "forbid: a\n    in: {frontmatter: title}",
        "forbid: a\n    in: source\n    fix: b",
        "forbid: a\n    in: code\n    raw: true",
        "forbid: a\n    raw: perhaps",
        "forbid: a\n    raw: 'true'",
        "forbid: a\n    fix: {safe: true}",
        "forbid: a\n    fix: {replace: b, sure: true}",
        "forbid: a\n    in: {front-matter: title}\n    if-source: b",
        "forbid: a\n    in: {front-matter: title}\n    bad: [{target: a, source: b}]",
        "require: a\n    fix: b",
        "require: a\n    unless: b",
        "keep: a\n    fix: b",
        "keep: a\n    in: source",
        "require-pair: {source: a}",
        "require-pair: {source: a, target: b, locale: de}",
        "require-pair: {source: a, target: b}\n    in: pair",
        "terms: [{trm: a}]",
        "terms: [{term: a}]\n    message: b",
        "forbid: a\n    good: a",
        "forbid: a\n    good: [{target: b, count: 1}]",
        "forbid: a\n    bad: [{target: b, count: -1}]",
        "forbid: a\n    bad: [{target: a, fixed: b}]",
        "forbid: a\n    bad: [{text: a}]",
    ];
    let files = [
        "category: text\nrules: []\n".to_string(),
        "category: House\nrules: []\n".to_string(),
        "rules: []\n".to_string(),
        "category: house\n".to_string(),
        "category: house\nrules: {name: x}\n".to_string(),
        "category: house\nrules: []\nrule: []\n".to_string(),
        "category: house\nrules:\n  - {name: x, forbid: a}\n".to_string(),
        "category: house\nrules:\n  - {description: X., forbid: a}\n".to_string(),
        "category: house\nrules:\n  - {name: No du, description: X., forbid: a}\n".to_string(),
    ];
    for wrong in rules.into_iter().map(rule).chain(files) {
        assert!(read(&wrong).is_err(), "the reader takes\n{wrong}");
        assert!(!validator.is_valid(&yaml::json(&wrong)), "the schema takes\n{wrong}");
    }
}

/// A pack whose only rule writes something that it finds again.
const ENDLESS: &str = r"
category: house
rules:
  - name: harbor
    description: The registry has its full name.
    forbid: HARBOR
    fix: {replace: Open HARBOR, safe: true}
    bad: [{target: Siehe HARBOR 7., fixed: Siehe Open HARBOR 7.}]
  - name: no-du
    description: The reader is addressed with du.
    forbid: '\bdu\b'
    fix: {replace: Sie, safe: true}
";

#[test]
fn a_fix_that_its_rule_finds_again_is_neither_written_nor_shown() {
    let folder = tree(ENDLESS);
    let read =
        || ["de-de", "pl-pl"].map(|locale| fs::read(folder.path().join(locale).join("guide.md")).unwrap());
    let before = read();
    for args in [&["--fix"][..], &["--diff"], &["--fix", "--fail-on", "never"]] {
        let run =
            loclint(folder.path(), &[&["check", "--pack", "house.yml", "--select", "house"], args].concat());
        assert_eq!(run.code, 2, "{}", run.stderr);
        let why = "what fixes of house/harbor write calls for fixes again, without end";
        for path in ["de-de/guide.md", "pl-pl/guide.md"] {
            let line = format!("loclint: not fixed: \"{path}\" and its other locales: {why}\n");
            assert!(run.stderr.contains(&line), "{}", run.stderr);
        }
        assert!(!run.stdout.contains("+++") && !run.stderr.contains("fault"), "{}{}", run.stdout, run.stderr);
        assert!(read() == before);
    }
    let test = loclint(folder.path(), &["rules", "test", "house.yml"]);
    assert_eq!(test.code, 1, "{}", test.stderr);
    assert!(
        test.stdout.contains("fixes that call for fixes again, without end: \"Siehe Open Open"),
        "{}",
        test.stdout
    );
    // One that writes what it found has no end either, with or without the text after it.
    let same =
        ENDLESS.replace("Open HARBOR, safe", "HARBOR, safe").replace(", fixed: Siehe Open HARBOR 7.", "");
    fs::write(folder.path().join("house.yml"), same).unwrap();
    assert_eq!(loclint(folder.path(), &["rules", "test", "house.yml"]).code, 1);
    assert_eq!(loclint(folder.path(), &["rules", "test", "--pack", "house.yml"]).code, 1);
}

#[test]
fn a_fix_of_front_matter_writes_the_value_that_was_meant() {
    let pack = |new: &str| {
        format!(
            "category: house\nrules:\n  - {{name: sign-in, description: A word., forbid: Logowanie, in: {{front-matter: title}}, \
             fix: {{replace: '{new}', safe: true}}}}\n"
        )
    };
    for (new, wanted) in [
        ("Rejestr: wejście", "title: 'Rejestr: wejście do Harbor'"),
        ("# x", "title: '# x do Harbor'"),
        ("\"x\" y", "title: '\"x\" y do Harbor'"),
        ("Wejście", "title: Wejście do Harbor"),
    ] {
        let folder = tree(&pack(new));
        let path = folder.path().join("pl-pl/guide.md");
        let text = format!(
            "---\ntitle: Logowanie do Harbor\nms.locfileid: 12\n---\n\n{}",
            fs::read_to_string(&path).unwrap()
        );
        fs::write(&path, &text).unwrap();
        let run = loclint(folder.path(), &["check", "--pack", "house.yml", "--select", "house", "--fix"]);
        assert!(run.code == 0 && !run.stderr.contains("loclint:"), "{}", run.stderr);
        assert_eq!(fs::read_to_string(&path).unwrap(), text.replace("title: Logowanie do Harbor", wanted));
    }
}
