use std::sync::LazyLock;

use bitext::{Localized, Span};
use regex::Regex;

use crate::prelude::*;

/// Its page is `alert_keyword.md`.
pub(crate) struct AlertKeyword;

/// The keyword of an alert, alone on its line.
static ALERT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:>[ \t]*)+(\\?\[[ \t]*![ \t]*([^\]\n]{1,40}?)[ \t]*\\?\])[ \t]*\r?$")
        .expect("it is a pattern")
});

/// The alerts that the documentation system knows, and what else stands in such brackets.
const KNOWN: [&str; 11] = [
    "NOTE",
    "TIP",
    "IMPORTANT",
    "WARNING",
    "CAUTION",
    "DIV",
    "VIDEO",
    "INCLUDE",
    "CODE",
    "SECURITY NOTE",
    "TODO",
];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "markup/alert-keyword",
            include_str!("alert_keyword.md"),
            Severity::Error,
            Scope::Document,
            "do-not-translate",
        )
    }
}

impl DocumentRule for AlertKeyword {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let text = document.file.text();
        if !document.is_bilingual() || !text.contains('!') {
            return;
        }
        for found in ALERT.captures_iter(text) {
            let (Some(whole), Some(word)) = (found.get(1), found.get(2)) else { continue };
            if word.start() < document.body() || document.code_at(word.start()).is_some() {
                continue;
            }
            let keyword = KNOWN.into_iter().find(|known| is_keyword(word.as_str(), known));
            let right = keyword.is_some_and(|_| whole.as_str() == format!("[!{}]", word.as_str()));
            if right {
                continue;
            }
            let place = Span::new(whole.start(), whole.end());
            let finding = match keyword {
                Some(_) => {
                    let wanted = format!("[!{}]", word.as_str());
                    let finding = sink.report(
                        localized,
                        place,
                        format!("the alert is written {}", quote(whole.as_str())),
                    );
                    finding.fix(
                        Applicability::Safe,
                        "write the keyword as the system knows it",
                        place,
                        &wanted,
                    )
                }
                None => sink.report(
                    localized,
                    place,
                    format!("{} is no keyword of an alert", quote(whole.as_str())),
                ),
            };
            finding.help(
                "keywords are not translated: write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]",
            );
        }
    }
}

/// Whether a word is the keyword: whole, but for those that something follows (`[!VIDEO https://…]`).
fn is_keyword(word: &str, known: &str) -> bool {
    let upper = word.to_uppercase();
    let goes_on = ["DIV", "VIDEO", "INCLUDE", "CODE"].contains(&known);
    upper == known
        || (goes_on && upper.strip_prefix(known).is_some_and(|rest| rest.starts_with([' ', '-', '['])))
}
