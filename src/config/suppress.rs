//! What a configuration says about findings that are accepted.

use bitext::{Span, Value};
use rules::reader::{Refusal, Sourced};

use super::keys;
use super::read::File;
use crate::suppression::ConfigSuppression;

impl File<'_> {
    /// The entries of `suppress`.
    pub(super) fn suppressions(&self, value: &Value) -> Result<Vec<Sourced<ConfigSuppression>>, Refusal> {
        self.items(value, "rule")?.iter().map(|item| self.suppression(item)).collect()
    }

    fn suppression(&self, item: &Value) -> Result<Sourced<ConfigSuppression>, Refusal> {
        let reader = &self.reader;
        let entries = reader.mapping(item)?;
        reader.known(entries, &keys::names(keys::SUPPRESS))?;
        if !entries.iter().any(|entry| keys::SUPPRESS_NEEDS.contains(&reader.key(entry))) {
            let message =
                "this names nothing; say what to suppress by \"rule\", \"paths\", \"units\" or \"message\"";
            return Err(reader.refuse(item.span(), message));
        }
        let mut value = ConfigSuppression::default();
        for entry in entries {
            match reader.key(entry) {
                "rule" => value.rule = Some(self.rule_name(&entry.value)?),
                "paths" => {
                    let paths = self.patterns(&entry.value)?;
                    if paths.written.is_empty() {
                        return Err(reader.refuse(entry.value.span(), "here should be a pattern, or several"));
                    }
                    value.paths = Some(paths);
                }
                "units" => value.units = self.units(&entry.value)?,
                "message" => value.message = Some(reader.pattern(&entry.value)?),
                _ => value.reason = Some(reader.text_of(&entry.value)?.to_string()),
            }
        }
        Ok(Sourced { value, origin: reader.origin(item.span()) })
    }

    fn rule_name(&self, value: &Value) -> Result<String, Refusal> {
        let name = self.reader.text_of(value)?;
        if self.rules.iter().any(|rule| rule.id == name || rule.category() == name) {
            return Ok(name.to_string());
        }
        Err(self.reader.refuse(value.span(), self.unknown_rule(name)))
    }

    fn units(&self, value: &Value) -> Result<Vec<String>, Refusal> {
        let refuse = |span: Span| {
            self.reader
                .refuse(span, "here should be ids of units, such as \"8c032-103\", or their numbers, 103")
        };
        let units = self.reader.texts(value)?;
        if units.is_empty() {
            return Err(refuse(value.span()));
        }
        let unit = |(text, span): (&str, Span)| {
            let number = text.rsplit_once('-').map_or(text, |(_, number)| number);
            let is_unit = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            if is_unit { Ok(text.to_string()) } else { Err(refuse(span)) }
        };
        units.into_iter().map(unit).collect()
    }
}
