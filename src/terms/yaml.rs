//! The draft as a glossary file.

use std::borrow::Cow;
use std::io::{self, Write};

use rules::terms::Usual;

use super::{Proposal, evidence};

const HEAD: &str = "\
# loclint glossary
#
# A draft, made by \"loclint terms\" of what the translations do. Read it, and delete what is not a term:
# a usual translation is not always a good one.
";

/// Writes the proposals in the format of glossaries.
///
/// # Errors
/// What `out` says.
pub fn write_yaml(proposal: &Proposal, out: &mut dyn Write) -> io::Result<()> {
    let Proposal { draft, locales, .. } = proposal;
    writeln!(out, "{HEAD}")?;
    if draft.names.is_empty() && draft.terms.is_empty() {
        return writeln!(out, "terms: []");
    }
    writeln!(out, "terms:")?;
    if !draft.names.is_empty() {
        writeln!(out, "  # Names that nearly all locales keep.")?;
    }
    for name in &draft.names {
        let kept = evidence(locales.iter().zip(name.kept.iter().copied()));
        writeln!(out, "  - term: {}", scalar(&name.name))?;
        writeln!(out, "    do-not-translate: true")?;
        writeln!(out, "    evidence: {}", scalar(&format!("kept in {kept}")))?;
    }
    if !draft.terms.is_empty() {
        writeln!(out, "  # Headings, cells and labels, as most places translate them.")?;
    }
    for term in &draft.terms {
        let usual =
            || locales.iter().zip(&term.usual).filter_map(|(locale, usual)| Some((locale, usual.as_ref()?)));
        let said = evidence(usual().map(|(locale, usual)| (locale, usual.share)));
        writeln!(out, "  - term: {}", scalar(&term.term))?;
        if term.case_sensitive {
            writeln!(out, "    case-sensitive: true")?;
        }
        writeln!(out, "    evidence: {}", scalar(&format!("so translated in {said}")))?;
        writeln!(out, "    translations:")?;
        for (locale, usual) in usual() {
            translation(locale.as_str(), usual, out)?;
        }
    }
    Ok(())
}

fn translation(locale: &str, usual: &Usual, out: &mut dyn Write) -> io::Result<()> {
    if usual.others.is_empty() {
        return writeln!(out, "      {locale}: {}", scalar(&usual.text));
    }
    writeln!(out, "      {locale}:")?;
    writeln!(out, "        preferred: {}", scalar(&usual.text))?;
    writeln!(out, "        allowed:")?;
    for other in &usual.others {
        writeln!(out, "          - {}", scalar(other))?;
    }
    Ok(())
}

/// Words that are more than text to one reader of YAML or another.
const RESERVED: [&str; 13] =
    ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "t", "f"];

/// A text as a scalar, quoted unless every reader of YAML takes it for the same text as it is.
fn scalar(text: &str) -> Cow<'_, str> {
    let inner =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '/' | '(' | ')' | '+' | ',');
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(inner)
        && !text.ends_with(' ')
        && !RESERVED.contains(&text.to_lowercase().as_str());
    if plain {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // What is invisible, what ends lines, and what no YAML file may hold.
            _ if c.is_control() || (c.is_whitespace() && c != ' ') || is_invisible(c) => {
                quoted += &escaped(c);
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn escaped(c: char) -> String {
    match u32::from(c) {
        code @ ..=0xff => format!("\\x{code:02x}"),
        code @ ..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

#[cfg(test)]
mod tests {
    use bitext::{FrontMatter, Locale, Value};
    use proptest::prelude::*;
    use rules::terms::{Draft, Name, Share, Translated};

    use super::*;

    #[test]
    fn only_what_needs_quotes_has_them() {
        for text in
            ["NuGet", "packages.config", "Další kroky", "次のステップ", "Harbor (verze)", "Co dál, prosím"]
        {
            assert_eq!(scalar(text), text);
        }
        for (text, quoted) in [
            ("no", r#""no""#),
            ("Yes", r#""Yes""#),
            (".NET", r#"".NET""#),
            ("C#", r#""C#""#),
            ("4.8", r#""4.8""#),
            ("- a", r#""- a""#),
            ("a: b", r#""a: b""#),
            ("a \"b\" \\", r#""a \"b\" \\""#),
            ("a\u{a0}b", r#""a\xa0b""#),
            ("a\u{feff}\n", r#""a\ufeff\x0a""#),
            ("", r#""""#),
        ] {
            assert_eq!(scalar(text), quoted);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in any::<String>()) {
            let document = format!("---\nterm: {}\n---\n", scalar(&text));
            let matter = FrontMatter::parse(&document).unwrap();
            let value = matter.entry(&document, "term").and_then(|entry| entry.value.scalar());
            prop_assert_eq!(value.map(|scalar| scalar.text(&document)), Some(&*text));
        }
    }

    #[test]
    fn a_glossary_is_yaml() {
        let share = Share { places: 5, of_these: 4 };
        let usual = |text: &str, others: &[&str]| {
            let others = others.iter().map(|other| (*other).to_string()).collect();
            Some(Usual { text: text.into(), share, others })
        };
        let proposal = Proposal {
            locales: ["cs-CZ", "da-DK", "hu-HU"].iter().filter_map(|tag| Locale::parse(tag)).collect(),
            draft: Draft {
                names: vec![Name { name: ".NET".into(), kept: vec![share, share, Share::default()] }],
                terms: vec![Translated {
                    term: "Next steps".into(),
                    case_sensitive: true,
                    places: 5,
                    usual: vec![usual("Další kroky", &["Co dál?"]), usual("Næste trin", &[]), None],
                }],
            },
            ..Proposal::default()
        };
        let mut out = Vec::new();
        write_yaml(&proposal, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (_, body) = text.split_once("\n\n").unwrap();
        assert_eq!(
            body,
            "\
terms:
  # Names that nearly all locales keep.
  - term: \".NET\"
    do-not-translate: true
    evidence: kept in cs-CZ 4 of 5, da-DK 4 of 5
  # Headings, cells and labels, as most places translate them.
  - term: Next steps
    case-sensitive: true
    evidence: so translated in cs-CZ 4 of 5, da-DK 4 of 5
    translations:
      cs-CZ:
        preferred: Další kroky
        allowed:
          - \"Co dál?\"
      da-DK: Næste trin
"
        );
        let document = format!("---\n{text}---\n");
        let matter = FrontMatter::parse(&document).unwrap();
        assert_eq!(matter.error, None);
        let terms = matter.entry(&document, "terms").map(|entry| &entry.value);
        assert!(matches!(terms, Some(Value::Sequence(_, items)) if items.len() == 2), "{terms:?}");
    }
}
