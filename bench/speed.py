#!/usr/bin/env python3
"""Compares the speed of Chancery's language engine with spaCy's, as a ratio.

    speed.py --model FOLDER --command COMMAND [--rounds N] INPUT...

COMMAND annotates a JSONL file, takes `--threads N` and says on standard error how many tokens it made in how many
seconds, as the example `annotate` does with `--quiet`:

    target/release/examples/annotate FOLDER --quiet

The contestants take turns, round after round, so that whatever else the machine does meets all of them. spaCy runs
`nlp.pipe` with all of the pipeline's components that are not disabled, in one process.
"""

import argparse
import json
import shlex
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import spacy

from compare_with_spacy import read_texts


def main():
    arguments = parse_arguments()
    texts = read_texts(arguments.inputs)[: arguments.limit]
    nlp = spacy.load(arguments.model)
    list(nlp.pipe(texts[:20]))
    command = shlex.split(arguments.command)
    contestants = {
        "spaCy": lambda: spacy_speed(nlp, texts),
        "ours, 1 thread": lambda: engine_speed(command, texts, 1),
        "ours, 2 threads": lambda: engine_speed(command, texts, 2),
    }
    speeds = {name: [] for name in contestants}
    for _ in range(arguments.rounds):
        for name, run in contestants.items():
            speeds[name].append(run())
    report(speeds)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="folder of the pipeline, the one with config.cfg")
    parser.add_argument("--command", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=None, help="texts to annotate, all by default")
    parser.add_argument("inputs", nargs="+", type=Path)
    return parser.parse_args()


def spacy_speed(nlp, texts):
    start = time.perf_counter()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    return tokens / (time.perf_counter() - start)


def engine_speed(command, texts, threads):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": str(number), "text": text}) + "\n")
        file.flush()
        done = subprocess.run([*command, "--threads", str(threads), file.name], capture_output=True, check=True)
    said = json.loads(done.stderr.decode().splitlines()[-1])
    return said["tokens"] / said["seconds"]


def report(speeds):
    slow = statistics.median(speeds["spaCy"])
    for name, measured in speeds.items():
        ratios = [ours / theirs for ours, theirs in zip(measured, speeds["spaCy"])]
        middle = statistics.median(measured)
        spread = f"{min(ratios):.1f} to {max(ratios):.1f} times"
        print(f"{name:16} {middle:9.0f} tokens/s  {middle / slow:5.1f} times spaCy ({spread} by round)")


if __name__ == "__main__":
    main()
