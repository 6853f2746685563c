"""The desk: a folder with captures and the record that describes them, in SQLite.

::

    with open_desk("desk", write=True, create_new=True) as desk:
        summary = add_all(desk, ["pages/", "https://example.org/page"])   # or desk.add(document), one at a time
        read_again(desk)                                              # documents read by an older version
    annotate_all(desk)                                                # documents annotated by older rules
    desk = open_desk("desk")
    for document in desk.documents(issuer="cn-mfa", since="2021-01-01"):
        for turn in document:
            print(turn.outlet, turn.text, turn.span.source())
    propose_all(desk, proposer_of("spacy:en_core_web_sm"), ids)       # a second reader; then accept() or refuse()
    faults = list(check(desk))
    back_up("desk", "/media/disk/desk")                               # safe during writes; restore() is the inverse
    desk.in_snapshot(lambda: answer(desk))                            # all reads see one state of the record
"""

from onrecord.desk.adding import Summary, add_all, read_again
from onrecord.desk.annotating import Annotations, annotate_all
from onrecord.desk.backup import Copied, back_up, restore
from onrecord.desk.checking import Fault, check
from onrecord.desk.listing import Row
from onrecord.desk.pages import Added
from onrecord.desk.proposing import Proposing, StoredProposal, accept, proposals, propose_all, refuse
from onrecord.desk.store import Desk, open_desk

__all__ = [
    "Added",
    "Annotations",
    "Copied",
    "Desk",
    "Fault",
    "Proposing",
    "Row",
    "StoredProposal",
    "Summary",
    "accept",
    "add_all",
    "annotate_all",
    "back_up",
    "check",
    "open_desk",
    "proposals",
    "propose_all",
    "read_again",
    "refuse",
    "restore",
]
