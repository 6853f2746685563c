"""The labels of a page of an unknown house: which heads of lines are labels, and who each of them is.

A head (:mod:`onrecord.reading.label_forms`) is a label if its words name a voice in any language, a known official or
outlet, or a person; forms that also occur in ordinary prose (a full stop, a letter, bold, brackets) must recur
on the page. What looks like a label but is not understood opens a doubtful turn: its words are never attributed to whoever
spoke before.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

import msgspec

from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.dialogue import bold_question_labels, dialogue_labels
from onrecord.reading.label_forms import LONGEST, Head, head_of, in_capitals
from onrecord.reading.label_names import Who, who_is
from onrecord.reading.label_words import is_assembly, is_narrated, letter_pairs, voice_of
from onrecord.reading.labels import meant
from onrecord.reading.lines import Line
from onrecord.reading.naming import mixes_alphabets
from onrecord.reading.page_forms import ASKS, FEW, INITIALS, PageForms
from onrecord.reading.said import Said
from onrecord.reading.transcript import Label, Voice

_SURNAME_FIRST = re.compile(r"([^\W\d_][\w’'-]+, [^\W\d_][\w’' -]+?) ?\(([^()]{1,60})\)")
_STOPS = re.compile(r"[.?!…。？！؟।]")
#: Lines at the beginning that may tell of an assembly.
_OPENING = 8
#: In an interview who asks ends at least this share of the turns in a question.
_ASKING = 0.25
#: Who has a smaller share of the turns is not one of the two.
_PART = 0.1
_PRESS = re.compile(r"(?i)\bpress\b|conférence de presse|prensa|presse(?:konferenz|gespräch)|пресс-|记者会|記者会|기자")
_INTERVIEW = re.compile(r"(?i)\binterview|entrevista|entretien|интервью|専訪|采访|採訪|专访|專訪|인터뷰")
DOUBT = "doubtful label"


def find_page_labels(lines: list[Line], officials: Collection[str] = (), headline: str = "") -> list[Label | None]:
    """For each line its label, or None.

    ``officials`` are the names of those known to speak for the issuer, ``headline`` a line above that is not among the lines.
    """
    heads = [head_of(line) for line in lines]
    who = [who_is(head, officials) if head is not None else None for head in heads]
    who = _with_surnames(heads, _with_letters(heads, who))
    who = _with_misprints(heads, who)
    who = _without_told_once(who)
    page = PageForms(lines, heads, who)
    taken = page.taken()
    doubts = page.doubtful(taken)
    if any(is_assembly(words) for words in (headline, *(line.text for line in lines[:_OPENING]))):
        narrated = [is_narrated(line.text) for line in lines]
        taken = [one and not told for one, told in zip(taken, narrated, strict=True)]
        doubts = [one and not told for one, told in zip(doubts, narrated, strict=True)]
    taken = _without_list(lines, heads, taken)
    if not any(taken) and not any(doubts):
        found = dialogue_labels(lines)
        return found if any(found) else bold_question_labels(lines, found)
    labelled = [a or b for a, b in zip(taken, doubts, strict=True)]
    voices = _voices(lines, heads, who, labelled)
    if _of_assembly(lines, headline, who, labelled):
        voices = {key: "podium" if _untold(heads, who, key) else voice for key, voice in voices.items()}
    labels: list[Label | None] = []
    for head, told, is_label, doubtful in zip(heads, who, taken, doubts, strict=True):
        if head is None or not (is_label or doubtful):
            labels.append(None)
        elif doubtful or told is None:
            doubt = f"{DOUBT}: {head.printed}"
            voice: Voice = "reporter" if voices[head.key] == "reporter" else "podium"
            labels.append(Label(voice, head.end, head.printed, head.start, anonymous=True, doubt=doubt))
        else:
            initials = head.form == "cell" and len(head.key) <= INITIALS and not told.word  # of a person, not an outlet
            named = msgspec.structs.replace(told, person=True) if initials else told
            labels.append(_label(head, named, voices[head.key]))
    return labels


def _without_told_once(who: list[Who | None]) -> list[Who | None]:
    """Who the heads are; a sentence that tells who asked is one of a report unless another does too."""
    several = sum(w is not None and w.told for w in who) >= FEW
    return who if several else [None if w is not None and w.told else w for w in who]


def _with_surnames(heads: list[Head | None], who: list[Who | None]) -> list[Who | None]:
    """Who the heads are; a surname in capitals is the one person whom another label on the page names in full."""
    full: dict[str, set[Who]] = defaultdict(set)
    for head, w in zip(heads, who, strict=True):
        if head is not None and w is not None and w.person and w.speaker and " " in w.speaker and head.form == "colon":
            full[w.speaker.split()[-1].casefold()].add(w)
    found = who[:]
    for i, head in enumerate(heads):
        bare = head is not None and head.form == "colon" and " " not in head.printed and head.printed.isupper()
        if head is not None and bare and len(named := full.get(head.key, set())) == 1 and len(head.key) >= INITIALS:
            found[i] = next(iter(named))
    return found


def _without_list(lines: list[Line], heads: list[Head | None], taken: list[bool]) -> list[bool]:
    """Which heads are labels, without those of a list of participants above the first words: names without a sentence."""
    found = taken[:]
    opened = [i for i, is_label in enumerate(taken) if is_label]
    for i, following in pairwise([*opened, len(lines)]):
        head = heads[i]
        words = any(_STOPS.search(line.text) for line in lines[i + 1 : following])
        if head is None or head.form != "alone" or words:
            break
        found[i] = False
    return found if any(found) else taken


def _with_misprints(heads: list[Head | None], who: list[Who | None]) -> list[Who | None]:
    """Who the heads are; one in capitals that is a misprint of a word for a side is that side: OUESTION."""
    known = {
        h.printed: 1
        for h, w in zip(heads, who, strict=True)
        if h is not None and w is not None and w.word and in_capitals(h.printed)
    }
    found = who[:]
    for i, (head, w) in enumerate(zip(heads, who, strict=True)):
        if (
            head is None
            or head.form != "colon"
            or not known
            or not in_capitals(head.printed)
            or (w is not None and (w.word or w.person))
        ):
            continue
        as_meant = meant(head.printed, known)
        if as_meant is not None:
            found[i] = who_is(Head(as_meant, "colon", head.end))
    return found


def _with_letters(heads: list[Head | None], who: list[Who | None]) -> list[Who | None]:
    """Who the heads are; where two letters label the turns that are a question's and an answer's in a language, these sides."""
    letters = [head.key for head in heads if head is not None and head.form == "colon" and len(head.printed) == 1]
    counts = Counter(letters)
    if len(counts) != 2 or min(counts.values()) < FEW or (letters[0], letters[1]) not in letter_pairs():
        return who
    asks, answers = Who("reporter", role="reporter", word=True), Who("podium", word=True)
    return [
        w
        if head is None or head.form != "colon" or len(head.printed) != 1
        else asks
        if head.key == letters[0]
        else answers
        for head, w in zip(heads, who, strict=True)
    ]


def _of_assembly(lines: list[Line], headline: str, who: list[Who | None], labelled: list[bool]) -> bool:
    """Whether the lines above the first label tell of an assembly, and nobody is called a reporter."""
    first = labelled.index(True)
    above = [headline, *(line.text for line in lines[:first] if len(line.text) <= LONGEST)]
    reporters = any(
        w is not None and w.voice == "reporter" and is_label for w, is_label in zip(who, labelled, strict=True)
    )
    return not reporters and not _PRESS.search(" ".join(above)) and any(map(is_assembly, above))


def _untold(heads: list[Head | None], who: list[Who | None], key: str) -> bool:
    """Whether only the words of the turns could tell what a label's voice is."""
    return all(w is None or w.voice is None for h, w in zip(heads, who, strict=True) if h is not None and h.key == key)


def labels_of_names(lines: list[Line], said: Sequence[Said | None]) -> list[Label | None]:
    """For each line the label of the voice that opens with it, as the file says who that is (:mod:`onrecord.reading.said`)."""
    heads = [_named_head(one.name) if one is not None and one.name else None for one in said]
    letters = {head.printed for head in heads if head is not None and len(head.printed) == 1}
    lettered = bool(letters - {"Q", "A"})  # "A" and "B" are voices, "Q" and "A" are sides
    who = [None if head is None or (lettered and head.printed in letters) else who_is(head) for head in heads]
    voices = _voices(lines, heads, who, [head is not None for head in heads])
    labels: list[Label | None] = []
    asks = _end_in_questions(lines, said)
    for one, head, told, asked in zip(said, heads, who, asks, strict=True):
        if one is None:
            labels.append(None)
            continue
        voice: Voice = "reporter" if one.side == "asks" or (asked and one.side is None and not one.name) else "podium"
        if head is None:
            label = Label(voice, 0, anonymous=True, role="reporter" if voice == "reporter" else None)
        elif told is None:
            voice = voice if one.side else voices[head.key]
            label = Label(voice, 0, one.name, speaker=one.name, role="reporter" if voice == "reporter" else None)
        else:
            person = told.person or (
                told.voice is None and outlet_ids()(one.name) is None
            )  # as the speaker a file names a person
            named = msgspec.structs.replace(told, person=person)
            label = _label(head, named, voice if one.side else voices[head.key])
        labels.append(msgspec.structs.replace(label, outlet=one.outlet) if one.outlet else label)
    return labels


def interviewed(lines: list[Line], labels: list[Label | None], title: str) -> list[Label | None]:
    """The labels; of an interview where neither of two mostly asks, who ends far more turns in a question is who asks."""
    said = Counter(label.speaker for label in labels if label is not None)
    names = [name for name, count in said.items() if count >= _PART * said.total()]
    if (
        not _INTERVIEW.search(title)
        or len(names) != 2
        or any(label is not None and label.voice == "reporter" for label in labels)
    ):
        return labels
    asked: Counter[str | None] = Counter()
    turns: Counter[str | None] = Counter()
    ends = ""
    for line, label in zip(reversed(lines), reversed(labels), strict=True):
        ends = ends or line.text
        if label is not None:
            turns[label.speaker] += 1
            asked[label.speaker] += ASKS.search(ends) is not None
            ends = ""
    shares = sorted(((asked[name] / turns[name], name) for name in names), key=lambda one: one[0])
    if shares[1][0] < _ASKING or shares[1][0] < 2 * shares[0][0]:
        return labels
    return [
        msgspec.structs.replace(label, voice="reporter", role="reporter")
        if label is not None and label.speaker == shares[1][1]
        else label
        for label in labels
    ]


def _named_head(name: str) -> Head:
    """The head that a name in a field would be; a surname that stands first may have an organisation in brackets behind it."""
    bare = _bare_name(name)
    surname_first = _SURNAME_FIRST.fullmatch(bare)
    return (
        Head(bare, "colon", 0) if surname_first is None else Head(surname_first[1], "time", 0, aside=surname_first[2])
    )


def _bare_name(name: str) -> str:
    """A name in a field, without the colon and the part that somebody has in a broadcast: "ANNA BELL, HOST:"."""
    name = name.strip().rstrip(":：").rstrip()
    first, _, part = name.rpartition(", ")
    return first if first and voice_of(part) is not None else name or "?"


def _end_in_questions(lines: list[Line], said: Sequence[Said | None]) -> list[bool]:
    """For each line, whether the words of its voice end in a question."""
    found: list[bool] = []
    ends: bool | None = None
    for line, one in zip(reversed(lines), reversed(said), strict=True):
        ends = ASKS.search(line.text) is not None if ends is None else ends
        found.append(ends)
        ends = None if one is not None else ends
    return found[::-1]


def _label(head: Head, who: Who, voice: Voice) -> Label:
    speaker, outlet, role, doubt = who.speaker, who.outlet, who.role, ""
    if voice == "reporter" and who.voice is None and not who.person and not who.word:
        speaker, outlet = None, speaker  # a name that only asks and is not a person's: an outlet
    if voice == "reporter":
        role = "reporter"
    elif who.voice is None:
        outlet = None  # of somebody who does not ask it is an office
    if outlet is not None and mixes_alphabets(outlet):
        doubt, outlet = f"{DOUBT}: {outlet} mixes the letters of two alphabets", None
    anonymous = voice == "reporter" or speaker is None
    return Label(voice, head.end, head.printed, head.start, speaker, outlet, role, anonymous, doubt=doubt)


def _voices(
    lines: list[Line], heads: list[Head | None], who: list[Who | None], labelled: list[bool]
) -> dict[str, Voice]:
    """The voice of each label: by its words, or else by whether most of its turns end in a question."""
    asks: dict[str, list[bool]] = defaultdict(list)
    told: dict[str, Voice] = {}
    opened = [head for head, is_label in zip(heads, labelled, strict=True) if head is not None and is_label]
    examiners = {
        head.key
        for head, after in pairwise(opened)
        if head.form == "colon" and (after.form, after.key) == ("mark", "a")
    }
    under_words = any(
        w is not None and w.word and w.voice == "reporter" and is_label
        for w, is_label in zip(who, labelled, strict=True)
    )
    ends, behind = "", ""
    named: set[str] = set()
    answered: dict[str, list[bool]] = defaultdict(list)
    for i in range(len(lines) - 1, -1, -1):
        ends = ends or lines[i].text
        head = heads[i]
        if labelled[i] and head is not None:
            asks[head.key].append(bool(ASKS.search(ends)))
            voice = (w := who[i]) and w.voice
            answered[head.key].append(asks[head.key][-1] and behind == "podium")
            behind = voice or ""
            if (
                voice is None
                and under_words
                and head.key not in examiners
                and w is not None
                and w.person
                and not w.word
            ):
                voice = "podium"  # where "QUESTION:" asks, named persons answer
                named.add(head.key)
            if voice:
                told[head.key] = voice
            ends = ""
    # who says for whom they speak, or is answered under "A.", may thank for an answer as often as they ask
    half = {head.key for head, w in zip(heads, who, strict=True) if head is not None and w is not None and w.outlet}
    half |= examiners
    for key, always in answered.items():
        if key in named and all(always):  # a name that only asks, and whom an official answers
            told.pop(key, None)
    return {
        key: told.get(key) or ("reporter" if sum(ended) * 2 > len(ended) - (key in half) else "podium")
        for key, ended in asks.items()
    }
