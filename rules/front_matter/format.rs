use bitext::{Document, Entry, Locale, Localized, Style, parse_date};

use crate::prelude::*;

/// Its page is `format.md`.
pub(crate) struct Format;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "front-matter/format",
            include_str!("format.md"),
            Severity::Error,
            Scope::Document,
            "other",
        )
    }
}

impl DocumentRule for Format {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let Some(front) = &document.front_matter else { return };
        for entry in &front.entries {
            check(localized, document, entry, sink);
        }
    }
}

fn check(localized: &Localized, document: &Document, entry: &Entry, sink: &mut Sink<'_>) {
    let text = document.file.text();
    let Some(scalar) = entry.value.scalar() else { return };
    let (key, value) = (entry.key.text(text), scalar.text(text));
    if value.is_empty() {
        return;
    }
    let wanted = match key {
        "ms.openlocfilehash" | "ms.sourcegitcommit" if !ids::is_hash(value) => "40 hex digits in lower case",
        "ms.lasthandoff" if !is_padded_date(value) => "a date like 05/19/2021",
        "ms.date" if parse_date(value).is_none() => "a date like 5/9/2021",
        "ms.translationtype" if !matches!(value, "MT" | "HT") => "MT or HT",
        // That of the path is.
        "ms.contentlocale" if value != localized.locale.as_str() && !is_canonical(value) => {
            "a locale like pl-PL"
        }
        "ms.locfileid" if scalar.style != Style::DoubleQuoted || !is_number(value) => {
            "a number in double quotes"
        }
        _ => return,
    };
    let finding = sink.report(
        localized,
        scalar.span,
        format!("the value {} of {} is not {wanted}", quote(value), quote(key)),
    );
    finding.identity(key);
    match key {
        "ms.contentlocale" if let Some(locale) = Locale::parse(value) => {
            finding.help("write the locale in its canonical case").fix(
                Applicability::Safe,
                "write the locale in its canonical case",
                scalar.content(),
                locale.as_str(),
            );
        }
        "ms.locfileid" if is_number(value) => {
            let quoted = format!("\"{value}\"");
            finding.help("put the number in double quotes").fix(
                Applicability::Safe,
                "put the number in double quotes",
                scalar.span,
                &quoted,
            );
        }
        _ => {
            finding.help("restore the value from the version control history");
        }
    }
}

fn is_padded_date(value: &str) -> bool {
    value.len() == 10 && parse_date(value).is_some()
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_canonical(value: &str) -> bool {
    Locale::parse(value).is_some_and(|locale| locale.as_str() == value)
}
