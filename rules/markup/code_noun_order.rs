use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

/// Its page is `code_noun_order.md`.
pub(crate) struct CodeNounOrder;

/// Article, code, noun: the order of English, in Spanish, French, Italian and Portuguese.
static ENGLISH_ORDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:^|[ (])(?:el|la|los|las|un|una|le|les|une|il|lo|gli|o|os|uma|um|del|al|du|des|della|do|da|no|na) (`[^`]+`) (comando|archivo|propiedad|parámetro|elemento|método|opción|paquete|valor|clase|carpeta|commande|fichier|propriété|paramètre|élément|méthode|option|package|valeur|classe|dossier|file|proprietà|parametro|metodo|opzione|pacchetto|valore|cartella|arquivo|ficheiro|propriedade|parâmetro|opção|pacote|pasta)\b",
    )
    .expect("it is a pattern")
});

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/code-noun-order",
            include_str!("code_noun_order.md"),
            Severity::Info,
            Scope::Unit,
            "grammar",
        )
    }
}

impl UnitRule for CodeNounOrder {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let target = unit.target();
        if !target.contains('`')
            || !matches!(unit.locale().language(), "es" | "fr" | "it" | "pt" | "ca" | "gl")
        {
            return;
        }
        for found in ENGLISH_ORDER.captures_iter(target) {
            let (Some(code), Some(noun)) = (found.get(1), found.get(2)) else { continue };
            let at = unit.in_target(code.start(), noun.end() - code.start());
            sink.report_unit(
                unit,
                at,
                format!("{} stands after {}, as in English", quote(noun.as_str()), quote(code.as_str())),
            )
            .help("put the noun before the code");
        }
    }
}
