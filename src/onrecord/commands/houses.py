"""``onrecord houses``: the house styles as a table, or the card of one."""

from __future__ import annotations

from onrecord import houses as registry
from onrecord.commands.formats import FormatOption
from onrecord.printing import console, write_csv, write_json

COLUMNS = ("house", "publisher", "languages", "eras", "turns right", "measured on")


def houses(name: str | None = None, /, *, format: FormatOption = "text") -> int:
    """List the house styles that can be read, or show the card of one.

    Example: `onrecord houses cn-mfa`

    Parameters
    ----------
    name
        The id of a house.
    """
    found = {name: registry.find(name)} if name else registry.usable()
    cards = [house.card for house in found.values()]
    if format == "json":
        write_json(cards[0] if name else cards, indent=True)
    elif format == "jsonl":
        write_json(*cards)
    elif format == "csv":
        write_csv(map(_row, found.values()), COLUMNS)
    elif name:
        _print_card(cards[0])
    else:
        from rich.table import Table

        table = Table(box=None, padding=(0, 2, 0, 0))
        for heading in COLUMNS:
            table.add_column(heading)
        for house in found.values():
            table.add_row(*map(str, _row(house).values()))
        console().print(table)
    return 0


def _row(house: registry.House) -> dict[str, object]:
    card = house.card
    eras = f"{card.eras[0]['from']}–{card.eras[-1]['to'] or 'today'}" if card.eras else "any"
    found = card.accuracy
    right, measured = ("", "not measured") if found is None else (f"{found.f1:.3f}", _extent(found))
    return dict(zip(COLUMNS, (card.id, card.name, ", ".join(card.languages), eras, right, measured), strict=True))


def _extent(found: registry.Measured) -> str:
    """On how much it was measured, and whether the rules were built beside it."""
    return f"{found.pages} pages, {found.turns} turns, {'seen' if found.seen else 'unseen'}"


def _figures(found: registry.Measured) -> str:
    failed = f"; {found.failed} of the pages not read" if found.failed else ""
    return (
        f"turns {found.f1:.3f} (F1), speakers {found.speakers:.3f}, outlets {found.outlets:.3f}, "
        f"title, day, kind and language {found.metadata:.3f}{failed}\n"
        f"on {_extent(found)}: {found.texts}\n{found.day}, version {found.version}"
    )


def _print_card(card: registry.Card) -> None:
    out = console()
    out.print(f"[bold]{card.name}[/] ({card.id})")
    rows = [
        ("publisher", card.publisher),
        ("country", card.country or "any"),
        ("addresses", " ".join(card.addresses) or "none"),
        ("languages", ", ".join(card.languages)),
        ("cadence", card.cadence),
        ("rights", card.rights),
    ]
    rows += [(f"{era['from']} – {era['to'] or 'today'}", era["style"]) for era in card.eras]
    for kind, counts in card.expect.items():
        usual = f", usually up to {counts['usual']}" if "usual" in counts else ""
        rows.append((f"a {kind}", f"has at least {counts.get('least', 1)} turns{usual}"))
    rows += [("measured", _figures(found)) for found in card.measured] or [("measured", "not yet")]
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    out.print(table)
