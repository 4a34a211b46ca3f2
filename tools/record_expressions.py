#!/usr/bin/env python3
"""Record what Terraform answers to each expression of fixtures/recorded/*.in, in fixtures/recorded/context.

Writes a .tsv for each: expression, tab, the answer as JSON, or `error` where Terraform refuses; and the types of the answers, as
`show -json` writes them, in a .types file of the same form.
Needs `terraform` 1.11 on the path. `terraform console` prints only its last answer, so many expressions are asked as one.
"""

import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

RECORDED = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "recorded"
TOGETHER = 40


def run(command: list[str], folder: str, text: str = "") -> str:
    """Return what the command prints."""
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull}
    return subprocess.run(
        command, input=text, cwd=folder, env=environment, capture_output=True, text=True, check=False
    ).stdout


def failures(command: list[str], folder: str) -> str:
    """Return what the command says is wrong."""
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stderr


def ask(expressions: list[str], folder: str) -> list[str] | None:
    """Return the answers, or None if one of them does not parse or has no answer yet."""
    asked = ", ".join(f'try(jsonencode({e}), "error")' for e in expressions)
    answer = run(["terraform", "console"], folder, f"base64encode(jsonencode([{asked}]))\n")
    if not answer.startswith('"'):
        return None
    return json.loads(base64.b64decode(json.loads(answer)))


def types(expressions: list[str], folder: str) -> list[tuple[str, str]]:
    """Return the type of each expression that has one in a plan."""
    plan = ["terraform", "plan", "-no-color", "-input=false", "-out=plan"]
    while True:
        lines = [f"locals {{ e{i} = {e} }}" for i, e in enumerate(expressions)]
        pathlib.Path(folder, "e.tf").write_text("\n".join(lines) + "\n")
        outputs = [f'output "e{i}" {{\n  value     = local.e{i}\n  sensitive = true\n}}\n' for i in range(len(expressions))]
        pathlib.Path(folder, "outputs.tf").write_text("".join(outputs))
        refused = {int(line) - 1 for line in re.findall(r"on e\.tf line (\d+)", failures(plan, folder))}
        if not refused:
            break
        expressions = [e for i, e in enumerate(expressions) if i not in refused]
    shown = json.loads(run(["terraform", "show", "-json", "plan"], folder) or "{}")
    planned = shown.get("planned_values", {}).get("outputs", {})
    typed = [(e, planned.get(f"e{i}", {}).get("type")) for i, e in enumerate(expressions)]
    return [(e, json.dumps(of)) for e, of in typed if of]


def record(questions: pathlib.Path) -> None:
    lines = questions.read_text().splitlines()
    expressions = [line for line in lines if line and not line.startswith("#")]
    answers: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(RECORDED / "context", folder, dirs_exist_ok=True)
        run(["terraform", "init"], folder)
        for start in range(0, len(expressions), TOGETHER):
            part = expressions[start : start + TOGETHER]
            together = ask(part, folder)
            if together is None:
                together = [(ask([e], folder) or ["error"])[0] for e in part]
            answers += together
        answered = [e for e, a in zip(expressions, answers, strict=True) if a != "error"]
        typed = types(answered, folder)
    questions.with_suffix(".types").write_text("".join(f"{e}\t{t}\n" for e, t in typed))
    rows = [f"{e}\t{a}\n" for e, a in zip(expressions, answers, strict=True)]
    questions.with_suffix(".tsv").write_text("".join(rows))


for file in sorted(RECORDED.glob("*.in")):
    record(file)
