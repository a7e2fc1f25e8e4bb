use crate::prelude::*;

/// Its page is `http_verb.md`.
pub(crate) struct HttpVerb;

const VERBS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/http-verb",
            include_str!("http_verb.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for HttpVerb {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let source = unit.source();
        if !may_have_verb(source) {
            return;
        }
        let target = unit.target();
        let Some(verb) = verb(source).filter(|verb| !target.trim().is_empty() && !has_word(target, verb))
        else {
            return;
        };
        let at = unit.unit().target.text;
        let shown = target.trim_matches(['*', ' ']);
        sink.report_unit(unit, at, format!("the HTTP method {verb} is {} here", quote(shown)))
            .identity(verb)
            .keeps(verb)
            .help(format!("write {verb}, as the protocol does"));
    }
}

/// A scan for two capitals, which most texts do not start with.
fn may_have_verb(source: &str) -> bool {
    let bytes = source.as_bytes();
    let start = bytes.iter().position(|byte| !matches!(byte, b'*' | b'`' | b' ' | b':')).unwrap_or_default();
    bytes.get(start..start + 2).is_some_and(|two| two.iter().all(u8::is_ascii_uppercase))
}

/// The method that a source is about: alone, in a list of methods, or before a path.
fn verb(source: &str) -> Option<&'static str> {
    let plain = source.trim_matches(['*', '`', ' ', ':']);
    let first = plain.split([' ', '/', ',', '*', '`']).next()?;
    let verb = VERBS.into_iter().find(|verb| *verb == first)?;
    let rest = plain[first.len()..].trim_start();
    let is_list =
        rest.split([' ', '/', ',']).all(|word| matches!(word, "" | "or" | "and") || VERBS.contains(&word));
    let before_path = plain[first.len()..].starts_with([' ', '*', '`'])
        && rest.trim_start_matches(['*', '`', ' ']).starts_with(['/', '{']);
    (is_list || before_path).then_some(verb)
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|other| other == word)
}
