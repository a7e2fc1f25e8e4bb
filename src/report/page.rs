//! A rule's page in the terminal.

use std::io::{self, Write};

use ::rules::{DefaultValue, OptionInfo, RuleInfo, RuleSource};
use anstyle::{AnsiColor, Effects, Style};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const CODE: Style = AnsiColor::Cyan.on_default();

/// Renders the page of a rule, wrapped to `width` columns.
///
/// # Errors
/// What `out` says.
pub fn explain(info: &RuleInfo, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { width, facts: Some(facts(info, width)), ..Page::default() };
    let mut lines = String::new();
    if !info.page.trim_start().starts_with('#') {
        page.text.push_str(&info.id);
        lines.push_str(&page.heading(HeadingLevel::H1));
    }
    let mut has_options = false;
    for event in Parser::new_ext(&info.page, Options::ENABLE_TABLES) {
        has_options |= matches!(event, Event::End(TagEnd::Heading(_))) && page.text == "Options";
        lines.push_str(&page.event(event));
    }
    if !has_options && !info.options.is_empty() {
        lines.push_str(&options(info, width));
    }
    out.write_all(lines.as_bytes())
}

/// What the page does not say: how the rule is set, and where it comes from.
fn facts(info: &RuleInfo, width: usize) -> String {
    let severity = info.severity.map_or("off", |severity| severity.as_str());
    let from = match &info.source {
        RuleSource::BuiltIn => String::new(),
        RuleSource::Pack(name) => format!(", pack {name}"),
        RuleSource::Program => ", part of this program".into(),
    };
    let since = info.since.as_ref().map_or(String::new(), |version| format!(", since {version}"));
    let facts = format!(
        "severity {severity}, confidence {}, scope {}, fix {}, MQM {}, ITS {}{since}{from}",
        info.confidence.as_str(),
        info.scope.as_str(),
        info.fix.as_str(),
        info.mqm,
        info.its,
    );
    // Lines end after commas.
    let facts = facts.replace(' ', "\u{a0}").replace(",\u{a0}", ", ");
    let facts = wrapped(&facts, width, "").replace('\u{a0}', " ");
    let lines: String = facts.lines().map(|line| format!("{DIM}{line}{DIM:#}\n")).collect();
    lines + "\n"
}

/// The options of a rule whose page says nothing of them.
fn options(info: &RuleInfo, width: usize) -> String {
    let one = |option: &OptionInfo| {
        let default = match option.default {
            DefaultValue::List([]) => "none".into(),
            DefaultValue::List(values) => values.join(", "),
            DefaultValue::Number(value) => value.to_string(),
            DefaultValue::Flag(value) => value.to_string(),
        };
        let text = format!("{CODE}`{}`{CODE:#}: {} Default: {default}.", option.name, option.summary);
        wrapped(&text, width, "- ") + "\n"
    };
    let list: String = info.options.iter().map(one).collect();
    format!("{BOLD}Options{BOLD:#}\n\n{list}\n")
}

/// A text in lines, the first of which starts with `lead`; signs are as wide as a terminal shows them.
fn wrapped(text: &str, width: usize, lead: &str) -> String {
    let rest = " ".repeat(lead.len());
    let options = textwrap::Options::new(width).initial_indent(lead).subsequent_indent(&rest);
    textwrap::fill(text, options.break_words(false))
}

/// A page being rendered: the block that is open.
#[derive(Default)]
struct Page {
    width: usize,
    text: String,
    /// What the first line of the block starts with: the mark of a list item.
    lead: String,
    /// The lists that are open, each with the number of its next item if it has numbers.
    lists: Vec<Option<u64>>,
    /// Inside links: their addresses.
    links: Vec<String>,
    /// Inside a code block: what its fence says.
    fence: Option<String>,
    /// Printed once, after the title.
    facts: Option<String>,
}

impl Page {
    /// Takes an event; gives the lines of the block that it closes.
    fn event(&mut self, event: Event<'_>) -> String {
        match event {
            Event::Text(text) => self.text.push_str(&text),
            Event::Code(code) => self.text.push_str(&format!("{CODE}`{code}`{CODE:#}")),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::InlineHtml(html) | Event::Html(html) => self.text.push_str(&html),
            Event::Start(tag) => return self.start(tag),
            Event::End(tag) => return self.end(tag),
            _ => {}
        }
        String::new()
    }

    fn start(&mut self, tag: Tag<'_>) -> String {
        match tag {
            Tag::Strong => self.text.push_str(&BOLD.to_string()),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.links.push(dest_url.to_string()),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.fence = Some(info.to_string()),
            Tag::List(number) => {
                // The text of the item that the list stands in.
                let before = self.paragraph("\n");
                self.lists.push(number);
                return before;
            }
            Tag::Item => {
                let indent = "  ".repeat(self.lists.len().saturating_sub(1));
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "-".into(),
                };
                self.lead = format!("{indent}{mark} ");
            }
            _ => {}
        }
        String::new()
    }

    fn end(&mut self, tag: TagEnd) -> String {
        match tag {
            TagEnd::Strong => self.text.push_str(&format!("{BOLD:#}")),
            TagEnd::Link | TagEnd::Image => {
                let address = self.links.pop().unwrap_or_default();
                if !address.is_empty() && !self.text.ends_with(&address) {
                    self.text.push_str(&format!(" ({address})"));
                }
            }
            TagEnd::CodeBlock => return self.code_block(),
            TagEnd::Heading(level) => return self.heading(level),
            TagEnd::Item | TagEnd::TableRow => return self.paragraph("\n"),
            TagEnd::TableCell => self.text.push_str("  "),
            TagEnd::TableHead => {
                self.text = format!("{BOLD}{}{BOLD:#}", self.text.trim_end());
                return self.paragraph("\n");
            }
            TagEnd::List(_) => {
                self.lists.pop();
                return if self.lists.is_empty() { "\n".into() } else { String::new() };
            }
            TagEnd::Table => return "\n".into(),
            TagEnd::Paragraph | TagEnd::HtmlBlock => return self.paragraph("\n\n"),
            _ => {}
        }
        String::new()
    }

    fn paragraph(&mut self, end: &str) -> String {
        let (text, lead) = (std::mem::take(&mut self.text), std::mem::take(&mut self.lead));
        if text.trim().is_empty() {
            return String::new();
        }
        wrapped(text.trim_end(), self.width, &lead) + end
    }

    fn heading(&mut self, level: HeadingLevel) -> String {
        let text = std::mem::take(&mut self.text);
        let lead = if level == HeadingLevel::H3 { "» " } else { "" };
        let facts = self.facts.take().unwrap_or_default();
        format!("{BOLD}{lead}{text}{BOLD:#}\n\n{facts}")
    }

    fn code_block(&mut self) -> String {
        let (fence, text) = (self.fence.take().unwrap_or_default(), std::mem::take(&mut self.text));
        let indent = |line: &str| format!("    {line}\n");
        let lines: String = text.lines().map(indent).collect();
        format!("  {DIM}{fence}{DIM:#}\n{lines}\n")
    }
}
