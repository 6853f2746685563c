"""How often each form of a label occurs on a page, and which heads are labels by it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.label_forms import Form, Head, in_capitals
from onrecord.reading.label_names import COUNTING, Who
from onrecord.reading.label_words import is_page_foot, is_page_head
from onrecord.reading.lines import Line
from onrecord.reading.name_parts import is_outlet
from onrecord.reading.naming import is_caseless, is_han, names_person

#: A question mark at the end, behind which there may be direction marks.
ASKS = re.compile('[?？؟;\u037e][\\s\u200e\u200f\u202c]*["”’»)]?[\u200e\u200f\u202c]*$')
FEW = 2
#: Initials of a speaker have no more letters.
INITIALS = 3
#: So many different names in bold, each alone on its line, are labels although none recurs.
_NAMES_ALONE = 3
#: If at least this share of lines has words in brackets at their heads, these are labels.
_BRACKETED_SHARE = 0.3
#: A pronoun and a verb before the words of another, in a speech: "He said:".
_TELLS_WORDS = re.compile(
    r"(?i)(?:and |but |so |then )?(?:i|he|she|they|we|you|it|er|sie|ich|il|elle|je|ils|él|ella|yo|ele|ela|eu|он|она|я|они) "
    r"(?:\w+ ){0,2}\w+$"
)


class PageForms:
    """How often each form and each label occurs on a page, and the decisions based on it."""

    def __init__(self, lines: list[Line], heads: list[Head | None], who: list[Who | None]) -> None:
        by_form: dict[Form, Counter[str]] = defaultdict(Counter)
        for head in heads:
            if head is not None:
                by_form[head.form][head.key] += 1
        self.heads, self.who = heads, who
        self.counts = by_form
        told = [(head, found) for head, found in zip(heads, who, strict=True) if head is not None and found is not None]
        colons = [(head, found) for head, found in told if head.form == "colon" and not is_page_head(head.printed)]
        self.colons = {head.key for head, found in colons if self._stands_alone(head, found)}
        caseless = {
            head.key for head, found in colons if is_caseless(head.printed) and not found.word and not found.office
        }
        if self.colons:  # a single "Minister:" is a speaker if others are labelled, and a heading otherwise
            self.colons |= {head.key for head, _ in colons} - caseless
        self.leads = self._leads(lines) & self.colons
        self.colons -= self.leads
        self.marks = _accepted_marks(by_form["mark"], bool(self.colons)) | self._answering_marks(lines)
        self.recurs = {form for form, counts in by_form.items() if any(count >= FEW for count in counts.values())}
        alone = {
            head.key
            for line, (head, found) in zip(lines, zip(heads, who, strict=True), strict=True)
            if head is not None
            and found is not None
            and head.form == "bold"
            and found.person
            and head.end >= len(line.text)
        }
        if len(alone) >= _NAMES_ALONE:  # each on a line of its own, with an office or without
            self.recurs.add("bold")
        self.bracketed = sum(by_form["bracket"].values()) >= max(FEW, len(lines) * _BRACKETED_SHARE)
        self.cells = not self.colons and any(
            head.form == "cell" and (found.person or found.word) for head, found in told
        )
        self.named = {found.speaker for head, found in told if head.aside and found.speaker and head.form == "alone"}
        if self.colons:  # a line of its own with a name and an office, of somebody who has other labels
            self.named = {
                found.speaker for head, found in colons if found.speaker and " " in found.speaker and found.person
            } & {found.speaker for head, found in told if head.form == "alone" and head.printed != found.speaker}
        self.records = {form: self._is_record(form) for form in ("sign", "spoken")} | {
            "time": "time" in self.recurs or self._names_with_times(lines)
        }
        short = [key for key, count in by_form["cell"].items() if count >= FEW and len(key) <= INITIALS]
        self.cells = self.cells or (not self.colons and len(short) >= FEW)  # "TJ", "HO" in a column
        # words alone on a line are labels where those of a person or a voice recur and no label has another form
        self.alone = (
            not self.colons
            and not self.marks
            and any(
                head.form == "alone" and by_form["alone"][head.key] >= FEW and (found.person or found.word)
                for head, found in told
            )
        )

    def _answering_marks(self, lines: list[Line]) -> frozenset[str]:
        """The letter of an answer, and that of a question, where each line with it follows a question of somebody labelled."""
        answers = [
            i for i, head in enumerate(self.heads) if head is not None and head.form == "mark" and head.key == "a"
        ]
        behind = [i for i in answers if i and ASKS.search(lines[i - 1].text)]
        if not self.colons or len(answers) < FEW or len(behind) < len(answers):
            return frozenset()
        return frozenset("aq")

    def _names_with_times(self, lines: list[Line]) -> bool:
        """Whether several names with times, each alone on its line, have words below."""
        alone = [
            i
            for i, (line, head, who) in enumerate(zip(lines, self.heads, self.who, strict=True))
            if head is not None and who is not None and head.form == "time" and head.end >= len(line.text)
        ]
        return len(alone) >= FEW and all(i + 1 < len(lines) and self.heads[i + 1] is None for i in alone)

    def _is_record(self, form: str) -> bool:
        """Whether heads of a form of verbatim records are labels: they recur, and signs also tell a name or a voice."""
        told = [(h, w) for h, w in zip(self.heads, self.who, strict=True) if h is not None and w is not None]
        of_form = [(head, who) for head, who in told if head.form == form]
        counts = Counter(head.key for head, _ in of_form)
        if form == "sign":
            return len(of_form) >= FEW and any(head.aside or who.voice is not None for head, who in of_form)
        if "stop" in self.recurs:  # "Chairman HOLM." beside "Ms. Oda."
            return True
        marked = sum(bool(head.aside) for head, _ in of_form)
        return marked >= FEW or (len(of_form) > FEW and max(counts.values(), default=0) >= FEW)

    def _stands_alone(self, head: Head, who: Who) -> bool:
        """Whether a head with a colon is a label regardless of the rest of the page."""
        if is_caseless(head.printed) and not who.word and not who.outlet and not who.office:
            return self.counts["colon"][head.key] >= FEW
        return (
            not who.office
            or in_capitals(head.printed)
            or len(head.printed.split()) > 1
            or self.counts["colon"][head.key] >= FEW
        )

    def _leads(self, lines: list[Line]) -> set[str]:
        """The heads that only their form makes a label, and that lead a point of a speech as well: "Funding: …".

        They are one word of which nothing is known, seen once, and what follows is no question.
        """
        found = set()
        ends = ""
        for line, head, told in zip(reversed(lines), reversed(self.heads), reversed(self.who), strict=True):
            ends = ends or line.text
            if head is None or head.form != "colon":
                continue
            once = self.counts["colon"][head.key] == 1
            numbered = head.start > 0 and line.text[:1].isdigit()
            if told is not None and (once or numbered) and _is_bare(head, told) and (numbered or not ASKS.search(ends)):
                found.add(head.key)
            ends = ""
        return found - self._behind_questions()

    def _behind_questions(self) -> set[str]:
        """The heads right behind one that asks: they answer."""
        heads = [(h, w) for h, w in zip(self.heads, self.who, strict=True) if h is not None and h.form == "colon"]
        return {
            head.key for (_, before), (head, _) in pairwise(heads) if before is not None and before.voice == "reporter"
        }

    def taken(self) -> list[bool]:
        """Which heads are labels: by their words and, for forms that also occur in prose, by how often they recur."""
        return [
            head is not None and told is not None and not is_page_head(head.printed) and self.takes(head, told)
            for head, told in zip(self.heads, self.who, strict=True)
        ]

    def doubtful(self, taken: list[bool]) -> list[bool]:
        """Which of the other heads look like labels: they recur, are in capitals, or lead words, where others are labels."""
        counts = Counter(head.key for head in self.heads if head is not None and head.form in ("colon", "semicolon"))
        labelled = any(taken)
        return [
            not is_label and head is not None and self._looks_like_one(head, counts[head.key], labelled)
            for head, is_label in zip(self.heads, taken, strict=True)
        ]

    def _looks_like_one(self, head: Head, count: int, labelled: bool) -> bool:
        if head.form not in ("colon", "semicolon") or is_page_head(head.printed) or COUNTING.match(head.printed):
            return False
        if _TELLS_WORDS.match(head.printed):
            return False
        if is_page_foot(head.printed) and not in_capitals(head.printed):
            return False
        alike = head.form == "colon" and (in_capitals(head.printed) or head.key in self.leads)
        return count >= FEW or (labelled and alike)

    def takes(self, head: Head, who: Who) -> bool:
        """Whether the head is a label."""
        match head.form:
            case "colon":
                return head.key in self.colons
            case "semicolon":
                return head.key in self.colons or (who.word and head.printed.isupper() and len(head.printed) > 1)
            case "stop":
                return (
                    who.word
                    or head.key in self.colons
                    or ("stop" in self.recurs and (len(head.printed.split()) > 1 or who.office))
                )
            case "mark":
                return head.key in self.marks
            case "bracket":
                return self.bracketed and (is_han(head.printed) or who.word or who.person)
            case "time" | "sign" | "spoken":
                return self.records[head.form]
            case "bold":
                return "bold" in self.recurs and not self.colons
            case "cell":
                return self.cells
            case "alone":
                outlet = is_outlet(head.printed) and (" " in head.printed or outlet_ids()(head.printed) is not None)
                known = who.speaker in self.named or (
                    not self.colons and (who.person or who.word or (who.voice == "reporter" and outlet) or outlet)
                )
                return known if self.colons else self.alone and (known or self.counts["alone"][head.key] >= FEW)


def _is_bare(head: Head, who: Who) -> bool:
    """Whether nothing is known of a head but that it is one word: no voice, office, outlet or person."""
    known = who.voice is not None or who.person or who.word or who.office or names_person(head.printed)
    return not known and " " not in head.printed and not in_capitals(head.printed)


def _accepted_marks(counts: Counter[str], colons: bool) -> frozenset[str]:
    """The letters that are labels: Q if it recurs, or is beside A on a page without other labels; A and R with it."""
    asks = {letter for letter in ("q", "p") if counts[letter] >= FEW}
    if not asks and not colons and counts["q"] and (counts["a"] or counts["r"]):
        asks = {"q"}
    if "p" in asks and counts["r"] < FEW:
        asks.discard("p")
    return frozenset(asks | ({"a", "r"} if asks else set()))
