"""The language of a text by its content: short invented texts, texts that show none, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.languages.detection import detect, known

CASES = [
    ("The two sides agreed to stay in close touch.", "en", "common words"),
    ("Readout of the call with the Prime Minister of Japan", "en", "a title"),
    ("Q: Thank you. Do you have any comment on the report?", "en", "a question behind its label"),
    ("双方同意就此保持密切联系，并继续推动对话。", "zh", "simplified characters"),
    ("雙方同意就此保持密切聯繫，並繼續推動對話。", "zh-Hant", "traditional characters"),
    ("外交部發言人主持例行記者會", "zh-Hant", "a title"),
    ("中文 WTO 規則與 APEC 會議的討論仍在繼續進行", "zh-Hant", "Latin abbreviations inside"),
    ("Las dos partes acordaron mantener un contacto estrecho.", "es", "common words"),
    ("¿Cuándo viajará la ministra a la reunión de Asunción?", "es", "signs and endings"),
    ("As duas partes concordaram em manter contato próximo.", "pt", "close to Spanish"),
    ("A reunião será realizada em Brasília na próxima semana.", "pt", "letters"),
    ("Les deux parties sont convenues de rester en contact.", "fr", "common words"),
    ("Qu’est-ce que le ministre a dit à l’ambassadeur hier ?", "fr", "words that are cut short"),
    ("Beide Seiten vereinbarten, in engem Kontakt zu bleiben.", "de", "common words"),
    ("Die Bundesregierung begrüßt die Erklärung der Kommission.", "de", "letters and endings"),
    ("Стороны договорились поддерживать тесный контакт.", "ru", "Cyrillic"),
    ("Сторони домовилися підтримувати тісні контакти.", "uk", "its own letters"),
    ("双方は引き続き緊密に連絡を取り合うことで一致した。", "ja", "kana among Han characters"),
    ("양측은 앞으로도 긴밀히 소통해 나가기로 하였다.", "ko", "Hangul"),
    ("외교부(外交部)는 한중(韓中) 정책협의회를 열었다.", "ko", "Han characters in brackets"),
    ("اتفق الجانبان على مواصلة التواصل الوثيق بينهما.", "ar", "Arabic"),
    ("دو طرف توافق کردند که ارتباط نزدیک خود را ادامه دهند.", "fa", "Arabic letters, Persian words"),
    ("Le due parti hanno deciso di restare in contatto.", "it", "a language without a package keeps its name"),
    ("", "und", "nothing"),
    ("G20 2024 – 12:30", "und", "no words"),
    ("Xi Jinping", "und", "a name is of no language"),
    ("สองฝ่ายตกลงที่จะติดต่อกันอย่างใกล้ชิด", "th", "a script of its own"),
    ("Οι δύο πλευρές συμφώνησαν να μείνουν σε στενή επαφή.", "el", "a script of its own"),
    ("שני הצדדים הסכימו לשמור על קשר הדוק.", "he", "a script of its own"),
    ("दोनों पक्ष निकट संपर्क में रहने पर सहमत हुए हैं।", "hi", "common words, in a script that several languages share"),
    ("दोन्ही बाजूंनी जवळच्या संपर्कात राहण्याचे मान्य केले आहे.", "mr", "its neighbour in that script"),
    ("Bandari itafunguliwa mwezi wa Juni, kama wakaguzi watakubali.", "sw", "common words"),
    ("Luka će biti otvorena u lipnju, ako se inspektori s time slože.", "hr", "common words and letters"),
    ("Satama avataan kesäkuussa, jos tarkastajat ovat samaa mieltä.", "fi", "endings and letters"),
    ("ཕྱོགས་གཉིས་ཀྱིས་འབྲེལ་བ་དམ་པོ་མཐུན་པ་བྱུང་།", "und", "a script that no language known is written in"),
    ("zxcv qwrtp hjklm bnmvx", "und", "no language"),
    ("https://example.org/the/and/of/to", "und", "an address is no text"),
]


@pytest.mark.parametrize(("text", "language", "why"), CASES)
def test_the_language_of_a_short_text(text: str, language: str, why: str) -> None:
    assert detect(text) == language, why


@given(st.text())
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    assert detect(text).partition("-")[0] in {*known(), "und"}


@pytest.mark.parametrize(("text", "language", "why"), [case for case in CASES if case[1] != "und"])
def test_more_of_the_same_changes_nothing(text: str, language: str, why: str) -> None:
    assert detect(" ".join([text] * 40)) == language, why


def test_every_language_with_a_package_can_be_recognised() -> None:
    assert set(languages.codes()) <= {code for code, marks in known().items() if marks.scripts}


#: Issuers whose language is known, the pages to look at, and the least share that must be right at 80 characters.
ISSUERS = [
    ("kr-mnd", "ko", 0.97),
    ("br-planalto", "pt", 0.93),
    ("ar-casarosada", "es", 0.96),
    ("us-fed", "en", 0.94),
]


@pytest.mark.parametrize(("folder", "language", "least"), ISSUERS)
def test_real_pages(shared, folder: str, language: str, least: float) -> None:  # type: ignore[no-untyped-def]
    """Stretches of 80 characters from the middle of pages, and whole pages."""
    pages = [
        " ".join(path.read_text(encoding="utf-8", errors="ignore").split("---", 2)[-1].split())
        for path in sorted((shared / "data" / folder).iterdir())
        if path.suffix in (".md", ".txt")
    ]
    pages = [page for page in pages if len(page) > 800][:60]
    assert len(pages) >= 5
    cuts = [page[at : at + 80] for page in pages for at in range(300, min(len(page), 2_700) - 80, 240)]
    assert sum(detect(cut) == language for cut in cuts) >= least * len(cuts)
    assert all(detect(page) == language for page in pages)
