//! Files as editors name them.

use std::path::{Path, PathBuf};

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What paths keep as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The path of a file; `None` for what is none, such as a text that was never saved.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    path_in(uri.as_str(), cfg!(windows))
}

/// Whether it says that it is of a file, or does not say what it is of.
pub(super) fn is_of_file(uri: &Uri) -> bool {
    uri.scheme().is_none_or(|scheme| scheme.as_str().eq_ignore_ascii_case("file"))
}

/// The URI of an absolute path.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    uri_in(path.to_str()?, cfg!(windows)).parse().ok()
}

fn path_in(uri: &str, windows: bool) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let has_host = !host.is_empty() && host != "localhost";
    match (windows, has_host) {
        (true, true) => Some(format!("//{host}{path}").into()),
        // "/c:/docs" is a path with a drive.
        (true, false) => Some(path.trim_start_matches('/').into()),
        (false, true) => None,
        (false, false) => Some(path.as_ref().into()),
    }
}

fn uri_in(path: &str, windows: bool) -> String {
    let path = if windows { path.replace('\\', "/") } else { path.to_string() };
    let encoded = utf8_percent_encode(&path, ENCODED);
    match (windows, path.starts_with("//")) {
        (true, true) => format!("file:{encoded}"),
        (true, false) => format!("file:///{encoded}"),
        (false, _) => format!("file://{encoded}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back() {
        for path in ["/docs/cs-cz/a.md", "/a b/č#?%/名前.md"] {
            let uri = uri_in(path, false);
            assert!(uri.is_ascii());
            assert_eq!(path_in(&uri, false), Some(path.into()));
        }
        for (path, there) in [("C:\\docs\\a b.md", "C:/docs/a b.md"), ("\\\\host\\a.md", "//host/a.md")] {
            assert_eq!(path_in(&uri_in(path, true), true), Some(there.into()));
        }
    }

    #[test]
    fn editors_write_them_in_several_ways() {
        assert_eq!(path_in("file:///c%3A/docs/a.md", true), Some("c:/docs/a.md".into()));
        assert_eq!(path_in("file://localhost/docs/a+b.md", false), Some("/docs/a+b.md".into()));
        assert_eq!(path_in("file://host/docs/a.md", false), None);
        assert_eq!(path_in("untitled:Untitled-1", false), None);
    }
}
