#!/usr/bin/env python3
"""Feeds the reports on the example project to programs of others: sarif-tools, junitparser, jsonschema.

Makes a virtual environment of its own, which needs PyPI:

    cargo build && python3 tools/read_reports.py target/debug/aksnet

Ends with 1 and says so if a reader refuses a report or counts other findings than the JSON report holds.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import venv

READERS = ["sarif-tools==3.0.5", "junitparser==5.0.3", "jsonschema==4.26.0"]
FORMATS = ["json", "sarif", "junit", "rdjson", "gitlab"]
PACKAGE = pathlib.Path(__file__).resolve().parent.parent

READ = """
import json, sys
import jsonschema, junitparser
from sarif import loader

folder, schemas = sys.argv[1:]
read = lambda name: json.load(open(f"{folder}/{name}", encoding="utf-8"))
schema = lambda name: json.load(open(f"{schemas}/{name}", encoding="utf-8"))
counts = {}

log = loader.load_sarif_file(f"{folder}/sarif")
report = log.get_report()
counts["sarif-tools"] = {s: report.get_issue_count_for_severity(s) for s in ("error", "warning", "note")}

suites = junitparser.JUnitXml.fromfile(f"{folder}/junit")
cases = [case for suite in suites for case in suite]
kinds = [result.type for case in cases for result in case.result]
counts["junitparser"] = {to: kinds.count(of) for of, to in (("error", "error"), ("warning", "warning"), ("advice", "note"))}

jsonschema.validate(read("sarif"), schema("sarif-2.1.0.json"))
jsonschema.validate(read("rdjson"), schema("rdjson.json"))
for issue in read("gitlab"):
    jsonschema.validate(issue, schema("gitlab-code-quality.json"))
kinds = [one["severity"] for one in read("rdjson")["diagnostics"]]
counts["rdjson"] = {to: kinds.count(of) for of, to in (("ERROR", "error"), ("WARNING", "warning"), ("INFO", "note"))}
print(json.dumps(counts))
"""


def main() -> int:
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        python = reader(pathlib.Path(folder) / "venv")
        reports = pathlib.Path(folder) / "reports"
        reports.mkdir()
        command = [program, "check", "fixtures/terraform/example", "--exit-zero"]
        for name in FORMATS:
            command += ["--format", name, "--output", reports / name]
        subprocess.run(command, cwd=PACKAGE, check=True)
        schemas = PACKAGE / "fixtures" / "schemas"
        read = subprocess.run([python, "-c", READ, reports, schemas], check=True, capture_output=True, text=True)
        counts = json.loads(read.stdout)
        summary = json.loads((reports / "json").read_text(encoding="utf-8"))["summary"]
    wanted = {"error": summary["errors"], "warning": summary["warnings"], "note": summary["advice"]}
    wrong = [name for name, count in counts.items() if count != wanted]
    for name, count in counts.items():
        print(f"{name}: {count}")
    for name in wrong:
        print(f"{name} reads other findings than the JSON report holds: {wanted}", file=sys.stderr)
    return 1 if wrong else 0


def reader(folder: pathlib.Path) -> pathlib.Path:
    """Makes an environment with the readers; returns its Python."""
    venv.create(folder, with_pip=True)
    python = next(path for path in (folder / "bin/python", folder / "Scripts/python.exe") if path.exists())
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *READERS], check=True)
    return python


if __name__ == "__main__":
    sys.exit(main())
