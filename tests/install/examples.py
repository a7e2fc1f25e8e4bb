"""The examples of docs/ci.md: each names its file in its first line, and is what that file has to be."""

import re
import unittest

from common import PROJECT, Case

SCHEMAS = {
    ".github/workflows/": ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    ".gitlab-ci.yml": ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"],
    "azure-pipelines.yml": ["check-jsonschema", "--builtin-schema", "vendor.azure-pipelines"],
    ".pre-commit-config.yaml": ["pre-commit", "validate-config"],
}


def examples():
    text = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield re.match(r"# (\S+)\n", block), block


class Examples(Case):
    def test_every_example_is_valid(self):
        kinds = set()
        for name, block in examples():
            self.assertIsNotNone(name, f"no file name in the first line:\n{block}")
            kind = next((kind for kind in SCHEMAS if name[1].startswith(kind)), None)
            self.assertIsNotNone(kind, name[1])
            kinds.add(kind)
            file = self.folder / "example.yml"
            file.write_text(block, encoding="utf-8")
            self.run_in(self.folder, *SCHEMAS[kind], file)
        self.assertEqual(kinds, set(SCHEMAS))

    def test_the_inputs_of_the_action_are_those_it_has(self):
        action = (PROJECT / "action.yml").read_text(encoding="utf-8")
        declared = re.findall(r"^  ([a-z-]+):$", action.split("\noutputs:")[0].split("\ninputs:")[1], re.MULTILINE)
        used = set()
        for _, block in examples():
            for step in re.findall(r"uses: loclint/loclint@\S+\n(?:\s+if:.*\n)?\s+with:\n((?: {10,}.*\n)+)", block):
                used.update(re.findall(r"^ {10}([a-z-]+):", step, re.MULTILINE))
        self.assertTrue(used, "no example uses the action")
        self.assertLessEqual(used, set(declared))
        for name in declared:
            self.assertIn(f"`{name}`", (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8"))

    def test_the_hooks_are_those_there_are(self):
        hooks = re.findall(r"^- id: (\S+)", (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.MULTILINE)
        used = {hook for _, block in examples() for hook in re.findall(r"- id: (\S+)", block)}
        self.assertEqual(used, set(hooks))


if __name__ == "__main__":
    unittest.main()
