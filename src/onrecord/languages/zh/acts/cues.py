"""Cues of the Chinese clause grammar, in ``languages/zh/act_words.toml``: adverbs, negation, conditions, words of time …

Each cue is a regular expression with an invented example, which the tests read, and the reason for it.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.tables import read_toml

_PATH = Path(__file__).parents[1] / "act_words.toml"


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row: the regular expression, words that it finds, and what it decides."""

    words: str
    example: str
    reason: str


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    adverbs: str
    cue: dict[str, Cue]


_TABLE = read_toml(_PATH, _Table)


def table() -> dict[str, Cue]:
    """The rows by name."""
    return _TABLE.cue


def _cue(name: str) -> re.Pattern[str]:
    """A cue as a pattern. Raises LexiconError if the table has no row of that name, or the row no valid pattern."""
    try:
        return re.compile(_TABLE.cue[name].words)
    except KeyError:
        raise LexiconError(f"the cue {name!r} is missing", where=_PATH.name) from None
    except re.error as error:
        raise LexiconError(f"{error} in the cue {name!r}", where=_PATH.name) from error


#: Adverbs and light verbs that are part of the trigger after them: 坚决反对, 表示强烈不满, 予以高度评价.
ADVERBS = frozenset(_TABLE.adverbs.split())
#: Types for which the words before the trigger count as well: a verb between makes the trigger part of something else.
PLAIN = frozenset("consult agree aid support reaffirm commit sanction propose".split())

ABOUT = _cue("about")
ACHIEVES = _cue("achieves")
AGENT = _cue("agent")
AIM = _cue("aim")
AND_MORE = _cue("and_more")
AND_OTHERS = _cue("and_others")
ANNIVERSARY = _cue("anniversary")
ANNOUNCED = _cue("announced")
ASIDE = _cue("aside")
ASKING = _cue("asking")
AS_NOUN = _cue("as_noun")
AS_SAID = _cue("as_said")
ATTENDING = _cue("attending")
AT_HOME = _cue("at_home")
AVOIDED = _cue("avoided")
BELIEVED = _cue("believed")
BETWEEN = _cue("between")
BLAME_JUDGED = _cue("blame_judged")
BY_DEMAND = _cue("by_demand")
CHAINED = _cue("chained")
CLAIM = _cue("claim")
CLAIMED = _cue("claimed")
COMPANY = _cue("company")
COMPLEMENT_ENDS = _cue("complement_ends")
CONCEDED = _cue("conceded")
CONCEDED_ANY = _cue("conceded_any")
CONDITION = _cue("condition")
CONDITION_NAMED = _cue("condition_named")
CONDUCT = _cue("conduct")
CONDUCT_NOUN = _cue("conduct_noun")
CONJOINED = _cue("conjoined")
COURSE = _cue("course")
DECIDED = _cue("decided")
DESCRIBED = _cue("described")
DISPLEASED = _cue("displeased")
DOMESTIC = _cue("domestic")
DONE = _cue("done")
DONE_BY = _cue("done_by")
DUE = _cue("due")
DUTIFUL = _cue("dutiful")
DUTY = _cue("duty")
EMBEDDING = _cue("embedding")
EMBEDS = _cue("embeds")
EMPTY_FRAME = _cue("empty_frame")
EVEN_SO = _cue("even_so")
EXPECTED = _cue("expected")
EXPRESSED = _cue("expressed")
FEELING = _cue("feeling")
FORECAST = _cue("forecast")
GROUNDS = _cue("grounds")
HE = _cue("he")
HEADING = _cue("heading")
HEARING = _cue("hearing")
HEARSAY = _cue("hearsay")
HEDGES = _cue("hedges")
HEEDED = _cue("heeded")
HELD_VIEW = _cue("held_view")
HOME_AGENCY = _cue("home_agency")
HOME_BODY = _cue("home_body")
HOME_OFFICE = _cue("home_office")
HOW = _cue("how")
IF_NEWS = _cue("if_news")
INCLUDED = _cue("included")
IN_DOING = _cue("in_doing")
IN_LAW = _cue("in_law")
IS_A = _cue("is_a")
ITS_VISIT = _cue("its_visit")
JOINED = _cue("joined")
JUDGED = _cue("judged")
LAWLESS = _cue("lawless")
LEADS_TO = _cue("leads_to")
LED_BY = _cue("led_by")
LEGAL_NOUN = _cue("legal_noun")
LIGHT = _cue("light")
LISTED = _cue("listed")
LISTED_ON = _cue("listed_on")
MANY = _cue("many")
MARKS_OBJECT = _cue("marks_object")
MATRIX = _cue("matrix")
MATTER = _cue("matter")
MATTER_AT_HOME = _cue("matter_at_home")
MATTER_END = _cue("matter_end")
MEANS = _cue("means")
MEANWHILE = _cue("meanwhile")
MEASURES = _cue("measures")
NEEDED = _cue("needed")
_NEGATIVE = _cue("negative")
NEWS = _cue("news")
NEXT_JUDGES = _cue("next_judges")
NOMINAL = _cue("nominal")
NOTING = _cue("noting")
NOT_NEGATED = _cue("not_negated")
NOUN_AFTER = _cue("noun_after")
NOUN_BEFORE = _cue("noun_before")
NO_PREPOSED = _cue("no_preposed")
OBJECT = _cue("object")
OBJECT_MARKED = _cue("object_marked")
OF_BEFORE = _cue("of_before")
OF_END = _cue("of_end")
OF_THINGS = _cue("of_things")
OF_TOPIC = _cue("of_topic")
ONE_OF = _cue("one_of")
ONGOING = _cue("ongoing")
ONLY_WILL = _cue("only_will")
ON_MATTER = _cue("on_matter")
OPENING = _cue("opening")
OTHERS = _cue("others")
OTHERS_ACT = _cue("others_act")
OTHER_SUBJECT = _cue("other_subject")
OWN_FIGHT = _cue("own_fight")
OWN_GAP = _cue("own_gap")
PAIR_MATTER = _cue("pair_matter")
PASSIVE = _cue("passive")
PERSON = _cue("person")
PLACE = _cue("place")
PLANNED = _cue("planned")
POSITION = _cue("position")
POSSIBLE = _cue("possible")
PREPOSED = _cue("preposed")
PURPOSE = _cue("purpose")
REGULAR = _cue("regular")
REPORTING = _cue("reporting")
RESOLUTION = _cue("resolution")
RESOLVE = _cue("resolve")
ROW_VERB = _cue("row_verb")
SAID = _cue("said")
SAME = _cue("same")
SAME_SESSION = _cue("same_session")
SENSELESS = _cue("senseless")
SERVED = _cue("served")
SERVING = _cue("serving")
SESSION = _cue("session")
SHARED = _cue("shared")
SHOWS = _cue("shows")
SOMEBODY = _cue("somebody")
SO_CALLED = _cue("so_called")
STANDING = _cue("standing")
STOP = _cue("stop")
SUBJECT_IF = _cue("subject_if")
SUFFERED = _cue("suffered")
SUFFERS = _cue("suffers")
SUFFIX_DONE = _cue("suffix_done")
SURVEY = _cue("survey")
THEN = _cue("then")
THE_PRESS = _cue("the_press")
THING = _cue("thing")
THIS = _cue("this")
THIS_CONDUCT = _cue("this_conduct")
TOGETHER = _cue("together")
TOLD_OF = _cue("told_of")
TOPIC = _cue("topic")
TOPIC_END = _cue("topic_end")
TOPIC_VERB = _cue("topic_verb")
TO_THAT = _cue("to_that")
TO_THE_PRESS = _cue("to_the_press")
TURNING = _cue("turning")
VERB = _cue("verb")
VOICES = _cue("voices")
WHEN = _cue("when")
WHETHER = _cue("whether")
WILL_VALUE = _cue("will_value")
WISH_NOUN = _cue("wish_noun")
WITH_JOINED = _cue("with_joined")
WORDS_SAID = _cue("words_said")


def negation(text: str, floor: int, start: int) -> bool:
    """Whether a negation is directly before a trigger."""
    before = text[max(floor, start - 12) : start]
    return bool(_NEGATIVE.search(before)) and not NOT_NEGATED.search(before)
