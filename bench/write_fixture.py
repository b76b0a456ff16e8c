#!/usr/bin/env python3
"""Writes spaCy's answers for the texts of the engine's fixture.

    write_fixture.py --model FOLDER [--fixture FOLDER]

For each `NAME.txt` it writes `NAME.tsv`: one line per token with first byte, byte after the last, tag, part of
speech, morphology, lemma, offset of the head, label, whether a sentence starts, entity mark. Lemmas are JSON
strings, for they may hold line breaks.
"""

import argparse
import json
from pathlib import Path

import spacy

FIXTURE = Path(__file__).parent.parent / "crates/language/tests/fixture"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="folder of the pipeline, the one with config.cfg")
    parser.add_argument("--fixture", type=Path, default=FIXTURE)
    arguments = parser.parse_args()
    nlp = spacy.load(arguments.model)
    tokens = 0
    for path in sorted(arguments.fixture.glob("*.txt")):
        doc = nlp(path.read_bytes().decode("utf-8"))
        tokens += len(doc)
        path.with_suffix(".tsv").write_text("".join(f"{row(token)}\n" for token in doc), encoding="utf-8")
    print(f"{tokens} tokens")


def row(token):
    start = len(token.doc.text[: token.idx].encode("utf-8"))
    entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
    cells = [
        start,
        start + len(token.text.encode("utf-8")),
        token.tag_,
        token.pos_,
        str(token.morph) or "_",
        json.dumps(token.lemma_, ensure_ascii=False),
        token.head.i - token.i,
        token.dep_,
        int(bool(token.is_sent_start)),
        entity,
    ]
    return "\t".join(str(cell) for cell in cells)


if __name__ == "__main__":
    main()
