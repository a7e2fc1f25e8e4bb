//! Findings that `suppress` in the configuration takes out, and what that means for the rest of a run.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;
use std::path::Path;

use common::documents::{document, pair, tree, write};
use common::{Run, loclint};
use serde_json::Value;
use tempfile::TempDir;

/// The fault that the tests plant: a doubled blank, which has a safe fix.
const RULE: &str = "text/double-space";

/// Two units, each with a doubled blank, in three locales.
fn two_faults() -> TempDir {
    let body = |first: &str, second: &str| {
        format!("{}\n\n{}\n", pair(103, first, "Save the file."), pair(104, second, "Close it."))
    };
    tree(&[
        ("cs-cz", "", &body("Uložte  soubor.", "Zavřete  ho.")),
        ("de-de", "", &body("Speichern Sie  die Datei.", "Schließen Sie  sie.")),
        ("ru-ru", "", &body("Сохраните  файл.", "Закройте  его.")),
    ])
}

fn check(folder: &Path, config: &str, args: &[&str]) -> Run {
    write(folder, "loclint.yml", config);
    loclint(folder, &[&["check", "--fail-on", "never"], args].concat())
}

/// Findings as `locale line`, how many are suppressed, and the entries that are idle.
fn found(folder: &Path, config: &str, args: &[&str]) -> (Vec<String>, u64, Vec<String>) {
    let run = check(folder, config, &[&["--format", "json"], args].concat());
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let one = |one: &Value| format!("{} {}", text(&one["locale"]), one["line"]);
    let findings = report["findings"].as_array().unwrap().iter().map(one).collect();
    let summary = &report["summary"];
    let idle = summary["idle_suppressions"].as_array().map(|idle| idle.iter().map(text).collect());
    (findings, summary["suppressed"].as_u64().unwrap(), idle.unwrap_or_default())
}

const ALL: [&str; 6] = ["cs-CZ 10", "cs-CZ 12", "de-DE 10", "de-DE 12", "ru-RU 10", "ru-RU 12"];

#[test]
fn all_that_an_entry_says_has_to_be_true_of_a_finding() {
    let folder = two_faults();
    let left = |entry: &str| {
        let (left, suppressed, idle) = found(folder.path(), &format!("suppress:\n  - {{{entry}}}\n"), &[]);
        assert_eq!((left.len() + suppressed as usize, idle), (ALL.len(), vec![]), "{entry}");
        left
    };
    assert_eq!(left("rule: text/double-space"), [""; 0]);
    assert_eq!(left("rule: text, paths: /de-de/"), [ALL[0], ALL[1], ALL[4], ALL[5]]);
    assert_eq!(left("paths: [cs-cz, '*-ru/guide.md']"), [ALL[2], ALL[3]]);
    assert_eq!(left("units: [104]"), [ALL[0], ALL[2], ALL[4]]);
    assert_eq!(left("units: 3f9a2-103, paths: '/??-de/**'"), [ALL[0], ALL[1], ALL[3], ALL[4], ALL[5]]);
    assert_eq!(left("rule: text, message: 'after \"(Uložte|Закройте)\"'"), &ALL[1..5]);
}

#[test]
fn entries_add_up_each_relative_to_its_own_file() {
    let folder = two_faults();
    write(folder.path(), "ru-ru/base.yml", "suppress:\n  - {rule: text, paths: /guide.md, reason: shared}\n");
    let config = "extends: ru-ru/base.yml\nsuppress:\n  - {units: [103], reason: own}\n";
    let (left, suppressed, _) = found(folder.path(), config, &[]);
    assert_eq!((left, suppressed), (vec![ALL[1].to_string(), ALL[3].to_string()], 4));
    let run = check(folder.path(), config, &["--statistics"]);
    let table = format!(
        "\nrule               suppressed  reason\n{RULE}           2  own\n{RULE}           2  shared\n"
    );
    assert!(run.stdout.ends_with(&table), "{}", run.stdout);
    assert!(run.stderr.contains(" documents; 2 fixable; 4 suppressed; "), "{}", run.stderr);
    let shown = loclint(folder.path(), &["config"]).stdout;
    let entries = r#"
suppress:
  - rule: text                               # ru-ru/base.yml:2
    paths: ["/guide.md"]
    reason: "shared"
  - units: ["103"]                           # loclint.yml:3
    reason: "own"
"#;
    assert!(shown.ends_with(entries), "{shown}");
}

#[test]
fn rules_of_packs_are_suppressed_too() {
    let folder = two_faults();
    let pack = "category: house\nrules:\n  - {name: no-ho, description: Says ho., forbid: '\\bho\\b', locales: [cs]}\n";
    write(folder.path(), "house.yml", pack);
    let config = "packs: house.yml\nrules: {text: off}\n";
    assert_eq!(found(folder.path(), config, &[]).0, ["cs-CZ 12"]);
    let run = check(folder.path(), config, &[]);
    assert!(!run.stderr.contains("YAML file"), "a pack is nothing to check: {}", run.stderr);
    for name in ["house", "house/no-ho"] {
        let (left, suppressed, _) =
            found(folder.path(), &format!("{config}suppress:\n  - rule: {name}\n"), &[]);
        assert_eq!((left.len(), suppressed), (0, 1), "{name}");
    }
}

#[test]
fn entries_that_nothing_needs_are_named_where_the_run_sees_all() {
    let folder = two_faults();
    let config = format!(
        "suppress:\n  - rule: {RULE}\n    units: [103]\n  - rule: text/doubled-word\n    paths: \"/ru-ru/**\"\n"
    );
    let run = check(folder.path(), &config, &[]);
    let line =
        "\nloclint.yml:4: warning: this entry of \"suppress\" suppresses nothing any more; remove it\n";
    assert!(run.stderr.contains(line), "{}", run.stderr);
    assert_eq!(run.stderr.matches("suppresses nothing").count(), 1);
    let idle = |config: &str, args: &[&str]| found(folder.path(), config, args).2;
    assert_eq!(idle(&config, &[]), ["loclint.yml:4"]);
    assert_eq!(idle(&config, &["--select", "suppression,text"]), ["loclint.yml:4"]);
    for args in [
        &["--select", "suppression,markup"][..],
        &["--ignore", "text/doubled-word"],
        &["--ignore", "suppression/unused"],
        &["--locale", "de-DE"],
        &["--min-confidence", "medium"],
        &["ru-ru/guide.md"],
        // The entry may be about the rest of the tree.
        &["ru-ru"],
    ] {
        assert_eq!(idle(&config, args), [""; 0], "{args:?}");
    }
    // Off, or with nothing to compare with.
    assert_eq!(idle(&format!("rules: {{text/doubled-word: off}}\n{config}"), &[]), [""; 0]);
    assert_eq!(idle("suppress:\n  - rule: provenance/stale\n", &[]), [""; 0]);
    assert_eq!(idle("suppress:\n  - message: nothing says this\n", &[]), [""; 0]);
    assert_eq!(idle("suppress:\n  - message: nothing says this\n    units: [7]\n", &[]), ["loclint.yml:2"]);
    assert_eq!(idle("suppress:\n  - {rule: parity/skeleton, paths: gone.md}\n", &[]), ["loclint.yml:2"]);
    // Another tree may need what is shared.
    write(folder.path(), "base.yml", "suppress:\n  - rule: text/doubled-word\n");
    assert_eq!(idle("extends: base.yml\n", &[]), [""; 0]);
}

#[test]
fn what_is_suppressed_is_not_in_the_baseline() {
    let folder = two_faults();
    let config = "suppress:\n  - {rule: text, units: [104]}\n";
    write(folder.path(), "loclint.yml", config);
    let written = loclint(folder.path(), &["baseline"]);
    assert!(written.stderr.starts_with("Wrote 3 findings in 1 article"), "{}", written.stderr);
    let with = ["--baseline", "loclint-baseline.json"];
    let run = check(folder.path(), config, &with);
    assert!(run.stderr.starts_with("Nothing new: "), "{}", run.stderr);
    assert!(run.stderr.contains("; 3 suppressed; "), "{}", run.stderr);
    assert!(run.stderr.contains("\nBaseline: 3 known findings left out\n"), "{}", run.stderr);
    // Without the entry they are new, and an entry about a known one leaves the baseline behind.
    assert_eq!(found(folder.path(), "", &with).0, [ALL[1], ALL[3], ALL[5]]);
    let run = check(folder.path(), "suppress:\n  - rule: text\n", &with);
    assert!(run.stderr.contains("; 3 entries match nothing any more ("), "{}", run.stderr);
}

#[test]
fn what_is_suppressed_is_not_fixed() {
    let comment = "<!-- loclint-disable-next-unit text/double-space: tabulka -->";
    let body = |one: &str, kept: &str| {
        format!(
            "{}\n\n{comment}\n{}\n\n{}\n\n{} {}\n",
            pair(103, &format!("Uložte{one}soubor."), "Save the file."),
            pair(104, "Zavřete  ho.", "Close it."),
            pair(105, &format!("Vraťte{kept}se."), "Go back."),
            pair(106, &format!("Změnu{one}potvrďte."), "Confirm the change."),
            pair(107, &format!("Hotovo,{one}skvělé."), "Done, great."),
        )
    };
    // One finding with a place in each of two units.
    let cased = |first: &str| {
        let unit = |number, name: &str| {
            pair(number, &format!("Nastavte {name} v souboru."), "Set mirrorUrl in the file.")
        };
        format!("{}\n\n{}\n", unit(103, first), unit(104, "mirrorurl"))
    };
    let folder = tree(&[("cs-cz", "", &body("  ", "  "))]);
    let (folder, whole) = (folder.path(), document("cs-cz", "", &body("  ", "  ")));
    write(folder, "cs-cz/old/guide.md", &whole);
    write(folder, "cs-cz/case.md", &document("cs-cz", "", &cased("mirrorurl")));
    let config = "\
suppress:
  - {rule: text, units: [105], paths: /cs-cz/guide.md}
  - {message: 'after \"Hotovo,\"', paths: /cs-cz/guide.md}
  - {rule: text, paths: old/, reason: nobody reads it}
  - {rule: identifier/case, units: 3f9a2-104}
";
    let before = ["cs-cz/guide.md", "cs-cz/old/guide.md", "cs-cz/case.md"].map(|path| folder.join(path));
    let texts = || before.each_ref().map(|path| fs::read_to_string(path).unwrap());
    let old = texts();
    let diff = check(folder, config, &["--diff"]);
    assert_eq!(texts(), old);
    let added: Vec<&str> = diff.stdout.lines().filter(|line| line.starts_with('+')).collect();
    assert_eq!(added.len(), 5, "two names of files, three lines: {}", diff.stdout);
    let run = check(folder, config, &["--fix"]);
    let wanted = [
        document("cs-cz", "", &body(" ", "  ").replace("Hotovo, skvělé", "Hotovo,  skvělé")),
        whole,
        document("cs-cz", "", &cased("mirrorUrl")),
    ];
    assert_eq!(texts(), wanted, "{}", run.stderr);
    assert!(run.stderr.starts_with("Fixed 3 findings in 2 files\n"), "{}", run.stderr);
    let again = check(folder, config, &["--fix"]);
    assert!(again.stderr.starts_with("Fixed nothing\n"), "{}", again.stderr);
    assert_eq!(texts(), wanted);
    // Without the configuration only the comment keeps what it names.
    let rest = loclint(folder, &["check", "--fix", "--no-config"]);
    let plain = document("cs-cz", "", &body(" ", " "));
    assert_eq!(
        texts(),
        [plain.clone(), plain, document("cs-cz", "", &cased("mirrorUrl").replace("mirrorurl", "mirrorUrl"))],
        "{}",
        rest.stderr
    );
}

#[test]
fn what_the_page_says_is_a_configuration() {
    let page = fs::read_to_string(common::project().join("docs/suppressions.md")).unwrap();
    let example = page.split("```yaml\nsuppress:\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = two_faults();
    let (left, suppressed, idle) = found(folder.path(), &format!("suppress:\n{example}"), &[]);
    assert_eq!((left.len(), suppressed, idle), (6, 0, vec!["loclint.yml:2".into(), "loclint.yml:6".into()]));
    // Findings about suppressions too, which no document can suppress.
    let path = folder.path().join("ru-ru/guide.md");
    fs::write(&path, fs::read_to_string(&path).unwrap() + "\n<!-- loclint-disable-fiel -->\n").unwrap();
    assert_eq!(found(folder.path(), "suppress:\n  - rule: text\n", &[]).0, ["ru-RU 14"]);
    assert_eq!(found(folder.path(), "suppress:\n  - paths: ru-ru\n", &[]).0, &ALL[..4]);
}
