"""Files of several statements: each is found, chosen and added; none is mixed with another. All words are invented."""

from __future__ import annotations

import gzip
import io
import json
import mailbox
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.captures.opened import LARGEST
from onrecord.containers import count_items, open_all, open_one
from onrecord.desk import Desk, add_all, check, open_desk
from onrecord.errors import NotFound, OnRecordError, ReadingError, SeveralStatements
from onrecord.reading.decoding import decode
from onrecord.reading.unwrapping import unwrap
from onrecord.record import fold

ROWS = [
    {"publish_time": "2025-05-12", "title": "Ports, ferries", "content": 'QUESTION: Will the "port" open?\n\nMINISTER HOLM: It will, in June.'},
    {"publish_time": "2025-05-13", "title": "Lakes – an invented row", "content": "The contractor pays for the delay, the ministry says."},
]  # fmt: skip
TEXTS = [['Will the "port" open?', "It will, in June."], ["The contractor pays for the delay, the ministry says."]]
PAGE = "<html><head><title>Briefing</title></head><body><h1>Briefing</h1><p>{}</p></body></html>"


def as_csv(rows: list[dict[str, str]], divider: str = ",", end: str = "\r\n") -> str:
    def row(cells: list[str]) -> str:
        return divider.join(
            '"' + cell.replace('"', '""') + '"' if set(cell) & {divider, '"', "\n"} else cell for cell in cells
        )

    return end.join([row(list(rows[0])), *(row(list(one.values())) for one in rows)]) + end


def feed_of(texts: list[str]) -> str:
    items = "".join(
        f"<item><title>Item {i}</title><link>https://example.org/{i}</link><pubDate>Mon, 12 May 2025 16:04:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[<p>{text}</p><!-- <item> -->]]></content:encoded></item>"
        for i, text in enumerate(texts)
    )
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Ministry</title>{items}</channel></rss>'


def atom_of(texts: list[str]) -> str:
    entries = "".join(
        f'<entry><title>Entry {i}</title><link href="https://example.org/{i}"/><updated>2025-05-12T10:00:00Z</updated>'
        f'<content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry>'
        for i, text in enumerate(texts)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry</title>{entries}</feed>'


def warc_of(pages: list[str], packed: bool = True) -> bytes:
    warcio = pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    assert warcio
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for i, page in enumerate(pages):
        for status, media, body in (
            ("200 OK", "text/html; charset=utf-8", page),
            ("200 OK", "image/png", "x"),
            ("404 No", "text/html", page),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.0")
            writer.write_record(
                writer.create_warc_record(
                    f"https://example.org/{i}", "response", payload=io.BytesIO(body.encode()), http_headers=headers
                )
            )
    return out.getvalue()


def xlsx_of(rows: list[dict[str, str]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet_of(rows: list[dict[str, str]]) -> bytes:
    polars = pytest.importorskip("polars")
    out = io.BytesIO()
    polars.DataFrame(rows).write_parquet(out)
    return out.getvalue()


def utf(text: str) -> Callable[[], bytes]:
    return text.encode


FILES: list[tuple[str, str, Callable[[], bytes]]] = [
    ("CSV", "rows.csv", utf(as_csv(ROWS))),
    ("CSV with semicolons and line feeds", "rows.csv", utf(as_csv(ROWS, ";", "\n"))),
    ("CSV with a byte-order mark", "rows.csv", lambda: b"\xef\xbb\xbf" + as_csv(ROWS).encode()),
    ("CSV in UTF-16", "rows.csv", lambda: as_csv(ROWS).encode("utf-16")),
    ("TSV", "rows.tsv", utf(as_csv(ROWS, "\t"))),
    ("compressed CSV", "rows.csv.gz", lambda: gzip.compress(as_csv(ROWS).encode())),
    ("JSON Lines", "rows.jsonl", utf("\n".join(json.dumps(row) for row in ROWS) + "\n\n")),
    ("a JSON array", "rows.json", utf(json.dumps(ROWS, indent=1, ensure_ascii=False))),
    ("an Excel workbook", "rows.xlsx", lambda: xlsx_of(ROWS)),
    ("Parquet", "rows.parquet", lambda: parquet_of(ROWS)),
]  # fmt: skip
IDS = [case[0] for case in FILES]


def saved(folder: Path, name: str, make: Callable[[], bytes]) -> Path:
    path = folder / name
    path.write_bytes(make())
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        yield opened


def turns(document: onrecord.Document) -> list[str]:
    return [turn.text for turn in document]


@pytest.mark.parametrize(("name", "make"), [case[1:] for case in FILES], ids=IDS)
def test_each_row_is_a_statement(name: str, make: Callable[[], bytes], tmp_path: Path, desk: Desk) -> None:
    path = saved(tmp_path, name, make)
    assert count_items(path) == 2
    with pytest.raises(SeveralStatements, match="of 2 ") as told:
        onrecord.read(path)
    assert "--item" in str(told.value)
    for number, texts in enumerate(TEXTS, start=1):
        document = onrecord.read(path, item=number)
        assert turns(document) == texts
        assert (document.title, document.date) == (ROWS[number - 1]["title"], f"2025-05-{11 + number}")
    for wrong in (0, -1, 3):
        with pytest.raises(NotFound, match=f"no item {wrong}"):
            onrecord.read(path, item=wrong)
    summary = add_all(desk, [path], processes=1)
    assert (summary.new, summary.troubles) == (2, [])
    assert "text=content" in summary.warnings[0]
    assert list(check(desk)) == []
    again = add_all(desk, [path], processes=1)
    assert (again.new, again.unchanged) == (0, 2)


PAIR = {"date": "2025-05-12", "answer": "It will open in June.", "question": "Will the port open?", "journalist": "Anna Bell", "outlet": "Tide Weekly",
        "spokesperson": "Dana Holm", "source_url": "https://example.org/briefing"}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A site on loopback that shows a folder."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "feed.xml").write_text(
        feed_of(["The ministry speaks of the ports.", "The two sides agreed on the ferries."]), encoding="utf-8"
    )
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_may_hold_several_statements(site: str, desk: Desk) -> None:
    feed = f"{site}/feed.xml"
    with pytest.raises(SeveralStatements, match="2 items"):
        onrecord.read(feed)
    document = onrecord.read(feed, item=2)
    assert document.turns[-1].text == "The two sides agreed on the ferries."
    assert document.capture.fetched is not None  # when the feed was
    summary = add_all(desk, [feed], processes=1)
    assert (summary.new, summary.troubles) == (2, [])


def test_standard_input_may_hold_several_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(as_csv(ROWS).encode())))
    assert onrecord.read("-", item=2).title == ROWS[1]["title"]


def test_one_object_whose_fields_nobody_knows_says_how_to_name_them(tmp_path: Path) -> None:
    held = {
        "when": "2025-05-12",
        "story": "QUESTION: Will the port open?\n\nMINISTER HOLM: It will, in June.",
        "by": "x",
    }
    path = saved(tmp_path, "one.json", utf(json.dumps(held)))
    with pytest.raises(OnRecordError, match="--map text=FIELD; its fields are story, when, by"):
        onrecord.read(path)
    document = onrecord.read(path, mapping="text=story,date=when")
    assert (document.date, [t.kind for t in document]) == ("2025-05-12", ["question", "answer"])


OF_ONE = [PAIR, PAIR | {"answer": "We do,\nand \"gladly\".", "question": "Who pays?", "outlet": ""},
          PAIR | {"question": "Is that all?", "answer": ""}]  # fmt: skip
OTHER = PAIR | {"source_url": "https://example.org/other", "question": "And the lake?", "answer": "It is closed."}
PAIRS: list[tuple[str, str, Callable[[], bytes]]] = [
    ("CSV", "pairs.csv", utf(as_csv([*OF_ONE, OTHER]))),
    ("CSV without a last line feed", "pairs.csv", lambda: as_csv([*OF_ONE, OTHER]).rstrip().encode()),
    ("JSON Lines", "pairs.jsonl", utf("\n".join(map(json.dumps, [*OF_ONE, OTHER])))),
    ("a JSON array", "pairs.json", utf(json.dumps([*OF_ONE, OTHER], indent=1))),
    ("an Excel workbook", "pairs.xlsx", lambda: xlsx_of([*OF_ONE, OTHER])),
    ("Parquet", "pairs.parquet", lambda: parquet_of([*OF_ONE, OTHER])),
]


@pytest.mark.parametrize(("kind", "name", "made"), PAIRS, ids=[case[0] for case in PAIRS])
def test_rows_of_one_conference_are_one_statement(
    kind: str, name: str, made: Callable[[], bytes], tmp_path: Path, desk: Desk
) -> None:
    path = saved(tmp_path, name, made)
    summary = add_all(desk, [path], processes=1)
    assert (summary.new, summary.turns, summary.troubles) == (2, 7, [])
    assert list(check(desk)) == []
    assert add_all(desk, [path], processes=1).unchanged == 2
    document = onrecord.read(path, item=1)
    assert [(t.kind, t.speaker, t.outlet, fold(t.text)) for t in document] == [
        ("question", "Anna Bell", "Tide Weekly", "Will the port open?"),
        ("answer", "Dana Holm", None, "It will open in June."),
        ("question", "Anna Bell", None, "Who pays?"),
        ("answer", "Dana Holm", None, 'We do, and "gladly".'),
        ("question", "Anna Bell", "Tide Weekly", "Is that all?"),
    ]
    assert document.date == "2025-05-12"
    for turn, field in zip(document, ("question", "answer", "question", "answer", "question"), strict=True):
        row = next(one for one in OF_ONE if one[field] and fold(one[field]) == fold(turn.text))
        assert fold(row[field].split("\n")[0].split('"')[0]) in fold(turn.span.source().decode())
    assert onrecord.read(path, item=2).turns[0].text == "And the lake?"


@pytest.mark.parametrize(
    ("changes", "statements", "reason"),
    [
        ({}, 1, "one page"),
        ({"source_url": "https://example.org/2"}, 2, "another page"),
        ({"date": "2025-05-13"}, 2, "another day"),
        ({"source_url": ""}, 2, "the second row names no page"),
    ],
)
def test_what_makes_rows_of_one_conference(
    changes: dict[str, str], statements: int, reason: str, tmp_path: Path
) -> None:
    path = saved(tmp_path, "pairs.csv", utf(as_csv([PAIR, PAIR | {"question": "Who pays?"} | changes])))
    assert count_items(path) == statements


@pytest.mark.parametrize(
    ("held", "statements"),
    [(("date", "title"), 1), (("date",), 2), (("title",), 2)],
    ids=["day and title", "a day alone", "a title alone"],
)
def test_without_a_page_day_and_title_tell_the_conference(
    held: tuple[str, ...], statements: int, tmp_path: Path
) -> None:
    told = {"date": "2025-05-12", "title": "Briefing on ports"}
    rows = [{name: told[name] for name in held} | {"question": q, "answer": "Yes."} for q in ("Who?", "Where?")]
    assert count_items(saved(tmp_path, "pairs.csv", utf(as_csv(rows)))) == statements


def test_fields_are_named_by_the_caller(tmp_path: Path, desk: Desk) -> None:
    rows = [
        {"day": "2025-05-12", "said": f"It is so today, {name} said.", "who": name, "content": "x"}
        for name in ("Dana Holm", "Rin Oda")
    ]
    path = saved(tmp_path, "rows.csv", utf(as_csv(rows)))
    summary = add_all(desk, [path], mapping="text=said,speaker=who,date=day", processes=1)
    assert (summary.new, summary.troubles, summary.warnings) == (2, [], [])
    speakers = [row[0] for row in desk.record.execute("SELECT speaker FROM turn ORDER BY speaker")]
    assert speakers == ["Dana Holm", "Rin Oda"]
    from onrecord.desk.adding import read_again

    assert read_again(desk, everything=True, processes=1).troubles == []  # the mapping is kept with the capture
    assert [row[0] for row in desk.record.execute("SELECT speaker FROM turn ORDER BY speaker")] == speakers
    for wrong, said in (("text=nowhere", "no field 'nowhere'"), ("words=said", "PART=FIELD"), ("text", "PART=FIELD")):
        with pytest.raises(ReadingError, match=said):
            onrecord.read(path, mapping=wrong)


def test_an_address_chooses_the_issuer_and_its_officials() -> None:
    rows = [
        {"publish_time": "2021-05-04", "type": "x", "title": "例行记者会（虚构）", "content": "路透社记者：港口会在夏天到来之前重新开放吗？\n\n汪文斌：如果检查人员同意，港口会在六月开放。",
         "source_url": "https://www.fmprc.gov.cn/web/t1.shtml"}
    ] * 2  # fmt: skip
    document = onrecord.read(as_csv(rows).encode(), item=1)
    assert (document.issuer, document.date) == ("cn-mfa", "2021-05-04")
    assert [(t.kind, t.speaker, t.outlet) for t in document] == [
        ("question", None, "路透社"),
        ("answer", "汪文斌", None),
    ]


def test_a_page_in_a_field_is_read_by_its_house() -> None:
    title = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 4, 2019"
    page = f"<h2 class=title>{title}</h2><div class=content><p>Q: Why is it so?</p><p>A: It is an invented example.</p></div>"
    rows = [{"id": str(i), "url": f"https://www.fmprc.gov.cn/mfa_eng/t{i}.shtml", "html": page} for i in range(2)]
    document = onrecord.read(as_csv(rows).encode(), item=1)
    assert (document.issuer, document.heading.house, [turn.kind for turn in document]) == (
        "cn-mfa",
        "cn-mfa",
        ["question", "answer"],
    )


@pytest.mark.parametrize("make", [feed_of, atom_of], ids=["RSS", "Atom"])
def test_each_item_of_a_feed_is_a_statement(make: Callable[[list[str]], str], tmp_path: Path, desk: Desk) -> None:
    path = saved(
        tmp_path, "feed.xml", utf(make(["It is so today, an invented item says.", "It was so, an invented item says."]))
    )
    with pytest.raises(SeveralStatements, match="feed"):
        onrecord.read(path, house="plain")
    document = onrecord.read(path, item=2)
    assert turns(document) == ["It was so, an invented item says."]
    assert (document.date, document.heading.address) == ("2025-05-12", "https://example.org/1")
    assert add_all(desk, [path], processes=1).new == 2
    assert list(check(desk)) == []


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_web_archive_have_their_addresses(packed: bool, tmp_path: Path, desk: Desk) -> None:
    path = saved(
        tmp_path,
        "pages.warc.gz",
        lambda: warc_of([PAGE.format(f"It is so today, page {i} says.") for i in range(2)], packed),
    )
    with pytest.raises(SeveralStatements, match="web archive"):
        onrecord.read(path)
    summary = add_all(desk, [path], house="plain", processes=1)
    assert (summary.new, summary.troubles) == (2, [])
    assert sorted(row[0] for row in desk.record.execute("SELECT source FROM sighting")) == [
        "https://example.org/0",
        "https://example.org/1",
    ]
    with pytest.raises(OnRecordError, match="page 1 of a web archive"):
        onrecord.read(path, item=1)


def test_the_messages_of_a_mailbox_are_found(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for i in range(2):
        message = EmailMessage()
        message["Subject"] = f"Briefing {i}"
        message.set_content(f"It is so today, message {i} says.\n\nFrom here on it is quoted.\n")
        box.add(message)
    box.close()
    found = list(open_all(tmp_path / "box.mbox"))
    assert [b"message %d says" % i in one.data for i, one in enumerate(found)] == [True, True]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=12), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_bytes_of_every_character_of_a_cell_say_it(rows: list[list[str]]) -> None:
    data = as_csv([{"id": a, "text": "t" + b + "t", "date": c} for a, b, c in rows]).encode()
    for opened in open_all(data, note=lambda words: None):
        inner = unwrap(decode(opened.data, encoding="utf-8"), media_type=opened.capture.media_type)
        if inner is None:  # a cell with a line break of its own kind
            continue
        text = inner.characters.text
        assert text in ["t" + row[1] + "t" for row in rows]
        for i, character in enumerate(text):
            held = opened.data[inner.characters.byte(i) : inner.characters.byte_after(i + 1)].decode()
            assert held == character or (held, character) == ('""', '"')


HOSTILE: list[tuple[str, bytes]] = [
    ("a row that never ends", b"date,title,text\n1,2,\"" + b"x" * 100_000),
    ("an array that breaks off", b'[{"text": "It is so today."}, {"text": "It was'),
    ("an array nested beyond reason", b"[{" + b'"a":[' * 100_000),
    ("lines of which one is broken", b'{"text": "It is so today, they say."}\n{"text": \n{"text": "It was so, they say."}\n'),
    ("a feed that breaks off", feed_of(["It is so today."]).encode()[:-80]),
    ("a feed of entities", b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><description>&b;</description></item></rss>'),
    ("an archive that breaks off", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>It is"),
    ("a compressed file that breaks off", gzip.compress(as_csv(ROWS * 400).encode())[:200]),
    ("a workbook that is none", b"PK\x03\x04 xl/ and nothing else"),
    ("Parquet that is none", b"PAR1 and nothing else"),
    ("an empty table", b"date,title,text\n"),
]  # fmt: skip


@pytest.mark.parametrize("data", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_files_end_in_an_error_of_the_program(data: bytes, tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(data)
    try:
        onrecord.read(path)
    except OnRecordError:
        pass
    summary = add_all(desk, [path], processes=1)
    assert all(
        trouble.error != "ReadingError" or "the reader failed" not in trouble.message for trouble in summary.troubles
    )
    assert list(check(desk)) == []


def test_one_broken_line_costs_one_statement(tmp_path: Path, desk: Desk) -> None:
    path = saved(tmp_path, "lines.jsonl", lambda: HOSTILE[3][1])
    summary = add_all(desk, [path], processes=1)
    assert (summary.new, len(summary.troubles)) == (2, 1)
    assert "line=2" in summary.troubles[0].where


@pytest.mark.parametrize("name", ["csv", "jsonl", "json", "feed"])
@pytest.mark.slow
def test_a_large_file_is_never_held_at_once(name: str, tmp_path: Path) -> None:
    text, count = "It is so today, an invented row says. " * 400, 2_000
    path = tmp_path / "large"
    with path.open("w", encoding="utf-8") as out:
        row: dict[str, Any] = {"date": "2025-05-12", "title": "x", "text": text}
        if name == "csv":
            out.write("date,title,text\n")
            out.writelines(f'2025-05-12,x,"{text}"\n' for _ in range(count))
        elif name == "jsonl":
            out.writelines(json.dumps(row) + "\n" for _ in range(count))
        elif name == "json":
            out.write("[" + ",".join(json.dumps(row) for _ in range(count)) + "]")
        else:
            out.write(feed_of([text] * count))
    assert path.stat().st_size > 25_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_all(path, note=lambda words: None)) == count
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000


def test_an_item_is_no_larger_than_a_statement() -> None:
    with pytest.raises(OnRecordError, match="50 MB"):
        open_one(b'{"text": "It is so."}\n{"text": "' + b"x" * LARGEST + b'"}\n', item=2)


def two_sheets() -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for sheet, rows in (
        (book.active, [["title", "content"], ["Ports", "The port will open in June."]]),
        (book.create_sheet("Autumn"), [["title", "content"], ["Lakes", "The lakes are deep, the ministry says."]]),
        (book.create_sheet("Codes"), [["a", "b"], ["1", "2"]]),
        (book.create_sheet("Empty"), []),
    ):
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_sheet_of_a_workbook_is_read_or_told() -> None:
    said: list[str] = []
    places = [opened.capture.source for opened in open_all(two_sheets(), note=said.append)]
    assert places == ["memory:#row=2", "memory:#sheet2.row=2"]
    assert [words for words in said if "sheet" in words] == [
        "memory:: the sheet 'Codes' has no known fields and was not read"
    ]


OBJECT = '{"title": "Ports, 1", "text": "The port will open in June, they say."}'
MEMBERS = [
    (f"[{OBJECT}, {OBJECT}]", 2, None, "objects alone"),
    (f'[{OBJECT}, "a string, with {{brackets}}", {OBJECT}]', 2, 1, "a string"),
    (f"[{OBJECT}, 12, null, {OBJECT}, true]", 2, 3, "numbers and other words"),
    (f"[{OBJECT}, [1, [2], {{}}], {OBJECT}]", 2, 1, "an array, whatever it holds"),
]


@pytest.mark.parametrize(("words", "objects", "others", "reason"), MEMBERS, ids=[case[3] for case in MEMBERS])
def test_members_of_a_list_that_are_no_objects_are_told(
    words: str, objects: int, others: int | None, reason: str
) -> None:
    said: list[str] = []
    assert sum(1 for _ in open_all(words.encode(), note=said.append)) == objects
    told = [one for one in said if "no objects" in one]
    assert told == ([f"memory:: {others} members of the list are no objects and were not read"] if others else [])


BROKEN = [(feed_of(["One.", "Two."]), "a feed in RSS"), (atom_of(["One.", "Two."]), "a feed in Atom")]


@pytest.mark.parametrize(("feed", "reason"), BROKEN, ids=[case[1] for case in BROKEN])
def test_a_feed_that_breaks_off_says_which_item_is_lost(feed: str, reason: str) -> None:
    items = open_all(feed[: feed.rindex("Two.")].encode())
    next(items)
    with pytest.raises(ReadingError, match="breaks off in item 2"):
        next(items)


def test_something_too_large_says_that_nothing_behind_it_was_read() -> None:
    large = json.dumps({"text": "x" * LARGEST})
    items = open_all("\n".join([OBJECT, large, OBJECT]).encode())
    next(items)
    with pytest.raises(OnRecordError, match=r"line 2 .* nothing behind it was read"):
        next(items)
