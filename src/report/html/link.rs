//! Links from the page to files and lines.

use std::fmt::Write;
use std::path::{Component, Path};

/// Schemes that a link may have: pages and files, and editors. None of them runs what a link says.
const SCHEMES: [&str; 9] =
    ["http", "https", "file", "vscode", "vscode-insiders", "vscodium", "cursor", "zed", "idea"];

/// What can stand in a template.
const PLACEHOLDERS: [&str; 4] = ["path", "file", "line", "column"];

/// Where links go: an address with `{path}`, the path below the current folder, or `{file}`, the absolute one,
/// and `{line}` and `{column}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkTemplate(String);

impl LinkTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// A few words that say what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err("a link has no blanks; write \"%20\"".into());
        }
        if let Some(scheme) = scheme(text).filter(|scheme| !SCHEMES.contains(&scheme.to_lowercase().as_str()))
        {
            return Err(format!(
                "links to \"{scheme}:\" are not made; those there are: {}",
                SCHEMES.join(", ")
            ));
        }
        let names = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
        for name in names {
            if !PLACEHOLDERS.contains(&name) {
                return Err(format!(
                    "\"{{{name}}}\" is no placeholder; those there are: {{path}}, {{file}}, {{line}}, {{column}}"
                ));
            }
        }
        if !text.contains("{path}") && !text.contains("{file}") {
            return Err("a link needs \"{path}\" or \"{file}\" to tell files apart".into());
        }
        Ok(Self(text.into()))
    }

    /// The link to a file, with `{line}` and `{column}` left open. A path that is not below the current folder has
    /// no place in an address that is made for those below.
    fn to(&self, path: &Path, current: &Path) -> Option<String> {
        let mut link = self.0.clone();
        if link.contains("{path}") {
            link = link.replace("{path}", &encoded(&slashed(path.strip_prefix(current).ok()?)));
        }
        Some(link.replace("{file}", &encoded(&slashed(path))))
    }
}

/// The link to a file, with `{line}` and `{column}` left open: by the template, or relative to the folder of the page.
pub(super) fn link(
    template: Option<&LinkTemplate>,
    path: &Path,
    current: &Path,
    folder: &Path,
) -> Option<String> {
    match template {
        Some(template) => template.to(path, current),
        None => Some(format!("{}#L{{line}}", encoded(&relative(path, folder)?))),
    }
}

/// The scheme of an address that has one.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let letters = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letters)).then_some(scheme)
}

/// The way from a folder to a file; `None` if there is none, as between drives.
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let (to, from): (Vec<_>, Vec<_>) = (path.components().collect(), folder.components().collect());
    let common = to.iter().zip(&from).take_while(|(to, from)| to == from).count();
    let ups = &from[common..];
    if ups.iter().any(|part| !matches!(part, Component::Normal(_))) {
        return None;
    }
    let down = to[common..].iter().collect::<std::path::PathBuf>();
    if down.has_root() {
        return None;
    }
    Some("../".repeat(ups.len()) + &slashed(&down))
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// A text as a part of an address: no byte of it but the slash means anything but itself.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(template: &str, path: &str) -> Option<String> {
        LinkTemplate::parse(template).unwrap().to(Path::new(path), Path::new("/work"))
    }

    #[test]
    fn templates_are_filled() {
        let github = "https://github.com/harbor/docs/blob/main/{path}#L{line}";
        let link = "https://github.com/harbor/docs/blob/main/cs-cz/a%20%7B1%7D.md#L{line}";
        assert_eq!(to(github, "/work/cs-cz/a {1}.md").as_deref(), Some(link));
        assert_eq!(to(github, "/elsewhere/a.md"), None);
        assert_eq!(
            to("vscode://file{file}:{line}", "/x/a.md").as_deref(),
            Some("vscode://file/x/a.md:{line}")
        );
    }

    #[test]
    fn what_could_run_is_refused() {
        for bad in [
            "javascript:alert('{path}')",
            "JavaScript:{path}",
            "data:text/html,{path}",
            "vbscript:{path}",
            "blob:{path}",
            "java\tscript:{path}",
            " javascript:{path}",
            "\u{1}javascript:{path}",
            "https://example.com/",
            "https://example.com/{path}#{row}",
        ] {
            assert!(LinkTemplate::parse(bad).is_err(), "{bad}");
        }
        for good in ["{path}", "//example.com/{path}", "/a:b/{path}", "HTTPS://example.com/{path}"] {
            assert!(LinkTemplate::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn links_start_where_the_page_lies() {
        let from = |folder: &str, path: &str| link(None, Path::new(path), Path::new("/"), Path::new(folder));
        assert_eq!(from("/work/out", "/work/docs/a b.md").as_deref(), Some("../docs/a%20b.md#L{line}"));
        assert_eq!(from("/work", "/work/docs/a.md").as_deref(), Some("docs/a.md#L{line}"));
        // The colon would make a scheme of it.
        assert_eq!(from("/work", "/work/javascript:1.md").as_deref(), Some("javascript%3A1.md#L{line}"));
        assert_eq!(from("", "/work/a.md"), None);
    }
}
