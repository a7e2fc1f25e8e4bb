//! A rule's page in the terminal.

use std::io::{self, Write};

use ::rules::RuleInfo;
use anstyle::{AnsiColor, Effects, Style};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const CODE: Style = AnsiColor::Cyan.on_default();

/// Renders the page of a rule, wrapped to `width` columns.
///
/// # Errors
/// What `out` says.
pub fn explain(info: &RuleInfo, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut page =
        Page { width, text: String::new(), lead: String::new(), fence: None, facts: Some(facts(info)) };
    let mut lines = String::new();
    for event in Parser::new(&info.page) {
        lines.push_str(&page.event(event));
    }
    out.write_all(lines.as_bytes())
}

/// What the page does not say: how the rule is set.
fn facts(info: &RuleInfo) -> String {
    let severity = info.severity.map_or("off", |severity| severity.as_str());
    format!(
        "{DIM}severity {severity}, confidence {}, scope {}, fix {}, MQM {}, ITS {}, since {}{DIM:#}\n\n",
        info.confidence.as_str(),
        info.scope.as_str(),
        info.fix.as_str(),
        info.mqm,
        info.its,
        info.since,
    )
}

/// A page being rendered: the block that is open.
struct Page {
    width: usize,
    text: String,
    /// What the first line of the block starts with: the mark of a list item.
    lead: String,
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
            Event::Start(Tag::Strong) => self.text.push_str(&BOLD.to_string()),
            Event::End(TagEnd::Strong) => self.text.push_str(&format!("{BOLD:#}")),
            Event::Start(Tag::Item) => self.lead = "- ".into(),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => self.fence = Some(info.to_string()),
            Event::End(TagEnd::CodeBlock) => return self.code_block(),
            Event::End(TagEnd::Heading(level)) => return self.heading(level),
            Event::End(TagEnd::Item) => return self.paragraph("\n"),
            Event::End(TagEnd::List(_)) => return "\n".into(),
            Event::End(TagEnd::Paragraph) => return self.paragraph("\n\n"),
            _ => {}
        }
        String::new()
    }

    fn paragraph(&mut self, end: &str) -> String {
        let (text, lead) = (std::mem::take(&mut self.text), std::mem::take(&mut self.lead));
        if text.is_empty() {
            return String::new();
        }
        let rest = " ".repeat(lead.len());
        let options = textwrap::Options::new(self.width).initial_indent(&lead).subsequent_indent(&rest);
        textwrap::fill(&text, options.break_words(false)) + end
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
