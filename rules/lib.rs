//! The rules of loclint.
//!
//! A rule's id is its path: `front-matter/missing-key` lives in `front_matter/missing_key.rs`, and the
//! page beside it, `missing_key.md`, explains it and holds its tests. [`builtin`] lists them all.

mod consensus;
pub mod declarative;
mod facts;
mod finding;
pub mod glossary;
mod options;
mod own;
pub mod reader;
mod rule;
mod seen;
mod settings;
mod severity;
mod support;
pub mod terms;

mod accuracy;
mod anchor;
mod consistency;
mod front_matter;
mod id;
mod identifier;
mod language;
mod markup;
mod number;
mod parity;
mod provenance;
mod span;
mod suppression;
mod terminology;
mod text;

use std::collections::BTreeSet;

pub use bitext::{MASK, masked};
pub use consensus::weigh;
pub use facts::{Corpus, Facts, SourceArticle, SourceListing, UnitFacts, Unread};
pub use finding::{Applicability, Claim, Edit, FIX_ROUNDS, Finding, Fix, Place, Quote, Related, Role, Work};
pub use glossary::Glossary;
pub use options::{DefaultValue, OptionError, OptionInfo, OptionValue, Options};
pub use own::OwnRules;
pub use rule::{
    ArticleRule, Check, CorpusRule, DocumentRule, FixKind, Rule, RuleInfo, RuleSource, Scope, Sink, UnitRule,
    UnitsRule,
};
pub use seen::{Seen, UnitView};
pub use settings::Settings;
pub use severity::{Confidence, Severity};
pub use support::known::Bytes;
pub use support::nearest::{nearest, nearest_key};
pub use support::sources::{keep_sources, share_sources, source_word_count};
pub use support::words::quote;

/// What nearly every rule needs.
mod prelude {
    pub(crate) use bitext::{ByteSet, Localized};

    pub(crate) use crate::support::ids;
    pub(crate) use crate::support::words::{self, quote};
    pub(crate) use crate::{
        Applicability, ArticleRule, Bytes, Corpus, CorpusRule, DefaultValue, DocumentRule, Finding, FixKind,
        OptionInfo, Options, Place, Role, RuleInfo, Scope, Seen, Severity, Sink, UnitRule, UnitView,
    };
}

/// The rules that come with loclint, sorted by id.
///
/// # Errors
/// [`OptionError`] if the options name a rule or an option that is not there, or give a wrong type.
pub fn builtin(settings: &Settings) -> Result<Vec<Rule>, OptionError> {
    complete(listed(settings), settings)
}

/// The rules that come with loclint, those of the packs and those of the program, sorted by id.
///
/// # Errors
/// As [`builtin`]; also if a rule of the program has an id that it cannot have.
pub fn all(settings: &Settings) -> Result<Vec<Rule>, OptionError> {
    let mut rules = listed(settings);
    let packs: Vec<Rule> = settings.packs.iter().flat_map(|pack| pack.rules()).collect();
    let own = settings.own.make(settings, &rules, &packs)?;
    rules.extend(packs.into_iter().chain(own));
    rules.sort_by(|left, right| left.info.id.cmp(&right.info.id));
    complete(rules, settings)
}

/// All rules that come with loclint but the one that knows the names of all rules.
#[allow(clippy::too_many_lines, reason = "a list, a line for each rule")]
fn listed(settings: &Settings) -> Vec<Rule> {
    let Settings { options, today, .. } = settings;
    let today = *today;
    vec![
        unit(accuracy::territory::info(), accuracy::territory::TerritoryName),
        document(anchor::missing::info(), anchor::missing::Missing),
        article(anchor::slug::info(), anchor::slug::SlugMatch),
        document(consistency::name::info(), consistency::name::Name),
        corpus(consistency::same_source::info(), consistency::same_source::SameSource),
        document(front_matter::dates::info(), front_matter::dates::Dates { today }),
        document(front_matter::duplicate_key::info(), front_matter::duplicate_key::DuplicateKey),
        document(front_matter::format::info(), front_matter::format::Format),
        document(front_matter::invalid::info(), front_matter::invalid::Invalid),
        document(front_matter::locale::info(), front_matter::locale::LocaleMatch),
        document(front_matter::missing_key::info(), front_matter::missing_key::MissingKey::new(options)),
        document(front_matter::order::info(), front_matter::order::Order),
        document(front_matter::translated::info(), front_matter::translated::Translated),
        article(front_matter::untranslated::info(), front_matter::untranslated::Untranslated),
        document(id::duplicate::info(), id::duplicate::Duplicate),
        article(id::gap::info(), id::gap::Gap),
        unit(id::malformed::info(), id::malformed::Malformed),
        unit(id::mismatch::info(), id::mismatch::Mismatch),
        document(id::order::info(), id::order::Order),
        document(id::prefix::info(), id::prefix::Prefix),
        article(id::start::info(), id::start::Start),
        unit(identifier::address::info(), identifier::address::Address),
        unit(identifier::altered::info(), identifier::altered::Altered),
        document(identifier::case::info(), identifier::case::Case::new(settings)),
        document(identifier::data_type::info(), identifier::data_type::DataType),
        unit(identifier::file_name::info(), identifier::file_name::FileName),
        unit(identifier::guid::info(), identifier::guid::Guid),
        unit(identifier::http_verb::info(), identifier::http_verb::HttpVerb),
        unit(identifier::issue_number::info(), identifier::issue_number::IssueNumber),
        unit(identifier::mixed_script::info(), identifier::mixed_script::MixedScript),
        unit(identifier::path::info(), identifier::path::Path),
        document(identifier::product_name::info(), identifier::product_name::ProductName::new(settings)),
        unit(identifier::switch::info(), identifier::switch::Switch),
        unit(identifier::transliterated::info(), identifier::transliterated::Transliterated),
        unit(language::gloss::info(), language::gloss::Gloss),
        unit(language::source_run::info(), language::source_run::SourceRun),
        unit(language::untranslated::info(), language::untranslated::Untranslated),
        document(language::wrong::info(), language::wrong::Wrong::new()),
        document(markup::alert_keyword::info(), markup::alert_keyword::AlertKeyword),
        unit(markup::bare_address::info(), markup::bare_address::BareAddress),
        unit(markup::bold_broken::info(), markup::bold_broken::BoldBroken),
        unit(markup::bold_label::info(), markup::bold_label::BoldLabel),
        unit(markup::bold_lost::info(), markup::bold_lost::BoldLost),
        unit(markup::bold_moved::info(), markup::bold_moved::BoldMoved),
        unit(markup::code_changed::info(), markup::code_changed::CodeChanged),
        unit(markup::code_displaced::info(), markup::code_displaced::CodeDisplaced),
        unit(markup::code_fused::info(), markup::code_fused::CodeFused),
        unit(markup::code_glued::info(), markup::code_glued::CodeGlued),
        unit(markup::code_noun_order::info(), markup::code_noun_order::CodeNounOrder),
        document(markup::directive::info(), markup::directive::Directive),
        unit(markup::emptied_brackets::info(), markup::emptied_brackets::EmptiedBrackets),
        unit(markup::emptied_list::info(), markup::emptied_list::EmptiedList),
        unit(markup::empty_link::info(), markup::empty_link::EmptyLink),
        unit(markup::escape_residue::info(), markup::escape_residue::EscapeResidue),
        unit(markup::glued_hyphen::info(), markup::glued_hyphen::GluedHyphen),
        unit(markup::html::info(), markup::html::Html),
        unit(markup::link_glued::info(), markup::link_glued::LinkGlued),
        unit(markup::link_moved::info(), markup::link_moved::LinkMoved),
        unit(markup::link_syntax::info(), markup::link_syntax::LinkSyntax),
        unit(markup::link_target::info(), markup::link_target::LinkTarget),
        unit(markup::link_text::info(), markup::link_text::LinkText),
        document(markup::marker_glued::info(), markup::marker_glued::MarkerGlued),
        article(markup::merge_conflict::info(), markup::merge_conflict::MergeConflict),
        unit(markup::placeholder::info(), markup::placeholder::Placeholder),
        unit(markup::punctuation_in_bold::info(), markup::punctuation_in_bold::PunctuationInBold),
        unit(
            markup::space_before_punctuation::info(),
            markup::space_before_punctuation::SpaceBeforePunctuation,
        ),
        unit(number::missing::info(), number::missing::Missing),
        unit(number::version::info(), number::version::Version::new(settings)),
        article(parity::anchors::info(), parity::anchors::Anchors),
        article(parity::commit::info(), parity::commit::Commit),
        corpus(parity::coverage::info(), parity::coverage::Coverage),
        corpus(parity::file_id::info(), parity::file_id::FileId),
        article(parity::front_matter::info(), parity::front_matter::FrontMatter { today }),
        article(parity::skeleton::info(), parity::skeleton::Skeleton),
        article(parity::source_text::info(), parity::source_text::SourceText),
        article(parity::source_version::info(), parity::source_version::SourceVersion),
        article(parity::unit_ids::info(), parity::unit_ids::UnitIds),
        article(provenance::commit::info(), provenance::commit::Commit),
        article(provenance::hash::info(), provenance::hash::Hash),
        corpus(provenance::missing::info(), provenance::missing::Missing),
        article(provenance::orphan::info(), provenance::orphan::Orphan),
        article(provenance::source_text::info(), provenance::source_text::SourceText),
        article(provenance::stale::info(), provenance::stale::Stale::new(options, today)),
        unit(span::empty::info(), span::empty::Empty),
        document(span::in_code::info(), span::in_code::InCode),
        unit(span::line_break::info(), span::line_break::LineBreak),
        document(span::malformed::info(), span::malformed::Malformed),
        document(span::nested::info(), span::nested::Nested),
        corpus(span::none::info(), span::none::NoPair),
        document(span::unclosed::info(), span::unclosed::Unclosed),
        document(span::uncovered_text::info(), span::uncovered_text::UncoveredText),
        document(span::unpaired::info(), span::unpaired::Unpaired),
        corpus(suppression::unused::info(), suppression::unused::Unused),
        unit(terminology::forbidden::info(), terminology::forbidden::Forbidden::new(settings)),
        unit(terminology::missing::info(), terminology::missing::Missing::new(settings)),
        unit(text::apostrophe::info(), text::apostrophe::Apostrophe),
        unit(text::brackets::info(), text::brackets::Brackets),
        document(text::dotless_i::info(), text::dotless_i::DotlessI),
        unit(text::double_space::info(), text::double_space::DoubleSpace),
        unit(text::doubled_word::info(), text::doubled_word::DoubledWord),
        unit(text::edge_space::info(), text::edge_space::EdgeSpace),
        unit(text::half_capitals::info(), text::half_capitals::HalfCapitals),
        unit(text::invisible::info(), text::invisible::Invisible),
        unit(text::length::info(), text::length::Length),
        unit(text::lowercase_start::info(), text::lowercase_start::LowercaseStart),
        document(text::spacing::info(), text::spacing::Spacing),
        unit(text::split_sign::info(), text::split_sign::SplitSign),
        unit(text::split_word::info(), text::split_word::SplitWord),
    ]
}

/// Adds the rule that knows the names of all rules, and looks at the options.
fn complete(mut rules: Vec<Rule>, settings: &Settings) -> Result<Vec<Rule>, OptionError> {
    add_malformed(&mut rules);
    for (id, given) in &settings.options {
        let rule = rules.iter().find(|rule| rule.info.id == *id);
        let rule = rule.ok_or_else(|| OptionError::UnknownRule(id.clone()))?;
        options::validate(id, rule.info.options, given)?;
    }
    Ok(rules)
}

/// Adds the rule that knows the names of all rules.
fn add_malformed(rules: &mut Vec<Rule>) {
    let info = suppression::malformed::info();
    let ids = rules.iter().map(|rule| rule.info.id.to_string());
    let mut names: Vec<String> =
        ids.chain(rules.iter().map(|rule| rule.info.category().to_string())).collect();
    names.sort_unstable();
    names.dedup();
    let at = rules.partition_point(|rule| rule.info.id < info.id);
    rules.insert(at, document(info, suppression::malformed::Malformed { names }));
}

/// The units of an article whose source side was altered, by document and index: what their target is compared
/// with is not what it was translated from.
pub fn altered_sources(article: &bitext::Article) -> BTreeSet<(bitext::DocumentId, usize)> {
    let mut altered: BTreeSet<_> = provenance::source_text::altered(article).into_iter().collect();
    for (document, span) in parity::source_text::altered(article) {
        let localized = article.documents.iter().find(|localized| localized.id == document);
        let units = localized.map_or(&[][..], |localized| &localized.document.units);
        let unit = units.binary_search_by_key(&span.start, |unit| unit.span.start);
        altered.extend(unit.ok().map(|unit| (document, unit)));
    }
    altered
}

fn unit(info: RuleInfo, rule: impl UnitRule + 'static) -> Rule {
    Rule::unit(info, rule)
}

fn document(info: RuleInfo, rule: impl DocumentRule + 'static) -> Rule {
    Rule::document(info, rule)
}

fn article(info: RuleInfo, rule: impl ArticleRule + 'static) -> Rule {
    Rule::article(info, rule)
}

fn corpus(info: RuleInfo, rule: impl CorpusRule + 'static) -> Rule {
    Rule::corpus(info, rule)
}
