"""``onrecord watch``: saved questions, and what is new for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

from onrecord.commands.formats import DESK, DeskOption, FormatOption
from onrecord.commands.output_files import write_file
from onrecord.desk import Desk, open_desk
from onrecord.errors import QueryError
from onrecord.printing import console, write_csv, write_json
from onrecord.watching import Entry, Watch, atom, digest, forget, news, save, watches

_COLUMNS = ("watch", "id", "day", "document", "title", "text", "address", "at")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Saved:
    """What is asked: one of these saves a question under the name.

    Parameters
    ----------
    find
        Words and filters, as `onrecord find` takes them: `'sanctions actor:USA'`.
    trace
        A phrase, as `onrecord trace` takes it.
    edits
        Changes of at least this rank, as `onrecord edits` shows it.
    between
        Undertakings between these two parties, divided by a comma.
    issuer
        Only of this issuer.
    forget
        Delete the question.
    """

    find: str | None = None
    trace: str | None = None
    edits: float | None = None
    between: str | None = None
    issuer: str | None = None
    forget: Annotated[bool, Parameter(show_default=False)] = False

    def watch(self, name: str) -> Watch | None:
        """The question to be saved, if one is given. Raises QueryError for more than one."""
        given: list[tuple[Any, dict[str, Any]]] = []
        scope = {"issuer": self.issuer} if self.issuer else {}
        if self.find is not None:
            given.append(("find", {"query": self.find} | ({"issuer": [self.issuer]} if self.issuer else {})))
        if self.trace is not None:
            given.append(("trace", {"phrase": self.trace} | scope))
        if self.edits is not None:
            given.append(("edits", {"min_rank": self.edits} | scope))
        if self.between is not None:
            given.append(("ledger", {"between": [one.strip() for one in self.between.split(",")]} | scope))
        if len(given) > 1:
            raise QueryError("a saved question is one question", hint="Save each under a name of its own")
        return Watch(name=name, kind=given[0][0], question=given[0][1]) if given else None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Written:
    """Where the answers go besides the terminal.

    Parameters
    ----------
    atom
        Write all that the question has told to this file, as an Atom feed.
    mail
        Write what is new to this file as a mail; nothing is written where nothing is new.
    to
        The address that the mail is for.
    """

    atom: Path | None = None
    mail: Path | None = None
    to: str = "undisclosed-recipients:;"


def watch(
    name: str = "",
    /,
    *,
    desk: DeskOption = DESK,
    saved: Saved = Saved(),
    written: Written = Written(),
    format: FormatOption = "text",
) -> int:
    """Save a question, or show what is new for a saved one: each answer is told once.

    Without a name the saved questions are listed. What the desk holds when a question is saved counts as told. The exit code is
    0 also where nothing is new: then no mail is written.

    Example: `onrecord watch trade --find 'tariff*'`, and every morning `onrecord watch trade --atom trade.atom`

    Parameters
    ----------
    name
        The name of the question.
    """
    asked = saved.watch(name)
    if not name:
        if asked is not None or saved.forget or written.atom is not None or written.mail is not None:
            raise QueryError("the question has no name", hint="Name it first: onrecord watch NAME …")
        with open_desk(desk) as opened:
            _list(opened, format)
        return 0
    out = console()
    with open_desk(desk, write=True) as opened:
        if saved.forget:
            forget(opened, name)
            out.print(f"{name} is deleted, and what it has told", markup=False)
            return 0
        if asked is not None:
            count = save(opened, asked)
            out.print(
                f"saved; {count} answer{'s' * (count != 1)} that the desk has already: counted as told", markup=False
            )
            return 0
        entries = news(opened, name, lambda entries: _write_mail(name, entries, written))
        if written.atom is not None:
            write_file(written.atom, atom(opened, name))
    _print(name, entries, format)
    return 0


def _write_mail(name: str, entries: list[Entry], written: Written) -> None:
    if written.mail is not None and entries:
        write_file(written.mail, bytes(digest(name, entries, sender="onrecord@localhost", to=written.to)))


def _list(desk: Desk, format: str) -> None:
    found = watches(desk)
    if format == "json":
        write_json(found, indent=True)
    elif format == "jsonl":
        write_json(*found)
    elif format == "csv":
        rows = [
            {"name": one.name, "kind": one.kind, "question": str(one.question), "added": one.added} for one in found
        ]
        write_csv(rows, ("name", "kind", "question", "added"))
    else:
        if not found:
            console().print("no saved questions; save one: onrecord watch NAME --find WORDS", markup=False)
        for one in found:
            told = ", ".join(f"{key} {value}" for key, value in one.question.items())
            console().print(f"{one.name}: {one.kind}, {told} (since {one.added})", markup=False, soft_wrap=True)


def _print(name: str, entries: list[Entry], format: str) -> None:
    if format == "json":
        write_json({"watch": name, "entries": entries}, indent=True)
    elif format == "jsonl":
        write_json(*entries)
    elif format == "csv":
        write_csv(({"watch": name} | msgspec.to_builtins(one) for one in entries), _COLUMNS)
    else:
        out = console()
        for one in entries:
            out.print()
            out.print(one.title, markup=False, style="bold", soft_wrap=True)
            out.print(one.text, markup=False)
            out.print(one.id, markup=False, style="dim", soft_wrap=True)
        out.print(f"{len(entries)} new for {name}", markup=False)
