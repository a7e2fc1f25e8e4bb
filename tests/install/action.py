"""The scripts of the action, with releases that are folders and a program that tells its arguments."""

import hashlib
import os
import platform
import shutil
import sys
import unittest

from common import PROGRAM, PROJECT, Case, bash

SCRIPTS = PROJECT / ".github"
PRINTER = """#!/usr/bin/env bash
[ "$1" = --version ] && { echo "loclint 9.9.9"; exit; }
printf '%s\\n' "$@" > "$TOLD"
for argument in "$@"; do case $argument in --output=sarif=*) echo '{}' > "${argument#--output=sarif=}" ;; esac; done
exit "${CODE:-0}"
"""


def target():
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    system = {"linux": "unknown-linux-musl", "darwin": "apple-darwin"}[sys.platform]
    return f"{machine}-{system}"


@unittest.skipIf(bash() is None or os.name == "nt", "there is no bash of the usual kind")
class Action(Case):
    def setUp(self):
        super().setUp()
        self.output = self.folder / "output"
        self.printer = self.folder / "printer"
        self.printer.write_text(PRINTER, encoding="utf-8")
        self.printer.chmod(0o755)

    def outputs(self):
        lines = self.output.read_text(encoding="utf-8").splitlines() if self.output.exists() else []
        return dict(line.split("=", 1) for line in lines)

    def check(self, code=0, **inputs):
        """What the program is called with."""
        told = self.folder / "told"
        variables = {f"LOCLINT_{name.upper()}": value for name, value in inputs.items()}
        self.output.unlink(missing_ok=True)
        self.run_in(
            self.folder, bash(), SCRIPTS / "action" / "check.sh", code=code, LOCLINT=str(self.printer), TOLD=str(told),
            GITHUB_OUTPUT=str(self.output), RUNNER_TEMP=str(self.folder), CODE=str(code), **variables,
        )
        return told.read_text(encoding="utf-8").splitlines()

    def test_defaults(self):
        self.assertEqual(self.check(), ["check", "--format", "github", "--", "."])
        self.assertEqual(self.outputs(), {"exit-code": "0"})
        self.assertEqual(self.check(paths="\n\n")[-1], ".")

    def test_inputs(self):
        said = self.check(
            paths="docs one\r\n--fix\n", args="--locale  pl-PL\n--quiet", config="a b.yml", fail_on="warning",
            since="origin/main", code=1, sarif="true",
        )
        self.assertEqual(
            said,
            ["check", "--format", "github", "--locale", "pl-PL", "--quiet", "--config=a b.yml", "--fail-on=warning",
             "--changed", "--since=origin/main", f"--output=sarif={self.folder}/loclint.sarif", "--", "docs one", "--fix"],
        )
        self.assertEqual(self.outputs(), {"exit-code": "1", "sarif": f"{self.folder}/loclint.sarif"})

    def test_nothing_of_an_input_is_run(self):
        (self.folder / "a.md").touch()
        hostile = ["$(touch pwned)", "`touch pwned`", "; touch pwned", '"; touch pwned; "', "${HOME}", "'", "*", "\\"]
        for text in hostile:
            said = self.check(paths=text, args=text, config=text, fail_on=text, since=text)
            self.assertEqual(said[-1], text)
            self.assertEqual(said[3:-6], text.split())
            self.assertIn(f"--config={text}", said)
            self.assertFalse((self.folder / "pwned").exists(), text)

    def release(self, checksum=None):
        name = f"loclint-{target()}"
        place = self.folder / "releases" / "download" / "v9.9.9"
        manuals = self.folder / "manuals"
        for part in ("man", "completions"):
            (manuals / part).mkdir(parents=True)
        program = self.folder / "program"
        program.mkdir()
        shutil.copy(self.printer, program / "loclint")
        self.run_in(PROJECT, bash(), SCRIPTS / "pack.sh", target(), program, manuals, place)
        archive = place / f"{name}.tar.gz"
        right = hashlib.sha256(archive.read_bytes()).hexdigest()
        (place / "SHA256SUMS").write_text(f"{checksum or right}  {archive.name}\n", encoding="utf-8")

    def install(self, version, code=0, path=None):
        (self.folder / "releases").mkdir(exist_ok=True)
        return self.run_in(
            self.folder, bash(), SCRIPTS / "action" / "install.sh", code=code, LOCLINT_VERSION=version,
            LOCLINT_RELEASES=(self.folder / "releases").as_uri(), GITHUB_OUTPUT=str(self.output),
            RUNNER_TEMP=str(self.folder), PATH=path or os.environ["PATH"],
        )

    def test_a_release_is_installed(self):
        self.release()
        self.assertIn("loclint 9.9.9", self.install("9.9.9"))
        self.assertEqual(self.outputs(), {"loclint": f"{self.folder}/loclint-action/bin/loclint"})

    def test_a_wrong_checksum_is_refused(self):
        self.release("0" * 64)
        self.assertIn("its checksum is wrong", self.install("9.9.9", code=2))
        self.assertEqual(self.outputs(), {})

    def test_without_a_release_it_is_built(self):
        fake = self.folder / "fake"
        fake.mkdir()
        cargo = fake / "cargo"
        cargo.write_text(
            f'#!/usr/bin/env bash\necho "$@"\nmkdir -p "{self.folder}/loclint-action/bin"\n'
            f'cp "{self.printer}" "{self.folder}/loclint-action/bin/loclint"\n', encoding="utf-8"
        )
        cargo.chmod(0o755)
        path = f"{fake}{os.pathsep}{os.environ['PATH']}"
        self.assertIn("--tag v9.9.9", self.install("9.9.9", path=path))
        self.assertIn(f"--path {PROJECT}", self.install("source", path=path))
        self.assertIn(f"--path {PROJECT}", self.install("latest", path=path))

    def test_versions_that_are_none(self):
        for version in ["../../x", "1.0;id", "v1", "$(id)", "1 2", "--tag"]:
            self.assertIn("the version has to look like", self.install(version, code=2))


class Archive(Case):
    def test_completions_and_man_pages_are_made(self):
        man = self.folder / "man"
        self.run_in(self.folder, PROGRAM, "man", "--out", man)
        self.assertIn("loclint-check.1", [path.name for path in man.iterdir()])
        if shutil.which("man") and os.name != "nt":
            # A page that is not sound makes groff complain.
            said = self.run_in(self.folder, "man", "--warnings=w", "-l", man / "loclint-check.1", MANPAGER="cat", code=None)
            self.assertNotIn("warning:", said)
        for shell, check in [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])]:
            script = self.folder / f"loclint.{shell}"
            script.write_text(self.run_in(self.folder, PROGRAM, "completions", shell), encoding="utf-8", newline="\n")
            if shutil.which(shell) and os.name != "nt":
                self.run_in(self.folder, shell, *check, script)


if __name__ == "__main__":
    unittest.main()
