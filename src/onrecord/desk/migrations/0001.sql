-- The record of a desk. One row of "document" is one statement. Its words are in "text"; all other tables refer to them by
-- [start, end) in code points, and to the bytes of the capture by [byte_start, byte_end).

CREATE TABLE capture (
    sha256     TEXT PRIMARY KEY,          -- of the bytes; the file is captures/ab/cd/<sha256>.gz
    size       INTEGER NOT NULL,          -- in bytes, unpacked
    media_type TEXT,                      -- as the server or the file's name has it
    encoding   TEXT                       -- what the bytes were decoded with
) STRICT;

CREATE TABLE sighting (                   -- where and when the bytes of a capture were seen
    capture    TEXT NOT NULL REFERENCES capture,
    source     TEXT NOT NULL,             -- the address of a page, or of a file
    fetched    TEXT,                      -- ISO 8601 with offset, where known
    UNIQUE (capture, source, fetched)
) STRICT;
CREATE INDEX sighting_source ON sighting (source);

CREATE TABLE document (
    id         TEXT PRIMARY KEY,          -- kept for ever, also when the page is read again
    title      TEXT NOT NULL,             -- as printed
    day        TEXT,                      -- of the event, YYYY-MM-DD
    day_from   TEXT,                      -- how the day is known: title, text, page-stamp, inferred …
    published  TEXT,                      -- day or time of publication, as the page has it
    issuer     TEXT NOT NULL,             -- who publishes: cn-mfa, us-whitehouse …
    house      TEXT NOT NULL,             -- the house style it was read by
    kind       TEXT NOT NULL,             -- press-conference, remarks, statement, readout …
    language   TEXT NOT NULL,             -- BCP 47
    excerpt    INTEGER NOT NULL,          -- 1 where the document says that it is a part
    address    TEXT,                      -- the page's own URL, where one is known
    text       TEXT NOT NULL,             -- the article; paragraphs divided by an empty line
    capture    TEXT NOT NULL REFERENCES capture, -- the one this reading was made of: the newest
    offsets    BLOB NOT NULL,             -- from the text to the bytes: onrecord.offsets.OffsetMap
    reader     TEXT NOT NULL,             -- the version of the program that read it
    asked_house    TEXT,                  -- the house named by whoever added it, where it was not left to the reader
    asked_encoding TEXT,                  -- the encoding likewise
    added      TEXT NOT NULL              -- when it first came to the desk, ISO 8601
) STRICT;
CREATE INDEX document_day ON document (day);
CREATE INDEX document_address ON document (address);
CREATE INDEX document_capture ON document (capture);

CREATE TABLE version (                    -- every capture of a document, in the order of its being added
    document   TEXT NOT NULL REFERENCES document,
    position   INTEGER NOT NULL,          -- 1 is the first
    capture    TEXT NOT NULL REFERENCES capture,
    added      TEXT NOT NULL,             -- when it came to the desk, ISO 8601; when it was fetched: see sighting
    PRIMARY KEY (document, position),
    UNIQUE (document, capture)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_capture ON version (capture);

CREATE TABLE turn (
    id         TEXT PRIMARY KEY,          -- the document's id and a digest of the words
    document   TEXT NOT NULL REFERENCES document,
    position   INTEGER NOT NULL,          -- 1 is the first
    kind       TEXT NOT NULL,             -- statement, question, answer, note
    speaker    TEXT,                      -- without rank
    role       TEXT,                      -- spokesperson, reporter, moderator …
    outlet     TEXT,                      -- as printed
    outlet_id  TEXT,                      -- the lexicon's
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    byte_start INTEGER NOT NULL,          -- for PDF and Word: characters of the extracted text
    byte_end   INTEGER NOT NULL,
    answers    TEXT REFERENCES turn,     -- the question that an answer follows
    answer_type TEXT,                     -- whether it answers: answer, decline, refer, counter, dodge
    UNIQUE (document, position),
    CHECK (0 <= start AND start < "end" AND 0 <= byte_start AND byte_start <= byte_end)
) STRICT;
CREATE INDEX turn_speaker ON turn (speaker);
CREATE INDEX turn_outlet ON turn (outlet_id);
CREATE INDEX turn_answers ON turn (answers);

CREATE TABLE furniture (                  -- what a page carries besides speech
    document   TEXT NOT NULL REFERENCES document,
    name       TEXT NOT NULL,
    start      INTEGER,                   -- where it stands in the text too
    "end"      INTEGER,
    byte_start INTEGER NOT NULL,
    byte_end   INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL
) STRICT;
CREATE INDEX furniture_document ON furniture (document);

CREATE TABLE unread (                     -- paragraphs that no rule of the house understood
    document   TEXT NOT NULL REFERENCES document,
    why        TEXT NOT NULL,
    words      TEXT NOT NULL,
    start      INTEGER,
    "end"      INTEGER,
    byte_start INTEGER NOT NULL,
    byte_end   INTEGER NOT NULL
) STRICT;
CREATE INDEX unread_document ON unread (document);

CREATE TABLE refused (                    -- sources that were opened and could not be read, as of the last attempt
    source     TEXT PRIMARY KEY,          -- the address of a page, or of a file
    sha256     TEXT NOT NULL,             -- of its bytes, which are not kept
    error      TEXT NOT NULL,             -- the error's name
    message    TEXT NOT NULL,             -- what is wrong, and what to do
    met        TEXT NOT NULL              -- when, ISO 8601
) STRICT, WITHOUT ROWID;

CREATE VIEW turns AS
SELECT turn.id, document.day, document.issuer, document.kind AS document_kind, document.title, turn.position, turn.kind,
       turn.speaker, turn.role, turn.outlet, turn.outlet_id, document.language,
       substr(document.text, turn.start + 1, turn."end" - turn.start) AS text,
       turn.answers, turn.document, document.address, document.capture, turn.byte_start, turn.byte_end
FROM turn JOIN document ON document.id = turn.document;

CREATE VIEW documents AS
SELECT document.id, day, day_from, issuer, kind, title, language, published, address,
       (SELECT count(*) FROM turn WHERE turn.document = document.id) AS turns,
       (SELECT count(*) FROM turn WHERE turn.document = document.id AND turn.kind = 'question') AS questions,
       (SELECT count(*) FROM version WHERE version.document = document.id) AS versions,
       (SELECT count(*) FROM unread WHERE unread.document = document.id) AS unread,
       length(text) AS characters, excerpt, capture, added
FROM document;

CREATE VIEW exchanges AS
SELECT question.day, question.issuer, question.outlet, question.text AS question,
       answer.speaker, answer.text AS answer, question.id AS question_id, answer.id AS answer_id, question.document
FROM turns AS answer JOIN turns AS question ON question.id = answer.answers;
