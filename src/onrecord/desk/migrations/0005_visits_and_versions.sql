-- The record of visits; versions as stretches of time with one wording; what an id stood for that a page no longer has.
-- Times are ISO 8601 in UTC to the second, so that they sort as text: 2020-05-02T08:00:00+00:00.

CREATE TABLE source (                     -- where an issuer lists its statements
    id         TEXT PRIMARY KEY,          -- the issuer and a name: us-whitehouse/feed
    issuer     TEXT NOT NULL,
    kind       TEXT NOT NULL,             -- feed, json, listing, sitemap, archive
    address    TEXT NOT NULL,
    settings   TEXT NOT NULL,             -- JSON: what the card of the house said of it when it was last used
    added      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (                        -- one collecting
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    issuer     TEXT NOT NULL,
    options    TEXT NOT NULL,             -- JSON: what was asked for
    began      TEXT NOT NULL,
    ended      TEXT,                      -- none while it runs, or where it was cut off
    summary    TEXT                       -- JSON: asked, new, changed, missing, in doubt
) STRICT;

CREATE TABLE visit (                      -- one asking of an address and what came of it; rows are only ever added
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    run        INTEGER REFERENCES run (number),
    source     TEXT REFERENCES source (id), -- where the address was listed
    address    TEXT NOT NULL,             -- as asked for
    final_address TEXT,                   -- where redirects led, if anywhere else
    permanent  INTEGER NOT NULL,          -- 1 where every redirect on the way was permanent
    at         TEXT NOT NULL,
    status     INTEGER,                   -- of HTTP; none where no answer came
    etag       TEXT,
    modified   TEXT,                      -- the header Last-Modified, as sent
    capture    TEXT REFERENCES capture (sha256), -- the bytes that came, or that "not modified" confirms
    document   TEXT REFERENCES document (id),
    version    INTEGER,                   -- of the document: the wording that was seen
    outcome    TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'unchanged', 'not-modified', 'in-doubt', 'replaced',
                                                'listing', 'gone', 'refused', 'failed', 'disallowed')),
    error      TEXT,                      -- its name
    message    TEXT                       -- what is wrong, and what to do
) STRICT;
CREATE INDEX visit_address ON visit (address, number);
CREATE INDEX visit_document ON visit (document, number);
CREATE INDEX visit_capture ON visit (capture);
CREATE INDEX visit_run ON visit (run);

CREATE TRIGGER visit_not_changed BEFORE UPDATE ON visit BEGIN
    SELECT raise(ABORT, 'a visit is never changed');
END;
CREATE TRIGGER visit_not_deleted BEFORE DELETE ON visit BEGIN
    SELECT raise(ABORT, 'a visit is never deleted');
END;

CREATE TABLE queue (                      -- addresses to ask, and when: what a run that was cut off goes on with
    address    TEXT PRIMARY KEY,
    issuer     TEXT NOT NULL,
    source     TEXT REFERENCES source (id),
    document   TEXT REFERENCES document (id),
    guid       TEXT,                      -- as the feed has it
    title      TEXT,                      -- as listed
    day        TEXT,                      -- as listed, YYYY-MM-DD
    listed     TEXT NOT NULL,             -- when it was first listed
    last_listed TEXT NOT NULL,
    due        TEXT NOT NULL,             -- when it is to be asked
    tries      INTEGER NOT NULL,          -- failures in a row
    readings   INTEGER NOT NULL,          -- how often it was read: its place on the schedule
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'settled', 'gone', 'given-up')),
    error      TEXT,                      -- of the last try
    note       TEXT                       -- JSON: whatever else the collector keeps of it
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_due ON queue (state, issuer, due);
CREATE INDEX queue_guid ON queue (guid);

CREATE TABLE alias (                      -- other addresses of a document, and the ids that feeds give it
    address    TEXT NOT NULL,
    document   TEXT NOT NULL REFERENCES document (id),
    how        TEXT NOT NULL,             -- redirect, canonical, guid, listed
    since      TEXT NOT NULL,
    PRIMARY KEY (address, document)
) STRICT, WITHOUT ROWID;

DROP VIEW documents;
ALTER TABLE version RENAME TO former_version;
DROP INDEX version_capture;

CREATE TABLE version (                    -- a stretch of time in which a document had one wording
    document   TEXT NOT NULL REFERENCES document (id),
    position   INTEGER NOT NULL,          -- in the order in which they came to the desk; never given again
    capture    TEXT NOT NULL REFERENCES capture (sha256), -- the one its words were read from
    added      TEXT NOT NULL,             -- when it came to the desk
    first_seen TEXT NOT NULL,             -- when it was fetched, or else when it came to the desk
    last_seen  TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('shown', 'earlier', 'in-doubt')),
    doubt      TEXT,                      -- why it is in doubt
    words      TEXT,                      -- SHA-256 of its title and text; none of an older desk
    turns      TEXT,                      -- SHA-256 of its turns: kind, speaker, outlet, words
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_capture ON version (capture);

INSERT INTO version (document, position, capture, added, first_seen, last_seen, state)
SELECT document, position, capture, added,
       coalesce((SELECT min(strftime('%Y-%m-%dT%H:%M:%S+00:00', fetched)) FROM sighting
                 WHERE sighting.capture = former_version.capture), added),
       coalesce((SELECT max(strftime('%Y-%m-%dT%H:%M:%S+00:00', fetched)) FROM sighting
                 WHERE sighting.capture = former_version.capture), added),
       CASE WHEN capture = (SELECT document.capture FROM document WHERE document.id = former_version.document)
            THEN 'shown' ELSE 'earlier' END
FROM former_version;
DROP TABLE former_version;

-- A page that had gone back to earlier words shows a capture that is not its last, although none of the later ones is known
-- to be older. It gets the version that it lacked.
INSERT INTO version (document, position, capture, added, first_seen, last_seen, state)
SELECT shown.document, (SELECT max(position) + 1 FROM version WHERE version.document = shown.document), shown.capture,
       shown.added, max(shown.last_seen, (SELECT max(last_seen) FROM version WHERE version.document = shown.document)),
       max(shown.last_seen, (SELECT max(last_seen) FROM version WHERE version.document = shown.document)), 'shown'
FROM version AS shown
WHERE shown.state = 'shown' AND EXISTS (
    SELECT 1 FROM version AS later
    WHERE later.document = shown.document AND later.position > shown.position AND later.last_seen >= shown.first_seen);
UPDATE version SET state = 'earlier', last_seen = first_seen
WHERE state = 'shown' AND EXISTS (
    SELECT 1 FROM version AS later
    WHERE later.document = version.document AND later.state = 'shown' AND later.position > version.position);

CREATE TABLE same_words (                 -- other bytes in which a version was seen: the same words in other markup
    capture    TEXT NOT NULL REFERENCES capture (sha256),
    document   TEXT NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (capture, document, version),
    FOREIGN KEY (document, version) REFERENCES version (document, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_words_version ON same_words (document, version);

CREATE TABLE reading (                    -- what a document said and no longer shows: its earlier versions, those in doubt,
    number     INTEGER PRIMARY KEY AUTOINCREMENT, -- and the shown one as an earlier version of the program read it
    document   TEXT NOT NULL,
    version    INTEGER NOT NULL,
    capture    TEXT NOT NULL REFERENCES capture (sha256),
    reader     TEXT NOT NULL,             -- the version of the program that read it
    content    BLOB NOT NULL,             -- the document with its annotations as JSON, compressed with zlib
    offsets    BLOB NOT NULL,             -- from its text to the bytes: onrecord.offsets.OffsetMap
    FOREIGN KEY (document, version) REFERENCES version (document, position)
) STRICT;
CREATE INDEX reading_version ON reading (document, version);

CREATE TABLE earlier_turn (               -- turns whose ids were given once and are not in "turn" any more
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    document   TEXT NOT NULL REFERENCES document (id),
    version    INTEGER NOT NULL,          -- the last one that had it
    reading    INTEGER NOT NULL REFERENCES reading (number), -- where its words are
    kind       TEXT NOT NULL,
    speaker    TEXT,
    role       TEXT,
    outlet     TEXT,
    outlet_id  TEXT,
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX earlier_turn_document ON earlier_turn (document);

CREATE TABLE edit (                       -- what changed from one version to the next
    number     INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of their being found: what is new since then
    id         TEXT NOT NULL UNIQUE,      -- the two versions and a digest of the words
    document   TEXT NOT NULL,
    from_version INTEGER NOT NULL,
    to_document TEXT NOT NULL,            -- the same, except where another statement stands at the address now
    to_version INTEGER NOT NULL,
    kind       TEXT NOT NULL,             -- reworded, added, dropped, moved, title, speaker, label, replaced
    rank       REAL NOT NULL,             -- the higher, the more it matters
    touches    TEXT NOT NULL,             -- what it touches, divided by |: undertaking, number, name …
    before     TEXT,                      -- the words, and where they stand in the text of each version
    after      TEXT,
    before_start INTEGER,
    before_end INTEGER,
    after_start INTEGER,
    after_end  INTEGER,
    before_turn TEXT,                     -- the ids of the turns they stand in
    after_turn TEXT,
    note       TEXT,                      -- what else is to be said of it
    seen       TEXT NOT NULL,             -- when the later version was first seen
    FOREIGN KEY (document, from_version) REFERENCES version (document, position),
    FOREIGN KEY (to_document, to_version) REFERENCES version (document, position)
) STRICT;
CREATE INDEX edit_document ON edit (document, from_version);
CREATE INDEX edit_to ON edit (to_document, to_version);
CREATE INDEX edit_seen ON edit (seen);

CREATE TABLE compared (                   -- pairs of versions that were compared, also where nothing changed
    document   TEXT NOT NULL,
    from_version INTEGER NOT NULL,
    to_document TEXT NOT NULL,
    to_version INTEGER NOT NULL,
    method     INTEGER NOT NULL,          -- the version of the rules
    PRIMARY KEY (document, from_version, to_document, to_version)
) STRICT, WITHOUT ROWID;

CREATE VIEW documents AS
SELECT document.id, day, day_from, issuer, kind, title, language, published, address,
       (SELECT count(*) FROM turn WHERE turn.document = document.id) AS turns,
       (SELECT count(*) FROM turn WHERE turn.document = document.id AND turn.kind = 'question') AS questions,
       (SELECT count(*) FROM version WHERE version.document = document.id AND state != 'in-doubt') AS versions,
       (SELECT count(*) FROM unread WHERE unread.document = document.id) AS unread,
       length(text) AS characters, excerpt, capture, added
FROM document;
