#!/usr/bin/env python3
"""Compares the Bicep parser with the compiler's own baselines.

    tools/bicep_baselines.py CHECKOUT_OF_AZURE_BICEP [MORE_FOLDERS...]

For each `main.bicep` beside a `main.tokens.bicep` and `main.syntax.bicep` it prints whether the places of all tokens are the
compiler's, and how many places of our expressions are those of no node of the compiler's tree. Then it parses every .bicep and
.bicepparam below all folders and lists those that do not parse; of the compiler's own samples only valid ones count. Needs
`cargo build --release --example bicep_spans`. Standard library only.
"""
import glob
import os
import re
import subprocess
import sys

PLACE = re.compile(r"^//@\[(\d+):(\d+)\) (.*)$")
BINARY = "target/release/examples/bicep_spans"


def baseline(path: str) -> list[tuple[int, int, str]]:
    """Returns the places and names of a baseline: offsets count from the beginning of the line above the comments."""
    found, at, line_start = [], 0, 0
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    for line in re.findall(r"[^\n]*\n|[^\n]+$", text):
        match = PLACE.match(line.rstrip("\r\n"))
        if match:
            found.append((line_start + int(match[1]), line_start + int(match[2]), match[3]))
        else:
            line_start = at
            at += len(line)
    return found


def ours(paths: list[str]) -> dict[str, dict[str, list]]:
    """Returns what our parser says of each file."""
    result: dict[str, dict[str, list]] = {}
    for begin in range(0, len(paths), 200):
        binary = os.environ.get("BICEP_SPANS", BINARY)
        done = subprocess.run([binary, *paths[begin : begin + 200]], capture_output=True, text=True, check=True)
        current: dict[str, list] = {}
        for line in done.stdout.splitlines():
            kind, *rest = line.split("\t")
            if kind == "file":
                current = result.setdefault(rest[0], {"token": [], "node": [], "trouble": []})
            elif kind in current:
                current[kind].append((int(rest[0]), int(rest[1]), *rest[2:]))
    return result


def main() -> None:
    folders = sys.argv[1:] or sys.exit(__doc__)
    pairs = sorted(glob.glob(os.path.join(folders[0], "**", "main.tokens.bicep"), recursive=True))
    sources = [path.replace(".tokens.", ".") for path in pairs]
    sources = [path for path in sources if open(path, "rb").read().isascii()]
    parsed = ours(sources)
    same = nodes = strange = 0
    for path in sources:
        expected = [(a, b) for a, b, _ in baseline(path.replace("main.bicep", "main.tokens.bicep"))]
        got = parsed[path]
        if expected == got["token"]:
            same += 1
        else:
            first = next((pair for pair in zip(expected, got["token"]) if pair[0] != pair[1]), "length")
            print(f"tokens differ: {path}: {first}")
        if "Invalid" in path:
            continue
        tree = {(a, b) for a, b, _ in baseline(path.replace("main.bicep", "main.syntax.bicep"))}
        text = open(path, encoding="utf-8", newline="").read()
        nodes += len(got["node"])
        for start, end in got["node"]:
            if (start, end) not in tree:
                strange += 1
                if os.environ.get("VERBOSE"):
                    print(f"no such node: {path}: {text[start:end][:80]!r}")
    print(f"tokens: {same} of {len(sources)} files alike")
    print(f"tree: {strange} of {nodes} expressions have the place of no node")
    files = []
    for folder in folders:
        for ending in ("bicep", "bicepparam"):
            files += glob.glob(os.path.join(folder, "**", f"*.{ending}"), recursive=True)
    baselines = re.compile(r"(main|parameters)\.\w+\.bicep(param)?$")
    files = sorted({path for path in files if "Invalid" not in path and not baselines.search(path)})
    parsed = ours(files)
    refused = [path for path in files if parsed[path]["trouble"]]
    for path in refused:
        print(f"refused: {path}: {parsed[path]['trouble'][0]}")
    print(f"parsed: {len(files) - len(refused)} of {len(files)} files")


if __name__ == "__main__":
    main()
