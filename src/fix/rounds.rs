use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bitext::{Article, Document, DocumentId, Localized, SourceFile, Span};
use rules::{Edit, FIX_ROUNDS, Finding, Place};

use super::{apply, choose, harm};

/// The id of findings about fixes that were dropped.
const INTERNAL: &str = "internal/fix";

/// Finds what is wrong with an article, which is as it was last time but for some documents, named by their index.
type Check<'a> = dyn FnMut(&Article, &[usize], Which) -> Vec<Finding> + 'a;

/// What is round an article that is fixed.
pub struct Site<'a> {
    /// Asks the rules.
    pub check: &'a mut Check<'a>,
    /// Whether a document that has something to fix may be edited.
    pub may_edit: &'a mut dyn FnMut(&Localized) -> bool,
    /// Whether fixes that guess are applied too.
    pub unsafe_too: bool,
}

/// The rules that look at an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those whose findings can carry fixes: all that matter while there is something to fix.
    ThatFix,
    /// All.
    All,
}

/// An article after its fixes.
#[derive(Debug, Default)]
pub struct Settled {
    /// What is left to report.
    pub findings: Vec<Finding>,
    /// The documents that were edited, by their index.
    pub changes: BTreeMap<usize, Change>,
    /// The documents whose fixes called for ever more fixes, with the rules of these: those that were applied, or would have been, in the last two
    /// rounds, since one can call for that of another document. Then the whole article is as it was.
    pub unsettled: BTreeMap<DocumentId, Rules>,
    /// Fixes that were refused.
    pub refused: Vec<Refused>,
    /// Whether there was still something to fix after the last round.
    is_endless: bool,
    /// The documents that were put back as they were, each with the finding that says so.
    spoilt: BTreeMap<DocumentId, Finding>,
}

/// The ids of rules.
pub type Rules = BTreeSet<Cow<'static, str>>;

/// A fix that must not be applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// The document.
    pub document: DocumentId,
    /// The rule of its finding.
    pub rule: Cow<'static, str>,
    /// A few words.
    pub why: &'static str,
}

/// A document that was edited.
#[derive(Debug)]
pub struct Change {
    /// The document as it was.
    pub before: Document,
    /// Findings that were fixed in it.
    pub findings: usize,
}

/// Fixes the documents of an article, and checks it anew, until nothing is left to fix. A document that would be worse off after a fix is put
/// back as it was, and that is a finding. Where there is no end to it, the whole article is put back: a fix of one document can be what calls for
/// that of another.
pub fn settle(article: &mut Article, site: &mut Site<'_>) -> Settled {
    let mut settled = Settled { findings: (site.check)(article, &[], Which::ThatFix), ..Settled::default() };
    for round in 0..=FIX_ROUNDS {
        let mut edited = Vec::new();
        settled.refused.clear();
        for (index, localized) in article.documents.iter_mut().enumerate() {
            if settled.fix(index, localized, site, round) {
                edited.push(index);
            }
        }
        if edited.is_empty() {
            break;
        }
        settled.findings = (site.check)(article, &edited, Which::ThatFix);
    }
    let mut put_back = Vec::new();
    if settled.is_endless {
        put_back = settled.put_back(article);
    } else {
        settled.unsettled.clear();
    }
    settled.findings = (site.check)(article, &put_back, Which::All);
    settled.findings.extend(std::mem::take(&mut settled.spoilt).into_values());
    settled
}

impl Settled {
    /// Applies the fixes of one document that go together; says whether it is another by then. After the last round, it is only noted that
    /// there was something to do.
    fn fix(&mut self, index: usize, localized: &mut Localized, site: &mut Site<'_>, round: usize) -> bool {
        let id = localized.id;
        if self.spoilt.contains_key(&id) || !localized.reported {
            return false;
        }
        let own = self.findings.iter().filter(|finding| finding.place.document == id);
        let choice = choose(&localized.document, own, site.unsafe_too);
        let refused =
            |&(finding, why): &(&Finding, _)| Refused { document: id, rule: finding.rule.clone(), why };
        self.refused.extend(choice.refused.iter().map(refused));
        if choice.edits.is_empty() || !(site.may_edit)(localized) {
            return false;
        }
        if round + 1 >= FIX_ROUNDS {
            let rules = self.unsettled.entry(id).or_default();
            rules.extend(choice.findings.iter().map(|finding| finding.rule.clone()));
        }
        if round == FIX_ROUNDS {
            self.is_endless = true;
            return false;
        }
        match edit(&localized.document, &choice.edits) {
            Ok(document) => {
                let before = std::mem::replace(&mut localized.document, document);
                let change = self.changes.entry(index).or_insert_with(|| Change { before, findings: 0 });
                change.findings += choice.findings.len();
            }
            Err(why) => {
                self.spoilt.insert(id, dropped(id, &choice.findings, why));
                if let Some(change) = self.changes.remove(&index) {
                    localized.document = change.before;
                }
            }
        }
        true
    }

    /// Puts all documents back as they were; gives the indices of those that had been edited.
    fn put_back(&mut self, article: &mut Article) -> Vec<usize> {
        let changes = std::mem::take(&mut self.changes).into_iter();
        changes
            .map(|(index, change)| {
                article.documents[index].document = change.before;
                index
            })
            .collect()
    }
}

/// The document with the edits made, if that does no harm.
fn edit(document: &Document, edits: &[&Edit]) -> Result<Document, &'static str> {
    // Rules see the text without what suppresses findings; the file keeps that.
    let written = |edit: &&Edit| Edit {
        span: document.file.written_span(edit.span),
        replacement: edit.replacement.clone(),
    };
    let edits: Vec<Edit> = edits.iter().map(written).collect();
    let text =
        apply(document.file.written(), &edits.iter().collect::<Vec<_>>()).ok_or("the edits do not fit")?;
    let file =
        SourceFile::from_bytes(text.into_bytes()).map_err(|_| "the file could not be read any more")?;
    let edited = Document::parse_like(file, Some(document));
    if let Some(harm) = harm(document, &edited) {
        return Err(harm);
    }
    rules::keep_sources(document, &edited);
    Ok(edited)
}

/// The finding that the fixes of a document were dropped.
fn dropped(document: DocumentId, findings: &[&Finding], why: &str) -> Finding {
    let mut rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_ref()).collect();
    rules.sort_unstable();
    rules.dedup();
    let message = format!("nothing was fixed in this file, since {why} by the fixes of {}", rules.join(", "));
    let help = "if the rule comes with loclint, please report it; \"--ignore\" leaves out a rule";
    let mut finding = Finding::internal(INTERNAL, Place { document, span: Span::at(0) }, message);
    finding.help(help).identity(rules.join(","));
    finding
}

#[cfg(test)]
mod tests {
    use bitext::Locale;
    use rules::{Applicability, RuleInfo, Severity, Sink};

    use super::*;

    fn article(texts: &[&str]) -> Article {
        let localized = |(number, text): (usize, &&str)| Localized {
            id: DocumentId(number as u32),
            locale: Locale::parse(["cs", "de", "ja"][number]).unwrap(),
            document: Document::parse(SourceFile::from_bytes((*text).into()).unwrap()),
            reported: true,
        };
        Article {
            key: "a.md".into(),
            documents: texts.iter().enumerate().map(localized).collect(),
            source: None,
        }
    }

    fn info() -> RuleInfo {
        rules::builtin(&rules::Settings::default()).unwrap().swap_remove(0).info
    }

    /// Findings whose fix replaces the first of each `old` by its `new`.
    fn replacing(article: &Article, pairs: &[(&str, &str)]) -> Vec<Finding> {
        let info = info();
        let mut findings = Vec::new();
        let mut sink = Sink::new(&info, Severity::Error, &mut findings);
        for localized in &article.documents {
            for (old, new) in pairs {
                if let Some(at) = localized.document.file.text().find(old) {
                    let span = Span::new(at, at + old.len());
                    sink.report(localized, span, "wrong").fix(Applicability::Safe, "mend", span, new);
                }
            }
        }
        findings
    }

    fn run(article: &mut Article, pairs: &[(&str, &str)]) -> Settled {
        let mut check = |article: &Article, _: &[usize], _: Which| replacing(article, pairs);
        settle(article, &mut Site { check: &mut check, may_edit: &mut |_| true, unsafe_too: false })
    }

    fn text(article: &Article, index: usize) -> &str {
        article.documents[index].document.file.text()
    }

    #[test]
    fn rounds_go_on_until_nothing_is_left() {
        let mut article = article(&["a b a", "c"]);
        let settled = run(&mut article, &[("a", "x"), ("b", "y"), ("x y", "z")]);
        assert_eq!((text(&article, 0), text(&article, 1)), ("z x", "c"));
        let counts: Vec<_> = settled.changes.iter().map(|(at, change)| (*at, change.findings)).collect();
        assert_eq!(counts, [(0, 4)]);
        assert_eq!(settled.changes[&0].before.file.text(), "a b a");
        assert!(settled.findings.is_empty() && settled.unsettled.is_empty());
    }

    #[test]
    fn an_article_whose_fixes_call_for_each_other_stays_as_it_was() {
        for (text_of, pairs) in
            [("a", &[("a", "b"), ("b", "a")][..]), ("a", &[("a", "ba")][..]), ("a", &[("a", "a")][..])]
        {
            let mut article = article(&[text_of, "x"]);
            let pairs = [pairs, &[("x", "y")]].concat();
            let settled = run(&mut article, &pairs);
            assert_eq!((text(&article, 0), text(&article, 1)), ("a", "x"), "{pairs:?}");
            assert!(settled.changes.is_empty() && settled.findings.len() == 2, "{pairs:?}");
            let named: Vec<_> = settled.unsettled.into_iter().collect();
            assert_eq!(named, [(DocumentId(0), Rules::from([info().id]))], "{pairs:?}");
        }
    }

    #[test]
    fn documents_whose_fixes_call_for_those_of_others_are_all_named() {
        let mut article = article(&["a", "a"]);
        let (info, mut turn) = (info(), 0);
        let mut check = |article: &Article, _: &[usize], _: Which| {
            turn += 1;
            let (mut findings, span) = (Vec::new(), Span::new(0, 0));
            let mut sink = Sink::new(&info, Severity::Error, &mut findings);
            let localized = &article.documents[turn % 2];
            sink.report(localized, span, "wrong").fix(Applicability::Safe, "mend", span, "x");
            findings
        };
        let mut site = Site { check: &mut check, may_edit: &mut |_| true, unsafe_too: false };
        let settled = settle(&mut article, &mut site);
        assert_eq!((text(&article, 0), text(&article, 1)), ("a", "a"));
        assert_eq!(settled.unsettled.len(), 2);
    }

    #[test]
    fn a_document_that_would_be_worse_off_stays_as_it_was() {
        let pair = "x <span data-ttu-id=\"0a0a0-103\">a</span><span class=\"sxs-lookup\">\
                    <span data-stu-id=\"0a0a0-103\">b</span></span>";
        let mut article = article(&[pair, "x y"]);
        let settled = run(&mut article, &[("x ", "y "), (">a</span>", ">a")]);
        assert_eq!((text(&article, 0), text(&article, 1)), (pair, "y y"));
        assert_eq!(settled.changes.keys().copied().collect::<Vec<_>>(), [1]);
        let last = settled.findings.last().unwrap();
        assert_eq!((&*last.rule, last.place.document), ("internal/fix", DocumentId(0)));
        assert!(last.message.contains("a pair of spans would break by the fixes of"), "{}", last.message);
        assert_eq!(settled.findings.len(), 3, "what was not fixed is reported");
    }

    #[test]
    fn a_fix_of_the_source_is_refused_and_its_finding_stays() {
        let pair = "<span data-ttu-id=\"0a0a0-103\">a</span><span class=\"sxs-lookup\">\
                    <span data-stu-id=\"0a0a0-103\">b</span></span>";
        let mut article = article(&[pair]);
        let settled = run(&mut article, &[(">b<", ">c<"), (">a<", ">x<")]);
        assert_eq!(text(&article, 0), pair.replace(">a<", ">x<"));
        assert_eq!((settled.findings.len(), settled.unsettled.len()), (1, 0));
        let why = "it touches the source side of a unit";
        assert_eq!(settled.refused, [Refused { document: DocumentId(0), rule: info().id, why }]);
        assert!(settled.findings[0].fix.is_some());
    }

    #[test]
    fn documents_that_are_not_reported_or_must_not_be_edited_are_left_alone() {
        let mut article = article(&["a", "a", "a"]);
        article.documents[0].reported = false;
        let mut check = |article: &Article, _: &[usize], _: Which| replacing(article, &[("a", "b")]);
        let mut asked = Vec::new();
        let mut may_edit = |localized: &Localized| {
            asked.push(localized.id.0);
            localized.id.0 == 2
        };
        settle(&mut article, &mut Site { check: &mut check, may_edit: &mut may_edit, unsafe_too: false });
        assert_eq!(["a", "a", "b"], [0, 1, 2].map(|at| text(&article, at)));
        assert!(!asked.contains(&0));
    }
}
