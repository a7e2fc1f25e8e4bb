//! What a run is limited to: what changed, what is staged.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/git.rs"]
mod git;

use std::fs;
use std::path::Path;
use std::process::Command;

use article::{FAULT, FOUND, edit, places, repository};
use common::{Run, copy, loclint, loclint_with};
use git::Repo;
use tempfile::TempDir;

fn check(folder: &Path, args: &[&str]) -> Run {
    loclint(folder, &[&["check", "--format", "concise", "--no-config"], args].concat())
}

#[test]
fn changed_files_are_reported_and_the_others_read_for_comparison() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    let none = check(&repo.folder, &["--changed"]);
    assert_eq!((none.code, none.stdout.as_str()), (0, ""));
    assert!(none.stderr.starts_with("Nothing to check: there is no changed file; "), "{}", none.stderr);
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    // What was there before is not reported.
    edit(&repo.folder.join("de-de/get-started.md"), ("](push-package.md)", "](push-package.md) "));
    repo.git(&["add", "de-de"]);
    repo.git(&["commit", "--quiet", "--message", "a fault of old"]);
    repo.write("picture.svg", "<svg></svg>");
    let run = check(&repo.folder, &["--changed"]);
    assert_eq!(places(&run), [FOUND]);
    assert!(run.stderr.contains("1 document of 2 changed files; "), "{}", run.stderr);
    assert!(run.stderr.contains("the tree as a whole, since only changed files are reported on"));
    // Staged counts as changed too, and so does what git does not know yet.
    repo.git(&["add", "--all"]);
    assert_eq!(places(&check(&repo.folder, &["--changed"])), [FOUND]);
    repo.write("sv-se/länk två.md", &fs::read_to_string(repo.folder.join("sv-se/get-started.md")).unwrap());
    let run = check(&repo.folder, &["--changed"]);
    assert!(run.stderr.contains("2 documents of 3 changed files; "), "{}", run.stderr);
    // Deleted files are nothing to check.
    fs::remove_file(repo.folder.join("sv-se/länk två.md")).unwrap();
    fs::remove_file(repo.folder.join("de-de/get-started.md")).unwrap();
    fs::remove_file(repo.folder.join("sv-se/get-started.md")).unwrap();
    let run = check(&repo.folder, &["--changed"]);
    assert!(
        run.stderr.starts_with("Nothing to check: 1 changed file, but no article to report on; "),
        "{}",
        run.stderr
    );
}

#[test]
fn changed_since_the_branch_began() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    repo.git(&["checkout", "--quiet", "-b", "topic"]);
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    repo.commit("2026-01-11");
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&repo.folder.join("de-de/get-started.md"), ("](push-package.md)", "](elsewhere.md)"));
    repo.commit("2026-01-12");
    repo.git(&["checkout", "--quiet", "topic"]);
    assert!(check(&repo.folder, &["--changed"]).stderr.starts_with("Nothing to check"));
    let run = check(&repo.folder, &["--changed", "--since", "main"]);
    assert_eq!(places(&run), [FOUND], "what main did meanwhile is no change of the branch");
    // A rename is a new file.
    repo.git(&["mv", "sv-se/get-started.md", "sv-se/börja här.md"]);
    let run = check(&repo.folder, &["--changed", "--since", "main", "--show-files"]);
    assert_eq!(run.stdout, "börja här.md\tsv-SE\tfolder\tsv-se/börja här.md\n");
    let unknown = check(&repo.folder, &["--changed", "--since", "mian"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("has no ref \"mian\"; did you mean \"main\"?"), "{}", unknown.stderr);
    let staged = check(&repo.folder, &["--staged", "--since", "main"]);
    assert_eq!(staged.code, 2, "--since is about --changed: {}", staged.stderr);
    let url = repo.url();
    repo.git(&["clone", "--quiet", "--depth", "1", &url, "../shallow"]);
    let shallow = check(&folder.path().join("shallow"), &["--changed", "--since", "origin/main"]);
    assert!(shallow.stderr.contains("; this clone is shallow: get its branches"), "{}", shallow.stderr);
    repo.git(&["checkout", "--quiet", "--orphan", "alone"]);
    repo.commit("2026-01-13");
    let apart = check(&repo.folder, &["--changed", "--since", "main"]);
    let wanted = "loclint: \"--changed\": \"HEAD\" and \"main\" have no common ancestor\n";
    assert_eq!((apart.code, apart.stderr.as_str()), (2, wanted));
}

#[test]
fn staged_files_are_checked_as_they_are_staged() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    let swedish = repo.folder.join("sv-se/get-started.md");
    edit(&swedish, FAULT);
    assert!(
        check(&repo.folder, &["--staged"]).stderr.starts_with("Nothing to check: there is no staged file; ")
    );
    repo.git(&["add", "sv-se"]);
    // Mended in the work tree, and not staged yet.
    edit(&swedish, (FAULT.1, FAULT.0));
    let run = check(&repo.folder, &["--staged"]);
    assert_eq!(places(&run), [FOUND]);
    assert!(run.stderr.contains("1 document of 1 staged file; "), "{}", run.stderr);
    let full = loclint(&repo.folder, &["check", "--staged"]).stdout;
    assert!(full.contains("push.md"), "the report quotes what is staged: {full}");
    // The siblings count as they are in the index: gone from the work tree, or another there.
    fs::remove_file(repo.folder.join("cs-cz/get-started.md")).unwrap();
    edit(&repo.folder.join("de-de/get-started.md"), FAULT);
    copy("clean/pl-pl/get-started.md", repo.folder.join("pl-pl/get-started.md"));
    assert_eq!(check(&repo.folder, &["--staged"]).stdout, run.stdout);
    let shown = check(&repo.folder, &["--staged", "--show-files"]).stdout;
    let lines: Vec<&str> = shown.lines().collect();
    let other = |locale: &str, tag: &str| {
        format!("get-started.md\t{locale}\tfolder\t{tag}/get-started.md\tread for comparison only")
    };
    let own = "get-started.md\tsv-SE\tfolder\tsv-se/get-started.md";
    assert_eq!(lines, [&*other("cs-CZ", "cs-cz"), &*other("de-DE", "de-de"), own]);
    // A patch can be made, files cannot be written.
    assert_eq!(check(&repo.folder, &["--staged", "--fix"]).code, 2);
    let fix = check(&repo.folder, &["--staged", "--fix"]);
    assert!(
        fix.stderr.contains("\"--fix\" would write the work tree, which can be otherwise"),
        "{}",
        fix.stderr
    );
    assert_eq!(loclint(&repo.folder, &["check", "--staged", "--diff"]).code, 0);
    // What is staged for deletion is nothing to check.
    repo.git(&["rm", "--quiet", "--force", "--cached", "sv-se/get-started.md"]);
    assert!(
        check(&repo.folder, &["--staged"]).stderr.starts_with("Nothing to check: there is no staged file")
    );
}

#[test]
fn an_index_of_any_kind_is_read() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    repo.git(&["add", "sv-se"]);
    let plain = check(&repo.folder, &["--staged"]);
    assert_eq!(places(&plain), [FOUND]);
    for kind in [["--index-version", "4"], ["--index-version", "3"], ["--split-index", "--refresh"]] {
        repo.git(&[&["update-index"], &kind[..]].concat());
        assert_eq!(check(&repo.folder, &["--staged"]).stdout, plain.stdout, "{kind:?}");
    }
    // A file of the work tree need not have the bytes that are staged.
    repo.write(".gitattributes", "*.md text eol=crlf\n");
    let swedish = repo.folder.join("sv-se/get-started.md");
    let text = fs::read_to_string(&swedish).unwrap();
    fs::write(&swedish, text.replace('\n', "\r\n")).unwrap();
    repo.git(&["add", "sv-se"]);
    assert_eq!(check(&repo.folder, &["--staged"]).stdout, plain.stdout);
}

#[test]
fn a_hook_commits_what_its_own_index_has() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    // As "git commit FILE" does.
    fs::copy(repo.folder.join(".git/index"), repo.folder.join(".git/next-index-1.lock")).unwrap();
    let other = [("GIT_INDEX_FILE", ".git/next-index-1.lock")];
    let added =
        Command::new("git").args(["add", "sv-se"]).envs(other).current_dir(&repo.folder).status().unwrap();
    assert!(added.success());
    let args = ["check", "--staged", "--format", "concise"];
    assert_eq!(places(&loclint_with(&repo.folder, &args, &other)), [FOUND]);
    assert_eq!(places(&loclint(&repo.folder, &args)), [""; 0]);
    // The variables of a hook are not about another repository.
    let elsewhere = TempDir::new().unwrap();
    let second = Repo::new(dunce::canonicalize(elsewhere.path()).unwrap().join("second"));
    second.write("picture.svg", "<svg/>");
    second.commit("2026-01-10");
    let path = second.folder.to_str().unwrap();
    let run = loclint_with(&repo.folder, &["check", path, "--staged"], &other);
    assert!(run.stderr.starts_with("Nothing to check: there is no staged file"), "{}", run.stderr);
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let folder = TempDir::new().unwrap();
    let repo = Repo::new(dunce::canonicalize(folder.path()).unwrap());
    for locale in ["cs-cz", "de-de", "sv-se"] {
        copy(&format!("clean/{locale}/get-started.md"), repo.folder.join(locale).join("get-started.md"));
    }
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    assert_eq!(places(&check(&repo.folder, &["--changed"])), [FOUND]);
    assert!(check(&repo.folder, &["--staged"]).stderr.starts_with("Nothing to check"));
    repo.git(&["add", "--all"]);
    assert_eq!(places(&check(&repo.folder, &["--staged"])), [FOUND]);
    assert_eq!(places(&check(&repo.folder, &["--changed"])), [FOUND]);
    let since = check(&repo.folder, &["--changed", "--since", "HEAD"]);
    assert!(since.stderr.contains("has no ref \"HEAD\"; it has no commit at all"), "{}", since.stderr);
}

#[test]
fn the_repository_may_begin_above_the_folder_and_a_path_limits() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "content/docs");
    edit(&repo.folder.join("content/docs/sv-se/get-started.md"), FAULT);
    repo.write("other/sv-se/a.md", "---\nms.contentlocale: sv-SE\n---\n");
    for staged in [false, true] {
        let option = if staged { "--staged" } else { "--changed" };
        if staged {
            repo.git(&["add", "--all"]);
        }
        let below = repo.folder.join("content");
        let run = check(&below, &[option]);
        assert_eq!(places(&run), [format!("docs/{FOUND}")], "{}", run.stderr);
        assert!(run.stderr.contains(&format!("1 document of 1 {} file; ", &option[2..])), "{}", run.stderr);
        // A folder of one locale is compared with the others beside it, named or entered.
        assert_eq!(places(&check(&below, &["docs/sv-se", option])), [format!("docs/{FOUND}")]);
        let inside = check(&below.join("docs/sv-se"), &[option]);
        assert_eq!(places(&inside), [FOUND.trim_start_matches("sv-se/")], "{}", inside.stderr);
        // A file that is named has siblings; one that did not change is not reported.
        assert_eq!(places(&check(&below, &["docs/sv-se/get-started.md", option])).len(), 1);
        let other = check(&below, &["docs/cs-cz/get-started.md", option]);
        assert!(other.stderr.starts_with("Nothing to check"), "{}", other.stderr);
        assert_eq!(places(&check(&below, &[option, "--locale", "cs-CZ"])), [""; 0]);
    }
}

#[test]
fn what_is_excluded_stays_out() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    repo.git(&["add", "--all"]);
    repo.write("list", "sv-se/get-started.md\n");
    let lists = || {
        [["--changed", "."], ["--staged", "."], ["--files-from", "list"]].map(|args| {
            let args: Vec<&str> = args.into_iter().filter(|arg| *arg != ".").collect();
            loclint(&repo.folder, &[&["check", "--format", "concise"], &args[..]].concat())
        })
    };
    for run in &lists() {
        assert_eq!(places(run), [FOUND]);
    }
    repo.write(".loclintignore", "/sv-se/\n");
    for run in &lists() {
        assert_eq!(places(run), [""; 0]);
        assert!(
            run.stderr.contains("1 file that an ignore file or the configuration leaves out"),
            "{}",
            run.stderr
        );
    }
    // A folder that is left out is left out with all that is in it, as when a tree is walked.
    repo.write("sv-se/.gitignore", "!get-started.md\n");
    for run in &lists() {
        assert_eq!(places(run), [""; 0]);
    }
    fs::remove_file(repo.folder.join(".loclintignore")).unwrap();
    repo.write("loclint.yml", "exclude: [sv-se]\n");
    for run in &lists() {
        assert_eq!(places(run), [""; 0]);
    }
    fs::remove_file(repo.folder.join("loclint.yml")).unwrap();
    repo.write(".git/info/exclude", "/sv-se/\n");
    for run in &lists() {
        assert_eq!(places(run), [""; 0]);
    }
    repo.write(".git/info/exclude", "");
    // Neither are they compared with.
    repo.write("loclint.yml", "exclude: [de-de, cs-cz]\n");
    for run in &lists() {
        assert_eq!(places(run), [""; 0]);
    }
}

#[test]
fn a_part_of_a_tree_says_nothing_of_what_is_not_needed_any_more() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    edit(&repo.folder.join("de-de/get-started.md"), ("lena-fischbach", "l-fischbach"));
    assert_eq!(loclint(&repo.folder, &["baseline"]).code, 0);
    repo.commit("2026-01-11");
    edit(&repo.folder.join("de-de/get-started.md"), ("l-fischbach", "lena-fischbach"));
    let note = "<!-- loclint-disable-file markup/html: not needed -->\n\n# ";
    edit(&repo.folder.join("sv-se/get-started.md"), ("\n# ", &format!("\n{note}")));
    let args = ["--baseline", "loclint-baseline.json"];
    let whole = check(&repo.folder, &args);
    assert!(whole.stderr.contains("match") && whole.stdout.contains("suppression/unused"), "{whole:?}");
    repo.git(&["add", "--all"]);
    for option in ["--changed", "--staged"] {
        let part = check(&repo.folder, &[&[option], &args[..]].concat());
        assert_eq!((part.code, part.stdout.as_str()), (0, ""));
        assert!(part.stderr.contains("\nBaseline: 1 known finding left out\n"), "{}", part.stderr);
    }
}

#[test]
fn submodules_are_repositories_of_their_own() {
    let folder = TempDir::new().unwrap();
    let inner = repository(&folder, "");
    let outer = Repo::new(dunce::canonicalize(folder.path()).unwrap().join("outer"));
    outer.write("README.md", "Nothing translated.\n");
    outer.git(&["submodule", "--quiet", "add", inner.folder.to_str().unwrap(), "docs"]);
    outer.commit("2026-01-11");
    let swedish = outer.folder.join("docs/sv-se/get-started.md");
    edit(&swedish, FAULT);
    let above = check(&outer.folder, &["--changed"]);
    assert!(above.stderr.starts_with("Nothing to check: there is no changed file"), "{}", above.stderr);
    let found = [format!("docs/{FOUND}")];
    assert_eq!(places(&check(&outer.folder, &["docs", "--changed"])), found);
    Repo { folder: outer.folder.join("docs") }.git(&["add", "--all"]);
    assert_eq!(places(&check(&outer.folder, &["docs", "--staged"])), found);
    assert_eq!(places(&check(&outer.folder.join("docs"), &["--staged"])), [FOUND]);
    // A commit of the submodule is no file.
    Repo { folder: outer.folder.join("docs") }.commit("2026-01-12");
    outer.git(&["add", "docs"]);
    assert!(check(&outer.folder, &["--staged"]).stderr.starts_with("Nothing to check"));
}

#[test]
fn linked_work_trees_have_an_index_of_their_own() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    repo.git(&["worktree", "add", "--quiet", "../linked"]);
    let linked = Repo { folder: repo.folder.parent().unwrap().join("linked") };
    edit(&linked.folder.join("sv-se/get-started.md"), FAULT);
    assert_eq!(places(&check(&linked.folder, &["--changed"])), [FOUND]);
    linked.git(&["add", "--all"]);
    assert_eq!(places(&check(&linked.folder, &["--staged"])), [FOUND]);
    assert_eq!(places(&check(&repo.folder, &["--staged"])), [""; 0]);
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_no_text_do_no_harm() {
    use std::os::unix::ffi::OsStrExt;
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    std::os::unix::fs::symlink("get-started.md", repo.folder.join("sv-se/link.md")).unwrap();
    let odd = repo.folder.join("sv-se").join(std::ffi::OsStr::from_bytes(b"b\xf6rja.md"));
    fs::copy(repo.folder.join("sv-se/get-started.md"), odd).unwrap();
    repo.write("sv-se/.hidden.md", &fs::read_to_string(repo.folder.join("sv-se/get-started.md")).unwrap());
    let changed = check(&repo.folder, &["--changed"]);
    assert!(changed.stderr.contains("1 document of 3 changed files; "), "{}", changed.stderr);
    repo.git(&["add", "--all"]);
    let staged = check(&repo.folder, &["--staged"]);
    assert!(staged.stderr.contains("1 document of 3 staged files; "), "{}", staged.stderr);
}

#[test]
fn a_conflict_has_no_staged_version() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    let swedish = repo.folder.join("sv-se/get-started.md");
    repo.git(&["checkout", "--quiet", "-b", "topic"]);
    edit(&swedish, FAULT);
    repo.commit("2026-01-11");
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&swedish, (FAULT.0, "](here.md)"));
    repo.commit("2026-01-12");
    let merged = Command::new("git").args(["merge", "topic"]).current_dir(&repo.folder).output().unwrap();
    assert!(!merged.status.success());
    let run = check(&repo.folder, &["--staged"]);
    assert_eq!(places(&run), [""; 0]);
}

#[test]
fn without_a_repository_or_git_there_is_a_clear_error() {
    let folder = TempDir::new().unwrap();
    let root = dunce::canonicalize(folder.path()).unwrap();
    copy("clean/sv-se/get-started.md", root.join("docs/sv-se/get-started.md"));
    for option in ["--changed", "--staged"] {
        let run = check(&root, &["docs", option]);
        let wanted = format!(
            "loclint: \"{option}\": \"{}\" is not in a git repository\n",
            root.join("docs").display()
        );
        assert_eq!((run.code, run.stderr), (2, wanted));
        let gone = check(&root, &["nowhere", option]);
        assert!(gone.code == 2 && gone.stderr.starts_with("loclint: cannot open \"nowhere\": "));
    }
    let repo = repository(&folder, "");
    for option in ["--changed", "--staged"] {
        let run = loclint_with(&repo.folder, &["check", option], &[("PATH", "/nowhere")]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        let wanted = format!("loclint: \"{option}\": cannot run \"git\", which reads repositories: ");
        assert!(run.stderr.starts_with(&wanted), "{}", run.stderr);
    }
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = root.join("bare.git");
    for option in ["--changed", "--staged"] {
        let run = check(&bare, &[option]);
        let wanted = format!(
            "loclint: \"{option}\": \"{}\" has no work tree: its repository is bare\n",
            bare.display()
        );
        assert_eq!((run.code, run.stderr), (2, wanted));
    }
    let both = check(&repo.folder, &["--changed", "--staged"]);
    assert!(both.code == 2 && both.stderr.contains("cannot be used with"), "{}", both.stderr);
    assert_eq!(check(&repo.folder, &["--since", "main"]).code, 2);
}

/// Nothing is left of a document, and its other locales tell that something was there.
#[test]
fn a_document_without_its_body_is_found_alone_too() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    let path = repo.folder.join("sv-se/get-started.md");
    let text = fs::read_to_string(&path).unwrap();
    let head = &text[..text[4..].find("---\n").unwrap() + 8];
    for (left, place) in [(head, "8:21"), ("", "1:1"), ("\u{feff}", "1:1"), ("\u{feff}\n\n", "1:1")] {
        fs::write(&path, left).unwrap();
        repo.git(&["add", "--all"]);
        let found = format!("sv-se/get-started.md:{place}: error[span/none");
        for args in [&["sv-se/get-started.md"][..], &["--staged"], &["--changed"], &["."]] {
            let run = check(&repo.folder, args);
            assert_eq!((run.code, places(&run)), (1, vec![&*found]), "{args:?}: {left:?}");
        }
    }
    // Alone in its tree it may be published plain.
    fs::write(&path, head).unwrap();
    repo.git(&["rm", "--quiet", "-r", "cs-cz", "de-de"]);
    assert_eq!(places(&check(&repo.folder, &["sv-se/get-started.md"])), [""; 0]);
}
