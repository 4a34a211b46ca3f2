#!/usr/bin/env python3
"""Says how much of real code aksnet understands.

    tools/accuracy.py --checkouts DIR [--bin target/release/aksnet] [--language terraform] [--update docs/accuracy.md]

DIR holds one folder a repository of tools/corpus.tsv, named OWNER+NAME, at the commit listed there. In each it runs `aksnet
show` and `aksnet check`, twice, and prints as Markdown: how many of the clusters' network values are set, default, absent or
unknown; how many clusters have every written value resolved; what is needed most; how the runs ended. A cluster that is
called from several places or with several var files counts once, in the context in which most is known. With --update the
text between the markers of the language in that file is replaced. Standard library only.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CLUSTER_VALUES = (
    "network_plugin network_plugin_mode network_policy network_data_plane pod_cidrs service_cidrs dns_service_ip "
    "load_balancer_sku outbound_type"
).split()
POOL_VALUES = ["node_count", "max_count", "max_pods"]
STATES = ["set", "default", "absent", "invalid", "unknown"]
# What Azure decides when nothing is written is no value that the code holds.
AZURE_CHOOSES = re.compile("Azure chooses")


def run(binary: str, folder: str, *arguments: str) -> tuple[int, bytes, bytes]:
    """Returns the exit code and both outputs of a run in a folder."""
    command = [binary, *arguments, "--format", "json", "."]
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
    return done.returncode, done.stdout, done.stderr


def facts(cluster: dict, subnets: dict) -> list[tuple[str, dict]]:
    """Returns the network values of a cluster, its pools and the subnets that they use."""
    values = [(name, cluster["values"][name]) for name in CLUSTER_VALUES]
    used = set()
    for pool in cluster["node_pools"]:
        values += [(name, pool["values"][name]) for name in POOL_VALUES]
        for link in ("vnet_subnet", "pod_subnet"):
            value = pool["values"].get(link, {"state": "absent"})
            values.append((link, value))
            if value["state"] == "set" and value.get("value") in subnets:
                used.add(value["value"])
    values += [("subnet prefixes", subnets[address]["prefixes"]) for address in sorted(used)]
    return values


def written(value: dict) -> bool:
    """Tells whether the code says something about a value, known or not."""
    if value["state"] == "unknown":
        return not AZURE_CHOOSES.search(value.get("because", ""))
    return value["state"] in ("set", "invalid")


def clusters(show: dict, language: str) -> list[list[tuple[str, dict]]]:
    """Returns the values of each cluster, in the context in which the fewest are unknown."""
    best: dict[tuple, list] = {}
    for cluster in show["clusters"]:
        if cluster["source"] != language:
            continue
        same = (cluster.get("root"), cluster.get("variant"))
        subnets = {s["address"]: s for s in show["subnets"] if (s.get("root"), s.get("variant")) == same}
        values = facts(cluster, subnets)
        place = cluster["location"]
        key = (place["file"], place["start"]["offset"])
        unknown = sum(value["state"] == "unknown" for _, value in values)
        if key not in best or unknown < best[key][0]:
            best[key] = (unknown, values)
    return [values for _, values in best.values()]


def need(undecided: dict) -> str:
    """Returns what is needed, without the modules around it."""
    name = undecided.get("needs") or undecided["because"]
    return re.sub(r'^(module\.[^.\[]+(\[[^\]]*\])?\.)+', "", name)


def percent(part: int, whole: int) -> str:
    """Returns a share for a table."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def report(binary: str, repositories: list[list[str]], checkouts: str, language: str) -> str:
    """Runs aksnet over the repositories and returns the Markdown."""
    states: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    needs, exits, missing = collections.Counter(), collections.Counter(), []
    whole = total = said = known = 0
    because: collections.Counter = collections.Counter()
    for repository, commit, *_ in repositories:
        folder = os.path.join(checkouts, repository.replace("/", "+"))
        if not os.path.isdir(folder):
            missing.append(repository)
            continue
        show, again = (run(binary, folder, "show") for _ in range(2))
        check, once_more = (run(binary, folder, "check", "--as-of", "2026-11-22") for _ in range(2))
        if show != again or check != once_more:
            sys.exit(f"{repository}: two runs differ")
        exits[check[0]] += 1
        if check[0] not in (0, 1, 2) or b"panicked" in show[2] + check[2]:
            sys.exit(f"{repository}: exit code {check[0]}\n{check[2].decode(errors='replace')}")
        for entry in json.loads(check[1])["undecided"] if check[1] else []:
            needs[need(entry)] += 1
        for values in clusters(json.loads(show[1]), language) if show[1] else []:
            total += 1
            whole += not any(value["state"] == "unknown" and written(value) for _, value in values)
            for name, value in values:
                states[name][value["state"]] += 1
                said += written(value)
                known += written(value) and value["state"] == "set"
                if value["state"] == "unknown":
                    because[re.sub(r'[\w."\[\]-]*\.[\w."\[\]-]+|"[^"]*"', "…", value["because"])] += 1
    lines = [f"{total} clusters in {len(repositories) - len(missing)} repositories."]
    if missing:
        lines.append(f"Not checked out: {', '.join(missing)}.")
    lines += [
        "",
        f"- Values that the code says something about: {said}; resolved: {known} = **{percent(known, said)}**.",
        f"- Clusters with every such value resolved: {whole} of {total} = **{percent(whole, total)}**.",
        "- Exit codes of `check`: " + ", ".join(f"{code} in {count}" for code, count in sorted(exits.items())) + ". No panic; two runs are byte for byte the same.",
        "",
        "| value | " + " | ".join(STATES) + " | resolved |",
        "| --- |" + " ---: |" * (len(STATES) + 1),
    ]
    for name in [*CLUSTER_VALUES, *POOL_VALUES, "vnet_subnet", "pod_subnet", "subnet prefixes"]:
        counts = states[name]
        row = " | ".join(str(counts[state]) for state in STATES)
        lines.append(f"| {name} | {row} | {percent(sum(counts.values()) - counts['unknown'], sum(counts.values()))} |")
    lines += ["", "The ten reasons why values are unknown:", "", "| reason | values |", "| --- | ---: |"]
    lines += [f"| {reason} | {count} |" for reason, count in sorted(because.items(), key=lambda i: (-i[1], i[0]))[:10]]
    lines += ["", "The ten commonest needs (what keeps most rules undecided):", "", "| need | rules undecided |", "| --- | ---: |"]
    lines += [f"| `{name}` | {count} |" for name, count in sorted(needs.items(), key=lambda i: (-i[1], i[0]))[:10]]
    return "\n".join(lines) + "\n"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--checkouts", required=True)
    arguments.add_argument("--bin", default="target/release/aksnet")
    arguments.add_argument("--language", default="terraform", choices=["terraform", "bicep", "arm"])
    arguments.add_argument("--update")
    options = arguments.parse_args()
    with open(os.path.join(HERE, "corpus.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    chosen = [row for row in rows if options.language in row[2].split(",")]
    text = report(os.path.abspath(options.bin), chosen, options.checkouts, options.language)
    if not options.update:
        print(text, end="")
        return
    begin, end = (f"<!-- {options.language}: {word} -->\n" for word in ("begin", "end"))
    with open(options.update, encoding="utf-8") as file:
        old = file.read()
    head, rest = old.split(begin)
    with open(options.update, "w", encoding="utf-8") as file:
        file.write(head + begin + text + end + rest.split(end)[1])


if __name__ == "__main__":
    main()
