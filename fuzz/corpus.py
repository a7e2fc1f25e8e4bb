"""Writes the examples of all rule pages as inputs of the targets "article" and "fixes", below fuzz/corpus.

They are what the rules look for, so fuzzing starts where it would take hours to get to by itself.
"""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^(`{3,})([a-z]+)(?: ([^\n]+))?\n(.*?)^\1$", re.M | re.S)
# The languages of LOCALES in src/properties/mod.rs.
PAIRS = ["cs de", "ja ko", "ru tr", "zh hu", "ar th", "sr pl", "fr fi", "en sv"]


def pair(target: str, source: str) -> str:
    return (
        f'<span data-ttu-id="3f9a2-103">{target}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="3f9a2-103">{source}</span></span>\n'
    )


def letter(locale: str) -> str:
    language = locale.split("-")[0]
    at = next((at for at, pair in enumerate(PAIRS) if language in pair.split()), 0)
    return chr(ord("a") + at)


def inputs(example: str):
    """The inputs that an example makes: its documents, two at a time, or its target in a document."""
    fences = [(kind, what or "", text) for _, kind, what, text in FENCE.findall(example)]
    documents = [(what.split()[0], text) for kind, what, text in fences if kind == "document" and what]
    english = [text for kind, _, text in fences if kind == "english"]
    source = next((text.rstrip("\n") for kind, _, text in fences if kind == "source"), "")
    for kind, what, text in fences:
        if kind == "target" and what:
            documents.append((what.split()[0], pair(text.rstrip("\n"), source)))
    for at in range(0, len(documents), 2):
        (locale, first), *second = documents[at : at + 2]
        yield letter(locale), [first, *(text for _, text in second[:1] or [(locale, first)]), *english[:2]]


def main() -> None:
    count = 0
    for page in sorted((ROOT / "rules").glob("*/*.md")):
        for example in re.split(r"^### ", page.read_text("utf-8"), flags=re.M)[1:]:
            for locale, texts in inputs(example):
                for target, choices in [("fixes", locale + "b"), ("article", locale + "a")]:
                    data = (choices + "\n" + "\n%%\n".join(texts)).encode()
                    folder = ROOT / "fuzz/corpus" / target
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
                    count += 1
    print(f"{count} inputs in fuzz/corpus")


if __name__ == "__main__":
    main()
