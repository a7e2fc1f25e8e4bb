#!/usr/bin/env bash
# Runs the check of the action. Everything that users write comes in variables: it is split, and nothing else.
#
# LOCLINT           the program
# LOCLINT_PATHS     one a line
# LOCLINT_ARGS      separated by blanks or line breaks
# LOCLINT_CONFIG, LOCLINT_FAIL_ON, LOCLINT_SINCE, LOCLINT_SARIF
set -euo pipefail

arguments=(check --format github)
paths=()

while IFS= read -r path || [ -n "$path" ]; do
    path=${path%$'\r'}
    if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"${LOCLINT_PATHS:-}"
if [ ${#paths[@]} -eq 0 ]; then paths=(.); fi

# No pattern is matched against the files here.
set -f
for argument in ${LOCLINT_ARGS:-}; do
    arguments+=("$argument")
done
set +f

if [ -n "${LOCLINT_CONFIG:-}" ]; then arguments+=("--config=$LOCLINT_CONFIG"); fi
if [ -n "${LOCLINT_FAIL_ON:-}" ]; then arguments+=("--fail-on=$LOCLINT_FAIL_ON"); fi
if [ -n "${LOCLINT_SINCE:-}" ]; then arguments+=(--changed "--since=$LOCLINT_SINCE"); fi

output=${GITHUB_OUTPUT:-/dev/stdout}
sarif=
case ${LOCLINT_SARIF:-false} in
true)
    sarif=${RUNNER_TEMP:-/tmp}/loclint.sarif
    rm -f "$sarif"
    arguments+=("--output=sarif=$sarif")
    ;;
false | "") ;;
*)
    echo "::error::loclint: sarif has to be true or false" >&2
    exit 2
    ;;
esac

code=0
# What follows "--" is a path, whatever it looks like.
"${LOCLINT:-loclint}" "${arguments[@]}" -- "${paths[@]}" || code=$?
echo "exit-code=$code" >>"$output"
if [ -n "$sarif" ] && [ -e "$sarif" ]; then echo "sarif=$sarif" >>"$output"; fi
exit "$code"
