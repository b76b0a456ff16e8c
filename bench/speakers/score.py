"""Scores whom `chancery annotate --layers quotes` takes for the speaker of direct quotations.

    python3 score.py GOLD.jsonl OUTPUT.jsonl [labels.tsv]

`labels.tsv` holds offsets only: of the quotation's first piece, and of the words that name its speaker
best; a document is known by the first 12 hex digits of the SHA-256 of its text. A speaker is right whose
words overlap the labelled ones or end in the same word.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path


def pieces(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def flat(quotes):
    for quote in quotes:
        yield quote
        yield from flat(quote.get("quotes", []))


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def covering(quotes, content):
    """The attribution that holds most of the quotation, the outermost if several hold the same."""
    best, most = None, 0
    for quote in flat(quotes):
        shared = sum(overlap((p["start"], p["end"]), content) for p in pieces(quote["content"]))
        if shared > most:
            best, most = quote, shared
    return best


def last_word(text):
    words = [w.strip(".,'’\"()") for w in text.casefold().replace("’s", "").replace("'s", "").split()]
    return words[-1] if words else ""


def is_right(text, speaker, label):
    if speaker is None:
        return label[0] < 0
    same_place = overlap((speaker["start"], speaker["end"]), label) > 0
    name = last_word(text[label[0]:label[1]])
    return same_place or name in {last_word(speaker["name"] or ""), last_word(speaker["text"])}


def main():
    gold = {hashlib.sha256(d["text"].encode()).hexdigest()[:12]: d for d in map(json.loads, open(sys.argv[1]))}
    output = {d["id"]: d for d in map(json.loads, open(sys.argv[2]))}
    labels = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).with_name("labels.tsv")
    right = total = 0
    for row in csv.DictReader(open(labels), delimiter="\t"):
        document = gold[row["document"]]
        content = int(row["content_start"]), int(row["content_end"])
        label = int(row["speaker_start"]), int(row["speaker_end"])
        quote = covering(output[document["id"]]["quotes"], content)
        speaker = quote and quote.get("speaker")
        total += 1
        if is_right(document["text"], speaker, label):
            right += 1
        else:
            print(f"{row['document']} {content[0]}: wanted {label}, came {speaker and (speaker['start'], speaker['end'])}")
            if "-v" in sys.argv:
                t = document["text"]
                print("   ", t[content[0]:content[1]][:60], "| want", t[label[0]:label[1]], "| got", speaker and (speaker["text"], speaker["name"], speaker.get("inferred")), "| src", quote and quote["source"] and t[quote["source"]["start"]:quote["source"]["end"]])
    print(f"speaker right: {right} of {total}")


if __name__ == "__main__":
    main()
