"""The hooks of .pre-commit-hooks.yaml, by the real pre-commit on real commits."""

import os
import shutil
import subprocess
import unittest

from common import CLEAN, PROGRAM, PROJECT, QUICK, Case

CONFIG = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: {hook}
"""


class PreCommit(Case):
    def hooks(self, files):
        """A repository of hooks with these files of the project; gives its folder and its commit."""
        folder = self.repository("hooks")
        for file in files:
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / file, target)
        self.run_in(folder, "git", "add", "--all")
        self.run_in(folder, "git", "commit", "--quiet", "--message", "hooks")
        return folder, self.run_in(folder, "git", "rev-parse", "HEAD").strip()

    def docs(self, hook, files):
        """A repository of articles with the hook installed and everything committed."""
        repo, rev = self.hooks(files)
        docs = self.repository("docs")
        shutil.copytree(CLEAN, docs / "docs")
        (docs / ".pre-commit-config.yaml").write_text(
            CONFIG.format(repo=repo.as_uri(), rev=rev, hook=hook), encoding="utf-8"
        )
        self.run_in(docs, "pre-commit", "install")
        self.commit(docs, "everything")
        return docs

    def commit(self, docs, message, code=0):
        self.run_in(docs, "git", "add", "--all")
        path = os.pathsep.join([str(PROGRAM.parent), os.environ["PATH"]])
        variables = {**QUICK, "PATH": path}
        return self.run_in(docs, "git", "commit", "--message", message, code=code, **variables)

    def good_and_bad(self, docs):
        guide = sorted((docs / "docs").glob("cs-cz/**/*.md"))[0]
        text = guide.read_bytes()
        self.assertEqual(text.count(b"</span></span>") > 0, True)

        guide.write_bytes(text + b"\n")
        said = self.commit(docs, "a change that is good")
        self.assertIn("Passed", said)

        guide.write_bytes(text.replace(b"</span></span>", b"</span>", 1))
        said = self.commit(docs, "a pair that is not closed", code=1)
        self.assertIn("span/unclosed", said)
        self.assertIn("Failed", said)
        self.assertIn("good", self.run_in(docs, "git", "log", "-1", "--format=%s"))

        guide.write_bytes(text)
        self.run_in(docs, "git", "add", "--all")

    def test_the_program_that_is_installed(self):
        docs = self.docs("loclint-system", [".pre-commit-hooks.yaml"])
        self.good_and_bad(docs)

        # Commits without an article are nobody's fault.
        (docs / "README.md").write_text("# Harbor\n", encoding="utf-8")
        self.assertIn("Passed", self.commit(docs, "no article"))
        (docs / "toc.yml").write_text("items: []\n", encoding="utf-8")
        self.assertIn("Passed", self.commit(docs, "no Markdown"))
        (docs / "logo.svg").write_text("<svg/>\n", encoding="utf-8")
        self.assertIn("no files to check", self.commit(docs, "nothing that is asked for"))
        sorted((docs / "docs").glob("cs-cz/**/*.md"))[0].unlink()
        self.commit(docs, "a translation less")

    @unittest.skipIf(shutil.which("cargo") is None, "cargo is not installed")
    def test_a_build_from_source(self):
        listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        wanted = ("src/", "rules/", "bitext/", "benches/", "examples/", "Cargo", "LICENSE", "README.md", "schema/", ".pre-commit-hooks.yaml")
        files = [file for file in listed.stdout.splitlines() if file.startswith(wanted) and (PROJECT / file).exists()]
        self.good_and_bad(self.docs("loclint", files))


if __name__ == "__main__":
    unittest.main()
