-- What people hold of points of two accounts: whether they say the same.

CREATE TABLE link_judgement (
    number     INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of judging; the last of a pair counts
    one        TEXT NOT NULL,             -- the document of the first point, the lesser id first
    one_start  INTEGER NOT NULL,          -- its span [start, end) in code points of the text then
    one_end    INTEGER NOT NULL,
    one_quote  TEXT NOT NULL,             -- its words: they are looked for where the text has changed
    other      TEXT NOT NULL,
    other_start INTEGER NOT NULL,
    other_end  INTEGER NOT NULL,
    other_quote TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('linked', 'parted')),
    note       TEXT NOT NULL,
    judge      TEXT NOT NULL,             -- who judged, by name
    day        TEXT NOT NULL,             -- YYYY-MM-DD
    digest     TEXT NOT NULL              -- SHA-256 of the words of both that were judged
) STRICT;
CREATE INDEX link_judgement_one ON link_judgement (one);
CREATE INDEX link_judgement_other ON link_judgement (other);
