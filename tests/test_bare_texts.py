"""Houses of bare text: which words show whose they are, where a lost paragraph break stood, and what a part of a line is.

The General Debate, and the presidencies of Argentina and Brazil, have been kept as text without a page around it.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.captures.opening import Opened, capture_of
from onrecord.document_reader import read_opened
from onrecord.houses.ar_casarosada.breaks import find_labels, headline_end, paragraph_ends
from onrecord.reading.lines import Line, LineBuilder


def read(text: str, name: str = "pasted.txt") -> onrecord.Document:
    data = text.encode()
    return read_opened(Opened(capture=capture_of(data, name), data=data, name=name))


DEBATE = (
    "I congratulate you, Sir, on your election to the presidency of the General Assembly at its sixtieth session. "
    "The delegation of Arlen supports the Secretary-General and the United Nations in all that they do for peace.\n"
    "The Security Council must listen to the small States, and the lakes must be kept as clean as they were.\n"
)
SPEECH = "Buenos días a todos.La Argentina es un país de lagos.Los argentinos los cuidamos.Viva la Argentina, y gracias a todos.\n"
BRAZIL = "Senhor presidente de Arlen, senhores ministros,\nO Brasil e o povo brasileiro agradecem ao senhor por tudo o que nos deu.\n"

WHOSE = [
    (DEBATE, "pasted.txt", "un-ga", "the Assembly's own words, without a headline"),
    (DEBATE, "ARL_60_2005.txt", "un-ga", "and the title that the corpora give it"),
    ("The lakes of Arlen are deep. The United Nations knows it.\n", "ARL_60_2005.txt", "un-ga", "with the title, less is enough"),
    ("The lakes of Arlen are deep. The United Nations knows it.\n", "ARL_61_2005.txt", "unknown", "a session that was not in that year is no title"),
    ("The lakes of Arlen are deep, and nobody has measured them.\n", "ARL_60_2005.txt", "unknown", "a title alone is not enough"),
    ("A headline of somebody else\n\n" + DEBATE, "pasted.txt", "unknown", "a text with a headline says itself whose it is"),
    ("CHAIR: I open the session.\n\n" + DEBATE, "pasted.txt", "unknown", "so does a transcript with labels"),
    (SPEECH, "pasted.txt", "ar-casarosada", "paragraphs glued together, of Argentina"),
    (SPEECH.replace(".L", ".\n\nL"), "pasted.txt", "unknown", "the same, as anybody might have said it"),
    ("PALABRAS DEL PRESIDENTE DE LA NACIÓN, JUAN EJEMPLO, EN EL LAGOBuenas tardes a todos los que están acá.", "x.txt", "ar-casarosada", "the headline"),
    ("Palabras del presidente de la República, Juan Ejemplo, en el lagoBuenas tardes a todos los que están acá.", "x.txt", "unknown", "another country's president"),
    (BRAZIL, "pasted.txt", "br-planalto", "a president's greetings and whose country"),
    (BRAZIL.replace("Brasil", "lago").replace("brasileiro", "de Arlen"), "pasted.txt", "unknown", "the same of no country"),
    ("Ana Exemplo: Boa tarde a todos.\n\n" + BRAZIL + "\nRui Modelo: Obrigado, senhor presidente.\n\nAna Exemplo: De nada.\n", "x.txt", "unknown", "a transcript of others"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "issuer", "reason"), WHOSE, ids=[case[3] for case in WHOSE])
def test_whose_a_bare_text_is(text: str, name: str, issuer: str, reason: str) -> None:
    assert read(text, name).issuer == issuer, reason


KNOWN = {"PRESIDENTE": 1, "PERIODISTA": 1}
LABELS = [
    ("Gracias.PERIODISTA.- ¿Cuándo?PRESIDENTE. – Hoy.", ["PERIODISTA", "PRESIDENTE"], "glued inside the line"),
    ("¿Cuándo?PRESIDNETE.- Hoy.", ["PRESIDENTE"], "a misprint"),
    ("Lo sé.lPRESIDENTE.- Hoy.", ["PRESIDENTE"], "a letter too many"),
    ("¿Cuándo?PRESIDENTE- Hoy.", ["PRESIDENTE"], "the stop left out"),
    ("¿Cuándo?Presidente.- Hoy.", ["PRESIDENTE"], "in small letters"),
    ("en Santa Fe.GARCÍA MODELO.- Gracias.", ["GARCÍA MODELO"], "a name"),
    ("PALABRAS, EN CASA ROSADAEJEMPLO.- Gracias.", ["EJEMPLO"], "a name of the headline, glued to its capitals"),
    ("la obra del INDEC. – Y ahora", [], "an abbreviation at the end of a sentence"),
    ("Señor Presidente: gracias.", [], "an address"),
]


@pytest.mark.parametrize(("text", "printed", "reason"), LABELS, ids=[case[2] for case in LABELS])
def test_labels_inside_a_line(text: str, printed: list[str], reason: str) -> None:
    assert [label.printed for label in find_labels(text, KNOWN, ["EJEMPLO"])] == printed, reason


HEADLINES = [
    ("Palabras de la presidenta, en el Faro|Buenas tardes", "behind a small letter"),
    ("PALABRAS DE LA PRESIDENTA, EN EL FARO, CABA|Buenas tardes", "behind capitals"),
    ("Palabras de la presidenta, en Santa Fe|Muy bien", "behind a short word"),
    ("Palabras de la presidenta, en el Faro.|(…) y por eso", "before the mark of a cut"),
    ("Palabras de la presidenta, en el plan DetectAR, en Salta|¡Buen día!", "not inside a name with capitals in it"),
    (
        'Palabras de la presidenta, en el acto "Faro de Todos", en Salta|Hola',
        "not behind the mark that opens a quotation",
    ),
    ("Palabras de la presidenta, en el Consejo (CICyP)|Buenas tardes", "not inside brackets"),
    ("Palabras de la presidenta, en el Faro|PRESIDENTA.- Buenas", "before a label"),
    ("PALABRAS DE LA PRESIDENTA, EN EL FARO|PRESIDENTE.- Buenas", "before a label glued to capitals"),
]


@pytest.mark.parametrize(("text", "reason"), HEADLINES, ids=[case[1] for case in HEADLINES])
def test_where_a_headline_ends(text: str, reason: str) -> None:
    glued = text.replace("|", "")
    assert headline_end(glued, find_labels(glued, {**KNOWN, "PRESIDENTA": 1}, ())) == text.index("|"), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Lo sé.|Pero no.|¿Y usted?", "behind a full stop, without a space"),
        ("Lo sé. Pero no.", "a space divides sentences"),
        ("Lo sé. (APLAUSOS)|Gracias", "behind a stage direction"),
        ("en EE.UU. y en la U.B.A. hoy", "not inside an abbreviation"),
    ],
)
def test_where_a_paragraph_began(text: str, reason: str) -> None:
    cuts, glued = [], text.replace("|", "")
    for i, letter in enumerate(text):
        if letter == "|":
            cuts.append(i - len(cuts))
    assert paragraph_ends(glued, 0, len(glued)) == cuts, reason


def line_of(text: str) -> Line:
    builder = LineBuilder()
    builder.add(text, 0)
    line = builder.line("p", None, True)
    assert line is not None
    return line


@given(st.text("ab &;\u00e9", min_size=1, max_size=30).filter(lambda text: text.strip()), st.data())
def test_a_part_of_a_line_stands_where_its_letters_stand(text: str, data: st.DataObject) -> None:
    line = line_of(text)
    start = data.draw(st.integers(0, len(line.text) - 1))
    end = data.draw(st.integers(start + 1, len(line.text)))
    if not line.text[start:end].strip():
        return
    part = line.part(start, end, fresh=False)
    assert part.text == line.text[start:end].strip()
    starts = [run[0] for run in part.runs]
    assert starts[0] == 0 and starts == sorted(set(starts)) and starts[-1] < len(part.text)
    for (first, source, stop, _), following in zip(part.runs, [*starts[1:], len(part.text)], strict=True):
        if stop - source == following - first:
            assert text[source:stop].split() == part.text[first:following].split()


def test_a_number_of_a_page_stands_inside_no_turn() -> None:
    rows = DEBATE.replace("\n", " ").split()
    wrapped = "\n".join(" ".join(rows[i : i + 8]) for i in range(0, len(rows), 8))
    document = read(f"{wrapped} and\n12\n\nso we said.\n", "ARL_60_2005.txt")
    (turn,) = document.turns
    assert turn.text.endswith("and\nso we said.")
    assert [piece.name for piece in document.furniture] == ["page-number"]
