"""English cues of undertakings: where an act ends, and how, by what and when a thing is to be done."""

from __future__ import annotations

import re

from onrecord.languages.en.undertaking_words import english, words
from onrecord.languages.en.undertakings import read_parts
from onrecord.languages.readers import UndertakingCues, UndertakingReader

_MONTH = (
    r"(?:early |late |mid-?)?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}\b(?!\d))?(?:,? (?:of )?\d{4})?"
)
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|ten|thirty|sixty|ninety|several|few)"
_UNIT = r"(?:hours?|days?|weeks?|months?|years?|decade)"
_END_OF = (
    r"(?:end|beginning|middle|close) of (?:the |this |next )?(?:(?:calendar |fiscal )?year|month|week|decade|quarter|summer"
    r"|(?:fiscal year |FY )?\d{4}|[A-Z][a-z]+(?: \d{4})?)"
)
_COMING = r"(?:this|next) (?:year|month|week|summer|spring|autumn|fall|winter|[A-Z][a-z]+)"
_YEAR = r"(?:early |late |mid-?)?(?:fiscal year |FY ?)?(?:19|20)\d\d\b"

CUES = UndertakingCues(
    joined=re.compile(r"(?:[,;，；、]|\band\b|\bbut\b)\s*(?:(?:and|but|also|both|have|has|then|jointly|further)\s*)*$"),
    says=re.compile(
        r",?\s+(?:and|but|while)\s+(?:also\s+|both\s+)?(?:said|told|noted|stress|emphasiz|thank|welcom|express|reaffirm|reiterat|underscor|discuss|agreed|"
        r"condemn|shared|convey|highlight|urged|called on|offered|underlin|praised|commend|congratulat|exchanged|"
        r"reviewed|recogniz)\w*\b",
        re.IGNORECASE,
    ),
    trailing=re.compile(r"(?:[,;，；、。\s]|\band also$|\band$|\bbut$|\balso$)+$"),
    namely=re.compile(
        r"[^.。\n]{0,60}?(?:\bincluding\b|\bsuch as\b|\bnamely\b|\bfor example\b|[:：])[^.。\n]*|[\s，,、]{0,6}",
        re.IGNORECASE,
    ),
    consensus=re.compile("consensus|agreement|understanding"),
    reciprocal=re.compile(
        r"\breciproc\w*|\beach (?:other|side)\b|\bone another\b"
        r"|\bmutual(?:ly)? (?!trust|benefi|understanding|respect|interest|concern|support|political)",
        re.IGNORECASE,
    ),
    before_kind=re.compile(
        r"(?:\b(?:joint|bilateral|trilateral|multilateral|high-level|regular|new|permanent|direct|annual|senior|ministerial|leader-level|strategic|economic|trade|"
        r"technical|economic and trade|military-to-military|working-level|candid|constructive|further)\s+)+$",
        re.IGNORECASE,
    ),
    listed=re.compile(r"(?:[,、，]|\band\b|\bin\b|\bon\b|\bof\b|\bto\b|\bincluding\b|\bas\b|\bfor\b)\s*(?:the\s+)?$"),
    several=re.compile(" "),
    deadline=re.compile(
        rf"\b(?:by|before|no later than|prior to) (?:the )?(?:{_END_OF}|{_COMING}|{_YEAR}|{_MONTH}|mid-?century)"
        rf"|\bwithin (?:the (?:next|coming) )?{_NUMBER} (?:\w+ )?{_UNIT}"
        rf"|\b(?:over|in|during) the (?:next|coming) (?:{_NUMBER} )?{_UNIT}"
        r"|\b(?:later|earlier in) (?:this|next) (?:year|month|week)|\bat the end of (?:this|next|the) (?:year|month)"
    ),
    opening=40,
    reach=60,
    at_home=english().at_home,
    deal=re.compile(
        r"\b(?:deal|agreement|framework|partnership|joint|summit|dialogue|call|meeting|visit|cooperation|relations)\b.*?"
        r"\b(?:with|between|and|of|to)\b|\bU\.S\.\s?[-–]\s?[A-Z]",
        re.IGNORECASE,
    ),
    world=re.compile(
        r"\b(?:(?:other|all|developing|neighbou?ring|African|Asian|European|Pacific|island|partner|poor(?:er)?|vulnerable|low-income|"
        r"emerging)\s+(?:countries|nations|states|parties|governments|sides|economies|partners)|the world\b|globally|"
        r"multilateral|climate|international (?:community|cooperation)|"
        r"global (?:community|health|security|peace|development|challenges|response|food)|"
        r"emissions?\b|net.zero|carbon\b|market access|opening.up|"
        r"open(?:ing)? (?:\w+ )?wider|expand(?:ing)? imports?|foreign (?:invest\w+|businesses)|"
        r"(?:in|across|throughout|to|of|from|with) (?:(?:sub-Saharan|Southeast|South|Central|North|West|East|Eastern|Western|"
        r"Southern|the|Latin) )*(?:Africa|Asia|Caribbean|Pacific|Indo-Pacific|Middle East|Sahel|Balkans|"
        r"Americas?(?! (?:people|workers))|Europe|Hemisphere|Arctic)\b|"
        r"(?:Caribbean|Central American|African|Pacific|like-minded)(?: \w+){0,2} "
        r"(?:partners|institutions|agencies|neighbou?rs|people)|"
        r"countries in need)",
        re.IGNORECASE,
    ),
    partners=re.compile(
        r"\b(?:partners?|allies|the region|regional(?:ly)?|governments|countries|democracies|neighbou?rs|communities|worldwide|"
        r"abroad|overseas)\b",
        re.IGNORECASE,
    ),
    region=english().regions,
    both=re.compile(
        r"\b(?:the|our) two (?:countries|sides|peoples|nations)\b|\bbilateral\b|\bboth (?:countries|sides|peoples)\b",
        re.IGNORECASE,
    ),
    thus=re.compile(
        r"\bconstructive role\b|\bto this end\b|\bin this regard\b|\b(?:these|their|such) efforts\b", re.IGNORECASE
    ),
    aside=re.compile(r",?\s+(?:while|as we|even as)\b"),
)
READER = UndertakingReader(read_parts, words(), CUES)
