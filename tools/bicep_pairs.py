#!/usr/bin/env python3
"""Compares what aksnet makes of Bicep files with what it makes of the JSON that Bicep's own compiler made of them.

    bicep_pairs.py --bin target/release/aksnet --checkouts DIR [-v]

DIR holds one folder for each repository. A pair is X.bicep and X.json (or main.bicep and azuredeploy.json) of which the JSON
names Bicep as its generator and speaks of a cluster or a VNet, and that calls no module of a registry: only the compiler had
its code. Parameter files are left out, so that both have the same
parameters: none. Clusters, pools, subnets and VNets are compared by all their values, known and unknown alike. Prints one line
for each pair that differs, and the share of those that do not. Standard library only.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

WORDS = ("microsoft.containerservice/managedclusters", "microsoft.network/virtualnetworks")
KINDS = ("clusters", "subnets", "virtual_networks")


def pairs(checkout):
    """(bicep, json) of a checkout, as paths below it."""
    for folder, below, files in os.walk(checkout):
        below[:] = sorted(d for d in below if d != ".git")
        for name in sorted(files):
            if not name.endswith(".json"):
                continue
            source = name[:-5] + ".bicep"
            if source not in files and name == "azuredeploy.json":
                source = "main.bicep"
            if source not in files:
                continue
            path = os.path.join(folder, name)
            text = open(path, encoding="utf-8-sig", errors="replace").read()
            if '"_generator"' not in text or not any(word in text.lower() for word in WORDS):
                continue
            if not calls_remote(os.path.join(folder, source), set()):
                yield os.path.relpath(os.path.join(folder, source), checkout), os.path.relpath(path, checkout)


def calls_remote(path, seen):
    """Whether a file, or one that it calls, calls a module whose code only the compiler had."""
    if path in seen or not os.path.isfile(path):
        return False
    seen.add(path)
    text = open(path, encoding="utf-8-sig", errors="replace").read()
    found = re.findall(r"^\s*module\s+\w+\s+'([^']+)'", text, re.MULTILINE)
    if any(address.startswith(("br:", "br/", "ts:", "ts/")) for address in found):
        return True
    folder = os.path.dirname(path)
    return any(calls_remote(os.path.normpath(os.path.join(folder, address)), seen) for address in found)


def copy(checkout, into, wanted):
    """Copies the files whose path is wanted."""
    for folder, below, files in os.walk(checkout):
        below[:] = [d for d in below if d != ".git"]
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), checkout)
            if wanted(path) and os.path.isfile(os.path.join(folder, name)):
                target = os.path.join(into, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copyfile(os.path.join(folder, name), target)


def show(binary, folder, path):
    command = [binary, "show", "--format", "json", "--isolated", path]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return None


def plain(value, names):
    """A value without places: its state, and what it is."""
    if not isinstance(value, dict) or "state" not in value:
        return value
    what = value.get("value")
    if isinstance(what, str):
        what = names.get(what, what)
    if value["state"] == "unknown":
        return ("unknown",)
    return (value["state"], json.dumps(what, sort_keys=True))


def described(entity, names):
    values = {key: plain(value, names) for key, value in entity.get("values", {}).items()}
    for pool in entity.get("node_pools", []):
        name = plain(pool["values"].get("name"), names)
        for key, value in pool["values"].items():
            values[f"pool {name} {key}"] = plain(value, names)
    for key in ("prefixes", "vnet", "address_space"):
        if key in entity:
            values[key] = plain(entity[key], names)
    return values


def entities(shown, path):
    """The entities of the design whose root is the file, without their addresses."""
    names = {}
    for kind in KINDS:
        for entity in (e for e in shown.get(kind, []) if e.get("root") == path):
            last = entity["address"].split('["')[-1] if '["' in entity["address"] else kind
            names[entity["address"]] = last
    result = {}
    for kind in KINDS:
        own = [e for e in shown.get(kind, []) if e.get("root") == path]
        result[kind] = sorted((described(e, names) for e in own), key=lambda d: json.dumps(d, sort_keys=True, default=str))
    return result


def differences(bicep, arm):
    for kind in KINDS:
        if len(bicep[kind]) != len(arm[kind]):
            yield f"{len(bicep[kind])} {kind} and {len(arm[kind])}"
            continue
        for one, other in zip(bicep[kind], arm[kind]):
            for key in sorted(set(one) | set(other)):
                if one.get(key) != other.get(key):
                    yield f"{kind} {key}: {one.get(key)} and {other.get(key)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--checkouts", required=True)
    parser.add_argument("-v", action="store_true", help="all differences of a pair, not the first alone")
    parser.add_argument("--only")
    options = parser.parse_args()
    binary = os.path.abspath(options.bin)
    all_pairs = same = empty = 0
    for repository in sorted(os.listdir(options.checkouts)):
        checkout = os.path.join(options.checkouts, repository)
        if not os.path.isdir(checkout) or (options.only and options.only not in repository):
            continue
        found = list(pairs(checkout))
        if not found:
            continue
        compiled = {path for _, path in found}
        with tempfile.TemporaryDirectory() as source, tempfile.TemporaryDirectory() as output:
            is_source = lambda path: path.endswith(".bicep") or (
                path.endswith((".json", ".jsonc", ".yaml", ".yml", ".txt")) and ".param" not in path and path not in compiled)
            copy(checkout, source, is_source)
            # A copy beside the file is called by nobody, so that it is judged by itself.
            alone = {bicep: bicep[:-6] + ".alone.bicep" for bicep, _ in found}
            for number, (bicep, arm) in enumerate(found):
                shutil.copyfile(os.path.join(checkout, bicep), os.path.join(source, alone[bicep]))
                os.makedirs(os.path.join(output, str(number)))
                shutil.copyfile(os.path.join(checkout, arm), os.path.join(output, str(number), "main.json"))
            sources, outputs = show(binary, source, "."), show(binary, output, ".")
            if sources is None or outputs is None:
                print(f"{repository}: no JSON from show")
                continue
            for number, (bicep, arm) in enumerate(found):
                all_pairs += 1
                left, right = entities(sources, alone[bicep]), entities(outputs, f"{number}/main.json")
                if not any(left.values()) and not any(right.values()):
                    empty += 1
                    continue
                wrong = list(differences(left, right))
                same += not wrong
                if wrong:
                    print(f"{repository} {bicep}: {len(wrong)} differences")
                    for line in wrong if options.v else wrong[:2]:
                        print("   ", line)
    judged = all_pairs - empty
    share = 100 * same / judged if judged else 0
    print(f"{all_pairs} pairs, {empty} without an entity of their own; the same: {same} of {judged} ({share:.1f} %)")


if __name__ == "__main__":
    sys.exit(main())
