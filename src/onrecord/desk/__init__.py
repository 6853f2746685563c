"""The desk: a folder with the captures and the record of them, in SQLite.

::

    with open_desk("desk", write=True, create_new=True) as desk:
        summary = add_all(desk, ["pages/", "https://example.org/page"])   # or desk.add(document), one at a time
        read_again(desk)                                                  # what an older version read
    desk = open_desk("desk")
    for document in desk.documents(issuer="cn-mfa", since="2021-01-01"):
        for turn in document:
            print(turn.outlet, turn.text, turn.span.source())
    faults = list(check(desk))
"""

from onrecord.desk.adding import Summary, add_all, read_again
from onrecord.desk.checking import Fault, check
from onrecord.desk.store import Desk, Row, open_desk
from onrecord.desk.writing import Added

__all__ = ["Added", "Desk", "Fault", "Row", "Summary", "add_all", "check", "open_desk", "read_again"]
