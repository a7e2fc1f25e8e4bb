#!/usr/bin/env bash
# Packs the program with its manuals: pack.sh TARGET FOLDER-OF-THE-PROGRAM MANUALS OUT
set -euo pipefail

target=$1 program=$2 manuals=$3 out=$4
name=loclint-$target

mkdir -p "$out/$name"
if [ -e "$program/loclint.exe" ]; then cp "$program/loclint.exe" "$out/$name/"; else cp "$program/loclint" "$out/$name/"; fi
cp README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$out/$name/"
cp -R "$manuals/man" "$manuals/completions" "$out/$name/"

cd "$out"
case $target in
# Windows runners have 7-Zip and no zip.
*windows*) if command -v zip >/dev/null; then zip -q -r "$name.zip" "$name"; else 7z a -bso0 "$name.zip" "$name"; fi ;;
*) tar -czf "$name.tar.gz" "$name" ;;
esac
rm -r "$name"
