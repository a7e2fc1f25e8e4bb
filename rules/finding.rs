use std::borrow::Cow;

use bitext::{DocumentId, Mend, Span};

use crate::support::words;
use crate::{Confidence, RuleInfo, Severity};

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document.
    pub document: DocumentId,
    /// The bytes in its file.
    pub span: Span,
}

/// A text that a message quotes, by the place of the target text of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// The source of the unit.
    Source(Place),
    /// Its target.
    Target(Place),
}

/// What a related place has to do with the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Another place of the same fault.
    Place,
    /// The source side.
    Source,
    /// What proves the point: a sibling locale, the majority.
    Evidence,
}

/// A place that helps to understand a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What the place is.
    pub role: Role,
    /// A few words to stand beside it.
    pub label: String,
    /// Where it is.
    pub place: Place,
    /// The id of the unit there, as a span of that document.
    pub unit: Option<Span>,
    /// The words in the place that matter; none if all do.
    pub marks: Vec<Span>,
}

/// Whether a fix can be applied without looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// One-to-one: puts back what must stand there.
    Safe,
    /// Has to guess a place or a wording.
    Unsafe,
}

/// Replaces bytes of the finding's document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// A way to mend a finding by editing its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, in the imperative.
    pub title: String,
    /// Whether it can be applied without looking.
    pub applicability: Applicability,
    /// The edits, which belong together and do not overlap.
    pub edits: Vec<Edit>,
}

/// How often documents are checked anew after fixes; fixes that call for each other would go on for ever.
pub const FIX_ROUNDS: usize = 10;

/// One problem in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule that found it.
    pub rule: Cow<'static, str>,
    /// The MQM error type of its rule.
    pub mqm: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is wrong: lower case, no final stop.
    pub message: String,
    /// What the message quotes where `{}` stands in it: rules that see no text know where it is. [`Finding::tell`] puts
    /// it in.
    pub quotes: Vec<Quote>,
    /// What to do about it, in the same style.
    pub help: Option<String>,
    /// What it is about, for recognising it in a later run; the text at `place` unless a rule knows better:
    /// tags and ids change with every hand-off.
    pub identity: Option<String>,
    /// Where it is.
    pub place: Place,
    /// The id of the unit concerned, as a span of the same document.
    pub unit: Option<Span>,
    /// Places that help to understand it.
    pub related: Vec<Related>,
    /// A way to mend it.
    pub fix: Option<Fix>,
    /// Whether it is about the article rather than about the locale of its document, so that it is the same
    /// finding whichever of the locales are reported.
    pub whole_article: bool,
    /// Whether it lies between locales of which nobody knows who is right, so that it is the same finding from
    /// whichever side it is told.
    pub tie: bool,
    /// The document that its rule told it of, where that is not reported on and the finding was moved to another
    /// of its places.
    pub origin: Option<DocumentId>,
    /// What mending it costs a translator, in each document that it has a place in.
    pub work: Option<Work>,
    /// What the other locales of the article can bear out, for findings about a unit.
    pub claim: Option<Claim>,
}

/// What a finding says of a target that the siblings can bear out: what nearly all of them do was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// This text of the source should stand in the target as it is.
    Keep(String),
    /// The same by convention only: where the other locales do not keep it either, it was meant to be changed.
    Convention(String),
    /// This text of the source should not stand in the target as it is.
    Change(String),
    /// The target should have as many bold runs as the source.
    Bold,
}

/// What is left of a translation whose source moved on, and what is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Units of the translation.
    pub units: usize,
    /// Of these, units whose source is still the same.
    pub valid: usize,
    /// Words of the new source that are not covered.
    pub words: usize,
}

impl Finding {
    /// A finding of a rule with nothing but a place and a message.
    pub fn new(info: &RuleInfo, severity: Severity, place: Place, message: String) -> Self {
        let (rule, mqm) = (info.id.clone(), info.mqm.clone());
        let confidence = info.confidence;
        Self { mqm, severity, confidence, ..Self::internal(rule, place, message) }
    }

    /// A finding about loclint itself: an error that is sure, with nothing but a place and a message.
    pub fn internal(rule: impl Into<Cow<'static, str>>, place: Place, message: String) -> Self {
        Self {
            rule: rule.into(),
            mqm: Cow::Borrowed("other"),
            severity: Severity::Error,
            confidence: Confidence::High,
            message,
            quotes: Vec::new(),
            help: None,
            identity: None,
            place,
            unit: None,
            related: Vec::new(),
            fix: None,
            whole_article: false,
            tie: false,
            origin: None,
            work: None,
            claim: None,
        }
    }

    /// Leaves it to the engine to quote these texts where `{}` stands in the message.
    pub fn quoting(&mut self, quotes: Vec<Quote>) -> &mut Self {
        self.quotes = quotes;
        self
    }

    /// Quotes the texts that the message left open, now that they can be read. Of long targets the part is shown where
    /// they start to differ.
    pub fn tell<'t>(&mut self, read: impl Fn(Quote) -> Option<&'t str>) {
        let quotes: Vec<(Quote, &str)> = std::mem::take(&mut self.quotes)
            .into_iter()
            .map(|quote| (quote, read(quote).unwrap_or_default()))
            .collect();
        if quotes.is_empty() {
            return;
        }
        let is_target = |quote: &&(Quote, &str)| matches!(quote.0, Quote::Target(_));
        let mut targets = quotes.iter().filter(is_target).map(|(_, text)| *text);
        let first = targets.next().unwrap_or_default();
        let parting = targets.map(|text| words::common_start(first, text)).min().unwrap_or_default();
        let mut parts = self.message.split("{}");
        let mut message = parts.next().unwrap_or_default().to_string();
        for (part, (quote, text)) in parts.zip(&quotes) {
            message += &match quote {
                Quote::Source(_) => words::quote(text),
                Quote::Target(_) => words::quote_near(text, parting),
            };
            message += part;
        }
        self.message = message;
    }

    /// All places that it names, those of its fix apart.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let related = self.related.iter().map(|related| related.place);
        std::iter::once(self.place).chain(related).chain(self.quotes.iter().map(|quote| quote.place()))
    }

    /// Says that the finding is about the article in all its locales.
    pub fn whole_article(&mut self) -> &mut Self {
        self.whole_article = true;
        self
    }

    /// Lowers the severity to info, whatever the rule's is.
    pub fn as_info(&mut self) -> &mut Self {
        self.severity = Severity::Info;
        self
    }

    /// Says what mending it costs.
    pub fn work(&mut self, work: Work) -> &mut Self {
        self.work = Some(work);
        self
    }

    /// Says that this text of the source should stand in the target as it is.
    pub fn keeps(&mut self, text: impl Into<String>) -> &mut Self {
        self.claim = Some(Claim::Keep(text.into()));
        self
    }

    /// Says that by convention this text of the source should stand in the target as it is.
    pub fn usually_keeps(&mut self, text: impl Into<String>) -> &mut Self {
        self.claim = Some(Claim::Convention(text.into()));
        self
    }

    /// Says that this text of the source should not stand in the target as it is.
    pub fn changes(&mut self, text: impl Into<String>) -> &mut Self {
        self.claim = Some(Claim::Change(text.into()));
        self
    }

    /// Says that the target should have as many bold runs as the source.
    pub fn bold(&mut self) -> &mut Self {
        self.claim = Some(Claim::Bold);
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says what the finding is about where the text at its place changes or does not tell.
    pub fn identity(&mut self, identity: impl Into<String>) -> &mut Self {
        self.identity = Some(identity.into());
        self
    }

    /// Names the unit by the span of its id.
    pub fn unit(&mut self, id: Span) -> &mut Self {
        self.unit = Some(id);
        self
    }

    /// Adds a related place.
    pub fn related(
        &mut self,
        role: Role,
        label: impl Into<String>,
        place: Place,
        unit: Option<Span>,
    ) -> &mut Self {
        self.related.push(Related { role, label: label.into(), place, unit, marks: Vec::new() });
        self
    }

    /// Names more places of the same fault in its unit.
    pub fn here_too(&mut self, spans: &[Span]) -> &mut Self {
        let (document, unit) = (self.place.document, self.unit);
        for span in spans {
            self.related(Role::Place, "here too", Place { document, span: *span }, unit);
        }
        self
    }

    /// Says which words of the related place that was added last matter.
    pub fn marks(&mut self, marks: Vec<Span>) -> &mut Self {
        if let Some(last) = self.related.last_mut() {
            last.marks = marks;
        }
        self
    }

    /// Narrows the source side that is shown to the part that matters.
    pub fn source_part(&mut self, span: Span) -> &mut Self {
        if let Some(source) = self.related.iter_mut().find(|related| related.role == Role::Source) {
            source.place.span = span;
        }
        self
    }

    /// Proposes a fix of one edit.
    pub fn fix(
        &mut self,
        applicability: Applicability,
        title: &str,
        span: Span,
        replacement: &str,
    ) -> &mut Self {
        self.fix_each(applicability, title, [span], replacement)
    }

    /// Proposes what mends a fault.
    pub fn fix_mend(&mut self, applicability: Applicability, title: &str, mend: &Mend) -> &mut Self {
        let edit = |(span, text): &(Span, String)| Edit { span: *span, replacement: text.clone() };
        let edits = mend.edits.iter().map(edit).collect();
        self.fix = Some(Fix { title: title.into(), applicability, edits });
        self
    }

    /// Proposes a fix that puts the same in several places, which do not overlap.
    pub fn fix_each(
        &mut self,
        applicability: Applicability,
        title: &str,
        spans: impl IntoIterator<Item = Span>,
        replacement: &str,
    ) -> &mut Self {
        let edit = |span| Edit { span, replacement: replacement.into() };
        let edits = spans.into_iter().map(edit).collect();
        self.fix = Some(Fix { title: title.into(), applicability, edits });
        self
    }
}

impl Quote {
    /// Where the target text stands.
    pub fn place(self) -> Place {
        match self {
            Self::Source(place) | Self::Target(place) => place,
        }
    }
}

impl Fix {
    /// The text of the document with the fix applied; `None` if an edit does not fit `text`.
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut edits: Vec<_> = self.edits.iter().collect();
        edits.sort_by_key(|edit| edit.span);
        let (mut out, mut at) = (String::with_capacity(text.len() + 16), 0);
        for edit in edits {
            out.push_str(text.get(at..edit.span.start as usize)?);
            out.push_str(&edit.replacement);
            at = edit.span.end as usize;
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }
}

impl Role {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Source => "source",
            Self::Evidence => "evidence",
        }
    }
}
