"""The desk: a folder with the captures and the record of them, in SQLite.

::

    with open_desk("desk", write=True, create_new=True) as desk:
        summary = add_all(desk, ["pages/", "https://example.org/page"])   # or desk.add(document), one at a time
        read_again(desk)                                                  # what an older version read
    annotate_all(desk)                                                # what older rules annotated
    desk = open_desk("desk")
    for document in desk.documents(issuer="cn-mfa", since="2021-01-01"):
        for turn in document:
            print(turn.outlet, turn.text, turn.span.source())
    propose_all(desk, proposer_of("spacy:en_core_web_sm"), ids)       # a second reader; then accept(), refuse()
    faults = list(check(desk))
"""

from onrecord.desk.adding import Summary, add_all, read_again
from onrecord.desk.annotating import Annotations, annotate_all
from onrecord.desk.checking import Fault, check
from onrecord.desk.proposing import Proposing, StoredProposal, accept, proposals, propose_all, refuse
from onrecord.desk.store import Desk, Row, open_desk
from onrecord.desk.writing import Added

__all__ = [
    "Added",
    "Annotations",
    "Desk",
    "Fault",
    "Proposing",
    "Row",
    "StoredProposal",
    "Summary",
    "accept",
    "add_all",
    "annotate_all",
    "check",
    "open_desk",
    "proposals",
    "propose_all",
    "read_again",
    "refuse",
]
