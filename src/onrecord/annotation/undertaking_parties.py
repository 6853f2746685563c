"""The parties of an undertaking that its words do not name: to whom it is, whom "the two countries" means, who agreed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotation.analysis import DocumentAnalysis
from onrecord.annotation_types import NO_PARTY, Act, Mention, Strength
from onrecord.languages.readers import UndertakingCues
from onrecord.lexicon.actors import is_state

#: Codes of groups, which cannot be a party to an undertaking.
_NOBODY = frozenset(("PEOPLE", "FIRM", "MEDIA", "OTHER"))
#: The other of "the two countries" is named within so many characters before.
_NAMED_BEFORE = 400
#: "For this": what one supports is told within so many characters before.
_TOLD_BEFORE = 120
#: Those who "agreed" met within so many characters before.
_MET_BEFORE = 300
#: What follows in the same sentence begins within so many characters.
_CHAINED = 12
_ACTORS = ("country", "territory", "organisation", "reference", "office", "person")


class OtherParties:
    """To whom one party of a document undertakes something, where the words name nobody: those who speak or meet with it."""

    def __init__(self, analysis: DocumentAnalysis, cues: UndertakingCues, acts: Sequence[Act]) -> None:
        self._acts = sorted(acts, key=lambda act: act.trigger.start)
        self._places = [act.trigger.start for act in self._acts]
        self._mentions, self._starts = analysis.mentions, analysis.starts
        self._gathered = analysis.speaking.gathered
        deal = cues.deal is not None and cues.deal.search(analysis.document.title) is not None
        self._pair = analysis.speaking.titled_pair if deal and not self._gathered else ()
        self._cues = cues
        title = analysis.document.title
        self._region = cues.region is not None and cues.region.search(title) is not None
        self._principal = analysis.principal
        self._abroad = deal or self._region or (cues.world is not None and cues.world.search(title) is not None)

    def named(self, within: Sequence[Mention], code: str) -> tuple[str, ...]:
        """The states named in the words themselves, in a language that puts the partner there: 愿同日方一道."""
        if not self._cues.partner_inside:
            return ()
        kinds = ("country", "territory", "organisation", "reference", "office", "person")
        named = (other for one in within if one.kind in kinds for other in one.codes)
        return tuple(dict.fromkeys(other for other in named if other != code and other not in _NOBODY))

    def at_home(self, words: str, within: Sequence[Mention], to: tuple[str, ...]) -> bool:
        """Whether the words tell of one's own matters, and do not name those to whom they are said to be promised."""
        if not self._own_matter(words):
            return False
        return not any(code in to and code != "WORLD" for one in within for code in one.codes)

    def _own_matter(self, words: str) -> bool:
        aside = self._cues.aside.search(words) if self._cues.aside is not None else None
        own = self._cues.at_home
        return own is not None and own.search(words, 0, aside.start() if aside else len(words)) is not None

    def is_for(self, to: tuple[str, ...]) -> bool:
        """Whether what several do together is for another of those who speak, who is not among them."""
        return bool(to) and set(to) <= set(self._gathered)

    def rather(self, code: str, to: tuple[str, ...]) -> bool:
        """Whether the other party of a deal is meant rather than the world or an organisation that the words name."""
        pair = self._gathered or self._pair
        return code in pair and len(pair) == 2 and not any(is_state(other) for other in to)

    def of(self, code: str, words: str) -> tuple[str, ...]:
        """The others gathered with a party, unless it is a matter of its own; all, if the words speak of other countries."""
        gathered = self._gathered or self._pair
        if code in gathered and not self._own_matter(words):
            return tuple(other for other in gathered if other != code)
        told = [self._cues.world, self._cues.partners if self._abroad else None]
        if any(one is not None and one.search(words) for one in told):
            return ("WORLD",)
        return ("WORLD",) if self._region and code == self._principal and not self._own_matter(words) else ()

    def agreed(self, act: Act, code: str) -> tuple[str, ...]:
        """Those who met as told just before, where "we" or nobody stands before "agreed": "We exchanged views and agreed to".

        Empty where the party is named: what it alone agrees to, it grants.
        """
        if self._names(act, code):
            return ()
        pair = self._gathered or self._pair
        if code in pair:
            return pair
        for other in self._before(act, _MET_BEFORE):
            met = tuple(dict.fromkeys((*other.actors, *other.targets)))
            if other.type in ("consult", "agree") and len(met) > 1:
                return met if code in met and NO_PARTY.isdisjoint(met) else ()
        return ()

    def _names(self, act: Act, code: str) -> bool:
        """Whether a party is named, and not only meant by "we", before the trigger of an act."""
        first, last = bisect_left(self._starts, act.start), bisect_left(self._starts, act.trigger.start)
        return any(one.kind != "reference" and code in one.codes for one in self._mentions[first:last])

    def meant(self, act: Act, code: str, words: str) -> tuple[str, ...]:
        """Whom "the two countries" or "for this" in the words means beside a party: named, or told of, just before."""
        cues = self._cues
        if cues.both is not None and cues.both.search(words):
            last = bisect_left(self._starts, act.start)
            for one in reversed(self._mentions[:last]):
                if act.start - one.end > _NAMED_BEFORE:
                    break
                others = tuple(other for other in one.codes if other != code)
                if one.kind in _ACTORS and len(others) == 1 and is_state(others[0]):
                    return others
        if cues.thus is not None and cues.thus.search(words):
            for other in self._before(act, _TOLD_BEFORE):
                if other.actors == act.actors and other.targets and all(map(is_state, other.targets)):
                    return tuple(one for one in other.targets if one != code)
        return ()

    def in_exchange(self, act: Act, by: tuple[str, ...], words: str, strength: Strength) -> tuple[str, ...]:
        """The other of an exchange that was just told of, to whom what one offers is offered."""
        principal = self._principal
        if strength not in ("offered", "promised aid") or principal is None or self._own_matter(words):
            return ()
        for other in self._before(act, _NAMED_BEFORE):
            parties = {*other.actors, *other.targets}
            if principal not in by and parties == {*by, principal}:
                return (principal,)
            chained = by == (principal,) and other.actors == act.actors and act.trigger.start - other.end <= _CHAINED
            if chained and len(other.targets) == 1 and is_state(other.targets[0]):
                return other.targets
        return ()

    def _before(self, act: Act, reach: int) -> list[Act]:
        """The acts of the same turn with triggers within so many characters before, the last first."""
        last = bisect_left(self._places, act.trigger.start)
        near = (other for other in reversed(self._acts[max(0, last - 4) : last]) if other.turn == act.turn)
        return [other for other in near if act.start - other.end <= reach]


def parties_of(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes without those that cannot be a party."""
    return tuple(dict.fromkeys(code for code in codes if code not in _NOBODY))
