//! Reads packs.

#![allow(clippy::unnecessary_box_returns, reason = "refusals are boxed everywhere")]

use std::collections::BTreeSet;
use std::sync::Arc;

use bitext::{Entry, Locale, Scalar, Span, Value};
use regex::Regex;

use super::definition::{Definition, Example, Fix, Form, Locales, Where};
use super::template::{self, Template, Wanted};
use super::{Pack, issue, keys};
use crate::Severity;
use crate::glossary::{self, Glossary, Term};
use crate::reader::{Reader, Refusal};

/// Reads the glossary file that a pack names, relative to the pack; what is wrong with it, if it cannot be read.
pub type OpenGlossary<'a> = &'a dyn Fn(&str) -> Result<Vec<Term>, String>;

/// The words for how severe a finding is, and for no finding at all.
pub const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];

/// Reads a pack, which messages call `name`. `taken` are the categories that it cannot have.
///
/// # Errors
/// [`Refused`](crate::reader::Refused) at the first thing that is wrong.
pub fn read(text: &str, name: &str, taken: &[&str], open: OpenGlossary<'_>) -> Result<Pack, Refusal> {
    let reader = Reader::new(text, name);
    let entries = reader.entries()?;
    reader.known(&entries, &keys::names(keys::TOP))?;
    let wanted = |key: &str, example: &str| {
        let entry = entries.iter().find(|entry| reader.key(entry) == key);
        let missing =
            || reader.refuse(Span::at(0), format!("the key \"{key}\" is missing; write \"{example}\""));
        entry.ok_or_else(missing)
    };
    let entry = wanted("category", "category: house")?;
    let category = word(&reader, &entry.value)?;
    if taken.contains(&category) {
        let message = format!(
            "\"{category}\" is a category of rules that come with loclint; take another name, such as \"house\""
        );
        return Err(reader.refuse(entry.value.span(), message));
    }
    let entry = wanted("rules", "rules:\" with a list of rules, each \"- name: ...")?;
    let Value::Sequence(_, items) = &entry.value else {
        return Err(reader.refuse(entry.value.span(), "here should be a list of rules, each \"- name: ...\""));
    };
    let (mut rules, mut names) = (Vec::new(), BTreeSet::new());
    for item in items {
        let file = RuleReader { reader: &reader, entries: reader.mapping(item)?, span: item.span(), open };
        let rule = file.definition(category)?;
        if !names.insert(rule.id.clone()) {
            return Err(
                reader.refuse(rule.span, format!("the rule \"{}\" is here twice; rename one", rule.id))
            );
        }
        rules.push(Arc::new(rule));
    }
    let infos = rules.iter().map(|rule| rule.info()).collect();
    Ok(Pack { name: name.into(), category: category.into(), rules, infos })
}

/// A word such as ids are made of.
fn word<'e>(reader: &'e Reader<'_>, value: &'e Value) -> Result<&'e str, Refusal> {
    let text = reader.text_of(value)?;
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.chars().all(is_letter) && text.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Ok(text);
    }
    Err(reader.refuse(
        value.span(),
        "a name is made of small letters, digits and hyphens, such as \"no-exclamation-marks\"",
    ))
}

/// Reads one rule.
struct RuleReader<'a> {
    reader: &'a Reader<'a>,
    entries: &'a [Entry],
    span: Span,
    open: OpenGlossary<'a>,
}

impl<'a> RuleReader<'a> {
    fn definition(&self, category: &str) -> Result<Definition, Refusal> {
        let reader = self.reader;
        let form = self.form_key()?;
        self.known(form)?;
        let name = self.value("name").ok_or_else(|| self.missing("name"))?;
        let description = self.value("description").ok_or_else(|| self.missing("description"))?;
        let place = self.place()?;
        let (form, pattern) = self.form(form)?;
        self.check_place(&form, &place)?;
        let locales = self.locales()?;
        let fix = self.value("fix").map(|value| self.fix(value, pattern.as_ref())).transpose()?;
        let mut rule = Definition {
            id: format!("{category}/{}", word(reader, name)?),
            description: reader.text_of(description)?.split_whitespace().collect::<Vec<_>>().join(" "),
            severity: match self.value("severity") {
                Some(value) => Severity::parse(reader.word(value, &LEVELS)?),
                None => Some(Severity::Warning),
            },
            mqm: self.value("mqm").map_or(Ok(issue::DEFAULT), |value| reader.word(value, &issue::mqm()))?,
            raw: self.value("raw").map_or(Ok(false), |value| reader.flag(value))?,
            if_source: self.pattern("if-source")?,
            unless_source: self.pattern("unless-source")?,
            unless: self.pattern("unless")?,
            message: self.template("message", &form, pattern.as_ref())?,
            help: self.template("help", &form, pattern.as_ref())?,
            examples: Vec::new(),
            origin: reader.origin(name.span()),
            span: name.span(),
            form,
            place,
            locales,
            fix,
        };
        rule.examples = self.examples("good", true, &rule)?;
        rule.examples.extend(self.examples("bad", false, &rule)?);
        Ok(rule)
    }

    fn value(&self, key: &str) -> Option<&'a Value> {
        self.entries.iter().find(|entry| self.reader.key(entry) == key).map(|entry| &entry.value)
    }

    fn missing(&self, key: &str) -> Refusal {
        let start = Span::at(self.span.start as usize);
        self.reader.refuse(start, format!("this rule has no \"{key}\""))
    }

    /// The key that says what kind of rule it is.
    fn form_key(&self) -> Result<&'static str, Refusal> {
        let all = keys::names(keys::FORMS);
        let forms: Vec<(&'static str, &Entry)> = all
            .iter()
            .copied()
            .filter_map(|form| {
                Some((form, self.entries.iter().find(|entry| self.reader.key(entry) == form)?))
            })
            .collect();
        match &*forms {
            [(form, _)] => Ok(form),
            [] => {
                // A mistyped form is the likeliest reason.
                self.reader.known(self.entries, &of_rules())?;
                let start = Span::at(self.span.start as usize);
                Err(self
                    .reader
                    .refuse(start, format!("this rule does nothing; it needs one of {}", all.join(", "))))
            }
            [(first, _), (second, entry), ..] => Err(self.reader.refuse(
                entry.key.span,
                format!(
                    "a rule has one form, and this one has \"{first}\" and \"{second}\"; make two rules of it"
                ),
            )),
        }
    }

    /// Refuses keys that are not known, and keys that the form has no use for.
    fn known(&self, form: &str) -> Result<(), Refusal> {
        self.reader.known(self.entries, &of_rules())?;
        let idle = keys::idle(form);
        match self.entries.iter().find(|entry| idle.contains(&self.reader.key(entry))) {
            None => Ok(()),
            Some(entry) => {
                let message =
                    format!("\"{}\" means nothing together with \"{form}\"", self.reader.key(entry));
                Err(self.reader.refuse(entry.key.span, message))
            }
        }
    }

    fn place(&self) -> Result<Where, Refusal> {
        match self.value("in") {
            None => Ok(Where::Target),
            Some(Value::Mapping(_, entries)) => {
                self.reader.known(entries, &keys::names(keys::IN))?;
                let key = entries.first().map(|entry| self.reader.text_of(&entry.value)).transpose()?;
                let missing = || self.missing("in: {front-matter: KEY}");
                key.map(|key| Where::FrontMatter(key.to_string())).ok_or_else(missing)
            }
            Some(value) => {
                let words: Vec<&'static str> =
                    Where::WORDS.into_iter().chain(["{front-matter: KEY}"]).collect();
                Ok(Where::of_word(self.reader.word(value, &words)?))
            }
        }
    }

    /// Refuses what cannot be looked for at a place.
    fn check_place(&self, form: &Form, place: &Where) -> Result<(), Refusal> {
        let refuse = |key: &str, message: &str| {
            let entry = self.entries.iter().find(|entry| self.reader.key(entry) == key);
            Err(self.reader.refuse(entry.map_or(self.span, |entry| entry.key.span), message))
        };
        let has = |key: &str| self.value(key).is_some();
        if matches!(form, Form::RequirePair(..) | Form::Keep(_)) {
            if matches!(place, Where::Source | Where::Pair | Where::FrontMatter(_)) {
                return refuse(
                    "in",
                    "this rule compares source and target; it can be in target, heading, link-text or code",
                );
            }
        } else if has("fix") && place.is_about_sources() {
            return refuse("fix", "source text is not to be changed; a fix needs \"in: target\"");
        }
        if matches!(place, Where::FrontMatter(_)) {
            for key in ["if-source", "unless-source"] {
                if has(key) {
                    return refuse(key, "front matter has no source beside it");
                }
            }
        }
        if *place == Where::Code && has("raw") {
            return refuse("raw", "code is always seen as it is");
        }
        Ok(())
    }

    /// The form, with the pattern whose groups can be spoken of.
    fn form(&self, key: &str) -> Result<(Form, Option<Regex>), Refusal> {
        let value = self.value(key).ok_or_else(|| self.missing(key))?;
        if key == "terms" {
            return Ok((Form::Terms(Arc::new(Glossary::new(self.terms(value)?))), None));
        }
        if key != "require-pair" {
            let regex = self.regex(value)?;
            let form = match key {
                "forbid" => Form::Forbid(regex.clone()),
                "require" => return Ok((Form::Require(regex), None)),
                _ => Form::Keep(regex.clone()),
            };
            return Ok((form, Some(regex)));
        }
        let entries = self.reader.mapping(value)?;
        self.reader.known(entries, &keys::names(keys::PAIR))?;
        let side = |name: &str| {
            let entry = entries.iter().find(|entry| self.reader.key(entry) == name);
            let message = format!("\"require-pair\" needs \"source\" and \"target\"; \"{name}\" is missing");
            entry.map(|entry| &entry.value).ok_or_else(|| self.reader.refuse(value.span(), message))
        };
        let source = self.regex(side("source")?)?;
        let target = side("target")?;
        let scalar = self.reader.scalar(target, "a pattern")?;
        let wanted = Wanted::parse(scalar.text(self.reader.text), &source)
            .map_err(|fault| self.fault(scalar, fault))?;
        Ok((Form::RequirePair(source.clone(), wanted), Some(source)))
    }

    fn terms(&self, value: &Value) -> Result<Vec<Term>, Refusal> {
        match value {
            Value::Sequence(_, items) => glossary::read_terms(items, self.reader.text, self.reader.file)
                .map_err(|error| self.reader.refuse(error.span, error.kind.to_string())),
            file => {
                let path = self.reader.text_of(file)?;
                (self.open)(path).map_err(|why| self.reader.refuse(file.span(), why))
            }
        }
    }

    fn pattern(&self, key: &str) -> Result<Option<Regex>, Refusal> {
        self.value(key).map(|value| self.regex(value)).transpose()
    }

    fn regex(&self, value: &Value) -> Result<Regex, Refusal> {
        self.reader.pattern(value)
    }

    /// A fault in a pattern or a template.
    fn fault(&self, scalar: &Scalar, (at, why): template::Fault) -> Refusal {
        self.reader.refuse_at(scalar, at, why)
    }

    fn template(&self, key: &str, form: &Form, pattern: Option<&Regex>) -> Result<Option<Template>, Refusal> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let scalar = self.reader.scalar(value, "a text")?;
        let pattern = pattern.filter(|_| !matches!(form, Form::Require(_)));
        let template = Template::parse(scalar.text(self.reader.text), pattern);
        template.map(Some).map_err(|fault| self.fault(scalar, fault))
    }

    /// A replacement, or a mapping with one that says whether it is safe.
    fn fix(&self, value: &Value, pattern: Option<&Regex>) -> Result<Fix, Refusal> {
        let (replacement, safe) = match value {
            Value::Mapping(span, entries) => {
                self.reader.known(entries, &keys::names(keys::FIX))?;
                let find = |name: &str| entries.iter().find(|entry| self.reader.key(entry) == name);
                let replacement = find("replace").ok_or_else(|| {
                    self.reader.refuse(Span::at(span.start as usize), "the key \"replace\" is missing here")
                })?;
                let safe = find("safe").map_or(Ok(false), |entry| self.reader.flag(&entry.value))?;
                (&replacement.value, safe)
            }
            text => (text, false),
        };
        let Some(scalar) = replacement.scalar() else {
            return Err(self.reader.refuse(replacement.span(), "here should be a text"));
        };
        let replacement = Template::parse(scalar.text(self.reader.text), pattern)
            .map_err(|fault| self.fault(scalar, fault))?;
        Ok(Fix { replacement, safe })
    }

    fn locales(&self) -> Result<Locales, Refusal> {
        let list = |key: &str| {
            let value = self.value(key);
            value.map_or(Ok(Vec::new()), |value| self.reader.locales(value))
        };
        Ok(Locales { only: list("locales")?, except: list("except-locales")? })
    }

    fn examples(&self, key: &str, good: bool, rule: &Definition) -> Result<Vec<Example>, Refusal> {
        let items = match self.value(key) {
            None => return Ok(Vec::new()),
            Some(Value::Sequence(_, items)) => items,
            Some(other) => return Err(self.reader.refuse(other.span(), "here should be a list of examples")),
        };
        items.iter().map(|item| self.example(item, good, rule)).collect()
    }

    /// A text, which is the target (the source, if the rule is about sources), or a mapping.
    fn example(&self, item: &Value, good: bool, rule: &Definition) -> Result<Example, Refusal> {
        /// A side that does not matter.
        const ANY: &str = "…";
        let reader = self.reader;
        let usual = usual_locale(&rule.locales);
        let mut example = Example {
            good,
            target: ANY.into(),
            source: ANY.into(),
            locale: usual
                .clone()
                .ok_or_else(|| reader.refuse(item.span(), "this example needs a \"locale\""))?,
            count: None,
            fixed: None,
            message: None,
            origin: reader.origin(item.span()),
        };
        let Value::Mapping(_, entries) = item else {
            let text = reader.text_of(item)?.to_string();
            *(if rule.place == Where::Source { &mut example.source } else { &mut example.target }) = text;
            return Ok(example);
        };
        reader.known(entries, &keys::names(keys::EXAMPLE))?;
        for entry in entries {
            let (key, value) = (reader.key(entry), &entry.value);
            let idle = match key {
                "count" | "message" | "fixed" if good => Some("a good example has no findings"),
                "fixed" if rule.fix.is_none() => Some("this rule has no \"fix\""),
                "source" if matches!(rule.place, Where::FrontMatter(_)) => {
                    Some("front matter has no source beside it")
                }
                _ => None,
            };
            if let Some(idle) = idle {
                return Err(reader.refuse(entry.key.span, idle));
            }
            let text = || Ok::<_, Refusal>(reader.text_of(value)?.to_string());
            match key {
                "target" => example.target = text()?,
                "source" => example.source = text()?,
                "count" => example.count = Some(reader.number(value)?),
                "fixed" => example.fixed = Some(text()?),
                "message" => example.message = Some(text()?),
                _ => {
                    let locale = Locale::parse(reader.text_of(value)?).filter(|one| rule.locales.cover(one));
                    let message = "here should be a locale that the rule is for";
                    example.locale = locale.ok_or_else(|| reader.refuse(value.span(), message))?;
                }
            }
        }
        Ok(example)
    }
}

/// The keys that a rule can have.
fn of_rules() -> Vec<&'static str> {
    [keys::COMMON, keys::FORMS, keys::PATTERN].into_iter().flat_map(keys::names).collect()
}

/// The locale of examples that name none: the first that the rule names, or one that it does not leave out.
fn usual_locale(locales: &Locales) -> Option<Locale> {
    let usual = ["de-DE", "ja-JP", "pl-PL"].into_iter().filter_map(Locale::parse);
    locales.only.iter().cloned().chain(usual).find(|locale| locales.cover(locale))
}
