"""Bytes to characters and back: every encoding the archives hold, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import Empty, NotText, Undecodable
from onrecord.reading.decoding import EncodingGuessed, decode

CHINESE = "外交部发言人说，这个问题我们已经多次表明立场，没有变化。"
RUSSIAN = "Министр ответил, что переговоры будут продолжены. Вопрос: Можете ли вы это подтвердить?"
POLISH = "Minister odpowiedział, że rozmowy będą kontynuowane w Łodzi i Gdańsku. Jak mówią źródła, tak."
GREEK = "Ο υπουργός απάντησε ότι οι συνομιλίες θα συνεχιστούν. Ερώτηση: Μπορείτε να το επιβεβαιώσετε;"
JAPANESE = "外務大臣会見記録。記者：港はいつ開きますか。大臣：検査官が同意すれば六月に開きます。"
KOREAN = "외교부 대변인 정례브리핑. 질문: 항구는 언제 열립니까? 답변: 검사관이 동의하면 유월에 열립니다."
TAIWANESE = "外交部發言人說，這個問題我們已經多次表明立場，沒有變化。"


@pytest.mark.parametrize(
    ("data", "declared", "encoding"),
    [
        pytest.param("plain words".encode("ascii"), None, "utf-8", id="ASCII is UTF-8"),
        pytest.param("déjà vu".encode(), None, "utf-8", id="UTF-8 without any word of it"),
        pytest.param(b"\xef\xbb\xbf" + CHINESE.encode(), None, "utf-8", id="a byte-order mark decides"),
        pytest.param(b"\xff\xfe" + CHINESE.encode("utf-16-le"), "utf-8", "utf-16-le", id="also against the header"),
        pytest.param("many words in it".encode("utf-16-be"), None, "utf-16-be", id="UTF-16 without a mark"),
        pytest.param(CHINESE.encode("gb18030"), "gb2312", "gb18030", id="GB2312 in the header means GB18030"),
        pytest.param(f'<meta charset="gbk">{CHINESE}'.encode("gb18030"), None, "gb18030", id="the page's own meta"),
        pytest.param(
            f'<meta charset="utf-8">{CHINESE}'.encode("gb18030"), None, "gb18030", id="a meta that plainly lies"
        ),
        pytest.param(CHINESE.encode("gb18030"), None, "gb18030", id="GB18030 by its characters"),
        pytest.param(TAIWANESE.encode("big5"), None, "big5hkscs", id="Big5 by its characters"),
        pytest.param(
            "The council’s chief – of ‘staff’ – on “the lady’s”\xa0visit… ".encode("cp1252"),
            None,
            "cp1252",
            id="marks of print alone",
        ),
        pytest.param("Un communiqué à l’état".encode("cp1252"), None, "cp1252", id="Latin letters"),
        pytest.param(f"{CHINESE}\n".encode("utf-16-le"), None, "utf-16-le", id="Chinese in UTF-16 without a mark"),
        pytest.param(f"{CHINESE}\n".encode("utf-16-be"), None, "utf-16-be", id="the other order"),
        pytest.param(RUSSIAN.encode("cp1251"), "windows-1251", "cp1251", id="Cyrillic as Belarus declares it"),
        pytest.param(JAPANESE.encode("iso2022_jp"), None, "iso2022_jp_ext", id="Japanese mail"),
        pytest.param(KOREAN.encode("euc_kr"), "euc-kr", "cp949", id="EUC-KR means the code page that extends it"),
        pytest.param(b"<meta charset=utf-16>words", None, "utf-8", id="what reads as ASCII is not UTF-16"),
        pytest.param(b"words of a page", "utf-16", "utf-8", id="nor where the bytes show none"),
        pytest.param(b"<meta charset=utf-7>words", None, "utf-8", id="UTF-7 hides markup: no page is read so"),
        pytest.param(CHINESE.encode(), "iso-8859-1", "utf-8", id="Latin-1 fits anything: UTF-8 is likelier"),
    ],
)
def test_the_encoding_is_found(data: bytes, declared: str | None, encoding: str) -> None:
    assert decode(data, declared=declared).encoding == encoding


@pytest.mark.parametrize("declared", ["big5", "euc-kr", "shift_jis", "iso-2022-jp", "utf-8"])
def test_one_damaged_byte_does_not_make_a_wrong_declaration_right(declared: str) -> None:
    """A page in UTF-8 that declares something else and is cut inside a character is still UTF-8."""
    assert decode(CHINESE.encode()[1:] + b"<p>", declared=declared).encoding == "utf-8"


@pytest.mark.parametrize(
    "encoding", ["big5", "gb18030", "euc-kr", "shift_jis", "iso-2022-jp", "hz", "utf-8", "utf-16-le"]
)
@example(pieces=[b"\x88\x62", b"\xe6\x9c", b"\x88", b"1"])
@given(
    pieces=st.lists(
        st.sampled_from([CHINESE[:2].encode(), b"\x88", b"\x81\x30", b"\xff", b"1", b"\xe6\x9c", b"\x1b$B"])
    )
)
def test_every_byte_of_damaged_text_belongs_to_one_character(encoding: str, pieces: list[bytes]) -> None:
    """A byte that ends no character may begin the next: no character is left without bytes of its own."""
    data = b"a " + b"".join(pieces)
    characters = decode(data, encoding=encoding)
    places = [characters.byte(i) for i in range(len(characters.text) + 1)]
    assert places[-1] == len(data)
    assert sorted(set(places)) == places


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        pytest.param(b"", Empty, "empty", id="nothing"),
        pytest.param(b" \r\n\t ", Empty, "empty", id="only white space"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", NotText, "PNG image", id="an image"),
        pytest.param(b"\x1f\x8b\x08\0\0\0", NotText, "gzip", id="a compressed file"),
        pytest.param(b"MZ\x90\0\x03\0\0\0", NotText, "program", id="a program"),
        pytest.param(bytes(range(0x80, 0x100)) * 40, Undecodable, "--encoding", id="noise"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as raised:
        decode(data, where="page.html")
    assert "page.html" in str(raised.value)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (GREEK, "cp1253"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
    ],
)
def test_what_nobody_declares_is_weighed_and_warned_of(words: str, encoding: str) -> None:
    with pytest.warns(EncodingGuessed, match=r"page\.txt.*--encoding"):
        assert decode(words.encode(encoding), where="page.txt").text == words


@pytest.mark.parametrize(
    "encoding", ["iso2022_jp", "euc_jp", "shift_jis", "utf-7", "idna", "punycode", "undefined", "rot13"]
)
@given(data=st.binary(max_size=60))
def test_no_declared_encoding_ends_in_anything_but_an_error_by_name(encoding: str, data: bytes) -> None:
    try:
        characters = decode(data, encoding=encoding)
    except (Empty, NotText, Undecodable):
        return
    positions = [characters.byte(i) for i in range(len(characters.text))]
    assert positions == sorted(positions)


def test_an_encoding_that_shifts_keeps_every_place() -> None:
    """The bytes of a Japanese character mean it only behind an escape sequence."""
    characters = decode(JAPANESE.encode("iso2022_jp"))
    assert characters.per_character
    assert characters.text == JAPANESE
    at = JAPANESE.index("港")
    assert characters.slice(characters.byte(at), characters.byte(at + 1)) == "港"


def test_words_may_begin_like_a_program() -> None:
    assert decode(b"MZ is short for many things.").text.startswith("MZ")


def test_a_named_encoding_is_taken_and_an_unknown_one_refused() -> None:
    assert decode("é".encode("latin-1"), encoding="latin-1").text == "é"
    with pytest.raises(Undecodable, match="no text encoding called 'klingon'"):
        decode(b"x", encoding="klingon")


def test_damaged_bytes_keep_their_places() -> None:
    """One bad byte in an honest page: the rest reads, and every later offset still holds."""
    data = "一二三".encode()[:-1] + b" and more"
    characters = decode(data, declared="utf-8")
    assert characters.damaged
    at = characters.text.index("and")
    assert data[characters.byte(at) :] == b"and more"


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le"]),
)
def test_every_character_knows_its_byte(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    if not data.strip(b" \t\r\n\0"):
        return
    try:
        characters = decode(data, encoding=encoding)
    except NotText:
        return
    for i, character in enumerate(characters.text):
        assert data[characters.byte(i) :].startswith(character.encode(encoding, "surrogateescape"))


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        characters = decode(data)
    except (Empty, NotText, Undecodable):
        return
    positions = [characters.byte(i) for i in range(len(characters.text))]
    assert positions == sorted(positions)
    assert all(0 <= position <= len(data) for position in positions)
