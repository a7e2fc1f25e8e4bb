"""The trees that programs run on: generated ones, and real ones where there are some."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from measure import Tree

PAIR = re.compile(
    r'<span data-ttu-id="([^"]+)">(.*?)</span><span class="sxs-lookup"><span data-stu-id="[^"]+">(.*?)</span></span>',
    re.DOTALL,
)


def describe(name: str, folder: Path) -> Tree:
    """Looks at a tree."""
    documents = bilingual = size = 0
    locales = set()
    for path in folder.rglob("*.md"):
        data = path.read_bytes()
        documents += 1
        bilingual += b"span" in data
        size += len(data)
        locales.update(part for part in path.relative_to(folder).parts if re.fullmatch(r"[a-z]{2}-[a-z]{2}", part))
    return Tree(name, folder, documents, bilingual, size, len(locales))


def generated(generate: str, cache: Path, name: str, *options: str) -> Tree:
    """Makes a tree, or takes the one made earlier with the same options."""
    folder = cache / "trees" / re.sub(r"\W+", "-", " ".join(options)).strip("-")
    if not (folder / "seeded.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([generate, *options, str(folder)], check=True, stdout=subprocess.DEVNULL)
    return describe(name, folder)


def published() -> list[Tree]:
    """The trees in the folder that LOCLINT_CORPUS names."""
    corpus = os.environ.get("LOCLINT_CORPUS")
    if not corpus:
        return []
    folders = [folder for folder in sorted(Path(corpus).iterdir()) if folder.is_dir()]
    trees = [describe(f"published, {letter}", folder) for letter, folder in zip("ABCDEF", folders)]
    return [tree for tree in trees if tree.bilingual]


def as_po(tree: Tree, cache: Path) -> Path:
    """Writes the units of a tree as PO files, one a document, so that programs for PO see the same texts."""
    folder = cache / "po" / re.sub(r"\W+", "-", tree.name)
    shutil.rmtree(folder, ignore_errors=True)
    for path in tree.folder.rglob("*.md"):
        text = path.read_text(encoding="utf-8", errors="replace")
        units = PAIR.findall(text)
        if not units:
            continue
        inside = path.relative_to(tree.folder)
        locale = next((part for part in inside.parts if re.fullmatch(r"[a-z]{2}-[a-z]{2}", part)), "")
        # A tree may be that of one locale, with a folder of its own.
        match = re.search(r"^ms\.contentlocale: ([A-Za-z]{2})", text, re.MULTILINE)
        language = locale[:2] or (match[1].lower() if match else "")
        lines = [
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
            f'"Language: {language}\\n"\n'
        ]
        lines += [f'msgctxt "{id}"\nmsgid {quoted(source)}\nmsgstr {quoted(target)}\n' for id, target, source in units]
        po = folder / inside.with_suffix(".po")
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_text("\n".join(lines), encoding="utf-8")
    return folder


def quoted(text: str) -> str:
    """A string of a PO file."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
