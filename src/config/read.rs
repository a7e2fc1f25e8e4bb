//! What one file says.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use bitext::{Entry, Span, Value};
use ignore::gitignore::GitignoreBuilder;
use rules::reader::{Reader, Refusal, Sourced, unknown};
use rules::{Confidence, DefaultValue, OptionInfo, OptionValue, RuleInfo, Severity};

use super::keys::{self, CONFIDENCES, FAIL_ON, LEVELS};
use super::{Config, Patterns, RuleSetting, Scope, SourceSetting};
use crate::discover::{Pattern, SiblingTree};
use crate::packs;

/// A file in the making: what it says goes into `config`.
pub(super) struct File<'a> {
    pub(super) reader: Reader<'a>,
    /// The folder that paths in it are relative to.
    pub(super) folder: &'a Path,
    /// The rules that can be spoken of.
    pub(super) rules: &'a [&'a RuleInfo],
}

impl File<'_> {
    /// Adds what the file says; where it speaks of the same, it wins.
    pub(super) fn read(&self, entries: &[Entry], config: &mut Config) -> Result<(), Refusal> {
        self.reader.known(entries, &keys::names(keys::TOP))?;
        // Overrides count after the settings for all documents, wherever they stand.
        let (overrides, others): (Vec<&Entry>, Vec<&Entry>) =
            entries.iter().partition(|entry| self.reader.key(entry) == "overrides");
        for entry in others.into_iter().chain(overrides) {
            self.setting(entry, config)?;
        }
        Ok(())
    }

    fn setting(&self, entry: &Entry, config: &mut Config) -> Result<(), Refusal> {
        let (reader, value) = (&self.reader, &entry.value);
        match reader.key(entry) {
            "include" => config.include = vec![reader.sourced(self.patterns(value)?, entry)],
            // What a shared configuration leaves out stays out.
            "exclude" => config.exclude.push(reader.sourced(self.patterns(value)?, entry)),
            "layout" => config.layout = self.each(value, |text, span| self.layout(text, span))?,
            "source" => config.source = Some(reader.sourced(self.source(value)?, entry)),
            "siblings" => {
                config.siblings = self.each(value, |text, _| Ok(SiblingTree::below(self.folder, text)))?;
            }
            "glossary" => config.glossary.extend(self.each(value, |text, _| Ok(self.folder.join(text)))?),
            "default-glossary" => config.default_glossary = Some(reader.sourced(reader.flag(value)?, entry)),
            "baseline" => {
                let path = self.folder.join(reader.text_of(value)?);
                config.baseline = Some(reader.sourced(path, entry));
            }
            "min-confidence" => {
                let confidence = confidence(reader.word(value, &CONFIDENCES)?);
                config.min_confidence = Some(reader.sourced(confidence, entry));
            }
            "gate" => self.gate(value, config)?,
            "rules" => self.rules(value, None, config)?,
            "overrides" => self.overrides(value, config)?,
            // What a shared configuration suppresses stays so.
            "suppress" => config.suppress.extend(self.suppressions(value)?),
            // "extends" and "packs" are read before the rest.
            _ => {}
        }
        Ok(())
    }

    /// Each text of a list, made into something, with its place.
    fn each<T>(
        &self,
        value: &Value,
        make: impl Fn(&str, Span) -> Result<T, Refusal>,
    ) -> Result<Vec<Sourced<T>>, Refusal> {
        let texts = self.reader.texts(value)?.into_iter();
        let made = |(text, span)| Ok(Sourced { value: make(text, span)?, origin: self.reader.origin(span) });
        texts.map(made).collect()
    }

    pub(super) fn patterns(&self, value: &Value) -> Result<Patterns, Refusal> {
        let mut builder = GitignoreBuilder::new(self.folder);
        // In an ignore file, what is not closed is a name; here it is a mistake.
        builder.allow_unclosed_class(false);
        let mut written = Vec::new();
        for (text, span) in self.reader.texts(value)? {
            builder
                .add_line(None, text)
                .map_err(|error| self.reader.refuse(span, format!("this is no pattern: {error}")))?;
            written.push(text.to_string());
        }
        let matcher = builder.build().map_err(|error| self.reader.refuse(value.span(), error.to_string()))?;
        Ok(Patterns { written, matcher })
    }

    fn layout(&self, text: &str, span: Span) -> Result<Pattern, Refusal> {
        Pattern::parse(self.folder, text).map_err(|why| self.reader.refuse(span, why))
    }

    fn source(&self, value: &Value) -> Result<SourceSetting, Refusal> {
        let reader = &self.reader;
        // A path alone is enough.
        let Value::Mapping(span, entries) = value else {
            let path = self.folder.join(reader.text_of(value)?);
            return Ok(SourceSetting { path, folder: None, reference: None });
        };
        reader.known(entries, &keys::names(keys::SOURCE))?;
        let text = |name: &str| {
            let entry = entries.iter().find(|entry| reader.key(entry) == name);
            entry.map(|entry| reader.text_of(&entry.value)).transpose()
        };
        let Some(path) = text("path")? else {
            return Err(reader.refuse(Span::at(span.start as usize), "the key \"path\" is missing here"));
        };
        let (folder, reference) = (text("folder")?.map(String::from), text("ref")?.map(String::from));
        Ok(SourceSetting { path: self.folder.join(path), folder, reference })
    }

    fn gate(&self, value: &Value, config: &mut Config) -> Result<(), Refusal> {
        let reader = &self.reader;
        let entries = reader.mapping(value)?;
        reader.known(entries, &keys::names(keys::GATE))?;
        for entry in entries {
            match reader.key(entry) {
                "fail-on" => {
                    let severity = Severity::parse(reader.word(&entry.value, &FAIL_ON)?);
                    config.fail_on = Some(reader.sourced(severity, entry));
                }
                "max-warnings" => {
                    config.max_warnings = Some(reader.sourced(reader.number(&entry.value)?, entry));
                }
                _ => config.min_score = Some(reader.sourced(reader.score(&entry.value)?, entry)),
            }
        }
        Ok(())
    }

    fn overrides(&self, value: &Value, config: &mut Config) -> Result<(), Refusal> {
        let reader = &self.reader;
        for item in self.items(value, "paths")? {
            let entries = reader.mapping(item)?;
            reader.known(entries, &keys::names(keys::OVERRIDE))?;
            let find = |name: &str| entries.iter().find(|entry| reader.key(entry) == name);
            let paths = find("paths").map(|entry| self.patterns(&entry.value)).transpose()?;
            let locales = find("locales").map(|entry| reader.locales(&entry.value)).transpose()?;
            if paths.is_none() && locales.is_none() {
                return Err(reader.refuse(item.span(), "an override needs \"paths\" or \"locales\""));
            }
            let scope = Arc::new(Scope { paths, locales: locales.unwrap_or_default() });
            if let Some(rules) = find("rules") {
                self.rules(&rules.value, Some(&scope), config)?;
            }
        }
        Ok(())
    }

    /// The items of a list of mappings, of which `first` is a key.
    pub(super) fn items<'v>(&self, value: &'v Value, first: &str) -> Result<&'v [Value], Refusal> {
        match value {
            Value::Sequence(_, items) => Ok(items),
            other if self.reader.mapping(other)?.is_empty() => Ok(&[]),
            other => {
                let message = format!("here should be a list, each \"- {first}: ...\"");
                Err(self.reader.refuse(other.span(), message))
            }
        }
    }

    fn rules(&self, value: &Value, scope: Option<&Arc<Scope>>, config: &mut Config) -> Result<(), Refusal> {
        let reader = &self.reader;
        let entries = reader.mapping(value)?;
        for at in 0..entries.len() {
            reader.once(entries, at)?;
        }
        // What is said about a rule counts more than what is said about its category, wherever it stands.
        let (rules, categories): (Vec<&Entry>, Vec<&Entry>) =
            entries.iter().partition(|entry| reader.key(entry).contains('/'));
        for entry in categories.into_iter().chain(rules) {
            let name = reader.key(entry);
            let rule = self.rules.iter().find(|rule| rule.id == name).copied();
            if rule.is_none() && !self.rules.iter().any(|rule| rule.category() == name) {
                return Err(reader.refuse(entry.key.span, self.unknown_rule(name)));
            }
            let (severity, options) = self.rule(rule, &entry.value)?;
            let origin = reader.origin(entry.key.span);
            let (name, scope) = (name.to_string(), scope.cloned());
            config.rules.push(RuleSetting { name, severity, options, scope, origin });
        }
        Ok(())
    }

    /// A severity, or a mapping with a severity and options.
    #[allow(clippy::type_complexity, reason = "the two halves of a setting")]
    fn rule(
        &self,
        rule: Option<&RuleInfo>,
        value: &Value,
    ) -> Result<(Option<Option<Severity>>, BTreeMap<String, OptionValue>), Refusal> {
        let reader = &self.reader;
        let Value::Mapping(_, entries) = value else {
            return Ok((Some(Severity::parse(reader.word(value, &LEVELS)?)), BTreeMap::new()));
        };
        let (mut level, mut options) = (None, BTreeMap::new());
        for (at, entry) in entries.iter().enumerate() {
            reader.once(entries, at)?;
            let name = reader.key(entry);
            if name == "severity" {
                level = Some(Severity::parse(reader.word(&entry.value, &LEVELS)?));
                continue;
            }
            let declared = rule.map(|rule| rule.options).unwrap_or_default();
            let Some(option) = declared.iter().find(|option| option.name == name) else {
                let known: Vec<&str> =
                    ["severity"].into_iter().chain(declared.iter().map(|option| option.name)).collect();
                return Err(reader.refuse(entry.key.span, unknown("option", name, &known)));
            };
            options.insert(name.to_string(), self.option(option, &entry.value)?);
        }
        Ok((level, options))
    }

    fn option(&self, option: &OptionInfo, value: &Value) -> Result<OptionValue, Refusal> {
        let reader = &self.reader;
        Ok(match option.default {
            DefaultValue::Flag(_) => OptionValue::Flag(reader.flag(value)?),
            DefaultValue::Number(_) => {
                let number = i64::try_from(reader.number(value)?);
                OptionValue::Number(number.map_err(|_| reader.refuse(value.span(), "this is too large"))?)
            }
            DefaultValue::List(_) => OptionValue::List(
                reader.texts(value)?.into_iter().map(|(text, _)| text.to_string()).collect(),
            ),
        })
    }

    pub(super) fn unknown_rule(&self, name: &str) -> String {
        if let Some(message) = packs::not_on(name, self.rules.iter().map(|rule| rule.category())) {
            return message;
        }
        let names = self.rules.iter().flat_map(|rule| [&*rule.id, rule.category()]);
        match rules::nearest(name, names) {
            Some(meant) => format!("there is no rule or category \"{name}\"; did you mean \"{meant}\"?"),
            None => format!("there is no rule or category \"{name}\"; \"loclint rules\" lists them"),
        }
    }
}

fn confidence(word: &str) -> Confidence {
    match word {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        _ => Confidence::Low,
    }
}
