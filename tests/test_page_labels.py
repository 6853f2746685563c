"""Labels of pages whose house is unknown: their forms, who they are, and what only looks like one. All words are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import NotAStatement
from onrecord.record import fold


def told(words: str) -> list[tuple[str, str | None, str | None, str]]:
    document = onrecord.read(("Press briefing, 12 May 2025\n\n" + words).encode(), house="plain")
    return [(turn.kind, turn.speaker, turn.outlet, fold(turn.text)) for turn in document]


FORMS = [
    ("Q. Why?\n\nA. So it is and was.\n\nQ. When?\n\nA. Soon.", [("question", None, None), ("answer", None, None)] * 2, "letters with a full stop"),
    ("Q - Why?\n\nR - So it is and was.\n\nQ – When?\n\nR – Soon.", [("question", None, None), ("answer", None, None)] * 2, "letters with a dash"),
    ("1. Q: Why?\n\nA: So.", [("question", None, None), ("answer", None, None)], "a number before the label"),
    ("[00:00:04] SPEAKER 1: It is so.\n\n[00:00:09] SPEAKER 2: Why?", [("statement", "Speaker 1", None), ("question", "Speaker 2", None)], "a time before it"),
    ("Rin Oda 0:04\nIt is so today.\n\nUnknown Speaker 0:09\nWhy is it?\n\nRin Oda 0:12\nBecause.",
     [("statement", "Rin Oda", None), ("question", "Unknown Speaker", None), ("answer", "Rin Oda", None)], "a name and a time alone on a line"),
    ("CHAIR HOLM. Good afternoon.\n\nANNA BELL. Why?\n\nCHAIR HOLM. So.",
     [("statement", "HOLM", None), ("question", "ANNA BELL", None), ("answer", "HOLM", None)], "capitals and a full stop"),
    ("QUESTION; Why?\n\nMINISTER HOLM: So.", [("question", None, None), ("answer", "HOLM", None)], "a semicolon misprinted"),
    ("Minister HOLM: It is so.\n\nTide Shimbun, BELL: Why?", [("statement", "HOLM", None), ("question", "BELL", "Tide Shimbun")], "outlet and name"),
    ("Anna Bell (Tide Weekly): Why?\n\nMinister Holm: So.", [("question", "Anna Bell", "Tide Weekly"), ("answer", "Holm", None)], "name and outlet in brackets"),
    ("ANNA BELL/TIDE WEEKLY: Why?\n\nMinister Holm: So.", [("question", "ANNA BELL", "TIDE WEEKLY"), ("answer", "Holm", None)], "name, slash, outlet"),
    ("Question from the Tide Weekly: Why?\n\nMinister Holm: So.", [("question", None, "Tide Weekly"), ("answer", "Holm", None)], "a question from an outlet"),
    ("MINISTER OF LAKES, DANA HOLM: It is so.\n\nQUESTION: Why?", [("statement", "DANA HOLM", None), ("question", None, None)], "office and name"),
    ("The Minister for Lakes and Rivers (Ms. Holm): It is so.\n\nQUESTION: Why?", [("statement", "Holm", None), ("question", None, None)], "an office, the name in brackets"),
    ("PRESIDENT ODA (as interpreted): It is so.\n\nQUESTION: Why?", [("statement", "ODA", None), ("question", None, None)], "a stage direction behind the name"),
    ("Minister Holm: Have we not said so?\n\nQUESTION: Why?", [("statement", "Holm", None), ("question", None, None)], "an official who asks is no outlet"),
    ("PREGUNTA: ¿Por qué?\n\nMINISTRA HOLM: Porque sí.", [("question", None, None), ("answer", "HOLM", None)], "Spanish"),
    ("Question : Pourquoi ?\n\nRéponse : Parce que.", [("question", None, None), ("answer", None, None)], "French"),
    ("ВОПРОС: Почему это так?\n\nОТВЕТ: Потому что так надо.", [("question", None, None), ("answer", None, None)], "Russian"),
    ("【ホルム大臣】 港は六月に開く予定です。\n\n【アーレン新報 佐山記者】 夏の前になりますか。", [("statement", "ホルム", None), ("question", "佐山", "アーレン新報")], "lenticular brackets"),
    ("中央社 何丹娜：港口究竟會在何時開放？\n\n部長：在六月開放。", [("question", "何丹娜", "中央社"), ("answer", "部長", None)], "outlet and name in Chinese"),
    ("<질문> 항구는 여름 전에 열립니까?\n\n<답변> 유월에 열립니다.", [("question", None, None), ("answer", None, None)], "angle brackets"),
    ("[Minister Holm]\nIt is so today.\n\n[Reporter]\nWhy is it?\n\n[Minister Holm]\nSo.",
     [("statement", "Holm", None), ("question", None, None), ("answer", "Holm", None)], "square brackets alone on a line"),
    ("[00:04.12] Rin Oda\nIt is so today.\n\n[01:09.00] Reporter\nWhy is it?\n\n[01:12.50] Rin Oda\nBecause.",
     [("statement", "Rin Oda", None), ("question", None, None), ("answer", "Rin Oda", None)], "a time in brackets, then the name alone"),
    ("Rin Oda -- Minister of Lakes\nIt is so today.\n\nAnna Bell -- Tide Weekly -- Reporter\nWhy is it?\n\nRin Oda -- Minister of Lakes\nSo.",
     [("statement", "Rin Oda", None), ("question", "Anna Bell", "Tide Weekly"), ("answer", "Rin Oda", None)], "what the bearer of a name is behind dashes"),
    ("Rin Oda, Minister of Lakes: It is so.\n\nAnna Bell, Tide Weekly: Why?\n\nRin Oda, Minister of Lakes: So.",
     [("statement", "Rin Oda", None), ("question", "Anna Bell", "Tide Weekly"), ("answer", "Rin Oda", None)], "name and office, name and outlet"),
    ("Rin Oda (Minister of Lakes): It is so.\n\nQUESTION: Why?", [("statement", "Rin Oda", None), ("question", None, None)], "an office in brackets is no outlet"),
    ("Вопрос («Озёрные известия»): Почему?\n\nОтвет: Так надо.", [("question", None, "Озёрные известия"), ("answer", None, None)], "an outlet in brackets and quotation marks"),
    ("Q\tWhy is it so?\n\nHOLM\tSo it is.\n\nQ\tAnd when?\n\nHOLM\tSoon.", [("question", None, None), ("answer", "HOLM", None)] * 2, "a tab before the words"),
    ("MR SAYER: Where were you?\n\nA. At home.\n\nQ. And who was there?\n\nA. My brother.\n\nMR SAYER: Nothing further.",
     [("question", "SAYER", None), ("answer", None, None), ("question", None, None), ("answer", None, None), ("question", "SAYER", None)],
     "a witness who answers an examiner by name"),
    ("MR SAYER: Two points.\n\nA. The port is closed.\n\nB. It is old.\n\nMS HOLM: Why is it?",
     [("statement", "SAYER", None), ("question", "HOLM", None)], "a letter before a point is no answer"),
    ("Ms Anna Bell asked the Minister of Lakes: When?\n\nMinister Oda: In July.\n\nMr Sarre asked the Minister of Lakes: Why?\n\nMinister Oda: So.",
     [("question", "Anna Bell", None), ("answer", "Oda", None), ("question", "Sarre", None), ("answer", "Oda", None)], "a sentence that tells who asked"),
    ("Minister Oda: It is so.\n\nI asked the Minister of Lakes: why?\n\nQUESTION: Why?",
     [("statement", "Oda", None), ("question", None, None)], "nobody's name asks in it"),
    ("M I N I S T E R :  It is so.\n\nQ U E S T I O N :  Why?\n\nM I N I S T E R :  So.",
     [("statement", "Minister", None), ("question", None, None), ("answer", "Minister", None)], "letters set apart"),
    ("M I N I S T E R   H O L M :  Es ist so.\n\nF r a g e :  Warum?", [("statement", "HOLM", None), ("question", None, None)], "two words of such letters"),
    ("<질문> (아를렌신문 홍길동 기자) 항구는 언제 열립니까?\n\n<답변> 유월에 열립니다.\n\n‹질문> (스트렐방송) 누가 돈을 냅니까?\n\n‹답변› 건설사가 냅니다.\n\n<질문> (웃음) 정말입니까?",
     [("question", "홍길동", "아를렌신문"), ("answer", None, None), ("question", None, "스트렐방송"), ("answer", None, None), ("question", None, None)],
     "who asks in brackets behind a label in angle brackets, and a laugh there"),
    ("— Why is it so?\n\n— It is so.\n\n— And when?\n\n— Soon.", [("question", None, None), ("answer", None, None)] * 2, "dashes alone"),
    ("Q: Why is it so?\n\nHolm: So it is.", [("question", None, None), ("answer", "Holm", None)], "one name, right behind a question"),
    ("Q (Anna Bell, Tide Weekly): Why is it so?\n\nMinister Holm: So it is.", [("question", "Anna Bell", "Tide Weekly"), ("answer", "Holm", None)], "Q, and who asks in brackets"),
    ("The CHAIR. It is so today.\n\nMr. SAYER. Why is it?\n\nThe CHAIR. So.", [("statement", "The CHAIR", None), ("question", "SAYER", None), ("answer", "The CHAIR", None)], "an article before the capitals"),
    ("[SPEAKER_00]: It is so today.\n[SPEAKER_01]: Why is it?\n[SPEAKER_00]: So.",
     [("statement", "Speaker_00", None), ("question", "Speaker_01", None), ("answer", "Speaker_00", None)], "a colon behind brackets"),
    ("[Minister Holm]\nIt is so today.\n\n[Reporter, Tide Weekly]\nWhy is it?\n\n[Minister Holm]\nSo.",
     [("statement", "Holm", None), ("question", None, "Tide Weekly"), ("answer", "Holm", None)], "a reporter and an outlet in brackets"),
    ("LA MINISTRE - Bonsoir à tous.\n\nQUESTION - Pourquoi ?\n\nREPONSE - Parce que.\n\nQUESTION - Et quand ?\n\nLA MINISTRE - En mai.",
     [("statement", "La Ministre", None), ("question", None, None), ("answer", None, None), ("question", None, None), ("answer", "La Ministre", None)], "capitals and a dash"),
    ("問）　港はいつ開きますか。\n\n答）　六月に開きます。", [("question", None, None), ("answer", None, None)], "a Han character and a bracket"),
    ("reporter: why is it so?\n\nminister holm: so it is.", [("question", None, None), ("answer", "holm", None)], "no capitals"),
    ("SRS HILLE: Es ist so.\n\nFRAGE JESSEN: Warum ist es so?\n\nHOLM (BMDV): Darum ist es so.",
     [("statement", "SRS HILLE", None), ("question", "JESSEN", None), ("answer", "HOLM", None)], "a word for a question and a name; a ministry in brackets"),
    ("14:03:11 From Rin Oda to Everyone:\n\tIt is so today.\n14:05:40 From Anna Bell (Tide Weekly) to Everyone:\n\tWhy is it?",
     [("statement", "Rin Oda", None), ("question", "Anna Bell", "Tide Weekly")], "the chat of a meeting"),
    ("Ms DANA HOLM (Arlen North—Minister for Lakes) (14:03): It is so.\n\nMr SAYER (14:05): Why is it?",
     [("statement", "DANA HOLM", None), ("question", "SAYER", None)], "a seat, an office and a time in brackets"),
    ("Domanda: Perché è così?\n\nMinistro Holm: Perché sì.", [("question", None, None), ("answer", "Holm", None)], "Italian, which has no package"),
    ("Soru: Neden böyle?\n\nCevap: Öyle olduğu için.", [("question", None, None), ("answer", None, None)], "Turkish, which has no package"),
    ("Mr. Sayer: It is so.\n\nSome hon. members: Oh, oh!\n\nMs. Holm: Why is it?",
     [("statement", "Sayer", None), ("statement", "Some hon. members", None), ("question", "Holm", None)], "voices of a chamber"),
    ("总台央视记者：港口究竟会在何时开放？\n\n发言人：在六月开放。", [("question", None, "总台央视"), ("answer", None, None)], "an outlet before the word for reporter"),
    ("Q : Why?\n\nR : So it is.\n\nQ : When?\n\nR : Soon.", [("question", None, None), ("answer", None, None)] * 2, "a space before the colon"),
    ("Dana Holm (Spokesperson) [2:01 PM]\nIt is so today.\n\nAnna Bell (Tide Weekly) [2:03 PM]\nWhy is it?\n\nDana Holm (Spokesperson) [2:04 PM]\nSo.",
     [("statement", "Dana Holm", None), ("question", "Anna Bell", "Tide Weekly"), ("answer", "Dana Holm", None)], "an office and an hour behind the name, in a chat"),
    ("[0.0s - 6.4s] SPEAKER_00: It is so.\n\n[6.9s - 9.1s] SPEAKER_01: Why is it?", [("statement", "Speaker_00", None), ("question", "Speaker_01", None)], "seconds before the label"),
    ("(Jo Holm, Tide Weekly): Why is it?\n\nSpokesperson: So.\n\n(Al Bell, Arlen Post): When?\n\nSpokesperson: Soon.",
     [("question", "Jo Holm", "Tide Weekly"), ("answer", None, None), ("question", "Al Bell", "Arlen Post"), ("answer", None, None)], "all in brackets"),
    ("Question by Anna Bell (Arlen Post): Why?\n\nAnswer: So.", [("question", "Anna Bell", "Arlen Post"), ("answer", None, None)], "who asks, and for whom"),
    ("Shri Rin Holm, Official Spokesperson: It is so.\n\nLeena, Tide Times: Why?\n\nShri Rin Holm, Official Spokesperson: So.",
     [("statement", "Rin Holm", None), ("question", "Leena", "Tide Times"), ("answer", "Rin Holm", None)], "an office behind the name"),
    ("Jo Tran MP: It is so.\n\nJournalist: Why?", [("statement", "Jo Tran", None), ("question", None, None)], "a seat behind the name"),
    ("Dana Holm: It is so.\n\nQUESTION: Why?\n\nHOLM: So.", [("statement", "Dana Holm", None), ("question", None, None), ("answer", "Dana Holm", None)], "the surname of a name that another label has"),
    ("Jo Bell (Office Spokesperson): Welcome.\n\nDana Holm (Secretary General): It is so.\n\nQUESTION: Why?\n\nSecretary General: So.",
     [("statement", "Jo Bell", None), ("statement", "Dana Holm", None), ("question", None, None), ("answer", "Dana Holm", None)], "an office alone that another label prints with its name"),
    ("Л. ОРЛОВА:\n\nЭто было так и вчера.\n\nВОПРОС (газета «Пример»):\n\nПочему?\n\nЛ. ОРЛОВА:\n\nПотому.",
     [("statement", "Л. ОРЛОВА", None), ("question", None, "газета «Пример»"), ("answer", "Л. ОРЛОВА", None)], "an initial in Cyrillic; an outlet with what it is"),
    ("سامي حداد: هذا هو الحال اليوم.\n\nسؤال (قناة المثال): لماذا؟\n\nسامي حداد: لأنه كذلك.",
     [("statement", "سامي حداد", None), ("question", None, "قناة المثال"), ("answer", "سامي حداد", None)], "a script without capitals"),
    ("Vorsitzende Behrend: Guten Tag.\n\nFrage: Warum?\n\nHolm (AA): Darum ist es so.\n\nVorsitzende Behrend: Damit schließe ich.",
     [("statement", "Behrend", None), ("question", None, None), ("answer", "Holm", None), ("statement", "Behrend", None)], "who chairs, by name"),
    ("Minister Holm: It is so.\n\nQ   Why?\n\nMinister Holm: So.\n\nQ   When?\n\nMinister Holm: Soon.\n\nEND 3:02 P.M. EDT\n\nMedia office: (02) 6277 0000\n\nhttps://www.example.org/a 1/2",
     [("statement", "Holm", None), ("question", None, None), ("answer", "Holm", None), ("question", None, None), ("answer", "Holm", None)], "an end, a telephone number, an address are nobody"),
    ("ΔΗΜΟΣΙΟΓΡΑΦΟΣ: Πότε θα ανοίξει το λιμάνι;\n\nΕΚΠΡΟΣΩΠΟΣ: Τον Ιούνιο.", [("question", None, None), ("answer", None, None)], "capitals without accents"),
    ("Question : Quand ?\n\nRe\u0301ponse : En juin.", [("question", None, None), ("answer", None, None)], "accents that are characters of their own"),
    ("\u200fשאלה\u200f: מתי ייפתח הנמל?\u200f\n\n\u202bתשובה:\u202c הנמל ייפתח ביוני.", [("question", None, None), ("answer", None, None)], "direction marks"),
    ("媒體問：港口究竟會在何時開放？\n\n部長答：在六月開放。\n\n媒體追問：誰來付錢？\n\n部長答：由承包商付。",
     [("question", None, None), ("answer", "部長", None)] * 2, "a word for the press is no outlet, and one for an answer no name"),
    ("Phóng viên báo Thủy Triều: Khi nào cảng mở cửa?\n\nNgười phát ngôn: Vào tháng sáu.\n\nPhóng viên TTXV: Ai sẽ trả tiền?",
     [("question", None, "Thủy Triều"), ("answer", None, None), ("question", None, "TTXV")], "two words for a reporter, and the outlet"),
    ("Корреспондент газеты «Озеро»: Почему?\n\nОтвет: Так надо.", [("question", None, "Озеро"), ("answer", None, None)], "an outlet in another case, in quotation marks"),
    ("Újságíró: Mikor nyílik meg a kikötő?\n\nSzóvivő: Júniusban.", [("question", None, None), ("answer", None, None)], "Hungarian, which has no package"),
    ("Swali: Bandari itafunguliwa lini?\n\nWaziri Holm: Mwezi wa Juni.", [("question", None, None), ("answer", "Holm", None)], "Swahili, which has no package"),
    ("SORU: Neden böyle?\n\nDIŞİŞLERİ BAKANI YILMAZ: Öyle.", [("question", None, None), ("answer", "YILMAZ", None)], "an office whose title comes last"),
    ("QUESTION: Why?\n\nFinance Minister Dana Holm: So.", [("question", None, None), ("answer", "Dana Holm", None)], "an office of two words"),
    ("Speaker A 00:12\nIt is so today.\n\nSpeaker B 00:31\nWhy is it?\n\nSpeaker A 00:40\nBecause.",
     [("statement", "Speaker A", None), ("question", "Speaker B", None), ("answer", "Speaker A", None)], "voices with letters"),
    ("○委員長（佐山和夫君）　これより会議を開きます。\n\n○大田花子君　港はいつ開くのですか。\n\n○国務大臣（保科一郎君）　六月に開く予定です。",
     [("statement", "佐山和夫", None), ("statement", "大田花子", None), ("statement", "保科一郎", None)], "a sign, and the name in brackets or before an honorific"),
    ("○위원장 홍길동  회의를 시작하겠습니다.\n\n○김철수 위원  항구는 언제 열립니까?\n\n○위원장 홍길동  답변해 주십시오.",
     [("statement", "홍길동", None), ("statement", "김철수", None), ("statement", "홍길동", None)], "a sign, an office and a name"),
    ("O SR. PRESIDENTE (Rui Modelo. Bloco/LG) – Declaro aberta a sessão.\n\nA SRA. ANA EXEMPLO (LG. Pela ordem.) – Quero falar: do porto.\n\nO SR. PRESIDENTE (Rui Modelo. Bloco/LG) – Tem a palavra.",
     [("statement", "Rui Modelo", None), ("statement", "ANA EXEMPLO", None), ("statement", "Rui Modelo", None)], "capitals, brackets and a dash"),
    ("M. le président. La parole est à Mme Exemple.\n\nMme Anne Exemple. Le port est fermé.\n\nM. Jean Modèle, ministre des lacs. Il ouvrira.\n\nM. le président. Merci.",
     [("statement", "le président", None), ("statement", "Anne Exemple", None), ("statement", "Jean Modèle", None), ("statement", "le président", None)], "a title, a name and a full stop"),
    ("Mr. Holm. I thank the chair.\n\nMs. Bell. The port is closed.\n\nMr. Holm. It will open in June.",
     [("statement", "Holm", None), ("statement", "Bell", None), ("statement", "Holm", None)], "the same in English"),
    ("Председательствующий. Заседание открыто.\n\nОрлова Л. И. Порт закрыт.\n\nПредседательствующий. Спасибо.",
     [("statement", "Председательствующий", None), ("statement", "Орлова Л. И.", None), ("statement", "Председательствующий", None)], "a surname and initials"),
    ("<Rin Oda – Chief Executive Officer>: We had a good year.\n\n<Q – Anna Bell – Tide Securities>: Why is it so?\n\n<A – Rin Oda – Lake Holdings>: Because.",
     [("statement", "Rin Oda", None), ("question", "Anna Bell", "Tide Securities"), ("answer", "Rin Oda", None)], "a call of a company, in angle brackets"),
    ("Rin Oda - Lake Holdings - CEO & Director\n\nWe had a good year.\n\nAnna Bell - Tide Securities - Analyst\n\nWhy is it so?\n\nRin Oda - Lake Holdings - CEO & Director\n\nBecause.",
     [("statement", "Rin Oda", None), ("question", "Anna Bell", "Tide Securities"), ("answer", "Rin Oda", None)], "name, company and role alone on a line"),
    ("Holm, Dana (MLAKES)   0:04\nIt is so today.\n\nBell, Anna (TIDE)   0:31\nWhy is it?\n\nHolm, Dana (MLAKES)   0:40\nBecause.",
     [("statement", "Dana Holm", None), ("question", "Anna Bell", "TIDE"), ("answer", "Dana Holm", None)], "the surname first, and the organisation"),
    ("14:03:11\t From  Rin Oda : It is so today.\n\n14:05:40\t From  Anna Bell (Tide Weekly) : Why is it?",
     [("statement", "Rin Oda", None), ("question", "Anna Bell", "Tide Weekly")], "a chat that names nobody addressed"),
    ("12/05/2025, 10:03 - Rin Oda: It is so today.\n\n12/05/2025, 10:05 - Anna Bell: Why is it?",
     [("statement", "Rin Oda", None), ("question", "Anna Bell", None)], "a day and an hour before the name"),
    ("Speaker A  00:12  It is so today.\n\nSpeaker B  00:31  Why is it?\n\nSpeaker A  00:40  Because.",
     [("statement", "Speaker A", None), ("question", "Speaker B", None), ("answer", "Speaker A", None)], "a time between the name and the words"),
    ("Q: Will it open? A: In June. Q: And the lock? A: It stays open.", [("question", None, None), ("answer", None, None)] * 2, "labels inside a paragraph"),
    ("MINISTER HOLM: It is so. QUESTION: Why? MINISTER HOLM: Because.",
     [("statement", "HOLM", None), ("question", None, None), ("answer", "HOLM", None)], "names in capitals inside a paragraph"),
    (" 1   THE COURT:  Good morning.\n 2   MR. HOLM:  I call Rin Oda.\n 3         DIRECT EXAMINATION\n 4   BY MR. HOLM:\n 5        Q.  Where were you?\n"
     " 6        A.  At the port, with\n 7   two others.\n 8        Q.  What did you see?\n 9        A.  A boat.",
     [("statement", "THE COURT", None), ("statement", "HOLM", None), ("question", None, None), ("answer", None, None), ("question", None, None), ("answer", None, None)],
     "numbers of rows in the margin"),
    ("PRESIDENTE. La seduta è aperta.\n\nANNA BELLI (LG). Il porto è chiuso.\n\nMARIO ESEMPI, Ministro dei laghi. Aprirà in giugno.\n\nPRESIDENTE. Grazie.",
     [("statement", "Presidente", None), ("statement", "ANNA BELLI", None), ("statement", "MARIO ESEMPI", None), ("statement", "Presidente", None)], "an office in capitals, a party in brackets, an office behind the name"),
    ("El señor PRESIDENTE: Se abre.\n\nLa señora EJEMPLO RUIZ (Grupo Lago): Gracias.\n\nEl señor MINISTRO DE LAGOS (Modelo Sanz): Abrirá.",
     [("statement", "Presidente", None), ("statement", "EJEMPLO RUIZ", None), ("statement", "Modelo Sanz", None)], "a courtesy behind an article; the name in brackets behind an office, not behind a name"),
    ("De voorzitter:\nIk open de vergadering.\n\nDe heer Voorbeeld (LG):\nDe haven is dicht.", [("statement", "De voorzitter", None), ("statement", "Voorbeeld", None)], "a Dutch article and courtesy"),
    ("主席（佐委員山）：現在開會。\n\n何委員丹娜：港口究竟何時開放？\n\n部長：在六月開放。", [("statement", "佐山", None), ("statement", "何丹娜", None), ("statement", "部長", None)], "an office inside the name"),
    ("QUESTlON: Why?\n\nM1NISTER H0LM: Because.", [("question", None, None), ("answer", "HOLM", None)], "letters and figures that print confuses"),
    ("T: Kapan pelabuhan dibuka?\n\nJ: Pada bulan Juni.\n\nT: Siapa yang membayar?\n\nJ: Kontraktor.", [("question", None, None), ("answer", None, None)] * 2, "two letters of a language"),
    ("@MinLakes: It is so.\n\n@AnnaBell: Why is it?\n\n@MinLakes: Because.", [("statement", "@MinLakes", None), ("question", "@AnnaBell", None), ("answer", "@MinLakes", None)], "names of accounts"),
    ("Q1. Why?\n\nA1. So it is and was.\n\nQ2. When?\n\nA2. Soon.", [("question", None, None), ("answer", None, None)] * 2, "letters with numbers"),
    ("Göl TV muhabiri: Neden böyle?\n\nBakan Demir: Öyle.", [("question", None, "Göl TV"), ("answer", "Demir", None)], "an outlet before a word for its reporter"),
    ("כתב ערוץ 9: מי משלם?\n\nדובר: הקבלן.", [("question", None, "ערוץ 9"), ("answer", None, None)], "an outlet with a number, in a script without capitals"),
    ("Újságíró: Ki fizeti?\n\nHolm Dana miniszter: A kivitelező.", [("question", None, None), ("answer", "Holm Dana", None)], "a title behind the name"),
    ("ΔΗΜΟΣΙΟΓΡΑΦΟΣ: Πότε;\n\nΥΠΟΥΡΓΟΣ: Τον Ιούνιο.\n\nΝ. ΠΑΡΑΔΕΙΓΜΑΣ: Ποιος πληρώνει;\n\nΥΠΟΥΡΓΟΣ: Ο ανάδοχος.",
     [("question", None, None), ("answer", "Υπουργος", None), ("question", "Ν. ΠΑΡΑΔΕΙΓΜΑΣ", None), ("answer", "Υπουργος", None)], "a person who only asks, beside a word for a reporter"),
    ("HOST: Welcome to all.\n\nDANA HOLM: Thank you.\n\nHOST: Why is it so?\n\nDANA HOLM: Because.",
     [("statement", "Host", None), ("statement", "DANA HOLM", None), ("question", "Host", None), ("answer", "DANA HOLM", None)], "a host who asks"),
    ("ANNA BELL, HOST: Welcome to all.\n\nDANA HOLM: Thank you.\n\nBELL: Why is it so?\n\nHOLM: Because.",
     [("statement", "ANNA BELL", None), ("statement", "DANA HOLM", None), ("question", "ANNA BELL", None), ("answer", "DANA HOLM", None)], "surnames of those whom another label names"),
    ("QUESTION: Why?\n\nMINISTER HOLM: So.\n\nOUESTION: And when is it?\n\nMINISTER HOLM. Soon.",
     [("question", None, None), ("answer", "HOLM", None)] * 2, "a misprint of a label, and a full stop for its colon"),
    ("Ｑ： Why is it so?\n\nＡ： It is so.\n\nQ: And when?\n\n\u0410: Soon.", [("question", None, None), ("answer", None, None)] * 2, "wide letters, and a Cyrillic one that looks like an A"),
    ("The Chair (Ms. Dana Holm (Arlen, RV)): It is so.\n\nMr. Luc Sarre: I thank you.", [("statement", "Dana Holm", None), ("statement", "Luc Sarre", None)], "brackets within brackets"),
    ("QUESTION: Why?\n\nHOLM DÓRA közlekedési miniszter: So.", [("question", None, None), ("answer", "HOLM DÓRA", None)], "an office of two words behind the name"),
    ("記者問：港口究竟何時開放？\n\n何部長答：在六月開放。", [("question", None, None), ("answer", "何部長", None)], "a word for an answer behind an office"),
    ("Operator: Please go ahead.\n\nRin Oda, Chief Executive Officer\n\nThank you all.\n\n<Q – Anna Bell – Tide Securities>: Why?\n\n<A – Rin Oda – Lake Holdings>: So.",
     [("statement", "Operator", None), ("statement", "Rin Oda", None), ("question", "Anna Bell", "Tide Securities"), ("answer", "Rin Oda", None)], "a line of its own beside other labels"),
    ("Anna Bell, „Tide Weekly\": Why?\n\nMinister Holm: So.", [("question", "Anna Bell", "Tide Weekly"), ("answer", "Holm", None)], "an outlet in quotation marks behind a comma"),
    ("Company Participants\n\nRin Oda - Chief Executive Officer\nJon Kubo - Chief Financial Officer\n\nOperator\n\nThe call is open.\n\nRin Oda - Chief Executive Officer\n\nIt was a good year.",
     [("statement", "Operator", None), ("statement", "Rin Oda", None)], "a list of participants is no turn"),
    ("12.05.25, 13:59 - Dana Holm created group \"Press\"\n12.05.25, 14:03 - Dana Holm: It opens in June.\n12.05.25, 14:05 - Anna Bell: Why is it?",
     [("statement", "Dana Holm", None), ("question", "Anna Bell", None)], "what a chat program notes is nobody's words"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected", "reason"), FORMS, ids=[case[2] for case in FORMS])
def test_forms(words: str, expected: list[tuple[str, str | None, str | None]], reason: str) -> None:
    assert [turn[:3] for turn in told(words)] == expected


NOT_LABELS = [
    ("12 May 2025: the contract is signed.", "a day"),
    ("A. Holm & Sons are no kin of mine.", "initials"),
    ("Mr. Bell. That is how he is known.", "a name"),
    ("JOINT STATEMENT; COMMUNIQUE: neither was signed.", "nouns in a row"),
    ("M. Bell. Ainsi le nomme-t-on.", "a name with a title, once"),
    ("● Ports of the lakes are open.", "a point of a list"),
    ("He answered: yes. He said: no.", "colons inside speech"),
    ("In the report of 1998, page 4, it says so.", "a number inside speech"),
    ("Second: the ferries will run.", "a point of a speech"),
    ("Source: the ministry's own figures.", "a word of page heads, in speech"),
]


@pytest.mark.parametrize(("words", "reason"), NOT_LABELS, ids=[case[1] for case in NOT_LABELS])
def test_what_is_no_label(words: str, reason: str) -> None:
    assert [turn[0] for turn in told("QUESTION: Why is it so?\n\nMINISTER HOLM: Because.\n\n" + words)] == [
        "question",
        "answer",
    ]


def test_questions_in_bold_and_answers_in_plain_letters(tmp_path: Path) -> None:
    page = tmp_path / "interview.md"
    page.write_text(
        "# An interview\n\n**Why is it so now?**\n\nIt is so today.\n\n**And when will it end?**\n\nSoon. I hope.\n"
    )
    told = [(turn.kind, fold(turn.text)) for turn in onrecord.read(page, house="plain")]
    asked, answers = ["Why is it so now?", "And when will it end?"], ["It is so today.", "Soon. I hope."]
    assert told == [("question", asked[0]), ("answer", answers[0]), ("question", asked[1]), ("answer", answers[1])]


def test_in_an_interview_who_asks_far_more_is_the_interviewer() -> None:
    turns = [{"speaker": "Rin Oda", "text": words} for words in ("How did it begin?", "I see.", "And when was that?")]
    answers = [{"speaker": "Dana Holm", "text": "It began with a boat, long ago."} for _ in turns]
    told = {
        "title": "Interview with Rin Oda",
        "turns": [one for pair in zip(turns, answers, strict=True) for one in pair],
    }
    document = onrecord.read(json.dumps(told).encode(), house="plain")
    assert [(turn.kind, turn.speaker) for turn in document] == [("question", "Rin Oda"), ("answer", "Dana Holm")] * 3


def test_several_statements_in_one_text_are_named() -> None:
    words = "Briefing, 12 May 2025\n\nQUESTION: Why?\n\nHOLM: So.\n\n====================\n\nBriefing, 3 October 2025\n\nHOLM: It is so."
    with pytest.raises(NotAStatement, match="several statements"):
        onrecord.read(words.encode(), house="plain")


LEADS = "The port will open. This is decided:\n\nFunding: The contractor pays.\n\nTiming: The ferries run from July.\n\nI thank you."


def test_words_that_lead_the_points_of_a_speech_are_no_speakers() -> None:
    assert [turn[0] for turn in told(LEADS)] == ["statement"]


def test_beside_labels_they_are_doubtful() -> None:
    words = "Press briefing\n\nQUESTION: Why?\n\nMINISTER HOLM: So it is.\n\nFunding: The contractor pays."
    document = onrecord.read(words.encode(), house="plain")
    assert [turn.speaker for turn in document] == [None, "HOLM", None]
    assert [one.why for one in document.unread] == ["doubtful label: Funding"]


FEET = [
    "Photo: A. Marsh",
    "Source: Ministry of Lakes",
    "Tags: port, ferries",
    "Note: not an official record",
    "Media contact: A. Bell, 555 0100",
    "Transcribed by https://otter.ai",
    "-----Original Message-----\nFrom: A. Bell\n\nCould you send it, please?",
    "12:31",
    "Meeting ended after 00:12:31",
    "Page 3 of 3",
]


@pytest.mark.parametrize("foot", FEET)
def test_lines_below_the_words_are_nobodys(foot: str) -> None:
    assert told(f"QUESTION: Why?\n\nMINISTER HOLM: So it is.\n\n{foot}")[-1][3] == "So it is."


RECORD = (
    "Council of Lakes, 12th meeting\n\nThe meeting was called to order at 10.05 a.m.\n\nThe President: I open the debate.\n\n"
    "Adoption of the agenda\n\nMr. Holm (Arlen): Why is the port closed?\n\nThe President: I thank him.\n\nThe meeting rose at noon."
)


def test_in_the_record_of_an_assembly_nobody_is_a_reporter_and_what_it_narrates_is_nobodys() -> None:
    document = onrecord.read(RECORD.encode(), house="plain")
    assert [(turn.kind, turn.speaker, turn.outlet, fold(turn.text)) for turn in document] == [
        ("statement", "The President", None, "I open the debate."),
        ("statement", "Holm", None, "Why is the port closed?"),
        ("statement", "The President", None, "I thank him."),
    ]


RUNNING = [
    ("Ministry of Lakes – Briefing   2", "Ministry of Lakes – Briefing   3", "running heads"),
    ("2 | Briefing of the ministry", "3 | Briefing of the ministry", "with the number first"),
    ("Page 2", "Page 3", "numbers of pages"),
]


@pytest.mark.parametrize(("first", "second", "reason"), RUNNING, ids=[case[2] for case in RUNNING])
def test_running_heads_inside_turns_are_nobodys_words(first: str, second: str, reason: str) -> None:
    words = f"QUESTION: Why is it, as\n\n{first}\n\nyou say?\n\nMINISTER HOLM: Because of the ferries.\n\n{second}\n\nThey are late."
    assert [turn[3] for turn in told(words)] == ["Why is it, as you say?", "Because of the ferries. They are late."]


def test_a_footnote_is_known_by_its_mark_behind_a_word() -> None:
    words = "QUESTION: Why?\n\nMINISTER HOLM: Because of the ferries.1\n\n1 See the report.\n\n2 Ferries are late."
    assert [turn[3] for turn in told(words)] == ["Why?", "Because of the ferries.1 2 Ferries are late."]


def test_a_line_between_two_turns_that_is_no_sentence_is_not_the_speakers_before() -> None:
    words = "QUESTION: Why?\n\nMINISTER HOLM: Because.\n\nThe new lock\n\nQUESTION: And when?\n\nMINISTER HOLM: Soon."
    document = onrecord.read(("Press briefing, 12 May 2025\n\n" + words).encode(), house="plain")
    assert [fold(turn.text) for turn in document] == ["Why?", "Because.", "And when?", "Soon."]
    assert [one.why for one in document.unread] == ["perhaps a heading: a line between two turns that is no sentence"]


DAYS = [
    ("Monday", "Published: Wednesday, 14 May 2025", "2025-05-12", "a weekday before the day of publishing"),
    ("12 May", "Published: 14 May 2025", "2025-05-12", "a day without its year"),
    ("On the quay", "Published: 14 May 2025", "2025-05-14", "no weekday"),
    ("Monday or Tuesday", "Published: 14 May 2025", "2025-05-14", "two of them"),
]


@pytest.mark.parametrize(("line", "published", "day", "reason"), DAYS, ids=[case[3] for case in DAYS])
def test_a_weekday_beside_the_day_of_publishing(line: str, published: str, day: str, reason: str) -> None:
    words = f"Briefing of the ministry\n\n{line}\n\n{published}\n\nQUESTION: Why is it closed?\n\nMINISTER HOLM: It will open."
    document = onrecord.read(words.encode(), house="plain")
    assert document.date == day


LUNAR = [
    ("14 ذو القعدة 1446هـ", None, "a day of the lunar calendar is not converted"),
    ("7 Dhu al-Hijjah 1446 AH", None, "nor in Latin letters"),
    ("07/12/1446هـ", None, "nor in digits"),
    ("Arlen, 7 Dhu al-Hijjah 1446 AH, 3 June 2025", "2025-06-03", "the Gregorian day printed beside it is the day"),
]


@pytest.mark.parametrize(("line", "day", "reason"), LUNAR, ids=[case[2] for case in LUNAR])
def test_days_of_the_lunar_calendar(line: str, day: str | None, reason: str) -> None:
    words = f"Statement of the ministry of roads\n\n{line}\n\nThe bridge will open in summer, the ministry says."
    document = onrecord.read(words.encode(), house="plain")
    assert (document.date, [fold(turn.text) for turn in document]) == (
        day,
        ["The bridge will open in summer, the ministry says."],
    )


def test_what_stands_above_a_statement_is_not_said_and_the_day_of_the_event_comes_first() -> None:
    words = "Speech on the port\n\nPublished 3 October 2025\n\nDelivered on: 12 May 2025\n\nLadies and gentlemen, it will open in June."
    document = onrecord.read(words.encode(), house="plain")
    assert [fold(turn.text) for turn in document] == ["Ladies and gentlemen, it will open in June."]
    assert document.date == "2025-05-12"


def test_running_heads_of_text_taken_from_a_pdf_are_nobodys_words() -> None:
    words = "Briefing of Minister Holm\n\nMINISTER HOLM: It is so.\n\nPage 1 of 2\n\fBriefing of Minister Holm\n\nQUESTION: Why?\n\nPage 2 of 2\n\f"
    document = onrecord.read(words.encode(), house="plain")
    assert [fold(turn.text) for turn in document] == ["It is so.", "Why?"]


def test_a_headline_that_returns_with_another_day_shows_several_statements() -> None:
    words = "PRESS BRIEFING\n12 May 2025\n\nQUESTION: Why?\n\nHOLM: So.\n\nPRESS BRIEFING\n19 May 2025\n\nQUESTION: When?\n\nHOLM: Soon."
    with pytest.raises(NotAStatement, match="several statements"):
        onrecord.read(words.encode(), house="plain")


def test_a_notice_of_cookies_is_no_headline() -> None:
    words = "We use cookies to improve this page. Accept all.\n\nPress briefing, 12 May 2025\n\nQUESTION: Why?\n\nHOLM: So it is."
    document = onrecord.read(words.encode(), house="plain")
    assert (document.title, document.date, len(document.turns)) == ("Press briefing, 12 May 2025", "2025-05-12", 2)


def test_calls_within_a_turn_of_an_assembly_do_not_divide_it() -> None:
    words = (
        "Council of Lakes, 12th meeting\n\nThe Chair: I open it.\n\nMr. Holm: It is so.\n\n(Applause)\n\nAnd so it was."
    )
    document = onrecord.read(words.encode(), house="plain")
    assert [fold(turn.text) for turn in document] == ["I open it.", "It is so. And so it was."]


def test_above_the_record_of_an_assembly_nothing_is_spoken() -> None:
    words = "Council of Lakes, 12th meeting\n\nPresident:   Ms. Holm . . . . . . (Arlen)\n\nThe council met in room 2.\n\nThe President: I open it."
    document = onrecord.read(words.encode(), house="plain")
    assert [(turn.speaker, fold(turn.text)) for turn in document] == [("The President", "I open it.")]


ONE_SPEAKER = [
    ("Speech by the Minister of Ports, Jon Holm, at the harbour\n\nStrelsau, 12 May 2025\n\nMr. Chairman:\n\nLadies and gentlemen:\n\nThe port will open in June.\n\nQuestion: who pays? Answer: we do.", "Jon Holm", "whom a speech addresses, and what it asks itself"),
    ("Statement by Ambassador Holm at the Council\n\nMadam Chair: I thank you for the meeting.\n\nThe port is old.\n\nMadam Chair: We will build it anew.", None, "whom a statement addresses twice, before its words"),
    ("Letter to the Speaker of the Assembly\n\nDear Madam Speaker:\n\nThe port will open in June.\n\nTo be clear: we pay.", None, "whom a letter addresses"),
    ("Joint statement of Arlen and Ruritania\n\nThe two sides agreed as follows.\n\nTrade: it is free.\n\nSecurity: it is kept.\n\nTrade: it grows.", None, "the points of a statement, one of them twice"),
    ("Speech by the Minister of Ports, Jon Holm, at the harbour\n\nThe port will open in June.", "Jon Holm", "who gives a speech, by its headline"),
    ("Speech by the Minister of Ports, New Arlen, in June\n\nThe port will open in June.", None, "a place between commas is no name"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "speaker", "reason"), ONE_SPEAKER, ids=[case[2] for case in ONE_SPEAKER])
def test_one_speaker(words: str, speaker: str | None, reason: str) -> None:
    assert [turn.speaker for turn in onrecord.read(words.encode(), house="plain")] == [speaker]


def test_json_that_breaks_off_is_no_speech() -> None:
    with pytest.raises(NotAStatement, match="JSON file that breaks off"):
        onrecord.read(
            b'{"title": "Briefing", "transcript": [{"speaker": "Holm", "text": "The port will op', house="plain"
        )


def test_a_press_release_that_quotes_is_no_transcript() -> None:
    words = "Press release, 12 May 2025\n\nThe port will open in June.\n\nJon Sarre, mayor of Arlen: “It is good news.”\n\nThe ferries follow."
    assert len(onrecord.read(words.encode(), house="plain").turns) == 1


def test_a_day_of_which_somebody_speaks_is_not_that_of_the_statement() -> None:
    words = "Press briefing by Minister Holm\n\nMonday, 2:03 p.m.\n\nMINISTER HOLM: It opens on 1 June 2025.\n\nQUESTION: Why is it so?"
    document = onrecord.read(words.encode(), house="plain")
    assert document.date is None
    assert [fold(turn.text) for turn in document] == ["It opens on 1 June 2025.", "Why is it so?"]


TOLD = [
    ("QUESTION: Will the harbour open before the summer?\n\nQUESTION : Le port sera-t-il ouvert avant l’été ?\n\n"
     "MINISTER HOLM: It will open in June, if they agree.\n\nLA MINISTRE HOLM : Il ouvrira en juin, s’ils sont d’accord.", "two languages", "a translation beside the words"),
    ("FRAGE: Wird der Hafen ge\ufffdffnet?\n\nMINISTERIN HOLM: Er wird im Juni ge\ufffdffnet.", "characters were lost", "characters that were replaced"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "warning", "reason"), TOLD, ids=[case[2] for case in TOLD])
def test_what_is_wrong_with_the_words_is_told(words: str, warning: str, reason: str) -> None:
    with pytest.warns(UserWarning, match=warning):
        told(words)


def test_what_looks_like_a_label_is_never_the_words_of_the_speaker_before() -> None:
    text = "Press briefing\n\nQUESTION: Why?\n\nMINISTER HOLM: So it is.\n\nWHAT THEY OF THE LAKES SAID WAS THAT: it is blue."
    document = onrecord.read(text.encode(), house="plain")
    assert [fold(turn.text) for turn in document] == ["Why?", "So it is.", "it is blue."]
    assert document.turns[-1].speaker is None
    assert [one.why for one in document.unread] == ["doubtful label: WHAT THEY OF THE LAKES SAID WAS THAT"]


def test_lines_of_the_head_are_no_speakers() -> None:
    text = "Press briefing\n\nDate: 12 May 2025\nPlace: Arlen\nSpeaker: Minister Holm\n\nQUESTION: Why?\n\nMINISTER HOLM: So."
    document = onrecord.read(text.encode(), house="plain")
    assert [(turn.kind, turn.speaker) for turn in document] == [("question", None), ("answer", "HOLM")]
    assert document.date == "2025-05-12"


def test_an_outlet_of_two_alphabets_is_doubtful() -> None:
    document = onrecord.read(
        "Press briefing\n\nR\u0435uters: Why is it so?\n\nMinister Holm: It is so.\n\nR\u0435uters: And when?".encode()
    )
    assert [turn.outlet for turn in document] == [None, None, None]
    assert len(document.unread) == 2


def test_a_label_repeated_is_not_among_the_words_of_its_turn() -> None:
    text = "Press briefing\n\nMinister Holm: It is so.\n\nMinister Holm: And so it was.\n\nReuters: Why?"
    document = onrecord.read(text.encode(), house="plain")
    assert [fold(turn.text) for turn in document] == ["It is so. And so it was.", "Why?"]
    (label,) = (piece for piece in document.furniture if piece.name == "repeated-label")
    assert document.data[label.byte_start : label.byte_end] == b"Minister Holm: "
    end = document.text.index("was")
    assert document.span(end, end + 3).source() == b"was"


SPOKEN_IN = [
    ("MINISTRA HOLM: Buenas tardes. Vamos a empezar con el puerto y con las obras de este año.\n\nPREGUNTA: ¿Cuándo abrirá?", "es", "Spanish"),
    ("QUESTION : Quand le port sera-t-il ouvert ?\n\nMINISTRE HOLM : Il ouvrira en juin, si les inspecteurs sont d’accord.", "fr", "a French page with labels that English has too"),
    ("QUESTION: Когда откроется порт?\n\nMINISTER HOLM: Он откроется в июне, если инспекторы согласятся с этим.", "ru", "labels in another language than the speech"),
    ("QUESTION: Will the port open before the summer?\n\nMINISTER HOLM: It will open in June.", "en", "English"),
    ("प्रश्न: बंदरगाह कब खुलेगा?\n\nउत्तर: बंदरगाह जून में खुलेगा।", "hi", "Hindi"),
    ("ผู้สื่อข่าว: ท่าเรือจะเปิดเมื่อไร\n\nโฆษก: ท่าเรือจะเปิดในเดือนมิถุนายน", "th", "Thai, which has no full stops"),
    ("QUESTION: G20?\n\nMINISTER HOLM: 2026.", "und", "too little to tell is undetermined, never a default"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "language", "reason"), SPOKEN_IN, ids=[case[2] for case in SPOKEN_IN])
def test_the_language_is_that_of_the_speech(words: str, language: str, reason: str) -> None:
    document = onrecord.annotate(onrecord.read(("12/5/2025\n\n" + words).encode(), house="plain"))
    assert document.language == language
    assert document.annotation is not None
    assert ("acts" in document.annotation.not_covered) == (language != "en")


def test_a_label_set_as_a_heading_is_a_label(tmp_path: Path) -> None:
    """A transcript in Markdown may set each name as a heading, with the words on the next line."""
    page = "# Briefing of the Ministry of Lakes\n\n### Reporter:\nWhy is the harbour shut?\n\n### Ann Sample:\nIt opens on Monday.\n\n### Reporter:\nAnd the lock?\n\n### Ann Sample:\nIt stays open.\n"
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    document = onrecord.read(tmp_path / "page.md")
    assert [(turn.kind, turn.speaker, turn.text) for turn in document] == [
        ("question", None, "Why is the harbour shut?"),
        ("answer", "Ann Sample", "It opens on Monday."),
        ("question", None, "And the lock?"),
        ("answer", "Ann Sample", "It stays open."),
    ]


def test_a_time_in_brackets_before_the_colon_is_no_part_of_the_name() -> None:
    text = "Speaker 1 (00:04):\nIt is so today.\n\nSpeaker 2 [00:01:19]: Why is it so?\n\nSpeaker 1 (00:31):\nIt is an invented example."
    assert [(turn.kind, turn.speaker, turn.text) for turn in onrecord.read(text.encode())] == [
        ("statement", "Speaker 1", "It is so today."),
        ("question", "Speaker 2", "Why is it so?"),
        ("answer", "Speaker 1", "It is an invented example."),
    ]


OFFICES = [
    ("THE MINISTER OF TRANSPORT", "The Minister of Transport", "what it is for, behind of"),
    ("Menteri Pertahanan", "Menteri Pertahanan", "Indonesian, without a word between"),
    ("Minister Infrastruktury", "Minister Infrastruktury", "Polish, in the genitive"),
    ("Ministro de Defensa", "Ministro de Defensa", "Spanish, with one"),
    ("Deputy Finance Minister", "Deputy Finance Minister", "an office in front and one behind"),
    ("Menteri Rin Oda", "Rin Oda", "a name behind the office"),
    ("Ministra de la Vega", "de la Vega", "a name with a particle"),
    ("Ms. Defensa", "Defensa", "a name behind a courtesy, whatever it means elsewhere"),
]


@pytest.mark.parametrize(("label", "speaker", "reason"), OFFICES, ids=[case[2] for case in OFFICES])
def test_an_office_is_no_name(label: str, speaker: str, reason: str) -> None:
    text = f"QUESTION: Why is it so today?\n\n{label}: It is an invented example."
    assert [turn.speaker for turn in onrecord.read(text.encode(), house="plain")] == [None, speaker]
