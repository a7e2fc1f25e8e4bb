//! `loclint check --glossary`: the three formats, what they find, and what the user sees where one is wrong.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;
use std::path::Path;

use common::{loclint, testdata};

/// A document of three sentences about package sources.
fn document(targets: [&str; 3]) -> String {
    let sources = [
        "Add a package source.",
        "Package sources are listed in the settings.",
        "Harbor Relay keeps a copy of every package for Microsoft Teams.",
    ];
    let unit = |(number, (target, source)): (usize, (&str, &str))| {
        let id = format!("0a0a1-{}", 103 + number);
        format!(
            "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n\n"
        )
    };
    targets.into_iter().zip(sources).enumerate().map(unit).collect()
}

/// A tree where the first two sentences of each locale are right and wrong by turns.
fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (locale, targets) in [
        (
            "cs-cz",
            [
                "Přidejte úložiště balíčků.",
                "Seznam zdrojů balíčků je v nastavení.",
                "Harbor Relay uchovává kopii každého balíčku pro Microsoft Teams.",
            ],
        ),
        (
            "ja-jp",
            [
                "パッケージ ソースを追加します。",
                "パッケージの取得元は設定に一覧表示されます。",
                "ハーバー リレーは、Microsoft Teams 用のすべてのパッケージのコピーを保持します。",
            ],
        ),
        (
            "ru-ru",
            [
                "Добавьте репозиторий пакетов.",
                "Список источников пакетов приведен в параметрах.",
                "Harbor Relay хранит копию каждого пакета для команд Майкрософт.",
            ],
        ),
        (
            "tr-tr",
            [
                "Bir paket kaynağı ekleyin.",
                "Paket depolarının listesi ayarlardadır.",
                "Harbor Relay'de Microsoft Teams için her paketin bir kopyası tutulur.",
            ],
        ),
    ] {
        fs::create_dir(folder.path().join(locale)).unwrap();
        fs::write(folder.path().join(locale).join("guide.md"), document(targets)).unwrap();
    }
    for name in ["terms.yml", "terms.csv", "terms.tbx", "terms-martif.tbx"] {
        fs::copy(testdata().join("glossary").join(name), folder.path().join(name)).unwrap();
    }
    folder
}

const RULES: [&str; 7] = [
    "check",
    "--quiet",
    "--format",
    "concise",
    "--fail-on",
    "never",
    "--select=terminology,identifier/product-name",
];

fn findings(folder: &Path, args: &[&str]) -> String {
    let run = loclint(folder, &[&RULES, args].concat());
    assert_eq!((run.code, &*run.stderr), (0, ""));
    run.stdout
}

#[test]
fn every_format_finds_the_same() {
    let tree = tree();
    let yaml = findings(tree.path(), &["--glossary", "terms.yml"]);
    for name in ["terms.csv", "terms.tbx", "terms-martif.tbx"] {
        assert_eq!(findings(tree.path(), &["--glossary", name]), yaml, "{name}");
    }
    insta::assert_snapshot!(yaml);
}

#[test]
fn the_full_report_names_the_glossary_and_its_note() {
    let tree = tree();
    let args = ["check", "cs-cz/guide.md", "--quiet", "--select=terminology", "--glossary", "terms.csv"];
    insta::assert_snapshot!(loclint(tree.path(), &args).stdout);
}

#[test]
fn the_names_that_come_with_loclint_can_be_left_out() {
    let tree = tree();
    assert_eq!(findings(tree.path(), &[]).matches("identifier/product-name").count(), 1);
    assert_eq!(findings(tree.path(), &["--no-default-glossary"]), "");
    let own = findings(tree.path(), &["--no-default-glossary", "--glossary", "terms.yml"]);
    assert!(own.contains("\"Harbor Relay\" is missing") && !own.contains("Teams"), "{own}");
}

#[test]
fn several_glossaries_add_up() {
    let tree = tree();
    let more = "terms: [{term: settings, translations: {ja: 構成}}]";
    fs::write(tree.path().join("more.yaml"), more).unwrap();
    let found = findings(tree.path(), &["--glossary", "terms.csv", "--glossary", "more.yaml", "ja-jp"]);
    assert!(found.contains("\"package source\"") && found.contains("\"settings\""), "{found}");
}

#[test]
fn tables_with_a_column_for_each_locale_are_glossaries() {
    let tree = tree();
    let table =
        "\u{feff}term;cs;ja;tr\r\npackage source;zdroj balíčků;\"パッケージ ソース\";paket kaynağı\r\n";
    fs::write(tree.path().join("table.csv"), table).unwrap();
    let found = findings(tree.path(), &["--glossary", "table.csv", "--no-default-glossary"]);
    let places: Vec<&str> = found.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["cs-cz/guide.md:1:31", "ja-jp/guide.md:3:31", "tr-tr/guide.md:3:31"]);
    let names = "term\tstatus\tcs\nHarbor Relay\tdo-not-translate\tHarbor Relay\n";
    fs::write(tree.path().join("names.tsv"), names).unwrap();
    assert!(findings(tree.path(), &["--glossary", "names.tsv"]).contains("\"Harbor Relay\" is missing"));
}

/// Files that are no glossaries, and what is said about them.
const BROKEN: [(&str, &str); 29] = [
    ("a.yml", "terms:\n  - term: package source\n    transaltions: {cs: zdroj}\n"),
    ("a.yml", "terms:\n  - term: folder\n    translations:\n      cs: {prefered: složka}\n"),
    ("a.yml", "glossary: []\n"),
    ("a.yml", "# nothing yet\n"),
    ("a.yml", "terms:\n  - folder\n"),
    ("a.yml", "terms:\n  - note: no term\n"),
    ("a.yml", "terms:\n  - term: folder\n    translations: {klingon: ngo}\n"),
    ("a.yml", "terms:\n  - term: folder\n    translations: {cs: složka, cs: adresář}\n"),
    ("a.yml", "terms:\n  - term: folder\n    exact: maybe\n"),
    ("a.yml", "terms:\n  - term: Harbor\n    do-not-translate: true\n    translations: {de: Hafen}\n"),
    ("a.yml", "terms:\n  - term: folder\n    translations: {cs: {required: složka, forbidden: [složka]}}\n"),
    ("a.yml", "terms:\n  - term: \"\"\n"),
    ("a.yml", "terms:\n  - term: [folder\n"),
    ("a.csv", ""),
    ("a.csv", "term,locale,traslation\nfolder,cs,složka\n"),
    ("a.csv", "english,cs\nfolder,složka\n"),
    ("a.csv", "cs,de\nsložka,Ordner\n"),
    ("a.csv", "term;locale;translation;status\nfolder;cs;složka;prefered\n"),
    ("a.csv", "term,locale,translation\nfolder,czech,složka\n"),
    ("a.csv", "term,locale,translation\nfolder,cs,složka, adresář\n"),
    ("a.csv", "term,locale,translation\nfolder,cs,\"složka\nfile,cs,soubor\n"),
    ("a.csv", "term,locale,translation\n,cs,složka\n"),
    ("a.csv", "term,locale,translation\nfolder,,složka\n"),
    ("a.tbx", "<tbx><text></tbx>"),
    ("a.tbx", "<terms/>"),
    ("a.tbx", "<tbx><text><body/></text></tbx>"),
    (
        "a.tbx",
        "<tbx><text><body><conceptEntry id=\"c1\">\n<langSec xml:lang=\"xx\"><termSec><term>a</term></termSec></langSec>\n</conceptEntry></body></text></tbx>",
    ),
    (
        "a.tbx",
        "<tbx><text><body><conceptEntry id=\"c1\">\n<langSec xml:lang=\"cs\"><termSec><term>složka</term>\n<termNote type=\"administrativeStatus\">preferred-ish</termNote></termSec></langSec>\n</conceptEntry></body></text></tbx>",
    ),
    ("a.xlsx", "PK"),
];

#[test]
fn what_is_wrong_with_a_glossary_is_told_with_its_place() {
    let tree = tree();
    let mut told = String::new();
    for (name, text) in BROKEN {
        fs::write(tree.path().join(name), text).unwrap();
        let run = loclint(tree.path(), &["check", "--glossary", name]);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{text}");
        told += &format!("{}\n{}\n", text.trim_end(), run.stderr);
    }
    fs::write(tree.path().join("a.csv"), b"term,cs\nfolder,slo\x9eka\n").unwrap();
    told += &loclint(tree.path(), &["check", "--glossary", "a.csv"]).stderr;
    let missing = loclint(tree.path(), &["check", "--glossary", "none.yml"]).stderr;
    assert!(missing.starts_with("loclint: cannot read the glossary \"none.yml\": "), "{missing}");
    insta::assert_snapshot!(told);
}

/// "Required" is a heading of tables and a word of sentences; "Typ" is "Type" in tables only, and "Type" starts sentences.
#[test]
fn a_draft_finds_nothing_in_the_tree_that_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let sources = [
        ["Required", "Type", "Mirror", "Clients are required to sign in.", "Type a name.", "Add a mirror."],
        ["Required", "Type", "Mirror", "A license is required.", "Type a number.", "The mirror is full."],
    ];
    let headings = [("de-de", ["Erforderlich", "Typ", "Spiegel"]), ("ja-jp", ["必須", "種類", "ミラー"])];
    let sentences = [
        (
            "de-de",
            ["Clients müssen sich anmelden.", "Geben Sie einen Namen ein.", "Fügen Sie einen Spiegel hinzu."],
        ),
        ("de-de", ["Eine Lizenz wird benötigt.", "Geben Sie eine Zahl ein.", "Der Spiegel ist voll."]),
        (
            "ja-jp",
            ["クライアントはサインインしなければなりません。", "名前を入力します。", "ミラーを追加します。"],
        ),
        ("ja-jp", ["ライセンスがないといけません。", "数を入力します。", "ミラーがいっぱいです。"]),
    ];
    for (number, (locale, sentences)) in sentences.iter().enumerate() {
        let headings = headings.iter().find(|(other, _)| other == locale).unwrap().1;
        let targets = headings.iter().chain(sentences);
        let unit = |(at, (target, source)): (usize, (&&str, &&str))| {
            let id = format!("0a0a1-{}", 103 + at);
            format!(
                "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n\n"
            )
        };
        let text: String = targets.zip(&sources[number % 2]).enumerate().map(unit).collect();
        fs::create_dir_all(folder.path().join(locale)).unwrap();
        fs::write(folder.path().join(locale).join(format!("{}.md", number % 2)), text).unwrap();
    }
    for name in ["draft.yml", "draft.csv"] {
        let format = name.split_once('.').unwrap().1.replace("yml", "yaml");
        let draft = loclint(folder.path(), &["terms", "--min-count", "2", "--format", &format]).stdout;
        assert!(
            draft.contains("Erforderlich") && draft.contains("Spiegel") && !draft.contains("Typ"),
            "{draft}"
        );
        fs::write(folder.path().join(name), draft).unwrap();
        let args = ["check", "-q", "--glossary", name, "--select", "terminology", "--format", "concise"];
        let run = loclint(folder.path(), &args);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    }
    let draft = fs::read_to_string(folder.path().join("draft.yml")).unwrap();
    assert!(draft.contains("- term: Required\n    case-sensitive: true\n"), "{draft}");
    assert!(draft.contains("- term: Mirror\n    evidence:"), "{draft}");
}
