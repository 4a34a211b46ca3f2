#!/usr/bin/env python3
"""Record what Terraform plans for each folder of fixtures/recorded/configurations, in a .json file beside it.

Holds the outputs with type and value, and `input` and `triggers_replace` of each terraform_data; what is not known before
apply is the text `(unknown)`. A configuration that Terraform refuses has the heads of its errors instead. A file `arguments`
holds arguments of `terraform plan`, one a line. Needs `terraform` 1.11 on the path and no provider.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CONFIGURATIONS = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "recorded" / "configurations"
UNKNOWN = "(unknown)"
ATTRIBUTES = ["input", "triggers_replace"]


def terraform(folder: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run Terraform without the user's settings."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TF_")}
    environment["TF_CLI_CONFIG_FILE"] = os.devnull
    command = ["terraform", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def merge(value, unknown):
    """Return the value with the parts that are not known in their places."""
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict):
        value = value or {}
        return {key: merge(value.get(key), unknown.get(key)) for key in sorted({*value, *unknown})}
    if isinstance(unknown, list):
        return [merge(*pair) for pair in zip(value, unknown, strict=True)]
    return value


def outputs(plan: dict) -> dict:
    """Return the outputs: their type and value, or that they are not known as a whole."""
    planned = plan["planned_values"].get("outputs", {})
    result = {}
    for name, change in plan.get("output_changes", {}).items():
        output = planned.get(name, {})
        if change["after_unknown"]:
            result[name] = {"value": merge(change.get("after"), change["after_unknown"])}
        else:
            result[name] = {"type": output.get("type", "dynamic"), "value": output.get("value")}
    return result


def resources(plan: dict) -> dict:
    """Return the attributes of all terraform_data that are in the code."""
    result = {}
    for resource in plan.get("resource_changes", []):
        change = resource["change"]
        if resource["mode"] != "managed" or change["after"] is None:
            continue
        after, unknown, sensitive = change["after"], change["after_unknown"], change["after_sensitive"]
        attributes = {
            name: merge(after.get(name), unknown.get(name))
            for name in ATTRIBUTES
            if after.get(name) is not None or unknown.get(name)
        }
        record = {"attributes": attributes}
        marks = {name: sensitive[name] for name in ATTRIBUTES if sensitive and sensitive.get(name)}
        if marks:
            record["sensitive"] = marks
        result[resource["address"]] = record
    return result


def plan(folder: pathlib.Path) -> dict:
    """Return what Terraform says of a configuration."""
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        arguments = folder / "arguments"
        more = arguments.read_text().splitlines() if arguments.exists() else []
        steps = [["init", "-backend=false", "-input=false"], ["plan", "-input=false", "-out=plan", *more]]
        for step in steps:
            done = terraform(copy, *step[:1], "-no-color", *step[1:])
            if done.returncode:
                return {"refused": sorted(set(re.findall(r"Error: (.+)", done.stderr)))}
        shown = json.loads(terraform(copy, "show", "-json", "plan").stdout)
    return {"outputs": outputs(shown), "resources": resources(shown)}


wanted = sys.argv[1:]
for configuration in sorted(path for path in CONFIGURATIONS.iterdir() if path.is_dir()):
    if not wanted or configuration.name in wanted:
        record = json.dumps(plan(configuration), indent=1, sort_keys=True, ensure_ascii=False)
        configuration.with_suffix(".json").write_text(record + "\n")
