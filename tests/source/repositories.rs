//! Folders, branches and clones that the English files are in, and those that cannot be used.

use std::fs;
use std::path::Path;

use loclint::source::sha1_hex;

use super::common::{loclint, loclint_with};
use super::git::Repo;
use super::{ENGLISH, Trees, czech};

#[test]
fn a_commit_without_the_article() {
    let trees = Trees::new();
    trees.english.git(&["checkout", "--quiet", "--orphan", "empty"]);
    trees.english.git(&["rm", "--quiet", "-r", "--cached", "."]);
    fs::remove_dir_all(trees.english.folder.join("docs")).unwrap();
    trees.english.write("README.md", "# Harbor\n");
    let empty = trees.english.commit("2026-02-01");
    trees.english.git(&["checkout", "--quiet", "main"]);
    trees.translate(&czech(&sha1_hex(ENGLISH.as_bytes()), &empty));
    let expected =
        format!("6:21: error[provenance/commit] commit {} does not hold \"docs/push.md\"", &empty[..8]);
    assert_eq!(trees.findings(&[]), [expected]);
}

#[test]
fn branches_folders_and_bare_repositories() {
    let trees = Trees::new();
    trees.english.git(&["checkout", "--quiet", "-b", "live"]);
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    trees.english.git(&["checkout", "--quiet", "main"]);
    assert_eq!(trees.findings(&[]), [""; 0], "HEAD is main");
    assert_eq!(trees.findings(&["--source-ref", "live"]).len(), 1);
    trees.english.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = |args: &[&str]| trees.check(&[&["--source", "bare.git"], args].concat());
    assert_eq!(bare(&[]).stdout, "");
    assert_eq!(bare(&["--source-ref", "live"]).stdout.lines().count(), 1);
    // The source in a folder of the repository, named either way.
    let deep = Repo::new(trees.path("deep"));
    deep.write("content/en-us/docs/push.md", ENGLISH);
    trees.translate(&czech(&sha1_hex(ENGLISH.as_bytes()), &deep.commit("2026-01-10")));
    for source in
        [&["--source", "deep", "--source-path", "content/en-us"][..], &["--source", "deep/content/en-us"]]
    {
        let run = trees.check(source);
        assert_eq!(run.stdout, "", "{}", run.stderr);
        assert!(run.stderr.contains("1 of 1 source hash verified"), "{}", run.stderr);
    }
}

#[test]
fn a_folder_without_history_tells_what_it_can() {
    let trees = Trees::new();
    fs::remove_dir_all(trees.english.folder.join(".git")).unwrap();
    assert_eq!(trees.findings(&[]), [""; 0]);
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    let expected = "5:21: warning[provenance/stale] cs-CZ is behind the source, whose file is another by now: \
                    4 of 5 units still valid, 5 words to translate";
    assert_eq!(trees.findings(&[]), [expected]);
}

/// Runs that cannot do their job: what is said on stderr.
fn complaint(folder: &Path, args: &[&str]) -> String {
    let run = loclint(folder, &[&["check", "cs-cz", "--source"], args].concat());
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    run.stderr
}

#[test]
fn a_source_that_cannot_be_used_is_an_error_with_a_way_out() {
    let trees = Trees::new();
    let folder = trees.folder.path();
    fs::create_dir_all(folder.join("plain/docs")).unwrap();
    fs::write(folder.join("plain/docs/other.md"), "# Other\n").unwrap();
    fs::write(folder.join("docs.bundle"), "").unwrap();
    trees.english.git(&["branch", "live"]);
    let cases = [
        (&["nowhere"][..], "cannot open the source \"nowhere\": "),
        (&["docs.bundle"], "the source \"docs.bundle\" is a file; name a folder or a git repository"),
        (&["https://example.com/docs.git"], "is an address, and loclint fetches nothing: clone it"),
        (&["git@example.com:docs.git"], "is an address, and loclint fetches nothing: clone it"),
        (&["english@live"], "name it with \"--source english --source-ref live\""),
        (&["plain", "--source-ref", "live"], "is not in a git repository"),
        (
            &["plain"],
            "the source \"plain\" has none of the articles, such as \"docs/push.md\"; name the folder of it that holds them with \"--source-path\"",
        ),
        (&["english", "--source-ref", "life"], "has no ref \"life\"; did you mean \"live\"?"),
        (
            &["english", "--source-path", "content"],
            "the source HEAD of \"english\" has no folder \"content\"",
        ),
    ];
    for (args, wanted) in cases {
        let said = complaint(folder, args);
        assert!(said.contains(wanted), "{args:?}: {said}");
    }
}

#[test]
fn a_shallow_clone_that_lacks_the_commit_says_how_to_get_it() {
    let trees = Trees::new();
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    let url = trees.english.url();
    trees.english.git(&["clone", "--quiet", "--depth", "1", &url, "../shallow"]);
    assert_eq!(
        complaint(trees.folder.path(), &["shallow"]),
        format!(
            "loclint: the source \"shallow\" is a shallow clone and lacks commit {}, which documents were translated from \
             (1 documents record commits that it lacks); get the whole history with \"git -C 'shallow' fetch --unshallow\"\n",
            trees.commit
        )
    );
    Repo { folder: trees.path("shallow") }.git(&["fetch", "--quiet", "--unshallow"]);
    assert_eq!(trees.check(&["--source", "shallow"]).stdout.lines().count(), 1, "then it works");
}

/// One message instead of one for every document, and no advice that only a newer clone could give.
#[test]
fn a_clone_that_lacks_most_commits_is_told_once() {
    let trees = Trees::new();
    let old = trees.english.url();
    trees.english.git(&["clone", "--quiet", "--bare", &old, "../old.git"]);
    for (number, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
        trees.english.write(&format!("docs/{name}.md"), ENGLISH);
        let commit = trees.english.commit(&format!("2026-03-0{}", number + 1));
        let text =
            czech(&sha1_hex(ENGLISH.as_bytes()), &commit).replace("116963581", &format!("11696360{number}"));
        fs::write(trees.path(&format!("cs-cz/docs/{name}.md")), text).unwrap();
    }
    let select = ["--select", "provenance", "--source"];
    let told = "cs-cz/docs/a.md:6:21: error[provenance/commit] the source lacks the commits that 4 of 5 documents record; is it up to date?\n";
    assert_eq!(trees.check(&[&select[..], &["old.git"]].concat()).stdout, told);
    assert_eq!(trees.check(&[&select[..], &["english"]].concat()).stdout, "");
    // One article may have a commit that was mistyped, but to remove it is no help.
    for name in ["b", "c", "d"] {
        fs::remove_file(trees.path(&format!("cs-cz/docs/{name}.md"))).unwrap();
    }
    let run = trees.check(&[&select[..], &["old.git"]].concat());
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(
        lines.len() == 1 && lines[0].contains("[provenance/commit] the source has no commit "),
        "{lines:?}"
    );
}

#[test]
fn a_partial_clone_is_not_completed_on_the_way() {
    let trees = Trees::new();
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    trees.english.git(&["config", "uploadpack.allowFilter", "true"]);
    let url = trees.english.url();
    trees.english.git(&["clone", "--quiet", "--no-checkout", "--filter=blob:none", &url, "../partial"]);
    let said = complaint(trees.folder.path(), &["partial"]);
    let path = trees.path("partial").display().to_string();
    let wanted = format!(
        "\"{path}\" is a partial clone and lacks files that are needed, and loclint fetches nothing; get them with \"git -C \
         '{path}' fetch --refetch --no-filter\"\n"
    );
    assert!(said.ends_with(&wanted), "{said}");
    // What it never had is missing here as elsewhere.
    let partial = Repo { folder: trees.path("partial") };
    partial.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    assert_eq!(trees.check(&["--source", "partial"]).stdout, trees.check(&["--source", "english"]).stdout);
}

#[test]
fn the_variables_of_a_git_hook_do_not_mislead() {
    let trees = Trees::new();
    let other = Repo::new(trees.path("other"));
    other.write("a.md", "# A\n");
    other.commit("2026-01-01");
    let git_dir = other.folder.join(".git");
    let variables = [("GIT_DIR", git_dir.to_str().unwrap()), ("GIT_INDEX_FILE", "index")];
    let run = loclint_with(trees.folder.path(), &["check", "cs-cz", "--source", "english"], &variables);
    assert_eq!(run.stdout, "", "{}", run.stderr);
    assert!(run.stderr.contains("1 of 1 source hash verified"), "{}", run.stderr);
}

#[test]
fn a_file_alone_is_found_in_the_source_too() {
    let trees = Trees::new();
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    let args =
        ["check", "cs-cz/docs/push.md", "--source", "english", "--format", "concise", "--fail-on", "never"];
    let run = loclint(trees.folder.path(), &args);
    assert!(run.stdout.contains("warning[provenance/stale]"), "{}{}", run.stdout, run.stderr);
}
