//! Texts with `{1}` and `{name}` in them, which stand for what a pattern matched.

use regex::Regex;

/// A text to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// As it is written.
    pub written: String,
    pieces: Vec<Piece>,
}

/// What a target must match, given what matched in the source.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// As it is written.
    pub written: String,
    pieces: Vec<Piece>,
    /// Ready, where it takes nothing from the source.
    regex: Option<Regex>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The number of a group.
    Group(usize),
}

/// A fault in a text: its byte, and what is wrong.
pub(crate) type Fault = (usize, String);

impl Template {
    /// Reads a template whose groups are those of `pattern`.
    pub(super) fn parse(written: &str, pattern: Option<&Regex>) -> Result<Self, Fault> {
        let (mut pieces, mut text, mut at) = (Vec::new(), String::new(), 0);
        while let Some(found) = written[at..].find(['{', '}']).map(|found| at + found) {
            text.push_str(&written[at..found]);
            let rest = &written[found..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                text.push_str(&rest[..1]);
                at = found + 2;
                continue;
            }
            let end = rest.find('}').filter(|end| *end > 0).ok_or_else(|| {
                (found, "a bracket stands alone here; write \"{{\" or \"}}\" for the sign itself".to_string())
            })?;
            let name = &rest[1..end];
            let number = group(name, pattern).ok_or_else(|| (found, no_group(name, pattern)))?;
            pieces.push(Piece::Text(std::mem::take(&mut text)));
            pieces.push(Piece::Group(number));
            at = found + end + 1;
        }
        text.push_str(&written[at..]);
        pieces.push(Piece::Text(text));
        Ok(Self { written: written.into(), pieces })
    }

    /// The text, with what the groups matched.
    pub(super) fn fill<'t>(&self, groups: impl Fn(usize) -> &'t str) -> String {
        fill(&self.pieces, |number| groups(number).to_string())
    }
}

impl Wanted {
    /// Reads a pattern that can have groups of `source` in it. A brace is one only if `source` has the group, and not
    /// where it belongs to an escape such as `\p{Lu}`.
    pub(super) fn parse(written: &str, source: &Regex) -> Result<Self, Fault> {
        let (mut pieces, mut text, mut at) = (Vec::new(), String::new(), 0);
        while let Some(found) = written[at..].find(['{', '\\']).map(|found| at + found) {
            text.push_str(&written[at..found]);
            let rest = &written[found..];
            let end = rest.find('}').map(|end| end + 1);
            let len = if let Some(escape) = rest.strip_prefix('\\') {
                let is_long = ["p{", "P{", "x{", "u{", "U{"].iter().any(|long| escape.starts_with(long));
                let escaped = escape.chars().next().map_or(0, char::len_utf8);
                end.filter(|_| is_long).unwrap_or(1 + escaped)
            } else if let Some((end, number)) =
                end.and_then(|end| Some((end, group(&rest[1..end - 1], Some(source))?)))
            {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                pieces.push(Piece::Group(number));
                at = found + end;
                continue;
            } else {
                1
            };
            text.push_str(&rest[..len]);
            at = found + len;
        }
        text.push_str(&written[at..]);
        pieces.push(Piece::Text(text));
        // With something in the places of the groups, so that what is wrong is told now.
        let regex = compile(&fill(&pieces, |_| "x".into())).map_err(|(at, why)| {
            // The places agree up to the first group only.
            if pieces.len() > 1 {
                return (0, why);
            }
            // A brace that is no count was meant for a group.
            let name = written.get(at..).and_then(|rest| rest.strip_prefix('{')?.split_once('}'));
            match name
                .filter(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
            {
                Some((name, _)) => (at, no_group(name, Some(source))),
                None => (at, why),
            }
        })?;
        let regex = (pieces.len() == 1).then_some(regex);
        Ok(Self { written: written.into(), pieces, regex })
    }

    /// The pattern for what the groups matched. It is made for each match if it takes something from the source, since
    /// it is another one each time.
    pub(super) fn regex<'t>(&self, groups: impl Fn(usize) -> &'t str) -> Option<Regex> {
        match &self.regex {
            Some(regex) => Some(regex.clone()),
            None => Regex::new(&fill(&self.pieces, |number| regex::escape(groups(number)))).ok(),
        }
    }
}

/// A pattern, or the byte in it that is wrong and why.
pub(crate) fn compile(pattern: &str) -> Result<Regex, Fault> {
    Regex::new(pattern).map_err(|error| match regex_syntax::Parser::new().parse(pattern) {
        Err(regex_syntax::Error::Parse(error)) => (error.span().start.offset, error.kind().to_string()),
        Err(regex_syntax::Error::Translate(error)) => (error.span().start.offset, error.kind().to_string()),
        _ => (0, error.to_string()),
    })
}

fn fill(pieces: &[Piece], group: impl Fn(usize) -> String) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Group(number) => group(*number),
    };
    pieces.iter().map(piece).collect()
}

/// The number of a group, by number or name.
fn group(name: &str, pattern: Option<&Regex>) -> Option<usize> {
    let pattern = pattern?;
    match name.parse::<usize>() {
        Ok(number) => Some(number).filter(|number| *number < pattern.captures_len()),
        Err(_) => pattern.capture_names().position(|known| known == Some(name)),
    }
}

fn no_group(name: &str, pattern: Option<&Regex>) -> String {
    let Some(pattern) = pattern else {
        return "nothing can be filled in here; write \"{{\" for the sign itself".into();
    };
    let numbered = pattern.capture_names().enumerate();
    let known: Vec<String> =
        numbered.map(|(number, name)| name.map_or(number.to_string(), String::from)).collect();
    format!("the pattern has no group \"{name}\"; it has {}", known.join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failure here is the report")]
mod tests {
    use super::*;

    #[test]
    fn groups_are_filled_in() {
        let pattern = Regex::new(r"(?<number>\d+) (GB|MB)").unwrap();
        let template = Template::parse("{number}\u{a0}{2}, not {0} {{}}", Some(&pattern)).unwrap();
        assert_eq!(template.fill(|number| ["3 GB", "3", "GB"][number]), "3\u{a0}GB, not 3 GB {}");
        assert_eq!(Template::parse("a {3}", Some(&pattern)).unwrap_err().0, 2);
        assert_eq!(Template::parse("a } b", Some(&pattern)).unwrap_err().0, 2);
    }

    #[test]
    fn a_wanted_pattern_quotes_what_the_source_had() {
        let source = Regex::new(r"version (\S+)").unwrap();
        let wanted = Wanted::parse(r"\p{L}{2,9} {1}", &source).unwrap();
        let regex = wanted.regex(|_| "1.0+").unwrap();
        assert!(regex.is_match("verze 1.0+") && !regex.is_match("verze 1x00"));
        assert!(Wanted::parse("(a", &source).is_err());
        let why = (2, "the pattern has no group \"2\"; it has 0, 1".to_string());
        assert_eq!(Wanted::parse("a|{2}", &source).unwrap_err(), why);
    }
}
