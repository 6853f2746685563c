"""A second reader that parses: any installed spaCy pipeline that marks subjects and objects.

It looks for a finite verb of ``lexicon/second_reader.toml`` whose subject is an actor named in the text. Its method differs from
that of the rules: they need no parse, and it needs no limit on the distance between subject and verb. Labels are those of the
usual pipelines: ClearNLP (``dobj``) and Universal Dependencies (``obj``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from onrecord.annotation.proposers.verb_table import Verbs, languages, verbs
from onrecord.annotation.proposing import Suggestion
from onrecord.annotation_types import Mention, Time
from onrecord.errors import SpacyMissing, UnusablePipeline
from onrecord.record import Document, Turn

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

_SUBJECT = frozenset({"nsubj"})
#: Parts of speech of a verb; empty in a pipeline without a tagger.
_VERBAL = frozenset({"VERB", "AUX", ""})
_OBJECT = frozenset({"dobj", "obj", "iobj", "dative"})
#: Words in a verb group that make the act hypothetical, or ask somebody for it: left to the rules.
_OPEN = frozenset(
    "would could might may can should must ought to if whether unless 如果 若 如 可能 应 应该 应当 必须 能".split()
)
_WILL = frozenset("will shall 'll wo 将 会 将会".split())
_DONE = frozenset("has have had 've did 了 已 已经 过 曾".split())
_HELPING = frozenset("do does is are was were".split())
_NOT = frozenset("not n't never 不 没 没有 未 从未 并不 绝不".split())
_LAST = re.compile(r"[\s.,;:!?。，；：！？…\"'”’)）]+$")


class Pipeline:
    """A spaCy pipeline as a second reader."""

    def __init__(self, nlp: Language) -> None:
        """Take a loaded pipeline. Raises UnusablePipeline if it has no parser, or no verbs are listed for its language."""
        self._nlp = nlp
        meta = nlp.meta
        self.name = f"spacy:{meta['lang']}_{meta['name']}-{meta['version']}"
        self.language = str(nlp.lang)
        if self.language not in languages():
            known = ", ".join(languages())
            raise UnusablePipeline(
                f"no verbs are listed for {self.language!r}", where=self.name, hint=f"There are: {known}"
            )
        if not nlp("China agrees.").has_annotation("DEP"):
            raise UnusablePipeline("it has no parser, and so marks no subjects", where=self.name)

    @classmethod
    def load(cls, name: str) -> Pipeline:
        """Load the pipeline of that name, or in that folder. Raises SpacyMissing, UnusablePipeline."""
        try:
            import spacy
        except ImportError:
            raise SpacyMissing("a second reader that parses needs spaCy", where=f"spacy:{name}") from None
        try:
            nlp = spacy.load(name, exclude=["ner", "textcat"])
        except (OSError, ValueError, ImportError) as error:
            reason = " ".join(str(error).split())
            hint = "" if "/" in name else f"Install it: python -m spacy download {name}"
            raise UnusablePipeline(f"spaCy cannot load it: {reason[:200]}", where=f"spacy:{name}", hint=hint) from None
        return cls(nlp)

    @property
    def sends_to(self) -> None:
        """None: the text stays on this machine."""

    def reads(self, language: str) -> bool:
        """Whether documents in this language are read by the pipeline."""
        return language.partition("-")[0] == self.language

    def suggest(self, document: Document) -> list[Suggestion]:
        """Return the acts in the principal's turns, in order; empty if the document is in another language."""
        if not self.reads(document.language):
            return []
        known = verbs(self.language)
        found: list[Suggestion] = []
        for number, turn in enumerate(document.turns, start=1):
            if turn.kind not in ("answer", "statement"):
                continue
            mentions = [
                one for one in document.mentions if turn.start <= one.start and one.end <= turn.end and one.codes
            ]
            if mentions:
                for at, paragraph in _paragraphs(turn):
                    parse = self._parse(paragraph, document.id)
                    found += _Paragraph(parse, mentions, turn.start + at, number, known).read()
        return found

    def _parse(self, paragraph: str, where: str) -> Any:
        try:
            return self._nlp(paragraph)
        except ValueError as error:  # longer than the pipeline accepts
            raise UnusablePipeline(f"it cannot parse a paragraph: {str(error)[:160]}", where=where) from None


def _paragraphs(turn: Turn) -> Iterator[tuple[int, str]]:
    at = 0
    for paragraph in turn.text.split("\n\n"):
        yield at, paragraph
        at += len(paragraph) + 2


class _Paragraph:
    """A parsed paragraph with the actors named in it. ``at`` is its start offset in the document."""

    def __init__(self, parse: Any, mentions: Sequence[Mention], at: int, turn: int, known: Verbs) -> None:
        self.parse, self.mentions, self.at, self.turn, self.known = parse, mentions, at, turn, known

    def read(self) -> list[Suggestion]:
        return [found for token in self.parse if (found := self._act(token)) is not None]

    def _act(self, token: Token) -> Suggestion | None:
        """Return the act of a verb, if its subject is a named actor."""
        verb = self.known.verbs.get(token.lower_)
        if verb is None or token.pos_ not in _VERBAL:
            return None
        group = _Group(token)
        subject = group.subject
        if subject is None or group.open or not group.finite or token.sent.text.rstrip().endswith(("?", "？")):
            return None
        actors = self._codes(subject)
        if not actors:
            return None
        start, end = min(subject.left_edge.idx, token.idx), self._end(token)
        text = self.parse.text
        quote = _LAST.sub("", text[start:end])
        trigger = _trigger(token)
        if token.idx - start + len(trigger) > len(quote):
            return None
        return Suggestion(
            type=verb.type, trigger=trigger, trigger_at=token.idx - start, quote=quote, actors=actors,
            targets=tuple(code for code in self._targets(token) if code not in actors),
            polarity="negated" if group.negated else "affirmed", time=group.time, turn=self.turn,
        )  # fmt: skip

    def _end(self, token: Token) -> int:
        """Where the clause ends: before the next coordinated verb."""
        joined = [child.left_edge.idx for child in token.children if child.dep_ == "conj" and child.i > token.i]
        links = [child.idx for child in token.children if child.dep_ == "cc" and child.i > token.i]
        last = token.right_edge
        return int(min([last.idx + len(last.text), *joined, *(links if joined else ())]))

    def _codes(self, noun: Token) -> tuple[str, ...]:
        """The codes of the actors a noun names, including coordinated ones ("China and Japan")."""
        codes = dict.fromkeys(self._named(noun))
        for child in noun.children:
            if child.dep_ == "conj":
                codes.update(dict.fromkeys(self._codes(child)))
        return tuple(codes)

    def _named(self, noun: Token) -> tuple[str, ...]:
        covering = self._mention(noun)
        if covering or noun.lower_ not in self.known.bodies:
            return covering
        for child in noun.children:  # "the Chinese government", "China's spokesperson", "the government of China"
            found = self._mention(child)
            if not found and child.dep_ in ("prep", "nmod"):
                found = next((codes for one in child.children if (codes := self._mention(one))), ())
            if found:
                return found
        return ()

    def _mention(self, token: Token) -> tuple[str, ...]:
        at = self.at + token.idx
        return next((one.codes for one in self.mentions if one.start <= at < one.end), ())

    def _targets(self, token: Token) -> tuple[str, ...]:
        """The targets: the object, the possessor of the object, and the objects of with, on, to."""
        codes: dict[str, None] = {}
        for child in token.children:
            base = child.dep_.partition(":")[0]
            if base in _OBJECT:
                nouns = [child, *(one for one in child.children if one.dep_ in ("poss", "nmod:poss"))]
            elif child.dep_ == "prep":
                nouns = [one for one in child.children if one.dep_ == "pobj"]
            elif (
                base in ("obl", "ccomp") or child.dep_ == "nmod:prep"
            ):  # "urges Japan to stop": Japan may be its subject
                nouns = [one for one in child.children if one.dep_ in _SUBJECT] if base == "ccomp" else [child]
            else:
                continue
            for noun in nouns:
                codes.update(dict.fromkeys(self._codes(noun)))
        return tuple(codes)


class _Group:
    """A verb with its subject and auxiliaries, and whether it is negated or hypothetical."""

    def __init__(self, verb: Token) -> None:
        self.verb = verb
        self.head = verb  # the first of coordinated verbs, which has the subject
        while self._own_subject(self.head) is None and self.head.dep_ == "conj" and self.head.head.pos_ in _VERBAL:
            self.head = self.head.head

    @staticmethod
    def _own_subject(verb: Token) -> Token | None:
        return next((child for child in verb.children if child.dep_ in _SUBJECT), None)

    @cached_property
    def subject(self) -> Token | None:
        return self._own_subject(self.head)

    @cached_property
    def helpers(self) -> frozenset[str]:
        """The auxiliaries and adverbs of the verb; a bare coordinated verb shares those of the first ("will go and see")."""
        kinds = ("aux", "mark", "neg", "advmod", "advcl")
        own = [child for child in self.verb.children if child.dep_.partition(":")[0] in kinds]
        if self.verb is not self.head and not any(child.dep_.startswith("aux") for child in own) and not self._tensed:
            own += [child for child in self.head.children if child.dep_.startswith("aux")]
        return frozenset(child.lower_ for child in own)

    @cached_property
    def _forms(self) -> dict[str, str]:
        return dict(self.verb.morph.to_dict())

    @cached_property
    def _tensed(self) -> bool:
        return self._forms.get("VerbForm") == "Fin"

    @property
    def finite(self) -> bool:
        """Whether the verb is finite; if the pipeline marks no verb forms, having a subject is enough."""
        return self._forms.get("VerbForm", "Fin") == "Fin" or bool(self.helpers & (_WILL | _DONE | _HELPING))

    @property
    def open(self) -> bool:
        return bool(self.helpers & _OPEN)

    @property
    def negated(self) -> bool:
        return bool(self.helpers & _NOT)

    @property
    def time(self) -> Time:
        if self.helpers & _WILL:
            return "planned"
        return "done" if self.helpers & _DONE or self._forms.get("Tense") == "Past" else "ongoing"


def _trigger(verb: Token) -> str:
    """The verb, with a particle directly after it ("call off")."""
    words = str(verb.text)
    after = next((child for child in verb.children if child.dep_ == "prt" and child.i == verb.i + 1), None)
    return words + verb.whitespace_ + after.text if after is not None else words
