#!/usr/bin/env python3
"""Writes territories.tsv: what countries and regions are called, by language, from CLDR.

    npm pack cldr-localenames-full && tar xzf cldr-localenames-full-*.tgz
    python3 rules/locales/territories.py package > rules/locales/territories.tsv

ICU data for this (icu_experimental::displaynames) has one name a region and comes with thirty megabytes of crates
that are not stable yet; here are the names with their variants, for the languages that documents come in.
"""

import json
import pathlib
import sys

# Welsh and Irish are left out: their names change at the beginning.
LANGUAGES = """af am ar as az be bg bn bs ca cs da de el en es es-MX et eu fa fi fil fr fr-CA gl gu he hi hr hu hy id
is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms nb ne nl nn or pa pl pt pt-PT ro ru si sk sl sq sr sr-Latn sv sw ta te
th tk tr uk ur uz vi zh zh-Hant zh-Hant-HK""".split()

# Groups of countries, places without people, and codes for tests.
NO_COUNTRIES = {"AC", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "QO", "TA", "UM", "UN", "XA", "XB", "ZZ"}


def names(package: pathlib.Path, language: str) -> dict[str, list[str]]:
    data = json.loads((package / "main" / language / "territories.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for key, name in data["main"][language]["localeDisplayNames"]["territories"].items():
        code = key.split("-")[0]
        if len(code) == 2 and code not in NO_COUNTRIES:
            # U+00A0 and marks of direction are typography.
            name = name.replace("\u00a0", " ").replace("\u200e", "").replace("\u200f", "")
            if name != code and name not in found.setdefault(code, []):
                found[code].append(name)
    return found


def main() -> None:
    package = pathlib.Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text())["version"]
    tables = {language: names(package, language) for language in LANGUAGES}
    codes = sorted(set().union(*tables.values()))
    print(f"# Names of countries and regions: CLDR {version}, package cldr-localenames-full of npm, by territories.py.")
    print("# Copyright © 2004-2026 Unicode, Inc. Unicode License v3, https://www.unicode.org/license.txt")
    print("# A line a language, a column a region; names of one region are separated by bars.")
    print("\t".join(["locale", *codes]))
    for language in sorted(tables):
        print("\t".join([language, *("|".join(tables[language].get(code, [])) for code in codes)]))


main()
