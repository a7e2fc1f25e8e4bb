//! Severities and options of rules, for all documents and for some.

use tempfile::TempDir;

use super::common::loclint;
use super::{CODE, HYPHEN, SPAN, check, found, tree, write};

#[test]
fn rules_and_categories_get_severities() {
    let folder = tree();
    let run =
        check(folder.path(), "rules:\n  markup/glued-hyphen: error\n  markup: off\n  span: info\n", &[]);
    let expected = [
        "info[span/unclosed] cs-cz/span-unclosed.md",
        "error[markup/glued-hyphen] sv-se/markup-glued-hyphen.md",
    ];
    assert_eq!(found(&run), expected, "a rule counts more than its category");
}

#[test]
fn overrides_are_for_paths_and_locales() {
    let folder = tree();
    let config = "\
rules:
  markup: warning
overrides:
  - locales: [cs-CZ]
    rules:
      span/unclosed: off
  - paths: \"/sv-se/**\"
    rules:
      markup: off
  - paths: \"*hyphen.md\"
    locales: [sv-SE, ru-RU]
    rules:
      markup/glued-hyphen: info
";
    let run = check(folder.path(), config, &[]);
    let expected = [
        "warning[markup/code-changed] cs-cz/markup-code-changed.md",
        "info[markup/glued-hyphen] sv-se/markup-glued-hyphen.md",
    ];
    assert_eq!(found(&run), expected);
}

#[test]
fn a_language_stands_for_its_locales() {
    let folder = tree();
    let off = |locales: &str| {
        let config = format!("overrides: [{{locales: {locales}, rules: {{span: off, markup: off}}}}]\n");
        found(&check(folder.path(), &config, &[]))
    };
    assert_eq!(off("cs"), [HYPHEN]);
    assert_eq!(off("[cs, sv]"), [""; 0]);
    assert_eq!(off("[cs-SK, sr-Latn, sv-Latn]"), [CODE, SPAN], "a language in a script is all that has both");
    let of = |locale: &str| found(&check(folder.path(), "", &["--locale", locale]));
    assert_eq!(of("cs"), [CODE, SPAN]);
    assert_eq!(of("cs,sv-SE"), [CODE, SPAN, HYPHEN]);
    let run = check(folder.path(), "", &["--locale", "de"]);
    let said = "no document to report on is in \"de\"; the locales here are ar-SA, cs-CZ, ";
    assert!(run.code == 2 && run.stderr.contains(said), "{}", run.stderr);
}

#[test]
fn what_is_selected_runs_even_where_the_configuration_turns_it_off() {
    let folder = tree();
    let run = |config: &str, select: &str| check(folder.path(), config, &["--select", select]);
    assert_eq!(found(&run("rules: {markup: off}\n", "markup")), [CODE, HYPHEN]);
    assert_eq!(found(&run("rules: {markup: off}\n", "markup/code-changed")), [CODE]);
    // What is said about a rule counts more than what is said about its category.
    assert_eq!(found(&run("rules: {markup/code-changed: off}\n", "markup")), [HYPHEN]);
    assert_eq!(found(&run("rules: {markup/code-changed: off}\n", "markup/code-changed")), [CODE]);
    // Severities stay, and so do settings for some documents.
    let config = "rules: {markup: info}\noverrides: [{locales: sv, rules: {markup: off}}]\n";
    assert_eq!(found(&run(config, "markup")), [CODE.replace("error", "info")]);
    let off = "rules: {parity/file-id: off}\n";
    let nothing = check(folder.path(), off, &["--select", "parity/file-id", "--ignore", "parity"]);
    assert!(
        nothing.stderr.contains("\"--select\" and \"--ignore\" leave no rule to run\n"),
        "{}",
        nothing.stderr
    );
}

#[test]
fn where_all_rules_are_off_it_is_said_by_what() {
    let folder = tree();
    let rules = loclint(folder.path(), &["rules", "--format", "json"]).stdout;
    let rules: serde_json::Value = serde_json::from_str(&rules).unwrap();
    let ids = rules["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap());
    let off: String = ids.map(|id| format!("  {id}: off\n")).collect();
    let said = |args: &[&str]| check(folder.path(), &format!("rules:\n{off}"), args).stderr;
    assert_eq!(said(&[]), "loclint: the configuration turns all rules off\n");
    let itself = "a rule that is off runs where \"--select\" names it itself\n";
    assert_eq!(said(&["--ignore", "markup"]), format!("loclint: what \"--ignore\" leaves is off; {itself}"));
    assert_eq!(said(&["--select", "markup"]), format!("loclint: what \"--select\" names is off; {itself}"));
}

#[test]
fn a_rule_that_is_off_can_be_on_for_a_locale() {
    let folder = tree();
    let config =
        "rules: {markup: off, span: off}\noverrides:\n  - locales: cs-CZ\n    rules: {markup: warning}\n";
    let run = check(folder.path(), config, &[]);
    assert_eq!(found(&run), ["warning[markup/code-changed] cs-cz/markup-code-changed.md"]);
}

/// What is said of a category is said of the rules that run.
#[test]
fn a_category_switches_no_rule_on() {
    let folder = TempDir::new().unwrap();
    let unit = "<span data-ttu-id=\"3f9a2-103\">Vyberte **Vymazat.**</span><span class=\"sxs-lookup\">\
                <span data-stu-id=\"3f9a2-103\">Select **Clear**.</span></span>\n";
    write(folder.path(), "cs-cz/a.md", unit);
    let found = |config: &str, args: &[&str]| {
        let run = check(folder.path(), config, args);
        let is_it = |line: &&str| line.contains("[markup/punctuation-in-bold]");
        run.stdout.lines().find(is_it).map(|line| line.split(['[', ' ']).nth(1).unwrap().to_string())
    };
    let rule = "markup/punctuation-in-bold";
    let of = |severity: &str| Some(severity.to_string());
    let by_locale = |setting: &str| format!("overrides: [{{locales: cs, rules: {{{setting}}}}}]\n");
    assert_eq!(found("rules: {markup: error}\n", &[]), None);
    assert_eq!(found(&by_locale("markup: error"), &[]), None);
    assert_eq!(found("rules: {markup: error}\n", &["--select", "markup"]), None);
    assert_eq!(found("rules: {markup: error}\n", &["--select", rule]), of("error"));
    assert_eq!(found(&format!("rules: {{{rule}: warning}}\n"), &[]), of("warning"));
    assert_eq!(found(&format!("rules: {{markup: error, {rule}: warning}}\n"), &[]), of("warning"));
    assert_eq!(found(&by_locale(&format!("{rule}: warning")), &[]), of("warning"));
    let on = format!("rules: {{{rule}: warning}}\n{}", by_locale("markup: error"));
    assert_eq!(found(&on, &[]), of("error"), "it runs, and the category is for these documents");
    write(folder.path(), "loclint.yml", "rules: {markup: error}\n");
    let shown = loclint(folder.path(), &["config"]).stdout;
    assert!(shown.contains("\n  markup/punctuation-in-bold: off"), "{shown}");
}

#[test]
fn options_can_differ_by_locale() {
    let folder = tree();
    let config = "\
rules: {markup: off, span: off}
overrides:
  - locales: [sv-SE]
    rules:
      front-matter/missing-key: {require: [ms.reviewer]}
";
    let run = check(folder.path(), config, &[]);
    let missing = ["error[front-matter/missing-key] sv-se/markup-code-changed.md"];
    assert_eq!(found(&run)[..1], missing);
    assert!(found(&run).iter().all(|line| line.contains(" sv-se/")), "{}", run.stdout);
    assert!(run.stdout.contains("\"ms.reviewer\""), "{}", run.stdout);
}
