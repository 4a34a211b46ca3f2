#!/usr/bin/env python3
"""Shows that time and memory grow with the size of the input and no faster.

    tools/scale.py [--bin target/release/aksnet] [--copies 10,100,1000]

Copies the example project side by side, runs `aksnet check` over the copies, and prints time and peak memory for each number,
absolute and per copy. Exits 1 when a copy costs more than twice as much among the most as among the next fewer, where the
cost of the start is already spread over many.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(HERE, "..", "fixtures", "terraform", "example")


def measure(binary: str, folder: str) -> tuple[float, int]:
    """Returns seconds (the best of three) and the peak memory in KiB (the worst of three; as Linux counts it)."""
    best, peak = float("inf"), 0
    for _ in range(3):
        start = time.perf_counter()
        process = subprocess.Popen([binary, "check", "--format", "json", "."], cwd=folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        best = min(best, time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss)
        if os.waitstatus_to_exitcode(status) != 1:
            sys.exit(f"unexpected exit code {os.waitstatus_to_exitcode(status)}")
    return best, peak


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--bin", default="target/release/aksnet")
    arguments.add_argument("--copies", default="10,100,1000")
    options = arguments.parse_args()
    binary = os.path.abspath(options.bin)
    rows = []
    print("copies  seconds  ms per copy  peak MiB  KiB per copy")
    for copies in map(int, options.copies.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            for index in range(copies):
                shutil.copytree(EXAMPLE, os.path.join(folder, f"project{index:04}"))
            seconds, peak = measure(binary, folder)
        rows.append((seconds / copies, peak / copies))
        print(f"{copies:6}  {seconds:7.3f}  {seconds * 1000 / copies:11.3f}  {peak / 1024:8.1f}  {peak / copies:12.1f}")
    few, many = rows[-2:] if len(rows) > 1 else rows * 2
    if any(more > 2 * less for less, more in zip(few, many, strict=True)):
        sys.exit("it grows faster than the input")


if __name__ == "__main__":
    main()
