"""Who the head of a line is, by its words: a voice, an official, a reporter with an outlet, a name, or nobody."""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.callers import is_given_name
from onrecord.reading.label_forms import Head
from onrecord.reading.label_words import (
    asker_told,
    is_title,
    office_ending,
    outlet_after_question,
    reporter_ending,
    voice_of,
)
from onrecord.reading.labels import is_particle
from onrecord.reading.name_parts import (
    ARTICLES,
    COURTESY,
    begins_with_title,
    behind_office,
    capital_tail,
    is_for,
    is_name,
    is_office,
    is_outlet,
    is_person,
    is_stage,
    without_courtesies,
    without_stop,
    without_titles,
)
from onrecord.reading.naming import is_han, names_somebody
from onrecord.reading.transcript import Voice
from onrecord.record import Role

_OFFICE_OF = frozenset(("of", "for"))
_REPORTERS = frozenset(("reporter", "journalist"))
#: Words that count the points of a speech: "Second:", "第一点：".
COUNTING = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|last)(?:ly)?$|finally$|(?:one|two|three|note|example|for example|point \d+)$"
    r"|第?[一二三四五六七八九十]+[点點，、]?$",
    re.I,
)
_MOST_WORDS = 8
#: A word for somebody who asks is printed in so many words at most: "Phóng viên".
_MOST_ASKING = 3
_HANDLE = re.compile(r"@\w{2,30}")
_QUOTED_OUTLET = re.compile(r"(?:[^\W\d_]+\s){0,2}[«“\"„]([^«»“”\"„]{2,40})[»”“\"]")
#: What stands after a name and is none of it: a seat in a parliament, an honour.
_BEHIND_NAME = re.compile(r",? (?:MPs?|MEP|MdB|MdL|MLA|TD|MSP|MS|QC|KC|SC|AC|AM|AO|OAM|OBE|CBE|PhD|USN|USAF|USA|USMC)$")
#: A party in brackets after the name of a member of a parliament.
_PARTY = re.compile(r"(?i)partei|\b(?:party|parti|partido|partito|partij|independent|fraktionslos)\b|партия|党$|黨$")
#: Behind an office in Han characters: 部長答.
_ANSWERS = re.compile(r"(?<=.)(?:答[复覆]?|回答|回应|回應)$")
_VOWEL = re.compile(r"[AEIOUYÄÖÜ]")
#: Capitals of so few letters are the short name of an outlet rather than a surname: "Arun, ZTV".
_SHORT = 5
#: The letters and figures that a program which reads print confuses, in words in capitals.
_CONFUSED = str.maketrans("l1|0", "IIIO")
_MISREAD = re.compile(r"(?=.*[A-Z]{3})(?=.*(?:[A-Z][l1|0]|[l1|0][A-Z]))[A-Z][A-Z.’'l1|0-]*(?: [A-Z.’'l1|0-]+)*")
#: A name in Chinese with the office in its middle: 何委員丹娜.
_OFFICE_WITHIN = re.compile(
    r"([\u4e00-\u9fff]{1,2})(?:召集)?(?:委員|议员|議員|部長|院長|主任委員|次長|署長|局長|主席)([\u4e00-\u9fff]{1,2})"
)


class Who(msgspec.Struct, frozen=True, gc=False):
    """Who a head is. ``voice`` is None if only the page can tell; ``person`` says that the name is no outlet's,
    ``word`` that a label word of a language names the voice, ``office`` that an office stands for the name, ``told`` that a
    sentence tells who asks. Without a voice ``outlet`` is what is printed beside the name: an outlet if they ask."""

    voice: Voice | None = None
    speaker: str | None = None
    outlet: str | None = None
    role: Role | None = None
    person: bool = False
    word: bool = False
    office: bool = False
    told: bool = False


def who_is(head: Head, officials: Collection[str] = ()) -> Who | None:
    """Who a head is by its words, or None if they name nobody. ``officials`` are known names, in lower case."""
    recorded = _in_record(head) if head.form in ("sign", "spoken") else None
    return recorded or _by_words(head, officials)


def _by_words(head: Head, officials: Collection[str]) -> Who | None:
    printed = head.printed
    if _MISREAD.fullmatch(printed):
        printed = printed.translate(_CONFUSED)
        head = msgspec.structs.replace(head, printed=printed)
    if is_han(printed) and voice_of("".join(printed.split())):  # set with spaces between the characters
        printed = "".join(printed.split())
    voice = voice_of(printed)
    if voice is not None:
        return _voice(voice, head)
    if COUNTING.match(printed):
        return None
    asks = _behind_question(head) or _told_asker(printed)
    if asks is not None:
        return asks
    if printed.casefold() in officials:
        return Who("podium", speaker=printed, role="spokesperson", person=True)
    if is_han(printed):
        return _han(head, printed)
    if outlet_ids()(printed.strip("《》")) is not None and not head.aside:
        return Who("reporter", outlet=printed.strip("《》"), role="reporter")
    if not printed.isupper() and _BEHIND_NAME.search(printed):
        head = msgspec.structs.replace(head, printed=_BEHIND_NAME.sub("", printed))
        printed = head.printed
    if head.aside and begins_with_title(head.aside):  # "The Minister for Lakes and Rivers, Lands (Ms. Example)"
        return _named(head)
    return _handle(printed) or _slashed(printed) or _with_comma(head) or _named(head)


def _handle(printed: str) -> Who | None:
    """The name of an account: ``@MinLakes``."""
    return Who(None, speaker=printed, person=True) if _HANDLE.fullmatch(printed) else None


def _in_record(head: Head) -> Who | None:
    """Who speaks in a verbatim record: the name in brackets, or what stands behind the courtesies."""
    aside = head.aside.partition(".")[0].strip()
    if head.form == "sign":
        if not aside or voice_of(head.printed) == "reporter":
            return None
        return Who("podium", speaker=aside, person=True)
    name, _, _ = head.printed.partition(", ")
    bare = without_courtesies(name)
    words = bare.split()
    if voice_of(bare) is not None and not aside:
        return None
    held = words[1:] if len(words) > 1 and without_stop(words[0]) in ARTICLES else words
    if is_title(held[0]) and len(held) == 1:  # an office alone, and perhaps who holds it
        return Who("podium", speaker=aside if aside and names_somebody(aside) else bare, person=True, office=not aside)
    speaker = without_titles(bare) or bare
    return Who("podium" if is_title(words[0]) else None, speaker=speaker, person=True)


def _behind_question(head: Head) -> Who | None:
    """The name or outlet behind a word for a question: "FRAGE EXAMPLE", "Question by Jo Example (Arlen Post)"."""
    printed = head.printed
    outlet = outlet_after_question(printed)
    if outlet is not None and head.aside and not is_stage(head.aside):
        return Who("reporter", speaker=outlet, outlet=head.aside, role="reporter", word=True)
    if outlet is not None and is_person(outlet):
        return Who("reporter", speaker=outlet, role="reporter", word=True)
    if outlet is not None:
        return Who("reporter", outlet=outlet, role="reporter", word=True)
    words = printed.split()
    for i in range(min(len(words) - 1, _MOST_ASKING), 0, -1):
        rest = " ".join(words[i:])
        if voice_of(" ".join(words[:i])) == "reporter":
            return _asking(rest, printed)
    if len(words) > 1 and not head.aside and voice_of(words[-1]) == "reporter" and names_somebody(" ".join(words[:-1])):
        return Who("reporter", outlet=" ".join(words[:-1]), role="reporter", word=True)
    return None


def _told_asker(printed: str) -> Who | None:
    """Who "asked the Minister" by the words of a label: somebody with a title, or with a known first name."""
    name = asker_told(printed)
    if name is None or not (begins_with_title(name) or is_person(name)):
        return None
    bare = without_titles(name)
    return Who("reporter", speaker=bare, role="reporter", person=True, told=True) if names_somebody(bare) else None


def _asking(rest: str, printed: str) -> Who | None:
    """The outlet or name behind a word for somebody who asks; an outlet may stand in quotation marks behind what it is."""
    quoted = _QUOTED_OUTLET.fullmatch(rest)
    if quoted is not None:
        return Who("reporter", outlet=quoted[1], role="reporter", word=True)
    if not names_somebody(rest):
        return None
    if printed.isupper():  # in which a surname looks like an acronym
        found = outlet_ids()(rest) is not None
    else:
        found = is_outlet(rest) or (rest.isupper() and " " not in rest and len(rest) <= _SHORT + 1)
    if found:
        return Who("reporter", outlet=rest, role="reporter", word=True)
    return Who("reporter", speaker=rest, role="reporter", word=True)


def _voice(voice: Voice, head: Head) -> Who:
    if voice == "reporter":
        name, outlet = None, None
        if head.aside and not is_stage(head.aside):
            name, outlet = _asker(head.aside)
        return Who("reporter", speaker=name, outlet=outlet, role="reporter", word=True)
    if voice == "podium":
        name = head.aside.partition(",")[0].strip() if head.aside and not is_stage(head.aside) else ""
        return Who("podium", speaker=name if name and is_name(name) else None, person=bool(name), word=True)
    speaker = head.printed if not head.printed.isupper() else head.printed.title()
    if voice == "voice":
        return Who(None, speaker=speaker, person=True, word=True)
    return Who(voice, speaker=speaker, role=voice, word=True)  # type: ignore[arg-type]


def _asker(aside: str) -> tuple[str | None, str]:
    """The name and the outlet in brackets beside a word for a question: "Jo Example, Arlen Post", 아를렌신문 홍길동 기자."""
    first, _, second = aside.partition(",")
    if second:
        return first.strip(), second.strip()
    *words, last = first.split()
    if words and voice_of(last) == "reporter":
        return " ".join(words[1:]) or None, words[0]
    return None, first.strip()


def _slashed(printed: str) -> Who | None:
    """``NAME/OUTLET`` and ``OUTLET/NAME``."""
    first, slash, second = (part.strip() for part in printed.partition("/"))
    if not slash or not first or not second or "/" in second or not names_somebody(first) or not names_somebody(second):
        return None
    if is_outlet(first) and not is_outlet(second):
        first, second = second, first
    return Who("reporter", speaker=first, outlet=second, role="reporter", person=True)


def _turned_name(surname: str, given: str, *, sure: bool) -> str | None:
    """The name of which the surname stands first, as programs for meetings write it: ``Holm, Dana (ORG)``."""
    first = given.split(maxsplit=1)[0] if given else ""
    if len(surname.split()) > 2 or len(given.split()) > 2 or not names_somebody(surname) or not names_somebody(given):
        return None
    shouts = given.isupper() and not surname.isupper()
    if shouts or is_outlet(surname) or is_outlet(given) or not (sure or is_given_name(first.capitalize())):
        return None
    return f"{given} {surname}"


def _with_comma(head: Head) -> Who | None:
    """``OFFICE, NAME``, ``NAME, OFFICE`` and ``Outlet, NAME``."""
    first, comma, second = head.printed.rpartition(",")
    first, second = first.strip(), second.strip()
    quoted = _QUOTED_OUTLET.fullmatch(second)
    if quoted is not None and names_somebody(first):  # "Anna Bell, „Tide Weekly“"
        return Who("reporter", speaker=first, outlet=quoted[1], role="reporter", person=True)
    if comma and second and voice_of(first) == "reporter":  # "Reporter, Tide Weekly"
        return Who("reporter", outlet=second, role="reporter", word=True)
    if not comma or not first or not second or len(second.split()) > _MOST_WORDS:
        return None
    if voice_of(second) == "moderator" and names_somebody(first):  # "ANNA BELL, HOST"
        return Who("moderator", speaker=first, role="moderator", person=True)
    if begins_with_title(first) and is_name(second) and not is_title(second.split()[-1]):
        return Who("podium", speaker=without_titles(second) or second, person=True)
    if is_name(first) and (begins_with_title(second) or (" " in first and is_office(second))):
        return Who("podium", speaker=without_titles(first) or first, person=True)
    return _name_and_outlet(first, second, head)


def _name_and_outlet(first: str, second: str, head: Head) -> Who | None:
    """A name and an outlet, in either order, or the two parts of a name."""
    short = second.isupper() and len(second) <= _SHORT and not first.isupper()
    given = " " not in first and is_given_name(first)
    if short and (given or not _VOWEL.search(second)) and not is_outlet(first):
        return Who("reporter", speaker=first, outlet=second, role="reporter", person=True)
    turned = _turned_name(first, second, sure=bool(head.aside) or head.form == "time")
    if turned is not None:
        return (
            _with_aside(turned, head.aside)
            if head.aside and not is_stage(head.aside)
            else Who(None, speaker=turned, person=True)
        )
    if (
        names_somebody(first)
        and len(second.split()) <= 3
        and (second.isupper() or is_outlet(first))
        and is_name(second)
    ):
        return Who("reporter", speaker=second, outlet=first, role="reporter", person=True)
    if (is_person(first) or is_outlet(second)) and not is_outlet(first) and names_somebody(second) and is_name(first):
        return Who("reporter" if is_outlet(second) else None, speaker=first, outlet=second, person=True)
    return None


def _named(head: Head) -> Who | None:
    """A name, with or without ranks before it and an outlet or a name in brackets after it."""
    printed, aside = head.printed, "" if head.aside and is_stage(head.aside) else head.aside
    titled = begins_with_title(printed)
    courtesy = titled and any(
        without_stop(word) in COURTESY
        for word in printed.split()[: 2 if without_stop(printed.split()[0]) in ARTICLES else 1]
    )  # of "Ms Example (Minister)" the first is the name
    polite = without_courtesies(printed) if courtesy else printed
    holds_office = not courtesy or (polite != printed and is_title(polite.split()[0]))
    if titled and aside and is_name(aside) and holds_office and not is_person(without_titles(printed)):
        return Who("podium", speaker=without_titles(aside) or aside, person=True)
    if not titled and (held := _behind_last_title(printed) or _before_title(printed)) is not None:
        return held
    name = behind_office(printed) or without_titles(printed) if titled else printed
    if titled and voice_of(printed.split()[0]) == "moderator" and names_somebody(name):  # "Vorsitzende Beispiel"
        return Who("moderator", speaker=name, role="moderator", person=True)
    office = _office(printed, name) if titled else None
    if office is not None:
        return office
    if not names_somebody(name) and not (titled and printed.islower() and len(name.split()) <= 2):
        return None
    if aside and not titled:
        return _with_aside(name, aside)
    first = printed.split()[0].casefold().rstrip(".")
    if first in _REPORTERS:
        return Who("reporter", speaker=name, role="reporter", person=True)
    return Who("podium" if titled and first not in COURTESY else None, speaker=name, person=titled or is_person(name))


def _with_aside(name: str, aside: str) -> Who:
    """A name and what is in brackets after it: an office, a party, an outlet."""
    role, _, firm = aside.partition(", ")
    if firm and role.casefold().split()[-1] in ("analyst", "reporter"):
        return Who("reporter", speaker=name, outlet=firm, role="reporter", person=True)
    if begins_with_title(aside) or is_office(aside):  # "Dana Holm (Minister of Lakes)"
        return Who("podium", speaker=name, person=True)
    if _PARTY.search(aside) and outlet_ids()(aside) is None:
        return Who(None, speaker=name, person=True)
    known = outlet_ids()(aside) is not None or (is_outlet(aside) and not aside.isupper())
    return Who("reporter" if known else None, speaker=name, outlet=aside, person=True)


def _office(printed: str, name: str) -> Who | None:
    """An office with nothing but what it is for, or with a name in capitals; None where ``name`` is that of a person."""
    tail = capital_tail(name)  # "Minister of Finance RIN EXAMPLE"
    if tail is not None:
        return Who("podium", speaker=tail, person=True)
    if name and name.split(maxsplit=1)[0].casefold() not in _OFFICE_OF and not is_for(printed, name):
        return None
    printed = without_courtesies(printed)
    speaker = printed.title().replace(" Of ", " of ") if printed.isupper() else printed
    return Who("podium", speaker=speaker, person=True, office=True)


def _behind_last_title(words: str) -> Who | None:
    """Who stands behind an office that begins with another word: "Finance Minister Dana Holm", "Dışişleri Bakanı Yılmaz"."""
    parts = words.split()
    last = max((i for i in range(1, min(len(parts) - 1, 5)) if is_title(parts[i])), default=0)
    name = " ".join(parts[last + 1 :])
    if not last or is_given_name(parts[0].capitalize()) or len(parts) - last > 4 or not names_somebody(words):
        return None
    if not name[0].isupper() or any(is_particle(word) for word in parts[:last]):
        return None
    if parts[last].casefold() in _REPORTERS:
        return Who("reporter", speaker=name, outlet=" ".join(parts[:last]), role="reporter", person=True)
    return Who("podium", speaker=name, person=True)


def _before_title(words: str) -> Who | None:
    """Who stands before a title in small letters, as in Hungarian: "Holm Dana miniszter"."""
    *name, last = words.split()
    while len(name) > 2 and name[-1].islower() and name[0].isupper():  # "HOLM DÓRA közlekedési miniszter"
        name = name[:-1]
    if len(name) not in (2, 3) or not last.islower() or not is_title(last) or not names_somebody(" ".join(name)):
        return None
    return Who("podium", speaker=" ".join(name), person=True)


def _han(head: Head, printed: str) -> Who | None:
    """A label in Chinese or Japanese: an office, an outlet and its reporter, or a name."""
    bare = printed.replace("《", "").replace("》", "").strip()
    first, space, second = bare.partition(" ")
    reporter = reporter_ending(bare)
    answers = _ANSWERS.search(bare)
    if answers is not None and office_ending(bare[: answers.start()]):
        bare = bare[: answers.start()]
    within = _OFFICE_WITHIN.fullmatch(head.aside or bare)
    if within is not None and (office_ending(bare) or not head.aside):
        return Who("podium", speaker=within[1] + within[2], person=True)
    if voice_of(first) == "moderator" and second:
        return Who("moderator", speaker=second, role="moderator", person=True)
    if reporter is not None:
        rest = bare[: reporter.start()].strip()
        outlet, _, name = rest.partition(" ")
        return Who("reporter", speaker=name or None, outlet=outlet or None, role="reporter")
    if space and office_ending(first):
        return Who("podium", speaker=second, person=True)
    office = office_ending(bare)
    if office is not None and len(bare) <= 24 and not re.search(r"[，。？！；、“”]", bare):
        name = bare[: office.start()] if 2 <= office.start() <= 3 or not is_han(bare[:1]) else ""
        return Who("podium" if not name else None, speaker=name or bare, person=True)
    if outlet_ids()(bare) is not None:
        return Who("reporter", outlet=bare, role="reporter")
    if space and names_somebody(first) and names_somebody(second) and len(second) <= 4:
        return Who("reporter", speaker=second, outlet=first, role="reporter")
    return Who(None, speaker=bare) if names_somebody(bare) else None
