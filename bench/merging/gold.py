#!/usr/bin/env python3
"""Turns the marked stories into gold documents of merged events, and checks them.

    python3 gold.py stories.txt > stories.jsonl     # one document a line
    python3 gold.py stories.txt --counts            # what the set holds, as a table

In the stories, `## story` opens a story and `# id | date | source` a document; lines of a paragraph are
joined, a blank line parts paragraphs. A mention is marked in place: `{{KEY EVENT [traps]| words}}`.
Exit status: 0 written; 2 the stories break a rule, each breach told on standard error.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from datetime import date

CATEGORIES = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
                 "SANCTION MOBILIZE COERCE ASSAULT".split())
YIELD = {"CONCEDE", "RETREAT"}  # count as one category
TOGETHER = set("death-toll place-nesting metonym late-report retold-background passive who-differs within-document "
               "date-granularity category-shade".split())
APART = set("two-strikes next-day reciprocal round-two anniversary announced-vs-done denied third-party same-codes "
            "other-capital".split())
LONGEST = 299  # characters of evidence
MARK = re.compile(r"\{\{(?P<key>[a-z0-9-]+) (?P<event>[A-Z]+)(?: \[(?P<traps>[^\]]*)\])?\|\s*(?P<words>[^{}]*?)\s*\}\}")


# --- reading -------------------------------------------------------------------------------------

def read(path):
    """Documents with their marked text, in order."""
    documents, story = [], None
    with open(path, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("## "):
                story = line[3:].split(":")[0].strip()
            elif line.startswith("# "):
                documents.append(header(line, story))
            elif documents:
                documents[-1]["lines"].append(line.strip())
    return documents


def header(line, story):
    fields = [field.strip() for field in line[2:].split("|")]
    identity, day, source = fields if len(fields) == 3 else (line, "", "")
    return {"id": identity, "date": day, "source": source, "story": story, "lines": []}


def marked_text(lines):
    paragraphs = "\n".join(lines).strip().split("\n\n")
    return "\n\n".join(" ".join(p.split()) for p in paragraphs if p.strip())


def gold(document):
    """The document as the scorer reads it: marks taken out, mentions with offsets in code points."""
    marked, text, mentions, at = marked_text(document["lines"]), "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at:mark.start()]
        mentions.append(mention(mark, len(text)))
        text, at = text + mark["words"], mark.end()
    text += marked[at:]
    return {"id": document["id"], "text": text, "date": document["date"], "source": document["source"],
            "story": document["story"], "mentions": mentions}


def mention(mark, start):
    return {"start": start, "end": start + len(mark["words"]), "evidence": mark["words"], "event": mark["event"],
            "event_key": mark["key"], "traps": (mark["traps"] or "").split()}


# --- checking ------------------------------------------------------------------------------------

def breaches(documents):
    """What breaks a rule, as sentences."""
    keys = by_key(documents)
    yield from document_breaches(documents)
    yield from key_breaches(keys)
    for document in documents:
        for m in document["mentions"]:
            for trouble in mention_breaches(m, keys):
                yield f"{document['id']}: {m['event_key']}: {trouble}"


def by_key(documents):
    keys = defaultdict(list)
    for document in documents:
        for m in document["mentions"]:
            keys[m["event_key"]].append((document, m))
    return keys


def document_breaches(documents):
    for identity, n in Counter(d["id"] for d in documents).items():
        if n > 1:
            yield f"{identity}: {n} documents have this id"
    for story, n in Counter(d["story"] for d in documents).items():
        if not 2 <= n <= 4:
            yield f"story {story}: {n} documents; a story has two to four"
    for document in documents:
        if not is_date(document["date"]) or not document["source"]:
            yield f"{document['id']}: the header is not `# id | YYYY-MM-DD | source`"
        if re.search(r"\{\{|\}\}", document["text"]):
            yield f"{document['id']}: a mark is nested or not `{{{{KEY EVENT [traps]| words}}}}`"


def is_date(text):
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def key_breaches(keys):
    for key, found in keys.items():
        if len({root(m["event"]) for _, m in found}) > 1:
            yield f"{key}: an event has one category"
        if len({d["story"] for d, _ in found}) > 1:
            yield f"{key}: an event belongs to one story"


def root(event):
    return "YIELD" if event in YIELD else event


def mention_breaches(m, keys):
    if m["event"] not in CATEGORIES:
        yield f"{m['event']} is no PLOVER category"
    if not 0 < len(m["evidence"]) <= LONGEST:
        yield f"evidence of {len(m['evidence'])} characters; 1 to {LONGEST} are allowed"
    for trap in m["traps"]:
        name, at, other = trap.partition("@")
        if name not in (APART if at else TOGETHER):
            yield f"no trap {trap!r}; kept together: NAME, kept apart: NAME@OTHERKEY"
        if at and (other not in keys or other == m["event_key"]):
            yield f"trap {trap!r} names no other event"
        if not at and len(keys[m["event_key"]]) < 2:
            yield f"trap {trap!r}: the event is told only once"


# --- counting ------------------------------------------------------------------------------------

def counts(documents):
    """Lines of a Markdown table."""
    keys = by_key(documents)
    mentions = [m for d in documents for m in d["mentions"]]
    rows = [("stories", len({d["story"] for d in documents})), ("documents", len(documents)),
            ("mentions", len(mentions)), ("events", len(keys)),
            ("events told more than once", sum(len(found) > 1 for found in keys.values()))]
    rows += sorted(Counter(m["event"] for m in mentions).items())
    table = ["| what | number |", "|---|---|"] + [f"| {name} | {n} |" for name, n in rows]
    return table + ["", "| trap | mentions that name it | events | pairs |", "|---|---|---|---|"] + trap_rows(mentions)


def trap_rows(mentions):
    named, events, pairs = Counter(), defaultdict(set), defaultdict(set)
    for i, m in enumerate(mentions):
        for trap in m["traps"]:
            name, at, other = trap.partition("@")
            kind = ("apart" if at else "together", name)
            named[kind] += 1
            events[kind].add(m["event_key"])
            pairs[kind] |= {(min(i, j), max(i, j)) for j, n in enumerate(mentions)
                            if j != i and n["event_key"] == (other or m["event_key"])}
    return [f"| kept {kind[0]}: {kind[1]} | {n} | {len(events[kind])} | {len(pairs[kind])} |"
            for kind, n in sorted(named.items(), reverse=True)]


def main(path, *options):
    documents = [gold(document) for document in read(path)]
    troubles = list(breaches(documents))
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    if troubles:
        sys.exit(2)
    lines = counts(documents) if "--counts" in options else (json.dumps(d, ensure_ascii=False) for d in documents)
    print("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
