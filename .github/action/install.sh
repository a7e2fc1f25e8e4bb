#!/usr/bin/env bash
# Installs loclint for the action: the released program, if its checksum is right, or else a build.
#
# LOCLINT_VERSION   a version, "latest" or "source"
# LOCLINT_RELEASES  where releases are, for tests
set -euo pipefail

repository=https://github.com/loclint/loclint
releases=${LOCLINT_RELEASES:-$repository/releases}
version=${LOCLINT_VERSION:-latest}
folder=${RUNNER_TEMP:-/tmp}/loclint-action
own=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

fail() {
    echo "::error::loclint: $1" >&2
    exit 2
}

case $version in
latest | source) ;;
*[!0-9A-Za-z.+-]* | "" | [!0-9]*) fail "the version has to look like 0.1.0, or be latest or source" ;;
esac

target() {
    local arch
    case ${RUNNER_ARCH:-$(uname -m)} in
    X64 | x86_64) arch=x86_64 ;;
    ARM64 | arm64 | aarch64) arch=aarch64 ;;
    *) return 1 ;;
    esac
    case ${RUNNER_OS:-$(uname -s)} in
    # Without a C library of its own version, it runs on every Linux.
    Linux) echo "$arch-unknown-linux-musl" ;;
    macOS | Darwin) echo "$arch-apple-darwin" ;;
    Windows | MINGW* | MSYS*) echo "$arch-pc-windows-msvc" ;;
    *) return 1 ;;
    esac
}

fetch() {
    curl --fail --silent --show-error --location --retry 3 --proto '=https,file' --output "$2" "$1"
}

checksum() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# The released program; fails if there is none.
released() {
    local name archive base wanted
    name=loclint-$(target) || return 1
    case $name in
    *windows*) archive=$name.zip ;;
    *) archive=$name.tar.gz ;;
    esac
    if [ "$version" = latest ]; then base=$releases/latest/download; else base=$releases/download/v$version; fi
    fetch "$base/$archive" "$folder/$archive" || return 1
    fetch "$base/SHA256SUMS" "$folder/SHA256SUMS" || fail "the release has no checksums"
    wanted=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$folder/SHA256SUMS")
    # Nothing of what is not what was released is run, and nothing is built instead.
    [ -n "$wanted" ] || fail "the release has no checksum of $archive"
    [ "$(checksum "$folder/$archive")" = "$wanted" ] || fail "$archive is not what was released: its checksum is wrong"
    case $archive in
    *.zip) unzip -q -o "$folder/$archive" -d "$folder" ;;
    *) tar -xzf "$folder/$archive" -C "$folder" ;;
    esac
    mkdir -p "$folder/bin"
    mv "$folder/$name/loclint"* "$folder/bin/"
}

built() {
    command -v cargo >/dev/null || fail "there is no released program for this runner, and no Rust to build one"
    echo "loclint: building from source" >&2
    case $version in
    latest | source) cargo install --locked --path "$own" --root "$folder" ;;
    *) cargo install --locked --git "$repository" --tag "v$version" --root "$folder" loclint ;;
    esac
}

rm -rf "$folder"
mkdir -p "$folder"
if [ "$version" = source ] || ! released; then built; fi

program=$folder/bin/loclint
[ -e "$program" ] || program=$program.exe
"$program" --version
echo "loclint=$program" >>"${GITHUB_OUTPUT:-/dev/stdout}"
