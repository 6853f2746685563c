"""The forms of English verbs: a list of verbs that rules get wrong, and the whole table."""

from __future__ import annotations

import re

import pytest

import onrecord
from onrecord.languages.en.inflection import (
    base_forms,
    forms_by_rule,
    forms_of,
    inflect,
    irregular_pasts,
    is_regular,
    table,
)

#: lemma; third person, past, participle, -ing (spellings divided by /); why it is hard.
CASES = [
    ("veto", "vetoes vetoed vetoed vetoing", "-es behind a consonant and o"),
    ("embargo", "embargoes embargoed embargoed embargoing", "the same"),
    ("echo", "echoes echoed echoed echoing", "the same"),
    ("torpedo", "torpedoes torpedoed torpedoed torpedoing", "the same"),
    ("radio", "radios radioed radioed radioing", "a vowel before o: -s"),
    ("begin", "begins began begun beginning", "irregular, doubles on its last syllable"),
    ("overcome", "overcomes overcame overcome overcoming", "prefix and an irregular verb"),
    ("undergo", "undergoes underwent undergone undergoing", "prefix and an irregular verb"),
    ("withhold", "withholds withheld withheld withholding", "prefix and an irregular verb"),
    ("withstand", "withstands withstood withstood withstanding", "prefix and an irregular verb"),
    ("foresee", "foresees foresaw foreseen foreseeing", "ee stays"),
    ("oversee", "oversees oversaw overseen overseeing", "ee stays"),
    ("mislead", "misleads misled misled misleading", "prefix and an irregular verb"),
    ("rebuild", "rebuilds rebuilt rebuilt rebuilding", "prefix and an irregular verb"),
    ("mistake", "mistakes mistook mistaken mistaking", "prefix and an irregular verb"),
    ("overthrow", "overthrows overthrew overthrown overthrowing", "prefix and an irregular verb"),
    ("spin", "spins spun spun spinning", "irregular, doubles"),
    ("cling", "clings clung clung clinging", "irregular"),
    ("hit", "hits hit hit hitting", "one form"),
    ("quit", "quits quit/quitted quit/quitted quitting", "u behind q is no vowel"),
    ("split", "splits split split splitting", "one form"),
    ("cost", "costs cost/costed cost/costed costing", "the commoner form first"),
    ("cast", "casts cast cast casting", "one form"),
    ("forecast", "forecasts forecast/forecasted forecast/forecasted forecasting", "both forms"),
    ("broadcast", "broadcasts broadcast/broadcasted broadcast/broadcasted broadcasting", "both forms"),
    ("forget", "forgets forgot forgotten forgetting", "doubles on its last syllable"),
    ("forbid", "forbids forbade forbidden forbidding", "doubles on its last syllable"),
    ("transfer", "transfers transferred transferred transferring", "doubles on its last syllable"),
    ("refer", "refers referred referred referring", "doubles; no 'refered'"),
    ("defer", "defers deferred deferred deferring", "doubles"),
    ("offer", "offers offered offered offering", "stressed on the first syllable"),
    ("occur", "occurs occurred occurred occurring", "doubles; no 'occured'"),
    ("deter", "deters deterred deterred deterring", "doubles"),
    ("alter", "alters altered altered altering", "stressed on the first syllable"),
    ("commit", "commits committed committed committing", "doubles"),
    ("recommit", "recommits recommitted recommitted recommitting", "doubles"),
    ("limit", "limits limited limited limiting", "stressed on the first syllable"),
    ("visit", "visits visited visited visiting", "stressed on the first syllable"),
    ("submit", "submits submitted submitted submitting", "doubles"),
    ("control", "controls controlled controlled controlling", "doubles; no 'controled'"),
    ("patrol", "patrols patrolled patrolled patrolling", "doubles"),
    ("expel", "expels expelled expelled expelling", "doubles"),
    ("develop", "develops developed developed developing", "stressed inside"),
    ("equip", "equips equipped equipped equipping", "u behind q is no vowel"),
    ("travel", "travels traveled/travelled traveled/travelled traveling/travelling", "American and British"),
    ("cancel", "cancels canceled/cancelled canceled/cancelled canceling/cancelling", "American and British"),
    ("signal", "signals signaled/signalled signaled/signalled signaling/signalling", "American and British"),
    ("label", "labels labeled/labelled labeled/labelled labeling/labelling", "American and British"),
    ("fulfil", "fulfills/fulfils fulfilled fulfilled fulfilling", "American and British"),
    ("benefit", "benefits benefited/benefitted benefited/benefitted benefiting/benefitting", "both are written"),
    ("combat", "combats combated/combatted combated/combatted combating/combatting", "both are written"),
    ("focus", "focuses/focusses focused/focussed focused/focussed focusing/focussing", "both are written"),
    ("worship", "worships worshipped/worshiped worshipped/worshiped worshipping/worshiping", "American and British"),
    ("panic", "panics panicked panicked panicking", "k keeps c hard"),
    ("mimic", "mimics mimicked mimicked mimicking", "k keeps c hard"),
    ("die", "dies died died dying", "ie before -ing"),
    ("lie", "lies lied lied lying", "to tell an untruth"),
    ("agree", "agrees agreed agreed agreeing", "ee stays"),
    ("singe", "singes singed singed singeing", "e keeps g soft"),
    ("learn", "learns learned/learnt learned/learnt learning", "American and British"),
    ("get", "gets got got/gotten getting", "American and British"),
    ("prove", "proves proved proved/proven proving", "both are written"),
    ("show", "shows showed shown/showed showing", "both are written"),
    ("bear", "bears bore borne/born bearing", "both are written"),
    ("pay", "pays paid paid paying", "no 'payed'"),
    ("stay", "stays stayed stayed staying", "no 'staid'"),
    ("lay", "lays laid laid laying", "irregular spelling"),
    ("fly", "flies flew flown flying", "irregular"),
    ("deny", "denies denied denied denying", "y behind a consonant"),
    ("flip-flop", "flip-flops flip-flopped flip-flopped flip-flopping", "the verb behind the hyphen"),
    ("co-chair", "co-chairs co-chaired co-chaired co-chairing", "the verb behind the hyphen"),
]  # fmt: skip


@pytest.mark.parametrize(("lemma", "forms", "why"), CASES)
def test_forms_of_the_table(lemma: str, forms: str, why: str) -> None:
    assert lemma in table(), "these are verbs of the table"
    assert " ".join("/".join(words) for words in forms_of(lemma)) == forms, why


#: Verbs that the table does not hold.
UNKNOWN = [
    ("yodel", "yodels yodeled yodeled yodeling", "several syllables: no doubling"),
    ("blip", "blips blipped blipped blipping", "one closed syllable"),
    ("quip", "quips quipped quipped quipping", "u behind q is no vowel"),
    ("snooze", "snoozes snoozed snoozed snoozing", "e falls before -ing"),
    ("crucify", "crucifies crucified crucified crucifying", "y behind a consonant"),
    ("whizz", "whizzes whizzed whizzed whizzing", "-es behind z"),
    ("lasso", "lassoes lassoed lassoed lassoing", "-es behind a consonant and o"),
    ("tiptoe", "tiptoes tiptoed tiptoed tiptoeing", "oe stays"),
    ("frolic", "frolics frolicked frolicked frolicking", "k keeps c hard"),
    ("outshine", "outshines outshone/outshined outshone/outshined outshining", "prefix and a verb of the table"),
    ("re-send", "re-sends re-sent re-sent re-sending", "the verb behind the hyphen"),
]  # fmt: skip


@pytest.mark.parametrize(("lemma", "forms", "why"), UNKNOWN)
def test_forms_of_other_verbs(lemma: str, forms: str, why: str) -> None:
    assert lemma not in table(), "these are verbs that the table does not hold"
    assert " ".join("/".join(words) for words in forms_of(lemma)) == forms, why


def test_the_table_is_of_one_form() -> None:
    """Each verb once, in order; every form a lower-case word; -s and -ing everywhere; -ed wherever no row says otherwise."""
    lemmas = list(table())
    assert lemmas == sorted(set(lemmas)) and len(lemmas) > 1_500
    for lemma, forms in table().items():
        for words in forms:
            assert words and all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word) for word in words), lemma
            assert len(set(words)) == len(words), f"{lemma}: a spelling stands twice"
        assert all(word.endswith("s") for word in forms.third), lemma
        assert all(word.endswith("ing") and word != lemma for word in forms.ing), lemma
        assert all(word in forms.participle for word in forms.past if is_regular(lemma, word)), lemma


def test_rules_make_most_of_the_table() -> None:
    """What verbs outside the table are given: the rules agree with the table wherever it has one regular spelling."""
    regular = {
        lemma for lemma, forms in table().items() if forms.past == forms.participle and is_regular(lemma, forms.past[0])
    }
    wrong = sorted(
        lemma
        for lemma in regular
        if not all(map(set.issubset, map(set, forms_by_rule(lemma)), map(set, forms_of(lemma))))
    )
    assert len(wrong) < 0.05 * len(regular), wrong


@pytest.mark.slow
def test_the_table_holds_every_verb_of_the_lexicon_and_agrees_with_lemminflect() -> None:
    pytest.importorskip("lemminflect", reason="LemmInflect is not installed: the table cannot be made again")
    import importlib.util
    from pathlib import Path

    path = Path(__file__).parents[1] / "bench/verb_forms.py"
    spec = importlib.util.spec_from_file_location("verb_forms", path)
    assert spec is not None and spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    assert generator.verbs_of_the_tables() <= base_forms()
    assert generator.made(set(table())) == generator.TABLE.read_text(encoding="utf-8")
    for lemma, form in generator.CORRECTIONS:
        assert lemma in table(), f"a correction for {lemma} {form}, which the table does not hold"


def test_irregular_pasts() -> None:
    assert {"sent", "took", "held", "overcame", "led"} <= irregular_pasts()
    assert not {"visited", "travelled", "focussed", "panicked"} & irregular_pasts()


def test_every_spelling_is_a_form() -> None:
    assert [one.word for one in inflect("travel")] == (
        "travel travels traveled travelled traveled travelled traveling travelling".split()
    )
    assert {one.word for one in inflect("be") if one.form == "base"} == {"be", "are", "am", "'re", "'m"}
    assert ("'ve", "base") in inflect("have") and ("'s", "third") in inflect("be")


#: Sentences whose act hangs on a form of its verb; invented.
ACTS = [
    ("Japan vetoes the resolution.", "oppose", "vetoes"),
    ("Japan vetoed the resolution.", "oppose", "vetoed"),
]


@pytest.mark.parametrize(("sentence", "type", "word"), ACTS)
def test_an_act_in_this_form(sentence: str, type: str, word: str) -> None:
    document = onrecord.annotate(onrecord.read(f"Spokesperson: {sentence} Norway listened.\n".encode()))
    [act] = document.acts
    assert act.type == type
    assert document.text[act.trigger.start : act.trigger.end] == word
