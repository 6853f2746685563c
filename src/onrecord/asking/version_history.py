"""The versions of one document: when each wording was seen, what changed from one to the next, and a redline of any two."""

from __future__ import annotations

from collections import Counter

import msgspec

from onrecord.asking.alignment import Edit, compare
from onrecord.asking.edit_lists import EditFilters, ListedEdit, edit_list
from onrecord.comparing import Edit as VersionEdit
from onrecord.comparing import edits
from onrecord.desk.identity import aliases_of
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.versions import Version, earlier_turn, has_versions, version_at
from onrecord.errors import QueryError


class HistoryVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version in the history of a document.

    ``state`` is ``shown``, ``earlier`` or ``in-doubt``. ``captures`` counts the captures in which these words were seen.
    ``same_as`` is the earlier version whose words these are again. ``edits`` counts what changed since the version before.
    """

    position: int
    state: str
    first_seen: str
    last_seen: str
    capture: str
    captures: int
    doubt: str | None = None
    same_as: int | None = None
    edits: int = 0


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The history of a document: its versions in the order of time, and its edits, the most important first.

    ``aliases`` are other addresses under which it was found, each with how. ``gone`` is when the page was last found to be gone,
    if it still is.
    """

    document: str
    title: str
    day: str | None
    issuer: str
    language: str
    address: str | None
    aliases: tuple[tuple[str, str], ...]
    versions: tuple[HistoryVersion, ...]
    edits: tuple[ListedEdit, ...]
    gone: str | None = None


class VersionRedline(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions of a document compared word by word: the pieces in order, and what changed, the most important first."""

    document: str
    title: str
    language: str
    before: Version
    after: Version
    pieces: tuple[Edit, ...]
    edits: tuple[VersionEdit, ...]


@one_state
def history(desk: Desk, id: str) -> History:
    """The history of the document with this id, or the only one whose id begins so. Raises UnknownDocument."""
    document = desk.document(id)
    versions = desk.versions(document.id)
    kept = has_versions(desk.record)
    same = _counted(desk, "SELECT version FROM same_words WHERE document = ?", document.id)
    changed = _counted(desk, "SELECT to_version FROM edit WHERE to_document = ?", document.id)
    found = edit_list(desk, EditFilters(document=document.id), limit=None) if kept else None
    return History(
        document=document.id,
        title=document.title,
        day=document.date,
        issuer=document.issuer,
        language=document.language,
        address=document.heading.address,
        aliases=tuple(aliases_of(desk.record, document.id)) if kept else (),
        versions=tuple(
            HistoryVersion(
                position=one.position, state=one.state, first_seen=one.first_seen, last_seen=one.last_seen,
                capture=f"sha256:{one.capture}", captures=1 + same[one.position], doubt=one.doubt,
                same_as=_same_as(versions[:number], one), edits=changed[one.position],
            )
            for number, one in enumerate(versions)
        ),
        edits=found.edits if found is not None else (),
        gone=_gone(desk, document.id) if kept else None,
    )  # fmt: skip


class SaidUntil(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a turn that its document no longer has: ``until`` when it was last seen, ``changed`` when the page first
    said otherwise, and the id of the turn that its words went to, if any."""

    turn: str
    document: str
    version: int
    until: str
    changed: str | None
    now: str | None

    def __str__(self) -> str:
        changed = f", changed by {self.changed}" if self.changed else ""
        now = f"; its place is taken by {self.now}" if self.now else "; nothing stands in its place"
        return f"said so until {self.until}{changed}{now}. `onrecord versions {self.document}` lists what changed"


def said_until(desk: Desk, turn: str) -> SaidUntil | None:
    """What became of a turn of an earlier version; None for one that its document has now, or never had."""
    found = earlier_turn(desk.record, turn)
    if found is None:
        return None
    gone = found[0]
    versions = desk.versions(gone.document)
    at = next(number for number, one in enumerate(versions) if one.position == gone.version)
    after = next((one for one in versions[at + 1 :] if one.state != "in-doubt"), None)
    query = "SELECT after_turn FROM edit WHERE document = ? AND before_turn = ? AND after_turn IS NOT NULL ORDER BY number DESC"
    row = desk.record.execute(query, (gone.document, turn)).fetchone()
    return SaidUntil(
        turn=turn,
        document=gone.document,
        version=gone.version,
        until=versions[at].last_seen,
        changed=after.first_seen if after is not None else None,
        now=row[0] if row else None,
    )


def _counted(desk: Desk, query: str, id: str) -> Counter[int]:
    """How often each version occurs among the rows of a query; never on a desk of an older program."""
    return Counter(row[0] for row in desk.record.execute(query, (id,))) if has_versions(desk.record) else Counter()


def _same_as(before: list[Version], version: Version) -> int | None:
    """The first version before whose words these are."""
    for one in before:
        if one.capture == version.capture or (one.words is not None and one.words == version.words):
            return one.position
    return None


def _gone(desk: Desk, id: str) -> str | None:
    query = "SELECT outcome, at FROM visit WHERE document = ? AND outcome != 'failed' ORDER BY number DESC LIMIT 1"
    row = desk.record.execute(query, (id,)).fetchone()
    return row[1] if row is not None and row[0] == "gone" else None


def version_of(desk: Desk, id: str, asked: str) -> Version:
    """The version of a document by its position, or the one that stood at a time or at the end of a day.

    Raises UnknownDocument, and QueryError where there is no such version or time.
    """
    versions = desk.versions(id)
    if asked.isdecimal() and len(asked) < 5:
        chosen = next((one for one in versions if one.position == int(asked)), None)
    else:
        try:
            chosen = version_at(versions, asked)
        except ValueError:
            raise QueryError(
                f"{asked!r} is no version and no time",
                where=id,
                hint="For example 2, 2026-02-10 or 2026-02-10T08:00:00Z",
            ) from None
    if chosen is None:
        positions = ", ".join(str(one.position) for one in versions)
        raise QueryError(f"there is no version {asked}", where=id, hint=f"There are {positions}")
    return chosen


@one_state
def version_redline(desk: Desk, id: str, old: str, new: str) -> VersionRedline:
    """Compare two versions of a document, each named by its position or by a time. Raises UnknownDocument, QueryError."""
    document = desk.document(id)
    one, other = version_of(desk, document.id, old), version_of(desk, document.id, new)
    before, after = desk.version(document.id, one.position), desk.version(document.id, other.position)
    return VersionRedline(
        document=document.id,
        title=document.title,
        language=document.language,
        before=one,
        after=other,
        pieces=compare(before.text, after.text),
        edits=edits(before, after),
    )
