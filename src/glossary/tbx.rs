//! Glossaries in TBX (ISO 30042): version 3, with data categories as attributes or as elements, and the older dialect
//! whose root is `martif`.

use std::sync::Arc;

use bitext::{LineIndex, Locale, Span};
use roxmltree::{Document, Node, ParsingOptions};
use rules::glossary::{GlossaryError, GlossaryErrorKind as Kind, Origin, Status, Term, Translation};

/// What an entry, the part of it in one language, and a term with what is said of it are called in version 3 and before.
const ENTRY: [&str; 2] = ["conceptEntry", "termEntry"];
const LANGUAGE: [&str; 2] = ["langSec", "langSet"];
const SECTION: [&str; 3] = ["termSec", "tig", "ntig"];

/// Data categories that say which of several terms is to be used; all mean the same.
const STATUS: [&str; 2] = ["administrativeStatus", "normativeAuthorization"];

/// The data category of names that are not translated; TBX has none of its own.
const DO_NOT_TRANSLATE: &str = "do-not-translate";

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Reads the terms of a glossary in TBX; `name` is what messages call it.
///
/// # Errors
/// [`GlossaryError`] at the first thing that is no glossary.
pub fn read_tbx(text: &str, name: &str) -> Result<Vec<Term>, GlossaryError> {
    // The older dialect names its DTD; it is not read.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| syntax(text, &error))?;
    let root = document.root_element();
    if !["tbx", "martif"].contains(&root.tag_name().name()) {
        return Err(at(root, Kind::Expected("the root element \"tbx\" or \"martif\"")));
    }
    let reader = Reader { text, glossary: name.into(), lines: LineIndex::new(text) };
    let mut terms = Vec::new();
    for entry in root.descendants().filter(|node| is(*node, &ENTRY)) {
        reader.entry(entry, &mut terms)?;
    }
    if terms.is_empty() {
        return Err(at(root, Kind::NoTerms("entries with English terms, \"conceptEntry\" or \"termEntry\"")));
    }
    Ok(terms)
}

struct Reader<'t> {
    text: &'t str,
    glossary: Arc<str>,
    lines: LineIndex,
}

/// A term in one language, as it stands in the file.
struct Written<'a, 't> {
    node: Node<'a, 't>,
    text: String,
    status: Option<Status>,
    stays: bool,
}

impl Reader<'_> {
    /// Reads the terms of an entry: each of its English terms has all of its translations.
    fn entry(&self, entry: Node<'_, '_>, terms: &mut Vec<Term>) -> Result<(), GlossaryError> {
        let mut english = Vec::new();
        let mut translations: Vec<(Node<'_, '_>, Translation)> = Vec::new();
        let mut stays = says_do_not_translate(entry);
        for language in entry.descendants().filter(|node| is(*node, &LANGUAGE)) {
            let locale = locale(language)?;
            let written = sections(language)?;
            stays |= written.iter().any(|one| one.stays);
            if locale.is_english() {
                english.extend(written);
                continue;
            }
            // Of several terms, those of which nothing is said are synonyms of those of which something is.
            let some_told =
                written.iter().any(|one| matches!(one.status, Some(Status::Required | Status::Preferred)));
            let untold = if some_told { Status::Allowed } else { Status::Required };
            for one in written {
                let status = one.status.unwrap_or(untold);
                translations.push((one.node, Translation { locale: locale.clone(), status, text: one.text }));
            }
        }
        for one in english {
            let line = self.lines.position(self.text, one.node.range().start as u32).line;
            let mut term = Term::new(one.text, Origin { glossary: self.glossary.clone(), line });
            term.do_not_translate = stays;
            term.note = note(entry);
            for (node, translation) in &translations {
                term.add(translation.clone()).map_err(|kind| at(*node, kind))?;
            }
            terms.push(term);
        }
        Ok(())
    }
}

/// The terms of one language.
fn sections<'a, 't>(language: Node<'a, 't>) -> Result<Vec<Written<'a, 't>>, GlossaryError> {
    let mut written = Vec::new();
    for section in language.descendants().filter(|node| is(*node, &SECTION)) {
        let term = section.descendants().find(|node| is(*node, &["term"]));
        let term = term.ok_or_else(|| at(section, Kind::Expected("the element \"term\" with the term")))?;
        let text = content(term);
        if text.is_empty() {
            return Err(at(term, Kind::EmptyTerm));
        }
        let told = section.descendants().find(|node| is_category(*node, &STATUS));
        let status = told.map(status).transpose()?;
        written.push(Written { node: term, text, status, stays: says_do_not_translate(section) });
    }
    Ok(written)
}

fn locale(language: Node<'_, '_>) -> Result<Locale, GlossaryError> {
    let tag = language.attribute((XML, "lang")).or_else(|| language.attribute("lang"));
    let tag = tag.ok_or_else(|| at(language, Kind::Expected("the attribute \"xml:lang\" with a locale")))?;
    Locale::parse(tag).ok_or_else(|| {
        let place = language.attributes().find(|attribute| attribute.name() == "lang");
        let range = place.map_or(language.range(), |attribute| attribute.range());
        GlossaryError::new(Span::new(range.start, range.end), Kind::NotALocale(tag.into()))
    })
}

/// The pick list of ISO 12620 and the plain words.
fn status(node: Node<'_, '_>) -> Result<Status, GlossaryError> {
    let word = content(node);
    let plain = word.split_once("-admn-sts").map_or(&*word, |(plain, _)| plain);
    match plain {
        "standardizedTerm" | "legalTerm" | "regulatedTerm" | "required" => Ok(Status::Required),
        "preferredTerm" | "preferred" => Ok(Status::Preferred),
        "admittedTerm" | "admitted" | "allowed" => Ok(Status::Allowed),
        "deprecatedTerm" | "supersededTerm" | "deprecated" | "superseded" | "forbidden" => {
            Ok(Status::Forbidden)
        }
        _ => Err(at(node, Kind::NotATbxStatus(word))),
    }
}

/// Whether it is said here, or of all languages of an entry, that a term stays as it is.
fn says_do_not_translate(node: Node<'_, '_>) -> bool {
    let own = node.children().chain(node.children().flat_map(|child| child.children()));
    own.filter(|child| is_category(*child, &[DO_NOT_TRANSLATE]))
        .any(|child| matches!(&*content(child).to_lowercase(), "true" | "yes"))
}

fn note(entry: Node<'_, '_>) -> Option<String> {
    let note = entry.children().find(|node| is(*node, &["note"]))?;
    Some(content(note)).filter(|text| !text.is_empty())
}

fn is(node: Node<'_, '_>, names: &[&str]) -> bool {
    node.is_element() && names.contains(&node.tag_name().name())
}

/// Whether an element holds one of these data categories: `<termNote type="administrativeStatus">`, or
/// `<administrativeStatus>` in a namespace of its own.
fn is_category(node: Node<'_, '_>, names: &[&str]) -> bool {
    is(node, names)
        || is(node, &["termNote", "descrip", "admin"])
            && node.attribute("type").is_some_and(|kind| names.contains(&kind))
}

/// The text of an element and of those in it, on one line.
fn content(node: Node<'_, '_>) -> String {
    let text: String =
        node.descendants().filter_map(|child| if child.is_text() { child.text() } else { None }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn at(node: Node<'_, '_>, kind: Kind) -> GlossaryError {
    let range = node.range();
    GlossaryError::new(Span::new(range.start, range.end), kind)
}

/// What the library says, at its place.
fn syntax(text: &str, error: &roxmltree::Error) -> GlossaryError {
    let position = error.pos();
    let line = text
        .split_inclusive('\n')
        .take((position.row as usize).saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let column =
        text[line..].char_indices().nth((position.col as usize).saturating_sub(1)).map_or(0, |(at, _)| at);
    let reason = error.to_string();
    // The place is told already.
    let reason = reason.rsplit_once(" at ").map_or(&*reason, |(reason, _)| reason);
    GlossaryError::new(Span::at(line + column), Kind::Syntax(format!("the XML is broken: {reason}")))
}
