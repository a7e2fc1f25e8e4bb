"""Runs whole processes and measures them: wall time, processor time, peak memory."""

import dataclasses
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


@dataclasses.dataclass
class Run:
    """What one run of a program cost, and what it found."""

    wall: float
    cpu: float
    peak: int
    findings: int


@dataclasses.dataclass
class Program:
    """A program that is compared. `judge` gets what it wrote to stdout and stderr, says how many findings that is
    (or lines, for programs that only count), and raises `Failed` if the program did not do the work."""

    name: str
    version: str
    command: Callable[["Tree"], list[str]]
    judge: Callable[[str, "Tree"], int]
    codes: tuple[int, ...] = (0, 1)
    #: Larger trees take too long.
    most_megabytes: float = 1e9
    #: Called before each run, outside of the measurement.
    prepare: Callable[["Tree"], None] = lambda tree: None


@dataclasses.dataclass
class Tree:
    """A tree of documents."""

    name: str
    folder: Path
    documents: int
    bilingual: int
    bytes: int
    locales: int
    #: The units as PO files, once they are needed.
    po: Path | None = None


class Failed(Exception):
    """A program did not do what it was asked."""


def run(program: Program, tree: Tree, scratch: Path) -> Run:
    """One run, alone. The child's memory is measured by the system; what Python takes itself is the floor."""
    program.prepare(tree)
    out = scratch / "output"
    launch = [sys.executable, "-S", "-E", str(Path(__file__).with_name("launch.py")), str(out)]
    # Without input: mado lints what it is given there.
    ways = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}
    costs = subprocess.run([*launch, *program.command(tree)], check=True, text=True, **ways).stdout
    code, wall, cpu, peak = costs.split()
    text = written(out)
    if int(code) not in program.codes:
        raise Failed(f"{program.name} on {tree.name}: exit code {code}\n{text[-2000:]}")
    return Run(float(wall), float(cpu), int(peak), program.judge(text, tree))


def written(path: Path) -> str:
    """What a program wrote; of very much only the start and the end, where summaries stand."""
    most, part = 8_000_000, 100_000
    with open(path, "rb") as file:
        if path.stat().st_size <= most:
            data = file.read()
        else:
            data = file.read(part)
            file.seek(-part, 2)
            data += file.read()
    return data.decode("utf-8", errors="replace")


def in_turns(programs: list[Program], tree: Tree, rounds: int, scratch: Path) -> dict[str, list[Run]]:
    """Runs the programs in turns (A B C, C B A, ...), so that what else the machine does hits all alike. Slow ones
    stop after two rounds."""
    runs: dict[str, list[Run]] = {program.name: [] for program in programs}
    for number in range(rounds):
        order = programs if number % 2 == 0 else programs[::-1]
        for program in order:
            done = runs[program.name]
            if len(done) < 2 or median(done, "wall") < 8:
                done.append(run(program, tree, scratch))
                print(f"  {tree.name}: {program.name} {done[-1].wall:.2f} s", file=sys.stderr, flush=True)
    return runs


def median(runs: list[Run], what: str) -> float:
    """The median of one measure."""
    return statistics.median(getattr(run, what) for run in runs)


def ratio(runs: list[Run], to: list[Run], what: str) -> float:
    """The median of the ratios of runs of the same round."""
    return statistics.median(getattr(a, what) / max(getattr(b, what), 1e-6) for a, b in zip(runs, to))
