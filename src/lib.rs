//! loclint: a linter for localized documentation, as a library.
//!
//! A [`Linter`] is a run of `loclint check`, put together in Rust. It can have rules of your own, which see what the rules of
//! loclint see, and are configured, suppressed, explained and fixed like them:
//!
//! ```
//! use loclint::Linter;
//! use loclint::rules::{Rule, RuleInfo, Scope, Settings, Severity, Sink, UnitRule, UnitView};
//!
//! /// Sees one unit after the other.
//! struct Rush;
//!
//! impl UnitRule for Rush {
//!     fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
//!         if unit.locale().language() == "de" && unit.target().contains("Klicken Sie auf") {
//!             let at = unit.target().find("Klicken").unwrap_or_default();
//!             sink.report_unit(unit, unit.in_target(at, "Klicken".len()), "readers who touch a screen do not click")
//!                 .help("write \"Wählen Sie\"");
//!         }
//!     }
//! }
//!
//! /// Makes the rule; `settings` have the options that a configuration gives it.
//! fn rush(settings: &Settings) -> Rule {
//!     let page = "# house/click\n\nThe German text says \"klicken\".\n";
//!     Rule::unit(RuleInfo::new("house/click", page, Severity::Info, Scope::Unit, "style"), Rush)
//! }
//!
//! let checked = Linter::new().rule(rush).select(["house"]).check(["testdata/terms"])?;
//! assert_eq!(checked.findings().len(), 3);
//! assert_eq!(checked.findings()[0].message, "readers who touch a screen do not click");
//!
//! let mut report = Vec::new();
//! checked.write(loclint::report::Format::Json, &mut report).expect("memory takes everything");
//! # Ok::<(), loclint::Error>(())
//! ```
//!
//! What to begin with:
//!
//! - [`rules`]: what a rule is: [`RuleInfo`](rules::RuleInfo), the four traits, [`Sink`](rules::Sink) and
//!   [`Finding`](rules::Finding), [`Settings`](rules::Settings) with the values of options;
//! - [`bitext`]: what rules see: articles, documents, units, front matter;
//! - [`Linter`] and [`Checked`]: a run and what it found, [`report`] for its formats;
//! - [`testing`]: the page of a rule as its test;
//! - [`cli::main_with`]: all of the command line, with rules of your own: a `main` of one line.
//!
//! These keep working from one minor version to the next. The other modules are how loclint is made; they are public for its
//! tests, and change.
//!
//! The way of the data: `discover` finds the files and groups them into articles, `source` looks
//! up the English tree, `engine` reads and checks article by article, `fix` applies the fixes of findings,
//! `suppression` takes out what nobody wants to hear, `baseline` what is known, `report` renders the rest. `terms`
//! proposes a glossary. `lsp` serves editors. `cli` ties them to the command line. The document model and the rules are crates of their own.

#[doc(hidden)]
pub mod baseline;
pub mod cli;
#[doc(hidden)]
pub mod config;
pub mod discover;
pub mod engine;
pub mod files;
pub mod fix;
#[doc(hidden)]
pub mod git;
#[doc(hidden)]
pub mod glossary;
#[doc(hidden)]
pub mod lsp;
#[doc(hidden)]
pub mod packs;
pub mod report;
pub mod source;
pub mod suppression;
#[doc(hidden)]
pub mod terms;
pub mod testing;

pub use cli::{Checked, Error, Linter};
pub use engine::{LocatedFinding, Outcome};
pub use {bitext, rules};

/// The guide is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct Guide;
