"""Whether words before a colon name a speaker, or are speech ("I have two points to make:")."""

from __future__ import annotations

import re

#: A label names somebody and is not a sentence: words that occur only in sentences.
_SENTENCE = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|has|have|had|will|would|want|wish|like|say|said|says|make|made|add|stress|ask|know|"
    r"share|may|might|can|must|should|as|i|we|you|it|this|that|here|but|between|under|if|one|first|second|third|fourth|fifth|"
    r"firstly|secondly|thirdly|lastly|finally|besides)\b|\d\d|[,;!?]\s|[\"“”]"
)
#: Names that are written as words of a sentence are, behind another name: "Omar Said", "Theresa May".
_NAME_LIKE_VERB = re.compile(r"(?<=^[A-Z][a-z]{2} )(?:Said|May|Will|Like)$|(?<=[a-z]{3} )(?:Said|May|Will|Like)$")
_PUNCTUATION = re.compile(r"[，。？！；、“”\d]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LOOKALIKE = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
#: Endings of Chinese names of outlets. Other words may be a heading inside an answer ("第一宗罪：").
_OUTLET_END = re.compile(r"(?:社|报|台|网|视|刊|播|周刊|月刊|杂志|新闻|电讯|公司|频道|中心|传媒|集团|组织|记者)$")
#: Words of a label at most in a script without capitals, where nothing else tells a name from a clause.
_CASELESS_WORDS = 4
_SMALL_WORDS = frozenset(("of", "the", "and", "for", "in", "de", "la", "le", "el", "al", "del", "di", "du", "des", "&"))


def names_somebody(words: str) -> bool:
    """Whether ``words`` can be a label: some capitalised words or a few Han characters, and not a sentence."""
    if _HAN.search(words):
        return len(words) <= 4 or (
            len(words) <= 14 and bool(_OUTLET_END.search(words)) and not _PUNCTUATION.search(words)
        )
    parts = words.split()
    return (
        0 < len(parts) <= 7
        and not _SENTENCE.search(_NAME_LIKE_VERB.sub("", words))
        and all(part in _SMALL_WORDS or part[0].isupper() or part[0] in "(0123456789" for part in parts)
    ) or (0 < len(parts) <= _CASELESS_WORDS and is_caseless(words) and not _SENTENCE.search(words))


def is_caseless(words: str) -> bool:
    """Whether the words are of a script without capitals other than Han and kana: Arabic, Hebrew, Thai, Devanagari, Hangul."""
    return (
        not is_han(words)
        and any(letter.isalpha() for letter in words)
        and all(
            part.isdigit() or (part[0].isalpha() and not part[0].isupper() and not part[0].islower())
            for part in words.split()
        )
    )


#: The most common family names, borne by more than four in five people: words that begin with one may be a person's name.
_FAMILIES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤耿华洪章"
)


def names_person(words: str) -> bool:
    """Whether ``words`` can be a person's name: two or three capitalised words, or a family name and one or two Han
    characters."""
    if _HAN.search(words):
        return 2 <= len(words) <= 3 and words[0] in _FAMILIES and all(_HAN.match(c) for c in words)
    parts = words.split()
    return 2 <= len(parts) <= 3 and names_somebody(words) and all(part[:1].isupper() for part in parts)


def is_han(words: str) -> bool:
    """Whether there are Han characters or kana in the words."""
    return _HAN_OR_KANA.search(words) is not None


def mixes_alphabets(words: str) -> bool:
    """Whether one of the words is made of Latin and of Cyrillic or Greek letters, which only look the same: ``Rеuters``."""
    return any(_LATIN.search(word) and _LOOKALIKE.search(word) for word in re.split(r"[\s/-]+", words))
