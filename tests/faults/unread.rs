//! What rules that look at the tree as a whole say of documents that are there but cannot be read: nothing.

use std::fs;

use super::common::loclint;

/// Three articles in three locales, one of which cannot be read in one locale, and another in none.
fn partly_unreadable() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let utf_16 = [0xff, 0xfe, b'#', 0];
    for article in ["a.md", "b.md", "c.md", "d.md"] {
        write(&format!("english/guide/{article}"), b"Save it.\n");
        for (locale, text) in [("de-de", "Speichern."), ("ja-jp", "保存します。"), ("pl-pl", "Zapisz.")]
        {
            let unit = format!(
                "<span data-ttu-id=\"0a0a1-101\">{text}</span><span class=\"sxs-lookup\"><span data-stu-id=\"0a0a1-101\">Save it.</span></span>\n"
            );
            let is_unread = article == "c.md" || (article, locale) == ("b.md", "pl-pl");
            let bytes = if is_unread { &utf_16[..] } else { unit.as_bytes() };
            write(&format!("docs/{locale}/guide/{article}"), bytes);
        }
    }
    folder
}

#[test]
fn what_cannot_be_read_is_not_missing() {
    let folder = partly_unreadable();
    let check = |more: &[&str]| {
        let args = ["check", "docs", "--format", "concise", "--select", "parity,provenance"];
        loclint(folder.path(), &[&args[..], more].concat())
    };
    let source = ["--source", "english"];
    for more in [&[][..], &source] {
        let run = check(more);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert_eq!(run.stderr.matches("the file is UTF-16").count(), 4, "{}", run.stderr);
    }
    // What is not there is still told, and told apart.
    fs::remove_file(folder.path().join("docs/ja-jp/guide/b.md")).unwrap();
    let gone = check(&[]).stdout;
    assert!(
        gone.ends_with("info[parity/coverage] the article is not there in ja-JP, but in de-DE\n"),
        "{gone}"
    );
    let gone = check(&source).stdout;
    let message = "info[provenance/missing] \"guide/b.md\" of the source is not translated to ja-JP\n";
    assert!(gone.ends_with(message) && gone.lines().count() == 1, "{gone}");
}

#[test]
fn what_cannot_be_read_and_has_no_place_in_its_path_may_be_anything() {
    let folder = partly_unreadable();
    let docs = folder.path().join("docs");
    fs::remove_file(docs.join("ja-jp/guide/b.md")).unwrap();
    fs::write(docs.join("export.md"), [0xff, 0xfe, b'#', 0]).unwrap();
    for more in [&[][..], &["--source", "english"]] {
        let args = ["check", "docs", "--format", "concise", "--select", "parity,provenance"];
        let run = loclint(folder.path(), &[&args[..], more].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    }
}

#[test]
fn no_suppression_is_judged_by_what_cannot_be_read() {
    let folder = partly_unreadable();
    let path = folder.path().join("docs/de-de/guide/b.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("<!-- loclint-disable-next-unit parity: Polish is another -->\n\n{text}"))
        .unwrap();
    let check = || loclint(folder.path(), &["check", "docs", "--format", "concise"]);
    assert!(!check().stdout.contains("suppression/unused"), "the Polish file may be another");
    for (locale, article) in [("pl-pl", "b.md"), ("de-de", "c.md"), ("ja-jp", "c.md"), ("pl-pl", "c.md")] {
        fs::copy(
            folder.path().join("docs/pl-pl/guide/a.md"),
            folder.path().join("docs").join(locale).join("guide").join(article),
        )
        .unwrap();
    }
    let judged = check().stdout;
    assert!(judged.contains("suppression/unused"), "{judged}");
}
