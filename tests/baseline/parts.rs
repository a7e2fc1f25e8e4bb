//! Baselines that are written, read and merged in parts, for other trees, or without a file that cannot be read.

use std::fs;

use tempfile::TempDir;

use crate::common::{Run, copy, loclint, testdata};
use crate::git::Repo;
use crate::{FILE, baseline, check, copied, counts, stories};

#[test]
fn baselines_of_parts_merge_to_that_of_the_whole() {
    let tree = stories();
    baseline(tree.path(), &[]);
    let whole = fs::read_to_string(tree.path().join(FILE)).unwrap();
    let mut lines: Vec<String> = Vec::new();
    for locales in ["ar-sa,cs-cz,de-de,pl-pl", "hu-hu,ja-jp,ru-ru", "sr-latn-rs,sv-se", "de-de"] {
        baseline(tree.path(), &["--locale", locales]);
        lines.extend(fs::read_to_string(tree.path().join(FILE)).unwrap().lines().map(String::from));
    }
    fs::write(tree.path().join(FILE), lines.join("\n")).unwrap();
    assert_eq!(counts(&check(tree.path(), &[])), (0, 17, Some(0)));
    baseline(tree.path(), &["--prune"]);
    assert_eq!(fs::read_to_string(tree.path().join(FILE)).unwrap(), whole, "pruning puts it in order");
}

#[test]
fn a_part_is_written_anew_and_the_rest_stays() {
    let tree = stories();
    baseline(tree.path(), &[]);
    let whole = fs::read_to_string(tree.path().join(FILE)).unwrap();
    let entries: Vec<&str> = whole.lines().skip(1).collect();
    for part in [
        &["sv-se"][..],
        &["sv-se/markup-glued-hyphen.md"],
        &["--locale", "sv-SE"],
        &["--select", "markup"],
        &["--ignore", "span,id"],
    ] {
        let run = baseline(tree.path(), part);
        assert!(
            run.stderr.ends_with(" in it, since this run does not see all\n"),
            "{part:?}: {}",
            run.stderr
        );
        assert_eq!(
            fs::read_to_string(tree.path().join(FILE)).unwrap().lines().skip(1).collect::<Vec<_>>(),
            entries
        );
        assert_eq!(counts(&check(tree.path(), &[])), (0, 17, Some(0)), "{part:?}");
    }
    // What is mended goes where the run sees all documents, and only what its rules found.
    let swedish = tree.path().join("sv-se/markup-glued-hyphen.md");
    let text = fs::read_to_string(&swedish).unwrap();
    fs::write(&swedish, text.replace("grunderna- [", "grunderna - [")).unwrap();
    let mended = (0, 16, Some(1));
    for part in [&["--locale", "sv-SE"][..], &["sv-se"], &["--select", "span"], &["--ignore", "markup"]] {
        baseline(tree.path(), part);
        assert_eq!(counts(&check(tree.path(), &[])), mended, "{part:?}");
    }
    baseline(tree.path(), &["--select", "markup"]);
    assert_eq!(counts(&check(tree.path(), &[])), (0, 16, Some(0)));
    let before = fs::read(tree.path().join(FILE)).unwrap();
    let run = loclint(tree.path(), &["baseline", "--locale", "sv-SE", "--min-confidence", "high"]);
    let told = "and this run has \"--min-confidence high\"; use the same options, or name another file\n";
    assert!(run.code == 2 && run.stderr.ends_with(told), "{}", run.stderr);
    assert_eq!(fs::read(tree.path().join(FILE)).unwrap(), before);
}

/// A locale alone shows nothing that needs others to be seen, and two trees can hold the same names.
#[test]
fn what_only_the_whole_tree_shows_stays_known() {
    let tree = TempDir::new().unwrap();
    for docset in ["a", "b"] {
        for locale in ["cs-cz", "sv-se"] {
            copy(
                &format!("clean/{locale}/get-started.md"),
                tree.path().join(format!("{docset}/{locale}/get-started.md")),
            );
        }
        let swedish = tree.path().join(format!("{docset}/sv-se/get-started.md"));
        let text = fs::read_to_string(&swedish).unwrap();
        fs::write(&swedish, text.replace("](push-package.md)", "](push.md)")).unwrap();
    }
    baseline(tree.path(), &[]);
    let (new, known, stale) = counts(&check(tree.path(), &[]));
    assert!(new == 0 && known >= 2 && stale == Some(0), "{new} {known} {stale:?}");
    for part in ["a", "b", "a/sv-se", "b/cs-cz"] {
        baseline(tree.path(), &[part]);
        assert_eq!(counts(&check(tree.path(), &[])), (0, known, Some(0)), "{part}");
    }
}

/// Rules that are off by default, and those of packs, are rules that did not run as well.
#[test]
fn rules_that_did_not_run_stay_known() {
    let tree = stories();
    baseline(tree.path(), &["--pack", "microsoft-style"]);
    let known = counts(&check(tree.path(), &["--pack", "microsoft-style"])).1;
    for part in [&["--ignore", "span"][..], &["--select", "markup"], &["--locale", "sv-SE"]] {
        baseline(tree.path(), part);
        let now = counts(&check(tree.path(), &["--pack", "microsoft-style"]));
        assert_eq!((now.0, now.1), (0, known), "{part:?}");
    }
}

#[test]
fn what_could_not_be_read_stays_known() {
    let tree = stories();
    baseline(tree.path(), &[]);
    let swedish = tree.path().join("sv-se/markup-glued-hyphen.md");
    let text = fs::read(&swedish).unwrap();
    fs::write(&swedish, [0xff, 0xfe, b'#', 0]).unwrap();
    assert_eq!(loclint(tree.path(), &["baseline"]).code, 2);
    fs::write(&swedish, text).unwrap();
    assert_eq!(counts(&check(tree.path(), &[])), (0, 17, Some(0)));
}

#[test]
fn no_other_file_is_written_over() {
    let tree = stories();
    let article = tree.path().join("sv-se/markup-glued-hyphen.md");
    let before = fs::read(&article).unwrap();
    for args in [&["baseline", "-o"][..], &["check", "--baseline"]] {
        let run = loclint(tree.path(), &[args, &["sv-se/markup-glued-hyphen.md"]].concat());
        let told = "loclint: \"sv-se/markup-glued-hyphen.md\" is no baseline, as \"loclint baseline\" writes one; name another file\n";
        assert_eq!((run.code, run.stderr.as_str()), (2, told));
    }
    let report = loclint(tree.path(), &["check", "-o", "json=report.json"]);
    assert_eq!(report.code, 1, "{}", report.stderr);
    for (name, bytes) in
        [("map.json", &b"{\"version\": 3, \"mappings\": \"\"}"[..]), ("a.png", b"\x89PNG\xff")]
    {
        fs::write(tree.path().join(name), bytes).unwrap();
    }
    for name in ["report.json", "map.json", "a.png"] {
        assert_eq!(loclint(tree.path(), &["baseline", "-o", name]).code, 2, "{name}");
    }
    baseline(tree.path(), &[]);
    copy("packs/house.yml", tree.path().join("house.yml"));
    fs::write(tree.path().join("loclint.yml"), "packs: house.yml\n").unwrap();
    for args in [
        ["check", "--baseline", FILE, "-o", FILE],
        ["report", "--baseline", FILE, "-o", FILE],
        ["check", "--baseline", FILE, "-o", "house.yml"],
        ["check", "--baseline", FILE, "-o", "loclint.yml"],
    ] {
        let over = loclint(tree.path(), &args);
        assert!(over.code == 2 && over.stderr.contains("is read by this run"), "{}", over.stderr);
    }
    assert_eq!(fs::read(&article).unwrap(), before);
}

#[test]
fn git_merges_baselines_line_by_line() {
    let repo = Repo::new(stories().keep());
    repo.write(".gitattributes", &format!("{FILE} merge=union\n"));
    baseline(&repo.folder, &["--ignore", "id,span"]);
    repo.commit("2026-02-01");
    repo.git(&["checkout", "--quiet", "-b", "ids"]);
    baseline(&repo.folder, &["--ignore", "span"]);
    repo.commit("2026-02-02");
    repo.git(&["checkout", "--quiet", "main"]);
    baseline(&repo.folder, &["--ignore", "id"]);
    repo.commit("2026-02-03");
    repo.git(&["merge", "--quiet", "--no-edit", "ids"]);
    assert_eq!(counts(&check(&repo.folder, &[])), (0, 17, Some(0)));
    fs::remove_dir_all(&repo.folder).unwrap();
}

#[test]
fn what_was_at_hand_has_to_be_at_hand_again_to_tell_what_is_stale() {
    let tree = TempDir::new().unwrap();
    for tag in ["cs-cz", "sv-se"] {
        copy(&format!("clean/{tag}/get-started.md"), tree.path().join(format!("docs.{tag}/get-started.md")));
    }
    let swedish = tree.path().join("docs.sv-se/get-started.md");
    let text = fs::read_to_string(&swedish).unwrap();
    fs::write(&swedish, text.replace("](push-package.md)", "](push.md)")).unwrap();
    let with = ["docs.sv-se", "--siblings", "docs.cs-cz"];
    baseline(tree.path(), &with);
    assert_eq!(counts(&check(tree.path(), &with)), (0, 1, Some(0)));
    assert_eq!(counts(&check(tree.path(), &["docs.sv-se"])), (0, 0, None));
    let run = loclint(tree.path(), &["baseline", "--prune", "docs.sv-se"]);
    let told =
        "since it was written with \"--siblings\", and this run has no options that change what is found\n";
    assert!(run.code == 2 && run.stderr.ends_with(told), "{}", run.stderr);
}

#[test]
fn a_baseline_is_for_its_tree() {
    let tree = stories();
    baseline(tree.path(), &[]);
    let other = TempDir::new().unwrap();
    copy("clean/sv-se/get-started.md", other.path().join("sv-se/get-started.md"));
    let file = tree.path().join(FILE);
    let run = loclint(other.path(), &["check", "--baseline", file.to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    let told =
        "is for another tree: none of its articles is here, the first being \"front-matter-invalid.md\"";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    // The same tree somewhere else is the same tree.
    let copy = copied(tree.path());
    let run = loclint(copy.path(), &["check", "--baseline", file.to_str().unwrap(), "--fail-on", "info"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    // A folder of it without a known finding is no other tree.
    fs::rename(other.path(), tree.path().join("none")).unwrap();
    let run = loclint(tree.path(), &["check", "none", "--baseline", FILE]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn an_unreadable_file_is_named_and_hides_no_finding() {
    let tree = stories();
    fs::write(tree.path().join("sv-se/b.md"), [0xff, 0xfe, b'#', 0]).unwrap();
    let run = loclint(tree.path(), &["baseline"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("the file is UTF-16") && run.stderr.contains("Wrote 17"), "{}", run.stderr);
    let run = loclint(tree.path(), &["baseline", "--prune"]);
    assert!(run.code == 2 && run.stderr.ends_with("since files could not be read\n"), "{}", run.stderr);
    let nowhere = loclint(tree.path(), &["baseline", "-o", "no/such/folder.json"]);
    assert!(nowhere.stderr.contains("loclint: cannot write \"no/such/folder.json\": "), "{}", nowhere.stderr);
}

/// What compares locales finds nothing where the others are not read, however the part is named.
#[test]
fn a_part_judges_no_rule_that_compares() {
    let tree = copied(&testdata().join("walkthrough"));
    baseline(tree.path(), &[]);
    let known = counts(&check(tree.path(), &[])).1;
    assert_eq!(counts(&check(tree.path(), &["ja-jp"])).2, Some(0));
    fs::write(tree.path().join("loclint.yml"), format!("baseline: {FILE}\n")).unwrap();
    let run = loclint(&tree.path().join("ja-jp"), &["check", "--fail-on", "never"]);
    assert!(run.stderr.contains("Baseline: ") && !run.stderr.contains("nothing any more"), "{}", run.stderr);
    let run = baseline(tree.path(), &["--prune", "ja-jp"]);
    let nothing = |run: &Run| {
        run.stderr.starts_with("Removed 0 ") && run.stderr.ends_with(&format!("; {known} left\n"))
    };
    assert!(nothing(&run), "{}", run.stderr);
    let run = baseline(&tree.path().join("ja-jp"), &["--prune"]);
    assert!(nothing(&run), "{}", run.stderr);
    baseline(&tree.path().join("ja-jp"), &[]);
    let (new, now, stale) = counts(&check(tree.path(), &[]));
    // What is only found where nothing is compared is there now, and the whole tree does not find it.
    assert!(new == 0 && now == known && stale.is_some(), "{now} {stale:?}");
}

#[test]
fn a_baseline_of_one_locale_says_that_nothing_was_compared() {
    let tree = copied(&testdata().join("walkthrough"));
    let run = baseline(tree.path(), &["ja-jp"]);
    assert!(run.stderr.starts_with("Not compared: all articles are in one locale only; "), "{}", run.stderr);
    assert!(baseline(tree.path(), &[]).stderr.starts_with("Wrote "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_baseline_can_go_to_a_pipe() {
    let tree = stories();
    let run = loclint(tree.path(), &["baseline", "-q", "-o", "/dev/stdout"]);
    assert!(run.code == 0 && run.stdout.starts_with("{\"version\":1,\"paths\":[\".\"],"), "{}", run.stderr);
}
