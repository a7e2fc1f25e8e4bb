//! Reads the examples of a rule page.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use rules::glossary::read_yaml;
use rules::{Glossary, OptionValue, Options};

use super::Failed;

/// A rule page.
pub struct Page {
    /// The examples, each under a heading of its own.
    pub examples: Vec<Example>,
}

/// One example: a source with targets, or whole documents, and what the rule says about them.
#[derive(Default)]
pub struct Example {
    /// The heading.
    pub name: String,
    /// Its documents.
    pub targets: Vec<Target>,
    /// The expected findings, a line each, or `none`.
    pub findings: String,
    /// The expected text after all fixes, by locale.
    pub fixed: Vec<(String, String)>,
    options: String,
    /// Terms in YAML, beside the names that come with loclint.
    glossary: String,
    /// The English tree, if the example has one: what each fence is called, and its text.
    pub english: Vec<(String, String)>,
    /// From the findings fence to the end of the last fixed fence, in bytes of the page.
    pub expectations: Range<usize>,
}

/// A document of an example.
pub struct Target {
    /// Its locale.
    pub locale: String,
    /// The path of its article.
    pub article: String,
    /// For examples of one unit: the source text; `None` for whole documents.
    source: Option<String>,
    /// The target text, or the whole document.
    text: String,
}

/// The path of the article, where an example has one only.
pub(super) const ARTICLE: &str = "guide.md";

/// The markup before the target of a one-unit example.
const HEAD: &str = "<span data-ttu-id=\"0a0a0-103\">";

impl Target {
    /// The text of the document.
    pub fn document(&self) -> String {
        match &self.source {
            None => self.text.clone(),
            Some(source) => {
                let tail = "</span><span class=\"sxs-lookup\"><span data-stu-id=\"0a0a0-103\">";
                format!("{HEAD}{}{tail}{source}</span></span>\n", self.text)
            }
        }
    }

    /// Where the text that the page shows starts in the document, in bytes.
    pub fn offset(&self) -> usize {
        if self.source.is_some() { HEAD.len() } else { 0 }
    }

    /// The part of a changed document that the page shows.
    pub fn shown_part(&self, document: &str) -> String {
        if self.source.is_none() {
            return document.to_string();
        }
        let text = &document[HEAD.len()..];
        text.find("</span><span class").map_or(text, |end| &text[..end]).to_string()
    }
}

impl Example {
    /// The options of the example: lines `name: [a, b]`, `name: 3` or `name: true`.
    pub fn options(&self, rule: &str) -> Options {
        let values: BTreeMap<String, OptionValue> = self
            .options
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_string(), option_value(value.trim())))
            .collect();
        if values.is_empty() { Options::new() } else { Options::from([(rule.to_string(), values)]) }
    }

    /// The names that come with loclint, and the terms of the example.
    ///
    /// # Errors
    /// If its glossary is none.
    pub fn glossary(&self) -> Result<Arc<Glossary>, Failed> {
        let terms = match &*self.glossary {
            "" => Vec::new(),
            yaml => read_yaml(yaml, "glossary.yml").map_err(|error| error.kind.to_string())?,
        };
        Ok(Arc::new(Glossary::with_shipped(terms)))
    }
}

fn option_value(text: &str) -> OptionValue {
    let list = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match (list, text.parse(), text) {
        (Some(items), ..) => {
            OptionValue::List(items.split(',').map(|item| item.trim().to_string()).collect())
        }
        (_, Ok(number), _) => OptionValue::Number(number),
        (.., text) => OptionValue::Flag(text == "true"),
    }
}

impl Page {
    /// Reads the `### ` sections under `## Examples`.
    pub fn parse(text: &str) -> Self {
        let mut page = Self { examples: Vec::new() };
        let (mut in_examples, mut heading, mut fence) = (false, None, None);
        for (event, range) in Parser::new(text).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => heading = Some((level, String::new())),
                Event::Text(text) | Event::Code(text) if heading.is_some() => {
                    if let Some((_, title)) = &mut heading {
                        title.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => match heading.take() {
                    Some((HeadingLevel::H2, title)) => in_examples = title == "Examples",
                    Some((HeadingLevel::H3, name)) if in_examples => {
                        page.examples.push(Example { name, ..Example::default() });
                    }
                    _ => {}
                },
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    fence = Some((info.to_string(), String::new()))
                }
                Event::Text(text) => {
                    if let Some((_, content)) = &mut fence {
                        content.push_str(&text);
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some(((info, content), example)) = fence.take().zip(page.examples.last_mut()) {
                        example.fence(&info, content, range);
                    }
                }
                _ => {}
            }
        }
        page
    }
}

impl Example {
    fn fence(&mut self, info: &str, content: String, range: Range<usize>) {
        let (kind, locale) = info.split_once(' ').unwrap_or((info, ""));
        let (locale, line) = (locale.to_string(), content.trim_end_matches('\n').to_string());
        match kind {
            // A source stands before its targets and is filled in below.
            "source" => self.targets.push(Target {
                locale: String::new(),
                article: ARTICLE.into(),
                source: Some(line),
                text: String::new(),
            }),
            "target" => {
                let source = self.targets.iter().rev().find_map(|target| target.source.clone());
                self.targets.push(Target { locale, article: ARTICLE.into(), source, text: line });
                self.targets.retain(|target| !target.locale.is_empty());
            }
            "document" => {
                let (locale, article) = locale.split_once(' ').unwrap_or((&locale, ARTICLE));
                let (locale, article) = (locale.to_string(), article.to_string());
                self.targets.push(Target { locale, article, source: None, text: content });
            }
            "findings" => {
                self.findings = line;
                self.expectations = range;
            }
            "fixed" => {
                let whole =
                    self.targets.iter().any(|target| target.locale == locale && target.source.is_none());
                self.fixed.push((locale, if whole { content } else { line }));
                self.expectations.end = range.end;
            }
            "options" => self.options = content,
            "glossary" => self.glossary = content,
            "english" => self.english.push((locale, content)),
            other => panic!("\"{other}\" is no fence of an example"),
        }
    }
}
