"""What a side said last time: its account of a meeting beside its own earlier account of the same counterpart."""

from __future__ import annotations

import msgspec

from onrecord import languages
from onrecord.asking.held_versions import HeldAccount, held_account
from onrecord.asking.meeting_search import all_meetings
from onrecord.comparing.account_rows import AccountRow, rows
from onrecord.comparing.accounts import CONVERSATIONS, AccountComparison, compare_accounts
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.record import Document


class SinceLast(msgspec.Struct, frozen=True, kw_only=True):
    """An account beside the earlier one of its side: first the ``earlier`` one, then the account itself.

    ``rows`` with a first cell alone are said in the earlier one only, with a second alone they are new; of rows with both cells
    the ``differs`` say how the side has changed its account.
    """

    document: str
    earlier: HeldAccount
    comparison: AccountComparison
    rows: tuple[AccountRow, ...]

    @property
    def gone(self) -> list[AccountRow]:
        """What was said last time and certainly is not now."""
        return [row for row in self.rows if row.certain and row.cells[1] is None]

    @property
    def new(self) -> list[AccountRow]:
        """What is said now and certainly was not last time."""
        return [row for row in self.rows if row.certain and row.cells[0] is None]

    @property
    def changed(self) -> list[AccountRow]:
        """What was said last time too, but differently in substance."""
        return [row for row in self.rows if row.relation == "differs"]


@one_state
def earlier_account(desk: Desk, document: Document) -> HeldAccount | None:
    """The earlier account by the issuer of a document, in its kind and language, of another meeting of the same parties: the
    latest of the same people, else the latest.

    A document is an account of the meeting that it reports first. None where it reports none or has no day, and for a
    conversation: what is not said there says nothing.
    """
    main = min(document.meetings, key=lambda one: (one.start, one.id), default=None)
    if not document.date or main is None or len(main.parties) < 2 or document.heading.kind in CONVERSATIONS:
        return None
    parties, own = set(main.parties), {person.id for person in main.people}
    first = desk.remembered("first meetings", lambda: _first_meetings(desk))
    code = languages.find(document.language).code
    listed = {one.id: one for one in desk.listed()}
    found: list[tuple[int, str, str]] = []
    for meeting in all_meetings(desk):
        if not parties <= set(meeting.parties) or meeting.future:
            continue
        reports = [account for account in meeting.own_accounts if account.meeting.id == first[account.document]]
        if any(account.document == document.id for account in reports):
            continue  # the meeting itself
        for account in reports:
            one = listed[account.document]
            alike = (one.issuer, one.kind) == (document.issuer, document.heading.kind)
            if alike and (one.day or "9") < document.date and languages.find(one.language).code == code:
                people = {person.id for person in account.meeting.people} & own - {None}
                found.append((min(2, len(people)), one.day or "", one.id))
    return held_account(listed[max(found)[2]]) if found else None


def _first_meetings(desk: Desk) -> dict[str, str]:
    """The meeting that each document reports first."""
    first: dict[str, tuple[int, str]] = {}
    for joined in all_meetings(desk):
        for account in joined.accounts:
            place = account.meeting.start, account.meeting.id
            first[account.document] = min(place, first.get(account.document, place))
    return {document: id for document, (_, id) in first.items()}


@one_state
def since_last(desk: Desk, document: Document) -> SinceLast | None:
    """How an account differs from its side's earlier one of the same parties; None where the desk has no earlier one."""
    earlier = earlier_account(desk, document)
    if earlier is None:
        return None
    found = compare_accounts([desk.document(earlier.id), document])
    return SinceLast(document=document.id, earlier=earlier, comparison=found, rows=rows(found, 2))
