//! loclint as a library, and the rules of a program that uses it.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;
#[path = "../examples/label_left/mod.rs"]
mod label_left;

use std::fs;
use std::path::Path;

use common::testdata;
use label_left::label_left;
use loclint::report::{Format, explain, rules_json};
use loclint::rules::{
    Applicability, Corpus, CorpusRule, DocumentRule, FixKind, OwnRules, Rule, RuleInfo, Scope, Settings,
    Severity, Sink, UnitRule, UnitView, all,
};
use loclint::{Checked, Linter, bitext, testing};
use tempfile::TempDir;

/// The tree of the glossary, with an English label in one of four locales.
fn tree(label: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    for locale in ["cs-cz", "de-de", "ja-jp", "ru-ru"] {
        let to = folder.path().join(locale);
        fs::create_dir(&to).unwrap();
        let text =
            fs::read_to_string(testdata().join("terms").join(locale).join("center/upload.md")).unwrap();
        fs::write(to.join("upload.md"), text.replace("**Отправить**", label)).unwrap();
    }
    folder
}

/// Place, severity, rule and message, a line each.
fn lines(checked: &Checked) -> Vec<String> {
    let findings = checked.findings().iter();
    findings
        .map(|one| {
            let (locale, start) = (&one.locale, one.range.start);
            format!("{locale} {}:{} {} {} {}", start.line, start.column, one.severity, one.rule, one.message)
        })
        .collect()
}

fn config(folder: &Path, text: &str) -> std::path::PathBuf {
    let path = folder.join("house.yml");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_page_of_the_example_is_its_test() {
    if std::env::var_os("LOCLINT_BLESS").is_some() {
        let page = common::project().join("examples/own_rule.md");
        fs::write(page, testing::blessed_page(label_left)).unwrap();
    }
    assert_eq!(testing::page_failures(label_left), [""; 0]);
}

#[test]
fn a_rule_of_ones_own_compares_locales() {
    assert_eq!(
        lines(&Linter::new().rule(label_left).select(["house"]).check([testdata().join("terms")]).unwrap()),
        [""; 0]
    );
    let folder = tree("**Upload**");
    let checked = Linter::new().rule(label_left).select(["house"]).check([folder.path()]).unwrap();
    assert_eq!(
        lines(&checked),
        ["ru-RU 27:61 warning house/label-left the label \"Upload\" is left in English"]
    );
    let finding = &checked.findings()[0];
    assert_eq!(finding.unit.as_deref(), Some("af58a-110"));
    assert_eq!(finding.related.len(), 4);
    let mut json = Vec::new();
    checked.write(Format::Json, &mut json).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["findings"][0]["rule"], "house/label-left");
    let mut full = Vec::new();
    checked.write(Format::Full, &mut full).unwrap();
    let full = without_colour(&String::from_utf8(full).unwrap());
    assert!(full.contains("the label \"Upload\" is left in English"), "{full}");
    assert!(
        checked.summary().starts_with("Found 1 warning in 1 of 1 article in 4 locales"),
        "{}",
        checked.summary()
    );
}

#[test]
fn it_is_suppressed_and_configured_like_all_rules() {
    let folder = tree("**Upload**");
    let linter = || Linter::new().rule(label_left).select(["house"]);
    let configured = |text: &str| {
        let checked = linter().config(config(folder.path(), text)).check([folder.path()]);
        checked.map(|checked| lines(&checked))
    };
    assert!(configured("rules: {house/label-left: error}\n").unwrap()[0].contains("error house/label-left"));
    for quiet in [
        "rules: {house/label-left: {keep: [Upload]}}\n",
        "rules: {house/label-left: {least: 4}}\n",
        "overrides: [{locales: [ru-RU], rules: {house/label-left: {keep: [Upload]}}}]\n",
    ] {
        assert_eq!(configured(quiet).unwrap(), [""; 0], "{quiet}");
    }
    let wrong = configured("rules: {house/label-left: {least: many}}\n").unwrap_err().to_string();
    assert!(wrong.contains("house.yml:1:35"), "{wrong}");
    assert!(Linter::new().config(folder.path().join("house.yml")).check([folder.path()]).is_err());

    let path = folder.path().join("ru-ru/upload.md");
    let text = fs::read_to_string(&path).unwrap();
    let comment = "<!-- loclint-disable-next-unit house/label-left: the site is in English -->\n";
    fs::write(&path, text.replace("2. <span", &format!("{comment}2. <span"))).unwrap();
    let checked = linter().check([folder.path()]).unwrap();
    assert_eq!(lines(&checked), [""; 0]);
    assert_eq!(
        checked.outcome().suppressed.rows(),
        [("house/label-left", Some("the site is in English"), 1)]
    );
    // The rules about suppressions know its name.
    let checked =
        Linter::new().rule(label_left).select(["house", "suppression"]).check([folder.path()]).unwrap();
    assert_eq!(lines(&checked), [""; 0]);
    let checked = Linter::new().select(["suppression"]).check([folder.path()]).unwrap();
    assert!(lines(&checked)[0].contains("house/label-left"), "{:?}", lines(&checked));
}

/// A rule of each scope but that of articles, and a fix.
struct Click;

impl UnitRule for Click {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if let Some(at) = unit.target().find("Klicken Sie auf ") {
            let span = unit.in_target(at, "Klicken Sie auf ".len());
            let finding = sink.report_unit(unit, span, "readers do not click");
            finding.fix(Applicability::Safe, "leave it out", span, "");
        }
    }
}

struct Author;

impl DocumentRule for Author {
    fn check(&self, localized: &bitext::Localized, sink: &mut Sink<'_>) {
        if !localized.document.file.text().contains("\nauthor: ") {
            sink.report(localized, bitext::Span::at(0), "nobody wrote this");
        }
    }
}

struct Enough {
    locales: usize,
}

impl CorpusRule for Enough {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        if corpus.facts.len() < self.locales {
            sink.report_at(corpus.facts[0].place(), "too few documents");
        }
    }
}

fn info(id: &'static str, scope: Scope) -> RuleInfo {
    RuleInfo::new(id, "# A rule\n\nA house rule.\n", Severity::Info, scope, "style")
}

fn own() -> OwnRules {
    let click = |_: &Settings| {
        let info = RuleInfo { fix: FixKind::Safe, its: "style".into(), ..info("house/click", Scope::Unit) };
        Rule::unit(info, Click)
    };
    let author = |_: &Settings| Rule::document(info("house/author", Scope::Unit), Author);
    let enough = |_: &Settings| Rule::corpus(info("house/enough", Scope::Corpus), Enough { locales: 9 });
    OwnRules::default().with(click).with(author).with(enough).with(label_left)
}

#[test]
fn rules_of_all_scopes_run_and_their_fixes_are_applied() {
    let folder = tree("**Отправить**");
    let check = || Linter::new().own_rules(own()).select(["house"]);
    let found = [
        "cs-CZ 8:21 info house/enough too few documents",
        "de-DE 26:34 info house/click readers do not click",
    ];
    assert_eq!(lines(&check().check([folder.path()]).unwrap()), found);
    let fixed = check().ignore(["house/enough"]).fix(false).check([folder.path()]).unwrap();
    assert_eq!(lines(&fixed), [""; 0]);
    assert_eq!(fixed.outcome().fixed.as_ref().unwrap().findings(), 1);
    let text = fs::read_to_string(folder.path().join("de-de/upload.md")).unwrap();
    assert!(text.contains(">**Durchsuchen**, und") && text.contains(">Click **Browse**, and"));
}

#[test]
fn rules_of_ones_own_are_listed_and_explained() {
    let rules = all(&Settings { own: own(), ..Settings::default() }).unwrap();
    let infos: Vec<&RuleInfo> = rules.iter().map(|rule| &rule.info).collect();
    let mut json = Vec::new();
    rules_json(&infos, &mut json).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let listed =
        |id: &str| json["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == id).unwrap().clone();
    let own = listed("house/label-left");
    assert_eq!((own["source"].as_str(), own["scope"].as_str()), (Some("program"), Some("article")));
    assert_eq!(own["options"][0]["default"], 2);
    assert_eq!(listed("house/author")["scope"], "document");
    assert_eq!(listed("text/length")["source"], "built-in");
    let info = infos.iter().find(|info| info.id == "house/label-left").unwrap();
    let mut page = Vec::new();
    explain(info, 60, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("part of this program") && page.contains("**Save** をクリックします。"), "{page}");
}

#[test]
fn pages_of_any_kind_are_explained_within_the_width() {
    let page = "A page without a title, in which a sentence is long enough to be wrapped.\n\n\
        1. First, see [the guide](https://example.com/guide).\n2. 次に、パッケージをアップロードする前に署名されていることを確認してください。\n   - inside\n\n\
        | key | what it does |\n|---|---|\n| `a` | one |\n| `b` | two |\n\n<p>HTML</p>\n\nThe end.\n";
    let info =
        RuleInfo { options: label_left(&Settings::default()).info.options, ..info("house/any", Scope::Unit) };
    let info = RuleInfo { page: page.into(), ..info };
    let mut shown = Vec::new();
    explain(&info, 40, &mut shown).unwrap();
    let shown = without_colour(&String::from_utf8(shown).unwrap());
    insta::assert_snapshot!(shown);
}

fn without_colour(text: &str) -> String {
    let mut out = Vec::new();
    std::io::Write::write_all(&mut anstream::StripStream::new(&mut out), text.as_bytes()).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn ids_that_are_taken_or_none_are_refused() {
    let refused = |id: &'static str| {
        let make = move |_: &Settings| Rule::document(info(id, Scope::Document), Author);
        let settings = Settings { own: own().with(make), ..Settings::default() };
        all(&settings).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(refused("house/click").contains("another rule has this id"));
    assert!(refused("markup/house").contains("is one that comes with loclint"));
    assert!(refused("internal/panic").contains("is one that comes with loclint"));
    for id in ["house", "House/x", "house/", "/x", "house/a/b", "house/ä"] {
        assert!(refused(id).contains("an id is"), "{id}: {}", refused(id));
    }
    assert_eq!(refused("home/click"), "");
}

#[test]
fn what_cannot_be_done_is_an_error_in_words() {
    let error = |linter: Linter, path: &str| linter.check([path]).err().unwrap().to_string();
    assert!(error(Linter::new(), "no/such/folder").contains("cannot open \"no/such/folder\""));
    assert!(error(Linter::new().select(["hous"]).rule(label_left), ".").contains("did you mean \"house\"?"));
    assert!(error(Linter::new().pack("no.yml"), ".").contains("cannot read the pack"));
}
