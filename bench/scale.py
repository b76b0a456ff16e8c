"""Measures whether memory stays bounded and whether two threads are worth it.

    cargo build --release
    python3 bench/scale.py target/release/chancery [--documents 1000000]

Writes invented reports, codes 10,000 and DOCUMENTS of them with two threads, and prints the ratio of the peaks; then
codes the same longer texts with one thread to JSONL and with two to Parquet, and prints the ratio of the times, three
runs each in turn. Only ratios mean anything: they compare runs of one machine and one hour.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

STATES = ["Russia", "France", "Kenya", "Turkey", "Egypt", "Chile", "Poland", "India", "Japan", "Brazil"]
DEEDS = ["imposed sanctions on", "signed an agreement with", "recalled its ambassador from", "accused", "attacked",
         "praised", "held talks with", "expelled diplomats from"]


def report(chance, number, sentences):
    def sentence(n):
        who, whom = chance.sample(STATES, 2)
        return f"{who} {chance.choice(DEEDS)} {whom} on Monday, officials said in note {number}-{n}."
    return " ".join(sentence(n) for n in range(sentences))


def write(path, documents, sentences):
    chance = random.Random(1)
    with open(path, "w") as file:
        for number in range(documents):
            document = {"id": f"d{number}", "text": report(chance, number, sentences), "date": "2022-03-14"}
            file.write(json.dumps(document) + "\n")


def run(arguments):
    """Seconds and peak memory (KiB) of a command."""
    start = time.monotonic()
    child = subprocess.Popen(arguments)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(arguments)} ended with status {child.returncode}")
    return time.monotonic() - start, usage.ru_maxrss


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("chancery")
    parser.add_argument("--documents", type=int, default=1_000_000)
    options = parser.parse_args()
    code = [os.path.abspath(options.chancery), "code", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return os.path.join(folder, name)

        peaks = []
        for documents in (10_000, options.documents):
            write(path("in.jsonl"), documents, 1)
            peaks.append(run([*code, path("in.jsonl"), "--threads", "2", "-o", path("out.jsonl")])[1])
        print(f"peak memory: 10,000 documents {peaks[0] / 1024:.0f} MiB, {options.documents:,} documents "
              f"{peaks[1] / 1024:.0f} MiB, ratio {peaks[1] / peaks[0]:.2f}")

        write(path("in.jsonl"), 2_000, 25)
        one, two = [], []
        for _ in range(3):
            one.append(run([*code, path("in.jsonl"), "--all", "--threads", "1", "-o", path("out.jsonl")])[0])
            two.append(run([*code, path("in.jsonl"), "--all", "--threads", "2", "--format", "parquet",
                            "-o", path("out.parquet")])[0])
        ratios = sorted(a / b for a, b in zip(one, two))
        print(f"JSONL to Parquet with two threads: {ratios[1]:.2f} times as fast as one thread to JSONL "
              f"({ratios[0]:.2f} to {ratios[2]:.2f})")


if __name__ == "__main__":
    main()
