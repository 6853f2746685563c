-- A log of changed documents, in order, with which an index determines what it must update.

CREATE TABLE change (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL
) STRICT;

INSERT INTO change (document) SELECT id FROM document ORDER BY rowid;

CREATE TRIGGER document_added AFTER INSERT ON document BEGIN
    INSERT INTO change (document) VALUES (new.id);
END;

CREATE TRIGGER document_changed AFTER UPDATE ON document BEGIN
    INSERT INTO change (document) VALUES (new.id);
END;
