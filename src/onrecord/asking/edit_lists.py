"""What changed after publication, over the whole desk: the most important edits first, reversals listed once."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

import msgspec

from onrecord.asking.scope import Filters, first_day, last_day
from onrecord.asking.search_coverage import Coverage, coverage
from onrecord.comparing.ranking import Touch
from onrecord.desk.edit_rows import StoredEdit, stored_edits
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.versions import need_versions

#: The same change on so many pages of an issuer in one day is one of the site, not of a statement.
_PAGES = 3
_FURNITURE = 0.1

EditOrder = Literal["rank", "newest"]


class EditFilters(Filters, frozen=True, kw_only=True):
    """Which edits. Several values of one field are alternatives.

    ``touches`` takes what an edit touches (:data:`onrecord.comparing.ranking.TOUCHES`); ``undertaking`` stands for one lost,
    weakened or otherwise changed. ``since`` and ``until`` are when the newer version was first seen. ``min_rank`` leaves out what
    matters less.
    """

    issuer: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_rank: float = 0.0
    document: str | None = None


class EditedWords(msgspec.Struct, frozen=True, kw_only=True):
    """One side of an edit: the words, where they stand in the text of that version (None for a title), the id of their turn, and
    the capture of that version."""

    words: str
    start: int | None
    end: int | None
    turn: str | None
    version: int
    capture: str | None


class ListedEdit(msgspec.Struct, frozen=True, kw_only=True):
    """An edit of a list.

    ``rank`` goes from 0 to 10. ``seen`` is when the newer version was first seen, ``until`` when the older one was last seen.
    ``times`` counts how often these words went there and back; ``back`` says that the page has returned to the older ones.
    ``replaced_by`` is the document that stands at the address now.
    """

    id: str
    number: int
    document: str
    title: str
    issuer: str
    language: str
    kind: str
    rank: float
    touches: tuple[str, ...]
    note: str | None
    before: EditedWords | None
    after: EditedWords | None
    until: str
    seen: str
    times: int = 1
    back: bool = False
    replaced_by: str | None = None


class EditList(msgspec.Struct, frozen=True, kw_only=True):
    """The edits asked for; ``count`` is how many match, ``documents`` how many of the desk have several versions."""

    edits: tuple[ListedEdit, ...]
    count: int
    documents: int
    held: Coverage

    def frame(self) -> Any:
        """The edits as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([edit_row(one) for one in self.edits])


#: The columns of a table of edits.
EDIT_COLUMNS = (
    "id", "document", "title", "issuer", "kind", "rank", "touches", "before", "after", "note", "until", "seen", "times", "back",
    "before_turn", "after_turn", "before_capture", "after_capture",
)  # fmt: skip


def edit_row(edit: ListedEdit) -> dict[str, object]:
    """An edit as a row of a table."""
    old, new = edit.before, edit.after
    sides = {
        "before": old and old.words, "after": new and new.words, "before_turn": old and old.turn, "after_turn": new and new.turn,
        "before_capture": old and old.capture, "after_capture": new and new.capture, "touches": ", ".join(edit.touches),
    }  # fmt: skip
    return {name: sides[name] if name in sides else getattr(edit, name) for name in EDIT_COLUMNS}


@one_state
def edit_list(
    desk: Desk,
    filters: EditFilters | None = None,
    *,
    order: EditOrder = "rank",
    limit: int | None = 20,
    offset: int = 0,
) -> EditList:
    """The edits of a desk: the most important first, or by ``order`` the newest. The count is exact; ``limit=None`` returns all.

    Raises QueryError for a day that is none, and DeskOutdated.
    """
    need_versions(desk.record, "edits")
    wanted = filters or EditFilters()
    since, until = first_day(wanted.since), last_day(wanted.until)
    found = [
        one
        for one in desk.remembered("all edits", lambda: _all_edits(desk))
        if _matches(one, wanted) and (since is None or one.seen >= since) and (until is None or one.seen[:10] <= until)
    ]
    found.sort(key=lambda one: (-one.rank, one.number) if order == "rank" else (-one.number,))
    return EditList(
        edits=tuple(found[offset : None if limit is None else offset + limit]),
        count=len(found),
        documents=desk.remembered("documents with versions", lambda: _versioned(desk)),
        held=coverage(desk),
    )


def _matches(edit: ListedEdit, wanted: EditFilters) -> bool:
    return (
        edit.rank >= wanted.min_rank
        and (not wanted.issuer or edit.issuer in wanted.issuer)
        and (not wanted.kind or edit.kind in wanted.kind)
        and (not wanted.touches or any(one.startswith(touch) for one in edit.touches for touch in wanted.touches))
        and (wanted.document is None or wanted.document in (edit.document, edit.replaced_by))
    )


def _versioned(desk: Desk) -> int:
    query = "SELECT count(*) FROM (SELECT 1 FROM version GROUP BY document HAVING count(*) > 1)"
    return int(desk.record.execute(query).fetchone()[0])


def _all_edits(desk: Desk) -> list[ListedEdit]:
    """All edits of the desk: each change of a document once, however often it went there and back."""
    stored = stored_edits(desk.record)
    ids = {one.document for one in stored}
    columns = "id, title, issuer, language"
    documents = {row[0]: row for row in desk.record.execute(f"SELECT {columns} FROM document") if row[0] in ids}
    versions = {
        (row[0], row[1]): (row[2], row[3])
        for row in desk.record.execute("SELECT document, position, capture, last_seen FROM version")
        if row[0] in ids or any(row[0] == one.to_document for one in stored)
    }
    everywhere = _of_the_site(stored, {id: row[2] for id, row in documents.items()})
    changes: dict[tuple[str, frozenset[str]], list[StoredEdit]] = defaultdict(list)
    for one in stored:
        changes[one.document, frozenset(_words(one))].append(one)
    return [
        _listed(some, documents[some[0].document], versions, furniture=some[0].number in everywhere)
        for some in changes.values()
    ]


def _words(stored: StoredEdit) -> tuple[str, str]:
    edit = stored.edit
    return edit.before.words if edit.before else "", edit.after.words if edit.after else ""


def _of_the_site(stored: list[StoredEdit], issuers: dict[str, str]) -> set[int]:
    """The numbers of the edits that several pages of an issuer have on one day: furniture that no rule knew."""
    pages: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for one in stored:
        pages[issuers[one.document], one.seen[:10], one.edit.kind, _words(one)].add(one.document)
    return {
        one.number
        for one in stored
        if len(pages[issuers[one.document], one.seen[:10], one.edit.kind, _words(one)]) >= _PAGES
    }


def _listed(
    some: list[StoredEdit],
    document: tuple[str, ...],
    versions: dict[tuple[str, int], tuple[str, str]],
    *,
    furniture: bool,
) -> ListedEdit:
    """The first of the edits between the same words of a document, with what became of it."""
    some.sort(key=lambda one: (one.seen, one.number))
    first, edit = some[0], some[0].edit
    touch: tuple[Touch, ...] = ("furniture",)
    sides = [
        None
        if side is None
        else EditedWords(
            words=side.words, start=side.start, end=side.end, turn=side.turn, version=version,
            capture=f"sha256:{versions[of, version][0]}",
        )
        for side, of, version in (
            (edit.before, first.document, first.from_version), (edit.after, first.to_document, first.to_version),
        )
    ]  # fmt: skip
    return ListedEdit(
        id=first.id,
        number=first.number,
        document=first.document,
        title=document[1],
        issuer=document[2],
        language=document[3],
        kind=edit.kind,
        rank=_FURNITURE if furniture else edit.rank,
        touches=touch if furniture else edit.touches,
        note=edit.note,
        before=sides[0],
        after=sides[1],
        until=versions[first.document, first.from_version][1],
        seen=first.seen,
        times=len(some),
        back=len(some) > 1 and _words(some[-1])[1] == _words(first)[0],
        replaced_by=first.to_document if first.to_document != first.document else None,
    )
