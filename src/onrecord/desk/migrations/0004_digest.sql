-- A digest of each document, to detect damage that leaves the record readable.
-- Documents of an older desk have none until they are read or annotated again.

CREATE TABLE document_digest (
    document   TEXT PRIMARY KEY REFERENCES document (id),
    sha256     TEXT NOT NULL              -- of the document as JSON: onrecord.desk.digests
) STRICT, WITHOUT ROWID;

-- Foreign keys name the column they point to: tools that list tables, such as Datasette, fail where it is left out. It is
-- the key in every case, so that nothing else changes, and the rows need not be copied (https://sqlite.org/lang_altertable.html,
-- "making other kinds of table schema changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql =
    replace(replace(replace(replace(replace(sql,
        'REFERENCES document,', 'REFERENCES document (id),'),
        'REFERENCES capture,', 'REFERENCES capture (sha256),'),
        'REFERENCES turn,', 'REFERENCES turn (id),'),
        'REFERENCES act,', 'REFERENCES act (id),'),
        ' ON DELETE CASCADE,', ' (id) ON DELETE CASCADE,')
WHERE type = 'table';
PRAGMA writable_schema = RESET;
