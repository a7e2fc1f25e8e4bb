//! What has to hold for any input: on inputs made of what the format is made of, on the seeds of the fuzz targets, and on all
//! that fuzzing has ever found (`fuzz/found`). The properties are those of the fuzz targets.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

// A module of the fuzz package, which is a workspace of its own.
#[path = "../../fuzz/src/properties/mod.rs"]
#[allow(unreachable_pub, reason = "public there")]
mod properties;
mod texts;

use std::fs;
use std::num::NonZeroUsize;
use std::panic::catch_unwind;
use std::path::Path;

use loclint::{Linter, report::Format};
use loclint_generate::{Options, articles};
use proptest::prelude::*;

/// A property, and the name of its fuzz target.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 6] = [
    ("document", properties::document),
    ("front_matter", properties::front_matter),
    ("settings", properties::settings),
    ("glossary", properties::glossary),
    ("fixes", properties::fixes),
    ("article", properties::article),
];

/// Runs the inputs of a folder of the fuzz package; says how many there are.
fn run_all(folder: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let (mut count, mut broken) = (0, Vec::new());
    for (target, property) in TARGETS {
        let Ok(inputs) = fs::read_dir(root.join(target)) else { continue };
        for input in inputs {
            let path = input.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            count += 1;
            if catch_unwind(|| property(&bytes)).is_err() {
                broken.push(path);
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    count
}

#[test]
fn seeds_hold() {
    assert!(run_all("seeds") > 50);
}

#[test]
fn what_fuzzing_found_is_mended() {
    assert!(run_all("found") > 0);
}

/// So many cases, unless `PROPTEST_CASES` says how many.
fn cases(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(cases(1000))]

    /// No panic, spans on character boundaries and inside the file, nothing lost.
    #[test]
    fn any_document_is_read(text in texts::document()) {
        properties::document(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        properties::document(&bytes);
        properties::front_matter(&bytes);
    }

    #[test]
    fn any_front_matter_is_read(text in texts::yaml()) {
        properties::front_matter(text.as_bytes());
    }

    #[test]
    fn any_settings_are_read(text in texts::yaml(), beside in texts::yaml()) {
        properties::settings(format!("{text}\n%%\n{beside}").as_bytes());
    }
}

proptest! {
    #![proptest_config(cases(400))]

    /// Fixes change what they cover, never the source side, and a second time there is nothing to do.
    #[test]
    fn fixes_are_made_once(choices in "[a-h][ab]", first in texts::document(), second in texts::document()) {
        properties::fixes(format!("{choices}\n{first}\n%%\n{second}").as_bytes());
    }

    #[test]
    fn any_article_is_checked(choices in "[a-h][a-i][ab]", first in texts::document(), second in texts::document()) {
        properties::article(format!("{choices}\n{first}\n%%\n{second}").as_bytes());
    }
}

/// All that a run says of a tree.
fn report(folder: &Path, threads: usize) -> String {
    let checked = Linter::new().threads(NonZeroUsize::new(threads).unwrap()).check([folder]).unwrap();
    let mut report = Vec::new();
    checked.write(Format::Json, &mut report).unwrap();
    let report = String::from_utf8(report).unwrap();
    // But for the time it took.
    report.lines().filter(|line| !line.contains("elapsed")).collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn threads_change_nothing(seed in any::<u64>(), faults in 0usize..400, locales in 1usize..5) {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { documents: 3 * locales, locales, seed, faults, size: Some(3_000), ..Options::default() };
        for document in articles(options).flat_map(|article| article.documents) {
            let path = folder.path().join(&document.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, document.text).unwrap();
        }
        let one = report(folder.path(), 1);
        prop_assert!(one.contains("\"findings\""));
        for threads in [2, 3] {
            prop_assert_eq!(&report(folder.path(), threads), &one);
        }
    }
}
