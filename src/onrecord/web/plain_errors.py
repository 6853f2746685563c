"""Error messages for readers in a browser: without regular expressions and terminal commands."""

from __future__ import annotations

import re

from onrecord.errors import OnRecordError

_FIELD = re.compile(r"at `\$\.(\w+)")
#: Patterns of msgspec's messages, and their plain wording; ``{0}`` is the first group.
_MEANINGS = (
    (r"matching regex '\^\\d\{4\}-\\d\\d-\\d\\d\$'", "must be a day, written like 2021-03-22"),
    (r"matching regex '\^\\d\{4\}\(", "must be a year, a month or a day, written like 2021, 2021-03 or 2021-03-22"),
    (r"matching regex '\^\\d\{4\}\$'", "must be a year, written like 2021"),
    (r"matching regex '\^\\d\{1,9\}-", "must be two numbers with a hyphen between them, like 0-20"),
    (r"`str` of length <= (\d+)", "may have at most {0} characters"),
    (r"`array` of length <= (\d+)", "may be given at most {0} times"),
    (r"`int` >= (\d+)", "must be a whole number, at least {0}"),
    (r"`int` <= (\d+)", "must be a whole number, at most {0}"),
    (r"`float` >= ([\d.]+)", "must be a number, at least {0}"),
    (r"`float` <= ([\d.]+)", "must be a number, at most {0}"),
    (r"Expected `int`", "must be a whole number"),
    (r"Expected `float`", "must be a number"),
    (r"Invalid enum value ('.*?')", "cannot be {0}, which is not one of its choices"),
)
_HINTS = {
    500: "Please report the address of this page",
    404: "Look for it in the list of statements, or search for words of it",
    501: "Ask whoever runs this desk to install what is missing",
    503: "Try again in a few seconds",
}
_COMMAND = re.compile(r"\bonrecord [a-z]|(?:^|[\s(])--[a-z]|`|write=True|pip install")


def plain_validation(message: str) -> str:
    """Reword a validation error of :mod:`onrecord.web.parameters`; return other messages unchanged.

    >>> plain_validation("the address cannot be understood: Expected `int` >= 1 - at `$.page`")
    'page must be a whole number, at least 1'
    """
    head, _, why = message.partition("the address cannot be understood: ")
    if head or not why:
        return message
    why = why.replace("\\\\", "\\")  # the message quotes a regular expression in Python syntax
    field = _FIELD.search(why)
    name = field[1] if field else "a value"
    for form, meaning in _MEANINGS:
        match = re.search(form, why)
        if match:
            return f"{name} {meaning.format(*match.groups())}"
    return f"the value of {name} cannot be understood"


def plain_hint(error: OnRecordError, status: int) -> str:
    """The hint for a reader. A hint for the terminal, with a command or an option, is replaced."""
    if error.hint and not _COMMAND.search(error.hint):
        return error.hint
    return _HINTS.get(status, "Go back and change the query")
