"""Checking: a sound desk has no fault, and every kind of damage is found and named."""

from __future__ import annotations

import gzip
import re
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from invented import folder_of_pages
from onrecord.captures.keeping import compress
from onrecord.desk import Desk, add_all, check, open_desk
from onrecord.desk.verification import Source
from onrecord.offsets import OffsetMap


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        add_all(opened, [folder_of_pages(tmp_path / "pages", 5)], processes=1)
        yield opened


def one(desk: Desk, query: str) -> str:
    return str(desk.record.execute(query).fetchone()[0])


CAPTURE = "SELECT capture FROM document ORDER BY id LIMIT 1"
DOCUMENT = "SELECT id FROM document ORDER BY id LIMIT 1"
TURN = "SELECT turn.id FROM turn JOIN document ON document.id = document ORDER BY document.id, position LIMIT 1"


def test_a_sound_desk_has_no_fault(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    assert list(check(desk, on_progress=lambda done, total: told.append((done, total)))) == []
    assert told[-1] == (5, 5)


ODD_ARTICLES = [
    ("a comment inside a paragraph", "<p>Q: What <!-- a > b --> now?</p><p>A: We <!-- note -->will go<!-- x -->.</p>"),
    ("a script inside a paragraph", "<p>Q: What?</p><p>A: We <script>if (a<b) x('</p>')</script> will go.</p>"),
    ("a title inside a paragraph", "<p>Q: What?</p><p>A: We <title>odd</title> will go.</p>"),
    ("a space of line break and comment", "<p>Q: What?</p><p>A: We<!-- n -->\n will <style>p{}</style>\n go.</p>"),
    ("references to no character", "<p>Q: What?</p><p>A: We &#0; will &#xD800; go &#x110000; now.</p>"),
    ("the same at the edge of a turn", "<p>Q: &#65533; What?&#0;</p><p>A: &#xD800; We will go. &#65533;</p>"),
    ("characters beyond the encoding", "<p>Q: What &alpha;?</p><p>A: We will &#20013; go &#128512; now.</p>"),
    ("the same at the edge of a turn", "<p>Q: &alpha; what &#20013;</p><p>A: &#128512; We will go &alpha;</p>"),
]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "cp1252", "shift_jis", "iso-2022-jp"])
@pytest.mark.parametrize("article", [case[1] for case in ODD_ARTICLES], ids=[case[0] for case in ODD_ARTICLES])
def test_odd_pages_are_added_and_sound(tmp_path: Path, article: str, charset: str) -> None:
    """None of them ends a run, neither the first nor the next, and no fault is told where there is none."""
    title = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 4, 2019"
    undecodable = b"<p>\x81 is no letter of cp1252.</p>" if charset == "cp1252" else b""
    page = (
        f'<meta charset="{charset}"><h2 class="title">{title}</h2><div class="content">{article}'.encode() + undecodable
    )
    (tmp_path / "page.html").write_bytes(page)
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        first, second = (add_all(desk, [tmp_path / "page.html"], house="cn-mfa", processes=1) for _ in range(2))
        assert (first.new, second.unchanged, first.troubles, second.troubles) == (1, 1, [], [])
        assert list(check(desk)) == []


def test_what_fails_because_of_one_document_is_its_trouble(tmp_path: Path, desk: Desk) -> None:
    """A number that no database holds, as a faulty plug-in may give it: the document is refused and the run goes on."""
    from onrecord.captures.opening import open_source
    from onrecord.desk.adding import Summary, _write
    from onrecord.desk.readers import ReadJob, run_job

    page = next(path for path in (tmp_path / "pages").rglob("*") if path.is_file())
    work = ReadJob(open_source(page))
    one = run_job(work)
    one.document = re.sub(rb'"byte_end":[0-9]+', b'"byte_end":9999999999999999999', one.document, count=1)
    trouble = _write(desk, work, one, Summary(), again=True)
    assert trouble is not None
    assert trouble.error == "ReadingError"
    assert "OverflowError" in trouble.message
    assert list(check(desk)) == []


def flip_a_byte_of_a_word(desk: Desk) -> str:
    """The capture packed anew with one letter changed: its name no longer fits, nor does the text."""
    path = desk.captures.path(one(desk, CAPTURE))
    data = bytearray(gzip.decompress(path.read_bytes()))
    data[data.index(b"invented")] ^= 1
    path.write_bytes(compress(bytes(data)))
    return path.stem


def flip_a_byte_of_the_file(desk: Desk) -> str:
    path = desk.captures.path(one(desk, CAPTURE))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path.stem


def lose_a_capture(desk: Desk) -> str:
    path = desk.captures.path(one(desk, CAPTURE))
    path.unlink()
    return path.stem


def move_a_turns_start(desk: Desk) -> str:
    id = one(desk, TURN)
    desk.record.execute("UPDATE turn SET start = start + 1 WHERE id = ?", (id,))
    return id


def move_a_turns_end_beyond_the_text(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute('UPDATE turn SET "end" = 99999 WHERE document = ? AND position = 5', (id,))
    return id


def move_a_byte_offset(desk: Desk) -> str:
    id = one(desk, TURN)
    desk.record.execute("UPDATE turn SET byte_end = byte_end - 1 WHERE id = ?", (id,))
    return id


def change_a_word_of_the_text(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute("UPDATE document SET text = replace(text, 'page is', 'page was') WHERE id = ?", (id,))
    return id


def shift_the_map(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    offsets = desk.document(id).offsets
    offsets.source_starts = array("I", [start + 1 for start in offsets.source_starts])
    desk.record.execute("UPDATE document SET offsets = ? WHERE id = ?", (offsets.to_bytes(), id))
    return id


def cut_the_map(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute("UPDATE document SET offsets = substr(offsets, 1, 20) WHERE id = ?", (id,))
    return id


def lose_a_version(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute("DELETE FROM version WHERE document = ?", (id,))
    return id


def point_a_turn_nowhere(desk: Desk) -> str:
    desk.record.execute("PRAGMA foreign_keys = OFF")
    desk.record.execute("UPDATE turn SET document = 'nobody' WHERE id = ?", (one(desk, TURN),))
    return "turn row"


def say_another_size(desk: Desk) -> str:
    desk.record.execute("UPDATE capture SET size = size + 1 WHERE sha256 = ?", (one(desk, CAPTURE),))
    return one(desk, CAPTURE)


def forget_where_from(desk: Desk) -> str:
    desk.record.execute("DELETE FROM sighting WHERE capture = ?", (one(desk, CAPTURE),))
    return one(desk, CAPTURE)


def number_versions_anew(desk: Desk) -> str:
    desk.record.execute("UPDATE version SET position = 7 WHERE document = ?", (one(desk, DOCUMENT),))
    return one(desk, DOCUMENT)


def answer_an_answer(desk: Desk) -> str:
    query = "SELECT id, document FROM turn WHERE kind = 'answer' ORDER BY document, position LIMIT 1"
    id, document = desk.record.execute(query).fetchone()
    desk.record.execute("UPDATE turn SET answers = ?1 WHERE document = ?2 AND kind = 'answer'", (id, document))
    return str(id)


def leave_out_a_turn(desk: Desk) -> str:
    id, document = desk.record.execute("SELECT id, document FROM turn WHERE kind = 'note' OR position = 1").fetchone()
    desk.record.execute("DELETE FROM turn WHERE id = ?", (id,))
    return f"{document}/"


def give_a_turn_to_another(desk: Desk) -> str:
    """The words are right, and stand under the id of another document."""
    id = one(desk, TURN)
    desk.record.execute("UPDATE turn SET id = 'x-' || id WHERE id = ?", (id,))
    return f"x-{id}"


def swap_two_stretches_of_the_map(desk: Desk) -> str:
    """Both runs say other bytes, in good order: what only the bytes themselves can tell."""
    id = one(desk, DOCUMENT)
    offsets = desk.document(id).offsets
    starts, ends = offsets.source_starts, offsets.source_ends
    starts[1], ends[1] = starts[2], ends[2]
    desk.record.execute("UPDATE document SET offsets = ? WHERE id = ?", (offsets.to_bytes(), id))
    return id


def put_furniture_outside_the_page(desk: Desk) -> str:
    desk.record.execute("UPDATE furniture SET byte_end = 999999 WHERE document = ?", (one(desk, DOCUMENT),))
    return one(desk, DOCUMENT)


def invent_an_unread_paragraph(desk: Desk) -> str:
    row = (one(desk, DOCUMENT), "invented", "words that stand nowhere", 10, 40)
    desk.record.execute("INSERT INTO unread (document, why, words, byte_start, byte_end) VALUES (?, ?, ?, ?, ?)", row)
    return row[0]


HARMS = [
    (flip_a_byte_of_a_word, "capture", "does not match its SHA-256"),
    (flip_a_byte_of_the_file, "capture", ""),
    (lose_a_capture, "capture", "missing"),
    (move_a_turns_start, "turn", "do not match its id"),
    (move_a_turns_end_beyond_the_text, "turn", "outside the text"),
    (move_a_byte_offset, "turn", "its bytes are"),
    (change_a_word_of_the_text, "offsets", "the text has"),
    (shift_the_map, "offsets", "the bytes"),
    (cut_the_map, "offsets", "damaged"),
    (lose_a_version, "link", "versions"),
    (point_a_turn_nowhere, "link", "refers to a document"),
    (say_another_size, "capture", "bytes, the record says"),
    (forget_where_from, "link", "source of these bytes"),
    (number_versions_anew, "link", "not numbered"),
    (answer_an_answer, "link", "does not exist or is not a question"),
    (leave_out_a_turn, "turn", "expected 1"),
    (give_a_turn_to_another, "turn", "do not match its id"),
    (swap_two_stretches_of_the_map, "offsets", "the text has"),
    (put_furniture_outside_the_page, "paragraph", "outside the page"),
    (invent_an_unread_paragraph, "paragraph", "contain other words"),
]


@pytest.mark.parametrize(("harm", "what", "words"), HARMS, ids=[harm.__name__ for harm, _, _ in HARMS])
def test_every_damage_is_named(desk: Desk, harm: Callable[[Desk], str], what: str, words: str) -> None:
    where = harm(desk)
    faults = list(check(desk))
    assert any(fault.what == what and where in fault.where and words in fault.detail for fault in faults), faults


def test_a_byte_and_an_offset_are_both_named_in_one_run(desk: Desk) -> None:
    ids = [row[0] for row in desk.record.execute("SELECT id FROM document ORDER BY id")]
    digest = flip_a_byte_of_a_word(desk)
    turn = desk.document(ids[1]).turns[2].id
    desk.record.execute("UPDATE turn SET start = start + 1 WHERE id = ?", (turn,))
    assert {(fault.what, fault.where) for fault in check(desk)} == {("capture", digest), ("turn", turn)}


def test_an_orphan_is_a_remark(desk: Desk) -> None:
    """A capture on the disk without a row is what a crash leaves behind: no claim rests on it."""
    from hashlib import sha256

    digest = sha256(b"stray").hexdigest()
    desk.captures.put(digest, compress(b"stray"))
    (remark,) = check(desk)
    assert (remark.what, remark.where) == ("orphan", digest)


def test_a_record_that_cannot_be_read_is_a_fault_and_no_crash(desk: Desk) -> None:
    """A page of the file overwritten, as a failing disk leaves it."""
    root = int(one(desk, "SELECT rootpage FROM sqlite_schema WHERE name = 'document'"))
    size = int(one(desk, "PRAGMA page_size"))
    desk.close()
    with (desk.folder / "record.sqlite").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xa5" * size)
    with open_desk(desk.folder) as damaged:
        faults = list(check(damaged))
    assert {fault.what for fault in faults} == {"record"}
    assert "cannot be read further" in faults[-1].detail


SAYS = [
    ("plain words", b"We will go.", "We will go.", True),
    ("another word", b"We intend to go.", "We will go.", False),
    ("a word more in the bytes", b"We will not go.", "We will go.", False),
    ("a word more in the record", b"We will go.", "We will not go.", False),
    ("tags and folded space", b"<p>We <b>will</b>\n   go.</p>", "We will go.", True),
    ("paragraphs", b"<p>We will go.</p><p>Soon.</p>", "We will go.\n\nSoon.", True),
    ("an entity", b"Arcadia &amp; Ruritania&nbsp;agree", "Arcadia & Ruritania agree", True),
    ("a script between", b"<p>We<script>if (a<b) x()</script> will go.</p>", "We will go.", True),
    ("a quote lost in a tag", b'<p class="a>We will go.</p>', "We will go.", True),
    (
        "a quote in a name, a bracket in a value",
        b'<p><i"v a="1">We<img alt="B>C" src="d"/> will go.</p>',
        "We will go.",
        True,
    ),
    ("what looks like a tag and is none", b"if 3 < 4 and 5 > 4", "if 3 < 4 and 5 > 4", True),
    ("bytes that are no characters", b"We w\xffill go.", "We w\ufffdill go.", True),
    ("other bytes that are no characters", b"We w\xffill go.", "We will go.", False),
    ("Markdown", b"**We** \\[will\\] [go](https://example.org/a_(b)).", "We [will] go.", True),
    ("Markdown of a link's words", b"We [will](https://example.org) go.", "We go.", False),
    ("an address shown", b"Write to <press@example.org>.", "Write to press@example.org.", True),
    ("a numbered list", b"We will\n\n1. go,\n2. stay", "We will\n\ngo,\n\nstay", True),
    ("a number that is shown", b"It was\n1964. We", "It was 1964. We", True),
]


@pytest.mark.parametrize(("data", "words", "says"), [case[1:] for case in SAYS], ids=[case[0] for case in SAYS])
def test_whether_bytes_say_words(data: bytes, words: str, says: bool) -> None:
    offsets = OffsetMap("utf-8", array("I"), array("I"), array("I"))
    assert Source(data, offsets).contains(words, 0, len(data)) is says


@pytest.mark.parametrize("unit", [b'<a"', b"<a'\" ", b'<a="', b"<a ", b"<!", b"<script ", b"<title ", b"![", b"<a@"])
@pytest.mark.slow
def test_no_bytes_keep_the_verification_for_ever(unit: bytes) -> None:
    """Each of these was tried from every place to the end of the page, or in every way its quotes can pair."""
    data = unit * (100_000 // len(unit))
    begun = time.process_time()
    Source(data, OffsetMap("utf-8", array("I"), array("I"), array("I"))).contains("We will go.", 0, len(data))
    shorter = time.process_time() - begun
    begun = time.process_time()
    Source(data * 4, OffsetMap("utf-8", array("I"), array("I"), array("I"))).contains("We will go.", 0, len(data) * 4)
    assert time.process_time() - begun < 0.2 + 10 * shorter


def test_furniture_inside_a_turn_is_left_out() -> None:
    data = b"We will (share this page) go."
    source = Source(data, OffsetMap("utf-8", array("I"), array("I"), array("I")))
    hole = (data.index(b"("), data.index(b")") + 1)
    assert source.contains("We will go.", 0, len(data), [hole])
    assert not source.contains("We will go.", 0, len(data))
    assert not source.contains("We will go.", 0, len(data), [(hole[0], 999)])  # outside: it cannot stand inside
