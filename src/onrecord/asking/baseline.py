"""Which document a redline compares with: one that is named, the one before, or the one with the most in common."""

from __future__ import annotations

from collections import Counter

from onrecord.asking.earlier_accounts import earlier_account
from onrecord.asking.statement_redline import redline
from onrecord.desk.store import Desk
from onrecord.errors import UnknownDocument
from onrecord.partial_dates import first_day_of
from onrecord.record import Document

#: The kinds of document that tell of a meeting: the last one of a kind may be of other parties.
_ACCOUNTS = ("readout", "joint-statement")


def baseline_document(desk: Desk, document: Document, against: str | None) -> Document | None:
    """The document that ``against`` names.

    ``against`` is an id or the beginning of one; ``last`` for the latest earlier one of the same issuer, kind and
    language, for an account of a meeting that of the same parties (:func:`~onrecord.asking.earlier_account`); or
    ``same-issue`` for the earlier one that already said most of this one's sentences. None stands for the whole record.
    Raises UnknownDocument.
    """
    if against is None:
        return None
    if against == "same-issue":
        return _most_similar(desk, document)
    if against != "last":
        return desk.document(against)
    if document.kind in _ACCOUNTS:
        account = earlier_account(desk, document)
        if account is None:
            raise UnknownDocument(
                "no earlier account of the same parties to compare with; name one, or use same-issue",
                where=str(desk.folder),
            )
        return desk.document(account.id)
    if document.date is not None:
        day = first_day_of(document.date)
        # a month or a year that the day lies in is not earlier
        row = desk.record.execute(
            "SELECT id FROM document WHERE issuer = ? AND kind = ? AND language = ? AND day < ? AND day NOT IN (?, ?) "
            "ORDER BY day DESC, id DESC LIMIT 1",
            (document.issuer, document.kind, document.language, day, day[:4], day[:7]),
        ).fetchone()
        if row is not None:
            return desk.document(row["id"])
    raise UnknownDocument(f"nothing earlier than {document.date} to compare with", where=str(desk.folder))


def _most_similar(desk: Desk, document: Document) -> Document:
    """The earlier document that said most of this one's sentences, exactly or nearly."""
    said = Counter(one.earlier.turn.partition("/")[0] for one in redline(desk, document).sentences if one.earlier)
    if not said:
        raise UnknownDocument("no earlier document has a sentence in common", where=str(desk.folder))
    return desk.document(said.most_common(1)[0][0])
