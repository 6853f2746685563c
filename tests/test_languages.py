"""Languages behind one interface: how they are found, what one made of tables alone can do, what it says it lacks."""

from __future__ import annotations

import ast
from pathlib import Path

import msgspec
import pytest

import onrecord
from onrecord import languages
from onrecord.annotation.annotating import annotate
from onrecord.errors import LexiconError
from onrecord.languages.base import CAPABILITIES, Language
from onrecord.record import Document, Heading, Turn

SOURCE = Path(onrecord.__file__).parent

#: An invented language: Ruritanian, as the head of languages/base.py says that a language is made.
WORDS = """
scripts = ["Latin"]
function_words = "ul lo en"
abbreviations = "sen"
numbered = "nr"

[labels]
question = ["Preg"]

[calendar]
months = ["yan", "feb febru", "mar", "apr", "mai", "yun", "yul", "aug", "sep", "okt", "nov", "dek"]
weekdays = ["lun", "mar", "mir", "yov", "ven", "sat", "dom"]
forms = ["{day} ul {month}(?: {year})?", "{year}/{number}/{day}"]
"""
NAMES = """id,kind,name,aliases,demonyms,capital,capital_aliases,source
NOR,state,Noru,Noruland|Norum,norus,Oslu,Oslum,invented
UN,organisation,Nashunu,,,,,invented
"""


@pytest.fixture
def ruritanian(tmp_path: Path) -> Language:
    (tmp_path / "words.toml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    return Language(code="qru", name="Ruritanian", folder=tmp_path)


@pytest.mark.parametrize(
    ("code", "found", "why"),
    [
        ("en", "en", "its own code"),
        ("zh-Hant", "zh", "a subtag falls back"),
        ("zh-Hant-TW", "zh", "several do"),
        ("EN_us", "en", "in any case, with any hyphen"),
        ("tlh", "tlh", "a language that nobody installed has no tables and keeps its code"),
        ("english", "english", "no code begins another by its letters"),
    ],
)
def test_a_language_is_found_by_its_tag(code: str, found: str, why: str) -> None:
    assert languages.find(code).code == found, why


def test_what_is_not_installed_covers_nothing_and_still_has_sentences_and_tokens() -> None:
    unknown = languages.find("tlh")
    assert unknown.covers == ()
    assert unknown.not_covered == CAPABILITIES
    assert unknown.split_sentences("One two. Three.") == [(0, 8), (9, 15)]
    assert [token.word for token in unknown.tokenize("One, two")] == ["one", "two"]
    assert unknown.names.find("China") == []


@pytest.mark.parametrize("code", ["en", "zh"])
def test_languages_with_rules_cover_everything(code: str) -> None:
    language = languages.find(code)
    assert language.not_covered == ()
    assert all(getattr(language, capability) is not None for capability in CAPABILITIES)
    assert language in languages.with_rules()


def test_tables_make_a_language(ruritanian: Language) -> None:
    assert ruritanian.covers == ("names",)
    assert ruritanian.function_words == {"ul", "lo", "en"}
    assert ruritanian.labels.question == ("Preg",)
    named = [
        (hit.surface, hit.names[0].id, hit.names[0].codes) for hit in ruritanian.names.find("Norum en norus Oslum")
    ]
    assert named == [("Norum", "NOR", ("NOR",)), ("norus", "NOR", ("NOR",)), ("Oslum", "oslo", ("NOR",))]
    assert ruritanian.names.find("Norux") == [], "a name is a whole word"
    assert ruritanian.split_sentences("Sen. Rupert nr. 5 en. Lo.") == [(0, 21), (22, 25)]


@pytest.mark.parametrize(
    ("words", "dates", "why"),
    [
        ("lo 16 ul Mai 2018", [(2018, 5, 16)], "by name, in any case"),
        ("3 ul febru", [(None, 2, 3)], "another form of the name, no year"),
        ("2019/3/26", [(2019, 3, 26)], "a month in digits"),
        ("16 ul Thermidor", [], "no month of the table"),
        ("40 ul mai", [], "no day of a calendar"),
    ],
)
def test_dates_of_a_table(ruritanian: Language, words: str, dates: list[tuple[int | None, int, int]], why: str) -> None:
    assert [(one.year, one.month, one.day) for one in ruritanian.calendar_dates.find(words)] == dates, why


def test_a_wrong_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('labells = "x"', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"labells"):
        _ = Language("qru", "Ruritanian", tmp_path).words


def test_what_is_not_covered_is_recorded_with_the_document() -> None:
    text = "China en Noru."
    heading = Heading(id="d", title="", date=None, issuer="x", house="plain", kind="other", language="tlh", text=text,
                      capture="sha256:" + "0" * 64)  # fmt: skip
    document = Document(heading=heading, turns=(Turn(id="t", kind="answer", start=0, end=len(text)),))
    annotated = annotate(document)
    assert annotated.annotation is not None
    assert annotated.annotation.not_covered == CAPABILITIES
    assert annotated.acts == annotated.meetings == annotated.undertakings == ()
    english = annotate(Document(heading=msgspec.structs.replace(heading, language="en"), turns=document.turns))
    assert english.annotation is not None
    assert english.annotation.not_covered == ()


def _modules() -> dict[str, Path]:
    paths = (path for part in ("annotation", "languages", "lexicon") for path in (SOURCE / part).rglob("*.py"))
    return {
        "onrecord." + ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
    }


def _imports(path: Path) -> set[str]:
    """What a module imports while it is loaded: not inside functions, not for type checking alone."""
    found: set[str] = set()

    def visit(nodes: list[ast.stmt]) -> None:
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
                found.update(f"{node.module}.{name.name}" for name in node.names)
            elif isinstance(node, ast.Import):
                found.update(name.name for name in node.names)
            elif isinstance(node, ast.ClassDef):
                visit(node.body)

    visit(ast.parse(path.read_text(encoding="utf-8")).body)
    return found


def test_annotation_and_lexicon_import_no_language() -> None:
    packages = {f"onrecord.languages.{code}" for code in languages.codes()}
    reached = {
        (name, wanted)
        for name, path in _modules().items()
        if not name.startswith("onrecord.languages.")
        for wanted in _imports(path)
        if ".".join(wanted.split(".")[:3]) in packages
    }
    assert reached == set()


def test_modules_import_each_other_in_no_circle() -> None:
    modules = _modules()
    graph = {name: {one for one in _imports(path) if one in modules and one != name} for name, path in modules.items()}
    while leaves := {name for name, wanted in graph.items() if not wanted & set(graph)}:
        for name in leaves:
            del graph[name]
    assert not graph, sorted(graph)
