"""Accounts of one meeting, or two language versions of one statement: what one alone says, and the texts side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking.comparable_documents import (
    ComparableMeeting,
    accounts_of_meeting,
    comparable_meetings,
)
from onrecord.asking.conditions import issue_ids
from onrecord.asking.earlier_accounts import since_last
from onrecord.asking.held_versions import ComparableVersions, comparable_versions
from onrecord.asking.judged_link_store import link_judgements
from onrecord.comparing.account_rows import AccountRow, rows
from onrecord.comparing.accounts import AccountComparison, compare_accounts
from onrecord.comparing.differences import Difference
from onrecord.comparing.judged_links import JudgedLink
from onrecord.comparing.language_versions import LanguageVersions, are_versions
from onrecord.comparing.wording import Change
from onrecord.desk.store import Desk
from onrecord.errors import NotComparable
from onrecord.record import Document
from onrecord.web.compared_texts import ComparedDocument, ComparedText, Mark, Part, Piece, compared_document, pieces
from onrecord.web.page import Page
from onrecord.web.parameters import Name

_LETTERS = "ABCDEFGH"
#: So many meetings, and so many statements in several languages, are suggested.
_MOST = 40


class CompareParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The documents, and which points are shown."""

    document: Annotated[
        tuple[Name, ...], Meta(max_length=len(_LETTERS), description="A document to compare: its id. Give two or more.")
    ] = ()
    meeting: Annotated[Name, Meta(description="The accounts of this meeting: the id of one of its reports.")] | None = (
        None
    )
    issue: Name | None = None
    voice: Annotated[Name, Meta(description="Only what this party says, alone or jointly: its code.")] | None = None


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a document, their span, the anchor of the place in the text below, and the name by which they are judged.

    The ``parts`` tell which of the words bind or hedge.
    """

    words: str
    start: int
    end: int
    anchor: str
    place: str
    parts: tuple[Part, ...] = ()


class CompareRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the comparison: a cell for each document, None where it is not mentioned; and candidates that may say it."""

    cells: tuple[Cell | None, ...]
    relation: str
    certain: bool
    perhaps: tuple[Cell, ...] = ()
    differences: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()
    judgements: tuple[JudgedLink, ...] = ()


class LastTime(msgspec.Struct, frozen=True, kw_only=True):
    """How the account ``letter`` differs from its side's earlier one of the same parties: first the cell of the earlier one."""

    letter: str
    earlier: ComparedDocument
    changed: tuple[CompareRow, ...]
    new: tuple[CompareRow, ...]
    gone: tuple[CompareRow, ...]


class ComparePage(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison: what one alone says (certain and perhaps), what is in several, and the texts in pieces."""

    kind: Literal["accounts", "versions", "none"]
    documents: tuple[ComparedDocument, ...]
    rows: tuple[CompareRow, ...]
    texts: tuple[tuple[Piece, ...], ...]
    issues: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    stale_judgements: tuple[JudgedLink, ...] = ()
    last_time: tuple[LastTime, ...] = ()
    meetings: tuple[ComparableMeeting, ...] = ()
    versions: tuple[ComparableVersions, ...] = ()
    meetings_count: int = 0
    versions_count: int = 0


def compare_page(desk: Desk, params: CompareParameters) -> ComparePage:
    """Compare documents of the desk; without any, the latest that can be compared.

    Raises UnknownDocument, and NotComparable for one document or one named twice.
    """
    if not params.document and not params.meeting:
        return _suggestions(desk)
    named = [one.id for one in accounts_of_meeting(desk, params.meeting).documents] if params.meeting else []
    documents = [desk.document(id) for id in (*named, *(one for one in params.document if one not in named))]
    if len({document.id for document in documents}) < max(2, len(documents)):
        raise NotComparable("two or more different documents are compared", hint="Give each of them once")
    versions = are_versions(documents[0], documents[1]) if len(documents) == 2 else None
    if versions is not None:
        return _versions_page(desk, versions, documents)
    judged = link_judgements(desk.record, [document.id for document in documents])
    page = _accounts_page(desk, compare_accounts(documents, judged=judged), documents, params)
    return msgspec.structs.replace(page, last_time=tuple(_last_time(desk, documents)))


def _suggestions(desk: Desk) -> ComparePage:
    meetings, versions = comparable_meetings(desk), comparable_versions(desk)
    return ComparePage(
        kind="none", documents=(), rows=(), texts=(),
        meetings=meetings[:_MOST], versions=versions[:_MOST],
        meetings_count=len(meetings), versions_count=len(versions),
    )  # fmt: skip


def _last_time(desk: Desk, documents: Sequence[Document]) -> Iterator[LastTime]:
    for letter, document in zip(_LETTERS, documents, strict=False):
        one = since_last(desk, document)
        if one is None:
            continue
        earlier = desk.document(one.earlier.id)
        cells = _cells(one.comparison, [ComparedText(earlier), ComparedText(document)], letters=f"{letter}{letter}")
        changed, new, gone = ([_row(row, cells) for row in rows] for rows in (one.changed, one.new, one.gone))
        yield LastTime(
            letter=letter,
            earlier=compared_document(desk, letter, earlier),
            changed=tuple(changed),
            new=tuple(new),
            gone=tuple(gone),
        )  # fmt: skip


def _cells(found: AccountComparison, texts: Sequence[ComparedText], letters: str = _LETTERS) -> list[Cell]:
    return [_cell(texts[one.account], letters[one.account], one.start, one.end) for one in found.points]


def _cell(text: ComparedText, letter: str, start: int, end: int) -> Cell:
    return Cell(
        words=" ".join(text.text[start:end].split()),
        start=start,
        end=end,
        anchor=f"{letter.lower()}{start}",
        place=f"{text.document.id}@{start}-{end}",
        parts=text.parts(start, end),
    )


def _accounts_page(
    desk: Desk, found: AccountComparison, documents: Sequence[Document], params: CompareParameters
) -> ComparePage:
    compared = [ComparedText(document) for document in documents]
    cells = _cells(found, compared)
    partners: dict[int, list[str]] = {}
    for link in sorted(found.links, key=lambda one: -one.probability):
        if link.linked:
            partners.setdefault(link.one, []).append(cells[link.other].anchor)
            partners.setdefault(link.other, []).append(cells[link.one].anchor)
    texts: list[list[tuple[int, int, Piece]]] = [[] for _ in documents]
    for at, (point, cell) in enumerate(zip(found.points, cells, strict=True)):
        mark: Mark = "only" if point.certain else "aside" if point.aside and point.answer != "linked" else (
            "linked" if point.answer == "linked" else "perhaps"
        )  # fmt: skip
        piece = Piece("", cell.anchor, tuple(partners.get(at, ())), mark)
        texts[point.account].append((point.start, point.end, piece))
    return ComparePage(
        kind="accounts",
        documents=tuple(
            compared_document(desk, letter, document, space.talk)
            for letter, document, space in zip(_LETTERS, documents, found.space, strict=False)
        ),
        rows=tuple(_row(row, cells) for row in rows(found, len(documents)) if _is_wanted(row, found, params)),
        texts=tuple(tuple(pieces(text, some)) for text, some in zip(compared, texts, strict=True)),
        issues=tuple(sorted({issue for point in found.points for issue in point.issues})),
        parties=found.parties,
        stale_judgements=found.stale,
    )


def _is_wanted(row: AccountRow, found: AccountComparison, params: CompareParameters) -> bool:
    some = [found.points[cell] for cell in row.cells if cell is not None]
    if row.said_by == 1 and some[0].aside:
        return False
    wanted = issue_ids((params.issue,)) if params.issue else ()
    about = not wanted or any(issue in wanted for point in some for issue in point.issues)
    return about and (not params.voice or any(params.voice in point.voices for point in some))


def _row(row: AccountRow, cells: Sequence[Cell]) -> CompareRow:
    return CompareRow(
        cells=tuple(cells[cell] if cell is not None else None for cell in row.cells),
        relation=row.relation,
        certain=row.certain,
        perhaps=tuple(cells[cell] for cell in row.perhaps),
        differences=row.differences,
        judgements=row.judgements,
    )


def _versions_page(desk: Desk, versions: LanguageVersions, documents: Sequence[Document]) -> ComparePage:
    compared = [ComparedText(document) for document in documents]
    found: list[CompareRow] = []
    texts: list[list[tuple[int, int, Piece]]] = [[], []]
    for pair in versions.sentences:
        sides = (pair.one, pair.other)
        cells = [
            _cell(compared[side], _LETTERS[side], spans[0][0], spans[-1][1]) if spans else None
            for side, spans in enumerate(sides)
        ]
        alone = not all(sides)
        mark: Mark = "linked" if not alone else "only" if pair.certain else "perhaps"
        found.append(
            CompareRow(
                cells=tuple(cells),
                relation="only" if alone else pair.wording,
                certain=pair.certain and all(change.certain for change in pair.changes),
                changes=pair.changes,
            )
        )
        for side, cell in enumerate(cells):
            other = cells[1 - side]
            if cell is not None:
                piece = Piece("", cell.anchor, (other.anchor,) if other else (), mark)
                texts[side].append((cell.start, cell.end, piece))
    return ComparePage(
        kind="versions",
        documents=tuple(compared_document(desk, letter, one) for letter, one in zip("AB", documents, strict=True)),
        rows=tuple(found),
        texts=tuple(tuple(pieces(text, some)) for text, some in zip(compared, texts, strict=True)),
    )


def csv_rows(answer: ComparePage) -> list[dict[str, object]]:
    """A row for each row of the comparison, with the words of each document."""
    return [
        {document.id: cell.words if cell else "" for document, cell in zip(answer.documents, row.cells, strict=True)}
        | {"relation": row.relation, "certain": row.certain}
        for row in answer.rows
    ]


PAGE = Page(
    path="/compare",
    template="compare.html",
    summary="Accounts of one meeting, or two language versions of one statement: what one alone says, what differs and how",
    parameters=CompareParameters,
    answer=compare_page,
    rows=csv_rows,
    slow=True,
)
