"""English acts: the table of triggers by its own examples, and the clause grammar case by case. All sentences are invented."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.annotation.acts import find_acts
from onrecord.annotation.analysis import analyse
from onrecord.annotation_types import Act
from onrecord.errors import LexiconError
from onrecord.languages.en.acts import triggers
from onrecord.languages.en.acts.matching import match
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.words import WordList, word_lists
from onrecord.languages.en.inflection import inflect
from onrecord.lexicon.tables import rows

TITLE = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 16, 2019"


def said(answer: str, question: str = "What is your comment?", title: str = TITLE) -> onrecord.Document:
    """An answer of the podium, annotated with mentions and acts."""
    return onrecord.annotate(onrecord.read(f"{title}\n\nQ: {question}\n\nA: {answer}\n".encode()))


def told(document: onrecord.Document) -> list[tuple[str, str, str, str]]:
    """Type, actors, targets and trigger of each act, in words."""
    return [
        (act.type, " ".join(act.actors), " ".join(act.targets), document.text[act.trigger.start : act.trigger.end])
        for act in document.acts
    ]


RULES = {rule.id: rule for them in triggers.rules().values() for rule in them.rules}


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if rule.type not in ("none", "say")], ids=lambda rule: rule.id
)
def test_each_rule_finds_its_own_example(rule: triggers.Rule) -> None:
    found = said(rule.example).acts
    assert [act.type for act in found if act.rule == rule.id] == [rule.type], [(act.type, act.rule) for act in found]


def test_the_index_of_the_rules_leaves_none_out() -> None:
    """Of all rules that a word begins, those that match the sentence are among the candidates: in every example."""
    matches = 0
    for rule in RULES.values():
        sentence = TokenizedSentence(rule.example, 0, len(rule.example), [])
        for i, (word, following) in enumerate(pairwise([*sentence.words, ""])):
            begun = triggers.rules().get(word)
            if begun is not None:
                every = {one.id for one in begun.rules if match(one, sentence, i)}
                among = {one.id for one in begun.among(sentence.held, following) if match(one, sentence, i)}
                assert among == every, rule.example
                matches += len(every)
    assert matches >= len(RULES)


# The sentence, then each act: type, actors, targets, trigger.
CASES = [
    ("one trigger is one act, however many complements it has",
     "The two sides of China and Japan agreed to expand trade, to hold talks on fisheries and to avoid misjudgment.",
     [("agree", "CHN JPN", "", "agreed to")]),
    ("joined triggers are acts of their own, by the same actor",
     "China welcomes the ceasefire and commends the efforts made by Egypt.",
     [("support", "CHN", "EGY", "welcomes"), ("support", "CHN", "EGY", "commends")]),
    ("discussed is not agreed",
     "China and Japan discussed opening a new consulate, and agreed to meet again.",
     [("consult", "CHN JPN", "", "discussed"), ("agree", "CHN JPN", "", "agreed to")]),
    ("a wish that another do something asks, and holds all that is asked",
     "We hope that Japan will draw lessons from history and honor what it has promised.",
     [("request", "CHN", "JPN", "hope that")]),
    ("a clause with a subject of its own behind the wish is read apart",
     "We hope that Japan will come to the table, and we are ready to meet Japan halfway.",
     [("request", "CHN", "JPN", "hope that"), ("offer", "CHN", "JPN", "are ready to")]),
    ("should asks whoever should, by the speaker",
     "Japan should respect the outcome.",
     [("request", "CHN", "JPN", "should respect")]),
    ("a passive should asks whom by names",
     "The ceasefire should be respected by all parties.",
     [("request", "CHN", "WORLD", "should be")]),
    ("underestimating is warned of, not asked for",
     "Japan should never underestimate our resolve.",
     [("warn", "CHN", "JPN", "should never underestimate")]),
    ("will binds a polity",
     "China will provide masks to Italy.",
     [("commit", "CHN", "ITA", "will provide masks")]),
    ("a scheduled visit is consult, planned",
     "President Putin will visit China next week.",
     [("consult", "RUS", "CHN", "will visit")]),
    ("what is believed of others binds nobody",
     "We believe that Italy will overcome the difficulties.",
     []),
    ("a fact is no act",
     "China is a developing country and Japan is its neighbor.",
     []),
    ("a frame is no act where the words inside perform one",
     "I want to reiterate that China firmly opposes the decision of Japan.",
     [("oppose", "CHN", "JPN", "firmly opposes")]),
    ("a frame restates where they do not",
     "I want to reiterate that China is a country under the rule of law.",
     [("reaffirm", "CHN", "", "reiterate that")]),
    ("words of saying give the acts behind them to who speaks",
     "Japan said that it is willing to hold talks.",
     [("offer", "JPN", "CHN", "is willing to")]),
    ("not belongs to the trigger where it refuses",
     "China will by no means accept the plan of Japan.",
     [("oppose", "CHN", "JPN", "will by no means accept")]),
    ("what is groundless is denied, of whoever claims it",
     "The claim of Japan is totally groundless.",
     [("deny", "CHN", "JPN", "is totally groundless")]),
    ("words of blame accuse, whatever the verb",
     "Japan has been running a campaign of disinformation in the region.",
     [("accuse", "CHN", "JPN", "has been running")]),
    ("conduct of one's own country is not accused",
     "China has been running a campaign against disinformation.",
     []),
    ("a question is no act", "Does Japan support this?", []),
    ("what stands under if is no act", "If Japan opposes the plan, nothing is lost.", []),
    ("a consensus reached by others only refers back",
     "The consensus reached by Japan and Egypt is of interest.",
     []),
    ("a position that is clear is reaffirmed by its possessor",
     "China's position on the matter is consistent and clear.",
     [("reaffirm", "CHN", "", "position on the matter is consistent")]),
    ("the passive: whom by names acts",
     "The proposal was rejected by Japan.",
     [("oppose", "JPN", "CHN", "was rejected")]),
    ("who presides over talks with another consults",
     "Wang Yi co-chaired the dialogue with Japan.",
     [("consult", "CHN JPN", "", "co-chaired")]),
    ("who heads the delegation of one side meets nobody by that",
     "The Japanese side was chaired by Minister Sample, and Japan, chair of the group, has spoken.",
     []),
    ("what is laid to a party by its name accuses it",
     "Japan has harmed relations.",
     [("accuse", "CHN", "JPN", "harmed")]),
    ("an effect of what was told accuses nobody",
     "Japan has a new law. It harms businesses of both countries.",
     []),
    ("nor does what would come of it",
     "Japan has a new law. It will undermine trust in the region.",
     []),
    ("a need of one who is named asks it",
     "Japan stressed the need for Egypt to open the port.",
     [("request", "JPN", "EGY", "stressed the need for Egypt to")]),
    ("a need of nobody asks nobody",
     "Japan stressed the need for more talks in the region.",
     []),
    ("help to a party that is named is aid",
     "China has helped Egypt build bridges.",
     [("aid", "CHN", "EGY", "helped")]),
    ("what helps peace along helps nobody in particular",
     "China has helped safeguard the peace.",
     []),
    ("a party that is hindered by doing something to another does not act itself",
     "Appointing an envoy of Japan will help both sides.",
     []),
    ("only when: what must come first is not told as done",
     "Only when Japan and Egypt establish trust in talks can the matter be settled.",
     []),
    ("what all parties agreed to: which they are is not told",
     "All relevant parties agreed to take coordinated steps.",
     []),
    ("the international community as a whole has a code",
     "The international community has reached consensus on this.",
     [("agree", "WORLD", "", "has reached consensus")]),
    ("which only describes what was founded",
     "China and Japan will advance the fund, which they launched last year.",
     [("commit", "CHN JPN", "", "will advance")]),
    ("during which tells what was agreed",
     "China and Japan held a meeting in Tokyo, during which they agreed to talk.",
     [("consult", "CHN JPN", "", "held a meeting"), ("agree", "CHN JPN", "", "agreed to")]),
    ("a position of another is told behind its noun",
     "That has been a longstanding position of Japan.",
     [("reaffirm", "JPN", "", "been a longstanding position")]),
    ("behind reaffirmed that, what is said is the act",
     "Japan reaffirmed that Japan will support Egypt.",
     [("commit", "JPN", "EGY", "will support")]),
    ("unless it is a fact",
     "Japan reaffirmed that the pact is old.",
     [("reaffirm", "JPN", "", "reaffirmed that")]),
    ("asking goes on as asking",
     "We will continue to urge Japan to open the port.",
     [("request", "CHN", "JPN", "will continue to urge")]),
    ("a deed that goes on is promised",
     "We will continue to support Japan.",
     [("commit", "CHN", "JPN", "will continue to support")]),
    ("a state that is only imagined so promises nothing",
     "A stronger Japan will do more for the world.",
     []),
    ("a cooperation of two promises nothing itself",
     "The Japan-Africa cooperation will take the lead.",
     []),
    ("a will to do something is a noun",
     "Japan has a clear will to uphold the pact.",
     []),
    ("a number other than that of the parties known means others",
     "On Egypt there is a statement. The four parties agreed to keep talking.",
     []),
    ("the land of a town where they met does not act",
     "During the summit in Bangkok, Thailand, Premier Li Keqiang and Japan agreed to talk.",
     [("agree", "CHN JPN", "", "agreed to")]),
    ("a wish about oneself is none, nor what is wished",
     "We hope that one day we will meet Japan.",
     []),
    ("what a visit will do is a belief",
     "We believe this visit will help Japan.",
     []),
    ("the two are those named together",
     "China and Japan met. The two also discussed trade.",
     [("consult", "CHN JPN", "", "met"), ("consult", "CHN JPN", "", "discussed")]),
    ("what another's deeds do is laid to it",
     "Japan has stained the name of the group. Their moves run counter to the pact.",
     [("accuse", "CHN", "JPN", "run counter to")]),
    ("heads of offices act for their state, whatever the offices",
     "Heads of Chinese and Japanese centers for seed research discussed trade.",
     [("consult", "CHN JPN", "", "discussed")]),
    ("a long portfolio before a name that no table has",
     "Minister for Foreign Affairs and Trade Promotion Ann Sample of Malta will visit China.",
     [("consult", "MLT", "CHN", "will visit")]),
    ("there behind a noun is no subject",
     "Our embassy and consulates there have asked the Italian side to take steps.",
     [("request", "CHN", "ITA", "asked")]),
    ("nobody shall asks everybody",
     "No country shall interfere in it.",
     [("request", "CHN", "WORLD", "shall interfere")]),
    ("readiness behind what will be done is an offer",
     "China will stay in touch with the Mexican side and stand ready to offer help.",
     [("consult", "CHN", "MEX", "will stay in touch"), ("offer", "CHN", "", "stand ready to")]),
    ("what should not be done to exchanges is asked of everybody",
     "Exchanges with Japan should not be politicized.",
     [("request", "CHN", "WORLD", "should not be")]),
    ("whose efforts are valued may stand before them",
     "China appreciates Japan's efforts.",
     [("support", "CHN", "JPN", "appreciates Japan's efforts")]),
    ("several who hold an event together meet",
     "China and Japan will jointly hold a forum on ports.",
     [("consult", "CHN JPN", "", "will jointly hold a forum")]),
    ("what a visit will do binds nobody",
     "Prime Minister Shinzo Abe's visit will help both sides.",
     []),
    ("what is done to a party does not act",
     "Blaming Japan will not drive the storm away.",
     []),
    ("where a cause lies is no lie",
     "The cause of the trouble in Japan lies with the weather.",
     []),
    ("facts that nobody can smear blame nobody",
     "These are facts of Japan that nobody can smear.",
     []),
    ("the companies of one's own state are asked as well",
     "The Chinese government always encourages Chinese companies to obey the laws of Japan.",
     [("request", "CHN", "FIRM", "always encourages Chinese companies to")]),
    ("given help as a noun",
     "Japan gave strong support and help to China.",
     [("aid", "JPN", "CHN", "gave strong support")]),
    ("a position is held, and no talks",
     "Japan holds a clear position on trade talks.",
     [("reaffirm", "JPN", "", "holds a clear position on")]),
    ("invited to what one proposes",
     "We welcome Japan to join the initiative.",
     [("propose", "CHN", "", "welcome Japan to join")]),
    ("a list of actors before the verb acts together",
     "China, France and Japan support the plan.",
     [("support", "CHN FRA JPN", "", "support")]),
    ("a parenthesis between will and its verb", "China will, in accordance with its law, protect investors from Japan.",
     [("commit", "CHN", "JPN", "will, in accordance with its law, protect")]),
    ("declining is towards those who ask", "I am not aware of that.", [("decline", "CHN", "MEDIA", "am not aware of")]),
    ("a stance in nouns under what was talked about",
     "China and Japan discussed their continued support for Egypt.",
     [("consult", "CHN JPN", "", "discussed"), ("support", "CHN JPN", "EGY", "their continued support for")]),
    ("a stance of another that is welcomed",
     "China welcomes Japan's commitment to peace.",
     [("support", "CHN", "JPN", "welcomes"), ("commit", "JPN", "", "Japan's commitment to")]),
    ("a stance that the verb restates is the verb's act",
     "China reiterated its commitment to the plan of Japan.",
     [("reaffirm", "CHN", "JPN", "reiterated")]),
    ("a commitment that something only reflects", "The visit reflects our commitment to peace with Japan.", []),
    ("verbs that perform an act are not promised",
     "China will support the plan of Japan and urge Egypt to join.",
     [("commit", "CHN", "JPN", "will support"), ("request", "CHN", "EGY", "urge")]),
    ("words of saying beside a request open their own clause",
     "President Putin underscored the need for Japan to act and emphasized that he is committed to the plan of Egypt.",
     [("request", "RUS", "JPN", "underscored the need for"), ("commit", "RUS", "EGY", "is committed to")]),
    ("a passive should that leaves open who must act", "The independence of all countries must be respected.", []),
    ("stress alone is no act", "China underscored the importance of ties with Japan.", []),
    ("what firms will do binds no state", "China praises the firms of Japan that will buy the lamps.",
     [("support", "CHN", "FIRM JPN", "praises")]),
    ("we in brackets, names in brackets", "China, the Republic of Korea (ROK) and Japan signed the plan.",
     [("agree", "CHN KOR JPN", "", "signed")]),
    ("an aside between dashes", "China – a friend of Egypt – welcomes the plan of Japan.", [("support", "CHN", "JPN", "welcomes")]),
    ("what cannot be accepted is opposed whoever did it", "The use of force is totally unacceptable.",
     [("oppose", "CHN", "", "is totally unacceptable")]),
    ("an order signed at home is no agreement", "President Biden signed an order on lamps from Japan.", []),
    ("to meet nobody in particular is no consultation", "China convened a meeting on lamps.", []),
    ("plurals behind an adjective are no verbs", "We support the shared values of Japan and the human rights of Egypt.",
     [("support", "CHN", "JPN", "support")]),
    ("plurals beside a plural are no verbs", "We condemn the violations and abuses in Japan.",
     [("accuse", "CHN", "JPN", "condemn")]),
    ("what will be done is only asked", "The point with Japan is what we will do together.", []),
    ("one's own support names the conduct of another, and does not blame oneself",
     "We are resolved in our support against the illegal aggression of Japan.", []),
    ("a reporter is called on", "We'll go to Sam Sample with the Example Times on Japan.", []),
    ("a trip to a place", "President Putin will go to Japan.", [("consult", "RUS", "JPN", "will go to")]),
    ("what is expected of another is no promise", "We have every expectation that Japan will buy more lamps.", []),
    ("what measures somebody will take is only asked", "As for what measures Japan will take, I know nothing.", []),
    ("a verb whose object stands before it only mentions an act", "That is the reform Japan called for last year.", []),
    ("a past form before by is a participle", "The plan was outlined by Egypt and endorsed by Japan.", []),
    ("coordinated passives blame nobody", "Egypt says that its words have been taken out of context and distorted.", []),
    ("what the unnamed say is not the podium's", "The majority of the membership has made it clear that Japan should act.", []),
    ("the next verb of a list behind should is asked, too, and no fact",
     "We should strengthen the ties between Japan and Egypt, advance cooperation in trade.", []),
    ("companies do not act for their state", "Japanese companies and consumers will pay for it.", []),
    ("a public does", "The Japanese people oppose it.", [("oppose", "JPN", "CHN", "oppose")]),
    ("a party named as included acts as well", "Many countries, including China, have opposed the plan of Japan.",
     [("oppose", "OTHER CHN", "JPN", "opposed")]),
    ("people in a country are not its government", "Many people in Japan condemned the attack.", []),
    ("two presidents joined by and are a plural subject", "President Putin and President Biden intend to expand trade.",
     [("commit", "RUS USA", "", "intend to")]),
    ("two offices, each with its state",
     "The President of Egypt and the Prime Minister of Japan met in Rome.", [("consult", "EGY JPN", "", "met")]),
    ("cooperation that is under way is aid in deed", "China and Japan are working together to clear the sea of nets.",
     [("aid", "CHN JPN", "", "are working together to")]),
    ("cooperation that is to come binds", "China and Japan will work together to clear the sea of nets.",
     [("commit", "CHN JPN", "", "will work together")]),
    ("sanctions behind a name are a noun", "UN sanctions that concern Japan are known.", []),
    ("superlatives stand before nouns", "We met the world's biggest challenges in Japan.", []),
    ("an election is a matter at home", "Japan will hold a general election in July.", []),
    ("opposition stated is opposition", "China has repeatedly stated its opposition to the plan of Japan.",
     [("oppose", "CHN", "JPN", "repeatedly stated its opposition")]),
    ("what somebody else said between quotation marks is not coded", 'It is a case of "China supports everything".', []),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "sentence", "acts"), CASES, ids=[case[0] for case in CASES])
def test_clause_grammar(reason: str, sentence: str, acts: list[tuple[str, str, str, str]]) -> None:
    found = told(said(sentence))
    assert [one[:2] for one in found] == [one[:2] for one in acts], reason
    for (_, _, targets, trigger), (_, _, wanted, words) in zip(found, acts, strict=True):
        assert targets == wanted, reason
        assert words in trigger or trigger in words, reason


TIMES = [
    ("present", "China supports Japan.", "ongoing", "affirmed", "own"),
    ("past", "China supported Japan.", "done", "affirmed", "own"),
    ("perfect", "China has condemned the attack in Japan.", "done", "affirmed", "own"),
    ("will", "China will visit Japan.", "planned", "affirmed", "own"),
    ("is to", "President Xi Jinping is to visit Japan.", "planned", "affirmed", "own"),
    ("not", "Japan did not agree to the plan.", "done", "negated", "reported"),
    ("another's act", "Japan condemned the attack in Egypt.", "done", "affirmed", "reported"),
]


@pytest.mark.parametrize(("why", "sentence", "time", "polarity", "voice"), TIMES, ids=[case[0] for case in TIMES])
def test_time_polarity_and_voice(why: str, sentence: str, time: str, polarity: str, voice: str) -> None:
    (act,) = said(sentence).acts
    assert (act.time, act.polarity, act.voice) == (time, polarity, voice)


def test_only_the_podium_is_read() -> None:
    document = said("Thank you.", question="China opposes the plan of Japan. Will you condemn it?")
    assert document.acts == ()


def test_ids_stay_when_words_stay() -> None:
    first = said("China supports Japan. We hope Japan will stop.")
    second = said("China supports Japan. Something new. We hope Japan will stop.")
    assert [act.id.partition(":")[2] for act in first.acts] == [act.id.partition(":")[2] for act in second.acts]


def test_the_same_act_twice_has_two_ids() -> None:
    acts = said("China supports Japan. China supports Japan.").acts
    assert len({act.id for act in acts}) == len(acts) == 2


@given(st.text(st.characters(codec="utf-8", exclude_characters="<"), max_size=300))
def test_any_text_is_read(words: str) -> None:
    """Any words but markup, with which the text would be a web page."""
    check(said("China " + words))


PIECES = (
    "China", "Japan", "the US", "we", "the two sides", "hopes", "that", "will", "should", "not", "agreed to", ",", "and", "which", "oppose",
    "the", "of", "is", "groundless", "to", "support", "if", "said", "reiterated", '"', ".", "?", "by", "they", "has been", "condemning",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_any_order_of_telling_words_is_read(pieces: list[str]) -> None:
    check(said("Well " + " ".join(pieces)))


def check(document: onrecord.Document) -> None:
    """What holds of every act: its places lie inside its turn, its actors have codes, no question has one."""
    turns = {turn.id: turn for turn in document.turns}
    for act in document.acts:
        assert isinstance(act, Act)
        turn = turns[act.turn]
        assert turn.kind in ("answer", "statement")
        assert turn.start <= act.start < act.end <= turn.end
        assert turn.start <= act.trigger.start < act.trigger.end <= turn.end
        assert act.actors and all(act.actors)
        assert len({act.id for act in document.acts}) == len(document.acts)


FORMS = [
    ("refer", "refers referred referred referring", "doubles"),
    ("visit", "visits visited visited visiting", "two syllables: no doubling"),
    ("deny", "denies denied denied denying", "y behind a consonant"),
    ("withdraw", "withdraws withdrew withdrawn withdrawing", "irregular"),
    ("agree", "agrees agreed agreed agreeing", "ee stays before -ing"),
    ("lie", "lies lied lied lying", "ie before -ing"),
]


@pytest.mark.parametrize(("lemma", "forms", "why"), FORMS)
def test_inflection(lemma: str, forms: str, why: str) -> None:
    assert [one.word for one in inflect(lemma)] == [lemma, *forms.split()], why


HEAD = "id,type,words,who,target,when,example,reason\n"
FAULTS = [
    ("id,type\n", "its columns"),
    (HEAD + "x,shout,~shout,subject,after,any,China shouts.,loud\n", "type is"),
    (HEAD + "x,agree,~agree,subject,after,sometimes,China agrees.,consents\n", "when is"),
    (HEAD + "x,agree,~agree,subject,after,any,,consents\n", "example is words"),
    (HEAD + "x,agree,~agree,subject,after,any,China agrees.,\n", "reason is words"),
    (HEAD + "x,agree,~agree,subject,after,any,China agrees., \n", "reason is words"),
]


@pytest.mark.parametrize(("table", "complaint"), FAULTS)
def test_a_wrong_row_is_named(table: str, complaint: str, tmp_path) -> None:
    path = tmp_path / "triggers.csv"
    path.write_text(table)
    with pytest.raises(LexiconError, match=complaint) as error:
        list(rows(path, triggers._COLUMNS))
    assert "line" in str(error.value)


@pytest.mark.parametrize(("name", "listed"), word_lists().items(), ids=str)
def test_each_list_of_words_has_an_example_with_one_of_them(name: str, listed: WordList) -> None:
    words = tuple(phrase.split()[0] for phrase in " ".join(listed.words.split()).split(",")) + tuple(
        listed.words.split()
    )
    assert any(word.startswith(words) for word in listed.example.lower().split()), name


def test_each_list_of_words_is_used() -> None:
    folder = Path(onrecord.__file__).parent / "languages" / "en"
    code = "".join(path.read_text() for path in folder.rglob("*.py"))
    assert word_lists().keys() == set(re.findall(r"(?:words|phrases)_of\(\"([a-z-]+)\"\)", code))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ('[owed]\nwords = ""\nexample = "x"\nreason = "y"\n', "the list owed needs words"),
        ('[owed]\nwords = "respected"\nexample = "x"\nreason = " "\n', "the list owed needs words"),
        ('[owed]\nwords = "respected"\nexample = "x"\n', "reason"),
        ('[owed]\nword = "respected"\nexample = "x"\nreason = "y"\n', "word"),
    ],
)
def test_a_wrong_list_of_words_is_named(table: str, complaint: str, tmp_path) -> None:
    path = tmp_path / "act_words.toml"
    path.write_text(table)
    with pytest.raises(LexiconError, match=complaint):
        word_lists(path)


def _stances() -> list[tuple[str, str, str]]:
    with (Path(onrecord.__file__).parent / "languages" / "en" / "stance_nouns.csv").open(newline="") as file:
        return [(row["noun"], row["type"], row["example"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("noun", "kind", "example"), _stances())
def test_each_noun_of_stance_is_read_in_its_example(noun: str, kind: str, example: str) -> None:
    found = [(act.type, act.rule) for act in said(example).acts]
    assert (kind, f"{kind}-stance") in found


def test_gold(shared) -> None:
    """The texts that readers labelled: the scores that the closing of the issue asks for, with room for labels kept aside."""
    import json

    hits = wanted = found = 0
    for path in sorted((shared / "gold" / "acts").glob("*.json")):
        gold = json.loads(path.read_text())
        document = onrecord.read(path.with_name(gold["text_file"]))
        left = list(find_acts(analyse(document)))
        found, wanted, at = found + len(left), wanted + len(gold["acts"]), 0
        for act in gold["acts"]:
            start = document.text.find(act["quote"], at)
            start = start if start >= 0 else document.text.find(act["quote"])
            begin = document.text.find(act["trigger"], start)
            at = max(at, start)
            for one in left:
                overlaps = one.trigger.start < begin + len(act["trigger"]) and begin < one.trigger.end
                if overlaps and one.type == act["type"] and set(one.actors) == set(act["actors"]):
                    hits += 1
                    left.remove(one)
                    break
    assert 2 * hits / (found + wanted) >= 0.90


def test_a_statement_that_names_no_other_party_tells_no_act() -> None:
    page = "---\ntitle: Statement on Lamps\nsource_url: https://www.whitehouse.gov/briefing-room/statements-releases/2023/01/13/l/\n---\n\n"
    home = onrecord.annotate(onrecord.read((page + "President Biden will support the plan for new lamps.").encode()))
    abroad = onrecord.annotate(
        onrecord.read((page + "President Biden will support the plan of Japan for new lamps.").encode())
    )
    assert home.acts == ()
    assert [act.type for act in abroad.acts] == ["commit"]


def test_a_promise_at_home_binds_to_nobody_abroad() -> None:
    assert said("We will take more steps on this.").acts == ()
    assert [act.type for act in said("We will take more steps on this.", question="What about Japan?").acts] == [
        "commit"
    ]
