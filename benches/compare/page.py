"""Writes the measurements into a page, between its markers."""

import datetime
import os
import platform
import re
from pathlib import Path

from measure import Program, Run, Tree, median, ratio

ABOUT = {
    "rg -c span": "only counts the lines with a span: the floor for anything that reads the files",
    "rumdl": "Markdown linter (Rust), no cache",
    "mado": "Markdown linter (Rust)",
    "markdownlint-cli2": "Markdown linter (Node.js)",
    "pofilter": "checks pairs of strings; gets the units as PO files, made outside of the measurement",
}


def machine() -> str:
    """The class of the machine, and nothing else of it."""
    architecture = platform.machine().replace("_", "-").replace("AMD64", "x86-64")
    return f"{os.cpu_count()} cores, {architecture}, {platform.system()}"


def seconds(value: float) -> str:
    """Three digits."""
    return f"{value:.0f} s" if value >= 100 else f"{value:.3g} s" if value >= 1 else f"{value * 1000:.0f} ms"


def megabytes(value: float) -> str:
    """Mega, not mebi."""
    return f"{value / 1e6:.1f}" if value < 1e7 else f"{value / 1e6:,.0f}"


def tree_line(tree: Tree) -> str:
    """What a tree is."""
    locales = f"{tree.locales} locales" if tree.locales > 1 else "1 locale"
    return f"**{tree.name}**: {tree.documents:,} documents in {locales}, {megabytes(tree.bytes)} MB"


def against(results: list[tuple[Tree, list[Program], dict[str, list[Run]]]], floor: int, left_out: list[str], busy: bool) -> str:
    """The section about other programs."""
    programs = {program.name: program for _, list_of, _ in results for program in list_of}
    text = (
        f"Measured on {datetime.date.today()} by `python3 benches/compare` ({machine()}). Whole processes, files in the "
        "page cache, in turns (A B C, C B A, ...); wall and processor time and peak memory are medians, and the last "
        "two columns are medians of the ratios within a round. None of the others looks for what loclint looks for: they "
        "are what one would run on such trees instead. Each run was checked for having seen all files and found "
        f"something. Memory below {floor / 1e6:.0f} MB cannot be told apart here.\n\n"
    )
    if busy:
        text = text.rstrip("\n") + " **The machine did other work meanwhile: only the ratios say something.**\n\n"
    for name, program in programs.items():
        about = f": {ABOUT[name]}" if name in ABOUT else ""
        text += f"- {name} {program.version}{about}\n"
    if any(tree.name.startswith("published") for tree, _, _ in results):
        text += "\nThe published trees are those of [precision.md](precision.md).\n"
    if left_out:
        text += f"\nNot measured: {', '.join(left_out)}.\n"
    for tree, list_of, runs in results:
        text += f"\n{tree_line(tree)}\n\n| program | wall | processor | peak MB | MB/s | findings | wall : loclint's | processor : loclint's |\n"
        text += "|---|---|---|---|---|---|---|---|\n"
        own = runs["loclint"]
        for program in list_of:
            done = runs[program.name]
            wall = median(done, "wall")
            text += (
                f"| {program.name} | {seconds(wall)} | {seconds(median(done, 'cpu'))} | "
                f"{memory(median(done, 'peak'), floor)} | {tree.bytes / 1e6 / wall:,.1f} | "
                f"{'' if program.name.startswith('rg') else f'{done[-1].findings:,}'} | "
                f"{ratio(done, own, 'wall'):.2f} | {ratio(done, own, 'cpu'):.2f} |\n"
            )
        larger = [name for name in programs if name not in runs]
        if larger:
            text += f"\nToo slow for this tree: {', '.join(larger)}.\n"
    return text


def memory(peak: float, floor: int) -> str:
    """Peak memory, or that it is too little to tell."""
    return f"< {floor / 1e6:.0f}" if peak <= floor * 1.02 else f"{peak / 1e6:,.0f}"


def growth(trees: list[tuple[Tree, list[Run]]], single: list[tuple[Tree, list[Run]]], ways: list[tuple[str, Tree, float, float]]) -> str:
    """The section about what more documents, larger ones and other ways to run cost."""
    text = "Time is to grow as the bytes do, and memory with the largest article, not with the tree.\n\n"
    text += "| documents | MB | wall | MB/s | processor ns a byte | peak MB |\n|---|---|---|---|---|---|\n"
    for tree, runs in trees:
        text += growth_row(f"{tree.documents:,}", tree, runs)
    text += "\nOne document, in units of forty sentences so that unit ids suffice (one thread has all the work):\n\n"
    text += "| document | MB | wall | MB/s | processor ns a byte | peak MB |\n|---|---|---|---|---|---|\n"
    for tree, runs in single:
        text += growth_row(tree.name, tree, runs)
    if ways:
        text += "\nOther ways to run, in plain checks of the same tree (medians of ratios within a round):\n\n"
        text += "| way | documents | wall | processor |\n|---|---|---|---|\n"
        for name, tree, wall, cpu in ways:
            text += f"| {name} | {tree.documents:,} | {wall:.2f} | {cpu:.2f} |\n"
    return text


def growth_row(name: str, tree: Tree, runs: list[Run]) -> str:
    """What one tree costs."""
    wall, cpu = median(runs, "wall"), median(runs, "cpu")
    return (
        f"| {name} | {megabytes(tree.bytes)} | {seconds(wall)} | {tree.bytes / 1e6 / wall:,.0f} | "
        f"{cpu * 1e9 / tree.bytes:.1f} | {median(runs, 'peak') / 1e6:,.0f} |\n"
    )


def write(page: Path, sections: dict[str, str]) -> None:
    """Puts each text between the markers of its heading, or at the end."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# Performance\n"
    for heading, body in sections.items():
        mark = heading.lower().replace(" ", "-")
        start, end = f"<!-- measured: {mark} -->", f"<!-- end of {mark} -->"
        block = f"{start}\n{body}{end}\n"
        if start in text:
            text = re.sub(re.escape(start) + r".*?" + re.escape(end) + r"\n", lambda _: block, text, flags=re.DOTALL)
        else:
            text += f"\n## {heading}\n\n{block}"
    page.write_text(text, encoding="utf-8")
