-- The first form of a store. Days are ISO 8601 texts; `*_day` columns count days from 1970-01-01, so that spans can be
-- compared. Offsets are code points into the document's text, end exclusive; SQLite's substr counts the same way.

-- Documents as they were coded.
CREATE TABLE document (
    id          INTEGER PRIMARY KEY,
    document    TEXT NOT NULL UNIQUE,   -- the identifier it came with
    title       TEXT,
    date        TEXT,                   -- day of publication
    url         TEXT,
    source      TEXT,                   -- outlet
    lang        TEXT,
    author      TEXT,
    text        TEXT NOT NULL,
    fingerprint INTEGER NOT NULL,       -- of all that was read and of the coder: the same means that nothing is to be done
    story       BLOB NOT NULL           -- sketch of its content words, by which reports are compared
);

-- Its sentences; `sentence_words` is their full-text index, by the same id.
CREATE TABLE sentence (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    number   INTEGER NOT NULL,          -- from 0
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL
);
CREATE UNIQUE INDEX sentence_by_document ON sentence (document, number);
CREATE VIRTUAL TABLE sentence_words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

-- Merged events.
CREATE TABLE event (
    id              INTEGER PRIMARY KEY,
    event           TEXT NOT NULL UNIQUE,   -- the identifier that is written
    category        TEXT NOT NULL,
    mode            TEXT NOT NULL,          -- joined by ", "
    context         TEXT NOT NULL,          -- joined by ", "
    cameo           TEXT NOT NULL,
    quad            INTEGER NOT NULL,
    scale           REAL NOT NULL,
    goldstein       REAL NOT NULL,
    status          TEXT NOT NULL,
    standing        TEXT NOT NULL,          -- deed, claim, future, hypothetical, negated
    date_start      TEXT,
    date_end        TEXT,
    granularity     TEXT,
    place           TEXT,
    country         TEXT,                   -- of the place
    geonameid       INTEGER,
    confidence      REAL NOT NULL,
    reports         INTEGER NOT NULL,
    documents       INTEGER NOT NULL,
    sources         INTEGER NOT NULL,
    best            INTEGER NOT NULL,       -- the report that tells it best
    record          TEXT NOT NULL           -- the record as JSON
);
CREATE INDEX event_by_date ON event (date_start, event);
CREATE INDEX event_by_category ON event (category, date_start);

-- Coded mentions.
CREATE TABLE report (
    id         INTEGER PRIMARY KEY,
    report     TEXT NOT NULL,               -- the identifier that is written
    anchor     TEXT NOT NULL UNIQUE,        -- a name that outlives a change of rules
    document   INTEGER NOT NULL REFERENCES document (id),
    sentence   INTEGER NOT NULL,
    event      INTEGER REFERENCES event (id),   -- null while it waits to be merged
    linked     INTEGER NOT NULL DEFAULT 0,  -- whether it was compared with others
    kind       TEXT NOT NULL,               -- category and sort: only reports of one kind are compared
    first_day  INTEGER,                     -- days that another report of the same event may share
    last_day   INTEGER,
    category   TEXT NOT NULL,
    cameo      TEXT NOT NULL,
    status     TEXT NOT NULL,
    date_start TEXT,
    confidence REAL NOT NULL,
    record     TEXT NOT NULL                -- the record as JSON
);
CREATE INDEX report_by_document ON report (document);
CREATE INDEX report_by_event ON report (event);
CREATE INDEX report_by_kind ON report (kind, first_day) WHERE last_day - first_day <= 45;
CREATE INDEX report_long ON report (kind) WHERE last_day - first_day > 45;
CREATE INDEX report_waiting ON report (kind) WHERE linked = 0;
CREATE INDEX report_by_id ON report (report);

-- Who is in an event, once for each code, sector and entity on each side.
CREATE TABLE event_party (
    event  INTEGER NOT NULL REFERENCES event (id),
    side   TEXT NOT NULL,                   -- actor, recipient
    code   TEXT,
    sector TEXT,
    actor  TEXT                             -- actor.actor
);
CREATE INDEX event_party_by_event ON event_party (event);
CREATE INDEX event_party_by_actor ON event_party (actor) WHERE actor IS NOT NULL;
CREATE INDEX event_party_by_code ON event_party (code, event);

-- Who acts on whom, once for each pair of codes of an event.
CREATE TABLE dyad (
    a         TEXT NOT NULL,                -- code of who acts
    b         TEXT NOT NULL,                -- code of whom it is done to
    day       INTEGER NOT NULL,             -- first day; -1000000 where it is not known
    event     INTEGER NOT NULL REFERENCES event (id),
    last_day  INTEGER NOT NULL,
    category  TEXT NOT NULL,
    quad      INTEGER NOT NULL,
    scale     REAL NOT NULL,
    goldstein REAL NOT NULL,
    standing  TEXT NOT NULL,
    reports   INTEGER NOT NULL,
    rule      TEXT NOT NULL,                -- of the report that tells it best
    PRIMARY KEY (a, b, day, event)
) WITHOUT ROWID;
CREATE INDEX dyad_by_event ON dyad (event);

-- States, bodies and people that the tables know.
CREATE TABLE actor (
    actor TEXT PRIMARY KEY,
    name  TEXT
) WITHOUT ROWID;

-- Places of events.
CREATE TABLE place (
    geonameid INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    country   TEXT,
    admin1    TEXT,
    lat       REAL,
    lon       REAL
);

-- Pairs of reports that probably tell one event; the score is in millionths.
CREATE TABLE link (
    a     INTEGER NOT NULL REFERENCES report (id),
    b     INTEGER NOT NULL REFERENCES report (id),
    score INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX link_back ON link (b, a);

-- What was decided by hand: two reports, by anchor, are one event or are not.
CREATE TABLE decision (
    a        TEXT NOT NULL,
    b        TEXT NOT NULL,
    together INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

-- How much was read: documents by day, and by day and party.
CREATE TABLE coverage (
    day       TEXT PRIMARY KEY,             -- '' for documents without a day
    documents INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE document_party (
    code     TEXT NOT NULL,
    day      TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (code, day, document)
) WITHOUT ROWID;
CREATE INDEX document_party_by_document ON document_party (document);

-- For people and other programs.
CREATE VIEW documents AS
SELECT id, document, title, date, source, url, lang, author, text FROM document;

CREATE VIEW sentences AS
SELECT s.id, d.document, s.number, s.start, s.stop, substr(d.text, s.start + 1, s.stop - s.start) AS text
FROM sentence s JOIN document d ON d.id = s.document;

CREATE VIEW events AS
SELECT e.event, e.date_start, e.date_end, e.granularity,
       (SELECT group_concat(DISTINCT code) FROM event_party p WHERE p.event = e.id AND p.side = 'actor') AS actor,
       (SELECT group_concat(DISTINCT code) FROM event_party p WHERE p.event = e.id AND p.side = 'recipient') AS recipient,
       e.category, e.mode, e.context, e.cameo, e.quad, e.scale, e.goldstein, e.status, e.standing,
       e.place, e.country, e.geonameid, e.confidence, e.reports, e.documents, e.sources,
       json_extract(e.record, '$.evidence.text') AS words, json_extract(e.record, '$.evidence.rule') AS rule
FROM event e;

CREATE VIEW reports AS
SELECT r.report, e.event, d.document, d.date AS published, d.source, r.sentence, r.category, r.cameo, r.status,
       r.date_start, r.confidence,
       json_extract(r.record, '$.actor[0].name') AS actor, json_extract(r.record, '$.recipient[0].name') AS recipient,
       json_extract(r.record, '$.evidence.text') AS words, json_extract(r.record, '$.evidence.rule') AS rule
FROM report r JOIN document d ON d.id = r.document LEFT JOIN event e ON e.id = r.event;

-- Deeds of a known month, by pair.
CREATE VIEW dyad_month AS
SELECT a, b, strftime('%Y-%m', day * 86400, 'unixepoch') AS month,
       count(*) AS events, sum(reports) AS reports,
       sum(quad = 1) AS quad1, sum(quad = 2) AS quad2, sum(quad = 3) AS quad3, sum(quad = 4) AS quad4,
       avg(scale) AS scale_mean, sum(scale) AS scale_sum, avg(goldstein) AS goldstein_mean, sum(goldstein) AS goldstein_sum
FROM dyad
WHERE standing = 'deed' AND day > -1000000 AND last_day - day <= 31
GROUP BY a, b, month;
