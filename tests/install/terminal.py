"""What a terminal shows: progress of runs that take long, and nothing of it where stderr is none."""

import os
import shutil
import sys
import time
import unittest

from common import CLEAN, PROGRAM, Case

try:
    import pty
except ImportError:
    pty = None

# git that takes its time for the history and for every object, as it does in large repositories.
SLOW = """#!/bin/sh
case " $* " in
*" log "*) sleep 1.6 ;;
*" cat-file "*)
    while IFS= read -r line; do sleep 0.4; printf '%s\\n' "$line"; done | "{git}" "$@"
    exit
    ;;
esac
exec "{git}" "$@"
"""


@unittest.skipIf(pty is None, "there are no pseudo terminals here")
class Progress(Case):
    def setUp(self):
        super().setUp()
        english = self.repository("english")
        for article in CLEAN.glob("cs-cz/**/*.md"):
            path = english / article.relative_to(CLEAN / "cs-cz")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("# Guide\n", encoding="utf-8")
        self.run_in(english, "git", "add", "--all")
        self.run_in(english, "git", "commit", "--quiet", "--message", "guide")
        slow = self.folder / "slow"
        slow.mkdir()
        (slow / "git").write_text(SLOW.format(git=shutil.which("git")), encoding="utf-8")
        (slow / "git").chmod(0o755)
        self.variables = {"PATH": f"{slow}{os.pathsep}{os.environ['PATH']}", "TERM": "xterm"}

    def on_terminal(self, *args):
        """What a run with a terminal for stderr and a file for stdout writes there."""
        controller, terminal = pty.openpty()
        process = os.fork()
        if process == 0:
            os.chdir(self.folder)
            os.dup2(terminal, 2)
            os.dup2(os.open(self.folder / "stdout", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
            os.close(controller)
            os.execve(PROGRAM, ["loclint", *map(str, args)], {**os.environ, **self.variables})
        os.close(terminal)
        shown = b""
        while True:
            try:
                more = os.read(controller, 65536)
            except OSError:
                break
            if not more:
                break
            shown += more
        os.waitpid(process, 0)
        os.close(controller)
        return shown.decode("utf-8"), (self.folder / "stdout").read_text(encoding="utf-8")

    def test_a_long_run_shows_how_far_it_is(self):
        shown, out = self.on_terminal("check", CLEAN, "--source", "english", "--fail-on", "never")
        self.assertIn("reading the English source", shown)
        self.assertRegex(shown, r"checking \[[=> ]{30}\] \d of 2 articles")
        # Taken away before anything else is written.
        last = shown[shown.rindex("checking [") :]
        self.assertIn("\x1b[2K", last)
        self.assertIn("articles in 9 locales", last)
        self.assertNotIn("\x1b[2K", out)

    def test_a_short_run_shows_nothing(self):
        started = time.monotonic()
        shown, _ = self.on_terminal("check", CLEAN)
        if time.monotonic() - started < 0.9:
            self.assertNotIn("\x1b", shown)
        self.assertIn("All clean", shown)

    def test_quiet_is_quiet(self):
        shown, _ = self.on_terminal("check", CLEAN, "--source", "english", "--fail-on", "never", "--quiet")
        self.assertNotIn("\x1b", shown)
        self.assertNotIn("reading", shown)

    def test_a_pipe_is_no_terminal(self):
        command = [PROGRAM, "check", CLEAN, "--source", "english", "--fail-on", "never"]
        said = self.run_in(self.folder, *command, code=None, **self.variables)
        self.assertNotIn("\x1b", said)
        self.assertNotIn("reading", said)


if __name__ == "__main__":
    sys.exit(unittest.main())
