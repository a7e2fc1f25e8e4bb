//! Every example of every rule page is a test of its own.
//!
//! `LOCLINT_BLESS=1 cargo test --test rule_pages` rewrites the expected findings and fixed texts.

mod english;
mod page;

use std::fs;
use std::path::PathBuf;

use bitext::{Article, Document, DocumentId, Locale, Localized, SourceFile};
use libtest_mimic::{Arguments, Failed, Trial};
use loclint::discover::{Trees, discover};
use loclint::engine::{self, Active, RuleSet, check_article, check_corpus};
use loclint::files::Files;
use loclint::fix::{harm, refusal};
use loclint::{bitext, rules};
use page::{Example, Page, Target};
use rules::{Check, Corpus, Facts, Finding, Quote, Settings, Severity, SourceArticle, SourceListing};

/// The pages' today.
const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

fn main() {
    let args = Arguments::from_args();
    let rules =
        rules::builtin(&Settings { today: TODAY, ..Settings::default() }).expect("the defaults are valid");
    let bless = std::env::var_os("LOCLINT_BLESS").is_some();
    let mut trials = Vec::new();
    for rule in &rules {
        let path = page_path(&rule.info.id);
        let text = fs::read_to_string(&path).expect("every rule has its page");
        let page = Page::parse(&text);
        if bless {
            fs::write(&path, blessed(&rule.info.id, &text, &page)).expect("pages can be written");
        }
        let page = Page::parse(&fs::read_to_string(&path).expect("just written"));
        for example in page.examples {
            let id = rule.info.id.to_string();
            let name = format!("{id}: {}", example.name);
            trials.push(Trial::test(name, move || check(&id, &example)));
        }
    }
    libtest_mimic::run(&args, trials).exit();
}

fn page_path(id: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rules").join(format!("{}.md", id.replace('-', "_")))
}

/// What an example gives: findings as the page writes them, and the fixed text per locale.
struct Got {
    findings: Vec<String>,
    fixed: Vec<(String, String)>,
}

fn check(id: &str, example: &Example) -> Result<(), Failed> {
    let got = run(id, example)?;
    let expected: Vec<&str> = example.findings.lines().collect();
    let found: Vec<&str> = if got.findings.is_empty() { vec!["none"] } else { lines(&got.findings) };
    if expected != found {
        return Err(format!("expected:\n{}\nfound:\n{}", expected.join("\n"), found.join("\n")).into());
    }
    for (locale, wanted) in &example.fixed {
        let fixed = got.fixed.iter().find(|(other, _)| other == locale).map(|(_, text)| text);
        if fixed != Some(wanted) {
            return Err(
                format!("expected the fix to give, in {locale}:\n{wanted}\nit gives:\n{fixed:?}").into()
            );
        }
    }
    if example.fixed.is_empty() && !got.fixed.is_empty() {
        return Err(format!("the finding has a fix; show what it gives:\n{}", got.fixed[0].1).into());
    }
    Ok(())
}

fn lines(findings: &[String]) -> Vec<&str> {
    findings.iter().map(String::as_str).collect()
}

fn run(id: &str, example: &Example) -> Result<Got, Failed> {
    let rule = || -> Result<RuleSet, Failed> {
        let mut all = rules::builtin(&Settings {
            options: example.options(id),
            today: TODAY,
            glossary: example.glossary(),
            ..Settings::default()
        })?;
        let at = all.iter().position(|rule| rule.info.id == id).ok_or("no such rule")?;
        let rule = all.swap_remove(at);
        // A rule that is off is tried too.
        let severity = rule.info.severity.unwrap_or(Severity::Info);
        let mut set = RuleSet::with_defaults(Vec::new());
        set.rules.push(Active::new(rule, severity));
        Ok(set)
    };
    if id == "suppression/unused" {
        return whole_run(id, example);
    }
    let set = rule()?;
    let article = article(example)?;
    let findings = findings(&article, example, &set);
    let shown = findings.iter().map(|finding| show(finding, &article, &example.targets)).collect();
    let mut fixed = Vec::new();
    for (localized, target) in article.documents.iter().zip(&example.targets) {
        let own = findings.iter().filter(|finding| finding.place.document == localized.id);
        let fixes: Vec<_> = own.filter_map(|finding| finding.fix.as_ref()).collect();
        if !fixes.is_empty() {
            // Later edits first, so that the earlier spans stay right.
            let mut text = localized.document.file.text().to_string();
            let mut fixes = fixes;
            fixes.sort_by_key(|fix| std::cmp::Reverse(fix.edits[0].span));
            for fix in fixes {
                if let Some(why) = refusal(&localized.document, fix) {
                    return Err(format!("\"--fix\" would refuse the fix: {why}").into());
                }
                text = fix.apply(&text).ok_or("an edit does not fit the document")?;
            }
            idempotent(&text, localized, example, &set)?;
            fixed.push((target.locale.clone(), target.shown_part(&text)));
        }
    }
    Ok(Got { findings: shown, fixed })
}

/// Runs all rules on the documents of the example, as a tree: what is not needed, only a whole run can tell.
fn whole_run(id: &str, example: &Example) -> Result<Got, Failed> {
    let tree = tempfile::tempdir()?;
    for target in &example.targets {
        let path = tree.path().join(&target.locale).join(&target.article);
        fs::create_dir_all(path.parent().ok_or("a path in the tree")?)?;
        fs::write(path, target.document())?;
    }
    let files = Files::default();
    let plan = discover(&[tree.path().to_path_buf()], &Trees::default(), 1, &files)
        .map_err(|error| error.to_string())?;
    let set = RuleSet::with_defaults(rules::builtin(&Settings {
        options: example.options(id),
        today: TODAY,
        ..Settings::default()
    })?);
    let outcome = engine::run(&plan, &set, &files, None).map_err(|error| error.to_string())?;
    let found = outcome.findings.iter().filter(|finding| finding.rule == id);
    let shown = found.map(|finding| {
        let (start, severity) = (finding.range.start, finding.severity);
        format!("{} {}:{} {severity}  {}", finding.locale, start.line, start.column, finding.message)
    });
    Ok(Got { findings: shown.collect(), fixed: Vec::new() })
}

/// After its fix, a finding must be gone.
fn idempotent(text: &str, localized: &Localized, example: &Example, set: &RuleSet) -> Result<(), Failed> {
    let document = parse(text.to_string())?;
    if let Some(why) = harm(&localized.document, &document) {
        return Err(format!("\"--fix\" would drop the fix: {why}").into());
    }
    let alone = Localized { id: localized.id, locale: localized.locale.clone(), document, reported: true };
    let alone = Article { key: page::ARTICLE.into(), documents: vec![alone], source: None };
    let again = findings(&alone, example, set);
    let fixable = again.iter().find(|finding| finding.fix.is_some());
    fixable.map_or(Ok(()), |left| {
        Err(format!("there is still something to fix after the fix: {}", left.message).into())
    })
}

fn findings(article: &Article, example: &Example, set: &RuleSet) -> Vec<Finding> {
    let corpus = |active: &Active| matches!(active.rule.check, Check::Corpus(_));
    let mut findings = if set.rules.iter().any(corpus) {
        told(check_corpus(&corpus_of(article, example), set), article)
    } else {
        check_article(article, set)
    };
    findings.sort_by_key(|finding| (finding.place.document, finding.place.span));
    findings
}

/// Findings of a corpus rule with the texts that they quote.
fn told(mut findings: Vec<Finding>, article: &Article) -> Vec<Finding> {
    let read = |quote: Quote| {
        let place = quote.place();
        let document = &article.documents.get(place.document.0 as usize)?.document;
        let unit = document.unit_at(place.span.start as usize)?;
        Some(if matches!(quote, Quote::Source(_)) { document.source(unit) } else { document.target(unit) })
    };
    for finding in &mut findings {
        finding.tell(read);
    }
    findings
}

/// What a corpus rule sees: the documents by the paths of their articles, and the list of English files.
fn corpus_of(article: &Article, example: &Example) -> Corpus {
    let mut paths: Vec<&str> = example.targets.iter().map(|target| target.article.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let number = |path: &str| paths.binary_search(&path).ok().map(|at| at as u32);
    let documents = article.documents.iter().zip(&example.targets);
    let facts = documents
        .map(|(localized, target)| Facts::of(number(&target.article).unwrap_or_default(), localized))
        .collect();
    let list = example.english.iter().find(|(kind, _)| kind == "list");
    let source = list.map(|(_, list)| SourceListing {
        articles: list
            .lines()
            .map(|path| SourceArticle { path: path.into(), article: number(path) })
            .collect(),
    });
    Corpus { facts, docsets: vec![0; paths.len()], source }
}

fn article(example: &Example) -> Result<Article, Failed> {
    let localized = |(number, target): (usize, &Target)| {
        let locale = Locale::parse(&target.locale).ok_or(format!("\"{}\" is no locale", target.locale))?;
        let (id, document) = (DocumentId(number as u32), parse(target.document())?);
        Ok(Localized { id, locale, document, reported: true })
    };
    let documents: Result<Vec<_>, Failed> = example.targets.iter().enumerate().map(localized).collect();
    let documents = documents?;
    let source = english::view(&example.english, &documents)?;
    Ok(Article { key: page::ARTICLE.into(), documents, source })
}

fn parse(text: String) -> Result<Document, Failed> {
    Ok(Document::parse(SourceFile::from_bytes(text.into_bytes())?))
}

/// `cs-CZ 1:20 warning  message`, with the position in the text that the page shows.
fn show(finding: &Finding, article: &Article, targets: &[Target]) -> String {
    let number = finding.place.document.0 as usize;
    let document = &article.documents[number].document;
    let offset = targets[number].offset();
    let shown = &document.file.written()[offset..];
    let start = document.file.written_span(finding.place.span).start;
    let position = SourceFile::from_bytes(shown.as_bytes().to_vec())
        .map(|file| file.position(start - offset as u32))
        .expect("a part of a text is a text");
    let (locale, severity) = (&targets[number].locale, finding.severity);
    format!("{locale} {}:{} {severity}  {}", position.line, position.column, finding.message)
}

/// The page with the findings and fixed texts that its examples give now.
fn blessed(id: &str, text: &str, page: &Page) -> String {
    let mut text = text.to_string();
    for example in page.examples.iter().rev() {
        let Ok(got) = run(id, example) else { continue };
        let findings = if got.findings.is_empty() { "none".into() } else { got.findings.join("\n") };
        let mut block = format!("```findings\n{findings}\n```\n");
        for (locale, fixed) in got.fixed {
            block += &format!("```fixed {locale}\n{}\n```\n", fixed.trim_end_matches('\n'));
        }
        text.replace_range(example.expectations.clone(), block.trim_end());
    }
    text
}
