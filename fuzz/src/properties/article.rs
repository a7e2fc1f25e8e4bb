use std::path::PathBuf;
use std::time::Duration;

use loclint::discover::{Origin, Plan, PlannedArticle, PlannedDocument};
use loclint::engine::{Outcome, run};
use loclint::files::Files;
use loclint::report::{Format, FullOptions, Report};

use super::rules::RULES;
use super::{Input, parts};

/// An article in two locales, of any bytes: a whole run finds places in the files, no rule panics, and each format can be written.
pub fn article(input: &[u8]) {
    const FORMATS: [Format; 9] = [
        Format::Full,
        Format::Concise,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Html,
    ];
    let input = Input::new(input);
    let (mut files, mut documents) = (Files::default(), Vec::new());
    for (text, locale) in parts(input.rest, 2).into_iter().zip(input.locales()) {
        let folder = locale.as_str().to_lowercase();
        let path = PathBuf::from(if cfg!(windows) { "C:\\docs" } else { "/docs" }).join(folder).join("a.md");
        files.set_buffer(path.clone(), text);
        documents.push(PlannedDocument {
            path,
            locale,
            origin: Origin::Folder,
            stable_key: "a.md".into(),
            tree_path: Some("a.md".into()),
            reported: true,
        });
    }
    let plan = Plan {
        articles: vec![PlannedArticle { key: "a.md".into(), documents }],
        whole: true,
        ..Plan::default()
    };
    let outcome = run(&plan, &RULES, &files, None).expect("without an English tree a run cannot fail");
    assert_located(&outcome, &files);
    let report = Report {
        plan: &plan,
        outcome: &outcome,
        files: &files,
        rules: &RULES,
        source: None,
        source_has_history: false,
        glossary: false,
        baseline: None,
        current: PathBuf::from("/docs"),
        elapsed: Duration::ZERO,
        statistics: input.choice(2, 2) == 1,
    };
    let full = FullOptions { width: 80, unicode: true, max_findings: 50, links: false };
    let mut written = Vec::new();
    report
        .write(FORMATS[input.choice(1, FORMATS.len())], &full, &mut written)
        .expect("memory takes everything");
    String::from_utf8(written).expect("a report is UTF-8");
}

/// Findings are in order, and their lines are lines of their files.
fn assert_located(outcome: &Outcome, files: &Files) {
    let order = |at: usize| {
        let finding = &outcome.findings[at];
        (&finding.path, finding.range.start.line, finding.range.start.column)
    };
    for at in 0..outcome.findings.len() {
        let finding = &outcome.findings[at];
        assert!(!finding.rule.starts_with("internal/"), "{}: {}", finding.rule, finding.message);
        assert!(at == 0 || order(at - 1) <= order(at), "findings are in order");
        let bytes = files.bytes(&finding.path).expect("the buffer is there");
        let lines = 1 + bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
        assert!(
            finding.range.end.line as usize <= lines,
            "{}: line {}",
            finding.rule,
            finding.range.end.line
        );
        assert!(finding.range.start <= finding.range.end, "{}: {:?}", finding.rule, finding.range);
    }
}
