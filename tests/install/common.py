"""What the tests of hooks, action, examples and wheel share."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
CLEAN = PROJECT / "testdata" / "clean"
PROGRAM = PROJECT / "target" / "debug" / ("loclint.exe" if os.name == "nt" else "loclint")

# Builds that only have to work, not to be fast.
QUICK = {
    "CARGO_PROFILE_RELEASE_LTO": "off",
    "CARGO_PROFILE_RELEASE_OPT_LEVEL": "0",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "256",
    "CARGO_TARGET_DIR": str(PROJECT / "target" / "quick"),
}


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True) if _CLEANUP else tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name).resolve()

    def run_in(self, folder, *command, code=0, **variables):
        """Runs a command with nothing of the user's git settings; gives what it prints."""
        environment = {
            **os.environ,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "Harbor",
            "GIT_AUTHOR_EMAIL": "harbor@example.com",
            "GIT_COMMITTER_NAME": "Harbor",
            "GIT_COMMITTER_EMAIL": "harbor@example.com",
            "PRE_COMMIT_HOME": str(self.folder / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
            **variables,
        }
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        if code is not None:
            self.assertEqual(done.returncode, code, f"{command}\n{done.stdout}")
        return done.stdout

    def repository(self, name):
        folder = self.folder / name
        folder.mkdir()
        self.run_in(folder, "git", "init", "--quiet", "--initial-branch=main")
        self.run_in(folder, "git", "config", "core.autocrlf", "false")
        return folder


_CLEANUP = "ignore_cleanup_errors" in tempfile.TemporaryDirectory.__init__.__code__.co_varnames


def bash():
    """bash, as the runners of the action have it."""
    return shutil.which("bash")
