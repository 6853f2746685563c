"""What a turn is by its words and its place: question, answer, statement, in the languages whose managing words are known."""

from __future__ import annotations

import pytest

from onrecord.reading.exchange import is_managing, manages_room, settle
from onrecord.reading.lines import Line
from onrecord.reading.transcript import Label, Segment, labels_at_their_words
from onrecord.reading.turns import Mark


def _said(voice: str, speaker: str | None, words: str) -> Segment:
    mark = Mark(
        line=Line(words, [(0, 0, len(words), False)]),
        voice="reporter" if voice == "reporter" else "podium",
        speaker=speaker,
    )
    return Segment(voice=voice, speaker=speaker, role=None, anonymous=voice == "reporter", marks=[mark])


#: R a reporter, P the podium, O another official: the words, and what each turn is.
EXCHANGES = [
    (["R Sir, good evening.", "P Yes.", "R Who pays for the road?", "P We do."], "qsqa", "assent to a greeting gives the floor"),
    (["R Who pays?", "P We do.", "R Good evening, sir.", "P Yes, sir.", "R And who builds it?"], "qaqsq", "also later on"),
    (["R Who pays?", "P We do.", "R Thank you, sir.", "P Okay."], "qaqa", "assent to thanks goes on with the answer"),
    (["R Good morning.", "P Good morning.", "R Who pays?", "P We do."], "qaqa", "a greeting returned is an answer"),
    (["R (inaudible)", "P No, the ferry stays."], "qa", "what was not heard was asked"),
    (["R Who pays?", "P Let's leave it there."], "qs", "an apostrophe typed straight is one"),
    (["R Who pays?", "O We do.", "P All right. Just the last two. Go ahead, Sarah.", "R Thanks. Who builds it?"], "qasq", "a colleague calls after words that manage the room"),
    (["R Who pays?", "O We do.", "P Arlen. Go ahead, Sarah.", "R Thanks. Who builds it?"], "qaaq", "words of the matter before the call are an answer"),
    (["R ¿Cuánto cuesta?", "P Poco.", "R Gracias.", "P —¿Quién más? A ver, acá—."], "qaqs", "Spanish: gives the floor"),
    (["R ¿Cuánto cuesta?", "P Poco. Sí, adelante."], "qa", "Spanish: an answer that also gives the floor stays one"),
    (["R ¿Cuánto cuesta?", "P Nos vemos mañana."], "qs", "Spanish: closes"),
    (["R ¿Cuánto cuesta?", "P Poco.", "O Buenos días. Con su permiso. " + "El camino se abre en mayo. " * 12], "qas", "Spanish: a presentation begins"),
    (["R ¿Cuánto cuesta?", "P —Ana—.", "O Buenos días. Con su permiso. " + "El camino cuesta poco. " * 16], "qsa", "Spanish: the open question is answered"),
    (["R Bonjour, Madame.", "P Bonjour.", "R Combien ?", "P Onze.", "R Merci d'avoir été avec nous.", "P Merci à vous."], "qaqaqs", "French: thanks at the end"),
    (["R (inaudible)", "P Il y a des principes. " + "Ils sont connus de tous et de chacun. " * 12], "qa", "French: also at length"),
    (["P Hello, Senator.", "R Will you join us?", "P We talk of ferries.", "O I like ferries.", "P Ana, do you want to start us off?", "O Thank you. The ferry runs.", "R Who pays?", "O We do."], "sqssssqa", "a guest is invited to open: what was said before was banter"),
    (["P Hello.", "R Who pays for the ferry, and what did the council of the lower town say of it when it met last week, and will it pay for the quay, too?", "P We do.", "O Yes.", "P Ana, do you want to start us off?", "O We pay."], "sqassa", "behind a question of substance nobody opens"),
    (["P Karen.", "R Who pays?", "P We do.\n\nTom.", "R Why?", "P Ana knows.", "O It is cheap.", "P Zedda.", "R And when?", "O In May.", "P Zedda and then Tom.", "R Where?"], "sqaqaasqasq", "who calls by known names calls by others, too"),
    (["P Karen.", "R Who pays?", "P We do. Tom.", "R Why?", "O It is cheap.", "P Exactly.", "R And when?", "O In May."], "sqaqaaqa", "an answer of one word is no name"),
    (["R Who pays?", "P Ana knows.", "O We do.", "P Does anybody have a follow-up on that?", "R Yes."], "qaasq", "asks for more questions"),
    (["R Who pays?", "P I do not know.", "R Will you tell us?", "P We'll get back to you."], "qaqa", "a promise to tell is an answer"),
    (["R Who pays?", "P We do.", "O Great. Thank you, everyone, for the call, and if you need anything call our office at the quay."], "qas", "a colleague bids farewell"),
    (["R Who pays?", "P We do.", "O I would like to close by saying that " + "the ferry was dear to all of us. " * 20], "qas", "also at length, where it says so first"),
    (["R Who pays?", "P We do.", "O The town pays half of it. " + "The quay is old. " * 30 + "Thank you all."], "qaa", "an answer that ends in thanks stays one"),
    (["R Who pays?", "P We do.", "O Good morning. " + "The ferry runs again from May on. " * 12 + "We are open to questions.", "R When?", "O In May."], "qasqa", "a colleague's own part, who then asks for questions"),
    (["R Who pays?", "P We do.", "R Thanks.", "P Karen.", "R And when?", "P In May."], "qaqsqa", "behind thanks a name gives the floor"),
    (["P Karen.", "R Who pays?", "P We do. Tom.", "R Why do they?", "P Karen.", "R And when?", "P In May."], "sqaqsqa", "a name gives the floor behind a question that somebody called out"),
    (["P Karen.", "R Who pays?", "P We do. Tom.", "R And who builds it?", "P Karen.", "R Thanks."], "sqaqaq", "but answers one that asks for a name"),
    (["R Who pays?", "O We —", "P No, we got to wrap this up.", "O The town has said so before."], "qasa", "an answer that was broken off goes on"),
    (["R Who pays?", "O We do.", "P Okay. Last question. In the back.", "R Why?"], "qasq", "a colleague calls on a place in the room"),
    (["R Who pays?", "P Ana, do you want to take that?", "O We do."], "qsa", "a bare hand-over to a colleague"),
    (["R Who pays?", "P Go ahead. The gentleman in the back there.", "R Why?"], "qsq", "a call by what can be seen"),
    (["R Who pays?", "P I'm going to take one last one. Go ahead, Karen.", "R Why?"], "qsq", "one more, and a name"),
    (["R Who pays?", "P I'm going to go to the back. Karen, way in the back.", "R Why?"], "qsq", "a call into the back of the room"),
    (["R Who pays, and why?", "P Why don't you do the first part and I'll do the second part.", "O We do."], "qsa", "two share a question"),
    (["R Who pays?", "P I'm going to take the question.", "R Why?"], "qaq", "a promise to find out is an answer"),
    (["R Who pays?", "O We do.", "P Thanks, Ana. Okay, I don't have anything else at the top.", "R Why?"], "qasq", "nothing more to announce"),
    (["R Magkano po?", "P Mura lang.", "R Magandang gabi po, sir.", "P Opo."], "qaqs", "Tagalog: assent to a greeting"),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "kinds", "reason"), EXCHANGES, ids=[case[2] for case in EXCHANGES])
def test_what_each_turn_is(turns: list[str], kinds: str, reason: str) -> None:
    who = {"R": ("reporter", None), "P": ("podium", "Hugo Vado"), "O": ("podium", "Ana Prueba")}
    segments = [_said(*who[turn[0]], turn[2:]) for turn in turns]
    settle(segments)
    assert "".join((segment.marks[0].kind or "?")[0] for segment in segments) == kinds


@pytest.mark.parametrize(
    ("words", "managing", "room"),
    [
        ("Thank you so much, Mr. President. Thank you, everyone.", True, True),
        ("Very good. Well, that's all? Thank you all very much.", True, False),
        ("Adelante, por favor.", True, True),
        ("Maraming salamat po.", True, True),
        ("Two more. Go ahead, Avery.", True, True),  # counted words give the floor only with a call
        ("Two more.", True, False),
        ("Just the last two.", True, False),
        ("The last two years were dry.", False, False),
        ("Avery, go ahead. Oh, go ahead.", True, True),
        ("The council should go ahead.", True, False),
        ("It costs eleven million.", False, False),
        ("Cuesta once millones.", False, False),
    ],
)
def test_words_that_only_move_things_on(words: str, managing: bool, room: bool) -> None:
    assert (is_managing(words), manages_room(words)) == (managing, room)


def test_words_in_brackets_right_under_a_label_are_said() -> None:
    lines = [
        Line(words, [(0, 0, len(words), False)]) for words in ("QUESTION:", "(inaudible)", "PM:", "No.", "(laughter)")
    ]
    labels = [Label("reporter", 9), None, Label("podium", 3), None, None]
    moved, bare = labels_at_their_words(lines, labels, lambda line: line.text.startswith("("))
    assert [label is not None for label in moved] == [False, True, True, False, False]
    assert bare == {id(lines[0])}
