"""Acts in briefings as they are spoken: refusals to the press, the running of the briefing, words begun again. Invented sentences."""

from __future__ import annotations

import pytest

from test_acts_en_at_home import acts, annotated

JAPAN = "What of Japan?"

# The reason, the answer to a question on Japan, then each act: type and trigger.
CASES = [
    ("will not enter into it", "I'm not going to get into that.", [("decline", "'m not going to get into")]),
    ("will not speak of it", "We're not going to speculate.", [("decline", "'re not going to speculate")]),
    ("what a government will not do is a policy", "We're not going to force Japan to sell it.", []),
    ("not even with the words of a refusal", "We're not going to give that up.", []),
    ("the speaker alone refuses so", "I'm not going to do that.", [("decline", "'m not going to do")]),
    ("has no date", "I don't have a date.", [("decline", "don't have a date")]),
    ("has no calls to tell of", "I don't have any calls to preview.", [("decline", "don't have any calls")]),
    ("the speaker does not know", "I don't know.", [("decline", "don't know")]),
    ("what a government does not know is a fact", "We don't know who owns them.", []),
    ("has not seen what is asked about", "I have not seen the letter.", [("decline", "have not seen the letter")]),
    ("what was not seen is a finding", "We haven't seen anything that tells us so.", []),
    ("too soon to tell", "I think it's too soon to know.", [("decline", "too soon to know")]),
    ("will not be able to", "I'm just not going to be able to comment on that.", [("decline", "going to be able to comment")]),
    ("for another to speak to", "That's something for the ministry to speak to.", [("decline", "something for the ministry to speak to")]),
    ("to be asked elsewhere", "You'd have to talk to them.", [("decline", "You'd have to talk")]),
    ("a right of another is upheld", "Japan has every right to defend itself.", [("support", "has every right to defend")]),
    ("bent on a deed abroad", "We're focused on making sure that Japan gets it.", [("commit", "'re focused on making")]),
    ("bent on a deed at home", "We're focused on making sure that prices in our stores fall, on inflation.", []),
    ("ends an answer that was given", "I'll leave it there.", []),
    ("nothing to announce", "I don't have a meeting with Japan in the region.", []),
    ("speaks about a matter, with nobody", "The President spoke to that of Japan in his remarks.", []),
    ("takes the question", "I'll take that question.", [("decline", "'ll take that question")]),
    ("will circle back", "I'd have to come back to you.", [("decline", "'d have to come back")]),
    ("leaves it to another", "I'm going to let them speak to it.", [("decline", "'m going to let them speak")]),
    ("another's matter", "That's for them to speak to.", [("decline", "That's for them to speak")]),
    ("nothing to announce on it", "Nothing to announce on that.", [("decline", "Nothing to announce")]),
    ("begun again", "I'm not going to — to speak to that.", [("decline", "'m not going to — to speak")]),
    ("broken off, said whole", "We support Jap- — Japan.", [("support", "support")]),
    ("runs the briefing", "I'll turn it over to my colleague.", []),
    ("calls on a reporter", "We'll go to Sampleson.", []),
    ("a courtesy to the room", "I appreciate the question.", []),
    ("a wish put to the room", "I hope you can see that.", []),
    ("a wish about oneself", "We hope to hear about it.", []),
    ("a wish about its own side", "I expect that the United States will do it.", []),
    ("a prediction", "We expect that number to rise.", []),
    ("asked of another", "We expect Japan to keep its word.", [("request", "expect Japan to")]),
    ("only supposed", "They would have to work on it.", []),
    ("what should have been", "Japan should have stopped it.", []),
    ("the subject of another verb", "The effort that we are leading will not solve it.", []),
    ("an aside", "The plan will, we hope, have an effect.", []),
    ("speaks to a topic", "Officials are speaking to that today.", []),
    ("speaks to another", "The President spoke to the Japanese side.", [("consult", "spoke to")]),
    ("a call", "The President called Prime Minister Kishida of Japan.", [("consult", "called Prime")]),
    ("does not tell an aim", "They are trying to protect it.", []),
    ("a verb behind an adverb is no place", "We're going to also share it with our friends in Japan.",
     [("commit", "'re going to also share it with")]),
    ("a point is no place", "We have come to a point where Japan knows.", []),
    ("has to something", "I laid out the connection that Japan has to an initiative.", []),
    ("help as a noun", "They are desperate for this help.", []),
    ("never seen", "I've never seen that.", []),
    ("pride in one's own", "We're proud of that achievement.", []),
    ("thanks to the room", "I appreciate that.", []),
    ("what people should not think", "People shouldn't read too much into it.", []),
    ("a finding is no position", "It's clear that Japan wants to go on.", []),
    ("what links exist", "Japan has more lines of communication than we do.", []),
    ("no mistake is denied", "We talk so that there is not a mistake.", []),
    ("a guest to come", "The President will welcome President Macron of France.", [("consult", "will welcome President")]),
    ("firms are met at home", "The President spoke with companies.", []),
    ("a prediction by its adverb", "Japan will probably use it.", []),
    ("what could be done", "We have not always been able to do it with Japan.", []),
    ("what cannot be given is a policy", "We are not able to provide that to Japan.", []),
    ("a noun behind an infinitive", "The law allows us to apply sanctions.", []),
    ("no more is told", "That's as specific as I'm going to get.", [("decline", "as specific as I'm")]),
    ("a thing as specific as another", "That's as specific as a map of Japan.", []),
    ("will not begin to guess", "I can't begin to speculate.", [("decline", "can't begin to speculate")]),
    ("will not say more", "I can't speak beyond that.", [("decline", "can't speak beyond that")]),
    ("will not argue", "I'm not going to go back and forth on that.", [("decline", "'m not going to go back and forth")]),
    ("to be asked by reaching out", "You would have to reach out to the ministry.", [("decline", "You would have to reach out")]),
    ("contact sought is no referral", "The Secretary has reached out to Japan.", [("consult", "reached out to")]),
    ("contact sought by nobody abroad", "The Secretary has reached out to the farmers.", []),
    ("left for another to answer", "I would leave that for the ministry to speak to.", [("decline", "would leave that for the ministry to speak")]),
    ("left for a use", "We leave the boat for them.", []),
    ("without its subject, behind an opening word", "So, just nothing to announce.", [("decline", "nothing to announce")]),
    ("without its subject, another speaks", "So, going to let the ministry speak to it.", [("decline", "going to let the ministry speak")]),
    ("without its subject, no more", "Beyond that, don't have much more to say.", [("decline", "n't have much more to say")]),
    ("another has nothing to announce", "The harbor of Japan has nothing to announce.", []),
    ("the premise is rejected", "I would not agree with your assumption.", [("deny", "would not agree with your assumption")]),
    ("words that were not said", "I didn't say that.", [("deny", "didn't say that")]),
    ("a wish against war", "We do not want this conflict to escalate.", [("oppose", "do not want this conflict")]),
    ("a wish for a thing", "We do not want a boat of Japan.", []),
    ("a standing view", "We've been very consistent about that.", [("reaffirm", "been very consistent about")]),
    ("talks that go on", "Those discussions are still ongoing.", [("consult", "discussions are still ongoing")]),
    ("repairs that go on", "Those repairs are still ongoing.", []),
    ("another is warned off", "It would be a grave mistake for Japan to do so.", [("warn", "would be a grave mistake for")]),
    ("in coordination", "We will remain in close coordination with Japan.", [("consult", "will remain in close coordination with")]),
    ("messages", "We send messages to Japan now and then.", [("consult", "send messages to")]),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "answer", "expected"), CASES, ids=[case[0] for case in CASES])
def test_spoken(reason: str, answer: str, expected: list[tuple[str, str]]) -> None:
    assert acts(answer, JAPAN) == expected, reason


def test_where_nobody_asks_nobody_declines() -> None:
    assert acts("I do not know what Japan will do.", question="") == []


@pytest.mark.parametrize(
    ("answer", "actor"),
    [
        ("The President will meet President Macron. He will then visit the harbor of Palau.", "USA"),
        ("President Macron met the President. He then visited Palau.", "FRA"),
    ],
)
def test_he_is_the_person_told_of_first(answer: str, actor: str) -> None:
    assert spoken_by(answer)[-1] == actor


def spoken_by(answer: str) -> list[str]:
    """The first actor of each act of an answer."""
    return [one.actors[0] for one in annotated(answer).acts]
