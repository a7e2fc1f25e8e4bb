"""Compares loclint with what one would run instead, and writes docs/performance.md. See benches/README.md."""

import argparse
import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import page
import peers
import trees
from measure import Program, Run, Tree, in_turns, median, ratio, run

PROJECT = Path(__file__).resolve().parent.parent.parent


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 benches/compare", description=__doc__)
    parser.add_argument("cache", type=Path, help="a folder outside of the project, for programs, trees and results")
    parser.add_argument("--loclint", help="the program to measure [default: a release build of this project]")
    parser.add_argument("--generate", help="the generator [default: a release build of this project]")
    parser.add_argument("--mado", help="the path of mado, if it is not on PATH; it is not fetched")
    parser.add_argument("--skip", default="", help="programs to leave out, such as markdownlint-cli2,pofilter")
    parser.add_argument("--documents", default="1000,5000,30000", help="sizes of the generated trees in 13 locales")
    parser.add_argument("--large", default="1,10,100", help="sizes of the large documents, in MB")
    parser.add_argument("--rounds", type=int, default=5, help="how often each program runs; slow ones run twice")
    parser.add_argument("--no-growth", action="store_true", help="only compare with other programs")
    parser.add_argument("--keep", action="store_true", help="keep the generated trees")
    parser.add_argument("--page", type=Path, default=PROJECT / "docs" / "performance.md", help="the page to write")
    return parser.parse_args()


def built(options: argparse.Namespace) -> tuple[str, str]:
    """The programs of this project."""
    if not (options.loclint and options.generate):
        command = ["cargo", "build", "--release", "--locked", "-p", "loclint", "-p", "loclint-generate"]
        target = options.cache / "target"
        subprocess.run([*command, "--target-dir", str(target)], cwd=PROJECT, check=True)
        release = target / "release"
        return options.loclint or str(release / "loclint"), options.generate or str(release / "generate")
    return str(Path(options.loclint).resolve()), str(Path(options.generate).resolve())


def contestants(loclint: str, options: argparse.Namespace) -> tuple[list[Program], list[str]]:
    """loclint and the others, and the names of those that are left out."""
    skip = [name for name in options.skip.split(",") if name]
    cache = options.cache
    makers = {
        "rg": peers.ripgrep,
        "mado": lambda: peers.mado(options.mado),
        "rumdl": lambda: peers.rumdl(cache),
        "markdownlint-cli2": lambda: peers.markdownlint(cache),
        "pofilter": lambda: peers.pofilter(cache),
    }
    made = {name: None if name in skip else maker() for name, maker in makers.items()}
    others = [program for program in made.values() if program]
    return [peers.loclint(loclint), *others], [name for name, program in made.items() if not program]


def main() -> None:
    options = arguments()
    options.cache.mkdir(parents=True, exist_ok=True)
    options.cache = options.cache.resolve()
    if options.cache.is_relative_to(PROJECT):
        sys.exit("error: the cache has to lie outside of the project, or programs would find it")
    loclint, generate = built(options)
    # More than what the build leaves behind.
    busy = os.getloadavg()[1] > 1
    programs, left_out = contestants(loclint, options)
    scratch = options.cache / "scratch"
    scratch.mkdir(exist_ok=True)

    floor = run(Program("true", "", lambda _: ["true"], lambda *_: 0), trees.Tree("", scratch, 0, 0, 0, 0), scratch).peak
    small = trees.generated(generate, options.cache, "generated, 370", "--documents=370", "--locales=1", "--faults=100")
    large = [
        trees.generated(generate, options.cache, f"generated, {int(count):,}", f"--documents={count}", "--faults=100")
        for count in options.documents.split(",")
    ]
    results = []
    for tree in [*trees.published(), small, *large]:
        able = [program for program in programs if tree.bytes <= program.most_megabytes * 1e6]
        rounds = options.rounds if tree.bytes < 2e8 else min(options.rounds, 3)
        results.append((tree, able, in_turns(able, tree, rounds, scratch)))
    sections = {"Against other programs": page.against(results, floor, left_out, busy)}

    if not options.no_growth:
        own = [(tree, runs["loclint"]) for tree, _, runs in results if tree in large]
        sections["Growth"] = page.growth(own, one_document(loclint, generate, options, scratch), ways(loclint, large, options, scratch))
    page.write(options.page, sections)
    raw = [{"tree": tree.name, "bytes": tree.bytes, "runs": {name: [dataclasses.asdict(one) for one in done] for name, done in runs.items()}} for tree, _, runs in results]
    (options.cache / "results.json").write_text(json.dumps(raw, indent=1))
    if not options.keep:
        for folder in ("trees", "po", "pofilter", "scratch"):
            shutil.rmtree(options.cache / folder, ignore_errors=True)
    print(f"wrote {options.page}")


def one_document(loclint: str, generate: str, options: argparse.Namespace, scratch: Path) -> list[tuple[Tree, list[Run]]]:
    """Documents of one size each."""
    done = []
    for size in options.large.split(","):
        words = [f"--size={size}000000", "--documents=1", "--locales=1", "--faults=0", "--unit-sentences=40"]
        tree = trees.generated(generate, options.cache, f"{size} MB", *words)
        program = peers.loclint(loclint, "loclint", "--max-file-size=1000000000")
        done.append((tree, in_turns([program], tree, 3, scratch)["loclint"]))
    return done


def ways(loclint: str, large: list[Tree], options: argparse.Namespace, scratch: Path) -> list[tuple[str, Tree, float, float]]:
    """What reports and fixes cost, beside a plain check."""
    tree = next((tree for tree in large if tree.documents >= 5000), large[-1])
    copies: list[Path] = []

    def anew(_: Tree) -> None:
        # Another folder each time, and none deleted before the end: where thousands of files were deleted a moment
        # ago, ext4 without a journal searches long for inodes to use.
        copies.append(options.cache / "trees" / f"copy-{len(copies)}")
        shutil.copytree(tree.folder, copies[-1], dirs_exist_ok=True)
        # A file that is written waits for what is not on the disk yet.
        os.sync()

    plain = peers.loclint(loclint)
    one = peers.loclint(loclint, "`-j 1`", "-j1")
    fix = peers.loclint(loclint, "`--fix` (writes files)", "--fix")
    fix.prepare, fix.command = anew, lambda _, command=fix.command: command(dataclasses.replace(tree, folder=copies[-1]))
    # Lines of findings go elsewhere; the summary stays.
    formats = ["full", "json", "sarif", "junit", "html"]
    known = subprocess.run([loclint, "check", "--help"], capture_output=True, text=True).stdout
    reports = [peers.loclint(loclint, f"`--format {format}`", f"--format={format}") for format in formats if f"- {format}:" in known]
    runs = in_turns([plain, one, fix, *reports], tree, 3, scratch)
    base = runs["loclint"]
    return [(name, tree, ratio(done, base, "wall"), ratio(done, base, "cpu")) for name, done in runs.items() if done is not base]


if __name__ == "__main__":
    main()
