//! The referee: a block read through the YAML library's events.

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, options};

use super::{Entry, FrontMatterError, Scalar, Style, Value};
use crate::Span;

/// Mappings and lists nested deeper than this are an error; real front matter has two levels.
const MAX_DEPTH: usize = 32;

/// Reads the lines `yaml` of `file`, which messages call `what`. With an error, the entries before it are still given.
pub(super) fn entries(file: &str, yaml: Span, what: &'static str) -> (Vec<Entry>, Option<FrontMatterError>) {
    let mut reader = Reader { file, what, base: yaml.start as usize, parser: parser(yaml.slice(file)) };
    let mut entries = Vec::new();
    let error = reader.document(&mut entries).err();
    (entries, error)
}

fn parser(text: &str) -> Parser<'_, granit_parser::StrInput<'_>> {
    let options: Options = options! { emit_unresolved_aliases: true };
    Parser::new_from_str_with_options(text, options)
}

struct Reader<'a> {
    file: &'a str,
    what: &'static str,
    /// Offset of the YAML text in the file, in bytes.
    base: usize,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn document(&mut self, entries: &mut Vec<Entry>) -> Result<(), FrontMatterError> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::MappingStart(..), _) => {
                    self.mapping(entries, 0)?;
                }
                (Event::StreamEnd | Event::DocumentEnd, _) => return Ok(()),
                // A lone scalar is empty front matter, or text that is no mapping.
                (Event::Scalar(text, ..), _) if text.is_empty() || text == "~" => {}
                (_, span) => return Err(error(span, &format!("{} must be \"key: value\" lines", self.what))),
            }
        }
    }

    /// Reads up to the end of a mapping whose start was just seen; gives the offset after it.
    fn mapping(&mut self, entries: &mut Vec<Entry>, depth: usize) -> Result<u32, FrontMatterError> {
        loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok(span.end),
                Event::Scalar(text, style, ..) => self.scalar(&text, style, span),
                _ => return Err(error(span, "a key must be plain text")),
            };
            let (event, mut span) = self.next()?;
            if let Event::SequenceStart(StructureStyle::Block, ..) = event {
                span.start = self.hyphen(span.start);
            }
            let value = self.value(event, span, depth)?;
            entries.push(Entry { key, value });
        }
    }

    fn sequence(&mut self, values: &mut Vec<Value>, depth: usize) -> Result<u32, FrontMatterError> {
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => return Ok(span.end),
                (event, span) => values.push(self.value(event, span, depth)?),
            }
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Value, FrontMatterError> {
        if depth >= MAX_DEPTH {
            return Err(error(span, &format!("{} is nested too deeply", self.what)));
        }
        Ok(match event {
            Event::Scalar(text, style, ..) => Value::Scalar(self.scalar(&text, style, span)),
            Event::SequenceStart(..) => {
                let mut values = Vec::new();
                let end = self.sequence(&mut values, depth + 1)?;
                Value::Sequence(self.trimmed(span.start, end), values)
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                let end = self.mapping(&mut entries, depth + 1)?;
                Value::Mapping(self.trimmed(span.start, end), entries)
            }
            _ => Value::Alias(span),
        })
    }

    fn scalar(&self, text: &str, style: ScalarStyle, span: Span) -> Scalar {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            _ => Style::Block,
        };
        let mut scalar = Scalar { span, style, decoded: None };
        // The library gives an omitted value as "~".
        if !span.is_empty() && scalar.text(self.file) != text {
            scalar.decoded = Some(text.into());
        }
        scalar
    }

    /// Where the list starts that is a key's value: the library starts one that is not indented at its first item,
    /// after the hyphen.
    fn hyphen(&self, at: u32) -> u32 {
        let before = &self.file[..at as usize];
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let is_first = before[line..].trim_matches([' ', '\t']) == "-";
        before.rfind('-').filter(|_| is_first).map_or(at, |hyphen| hyphen as u32)
    }

    /// Block collections end where the next key starts; the blanks before that are not theirs.
    fn trimmed(&self, start: u32, end: u32) -> Span {
        let span = Span { start, end: end.max(start) };
        Span::new(start as usize, start as usize + span.slice(self.file).trim_end().len())
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), FrontMatterError> {
        match self.parser.next() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, Span::new(self.base + range.start, self.base + range.end)))
            }
            Some(Err(fault)) => Err(self.scan_error(&fault)),
            None => Ok((Event::StreamEnd, Span::at(self.base))),
        }
    }

    fn scan_error(&self, fault: &ScanError) -> FrontMatterError {
        let at = self.base + fault.marker().byte_offset().unwrap_or(0);
        let rest = self.file.get(at..).unwrap_or_default();
        let len = rest.chars().next().map_or(0, char::len_utf8);
        error(Span::new(at, at + len), &fault.kind().to_string())
    }
}

fn error(span: Span, message: &str) -> FrontMatterError {
    FrontMatterError { span, message: message.into() }
}
