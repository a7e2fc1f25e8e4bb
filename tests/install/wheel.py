"""The wheel: built by maturin, installed into a new environment, run."""

import os
import shutil
import subprocess
import tarfile
import unittest
import venv
import zipfile

from common import CLEAN, PROJECT, Case


@unittest.skipIf(shutil.which("cargo") is None, "cargo is not installed")
class Wheel(Case):
    def test_the_wheel_brings_the_program(self):
        # The profile of the tests, so that nothing but loclint itself is compiled again. Releases are optimised.
        build = ["maturin", "build", "--profile", "dev", "--locked", "--out", self.folder / "wheels"]
        self.run_in(PROJECT, *build)
        (wheel,) = (self.folder / "wheels").iterdir()
        names = zipfile.ZipFile(wheel).namelist()
        self.assertTrue(any(name.endswith(("scripts/loclint", "scripts/loclint.exe")) for name in names), names)

        home = self.folder / "venv"
        venv.create(home, with_pip=True)
        scripts = home / ("Scripts" if os.name == "nt" else "bin")
        install = ["-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel]
        self.run_in(self.folder, scripts / "python", *install)
        self.assertIn("loclint ", self.run_in(self.folder, scripts / "loclint", "--version"))
        said = self.run_in(self.folder, scripts / "loclint", "check", CLEAN, "--fail-on", "info")
        self.assertIn("All clean", said)

    def test_the_sources_are_complete(self):
        self.run_in(PROJECT, "maturin", "sdist", "--out", self.folder)
        (archive,) = self.folder.glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            names = {name.split("/", 1)[1] for name in packed.getnames() if "/" in name}
        listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        wanted = [file for file in listed.stdout.splitlines() if file.startswith(("src/", "rules/", "bitext/src/"))]
        missing = [file for file in wanted if file not in names and "/tests" not in file and (PROJECT / file).exists()]
        self.assertEqual(missing, [])
        self.assertTrue({"Cargo.lock", "pyproject.toml", "LICENSE-MIT"} <= names, sorted(names)[:20])


if __name__ == "__main__":
    unittest.main()
