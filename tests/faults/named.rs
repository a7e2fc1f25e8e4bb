//! Files that are named, and are not what they should be.

use std::fs::{self, File};
use std::process::Command;

use super::{shell, tree};

#[test]
fn closed_streams_are_as_if_they_led_nowhere() {
    let folder = tree();
    let run = |line: &str| {
        let (status, stdout, stderr) = shell(folder.path(), line);
        (status.code(), stdout.lines().count(), stderr)
    };
    let check = "$LOCLINT check -q --format concise --fail-on warning";
    assert_eq!(run(&format!("{check} <&-")), (Some(1), 1, String::new()));
    assert_eq!(run(&format!("{check} >&-")), (Some(1), 0, String::new()));
    assert_eq!(run(&format!("{check} 2>&-")), (Some(1), 1, String::new()));
    assert_eq!(run(&format!("{check} <&- >&- 2>&-")), (Some(1), 0, String::new()));
    // An empty text, and an empty list.
    assert_eq!(run(&format!("{check} - --stdin-filename sv-se/a.md <&-")).1, 0);
    assert_eq!(run(&format!("{check} --files-from - <&-")), (Some(0), 0, String::new()));
    assert_eq!(run("$LOCLINT lsp <&- >&-").0, Some(1));
    let nobody = "loclint: no editor speaks the Language Server Protocol on standard input; \"loclint lsp\" is for \
                  editors to start (docs/editors.md)\n";
    assert_eq!(run("$LOCLINT lsp </dev/null"), (Some(1), 0, nobody.to_string()));
}

#[test]
fn folders_are_no_files_to_write_or_to_read() {
    let folder = tree();
    fs::create_dir(folder.path().join("folder.yml")).unwrap();
    for (args, said) in [
        ("check -q -o json=sv-se", "cannot write \"sv-se\": Is a directory (os error 21)"),
        ("check -q -o json=sv-se/", "cannot write \"sv-se/\": "),
        ("baseline -q -o sv-se", "cannot read the baseline \"sv-se\": Is a directory (os error 21)"),
        ("report -q -o sv-se", "cannot write \"sv-se\": Is a directory (os error 21)"),
        ("check -q --config sv-se", "cannot read the configuration \"sv-se\": Is a directory (os error 21)"),
        ("check -q --baseline sv-se", "cannot read the baseline \"sv-se\": Is a directory (os error 21)"),
        ("check -q --files-from sv-se", "\"sv-se\": Is a directory (os error 21)"),
        ("check -q --glossary folder.yml", "\"folder.yml\": it is not a regular file"),
        ("check -q --pack folder.yml", "\"folder.yml\": it is not a regular file"),
    ] {
        let (status, stdout, stderr) = shell(folder.path(), &format!("$LOCLINT {args}"));
        assert_eq!(status.code(), Some(2), "{args}: {stdout}");
        assert!(stderr.contains(said), "{args}: {stderr}");
    }
}

#[test]
fn what_is_called_like_a_configuration_and_is_none_is_passed_over() {
    let folder = tree();
    let path = folder.path().join("loclint.yml");
    let check = || {
        let (status, stdout, stderr) =
            shell(folder.path(), "$LOCLINT check -q --format concise --fail-on warning");
        assert_eq!((status.code(), stdout.lines().count(), stderr.as_str()), (Some(1), 1, ""));
    };
    fs::create_dir(&path).unwrap();
    check();
    fs::remove_dir(&path).unwrap();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    check();
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    check();
}

#[test]
fn a_configuration_that_is_named_can_be_a_pipe() {
    let folder = tree();
    let config = "echo 'rules: {markup: off}' | $LOCLINT check -q --config /dev/stdin --fail-on info";
    let (status, stdout, stderr) = shell(folder.path(), config);
    assert_eq!((status.code(), stdout.as_str()), (Some(0), ""), "{stderr}");
    let line = "mkfifo pipe && { echo 'rules: {markup: off}' > pipe & $LOCLINT check -q --config pipe --fail-on info; }";
    let (status, stdout, stderr) = shell(folder.path(), line);
    assert_eq!((status.code(), stdout.as_str()), (Some(0), ""), "{stderr}");
}

#[test]
fn huge_settings_are_refused_at_once() {
    let folder = tree();
    let huge = |name: &str, bytes: u64| {
        File::create(folder.path().join(name)).unwrap().set_len(bytes).unwrap();
    };
    huge("huge.yml", 100 << 20);
    huge("huge.json", 300 << 20);
    for (args, said) in [
        ("--config huge.yml", "cannot read the configuration \"huge.yml\": it has more than 4194304 bytes"),
        ("--config /dev/zero", "cannot read the configuration \"/dev/zero\": it has more than 4194304 bytes"),
        ("--baseline huge.json", "cannot read the baseline \"huge.json\": it has more than 268435456 bytes"),
        ("--glossary huge.yml", "it has 104857600 bytes, and"),
        ("--pack huge.yml", "it has 104857600 bytes, and"),
    ] {
        let line = format!("ulimit -v 1500000; $LOCLINT check -q -j 1 {args}");
        let (status, stdout, stderr) = shell(folder.path(), &line);
        assert_eq!((status.code(), stdout.as_str()), (Some(2), ""), "{args}");
        assert!(stderr.contains(said), "{args}: {stderr}");
    }
}

#[test]
fn a_baseline_that_is_half_written_is_an_error_with_its_line() {
    let folder = tree();
    assert!(shell(folder.path(), "$LOCLINT baseline -q -o known.json").0.success());
    let whole = fs::read(folder.path().join("known.json")).unwrap();
    let check = || shell(folder.path(), "$LOCLINT check -q --baseline known.json");
    assert!(check().0.success());
    for bytes in (0..whole.len() - 1).step_by(7) {
        fs::write(folder.path().join("known.json"), &whole[..bytes]).unwrap();
        let (status, stdout, stderr) = check();
        assert_eq!((status.code(), stdout.as_str()), (Some(2), ""), "{bytes} bytes");
        assert!(stderr.starts_with("loclint: ") && stderr.contains("known.json"), "{stderr}");
    }
}
