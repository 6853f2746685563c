"""References in English: "we", "the latter", surnames after a title, reporters called on by name."""

from __future__ import annotations

import re

from onrecord.languages.name_tables import Condition
from onrecord.languages.names import Hit, Name
from onrecord.languages.reference_rules import ReferenceRules, ends_with

#: Begins with a set of characters and not with "\b": re skips fast to the next of a set.
_WE = re.compile(r"[WwOoUuIMm](?<!\w\w)(?:(?<=[Ww])e|(?<=[Oo])ur(?:s|selves)?|(?<=[Uu])s|(?<=[Mm])y|(?<=I))\b(?!\.)")
_LATTER = re.compile(r"the latter(?<!\wthe latter)\b")
_WHERE = (
    "in", "In", "to", "from", "near", "outside", "around", "at", "of", "visit", "visited", "visiting", "left", "into", "via",
    "downtown",
)  # fmt: skip
_AND = re.compile(r"\s*(?:and|with|-|the|the\s+)*\s*(?:the\s+)?")
_TITLED = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Sir|President|Minister|Secretary|Chairman|Chancellor|Premier|Director|Ambassador|Governor|Senator"
    r"|Councilor|Envoy|General|King|Prime Minister|Speaker|Congressman|Representative|Advisor|Adviser|Prince|Leader)\b\.?\s+)$"
)
_AMERICAN = re.compile(
    r"\b(?:Gov(?:ernor)?|Sen(?:ator)?|Rep(?:resentative)?|Congress(?:wo)?man|Attorney General|Speaker|Sheriff|Mayor)\b\.?\s+$"
)
#: A paragraph or sentence that consists of a name calls on somebody: "Jordan.", "Go ahead, Jordan."
_CALLED = re.compile(
    r"(?i:^|[.!?)]|\b(?:yes|okay|ok|ahead|thanks|thank you|all right|and|now|sure|hi|hey|hello)\b,?)[\s\u00a0]*$"
)
_CALLED_END = re.compile(
    r"[.?!,—-]*[\s\u00a0]*(?:[—-]+\s*)?(?:\n|$)"
    r"|, (?:I|I[’']\w+|[Yy]ou|[Ww]e|[Ww]hat|[Tt]hat|[Ii]t|[Aa]s|[Ii]f|[Ll]et|[Ww]ell|[Gg]o|[Tt]he)\b"
)
_AHEAD = re.compile(r"\b(?:[Gg]o ahead|[Tt]hanks|[Tt]hank you|[Yy]es|[Oo]kay|[Ss]ure|[Hh]i|[Hh]ey),[\s\u00a0]*$")
_GIVEN = re.compile(r"[ \u00a0]+(?:[A-Z]\. )?([A-Z][a-z’'-]+)")
_JOINT = re.compile(
    r"(?i:\bjoint\s+(?:[\w’'–-]+\s+){0,3}?(?:statement|declaration|communiqu[eé]|communication|readout|remarks|press|news|message"
    r"|letter|op-ed|announcement|appeal|call|vision|release|notice|report|conference|commitments?)s?\b|communiqu[eé]\b)"
    r"|\b(?:Leaders|Ministers|Advisors)[’'] (?:\w+ )?(?:Statement|Declaration)\b"
)
#: A title of this kind is the account of one party, whatever it says of joint actions.
_ACCOUNT = re.compile(r"\s*fact sheet\b", re.IGNORECASE)
#: A title that names an occasion of several parties: a summit, talks, what three do together.
_GATHERS = re.compile(r"(?i:\b(?:summit|trilateral|quadrilateral|bilateral meeting|leaders|state visit)\b)")
_SIGNED = re.compile(r"(?i:(?:joint )?(?:statement|declaration|message|op-ed))\s+(?:by|from|of)\b")
#: "Joint Statement on Boats for Ukraine from President A and Prime Minister B".
_SIGNED_BEHIND = re.compile(r"\b(?:from|by)\s+(?=(?:the\s+)?[A-Z])")
#: "We, the Leaders of", "We the Ministers of", "We — Secretary …", "Today, we, the Presidents of".
_SEVERAL = re.compile(
    r"(?:[^.;:]{0,60}?\b)?[Ww]e(?:\s*[,–—-]|,?\s+(?:the|as)\s+(?:\w+\s+){0,2}?"
    r"(?i:leaders|heads|ministers|presidents|members|governments|representatives|participants)\b)"
)
#: Between the parties of a list: names that no table has, titles, brackets, and what joins them.
_LISTED = re.compile(
    r"(?:[\s,;()–—“”\"-]|[’']s?(?=\s)|\b(?:and|of|the|as|well|for|to the|behalf|on behalf|leaders|heads|state|states|government"
    r"|governments|foreign|prime|ministers?|presidents?|premiers?|chancellors?|republics?|kingdom|de|von|der|van|al|bin|el|his|her"
    r"|with|by|both|between|from)\b|[A-ZÀ-ÞŠŽ][\w.’'-]*)*"
)
_MATTER = re.compile(
    r"(?i:\b(?:to (?!the (?:vice president|president|united|first lady))|about|regarding|concerning|amid"
    r"|ahead of|in support|occasion|during|after"
    r"|as part of|in response|in the wake|against|toward))"
    r"|\b[Oo]n (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|behalf"
    r"|(?:Jan|Febr|Mar|Apr|May|Jun|Jul|Aug|Sept|Octo|Nov|Dec))"
)
_IN_PLACE = re.compile(
    r"\b(?:[Ii]n|at|near|outside|for)\s+(?:the\s+)?(?:(?:[A-Z][\w.’'-]*\s+){0,2}[A-Z][\w.’'-]*,\s+|[A-Z][\w.’'-]*\s+)?$"
)
_MEETS = re.compile(
    r"[^;:]*\b(?i:met|meets|meet|meeting|meetings|spoke|speak|talked|calls?|called|phoned|hosted|hosts|joined|welcomed|received|held"
    r"|convened|participated|visited|briefed|consulted|conferred|discussion|with)\b[^;:]*"
)
_TAKES_PART = re.compile(
    r"(?:^|(?<=[.\n]))\s*(?:Joining (?:(?!were|was)[^.]){0,80}? (?:were|was)|Also joining [^.]{0,60}?(?:were|was)"
    r"|(?:The )?(?:[Oo]ther )?[Pp]articipants (?:in [^.]{0,60}? )?(?:included|were)|Participating in [^.]{0,80}? (?:were|was)"
    r"|In attendance were|(?:The )?(?:[Cc]all|[Mm]eeting) (?:also )?included|(?:They|The leaders) were joined by"
    r"|(?:President|Vice President|The President|Mr\.|Ms\.)[^.,]{0,40}? was joined by)\b"
)
_APART = re.compile(r"\b(?:separate|separately|individual|respective calls)\b")
_SURNAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM"})


class EnglishReferences(ReferenceRules):
    """The reference rules of English."""

    we, latter, joins = _WE, _LATTER, _AND
    joint, several, signed, listed, matter, in_place = _JOINT, _SEVERAL, _SIGNED, _LISTED, _MATTER, _IN_PLACE
    signed_behind = _SIGNED_BEHIND
    meets, takes_part, apart = _MEETS, _TAKES_PART, _APART
    account, gathers = _ACCOUNT, _GATHERS

    def is_a_place(self, hit: Hit, text: str) -> bool:
        """Recognise a place after "in", "at", "visited" and the like."""
        return ends_with(text[max(0, hit.start - 12) : hit.start].rstrip(" \u00a0"), _WHERE, bounded=True)

    def is_known_surname(self, name: Name, hit: Hit, text: str, *, known: bool) -> bool:
        """Accept a surname after a title, or if the full name occurred before.

        Governors and members of Congress are Americans. If surnames come first, a capitalised word after one is a given name:
        "Ms. Meng Wanzhou" is not another Meng.
        """
        if name.codes and name.codes[0] != "USA" and _AMERICAN.search(text, max(0, hit.start - 40), hit.start):
            return False
        if name.codes and name.codes[0] in _SURNAME_FIRST and _GIVEN.match(text, hit.end):
            return False
        return known or bool(_TITLED.search(text, max(0, hit.start - 40), hit.start))

    def holds(self, condition: Condition, hit: Hit, text: str) -> bool:
        """Check for the name of a reporter who is called on (``alone``), or a given name before a surname (``given-name``)."""
        if condition.kind == "alone":
            return _called_up(hit, text)
        follows = _GIVEN.match(text, hit.end)
        return follows is not None and follows[1] not in condition.words


def _called_up(hit: Hit, text: str) -> bool:
    """Whether a name is that of a reporter who is called on: alone in its paragraph, or after "Go ahead,"."""
    before = text[max(text.rfind("\n", 0, hit.start) + 1, hit.start - 40) : hit.start].strip(" \t\u00a0")
    if _AHEAD.search(before + " "):
        return True
    alone = not before or before.endswith(":") or (len(before) < 20 and _CALLED.search(before) is not None)
    return alone and _CALLED_END.match(text, hit.end) is not None
