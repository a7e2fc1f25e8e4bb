use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use loclint::bitext::Article;
use loclint::config::{self, ConfigError};
use loclint::engine::check_article;
use loclint::rules::declarative::{self, Pack, run_examples};
use loclint::rules::reader::Refused;
use loclint::rules::{RuleInfo, Settings, builtin};
use tempfile::TempDir;

use super::rules::{assert_findings, assert_fix, set};
use super::{locale, localized, parsed, parts};

/// What configurations can speak of.
static KNOWN: LazyLock<Vec<RuleInfo>> = LazyLock::new(|| {
    let rules = builtin(&Settings::default()).expect("the rules fit together");
    rules.into_iter().map(|rule| rule.info).collect()
});

/// What the rules of a pack run on.
const DOCUMENT: &str = "---\ntitle: Zdroje balíčků\nms.contentlocale: cs-CZ\n---\n# <a name=\"sources\"></a>\
    <span data-ttu-id=\"3f9a2-103\">Zdroje</span><span class=\"sxs-lookup\"><span data-stu-id=\"3f9a2-103\">Sources</span></span>\n\n\
    <span data-ttu-id=\"3f9a2-104\">Spusťte `harbor päck`, viz [průvodce](guide.md), a **uložte** verzi 4.8. あ!</span>\
    <span class=\"sxs-lookup\"><span data-stu-id=\"3f9a2-104\">Run `harbor pack`, see [the guide](guide.md), and **save** version 4.8.</span></span>\n";

/// A configuration or a pack, and perhaps a pack beside it: it is read or refused at a place in it, and a pack that is read can
/// be run.
pub fn settings(input: &[u8]) {
    let texts: Vec<_> = parts(input, 1).into_iter().map(String::from_utf8_lossy).collect();
    let none = |file: &str| Err(format!("there is no file \"{file}\""));
    for text in &texts {
        match declarative::read(text, "house.yml", &["markup", "text"], &none) {
            Ok(pack) => assert_runs(&pack),
            Err(refused) => assert_refused(text, &refused),
        }
    }
    let folder = TempDir::new().expect("there is room for temporary files");
    let path = folder.path().join("loclint.yml");
    for (name, text) in ["loclint.yml", "house.yml"].into_iter().zip(&texts) {
        fs::write(folder.path().join(name), text.as_bytes()).expect("there is room for temporary files");
    }
    let known: Vec<&RuleInfo> = KNOWN.iter().collect();
    match config::load(&path, Path::new("/"), &known) {
        Ok(config) => assert_eq!(config.files.len(), 1),
        Err(ConfigError::Refused(refused)) => {
            let in_pack = refused.file.ends_with("house.yml");
            let text = if in_pack { texts.get(1) } else { texts.first() };
            // A pack that comes with loclint cannot be refused.
            assert_refused(text.expect("the file was written"), &refused);
        }
        Err(ConfigError::Circle(files)) => assert!(!files.is_empty()),
        Err(other) => panic!("{other}"),
    }
}

/// The place is one of the text, and what is shown there stands there.
fn assert_refused(text: &str, refused: &Refused) {
    let Refused { line, column, len, message, .. } = refused;
    assert!(!message.is_empty() && *len > 0);
    assert!(text.split(['\n', '\r']).any(|line| line == refused.text), "{:?} is no line", refused.text);
    assert!(*line as usize <= 1 + text.matches(['\n', '\r']).count(), "{refused}");
    assert!(*column as usize <= refused.text.chars().count() + 1 + usize::from(*line == 1), "{refused}");
}

fn assert_runs(pack: &Pack) {
    for rule in &pack.rules {
        run_examples(rule);
    }
    let rules = set(pack.rules().collect());
    for tag in ["cs-CZ", "ja-JP"] {
        let document = parsed(DOCUMENT.as_bytes()).expect("the document is UTF-8");
        let article = Article {
            key: "a.md".into(),
            documents: vec![localized(0, &locale(tag), document)],
            source: None,
        };
        let findings = check_article(&article, &rules);
        assert_findings(&article, &findings);
        for finding in &findings {
            assert_fix(&article.documents[0].document, finding);
        }
    }
}
