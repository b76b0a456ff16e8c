-- The second form of a store: how much is told of a party is kept by day, so that asking for it does not take longer
-- with every document; and the store knows by what its reports were compared, so that others are compared anew.

ALTER TABLE document ADD COLUMN parties TEXT NOT NULL DEFAULT '';   -- codes in its reports, with spaces between
UPDATE document SET parties = coalesce(
    (SELECT group_concat(code, ' ' ORDER BY code) FROM document_party p WHERE p.document = document.id), '');

-- Which documents of a day tell of a party.
CREATE TABLE party_day (
    code      TEXT NOT NULL,
    day       TEXT NOT NULL,                -- '' for documents without a day
    documents TEXT NOT NULL,                -- document.id, with spaces between
    PRIMARY KEY (code, day)
) WITHOUT ROWID;
INSERT INTO party_day (code, day, documents)
SELECT code, day, group_concat(document, ' ' ORDER BY document) FROM document_party GROUP BY code, day;

DROP TABLE document_party;

-- By what reports were compared: one row, or none where nothing was merged yet. Another program may weigh otherwise.
CREATE TABLE method (
    digest INTEGER NOT NULL
);
