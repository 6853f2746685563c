"""``onrecord compare``: the accounts that several sides give of one meeting, or two language versions of one statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from onrecord import languages
from onrecord.commands.account_printing import LETTERS, print_accounts, print_since_last
from onrecord.commands.formats import DESK, DeskOption, FormatOption, HouseOption
from onrecord.commands.source_reading import annotated, read_source
from onrecord.comparing.account_rows import rows
from onrecord.comparing.accounts import AccountComparison, compare_accounts
from onrecord.comparing.judged_links import JudgedLink
from onrecord.comparing.language_versions import LanguageVersions, SentencePair, align_versions, are_versions
from onrecord.comparing.word_table import WordTable, load
from onrecord.errors import NotComparable
from onrecord.printing import console, write_csv, write_json
from onrecord.record import Document

if TYPE_CHECKING:
    from onrecord.asking.earlier_accounts import SinceLast  # files need no desk

#: As many softer and harder renderings are printed without --whole.
_USUAL = 12


def compare(
    *documents: str,
    meeting: Annotated[
        str | None,
        Parameter(
            help="The accounts of this meeting on the desk: the id that `onrecord meetings` prints, or its beginning."
        ),
    ] = None,
    kind: Annotated[
        Literal["auto", "accounts", "versions"],
        Parameter(name=["--as"], help="Accounts of one meeting, or versions of one statement in two languages."),
    ] = "auto",
    table: Annotated[
        Path | None, Parameter(help="A table of words in the two languages, made by `onrecord word-table`.")
    ] = None,
    last: Annotated[
        bool,
        Parameter(help="Also how each account on the desk differs from its side's earlier one of the same parties."),
    ] = False,
    whole: Annotated[bool, Parameter(help="Print both texts, sentence by sentence.")] = False,
    house: HouseOption = None,
    desk: DeskOption = DESK,
    format: FormatOption = "text",
) -> int:
    """Compare the accounts of one meeting, or two language versions of one statement: what one alone says, what differs and how.

    Documents are files, addresses, or ids of the desk. Two documents in two languages with the same words are versions; all
    else are accounts. "Only" always means: in these texts. Without documents, what can be compared on the desk is listed.

    Example: `onrecord compare ours.md theirs.txt`, `onrecord compare en.shtml zh.shtml`, `onrecord compare --meeting ID --last`
    """
    words = load(table) if table is not None else None
    if not documents and meeting is None:
        from onrecord.commands.comparable_listing import list_comparable  # imported here, since files need no desk

        return list_comparable(desk, format)
    if last and meeting is None and len(documents) == 1:
        return print_last(documents[0], desk, format, whole)
    opened = _opened(documents, meeting, house, desk)
    versions = _versions(opened, kind, words)
    if versions is not None:
        _write(
            versions_object(versions, opened),
            "sentences",
            format,
            lambda: print_versions(versions, opened, whole),
        )
        return 0
    annotated_documents = [one if one.annotation else annotated(one, one.title) for one in opened]
    found = compare_accounts(annotated_documents, table=words, judged=_judged(annotated_documents, desk))
    told = accounts_object(found, annotated_documents)
    earlier = _since_last(annotated_documents, desk) if last else {}
    if last:
        told["since_last"] = {
            LETTERS[at].lower(): accounts_object(one.comparison, [before, annotated_documents[at]])
            for at, (one, before) in earlier.items()
        }

    def show() -> None:
        print_accounts(found, annotated_documents, whole)
        for at, (one, before) in earlier.items():
            print_since_last(one, [before, annotated_documents[at]], LETTERS[at], whole)

    _write(told, "points", format, show)
    return 0


def print_last(source: str, desk: Path, format: str, whole: bool) -> int:
    """Print how one account of the desk differs from its side's earlier one. Raises NotComparable where there is none."""
    document = _document(source, None, desk)
    found = _since_last([document], desk).get(0)
    if found is None:
        raise NotComparable(
            "the desk has no earlier account by this issuer of a meeting of the same parties",
            where=document.id or source,
        )
    one, before = found
    told = accounts_object(one.comparison, [before, document])
    _write(told, "points", format, lambda: print_since_last(one, [before, document], "A", whole))
    return 0


def _since_last(documents: list[Document], desk: Path) -> dict[int, tuple[SinceLast, Document]]:
    """The accounts that the desk has an earlier one of, by their number: the comparison, and the earlier document."""
    from onrecord.asking.earlier_accounts import since_last
    from onrecord.desk import open_desk

    found = {}
    with open_desk(desk) as opened:
        for at, document in enumerate(documents):
            one = since_last(opened, document)
            if one is not None:
                found[at] = one, opened.document(one.earlier.id)
    return found


def _write(told: dict[str, Any], items: str, format: str, show: Callable[[], None]) -> None:
    """Write a comparison: its JSON, a line or a row for each of its items with the words, or the text for people."""
    if format == "json":
        write_json(told)
    elif format == "jsonl":
        write_json(*told[items])
    elif format == "csv":
        texts = {key: value["text"] for key, value in told.items() if isinstance(value, dict) and "text" in value}
        columns = (*texts, "wording" if items == "sentences" else "relation", "certain", "why")
        write_csv((_csv_row(one, texts) for one in told[items]), columns)
    else:
        show()


def _csv_row(one: dict[str, Any], texts: dict[str, str]) -> dict[str, object]:
    """The words of each text, how they compare, and why."""
    spans = {key: [one[key]] if one[key] and isinstance(one[key][0], int) else one[key] or [] for key in texts}
    said = {key: " ".join(texts[key][start:end] for start, end in some) for key, some in spans.items()}
    reasons = [f"{why.reason}: {why.one} / {why.other}" for why in one.get("differences", ())]
    reasons += [f"{why.sign}: {why.words} / {why.instead}" for why in one.get("changes", ())]
    how = {key: one[key] for key in ("wording", "relation") if key in one}
    return said | how | {"certain": one.get("certain", True), "why": "; ".join(reasons)}


def _opened(documents: tuple[str, ...], meeting: str | None, house: str | None, desk: Path) -> list[Document]:
    """The documents that are named, or those of a meeting on the desk and any others that are named."""
    named = list(documents)
    if meeting is not None:
        from onrecord.asking.comparable_documents import accounts_of_meeting
        from onrecord.desk import open_desk

        with open_desk(desk) as held:
            accounts = [one.id for one in accounts_of_meeting(held, meeting).documents]
        named = [*accounts, *(one for one in named if one not in accounts)]
    if len(named) < 2:
        raise NotComparable("two or more documents are compared", hint="Give another, or --meeting ID")
    return [_document(one, house, desk) for one in named]


def _judged(documents: list[Document], desk: Path) -> tuple[JudgedLink, ...]:
    """The links between these documents that people made or parted, where they are on a desk."""
    if not (desk / "record.sqlite").is_file():
        return ()
    from onrecord.asking.judged_link_store import link_judgements
    from onrecord.desk import open_desk

    with open_desk(desk) as opened:
        return link_judgements(opened.record, [document.id for document in documents])


def _document(source: str, house: str | None, desk: Path) -> Document:
    if Path(source).exists() or source.startswith(("http://", "https://")) or source == "-":
        return read_source(source, house=house)
    from onrecord.commands.document_choice import open_document  # imported here, since files need no desk
    from onrecord.desk import open_desk

    with open_desk(desk) as opened:
        return open_document(opened, source)


def _versions(documents: list[Document], kind: str, table: WordTable | None) -> LanguageVersions | None:
    """The alignment of two language versions; None for accounts."""
    if len(documents) > len(LETTERS):
        raise NotComparable(f"at most {len(LETTERS)} accounts are compared at once")
    if kind == "versions":
        if len(documents) != 2:
            raise NotComparable("language versions are compared by twos", hint="Give two documents")
        return align_versions(documents[0], documents[1], table)
    return are_versions(documents[0], documents[1], table) if kind == "auto" and len(documents) == 2 else None


def accounts_object(found: AccountComparison, documents: list[Document]) -> dict[str, Any]:
    """The comparison as JSON: the texts named a, b, c …, a row for each point with its interval in each, and the candidates."""
    names = [letter.lower() for letter in LETTERS[: len(documents)]]

    def span(at: int | None) -> tuple[int, int] | None:
        return None if at is None else (found.points[at].start, found.points[at].end)

    told = []
    for row in rows(found, len(documents)):
        cells = dict(zip(names, map(span, row.cells), strict=True))
        alone = next((name for name, cell in cells.items() if cell), "") if row.said_by == 1 else ""
        held = next(found.points[cell] for cell in row.cells if cell is not None)
        told.append(
            cells
            | {
                "relation": f"only-{alone}" if alone else row.relation,
                "certain": row.certain,
                "said_by": row.said_by,
                "voices": held.voices,
                "issues": held.issues,
                "aside": held.aside,
                "differences": row.differences,
                "judgements": row.judgements,
            }
        )
    candidates: dict[int, list[tuple[float, int]]] = {}
    for link in found.links:
        candidates.setdefault(link.one, []).append((-link.probability, link.other))
    return {
        "kind": "accounts",
        **{name: _head(document) for name, document in zip(names, documents, strict=True)},
        "parties": found.parties,
        "points": told,
        "candidates": [
            {names[found.points[one].account]: span(one)}
            | {
                name: [span(other) for _, other in sorted(some) if found.points[other].account == account]
                for account, name in enumerate(names)
                if account > found.points[one].account
            }
            for one, some in sorted(candidates.items())
        ],
        "space": dict(zip(names, found.space, strict=True)),
        "stale_judgements": found.stale,
    }


def versions_object(versions: LanguageVersions, documents: list[Document]) -> dict[str, Any]:
    """The alignment as JSON: the texts and the intervals of both, named by their languages."""
    one, other = (languages.find(code).code for code in versions.languages)

    def pair(some: SentencePair) -> dict[str, Any]:
        return {
            one: some.one, other: some.other, "wording": some.wording, "shared": some.shared, "moved": some.moved,
            "changes": some.changes,
        }  # fmt: skip

    return {
        "kind": "versions",
        **{code: _head(document) for code, document in zip((one, other), documents, strict=True)},
        "shared": versions.shared,
        "turns": [{one: turn.one, other: turn.other} for turn in versions.turns],
        "sentences": [pair(some) for some in versions.sentences if (some.one and some.other) or some.certain],
        "perhaps_left_out": [
            {one: some.one, other: some.other, "found_elsewhere": some.shared}
            for some in versions.sentences
            if not (some.one and some.other) and not some.certain
        ],
    }


def _head(document: Document) -> dict[str, Any]:
    return {
        "id": document.id, "title": document.title, "date": document.date, "issuer": document.issuer,
        "language": document.language, "capture": document.heading.capture, "text": document.text,
    }  # fmt: skip


def print_versions(versions: LanguageVersions, documents: list[Document], whole: bool) -> None:
    """Print what one version alone has, what was moved, and where one is softer or harder, the rarest first."""
    out = console()
    names = [languages.find(code).name for code in versions.languages]
    for name, document in zip(names, documents, strict=True):
        out.print(Text(f"{name}: {document.title}", style="bold"), soft_wrap=True)
    paired = [one for one in versions.sentences if one.one and one.other]
    turns = sum(bool(turn.one and turn.other) for turn in versions.turns)
    out.print(
        f"{turns} turns and {len(paired)} stretches of sentences in both · "
        f"{sum(one.moved for one in paired)} in another order · "
        f"{sum(one.wording != 'same' for one in paired)} perhaps softer, harder or otherwise different",
        style="cyan",
        soft_wrap=True,
    )
    if versions.untold:
        out.print(
            "There is no table of words for these languages: only numbers and like words could be compared.",
            style="yellow",
        )
    for side in (0, 1):
        _print_alone(versions, documents, side, names, out)
    changed = sorted((one for one in paired if one.changes), key=_rarity)
    if changed:
        out.print(f"\nWhere {names[0]} is perhaps softer or harder, the likeliest first: read both", style="bold")
    for one in changed if whole else changed[:_USUAL]:
        _print_change(one, documents, names, out)
    if len(changed) > _USUAL and not whole:
        out.print(f"{len(changed) - _USUAL} more: --whole", style="dim")
    if whole:
        out.print("\nBoth texts", style="bold")
        for one in versions.sentences:
            _print_pair(one, documents, out)


def _rarity(pair: SentencePair) -> float:
    """Different steps on a ladder come first, then words of degree by how seldom they are not rendered, then a step that one
    version alone takes."""
    return -max(
        0.0 if not change.certain else 1.0 if change.sign == "ladder" else change.usually or 0.0
        for change in pair.changes
    )


def _print_alone(
    versions: LanguageVersions, documents: list[Document], side: int, names: list[str], out: Console
) -> None:
    text = documents[side].text
    turns = [
        span for turn in versions.turns for span in (turn.one, turn.other)[side] if not (turn.one, turn.other)[1 - side]
    ]
    inside = [
        (span, pair.certain)
        for pair in versions.sentences
        if not (pair.one, pair.other)[1 - side]
        for span in (pair.one, pair.other)[side]
        if not any(start <= span[0] < end for start, end in turns)
    ]
    sure = [span for span, certain in inside if certain]
    if turns or sure:
        out.print(f"\nOnly in {names[side]}, in these two texts", style="bold")
    for start, end in turns:
        out.print(Text(f"  turn: {_flat(text[start:end])}", style="green"))
    for start, end in sure:
        out.print(Text(f"  {_flat(text[start:end])}", style="green"))
    unsure = [span for span, certain in inside if not certain]
    if unsure:
        out.print(f"\nPerhaps only in {names[side]} (or rendered freely)", style="bold")
        for start, end in unsure:
            out.print(Text(f"  {_flat(text[start:end])}", style="dim"))


def _print_change(pair: SentencePair, documents: list[Document], names: list[str], out: Console) -> None:
    for change in pair.changes:
        weaker = names[change.weaker]
        if change.sign == "ladder":
            instead = f"“{change.instead}”" if change.instead else "nothing of the kind"
            why = f"{weaker} is milder on the ladder of {change.ladder}: “{change.words}” against {instead}"
        else:
            why = f"{weaker} is milder: “{change.words}” has no counterpart; usually it has one ({change.usually:.0%})"
        out.print(Text(why, style="yellow"))
    for spans, document in ((pair.one, documents[0]), (pair.other, documents[1])):
        out.print(Text(f"  {_flat(document.text[spans[0][0] : spans[-1][1]])}", style="dim"))


def _print_pair(pair: SentencePair, documents: list[Document], out: Console) -> None:
    for spans, document, style in ((pair.one, documents[0], ""), (pair.other, documents[1], "cyan")):
        words = _flat(document.text[spans[0][0] : spans[-1][1]]) if spans else "—"
        out.print(Text(words, style=style))
    out.print()


def _flat(words: str) -> str:
    return " ".join(words.split())
