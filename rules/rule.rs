use std::borrow::Cow;

use bitext::{Article, Localized, Span};

use crate::{Bytes, Confidence, Corpus, Finding, OptionInfo, Place, Seen, Severity, UnitView};

/// What is known about a rule without running it.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    /// `category/name`; the path of its file under `rules/`, with hyphens.
    pub id: Cow<'static, str>,
    /// The rule's page, Markdown. Its second paragraph is the summary, its examples are the rule's tests.
    pub page: Cow<'static, str>,
    /// Severity unless configured otherwise; `None` for rules that are off.
    pub severity: Option<Severity>,
    /// Confidence of its findings unless a finding says otherwise.
    pub confidence: Confidence,
    /// How much of the tree it has to see.
    pub scope: Scope,
    /// Whether its findings can carry fixes; `--fix` applies none of a rule that says no.
    pub fix: FixKind,
    /// The MQM error type.
    pub mqm: Cow<'static, str>,
    /// The `locQualityIssueType` of W3C ITS 2.0.
    pub its: Cow<'static, str>,
    /// The version of loclint, or of the program that has it, that it came with; `None` for rules of packs that users write,
    /// which have no versions.
    pub since: Option<Cow<'static, str>>,
    /// Its options.
    pub options: &'static [OptionInfo],
    /// Who brought it.
    pub source: RuleSource,
}

/// Who brought a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleSource {
    /// It comes with loclint.
    BuiltIn,
    /// A pack: its path, or its name if it comes with loclint.
    Pack(String),
    /// A program that uses loclint as a library, see [`OwnRules`](crate::OwnRules).
    Program,
}

impl RuleInfo {
    /// A rule with high confidence, without fix and options, since the first version; what differs is set
    /// with `..` or by assignment. `issue` is both the MQM error type and the ITS issue type. The first paragraph of the
    /// page after its title is the summary, one line.
    pub fn new(
        id: &'static str,
        page: &'static str,
        severity: Severity,
        scope: Scope,
        issue: &'static str,
    ) -> Self {
        Self {
            id: id.into(),
            page: page.into(),
            severity: Some(severity),
            confidence: Confidence::High,
            scope,
            fix: FixKind::None,
            mqm: issue.into(),
            its: issue.into(),
            since: Some("0.1.0".into()),
            options: &[],
            source: RuleSource::BuiltIn,
        }
    }

    /// The part of the id before the slash.
    pub fn category(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// What the rule reports, in one sentence: the first line of its page after the title.
    pub fn summary(&self) -> &str {
        self.page.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default().trim()
    }
}

/// How much of the tree a rule has to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One unit of one document.
    Unit,
    /// One document.
    Document,
    /// One article in all its locales.
    Article,
    /// Facts of every document of the run.
    Corpus,
}

/// Whether the findings of a rule can carry fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// Never.
    None,
    /// Fixes that can be applied without looking.
    Safe,
    /// Fixes that have to guess.
    Unsafe,
}

impl RuleSource {
    /// The word used in every output; of a pack, its path or name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Pack(name) => name,
            Self::Program => "program",
        }
    }
}

impl Scope {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Document => "document",
            Self::Article => "article",
            Self::Corpus => "corpus",
        }
    }
}

impl FixKind {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// Looks at one unit. Units whose pair is damaged are not shown: their edges are a guess.
pub trait UnitRule: Send + Sync {
    /// Whether units of a document with these bytes may be wrong: a quick answer, asked once before all of them.
    #[inline]
    fn concerns(&self, _document: &Localized, _bytes: &Bytes) -> bool {
        true
    }

    /// Reports what is wrong with the unit.
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>);
}

/// A [`UnitRule`] as it is asked. The check of a rule is compiled into this loop, which spares a call for every rule and unit:
/// mostly there is nothing to say.
pub trait UnitsRule: Send + Sync {
    /// Looks at units of a document one after the other.
    fn check_all(&self, units: &[Seen<'_>], sink: &mut Sink<'_>);
}

impl<R: UnitRule> UnitsRule for R {
    fn check_all(&self, units: &[Seen<'_>], sink: &mut Sink<'_>) {
        let concerns = |unit: &Seen<'_>| self.concerns(unit.localized, unit.known().bytes(unit.document()));
        if !units.first().is_some_and(concerns) {
            return;
        }
        for unit in units {
            self.check(unit.view(), sink);
        }
    }
}

/// Looks at one document.
pub trait DocumentRule: Send + Sync {
    /// Reports what is wrong with the document.
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>);
}

/// Looks at an article in all its locales.
pub trait ArticleRule: Send + Sync {
    /// Reports what is wrong with the article.
    fn check(&self, article: &Article, sink: &mut Sink<'_>);
}

/// Looks at the facts of the whole tree.
pub trait CorpusRule: Send + Sync {
    /// Reports what is wrong with the tree.
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>);

    /// Reports what an article alone shows, asked instead where a run does not see the tree: single files were named.
    fn check_article(&self, _article: &Article, _sink: &mut Sink<'_>) {}
}

/// The check of a rule, by scope.
pub enum Check {
    /// See [`UnitRule`].
    Unit(Box<dyn UnitsRule>),
    /// See [`DocumentRule`].
    Document(Box<dyn DocumentRule>),
    /// See [`ArticleRule`].
    Article(Box<dyn ArticleRule>),
    /// See [`CorpusRule`].
    Corpus(Box<dyn CorpusRule>),
}

/// A rule: what is known about it, and its check.
pub struct Rule {
    /// What is known about it.
    pub info: RuleInfo,
    /// Its check; agrees with the scope in `info`.
    pub check: Check,
}

impl Rule {
    /// A rule that looks at units.
    pub fn unit(info: RuleInfo, check: impl UnitRule + 'static) -> Self {
        Self { info: RuleInfo { scope: Scope::Unit, ..info }, check: Check::Unit(Box::new(check)) }
    }

    /// A rule that looks at documents.
    pub fn document(info: RuleInfo, check: impl DocumentRule + 'static) -> Self {
        Self { info: RuleInfo { scope: Scope::Document, ..info }, check: Check::Document(Box::new(check)) }
    }

    /// A rule that looks at articles in all their locales.
    pub fn article(info: RuleInfo, check: impl ArticleRule + 'static) -> Self {
        Self { info: RuleInfo { scope: Scope::Article, ..info }, check: Check::Article(Box::new(check)) }
    }

    /// A rule that looks at facts of the whole tree.
    pub fn corpus(info: RuleInfo, check: impl CorpusRule + 'static) -> Self {
        Self { info: RuleInfo { scope: Scope::Corpus, ..info }, check: Check::Corpus(Box::new(check)) }
    }
}

/// Takes the findings of one rule, so that no rule can speak in another's name.
pub struct Sink<'a> {
    info: &'a RuleInfo,
    severity: Severity,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Sink<'a> {
    /// A sink for the rule with this info, whose findings get this severity and are added to these.
    #[inline]
    pub fn new(info: &'a RuleInfo, severity: Severity, findings: &'a mut Vec<Finding>) -> Self {
        Self { info, severity, findings }
    }

    /// Reports a finding; help, related places and a fix can be added to what it gives back.
    pub fn report(&mut self, localized: &Localized, span: Span, message: impl Into<String>) -> &mut Finding {
        self.report_at(Place { document: localized.id, span }, message)
    }

    /// Reports a finding at a place.
    pub fn report_at(&mut self, place: Place, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding::new(self.info, self.severity, place, message.into()));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Reports a finding about a unit, at a span of its document. The source side is shown beside it.
    pub fn report_unit(
        &mut self,
        unit: UnitView<'_>,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Finding {
        let side = unit.unit();
        let source = Place { document: unit.localized.id, span: side.source.text };
        self.report(unit.localized, span, message).unit(side.target.id).related(
            crate::Role::Source,
            "source",
            source,
            Some(side.source.id),
        )
    }
}
