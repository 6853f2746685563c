"""The actors that a noun phrase denotes: "Foreign Minister Sample of Nauru", "the leaders", "the embassy"."""

from __future__ import annotations

from onrecord.languages.en.acts.discourse import GENERAL, LEADING, PREPOSITIONS, Discourse, Subject, subject_of_they
from onrecord.languages.en.acts.plurals import (
    are_counted,
    are_legislators,
    attends,
    counts,
    is_definite,
    is_short_plural,
    miscounts,
)
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.verbs import WILL, is_adverb, is_finite
from onrecord.languages.en.acts.words import words_of

#: Nouns after a nation's name that act for it; before any other noun, the name is only a modifier.
AGENTS = words_of("agents")
#: Pronouns that only say whose the noun behind is: "our efforts" do not act.
_OWNING = frozenset(("our", "my"))
_AFTER_NAME = frozenset(("and", ",", "or", NAME, "(", ")", "-"))
PERSON_PRONOUNS = frozenset(("he", "she"))
#: Plurals for those who met: "the ministers", "participants", "the group".
_GATHERED = words_of("gathered")
_THINGS = frozenset(("it", "this", "these", "such", "that", "those", "its"))


def noun_phrase(sentence: TokenizedSentence, a: int, b: int, discourse: Discourse) -> Subject | None:
    """The actors that the noun phrase ``[a, b)`` denotes, ``None`` if it has none."""
    words = sentence.words
    while a < b and (
        words[a] in ("and", "but", "or", "so", "yet", "then", '"', "“", "”", "(", "now")
        or (is_adverb(words[a]) and words[a] not in ("all", "both", "no"))
    ):
        a += 1
    if a >= b:
        return None
    if counts(words, a):
        a += 1
    if words[a] in LEADING:
        return _behind_lead(sentence, a, b)
    if words[a] in PERSON_PRONOUNS and words[a + 1 : a + 2] != ["and"]:
        b = min(b, a + 1)  # "he also expressed his opinion about", before "and called on"
    phrase = _NounPhrase(sentence, a, b, discourse)
    for i in range(a, b):
        if phrase.is_settled_by(i):
            return phrase.settled
        if phrase.ended:
            break
    return phrase.subject()


_OFFICIALS = words_of("officials")
#: So many words may stand between a state and the office: "the Australian trade minister".
_WITHIN_OFFICE = 4


def _official_before(sentence: TokenizedSentence, before: int) -> tuple[str, ...]:
    """The state of the official named earlier in the sentence: "the Australian trade minister"."""
    words = sentence.words
    for i in range(before - 1, 0, -1):
        name = sentence.names[i]
        if name is not None and name.kind == "person":  # "During Secretary Sample's visit, he"
            introduced = words[before - 1] == "," and words[0] in LEADING and words[i + 1] == "'s"
            return name.codes if introduced else ()
        if words[i] in _OFFICIALS and not (i + 1 < len(words) and words[i + 1] == NAME):
            for j in range(i - 1, max(-1, i - 1 - _WITHIN_OFFICE), -1):
                name = sentence.names[j]
                if name is not None and name.kind == "country":
                    return name.codes
                if words[j] == ",":
                    break
    return ()


def _behind_lead(sentence: TokenizedSentence, a: int, b: int) -> Subject | None:
    """The name directly before the verb: "At the meeting the two sides discussed"."""
    words = sentence.words
    for i in range(b - 1, a, -1):
        named = sentence.codes(i)
        if named:
            if words[i - 1] in PREPOSITIONS or (words[i - 2] in PREPOSITIONS and words[i - 1] in ("the", "a")):
                return None
            return Subject(named, i, True)
        if words[i] in PREPOSITIONS:
            return None
    return None


#: What stands between an agent noun and "of": "delegation headed by", "Minister of Foreign Affairs of".
_PORTFOLIOS = words_of("portfolios")


_OFFICERS = frozenset(("heads", "officials", "leaders", "ministers", "head", "chiefs"))


class _NounPhrase:
    """A noun phrase ``[a, b)`` read word by word: the actors it names, ``general`` those of no state in particular."""

    def __init__(self, sentence: TokenizedSentence, a: int, b: int, discourse: Discourse) -> None:
        self.sentence, self.words, self.a, self.b, self.discourse = sentence, sentence.words, a, b, discourse
        self.codes: dict[str, None] = {}
        self.general: dict[str, None] = {}
        self.strong = True
        self.possessor = False
        self.through = False  # after an "of" whose noun does not act
        self.officer = False  # after "officials of": they act, whatever office it is
        self.ended = False
        self.person = self.firm = False
        self.settled: Subject | None = None

    def is_settled_by(self, i: int) -> bool:
        """Read token ``i``; whether it alone is the subject (``settled``). ``ended`` if what follows does not count."""
        word, words = self.words[i], self.words
        if word == NAME:
            if not (i > 1 and words[i - 1] == "-" and words[i - 2] in ("anti", "pro", "non")) and words[
                i + 1 : i + 3
            ] != ["-", "related"]:
                self._name(i)
        elif self.codes and is_finite(word):
            self.ended = True
        elif word == "including":
            pass
        elif word in PREPOSITIONS:
            self._preposition(i)
        elif named := self._coordinated_office(i):
            self.codes.update(dict.fromkeys(named))
        else:
            return self._pronoun(i)
        return False

    def _coordinated_office(self, i: int) -> tuple[str, ...]:
        """The parties of an office or person joined by "and" with another, which no name tells; empty elsewhere."""
        word, words, discourse = self.words[i], self.words, self.discourse
        joins = words[i + 1 : i + 2] == ["and"]
        if word in PERSON_PRONOUNS and joins:
            return discourse.person  # "he and the Chancellor"
        if word in TITLES and joins and self.sentence.capital(i) and words[self.a] == "the":
            holder = title_holder(word, words[i - 1], discourse)
            pair = discourse.gathering() if _two_offices(words, self.a, self.b) else ()
            if holder and len(pair) == 2 and holder[0] in pair:
                return pair  # "the Vice President and the President"
            return holder  # "the Vice President and Chancellor Scholz"
        if word in _GUEST_TITLES and words[i - 1 : i] == ["and"] and self.codes:
            return _unknown_guest(self.sentence, i, self.b, discourse)  # "Mr. Sample and President Other"
        return ()

    def _name(self, i: int) -> None:
        words, mention = self.words, self.sentence.names[i]
        held = self.sentence.names[i - 1] if i > self.a else None
        if (
            mention is not None
            and mention.kind == "person"
            and held is not None
            and held.kind == "office"
            and held.codes
        ):
            self.strong = self.person = True  # "European Council President Sample" acts for the Council
            return
        modified = (
            self.sentence.codes(i + 1) if i + 1 < self.b and mention is not None and mention.kind == "country" else ()
        )
        if modified == ("FIRM",):
            self.firm = True
            return  # "US companies" do not act for the state
        public = self.sentence.names[i + 1] if modified == ("PEOPLE",) else None
        self.strong = self.strong and (public is None or public.name.lower() in ("people", "peoples"))
        named = self.discourse.codes(mention, self.sentence.codes(i)) if mention is not None else ()
        if named == ("WORLD",) and are_counted(words, i):
            named = ("OTHER",)
        if named and mention is not None and mention.kind == "reference" and miscounts(mention.name, len(named)):
            named = ()  # "the four parties", where two are known
        after = words[i + 1] if i + 1 < self.b else ""
        if after == "-" and i + 2 < self.b and words[i + 2] != NAME:  # "the Nauru-Africa cooperation"
            self.strong = self.strong and _noun_after(words, i + 2, self.b) in AGENTS
        if after == "'s" or (after == "'" and i + 2 < self.b):
            self.possessor = True
            noun = _noun_after(words, i + 2, self.b)
            if not noun or noun not in AGENTS:
                self.strong = False
        elif (
            after
            and not _goes_on_behind(after)
            and not (
                mention and mention.kind in ("person", "reference", "office") and mention.name.lower() not in _OWNING
            )
        ):
            self.strong = self.strong and (self.officer or _noun_after(words, i + 1, self.b) in AGENTS)
        if self.through or (named and mention is not None and mention.name.endswith("peoples")):
            self.strong = False
        if mention is not None and mention.kind == "person" and not (self.possessor and not self.strong):
            self.strong = self.person = True  # "Assistant to the President Jake Sullivan", but not "his visit"
        (self.general if set(named) <= GENERAL else self.codes).update(dict.fromkeys(named))
        self.ended = self.possessor and not self.strong

    def _preposition(self, i: int) -> None:
        word, before = self.words[i], self.words[i - 1]
        if word == "of" and (self._names_a_state_and_goes_on(i) or self._is_second_office(i)):
            return  # "President Sample of Nauru and Prime Minister Other of Palau"
        if (self.codes and word != "between") or (self.general and (self.firm or word not in ("in", "of", "from"))):
            self.ended = True
        elif word == "of" and before in _OFFICERS:
            self.officer = True
        elif i > self.a and before not in AGENTS and before not in _PORTFOLIOS:
            self.through = not (word == "of" and self._is_titled(i - 1))

    def _is_titled(self, last: int) -> bool:
        """Whether the capitalised words up to ``last`` are a title and a name that no table has: "Prime Minister Ann Sample"."""
        first = last
        while first >= self.a and self.words[first].isalpha() and self.sentence.capital(first):
            first -= 1
        begins = self.words[self.a] in TITLES and self.sentence.capital(
            self.a
        )  # "Minister for Trade and Ports Ann Sample"
        return last - first > 1 and (begins or not TITLES.isdisjoint(self.words[first + 1 : last]))

    def _is_second_office(self, i: int) -> bool:
        """Whether "of" tells the state of an office that is coordinated with another: "and the Prime Minister of Palau"."""
        words, office = self.words, i
        while office > self.a and words[office - 1] in AGENTS:
            office -= 1
        return office < i and words[office - 1 - (words[office - 1] == "the")] == "and"

    def _names_a_state_and_goes_on(self, i: int) -> bool:
        """Whether "of" tells a person's state, and another person is coordinated behind it."""
        person, words = self.sentence.names[i - 1], self.words
        state = i + 1 + (words[i + 1 : i + 2] == ["the"])
        return (
            person is not None
            and person.kind == "person"
            and state + 1 < self.b
            and words[state] == NAME
            and words[state + 1] == "and"
            and NAME in words[state + 2 : self.b]
        )

    def _pronoun(self, i: int) -> bool:
        word, a, b, discourse = self.words[i], self.a, self.b, self.discourse
        if word in PERSON_PRONOUNS and b - a <= 3:
            held = _official_before(self.sentence, i)
            self.settled = Subject(held or discourse.person or discourse.last, i, True, word)
            return True
        if word == "they" and b - a <= 3:
            self.settled = subject_of_they(self.sentence, i, discourse)
            return True
        if word == "their" and i == a and not any(self.sentence.codes(j) for j in range(i + 1, b)):
            if self.words[b - 1] in AGENTS:
                return False
            self.settled = Subject(discourse.topic, i, False, word)  # "their moves run counter to it"
            return True
        if word in _THINGS and i == a:
            if any(self.sentence.codes(j) for j in range(i + 1, b)):
                return False
            if self.words[b - 1] in _BACK:
                self.settled = _bare(self.sentence, a, b, discourse)  # "these experts"
            else:
                self.settled = Subject(discourse.topic, i, word == "it", word)
            return True
        if word == "you" or (word == "there" and i == a):
            self.settled = Subject((), i, False, word)
            return True
        return False

    def subject(self) -> Subject | None:
        """The actors named, if no single word has settled them."""
        codes, strong = self.codes, self.strong
        if not codes:
            if not self.general:
                return _bare(self.sentence, self.a, self.b, self.discourse)
            codes, strong = self.general, not self.through and ("OTHER" in self.general or "WORLD" in self.general)
        strong = strong and not _is_gerund(self.sentence, self.a) and not _is_imagined(self.sentence, self.a)
        return Subject(tuple(codes), self.a, strong, "", self.possessor, self.person)


def _is_imagined(sentence: TokenizedSentence, a: int) -> bool:
    """Whether a state is only imagined so: "a stronger Nauru will do more"."""
    name = sentence.names[a + 2] if a + 2 < len(sentence) else None
    ends = a + 3 >= len(sentence) or sentence.words[a + 3] not in AGENTS
    return (
        sentence.words[a] in ("a", "an")
        and name is not None
        and name.kind == "country"
        and ends
        and (sentence.words[a + 1].endswith(("er", "ous", "ful")))
    )


#: "King" and "thing" are no gerunds.
_SHORTEST_GERUND = 6
_ARTICLES = frozenset(("the", "a", "an", "this", "such", "its", "their"))


def _is_gerund(sentence: TokenizedSentence, a: int) -> bool:
    """Whether what is done to a party is the subject, and not the party: "replacing Japan's envoy will not help"."""
    words = sentence.words
    if not words[a].endswith("ing") or len(words[a]) < _SHORTEST_GERUND:
        return False
    if words[a + 1 : a + 2] and words[a + 1] in _ARTICLES:
        return True
    if words[a + 1 : a + 2] != [NAME]:
        return False
    if a == 0 and words[a + 2 : a + 3] and (words[a + 2] in WILL or is_finite(words[a + 2])):
        return True  # "blaming Japan will not help"
    name = sentence.text[sentence.starts[a + 1] : sentence.ends[a + 1]]
    return name.endswith(("'s", "’s")) or sentence.words[a + 2 : a + 3] == ["'s"]


def _goes_on_behind(after: str) -> bool:
    """Whether a name acts itself before this word: before any other noun, it is only a modifier."""
    return after in _AFTER_NAME or after in PREPOSITIONS or after in AGENTS or is_finite(after) or is_adverb(after)


#: Bodies that act for the principal if no other actor is named.
_OWN = words_of("own-bodies")
#: Titles that, capitalised and without a name, refer to the principal's own official.
TITLES = words_of("titles")


def title_holder(title: str, before: str, discourse: Discourse) -> tuple[str, ...]:
    """The party of the official whom a title alone means: the host of a guest who speaks, the one so named, the principal's."""
    if discourse.host and discourse.host != discourse.principal:
        return (discourse.host,)
    if discourse.daily and before not in ("vice", "prime") and title == "president" and discourse.principal:
        return (discourse.principal,)
    named = discourse.titled.get(f"{before} {title}" if before in ("vice", "prime") else title)
    if named and discourse.principal not in named:
        return named[-1:]
    return (discourse.principal,) if discourse.principal else ()


#: Nouns that refer to the last subject: "the experts", "the group".
_BACK = words_of("referring-back")


def _bare(sentence: TokenizedSentence, a: int, b: int, discourse: Discourse) -> Subject:
    """A subject without a name: "the competent departments", "the group", "the President"."""
    words = sentence.words
    end = next((i for i in range(a, b) if words[i] in PREPOSITIONS or words[i] == "(" or is_finite(words[i])), b)
    noun = words[end - 1] if end > a else ""
    if (
        noun in TITLES
        and end > 0
        and sentence.capital(end - 1)
        and words[a] in ("the", "my", "both")
        and (holder := title_holder(noun, words[end - 2], discourse))
    ):
        return Subject(holder, a, True, person=True)  # "the President": the principal's own, or the one named so before
    guest = _unknown_guest(sentence, a, end, discourse)
    if guest:
        return Subject(guest, a, True)
    if noun in _OWN and discourse.principal and words[a] in ("the", "relevant", "competent"):
        return Subject((discourse.principal,), a, True)
    if noun == "government" and words[a : a + 2] == ["the", "central"] and discourse.principal:
        return Subject((discourse.principal,), a, True)
    gathering = discourse.gathering()
    if gathering and (
        (noun in _GATHERED and is_definite(sentence, a, end)) or is_short_plural(sentence, a, end, gathering)
    ):
        return Subject(gathering, a, True)
    meant = _meant_by_plural(words, a, b, discourse)
    if meant:
        return Subject(meant, a, True)
    if noun in _BACK and words[a] in ("the", "this", "that", "these", "those"):
        return Subject(discourse.last, a, True, "noun")
    return Subject((), a, False)


#: Titles of heads of state and government and of ministers before a name.
_GUEST_TITLES = words_of("guest-titles")


def _unknown_guest(sentence: TokenizedSentence, a: int, end: int, discourse: Discourse) -> tuple[str, ...]:
    """The other of two who met, if a name that no table has stands behind a title: "President Sample thanked".

    The principal's own officials of such a title are in the tables.
    """
    words = sentence.words
    pair = discourse.gathering()
    titled = next((i for i in range(a, end) if words[i] in _GUEST_TITLES), end)
    named = titled + 1 < end and all(sentence.capital(i) and words[i].isalpha() for i in range(titled, end))
    if not named or len(pair) != 2 or discourse.principal not in pair:
        return ()
    return tuple(code for code in pair if code != discourse.principal)


def _two_offices(words: list[str], a: int, b: int) -> bool:
    """Whether two offices are joined by "and": "the Vice President and the President"."""
    joins = [i for i in range(a, b) if words[i] == "and"]
    return len(joins) == 1 and words[joins[0] - 1] in TITLES and words[b - 1] in TITLES


def _meant_by_plural(words: list[str], a: int, b: int, discourse: Discourse) -> tuple[str, ...]:
    """The parties of a conference for those who attend it, the state spoken of for its senators; none for other plurals."""
    if words[a:b] == ["the", "two"] and len(discourse.plural) == 2:
        return discourse.plural  # "the two also discussed trade"
    if discourse.event and attends(words, a, b):
        return discourse.event
    return (discourse.topic or ("OTHER",)) if are_legislators(words, a, b) else ()


def _noun_after(words: list[str], i: int, b: int) -> str:
    """The head noun that a nation's name modifies: an agent noun, or the last noun before a preposition."""
    last = ""
    while i < b and words[i] not in PREPOSITIONS and words[i] not in ("and", ",", "or"):
        if words[i] in AGENTS:
            return words[i]
        last = words[i]
        i += 1
    return last
