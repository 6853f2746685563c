-- Annotations of documents, in separate tables, so that they can be replaced without changing the documents.
-- Offsets are [start, end) in code points of the document's text.

CREATE TABLE annotation (                 -- how and when the annotation of a document was made
    number     INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of their being made; a new one each time
    document   TEXT NOT NULL UNIQUE REFERENCES document,
    method     TEXT NOT NULL,             -- onrecord.rules
    version    INTEGER NOT NULL,          -- of the rules and tables
    made       TEXT NOT NULL              -- ISO 8601
) STRICT;

CREATE TABLE mention (
    document   TEXT NOT NULL REFERENCES document,
    kind       TEXT NOT NULL,             -- country, territory, organisation, person, office, place, mechanism, issue, reference
    id         TEXT,                      -- ISO 3166 alpha-3, a code or slug of the lexicon; none where the words leave it open
    name       TEXT NOT NULL,             -- as printed
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    stands_for TEXT NOT NULL              -- codes of the actors it stands for, divided by |; may be empty
) STRICT;
CREATE INDEX mention_document ON mention (document, start); -- the mentions of a turn stand in a row
CREATE INDEX mention_id ON mention (id);

CREATE TABLE mentioned (                  -- how often a document names each thing: who counts them all need not read every mention
    document   TEXT NOT NULL REFERENCES document,
    kind       TEXT NOT NULL,
    id         TEXT NOT NULL,             -- empty where the words leave it open
    count      INTEGER NOT NULL,
    PRIMARY KEY (document, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE act (
    id         TEXT PRIMARY KEY,          -- the turn's id, the type and a digest of the words: kept when found again
    document   TEXT NOT NULL REFERENCES document,
    turn       TEXT NOT NULL,
    type       TEXT NOT NULL,             -- one of the seventeen of the codebook
    plover     TEXT,
    polarity   TEXT NOT NULL,
    time       TEXT NOT NULL,
    voice      TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    rule       TEXT NOT NULL,             -- the row of the lexicon that found it
    hedge      TEXT
) STRICT;
CREATE INDEX act_document ON act (document);
CREATE INDEX act_turn ON act (turn);
CREATE INDEX act_type ON act (type);

-- Columns of a key come first in tables without a rowid: SQLite 3.40 else takes a sound row for a damaged one when it
-- checks its integrity.
CREATE TABLE act_party (                  -- who acts, and whom it is directed at
    act        TEXT NOT NULL REFERENCES act ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('actor', 'target')),
    position   INTEGER NOT NULL,
    code       TEXT NOT NULL,
    PRIMARY KEY (act, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_party_code ON act_party (code, role);

CREATE TABLE act_issue (
    act        TEXT NOT NULL REFERENCES act ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    issue      TEXT NOT NULL,
    PRIMARY KEY (act, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_issue_issue ON act_issue (issue);

CREATE TABLE meeting (                    -- one account of a meeting; accounts of the same one are joined when asked for
    id         TEXT PRIMARY KEY,
    document   TEXT NOT NULL REFERENCES document,
    turn       TEXT NOT NULL,
    kind       TEXT NOT NULL,             -- dialogue, visit, call, conference, meeting
    parties    TEXT NOT NULL,             -- codes divided by |
    first_day  TEXT,
    last_day   TEXT,
    place_id   TEXT,
    told       TEXT NOT NULL              -- the whole account as JSON: onrecord.marks.Meeting
) STRICT;
CREATE INDEX meeting_document ON meeting (document);
CREATE INDEX meeting_day ON meeting (first_day);

CREATE TABLE undertaking (
    id         TEXT PRIMARY KEY,
    document   TEXT NOT NULL REFERENCES document,
    turn       TEXT NOT NULL,
    act        TEXT NOT NULL REFERENCES act,
    strength   TEXT NOT NULL,             -- agreed, committed, promised aid, proposed, offered, discussed
    form       TEXT NOT NULL,             -- joint, reciprocal, one-sided
    mechanism  TEXT,
    mechanism_id TEXT,
    deadline   TEXT,
    hedge      TEXT,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL
) STRICT;
CREATE INDEX undertaking_document ON undertaking (document);
CREATE INDEX undertaking_act ON undertaking (act);

CREATE TABLE undertaking_party (
    undertaking TEXT NOT NULL REFERENCES undertaking ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('by', 'to')),
    position   INTEGER NOT NULL,
    code       TEXT NOT NULL,
    PRIMARY KEY (undertaking, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX undertaking_party_code ON undertaking_party (code);

CREATE TABLE undertaking_issue (
    undertaking TEXT NOT NULL REFERENCES undertaking ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    issue      TEXT NOT NULL,
    PRIMARY KEY (undertaking, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement (                  -- what a person holds of an undertaking; the software itself judges none
    undertaking TEXT NOT NULL,            -- its id; stays when the annotation is made again
    status     TEXT NOT NULL,             -- kept, partly kept, not kept, overtaken, unclear
    note       TEXT NOT NULL,
    judge      TEXT NOT NULL,             -- who judged, by name
    day        TEXT NOT NULL,             -- YYYY-MM-DD
    digest     TEXT NOT NULL              -- SHA-256 of the words that were judged
) STRICT;
CREATE INDEX judgement_undertaking ON judgement (undertaking);

CREATE TABLE proposal (                   -- acts proposed by a second reader; apart from the rules' own until accepted
    id         TEXT PRIMARY KEY,          -- of the proposer and the words
    document   TEXT NOT NULL REFERENCES document,
    turn       TEXT NOT NULL,
    proposer   TEXT NOT NULL,             -- which reader: spacy:en_core_web_sm-3.8.0, a model @ its address
    made       TEXT NOT NULL,             -- ISO 8601
    state      TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused')),
    judge      TEXT,                      -- who accepted or refused it, by name
    day        TEXT,                      -- and when: YYYY-MM-DD
    quote      TEXT NOT NULL,             -- the words that were proposed; it stands as long as its turn says them
    told       TEXT NOT NULL              -- the act as JSON, its places from the turn's first character: onrecord.marks.Act
) STRICT;
CREATE INDEX proposal_document ON proposal (document);

CREATE TABLE second_reading (             -- which documents a second reader was asked about, also where it saw nothing
    document   TEXT NOT NULL REFERENCES document,
    proposer   TEXT NOT NULL,
    capture    TEXT NOT NULL,             -- what the document showed then
    made       TEXT NOT NULL,
    PRIMARY KEY (document, proposer)
) STRICT, WITHOUT ROWID;
