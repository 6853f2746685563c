-- What a desk keeps for its collector and its saved questions.

CREATE TABLE setting (                    -- what was asked once and is kept: the contact that servers are told
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE watch (                      -- a saved question that is answered over what is new
    name       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,             -- find, trace, edits, ledger
    question   TEXT NOT NULL,             -- JSON: its words and its filters
    added      TEXT NOT NULL              -- ISO 8601 in UTC
) STRICT, WITHOUT ROWID;

CREATE TABLE told (                       -- what a saved question has found: each once
    watch      TEXT NOT NULL REFERENCES watch (name) ON DELETE CASCADE,
    entry      TEXT NOT NULL,             -- the id of the turn, edit or undertaking
    at         TEXT NOT NULL,             -- when it was found
    content    TEXT NOT NULL,             -- JSON: the entry as it was told, which a feed shows again
    PRIMARY KEY (watch, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_at ON told (watch, at);
