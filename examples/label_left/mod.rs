//! A rule that compares the locales of an article. Its page, `own_rule.md`, is its test.

use std::collections::BTreeMap;

use loclint::bitext::Article;
use loclint::rules::{
    ArticleRule, Confidence, DefaultValue, OptionInfo, Place, Role, Rule, RuleInfo, Scope, Seen, Settings,
    Severity, Sink, quote,
};

/// What a configuration can set.
const OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        name: "least",
        summary: "How many other locales have to translate the label.",
        default: DefaultValue::Number(2),
    },
    OptionInfo {
        name: "keep",
        summary: "Labels that stay in English in all locales.",
        default: DefaultValue::List(&[]),
    },
];

/// Its page is `own_rule.md`.
struct LabelLeft {
    least: usize,
    keep: Vec<String>,
}

/// Makes the rule with the options of the run.
pub(crate) fn label_left(settings: &Settings) -> Rule {
    let page = include_str!("../own_rule.md");
    let mut info = RuleInfo::new("house/label-left", page, Severity::Warning, Scope::Article, "untranslated");
    info.confidence = Confidence::Medium;
    info.options = OPTIONS;
    let least = usize::try_from(settings.number(&info, "least")).unwrap_or_default();
    let keep = settings.list(&info, "keep");
    Rule::article(info, LabelLeft { least, keep })
}

/// A label of a unit.
struct Label<'a> {
    unit: Seen<'a>,
    /// Where the target has it as it is, in bytes of the target.
    kept: Option<usize>,
}

impl ArticleRule for LabelLeft {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        // The same English sentence is the same unit: ids can change from one locale to another.
        let mut labels: BTreeMap<(&str, &str), Vec<Label<'_>>> = BTreeMap::new();
        for localized in &article.documents {
            for unit in Seen::all(localized) {
                if unit.unit().damaged || unit.untouched() {
                    continue;
                }
                for label in bold(unit.source()).filter(|label| !self.keep.iter().any(|kept| kept == label)) {
                    let kept = unit.target().find(&format!("**{label}**"));
                    labels.entry((unit.source(), label)).or_default().push(Label { unit, kept });
                }
            }
        }
        for ((_, label), everywhere) in &labels {
            self.compare(label, everywhere, sink);
        }
    }
}

impl LabelLeft {
    /// Reports the only locale that keeps a label.
    fn compare(&self, label: &str, everywhere: &[Label<'_>], sink: &mut Sink<'_>) {
        let (kept, translated): (Vec<_>, Vec<_>) = everywhere.iter().partition(|one| one.kept.is_some());
        let [left] = kept.as_slice() else { return };
        let locale = left.unit.locale();
        let others: Vec<_> = translated.iter().filter(|other| other.unit.locale() != locale).collect();
        let (Some(at), true) = (left.kept, others.len() >= self.least) else { return };
        let span = left.unit.in_target(at + 2, label.len());
        let message = format!("the label {} is left in English", quote(label));
        let finding = sink.report_unit(left.unit.view(), span, message);
        finding.help(format!("write what the program shows; {} other locales translate it", others.len()));
        // The siblings can bear that out, or contradict it.
        finding.changes(label);
        for other in others {
            let (localized, unit) = (other.unit.localized, other.unit.unit());
            let place = Place { document: localized.id, span: unit.target.text };
            finding.related(Role::Evidence, localized.locale.as_str(), place, Some(unit.target.id));
        }
    }
}

/// The bold texts with a letter.
fn bold(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split("**").skip(1).step_by(2);
    runs.filter(|run| run.contains(char::is_alphabetic) && !run.contains('`'))
}
