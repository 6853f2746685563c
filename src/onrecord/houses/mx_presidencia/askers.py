"""Who asks, as reporters say it of themselves in their first words: "Buenos días. Ana Prueba, de Radio Arlen." """

from __future__ import annotations

import re

from onrecord.houses.mx_presidencia.labels import phrases
from onrecord.reading.transcript import Segment

#: Sentences at the beginning of a question, and its characters, in which one says who one is.
_SENTENCES, _BEGINNING = 6, 420
#: The longest name of one outlet, and of several in a row, in words; of who gives one name alone.
_LONGEST, _SHORT = 20, 5
#: Words that no name of an outlet holds.
_SPEECH = re.compile(
    r"\b(?:que|qué|hay|ha|han|había|es|son|era|está|están|tenemos|tengo|dijo|dice|menciona|fue|sido|si|no|nos|se|les?|su|sus|este|esta|esa|ese|"
    r"ayer|hoy|cómo|cuál|cuándo|porque|pero|usted|mencionó|sobre|según|sacó|dio|preguntarle)\b"
)
_SPLIT = re.compile(r"(?<=[.?!…])(?<!\bwww\.)(?<!\b(?:Dr|Sr|Ma)\.)\s+|\n")
_WORD = r"[A-ZÁÉÍÓÚÑÜ][\wáéíóúñü’'.-]*"
_NAME = re.compile(rf"{_WORD}(?: (?:(?:de la|de los|de las|del|de|la|y|von|van) )?{_WORD}){{0,4}}")
_FROM = re.compile(r"(?:de|del|para|por)\b")
_ARTICLE = re.compile(r"(?:El|La|Los|Las|Lo|De|Del|Un|Una|Ajá|No|Sí|Bueno|Pero|Y|En|Aquí|Ahí)\b")
_INAUDIBLE = re.compile(r"\s*\((?i:inaudible|sic)\)")
_GLUED = re.compile(rf"(?P<name>{_WORD}(?: {_WORD}){{1,3}}) de (?:la |el |los )?(?P<outlet>.+)")
_ENDS = re.compile(
    r"(?:[;:]|\.(?:\s|$)|\?|,? (?:y|e) (?:le|quer|quis|pregunt|aprovech|mi pregunta|yo|mand|trae|tengo|bueno)"
    r"|,? (?:quer|quis|pregunt|me gustar)|,? desde [A-Z]).*",
    re.S,
)
_TOLD = re.compile(r" ?, (?:una?|que\b,?|quien|donde|con sede|y (?:saludos|un saludo)|aquí|la|el) .*", re.S)
_CALLS = re.compile(
    r"(?: ?,? (?:señora? |y )*(?:president[ea]|doctora?|secretari[oa]|subsecretari[oa]|buen[oa]s .{3,12}|sí|gracias)\b.*"
    r"| (?:de|del|y|en))$"
)
_PLACED = re.compile(r" (?:desde|en) [A-ZÁÉÍÓÚÑ][\w ]*$")
_CAPITAL = re.compile(r"grupo |[A-ZÁÉÍÓÚÑÜ0-9]|www\.|[a-z]+[A-Z]|[\w-]+\.(?:com|mx|org|tv)")


def name_askers(segments: list[Segment]) -> None:
    """Give the reporters who say who they are their names and outlets, in place; it holds for that turn alone."""
    for segment in segments:
        if segment.voice == "reporter":
            words = "\n".join(mark.line.text[mark.start : mark.end] for mark in segment.marks[:4])
            told = introduced(words)
            if told is not None:
                segment.marks[0].speaker, segment.marks[0].outlet = told


def introduced(words: str) -> tuple[str, str | None] | None:
    """The name and the outlet that the first words of a question tell, or None."""
    sentences = [one.strip() for one in _SPLIT.split(_INAUDIBLE.sub(",", words[:_BEGINNING]).replace(",,", ","))]
    greeted = False
    for sentence in sentences[:_SENTENCES]:
        found = _introduction(sentence, greeted=greeted)
        if found is not None:
            return found
        greeted = greeted or _greets(re.split(r"[,;]\s+", sentence)[0])
    return None


def _introduction(sentence: str, *, greeted: bool) -> tuple[str, str | None] | None:
    """Name and outlet in one sentence; ``greeted`` says that a greeting is before it, so that a name is likely."""
    pieces = re.split(r"[,;]\s+", sentence)
    i = 0
    while i < len(pieces) - 1 and _greets(pieces[i]):
        i, greeted = i + 1, True
    piece, rest = pieces[i], ", ".join(pieces[i + 1 :])
    itself = phrases.pattern("asker.itself").match(piece)
    if itself is not None:
        piece, greeted = piece[itself.end() :], True
    name = _NAME.match(piece)
    if name is None or _greets(name.group()) or _ARTICLE.match(name.group()):
        return None
    printed, behind = name.group().rstrip("."), piece[name.end() :].strip(" .")
    told = " ".join(part for part in (behind, rest) if part)
    outlet = _outlet(told, comma=not behind)
    glued = _GLUED.fullmatch(printed)
    if not outlet and greeted and glued is not None and not behind:  # "Ana Prueba de Radio Arlen."
        return glued["name"], ", ".join(
            part for part in (glued["outlet"], rest.rstrip(".")) if part and not _SPEECH.search(part)
        )
    single = len(printed.split()) == 1
    alone = (
        greeted
        and not behind
        and _FROM.match(told) is not None
        and outlet is not None
        and len(outlet.split()) <= _SHORT
    )
    if outlet and (itself is not None or not single or alone):
        return printed, outlet
    return (printed, None) if itself is not None and not single and not outlet else None


def _greets(piece: str) -> bool:
    words = piece.strip(" .¿?¡!")
    return not words or any(phrases.pattern(f"asker.{name}").fullmatch(words) for name in ("greeting", "vocative"))


def _outlet(told: str, *, comma: bool) -> str | None:
    """The outlet in the words after a name. ``comma`` says that a comma divided them: then "de" may be left out."""
    role = phrases.pattern("asker.role").match(told)
    words = told[role.end() :].lstrip(" ,") if role is not None else told
    of = phrases.pattern("asker.of").match(words)
    if of is None and not (comma and role is None) and not (role is not None and _CAPITAL.match(words)):
        return None
    words = words[of.end() :] if of is not None else words
    generic = re.match(phrases.pattern("asker.generic").pattern, words)
    words = words[generic.end() :] if generic is not None else words
    words = _ENDS.sub("", words).strip(" ,.")
    words = _TOLD.sub("", _PLACED.sub("", words)).strip(" ,.")
    words = _CALLS.sub("", words).replace(" ,", ",")
    names = 0 < len(words.split()) <= _LONGEST and _SPEECH.search(words) is None and _CAPITAL.match(words) is not None
    return words if names and not _greets(words) else None
