#!/usr/bin/env python3
"""Compares Chancery's language engine with spaCy, token by token and layer by layer.

    compare_with_spacy.py --model FOLDER [--command COMMAND] INPUT...

INPUT is JSONL with a "text" per line, or a plain text file. COMMAND is what annotates a JSONL file that is put
after it, by default `chancery parse --format jsonl`. Both run the same model. The exit status is 1 where a layer
agrees on fewer than 99.95 % of the tokens.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import spacy

TARGET = 99.95
LAYERS = ["boundaries", "tags", "pos", "morph", "lemmas", "heads", "labels", "sentence starts", "entities"]


def main():
    arguments = parse_arguments()
    texts = read_texts(arguments.inputs)[: arguments.limit]
    ours = run_engine(shlex.split(arguments.command), texts, arguments.model)
    nlp = spacy.load(arguments.model)
    agreement = Agreement()
    for number, (doc, record) in enumerate(zip(nlp.pipe(texts, batch_size=64), ours, strict=True)):
        agreement.add(number, from_spacy(doc), from_record(record), doc)
    agreement.explain(nlp, texts, arguments.show)
    agreement.print(len(texts))
    sys.exit(0 if agreement.is_enough() else 1)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="folder of the pipeline, the one with config.cfg")
    parser.add_argument("--command", default="chancery parse --format jsonl")
    parser.add_argument("--limit", type=int, default=None, help="texts to compare, all by default")
    parser.add_argument("--show", type=int, default=20, help="texts whose differences are shown")
    parser.add_argument("inputs", nargs="+", type=Path)
    return parser.parse_args()


def read_texts(paths):
    texts = []
    for path in paths:
        content = path.read_text(encoding="utf-8")
        if path.suffix in (".jsonl", ".ndjson"):
            records = (json.loads(line) for line in content.splitlines() if line.strip())
            texts += [record["text"] for record in records if record.get("text")]
        else:
            texts.append(content)
    return texts


def run_engine(command, texts, model):
    """What the engine makes of the texts, one record each."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": str(number), "text": text}) + "\n")
        file.flush()
        environment = {**os.environ, "CHANCERY_MODEL": str(model)}
        done = subprocess.run([*command, file.name], stdout=subprocess.PIPE, check=True, env=environment)
    # Not splitlines(): JSON leaves line separators such as U+2028 as they are.
    return [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]


def from_spacy(doc):
    """The layers of a spaCy document, each a list with one value per token."""
    spans = [(token.idx, token.idx + len(token)) for token in doc]
    return {
        "boundaries": spans,
        "tags": [token.tag_ for token in doc],
        "pos": [token.pos_ for token in doc],
        "morph": [str(token.morph) for token in doc],
        "lemmas": [token.lemma_ for token in doc],
        "heads": [spans[token.head.i] for token in doc],
        "labels": [token.dep_ for token in doc],
        "sentence starts": [bool(token.is_sent_start) for token in doc],
        "entities": [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    }


def from_record(record):
    """The same layers of one of our records; a layer that it lacks is None."""
    tokens = record["tokens"]
    spans = [(token["start"], token["end"]) for token in tokens]
    starts = {sentence["start"] for sentence in record["sentences"]}
    return {
        "boundaries": spans,
        "tags": [token["tag"] for token in tokens],
        "pos": [token["pos"] for token in tokens],
        "morph": [token["morph"] for token in tokens] if all("morph" in token for token in tokens) else None,
        "lemmas": [token["lemma"] for token in tokens],
        "heads": [spans[token["head"]] for token in tokens],
        "labels": [token["dep"] for token in tokens],
        "sentence starts": [start in starts for start, _ in spans],
        "entities": entity_marks(spans, record["entities"]),
    }


def entity_marks(spans, entities):
    marks = ["O"] * len(spans)
    for entity in entities:
        inside = [i for i, (start, end) in enumerate(spans) if start >= entity["start"] and end <= entity["end"]]
        for i in inside:
            marks[i] = f"{'B' if i == inside[0] else 'I'}-{entity['label']}"
    return marks


class Agreement:
    """Counts of tokens and of those on which a layer agrees, and the texts that differ."""

    def __init__(self):
        self.tokens = 0
        self.agreed = Counter()
        self.differing = {}
        self.lacking = set()
        self.entities = Counter()

    def add(self, number, theirs, ours, doc):
        """A token that is cut differently counts as a disagreement in every layer."""
        self.tokens += len(doc)
        self.lacking.update(layer for layer in LAYERS if ours[layer] is None)
        place = {span: i for i, span in enumerate(ours["boundaries"])}
        differences = []
        for i, span in enumerate(theirs["boundaries"]):
            j = place.get(span)
            for layer in LAYERS:
                if ours[layer] is None or (j is not None and theirs[layer][i] == ours[layer][j]):
                    self.agreed[layer] += 1
                else:
                    differences.append((layer, i, theirs[layer][i], None if j is None else ours[layer][j]))
        self.count_entities(theirs, ours)
        if differences:
            self.differing[number] = differences

    def count_entities(self, theirs, ours):
        expected, found = set(entity_spans(theirs)), set(entity_spans(ours))
        self.entities.update(expected=len(expected), found=len(found), both=len(expected & found))

    def explain(self, nlp, texts, show):
        """Shows differences. Only the first of a text and layer is a cause; the others may follow from it."""
        for number, differences in list(self.differing.items())[:show]:
            doc = nlp(texts[number])
            seen = Counter(layer for layer, *_ in differences)
            print(f"text {number}: {len(doc)} tokens; differing: {dict(seen)}")
            for layer in LAYERS:
                first = next((d for d in differences if d[0] == layer), None)
                if first:
                    print(f"  {layer}: {describe(nlp, doc, *first)}")

    def print(self, texts):
        print(f"{texts} texts, {self.tokens} tokens, {len(self.differing)} texts differ")
        for layer in LAYERS:
            if layer in self.lacking:
                print(f"  {layer:16} not in our records")
                continue
            wrong = self.tokens - self.agreed[layer]
            print(f"  {layer:16} {self.percent(layer):9.4f} %  ({wrong} differ)")
        both, expected, found = (self.entities[key] for key in ("both", "expected", "found"))
        print(f"  whole entities   {both} in both, {expected - both} only spaCy's, {found - both} only ours")

    def percent(self, layer):
        return 100 * self.agreed[layer] / self.tokens if self.tokens else 100.0

    def is_enough(self):
        return all(self.percent(layer) >= TARGET for layer in LAYERS)


def entity_spans(layers):
    spans = []
    for (start, end), mark in zip(layers["boundaries"], layers["entities"]):
        if mark.startswith("B-"):
            spans.append((start, end, mark[2:]))
        elif mark.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
    return spans


def describe(nlp, doc, layer, i, theirs, ours):
    context = " ".join(token.text for token in doc[max(0, i - 4) : i + 4])
    said = f"token {i} {doc[i].text!r}: spaCy {theirs!r}, ours {ours!r} in «{context}»"
    return f"{said}; {tag_margin(nlp, doc, i)}" if layer == "tags" and ours is not None else said


def tag_margin(nlp, doc, i):
    """How much better spaCy likes its tag than the second: a tiny margin is a tie that rounding decides."""
    tagger = nlp.get_pipe("tagger")
    blank = nlp.make_doc(doc.text)
    nlp.get_pipe("tok2vec")(blank)
    scores = sorted(float(score) for score in tagger.model.predict([blank])[0][i])
    return f"margin {scores[-1] - scores[-2]:.2g}"


if __name__ == "__main__":
    main()
