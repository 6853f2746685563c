"""What a desk was told once and keeps: settings by name."""

from __future__ import annotations

import sqlite3

#: The address that servers are told, to which they may write: a mail address or a web page.
CONTACT = "contact"


def setting(record: sqlite3.Connection, name: str) -> str | None:
    """The value of a setting, or None."""
    row = record.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def keep_setting(record: sqlite3.Connection, name: str, value: str) -> None:
    """Store a setting in place of an earlier one."""
    record.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
