"""``onrecord houses``: the house styles as a table, or the card of one."""

from __future__ import annotations

from onrecord import houses
from onrecord.printing import console, write_json


def show_houses(name: str | None, *, format: str) -> int:
    """Print the cards. Raises UnknownHouse for a name that none has."""
    found = {name: houses.find(name)} if name else houses.usable()
    cards = [house.card for house in found.values()]
    if format == "json":
        told = cards[0] if name else cards
        write_json(told, indent=True)
        return 0
    out = console()
    if name:
        _show_card(cards[0])
        return 0
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("house", "publisher", "languages", "eras", "examples"):
        table.add_column(heading)
    for house in found.values():
        card = house.card
        eras = f"{card.eras[0]['from']}–{card.eras[-1]['to'] or 'today'}" if card.eras else "any"
        table.add_row(card.id, card.name, ", ".join(card.languages), eras, str(len(house.examples)))
    out.print(table)
    return 0


def _show_card(card: houses.Card) -> None:
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
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    out.print(table)
