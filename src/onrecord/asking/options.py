"""The filters of queries, each defined once: name, help, allowed values, and parser.

The command line (:mod:`onrecord.commands.options`), the web pages (:mod:`onrecord.web.parameters`) and the description of the
API (:mod:`onrecord.web.openapi`) all use them.

>>> SINCE.value("2021"), UNTIL.value("2021")
('2021-01-01', '2021-12-31')
>>> ANSWER_TYPE.values(["decline,refer", "Counter"])
('decline', 'refer', 'counter')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import get_args

from onrecord.annotation_types import ActType, AnswerType, Form, MeetingKind, MentionKind, Polarity, Strength, Voice
from onrecord.asking.scope import first_day, last_day
from onrecord.comparing.ranking import Touch
from onrecord.comparing.version_edits import EditKind
from onrecord.languages.code_lookup import unknown
from onrecord.record import DocumentKind, Role, TurnKind

#: A year, a month or a day, as a pattern for JSON Schema; the parser also checks the calendar.
DAY_PATTERN = r"^\d{4}(-\d\d(-\d\d)?)?$"


@dataclass(frozen=True, kw_only=True)
class Option:
    """An option. ``name`` is its name in Python and in URLs; ``flags`` are its spellings on the command line.

    With ``choices``, one string may contain several values, separated by commas. ``noun`` names a value in error messages.
    """

    name: str
    help: str
    flags: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    noun: str = ""
    parse: Callable[[str], str | None] | None = None
    pattern: str = ""

    @property
    def description(self) -> str:
        """The help with the allowed values."""
        words = f"{self.help}: {', '.join(self.choices)}" if self.choices else self.help
        return words if words.endswith("…") else f"{words}."

    @property
    def spellings(self) -> tuple[str, ...]:
        """The flags, by default made from the name."""
        return self.flags or (f"--{self.name.replace('_', '-')}",)

    def value(self, words: str) -> str:
        """One value in its standard form. Raises QueryError for a value that is not allowed, with the nearest ones."""
        words = words.strip()
        if self.parse is not None:
            return self.parse(words) or ""
        if self.choices and words.casefold() not in self.choices:
            known = {choice: choice for choice in self.choices}
            raise unknown(self.noun or self.name, words, known, f"It is one of {', '.join(self.choices)}")
        return words.casefold() if self.choices else words

    def values(self, words: Iterable[str]) -> tuple[str, ...]:
        """Several values, each once. Raises QueryError."""
        parts = (part for one in words for part in (one.split(",") if self.choices else (one,)))
        return tuple(dict.fromkeys(self.value(part) for part in parts if part.strip()))


ISSUER = Option(name="issuer", help="Only statements of this issuer, by its id: cn-mfa, us-whitehouse …")
LANGUAGE = Option(name="language", help="Only in this language: en, zh …")
SPEAKER = Option(name="speaker", help="Only what this speaker says")
OUTLET = Option(name="outlet", help="Only questions of this outlet and answers to it, by id or name: afp, Reuters …")
SINCE = Option(
    name="since",
    help="Only from this day on: a year, a month or a day (2021, 2021-03, 2021-03-22)",
    parse=first_day,
    pattern=DAY_PATTERN,
)
UNTIL = Option(
    name="until", help="Only up to the end of this year, month or day, included", parse=last_day, pattern=DAY_PATTERN
)
DOCUMENT_KIND = Option(
    name="document_kind", help="Only documents of this kind", choices=get_args(DocumentKind), noun="kind of document"
)
TURN_KIND = Option(
    name="kind", help="Only turns of this kind", flags=("--turn-kind", "--kind"), choices=get_args(TurnKind),
    noun="kind of turn",
)  # fmt: skip
TRACED_KIND = Option(
    name="kind", help="Only turns of this kind; podium stands for answers and statements", flags=("--turn-kind", "--kind"),
    choices=("podium", "all", *get_args(TurnKind)), noun="kind of turn",
)  # fmt: skip
ROLE = Option(name="role", help="Only turns of speakers in this role", choices=get_args(Role))
ACTOR = Option(name="actor", help="Only where this party acts, by code or name: CHN, China, 中国")
TARGET = Option(name="target", help="Only where an act is directed at this party, by code or name")
ACT_TYPE = Option(name="act", help="Only with an act of this type", choices=get_args(ActType), noun="type of act")
ISSUE = Option(name="issue", help="Only about this issue and those under it, by id or name")
VOICE = Option(
    name="voice", help="Only acts of the podium's own government, or acts that it reports", choices=get_args(Voice)
)  # fmt: skip
POLARITY = Option(
    name="polarity", help='Only acts that are affirmed, or negated ("did not agree to")', choices=get_args(Polarity)
)
MENTION_KIND = Option(
    name="kind", help="Only mentions of this kind", flags=("--mention-kind", "--kind"), choices=get_args(MentionKind),
    noun="kind of mention",
)  # fmt: skip
ANSWER_TYPE = Option(
    name="type", help="Only answers of this kind", flags=("--type", "--answer-type"), choices=get_args(AnswerType),
    noun="kind of answer",
)  # fmt: skip
MEETING_KIND = Option(
    name="kind", help="Only meetings of this kind", flags=("--meeting-kind", "--kind"), choices=get_args(MeetingKind),
    noun="kind of meeting",
)  # fmt: skip
STRENGTH = Option(name="strength", help="Only undertakings of this strength", choices=get_args(Strength))
FORM = Option(name="form", help="Only undertakings made in this form", choices=get_args(Form))
ONE_SIDED = Option(
    name="one_sided",
    help="Also what one side undertakes alone, not only what was made together or by each to the other",
)
BETWEEN = Option(name="between", help="Only where all of these parties take part, by code or name: CHN USA")
PLACE = Option(name="place", help="Only at this place, by its id or words of its name")
PERSON = Option(name="person", help="Only with this person, by id or words of the name")
EDIT_KIND = Option(
    name="kind", help="Only edits of this kind", flags=("--kind", "--edit-kind"), choices=get_args(EditKind),
    noun="kind of edit",
)  # fmt: skip
TOUCHES = Option(
    name="touches",
    help="Only edits that touch this; undertaking stands for one lost, weakened or otherwise changed",
    choices=get_args(Touch),
    noun="thing that an edit touches",
)
BOTH_SCRIPTS = Option(name="both_scripts", help="Match simplified and traditional characters")

#: The options whose name means the same everywhere, by name.
SHARED = {
    one.name: one
    for one in (ISSUER, LANGUAGE, SPEAKER, OUTLET, SINCE, UNTIL, DOCUMENT_KIND, ROLE, ACTOR, TARGET, ACT_TYPE, ISSUE)
} | {one.name: one for one in (STRENGTH, FORM, ONE_SIDED, BETWEEN, PLACE, PERSON)}
