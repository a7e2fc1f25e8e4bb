//! The schema, and what `loclint init` writes.

use std::fs;

use super::common::{loclint, project};
use super::{check, tree, yaml};

#[test]
fn the_schema_is_up_to_date_and_fits_what_init_writes() {
    let folder = tree();
    let schema = loclint(folder.path(), &["schema"]).stdout;
    let committed = project().join("schema/loclint.schema.json");
    if std::env::var_os("LOCLINT_BLESS").is_some() {
        fs::write(&committed, &schema).unwrap();
    }
    let there = fs::read_to_string(&committed).unwrap_or_default();
    assert!(
        there == schema,
        "schema/loclint.schema.json is not what \"loclint schema\" prints; LOCLINT_BLESS=1 rewrites it"
    );
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let init = loclint(folder.path(), &["init", "--dry-run"]).stdout;
    let shown = loclint(folder.path(), &["config"]).stdout;
    for good in [
        init.as_str(),
        &shown,
        "rules: {provenance/stale: {stale-after: 3}, text: off}\nsource: docs\n",
        "packs: bilingual-markdown\nrules: {bilingual-markdown: off, bilingual-markdown/bare-url: info}\n",
        SUPPRESS,
    ] {
        let errors: Vec<String> =
            validator.iter_errors(&yaml::json(good)).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{good}");
    }
    for bad in [
        "exlude: a\n",
        "rules: {text: eror}\n",
        "rules: {markup/glued-hyfen: off}\n",
        "gate: {min-score: 101}\n",
        "overrides: [{rules: {text: off}}]\n",
        "suppress: [{reason: so}]\n",
        "suppress: [{rule: text/doubled-wrod}]\n",
        "suppress: [{rule: text, units: [{a: b}]}]\n",
        "gate: {min-score: \"95\"}\n",
        "gate: {max-warnings: '5'}\n",
        "default-glossary: \"false\"\n",
        "rules: {provenance/stale: {stale-after: \"30\"}}\n",
    ] {
        let run = check(folder.path(), bad, &[]);
        assert_eq!(run.code, 2, "the program takes {bad}");
        assert!(!validator.is_valid(&yaml::json(bad)), "{bad}");
    }
}

/// Every key of an entry, for rules that come with loclint and others.
const SUPPRESS: &str = r#"
suppress:
  - rule: text/doubled-word
    paths: ["cs-*/**", guide.md]
    units: [103, 8c032-104]
    message: '"(so|tak) \d'
    reason: so in the product
  - {rule: text, units: 103}
  - {rule: house/no-du, paths: de-de}
  - rule: house
"#;

#[test]
fn init_writes_a_configuration_that_works_at_once() {
    let folder = tree();
    let before = loclint(folder.path(), &["check", "--format", "concise"]);
    let run = loclint(folder.path(), &["init"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "wrote \"loclint.yml\"\n"));
    let text = fs::read_to_string(folder.path().join("loclint.yml")).unwrap();
    insta::assert_snapshot!(text);
    let after = loclint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!((after.stdout, after.code), (before.stdout, before.code));
    let again = loclint(folder.path(), &["init"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("there is a configuration already: "), "{}", again.stderr);
}
