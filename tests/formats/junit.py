"""Holds JUnit files to the schema of Jenkins, and to what another parser reads in them.

    python junit.py FILE...

The files are those that `cargo test --test formats` leaves in target/tmp.
"""

import sys
from pathlib import Path

import xmlschema
from junitparser import Error, Failure, JUnitXml

SCHEMA = Path(__file__).parent.parent / "schemas" / "junit-10.xsd"


def complaints(path: Path, schema: xmlschema.XMLSchema) -> list[str]:
    found = [str(error.reason) for error in schema.iter_errors(str(path))]
    report = JUnitXml.fromfile(str(path))
    said = (report.tests, report.failures, report.errors)
    cases = [case for suite in report for case in suite]
    results = [result for case in cases for result in case.result]
    counted = (
        len(cases),
        sum(isinstance(result, Failure) for result in results),
        sum(isinstance(result, Error) for result in results),
    )
    if said != counted:
        found.append(f"it says {said} tests, failures and errors; there are {counted}")
    if not all(result.message and result.type for result in results):
        found.append("a failure without a message or a type")
    names = [(case.classname, case.name) for case in cases]
    if len(set(names)) != len(names):
        found.append("two cases of one name")
    return found


def main() -> int:
    files = [Path(name) for name in sys.argv[1:]]
    schema = xmlschema.XMLSchema(str(SCHEMA))
    found = [f"{path}: {complaint}" for path in files for complaint in complaints(path, schema)]
    print("\n".join(found) or f"{len(files)} JUnit files are sound")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
