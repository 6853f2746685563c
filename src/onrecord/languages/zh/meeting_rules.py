"""Chinese meeting rules: how invitations, places, decisions and days of speech relate to a meeting in a sentence."""

from __future__ import annotations

import re

from onrecord.annotation_types import Mention
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_rules import MeetingRules
from onrecord.languages.meeting_words import Trigger
from onrecord.languages.participants import Actor
from onrecord.languages.zh.dates import find_dates
from onrecord.languages.zh.meeting_places import place_in_chinese
from onrecord.languages.zh.meeting_words import meeting_words
from onrecord.languages.zh.meetings import read_chinese
from onrecord.languages.zh.participants import ACTOR_RULES

_INVITATION = re.compile("应(?P<who>[^，。；]{1,80}?)(?:的?)邀请")
_BETWEEN = (
    "(?:上午|下午|晚上?|早|晨|中方|外交部|我们|我|双方|国防部|商务部|已经?"
    "|就[^，。]{1,12}|在[^，。]{1,12}|对[^，。]{1,8}|再次|也)*"
)
_DURING = re.compile("期间|中|后|结束|时|上")


class ChineseMeetings(MeetingRules):
    """The meeting rules of Chinese."""

    decided_form = "(?:共同|一致)?{}"
    ended = re.compile("结束|已经?举行")
    coming = re.compile("即将")
    remark = re.compile("是|[，,]")
    clause_mark = "，"
    telling = re.compile(
        "(?:刚才|刚刚|已经?|昨天|上周)[^，。；]{0,4}(?:介绍|发布|说|讲|回答|回应|宣布|通报|确认|证实)[过了]*"
    )
    begins = re.compile("开始|启程|起程|抵达|抵京|日抵|派[^，。；]{0,10}(?:团|代表|特使)")
    joins_days = re.compile("[和、及与]")
    of_states = re.compile("两国|[三四]国")
    separately = re.compile("分别")
    find_dates = staticmethod(find_dates)

    def __init__(self) -> None:
        super().__init__(meeting_words(), ACTOR_RULES)

    def read(self, sentence: MeetingSentence, trigger: Trigger) -> MeetingReport | None:
        """Use the partner after 同 or 对, the object of 会见, the pair in 中美对话."""
        return read_chinese(sentence, self.words, trigger)

    def note_invitations(self, sentence: MeetingSentence) -> None:
        """Recognise 应…邀请."""
        for match in _INVITATION.finditer(sentence.text[sentence.start : sentence.end]):
            first, last = sentence.start + match.start(), sentence.start + match.end()
            codes = tuple(
                dict.fromkeys(code for actor in sentence.actors if first <= actor.start < last for code in actor.codes)
            )
            if codes:
                sentence.inviting.append((first, last, codes))

    def is_day_of_speech(self, sentence: MeetingSentence, first: int, last: int) -> bool:
        """Recognise 昨天表示."""
        return bool(re.match(_BETWEEN + self.pattern("saying").pattern, sentence.text[last : last + 30]))

    def place(self, sentence: MeetingSentence, report: MeetingReport) -> Mention | None:
        """Take a place with 在 before the meeting."""
        return place_in_chinese(sentence, self.words, report)

    def decider(self, sentence: MeetingSentence, decided: re.Match[str]) -> Actor | None:
        """Take the actor before 商定."""
        return next((one for one in reversed(sentence.actors) if 0 <= decided.start() - one.end <= 4), None)

    def is_during(self, sentence: MeetingSentence, report: MeetingReport) -> bool:
        """Recognise 会谈中, 访问期间."""
        return bool(_DURING.match(sentence.text[report.at + len(report.name) :][:2] or " "))
