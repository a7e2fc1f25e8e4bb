"""The programs: how to get them, how to run them, and how to see that they did the work."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from measure import Failed, Program, Tree
from trees import as_po

#: Fetched by name and version from PyPI and npm.
PYTHON = {"rumdl": "0.3.0", "translate-toolkit": "3.20.4"}
NODE = {"markdownlint-cli2": "0.22.1"}


def number(pattern: str, text: str, what: str) -> int:
    """A number that a program prints."""
    match = re.search(pattern, text)
    if not match:
        raise Failed(f"{what}: no {pattern!r} in its output\n{text[-2000:]}")
    return int(match[1].replace(",", ""))


def expect(what: str, tree: Tree, found: int, expected: int) -> None:
    """Refuses a run that saw other files than there are."""
    if found != expected:
        raise Failed(f"{what} on {tree.name}: {found} files instead of {expected}")


def loclint(path: str, name: str = "loclint", *options: str) -> Program:
    """loclint, with these options."""
    version = subprocess.run([path, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]

    def judge(text: str, tree: Tree) -> int:
        summary = text[max(text.rfind("\nFound "), text.rfind("All clean"), 0) :]
        expect(name, tree, number(r"([\d,]+) documents?\b", summary, name), tree.documents)
        found = re.findall(r"([\d,]+) (?:errors?|warnings?|infos?)\b", summary.split(" in ")[0])
        return sum(int(count.replace(",", "")) for count in found)

    command = [path, "check", "--fail-on", "never", "--no-config", *options]
    if not any(option.startswith("--format") for option in options):
        command += ["--format", "concise"]
    return Program(name, version, lambda tree: [*command, str(tree.folder)], judge, codes=(0,))


def ripgrep() -> Program | None:
    """The floor: reads all files and counts lines."""
    path = shutil.which("rg")
    if not path:
        print("rg is not installed and is left out", file=sys.stderr)
        return None

    def judge(text: str, tree: Tree) -> int:
        lines = text.splitlines()
        expect("rg", tree, len(lines), tree.bilingual)
        return sum(int(line.rsplit(":", 1)[1]) for line in lines)

    command = lambda tree: [path, "--no-ignore", "--count", "--with-filename", "--glob", "*.md", "span", str(tree.folder)]
    return Program("rg -c span", version_of([path, "--version"]), command, judge, codes=(0,))


def rumdl(cache: Path) -> Program:
    """A Markdown linter in Rust."""
    path = python(cache) / "rumdl"

    def judge(text: str, tree: Tree) -> int:
        summary = re.search(r"Found ([\d,]+) issues? in ([\d,]+)(?:/([\d,]+))? files?", text)
        if not summary:
            raise Failed(f"rumdl on {tree.name}: no summary\n{text[-2000:]}")
        found = summary[3] or summary[2]
        expect("rumdl", tree, int(found.replace(",", "")), tree.documents)
        return int(summary[1].replace(",", ""))

    command = lambda tree: [str(path), "check", "--no-cache", "--no-config", str(tree.folder)]
    return Program("rumdl", version_of([str(path), "--version"]), command, judge)


def markdownlint(cache: Path) -> Program:
    """A Markdown linter in JavaScript."""
    folder = cache / "npm"
    name, version = next(iter(NODE.items()))
    path = folder / "node_modules" / ".bin" / name
    if not path.exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), f"{name}@{version}"], check=True)

    def judge(text: str, tree: Tree) -> int:
        expect(name, tree, number(r"Linting: (\d+) file", text, name), tree.documents)
        return number(r"Summary: (\d+) error", text, name)

    command = lambda tree: [str(path), "--no-globs", f"{tree.folder}/**/*.md"]
    return Program(name, version, command, judge, most_megabytes=8)


def pofilter(cache: Path) -> Program:
    """Checks pairs of strings in PO files."""
    path = python(cache) / "pofilter"
    out = cache / "pofilter"

    def prepare(tree: Tree) -> None:
        tree.po = tree.po or as_po(tree, cache)
        shutil.rmtree(out, ignore_errors=True)

    def judge(_: str, tree: Tree) -> int:
        units = sum(1 for po in tree.po.rglob("*.po") for line in open(po, encoding="utf-8") if line.startswith("msgctxt"))
        reports = [po.read_text(encoding="utf-8") for po in out.rglob("*.po")]
        findings = sum(text.count("(pofilter) ") for text in reports)
        if units == 0 or findings == 0:
            raise Failed(f"pofilter on {tree.name}: {units} units, {findings} findings")
        return findings

    command = lambda tree: [str(path), "--progress=none", "-i", str(tree.po), "-o", str(out)]
    version = version_of([str(path), "--version"])
    return Program("pofilter", version, command, judge, codes=(0,), most_megabytes=16, prepare=prepare)


def mado(path: str | None) -> Program | None:
    """A Markdown linter in Rust. No registry has it that this script could fetch it from."""
    path = path or shutil.which("mado")
    if not path:
        print("mado is not installed (--mado PATH) and is left out", file=sys.stderr)
        return None

    def judge(text: str, tree: Tree) -> int:
        return number(r"Found ([\d,]+) error", text, "mado")

    return Program("mado", version_of([path, "--version"]), lambda tree: [path, "check", str(tree.folder)], judge)


def python(cache: Path) -> Path:
    """The folder of the programs that come from PyPI."""
    programs = cache / "venv" / "bin"
    if not all((programs / name).exists() for name in ("rumdl", "pofilter")):
        subprocess.run([sys.executable, "-m", "venv", str(cache / "venv")], check=True)
        packages = [f"{name}=={version}" for name, version in PYTHON.items()]
        subprocess.run([str(programs / "pip"), "install", "--quiet", *packages], check=True)
    return programs


def version_of(command: list[str]) -> str:
    """The version that a program prints."""
    text = subprocess.run(command, capture_output=True, text=True).stdout
    match = re.search(r"\d+(?:\.\d+)+", text)
    return match[0] if match else "?"
