"""English acts as spokespersons say them, kind by kind: each sentence is invented, with what it is and why."""

from __future__ import annotations

import pytest

from test_acts_en import said, told

# The reason, the answer, then each act: type, actors, words of its trigger.
KINDS = {
    "referrals": [
        ("to a readout", "On the visit of Japan you may refer to the readout.", [("decline", "CHN", "you may refer to")]),
        ("a service to the room refuses nothing", "On the visit of Japan you may refer to our website.", []),
        ("to another body", "Please consult the competent authorities about Japan.", [("decline", "CHN", "Please consult")]),
        ("polite, in the passive", "You're advised to read the press release on Japan.", [("decline", "CHN", "You're advised to read")]),
        ("to another side", "You will need to ask the Japanese side.", [("decline", "CHN", "You will need to ask")]),
        ("news promised for later refuses nothing", "Information on the visit to Japan will be released in due course.", []),
        ("nor where the speaker promises it", "We will release information on Japan in due course.", []),
        ("left to others", "I will leave the specifics of it to the authorities in Japan.", [("decline", "CHN", "will leave the specifics")]),
        ("not at hand", "On Japan, I don't have them at the moment.", [("decline", "CHN", "don't have them")]),
        ("not for this podium", "The lamps of Japan are not a diplomatic question.", [("decline", "CHN", "are not a diplomatic question")]),
        ("what the asker may have noticed refers to nothing", "You may have noticed the lamps of Japan.", []),
    ],
    "courtesies": [
        ("a reply given binds to nothing", "I will give you a brief reply on Japan.", []),
        ("figures shared with the asker are no aid", "Let me share some figures of Japan with you.", []),
        ("the words behind the opening phrase act", "I would like to take this opportunity to thank Japan for its help.",
         [("support", "CHN", "thank")]),
        ("a question put to another asks for nothing", "I would like to ask Japan a question.", []),
    ],
    "restated positions": [
        ("in the passive", "China's position on Japan has been made very clear.", [("reaffirm", "CHN", "has been made")]),
        ("as a reason", "I will be brief on Japan since we have stated our position many times.", [("reaffirm", "CHN", "stated our position")]),
        ("with two adverbs", "China has been comprehensively and strictly fulfilling its obligations to the UN.",
         [("reaffirm", "CHN", "fulfilling its obligations")]),
        ("a standing relation is no contact", "China maintains normal exchanges and cooperation with Japan.",
         [("reaffirm", "CHN", "maintains normal exchanges")]),
        ("what one's own companies are always asked", "The Chinese government always asks Chinese companies in Japan to obey the law.",
         [("request", "CHN", "always asks")]),
        ("emphasis again frames", "I want to re-emphasize that China opposes the plan of Japan.", [("oppose", "CHN", "opposes")]),
    ],
    "warnings": [
        ("behind a condition", "If Japan builds it, we will lose no time in responding.", [("warn", "CHN", "will lose no time in")]),
        ("before a condition", "None of the results of the talks with Japan will take effect if it builds the dam.",
         [("warn", "CHN", "None of the results")]),
        ("forced to act", "China has no choice but to respond to Japan.", [("warn", "CHN", "has no choice but")]),
        ("sure to fail", "The attempts of Japan will be in vain.", [("warn", "CHN", "will be in vain")]),
    ],
    "passive requests": [
        ("of everybody, where a right of another is owed", "The sovereignty of Egypt should be earnestly safeguarded.",
         [("request", "CHN", "should be")]),
        ("taken seriously", "The concerns of Egypt shall be taken seriously.", [("request", "CHN", "shall be")]),
        ("efforts", "Joint efforts should be made to keep peace in Egypt.", [("request", "CHN", "should be")]),
        ("what should be noted asks nothing", "It should be noted that Egypt is a big country.", []),
        ("at home nobody abroad is asked", "The law must be respected.", []),
    ],
    "meetings in the passive": [
        ("its name tells who met", "The fifth China-Japan Forum was successfully held in Osaka.", [("consult", "CHN JPN", "was successfully held")]),
        ("with whom", "Talks with President Putin will be held in Moscow.", [("consult", "CHN RUS", "will be held")]),
        ("of a body", "The APEC Economic Leaders' Meeting was held in Lima.", [("consult", "APEC", "was held")]),
        ("a show at home is none", "The China International Import Expo will be held in Shanghai with Japan.", []),
        ("a meeting of nobody named", "The meeting will be held on Monday.", []),
    ],
    "who is meant": [
        ("delegates of a conference", "The fifth China-Japan Forum was held in Osaka. About 400 delegates focused on such areas as trade and had "
         "discussions.", [("consult", "CHN JPN", "was held"), ("consult", "CHN JPN", "had discussions")]),
        ("leaders attending it", "The APEC Economic Leaders' Meeting was held. Leaders attending the meeting echoed President Xi's vision and "
         "appreciated China's role.",
         [("consult", "APEC", "was held"), ("support", "APEC", "echoed"), ("support", "APEC", "appreciated")]),
        ("senators of the state spoken of", "Osaka is in Japan. Some state senators said joint efforts should be made to keep peace.",
         [("request", "JPN", "should be")]),
        ("politicians of no state named", "A handful of politicians smeared China.", [("accuse", "CHN", "smeared")]),
        ("the official of the sentence", "If the Australian trade minister has a question, he should contact us.",
         [("request", "CHN", "should contact")]),
        ("the visitor of the phrase", "During Prime Minister Abe's visit, he exchanged views with the Chinese side.",
         [("consult", "JPN", "exchanged views")]),
        ("who is harmed is not blamed", "The plot of Japan has been laid bare.", []),
        ("who harms is", "China's rights were violated by Japan.", [("accuse", "CHN", "violated")]),
    ],
    "predicates behind the first": [
        ("harm in set phrases", "A warship of Japan trespassed into the waters, violated Chinese law and put in jeopardy the peace of the region.",
         [("accuse", "CHN", "trespassed"), ("accuse", "CHN", "violated"), ("accuse", "CHN", "put in jeopardy")]),
        ("behind words of stress", "Officials from Japan emphasized in their speeches the importance of China-US relations, and voiced support for "
         "exchanges.", [("support", "JPN", "voiced support")]),
        ("a new subject behind a phrase of time", "The team of Japan has arrived in China and in the coming days, the Japanese team will hold "
         "talks with the Chinese team.", [("consult", "JPN", "arrived in"), ("consult", "JPN", "will hold talks")]),
        ("a clause behind during which", "President Xi will meet with Prime Minister Abe, during which they will have an exchange of views.",
         [("consult", "CHN", "will meet with"), ("consult", "CHN JPN", "will have an exchange")]),
        ("a wish behind a belief", "We believe that China-Japan ties are sound, and hope Japan will keep it in mind.",
         [("request", "CHN", "hope")]),
        ("nouns of a list are no verbs", "I want to thank Japan for its care, assistance, support and help.", [("support", "CHN", "thank")]),
        ("a noun behind and is no verb", "It won support and respect from Japan.", []),
        ("plurals are no verbs", "The claims of Japan are false, and all lies will crumble.", [("deny", "CHN", "are false")]),
    ],
    "blame": [
        ("criticism that the speaker calls baseless is blamed", "Japan baselessly criticized the policy of China.", [("accuse", "CHN", "criticized")]),
        ("criticism told is the other's", "Japan criticized the policy of China.", [("accuse", "JPN", "criticized")]),
        ("no right to judge", "Japan is not qualified to judge others.", [("accuse", "CHN", "is not qualified to")]),
        ("visas denied are no denial", "Japan has for some time been denying visas to scholars.", [("accuse", "CHN", "denying visas")]),
        ("the blame laid on somebody", "The responsibility rests entirely with Japan.", [("accuse", "CHN", "responsibility rests entirely with")]),
        ("and taken from somebody", "The responsibility does not lie with Japan.", []),
        ("words about China by another", "The China-related content of the report and the remarks of Secretary Pompeo wantonly slander the policy of China.",
         [("accuse", "CHN", "slander")]),
        ("what is not done is not blamed", "The plan of Japan does not violate the law.", []),
        ("always and a participle", "Japan has always been attacking our policy.", [("accuse", "CHN", "attacking")]),
        ("nobody fails to see", "The countries of the EU will not fail to see the plan.", []),
        ("'s behind a name is no verb", "The law of Japan's cabinet and its bias are known.", []),
    ],
    "more who is meant": [
        ("we behind and", "Foreign Minister Abe of Japan made an objective response and we appreciate that.", [("support", "CHN", "appreciate")]),
        ("he who speaks", "Prime Minister Abe came to us. President Xi said he attaches importance to ties with Japan.",
         [("reaffirm", "CHN", "attaches importance to")]),
        ("both", "President Xi and Prime Minister Abe held talks. Both spoke highly of the plan.",
         [("consult", "CHN JPN", "held talks"), ("support", "CHN JPN", "spoke highly of")]),
        ("between whom", "There will be more exchanges between China and Japan.", [("consult", "CHN JPN", "There will be more exchanges")]),
        ("talks behind a speech", "President Xi will deliver a speech at the opening, hold talks with leaders from Japan, and rest.",
         [("consult", "CHN", "hold talks")]),
        ("the will of the people is no verb", "We respect the will of the people of Japan.", [("support", "CHN", "respect")]),
        ("what helps others uphold it is no promise of theirs", "The plan helps the two countries uphold peace with Japan.", []),
        ("a possessor's meeting is no act", "I have read of Putin's meeting with President Xi.", []),
        ("any attempt is warned", "Japan is near. Any attempt to split China is doomed to fail.", [("warn", "CHN", "is doomed")]),
        ("a promise about one's own economy binds nobody abroad", "On the report of Japan, we will accelerate the reform of our economy.", []),
    ],
    "what only looks like an act": [
        ("who deters aggression is not blamed for it", "Japan's aim is to deter acts of aggression and to prevent provocations.", []),
        ("nor is its victim", "Japan is a victim of aggression.", []),
        ("what somebody needs restricts the tools", "The tools Japan needs to guard the port are heavy.", []),
        ("an embedded question promises nothing", "That is what Japan will sell to Nauru.", []),
        ("a meeting that is summoned is no protest", "Japan summoned a meeting of its cabinet.", []),
        ("an envoy who is summoned hears one", "Japan summoned the Chinese ambassador.", [("protest", "JPN", "summoned the Chinese ambassador")]),
        ("an aside before its infinitive", "We are committed, where we can, to peace with Japan.", [("commit", "CHN", "are committed")]),
        ("an intention expressed", "China expressed its intention to buy lamps from Japan.", [("commit", "CHN", "expressed its intention")]),
        ("founding something together is agreeing on it", "China and Japan established a hotline.", [("agree", "CHN JPN", "established")]),
    ],
    "who acts beside": [
        ("who signs with another agrees with him", "Japan signed with Egypt a pact on lamps.", [("agree", "EGY JPN", "signed")]),
        ("the partner behind the object", "Japan has reached an agreement with Egypt on lamps.", [("agree", "EGY JPN", "reached an agreement")]),
        ("work agreed to has a partner, the agreement none", "Japan agreed to work with Egypt.", [("agree", "JPN", "agreed to")]),
        ("co-chaired by two", "Prime Minister Abe co-chaired the meeting with President Putin.", [("consult", "JPN RUS", "co-chaired")]),
        ("both who met agree behind it", "Prime Minister Abe held talks with President Putin and reached important consensus.",
         [("consult", "JPN", "held talks"), ("agree", "JPN RUS", "reached important consensus")]),
        ("countries that are counted are not the world", "Over 130 countries have signed the pact with China.", [("agree", "CHN OTHER", "signed")]),
        ("counted in words", "A dozen countries have condemned Japan.", [("accuse", "OTHER", "condemned")]),
        ("a guest whom no table has, and his state", "Deputy Prime Minister Anna Sample of the Republic of Singapore will visit China.",
         [("consult", "SGP", "will visit")]),
        ("what is done to somebody promises nothing", "Replacing Japan's envoy won't help to solve it.", []),
        ("a place before the clause behind and", "The meeting was on the situation in Egypt, and Prime Minister Abe thanked China.",
         [("support", "JPN", "thanked")]),
        ("they are those spoken of", "Japan is near. Some scholars of its own have lied. They should stop.", [("request", "CHN", "should stop")]),
    ],
    "promises of matters abroad": [
        ("though nobody is named", "China will continue to play its role in global trade. That is on the visit of Japan.",
         [("commit", "CHN", "will continue to play")]),
        ("priority given is a course", "We will give priority to Japan in our plans.", [("commit", "CHN", "will give priority to")]),
        ("once again is no condition", "Once again we urge Japan to stop.", [("request", "CHN", "urge")]),
    ],
    "neither meeting nor position": [
        ("what is hard is no meeting", "China has difficulties with the timing of the meeting with Japan.", []),
        ("a mild refusal", "China has difficulties accepting the plan of Japan.", [("oppose", "CHN", "has difficulties accepting")]),
        ("another knows our position", "Japan is quite clear about China's position.", []),
        ("the press is briefed", "We have briefed you on the visit of Japan.", []),
        ("an answer announced", "I would like to offer a brief response on Japan.", []),
        ("nobody in particular welcomes", "China's help for Japan is widely welcomed.", []),
    ],
    "visits under way": [
        ("being on one", "Minister Wang Yi is now on an official visit to Japan.", [("consult", "CHN", "is now on an official visit to")]),
        ("being on the way to a goal", "China is on a path to growth, as Japan knows.", []),
        ("its end", "Minister Wang Yi just concluded his visit to Japan.", [("consult", "CHN", "concluded his visit to")]),
        ("the end of something else", "China has just concluded its review of the fish of Japan.", []),
        ("as a go-between", "China has been mediating between Japan and Egypt.", [("consult", "CHN", "has been mediating between")]),
    ],
    "referrals by a pronoun": [
        ("to what was published", "We answered this on Japan last week. You may refer to it.", [("decline", "CHN", "may refer to it")]),
        ("a service to the room", "The website of the forum with Japan is open. You may refer to it when you write.", []),
        ("to be looked up", "Japan published it. You can look it up.", [("decline", "CHN", "can look it up")]),
        ("to those who know more", "You may get more specifics on Japan from the competent authorities.",
         [("decline", "CHN", "may get more specifics")]),
        ("what the asker can get is no referral", "You may get a good view of Japan there.", []),
        ("information as such is put off", "We will release relevant information in due course.",
         [("decline", "CHN", "will release relevant information in due course")]),
    ],
    "approval in other words": [
        ("of what was just told", "Japan sent ten ships. We highly appreciate it.", [("support", "CHN", "highly appreciate it")]),
        ("thanks to the room", "It is late in Japan. I appreciate it.", []),
        ("thanks as the subject", "Our thanks go to Japan for its help.", [("support", "CHN", "thanks go to")]),
        ("goods that go somewhere", "Our ships go to Japan with masks.", []),
        ("content with it", "China is very satisfied with the visit to Japan.", [("support", "CHN", "is very satisfied with")]),
        ("fellow feeling", "We completely relate to what Japan is going through.", [("support", "CHN", "completely relate to")]),
        ("what a matter relates to", "The rule relates to what Japan sells.", []),
        ("in the passive, by several", "China's efforts are fully recognized and praised by the WHO and Japan.",
         [("support", "JPN WHO", "are fully recognized and praised by")]),
        ("recognized as a fact", "The island is recognized by Japan on its maps.", []),
    ],
    "positions on what was spoken of": [
        ("unchanged", "China's position on that remains clear, and Japan knows it.", [("reaffirm", "CHN", "position on that remains clear")]),
        ("told with weight", "China has stressed its stern position on the plan of Japan.",
         [("reaffirm", "CHN", "stressed its stern position on")]),
        ("a need is stressed and no position", "China has stressed the need for peace in Japan.", []),
        ("consistent", "China has been consistent and clear about Japan.", [("reaffirm", "CHN", "been consistent and clear about")]),
        ("all along", "China has all along been playing its part in Japan.", [("reaffirm", "CHN", "all along been playing")]),
        ("always cooperating", "China always develops friendly cooperation with Japan.",
         [("reaffirm", "CHN", "always develops friendly cooperation with")]),
        ("help without strings", "We attach no political strings to our help for Japan.", [("reaffirm", "CHN", "attach no political strings")]),
        ("and nobody's will is imposed", "We never impose our own will on Japan.", [("reaffirm", "CHN", "never impose our own will on")]),
    ],
    "refusals of interference": [
        ("no room", "There is no room for Japan to claim it.", [("oppose", "CHN", "There is no room for")]),
        ("no room for a thing", "There is no room for a bus in Japan.", []),
        ("no ground", "Japan has no right and no ground to accuse others.", [("oppose", "CHN", "has no right and no ground to")]),
        ("allowed by nothing", "These are internal affairs that allow no foreign interference by Japan.",
         [("oppose", "CHN", "allow no foreign interference")]),
        ("a war that is not wanted", "We do not want a war with Japan.", [("oppose", "CHN", "do not want a war")]),
        ("courage is no denial", "China is by no means afraid of Japan.", []),
    ],
    "claims set right": [
        ("guesswork", "The allegation of Japan is pure conjecture.", [("deny", "CHN", "is pure conjecture")]),
        ("invention", "The claim of Japan is made out of thin air.", [("deny", "CHN", "is made out of thin air")]),
        ("made of something else", "The lamp of Japan is made out of thin glass.", []),
        ("distortion", "The report of Japan represents a grave distortion of facts.", [("deny", "CHN", "represents a grave distortion of")]),
        ("another thing", "The training is totally different from what Japan calls it.", [("deny", "CHN", "is totally different from")]),
        ("things that merely differ", "The climate is different from that of Japan.", []),
        ("what it is not about", "This is not about the election in Japan.", [("deny", "CHN", "is not about the")]),
        ("what it is about", "This is about the election in Japan.", []),
    ],
    "blame in set phrases": [
        ("a precedent", "Japan has set a very bad precedent.", [("accuse", "CHN", "set a very bad precedent")]),
        ("a good precedent", "Japan has set a good precedent.", []),
        ("no evidence", "Japan has not presented any evidence so far.", [("accuse", "CHN", "has not presented any evidence")]),
        ("evidence that was given", "Japan has presented evidence.", []),
        ("no response", "Japan still has not responded to our request.", [("accuse", "CHN", "has not responded to our request")]),
        ("two standards", "Japan has blatant double standards on this issue.", [("accuse", "CHN", "has blatant double standards")]),
        ("going on with it", "Japan keeps lying to the world.", [("accuse", "CHN", "keeps lying")]),
    ],
    "efforts and gifts of knowledge": [
        ("efforts for peace", "China has made unremitting efforts for peace in Egypt.", [("aid", "CHN", "has made unremitting efforts for")]),
        ("efforts to an end told before", "China has made unremitting efforts to that end with Japan.", []),
        ("a sequence shared", "China shared the genome sequence with Japan.", [("aid", "CHN", "shared the genome sequence")]),
        ("what a part contributed to", "The rain contributed to the floods in Japan.", []),
        ("legitimate concerns", "The concerns of Egypt should be valued.", [("request", "CHN", "should be")]),
        ("a matter for others", "The case of Egypt should be left to experts.", [("request", "CHN", "should be")]),
        ("help beside another", "China has talked with Egypt, providing timely assistance to Japan.",
         [("consult", "CHN", "has talked with"), ("aid", "CHN", "providing timely assistance to")]),
        ("a thing that must not be done to it", "The case of Egypt is one of law. It should not be politicized.",
         [("request", "CHN", "should not be")]),
        ("founded by two", "China and Japan have set up a committee on fish.", [("agree", "CHN JPN", "have set up")]),
        ("founded by one", "Japan has set up a committee on fish.", []),
    ],
}  # fmt: skip
CASES = [(kind, *case) for kind, cases in KINDS.items() for case in cases]


@pytest.mark.parametrize(
    ("kind", "reason", "answer", "acts"), CASES, ids=[f"{kind}: {reason}" for kind, reason, *_ in CASES]
)
def test_kind(kind: str, reason: str, answer: str, acts: list[tuple[str, str, str]]) -> None:
    found = [(type, " ".join(sorted(actors.split())), trigger) for type, actors, _, trigger in told(said(answer))]
    assert [one[:2] for one in found] == [one[:2] for one in acts], (kind, reason, found)
    for (_, _, trigger), (_, _, words) in zip(found, acts, strict=True):
        assert words.lower() in trigger.lower() or trigger.lower() in words.lower(), (kind, reason)


def test_the_two_sides_are_those_named_side_by_side_last() -> None:
    answer = "The president of Egypt and the king of Egypt met us. China-Japan ties are sound. The two sides agreed to meet again."
    assert told(said(answer, question="What about Egypt, Egypt and Egypt?"))[-1][:2] == ("agree", "CHN JPN")
