"""Acts in Chinese statements: invented sentences with the acts a careful reader finds, and every rule by its own example."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import languages
from onrecord.annotation_types import Mention
from onrecord.errors import LexiconError
from onrecord.languages.facts import ActContext, ActFact
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.languages.zh.acts import cues
from onrecord.languages.zh.acts.reader import read_acts
from onrecord.languages.zh.acts.triggers import load, phrases, triggers

#: Names enough for the sentences below, so that they stand for the grammar alone and not for the tables of names.
NAMES: dict[str, tuple[str, ...]] = {
    "中方": ("CHN",), "中国政府": ("CHN",), "中国": ("CHN",), "王毅": ("CHN",), "我们": ("CHN",), "我": ("CHN",), "美方": ("USA",), "美国": ("USA",),
    "俄方": ("RUS",), "俄罗斯": ("RUS",), "日方": ("JPN",), "朝方": ("PRK",), "韩方": ("KOR",), "英方": ("GBR",), "伊朗": ("IRN",), "双方": ("CHN", "USA"),
    "两国": ("CHN", "USA"), "中美": ("CHN", "USA"), "全世界": ("WORLD",), "许多国家": ("OTHER",), "某些人": ("OTHER",), "各方": ("WORLD",), "各国": ("WORLD",), "国际社会": ("WORLD",), "联合国": ("UN",), "世卫组织": ("WHO",), "台湾": ("TWN",),
    "五核国": ("P5",), "安理会五常": ("P5",), "香港": ("HKG",), "企业": ("FIRM",), "民众": ("PEOPLE",), "有关国家": ("OTHER",), "有关方面": ("WORLD",),
}  # fmt: skip
_NAME = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
_PRONOUNS = ("我们", "我")


def mentions(text: str) -> list[Mention]:
    found = []
    for name in _NAME.finditer(text):
        codes = NAMES[name[0]]
        plain = len(codes) == 1 and name[0] not in _PRONOUNS
        found.append(
            Mention(
                kind="country" if plain else "reference", id=codes[0] if plain else None, name=name[0],
                start=name.start(), end=name.end(), stands_for=() if plain else codes,
            )
        )  # fmt: skip
    return found


def acts(text: str, principal: str | None = "CHN", others: tuple[str, ...] = ("USA",)) -> list[ActFact]:
    turn = TurnAnalysis(text, languages.find("zh").split_sentences, principal, mentions(text))
    return read_acts(turn, ActContext(principal, others))


CASES: list[tuple[str, list[tuple[str, str, str, str]], str]] = [
    # sentence, [(type, actors, targets, trigger)], why
    ("中方坚决反对美方的单边做法。", [("oppose", "CHN", "USA", "坚决反对")], "the adverb belongs to the trigger"),
    ("中方对美方的错误决定表示强烈不满和坚决反对。", [("concern", "CHN", "USA", "表示强烈不满"), ("oppose", "CHN", "USA", "坚决反对")], "coordinated triggers are two acts"),
    ("我们希望双方加强沟通，扩大合作，并支持彼此的正当关切。", [("request", "CHN", "USA", "希望")], "one trigger, one act, however many complements"),
    ("中方敦促美方停止干涉香港事务，撤销有关决定。", [("request", "CHN", "USA", "敦促")], "停止干涉 is what is asked, no accusation"),
    ("美方应立即纠正错误。", [("request", "CHN", "USA", "应")], "应: the podium asks, the subject is asked"),
    ("各方都应保持克制。", [("request", "CHN", "WORLD", "都应")], "the world at large"),
    ("双方应相互尊重。", [("request", "CHN", "USA", "应")], "a joint duty: the other side is the target"),
    ("美方粗暴干涉中国内政。", [("accuse", "CHN", "USA", "粗暴干涉")], "the podium blames the subject"),
    ("美方的报告罔顾事实，颠倒黑白。", [("accuse", "CHN", "USA", "罔顾"), ("accuse", "CHN", "USA", "颠倒黑白")], "the subject is inherited over a comma"),
    ("美方售武严重损害地区稳定。中方对此坚决反对。", [("accuse", "CHN", "USA", "严重损害"), ("oppose", "CHN", "USA", "坚决反对")], "对此 goes back to the one blamed"),
    ("中方没有违反有关规定。", [], "nobody is blamed where the podium is the subject"),
    ("王毅同俄方代表举行会谈。", [("consult", "CHN", "RUS", "举行会谈")], "the partner stands with 同"),
    ("王毅将于下周访问俄罗斯。", [("consult", "CHN", "RUS", "访问")], "将 before a visit plans it and binds nobody"),
    ("此次访问十分重要。", [], "the noun 访问 is no act"),
    ("双方就半岛局势深入交换意见，达成重要共识。", [("consult", "CHN,USA", "", "深入交换意见"), ("agree", "CHN,USA", "", "达成重要共识")], "serial verbs of one subject, each an act"),
    ("双方达成的共识来之不易。", [], "the agreement is only referred back to"),
    ("双方一致同意继续磋商，保持沟通。", [("agree", "CHN,USA", "", "一致同意")], "保持沟通 is what is agreed"),
    ("中方愿同俄方加强合作，就重大问题保持沟通。", [("offer", "CHN", "RUS", "愿同")], "the complement runs on over the comma"),
    ("中方将继续支持世卫组织的工作。", [("commit", "CHN", "", "将继续")], "will continue to support binds: commit"),
    ("中方将俄方列为重要伙伴。", [], "将 marks an object"),
    ("我愿重申，中方坚决反对美方的做法。", [("oppose", "CHN", "USA", "坚决反对")], "a frame gives way to the act inside"),
    ("我愿再次重申，对话是唯一出路。", [("reaffirm", "CHN", "", "愿再次重申")], "a frame about a mere statement"),
    ("我们已多次强调，局势十分复杂。", [("reaffirm", "CHN", "", "已多次强调")], "have said that"),
    ("俄方表示，支持伊朗的立场。", [("support", "RUS", "IRN", "支持")], "reported: the act is the speaker's"),
    ("美方称，中方应遵守规则。", [("request", "USA", "CHN", "应遵守")], "a request by the one reported"),
    ("有报道称，美方违反了有关规定。", [], "hearsay: nobody of standing blames"),
    ("如果美方干涉香港事务，各方都会失望。", [], "a condition performs nothing"),
    ("如果美方一意孤行，中方必将采取有力措施。", [("warn", "CHN", "", "必将采取有力措施")], "what follows on a condition may be a warning"),
    ("难道美方没有干涉别国内政吗？", [], "a rhetorical question"),
    ("中方不接受美方的无理要求。", [("oppose", "CHN", "USA", "不接受")], "negation inside the trigger: oppose, affirmed"),
    ("中方绝不允许美方损害中国主权。", [("oppose", "CHN", "USA", "绝不允许")], "by no means allow"),
    ("中方的努力受到国际社会广泛欢迎。", [("support", "WORLD", "CHN", "广泛欢迎")], "passive: who welcomes stands behind 受到"),
    ("我不了解你提到的情况。", [("decline", "CHN", "MEDIA", "不了解")], "the asker gets no answer"),
    ("建议你向主管部门了解。", [("decline", "CHN", "MEDIA", "建议你向主管部门了解")], "sent elsewhere"),
    ("美方不了解中国。", [], "somebody else's ignorance declines nothing"),
    ("关于你提到的美方制裁俄罗斯问题，我不作评论。", [("decline", "CHN", "MEDIA", "不作评论")], "the question's words quoted in the answer are no act of the principal"),
    ("中方已向美方提出严正交涉。", [("protest", "CHN", "USA", "提出严正交涉")], "a formal protest"),
    ("中方赞赏俄方的努力，愿同俄方保持合作。", [("support", "CHN", "RUS", "赞赏"), ("offer", "CHN", "RUS", "愿同")], "愿 begins an act of its own"),
    ("中方向俄方提供了物资援助。", [("aid", "CHN", "RUS", "提供了物资")], "the one helped stands with 向"),
    ("中方提出了“双暂停”倡议。", [("propose", "CHN", "", "提出了“双暂停”倡议")], "a word held up in quotation marks is no speech"),
    ("中方在这个问题上的立场是一贯的。", [("reaffirm", "CHN", "", "立场是一贯的")], "is consistent"),
    ("美方的指责毫无根据。", [("deny", "CHN", "USA", "毫无根据")], "a claim is false"),
    ("美方对俄方实施制裁。", [("sanction", "USA", "RUS", "实施制裁")], "a punitive measure taken by another"),
    ("中方反对美方援引其国内法，对俄方实施制裁。", [("oppose", "CHN", "USA", "反对")], "the sanctions of the one opposed are part of what is opposed"),
    ("中方反对美方的做法，决定对有关企业实施制裁。", [("oppose", "CHN", "USA", "反对"), ("sanction", "CHN", "FIRM", "实施制裁")], "what was decided in answer is one's own"),
    ("朝方和韩方同意恢复接触。", [("agree", "PRK,KOR", "", "同意")], "parties joined by 和 act together"),
    ("我们认为美方违反了国际法。", [("accuse", "CHN", "USA", "违反了")], "behind a verb of thinking stands the subject that is judged"),
    ("王毅同俄方代表举行会谈，达成重要共识。", [("consult", "CHN", "RUS", "举行会谈"), ("agree", "CHN,RUS", "", "达成重要共识")], "the partner goes on with the subject"),
    ("任何损害中国主权的图谋都注定失败。", [], "a blanket moral blames and warns nobody"),
    ("希望此访推动双边关系发展。", [("support", "CHN", "USA", "希望此")], "nobody is asked: a good wish, for the one spoken of"),
    ("联合国通过了有关决议。决议重申维护半岛稳定，呼吁以对话解决问题，支持恢复谈判。",
     [("agree", "UN", "", "通过了有关决议"), ("reaffirm", "UN", "", "重申"), ("request", "UN", "", "呼吁"), ("support", "UN", "", "支持")], "later predicates of a chain are the resolution's"),
    ("日方外务省负责人表示，将认真对待此事，尽快公布结果。", [("commit", "JPN", "", "将")], "a pledge that is reported: the subject is the one that speaks"),
    ("日方因为地震得到全世界支援。", [("aid", "WORLD", "JPN", "支援")], "passive: the giver stands behind 得到"),
    ("有关结论未能得到各方认可。", [], "a passive that is negated: nobody approves"),
    ("中方希望美方相向而行。应当坚持相互尊重；应当坚持合作共赢。",
     [("request", "CHN", "USA", "希望"), ("request", "CHN", "USA", "应当坚持"), ("request", "CHN", "USA", "应当坚持")], "parallel duties are a request each, no standing position"),
    ("据了解，有关人员向警方请愿与警方发生冲突。", [], "请愿 is a petition, no 愿与"),
    ("这反映了两国人民的共同意愿。", [], "同意 across two words"),
    ("双方将始终把合作作为主线，坚持求同存异。", [("commit", "CHN,USA", "", "将")], "把 marks the object here, so 将 binds"),
    ("美方将导弹部署在海外。", [], "将 marks an object"),
    ("美方对中方人员出台限制措施。", [("sanction", "USA", "CHN", "出台限制措施")], "restrictions issued against another"),
    ("美方执意推进有关计划。", [("accuse", "CHN", "USA", "执意")], "a blaming adverb"),
    ("美方无视各方反对，执意推进有关计划。", [("accuse", "CHN", "USA", "无视各方反对，执意")], "one reproach, told in two clauses"),
    ("美方借机抹黑中国的做法极其错误。", [("accuse", "CHN", "USA", "极其错误")], "what is judged is described, and blamed once"),
    ("美方应避免激化矛盾。", [("request", "CHN", "USA", "应")], "what is to be avoided has not been done"),
    ("中方邀请俄方参加会议，并且向俄方派出了专家组。", [("propose", "CHN", "RUS", "邀请俄方参加"), ("aid", "CHN", "RUS", "派出了专家组")], "what is done is not part of the invitation"),
    ("为敦促美方撤销决定，中方坚决反对有关做法。", [("oppose", "CHN", "USA", "坚决反对")], "a purpose is no request"),
    ("中方支持对话、反对制裁。", [("support", "CHN", "", "支持"), ("oppose", "CHN", "", "反对")], "two verbs of one subject, joined by 、"),
    ("俄方代表访问中国期间，明确支持有关倡议。", [("support", "RUS", "USA", "明确支持")], "the subject stands in the phrase of time"),
    ("我们感谢你的提问。", [], "thanks to the press for a question"),
    ("中方再次强调，香港事务纯属中国内政。", [("reaffirm", "CHN", "", "再次强调")], "said again, so restated"),
    ("我们奉劝美方不要玩火，否则只会引火烧身、自食其果。", [("request", "CHN", "USA", "奉劝"), ("warn", "CHN", "USA", "引火烧身、自食其果")], "otherwise: the threat begins behind the advice"),
    ("美方对俄方实施制裁。中方反对的立场是明确的。", [("sanction", "USA", "RUS", "实施制裁"), ("reaffirm", "CHN", "", "立场是明确的")], "the position is called clear, not taken again"),
    ("第二次中美战略对话将于下周在纽约举行。", [("consult", "CHN,USA", "", "将于下周在纽约举行")], "the parties stand in the session's name"),
    ("合作论坛将于下月在北京举行。", [("consult", "CHN", "", "将于下月在北京举行")], "the host holds it"),
    ("今年是双方建立战略伙伴关系20周年。", [], "an anniversary is no agreement"),
    ("双方愿加强合作，同意继续磋商，并将继续扩大贸易。", [("offer", "CHN,USA", "", "愿"), ("agree", "CHN,USA", "", "同意"), ("commit", "CHN,USA", "", "将继续")], "later predicates of a chain are acts of their own"),
    ("双方表示要继续扩大合作。", [("commit", "CHN,USA", "", "表示要继续")], "what both say they are to do binds them"),
    ("中方坚定支持伊朗维护主权、反对外来干涉。", [("support", "CHN", "IRN", "坚定支持")], "the second verb is the supported one's"),
    ("中方同俄方签署了合作协议。", [("agree", "CHN,RUS", "", "签署了")], "whoever signs with a partner is one of two"),
    ("中方将向俄方提供援助。", [("commit", "CHN", "RUS", "将")], "help to come is promised, not given"),
    ("相信俄罗斯将保持稳定。", [], "a forecast of others' affairs binds nobody"),
    ("美方的做法引起国际社会严重关切。", [("concern", "WORLD", "USA", "引起国际社会严重关切")], "who is concerned stands between"),
    ("日方应回应国际社会严重关切。", [("request", "CHN", "JPN", "应")], "a concern to be heeded is not expressed"),
    ("日方不顾国际社会反对。", [("accuse", "CHN", "JPN", "不顾")], "opposition that is ignored is part of the reproach"),
    ("记者申请签证。美方的做法不得人心。", [("accuse", "CHN", "USA", "不得人心")], "请 and 不得 inside other words"),
    ("我们阐明中方主张。", [("reaffirm", "CHN", "", "阐明中方主张")], "主张 is a noun here"),
    ("包括伊朗在内的各方都应保持克制。", [("request", "CHN", "WORLD", "都应")], "a member of the group does not make it an object"),
    ("中方希望俄方相向而行。 美方应当倾听各方呼声。", [("request", "CHN", "RUS", "希望"), ("request", "CHN", "USA", "应当")], "a space does not hide the subject"),
    ("我们再次要求美方停止有关做法。", [("request", "CHN", "USA", "再次要求")], "次要 is no word across 再次 and 要求"),
    ("外交部和中国驻外使馆将继续关注事态发展。", [("commit", "CHN", "", "将继续")], "a ministry without its country is the principal's"),
    ("中国政府坚持有关原则的立场不会改变。", [("reaffirm", "CHN", "", "立场不会改变")], "the position is said not to change; 坚持 only describes it"),
    ("我们相信伊朗有能力克服困难。", [], "what others are believed to be able to do binds nobody"),
    ("合作的未来充满希望。", [], "希望 is a noun here"),
    ("一些国际人士前来参观，高度评价有关举措。", [], "of many without a code, and not of the speaker"),
    ("中方邀请外国嘉宾与会，得到各方高度评价。", [("propose", "CHN", "", "邀请外国嘉宾与会"), ("support", "WORLD", "", "高度评价")], "the praise is no part of the invitation"),
    ("俄方将永远铭记中方提供的帮助。", [("support", "RUS", "CHN", "将永远铭记")], "thanks, no help to come"),
    ("这需要得到国际社会支持。", [], "support that is needed has not been given"),
    ("中方在有关大会为各方搭建平台。", [], "会 is the end of a noun"),
    ("中方对美国和伊朗就有关问题达成协议表示满意。", [("support", "CHN", "USA,IRN", "表示满意")], "what is welcomed is told before, and is no act here"),
    ("俄方奉行有关政策，这一立场不会变化。", [("reaffirm", "RUS", "", "奉行"), ("reaffirm", "RUS", "", "立场不会变化")], "the position is the subject's"),
    ("关于美方要求中方停止有关合作，我不了解情况。", [("decline", "CHN", "MEDIA", "不了解")], "what 关于 takes up is no act of the answer"),
    ("关于中方邀请俄方访问事，双方保持着沟通。", [("consult", "CHN,USA", "", "保持着沟通")], "a matter named with 事 is taken up, also one's own"),
    ("你提到的这个机构一贯对中国充满偏见。", [("accuse", "CHN", "USA", "充满偏见")], "what the reporter named is the subject that is judged"),
    ("无论美方怎么抹黑，都无法改变事实。", [("accuse", "CHN", "USA", "抹黑")], "however they smear: the conduct is given"),
    ("中方希望俄方展现诚意，也希望各方共同努力。", [("request", "CHN", "RUS", "希望"), ("request", "CHN", "WORLD", "希望")], "the one who hopes goes on"),
    ("希望伊朗能够抓住机会，并呼吁各方相向而行。", [("request", "CHN", "IRN", "希望"), ("request", "CHN", "WORLD", "呼吁")], "whoever is asked is no subject of the next wish"),
    ("美方所作所为严重违反国际法。", [("accuse", "CHN", "USA", "严重违反")], "所作所为 is a noun, 为 no purpose"),
    ("俄罗斯总统访华时，表示支持中方的立场。", [("support", "RUS", "CHN", "表示支持")], "the clause of 时 only gives the time"),
    ("关键要在相互尊重基础上进行对话。", [], "talks that are due are not held"),
    ("中方发布文件，目的是说明事实，全面阐述中方立场。", [], "an aim goes on over the comma"),
    ("俄罗斯是最早支持这一倡议的国家之一。", [], "the verb describes which state is meant"),
    ("这一立场没有改变，也不会改变。", [("reaffirm", "CHN", "", "立场没有改变")], "no change, told twice, is one position"),
    ("中方同俄方签署了备忘录，并将探讨有关规划。", [("agree", "CHN,RUS", "", "签署了"), ("consult", "CHN,RUS", "", "探讨")], "what is signed does not run on"),
    ("外交部例行记者会将暂停一次。", [], "a break of the briefings is no sanction and no pledge"),
    ("香港事务应归中央政府管理。", [], "a duty said of a matter asks nobody"),
    ("中国地方企业向俄方捐助了口罩。", [("aid", "FIRM", "RUS", "捐助了")], "an enterprise of a state, with a word between"),
    ("中国政府一贯要求中国企业遵守当地法律。", [("request", "CHN", "FIRM", "一贯要求")], "a state named twice is two parties where a verb stands between"),
    ("中方的倡议受到国际社会的普遍欢迎。", [("support", "WORLD", "CHN", "普遍欢迎")], "a passive with 的: whoever welcomes stands before it"),
    ("中方的倡议得到各方支持。", [("support", "WORLD", "CHN", "支持")], "the supported stands before the passive"),
    ("两国关系不会受到外部干扰。", [], "what is suffered blames nobody for doing it"),
    ("中方对美方不顾各方反对，发起有关讨论，抹黑中方，干涉中国内政表示强烈不满。",
     [("accuse", "CHN", "USA", "不顾"), ("accuse", "CHN", "USA", "抹黑"), ("accuse", "CHN", "USA", "干涉"), ("concern", "CHN", "USA", "表示强烈不满")],
     "conduct told at length before the displeasure at it"),
    ("美方的恶意抹黑完全是徒劳的。", [("accuse", "CHN", "USA", "完全是徒劳的")], "blame as the subject is judged once"),
    ("接待俄方代表访华，是双方正常合作的一部分。", [], "a clause that is the subject of the next tells nothing done"),
    ("俄方代表访问中国是双方合作的一部分。", [], "nor the subject of its own clause"),
    ("美国国内有很多报道和讨论。", [], "讨论 without partner or matter is a noun"),
    ("中国法律规定了公民支持、协助有关工作的义务。", [], "a duty in law is described"),
    ("我可以重申一下。", [], "a frame without content"),
    ("美方应全面理解有关法律，而不应断章取义。", [("request", "CHN", "USA", "应"), ("request", "CHN", "USA", "不应")], "what is to be done and what is not"),
    ("俄方向中方提出援助请求。", [("request", "RUS", "CHN", "提出援助请求")], "asked for in noun form"),
    ("联合国通过决议，赞赏各方努力，表示愿加强合作。",
     [("agree", "UN", "", "通过决议"), ("support", "UN", "WORLD", "赞赏"), ("offer", "UN", "", "表示愿")], "a text passed is followed by what it says"),
    ("有消息我们会及时发布。", [], "news promised for later refuses nothing: readers do not count it"),
    ("中方将继续采取必要措施维护国家主权。", [("commit", "CHN", "", "将继续")], "going on with what is done binds and threatens nobody"),
    ("无论谁当选美国总统，都希望双方相向而行。", [("request", "CHN", "USA", "希望")], "who is conceded is not the subject"),
    ("王毅听取了俄方代表通报的情况。", [("consult", "CHN", "", "听取了俄方代表通报的情况")], "being briefed is contact"),
    ("双方可以通过各种渠道，包括有关机制，进行深入交流。", [], "what is possible has not been done, also over a comma"),
    ("会议将为各国开展对话提供重要平台。", [], "talks that something serves are not held by it"),
    ("中方因故难以出席联合国会议。", [("consult", "CHN", "UN", "出席")], "难以 negates"),
    ("王毅此次访问俄罗斯具有重要意义。", [], "此次访问 is a noun"),
    ("出席情况我们会适时发布。", [], "出席情况 is a noun"),
    ("关于美方要求中方支持有关提案，我们已多次表明立场。", [("reaffirm", "CHN", "", "已多次表明")], "the principal in what is taken up does not act"),
    ("许多国家表示支持，对此我们表示感谢。", [("support", "OTHER", "USA", "表示支持"), ("support", "CHN", "OTHER", "表示感谢")], "我们 is the speaker, whoever was reported before"),
    ("坚持有关原则是公认的国际关系准则。", [], "a subject clause takes no position"),
    ("某某先生一直致力于推动双方对话。", [], "a person without a code is not the speaker"),
    ("相信各国都希望看到积极结果。", [], "what others are believed to wish is asked by nobody"),
    ("所谓中方任意拘押公民的指责毫无根据。", [("deny", "CHN", "USA", "毫无根据")], "what is claimed has not been done"),
    ("商务部发布了王毅将访美国的消息。", [("consult", "CHN", "USA", "访")], "将 in the attribute of news binds nobody"),
    ("这是两国共同利益决定的。", [], "a cleft says why, and decides nothing"),
    ("她说自己热爱祖国，也愿意为祖国作出贡献。", [], "whoever 她 is has no code, and is not the speaker"),
    ("只要有关人员遵守法律，愿为社会作出贡献。", [], "willing on a condition: nobody's offer"),
    ("美方已向中方表示歉意，并承诺将加强管理。", [("commit", "USA", "CHN", "承诺将")], "the one promised to stands in the clause before"),
    ("中方反对任何国家干预的决心坚定不移。", [("oppose", "CHN", "", "反对"), ("commit", "CHN", "", "决心坚定不移")], "what the resolve is against is not blamed"),
    ("各方都应遵守规则，切实履行国际义务。", [("request", "CHN", "WORLD", "都应遵守")], "a duty goes on over the comma"),
    ("应该说，美方的访问十分顺利。", [], "应该说 asks nobody"),
    ("王毅将同俄方外长沙希德举行会谈。", [("consult", "CHN", "RUS", "举行会谈")], "a name with 希 hopes for nothing"),
    ("中国企业欢迎这一决定。", [("support", "FIRM", "USA", "欢迎")], "a firm acts as a firm, 这一决定 is the other's"),
    ("如果美方一意孤行，损害中方利益，中方必将采取有力措施。", [("warn", "CHN", "", "必将采取有力措施")], "a condition goes on over the comma: the harm is not told"),
    ("我们相信，只要双方加强合作，坚持对话，就能取得成果。", [], "nor is what a condition names after 只要"),
    ("日方如果愿意参与，可以提出申请。", [], "the subject may stand before 如果"),
    ("不管外界如何变化，中方都将继续扩大开放。", [("commit", "CHN", "", "将继续")], "a concession conditions nothing: the pledge stands"),
    ("如有进一步消息，我们会及时发布。", [], "news promised on a condition refuses nothing either"),
    ("美方是否应取消制裁？这由美方决定。", [], "a question within a clause"),
    ("双方还谈到了半岛局势。", [("consult", "CHN,USA", "", "谈到了")], "two sides touch upon a matter: talks"),
    ("王毅谈到了半岛局势。", [], "one side's remark is no talk"),
    ("双方决定建立工作组。", [("agree", "CHN,USA", "", "建立工作组")], "what two decide is agreed"),
    ("中方决定建立工作组。", [("commit", "CHN", "", "决定")], "what one decides binds it"),
    ("中方从来都认为这样的做法没有意义。", [("reaffirm", "CHN", "", "从来都认为")], "都认为 of one alone is no agreement"),
    ("中方对俄方遭受灾害表示慰问。", [("support", "CHN", "RUS", "表示慰问")], "遭受 in a topic is no passive"),
    ("中方对国际社会理解支持有关立场表示赞赏。", [("support", "CHN", "WORLD", "表示赞赏")], "the support is what is thanked for"),
    ("中方对俄方同伊朗举行会谈，就有关问题达成共识表示赞赏。", [("support", "CHN", "IRN", "表示赞赏")], "a topic with 对 that goes on over the comma"),
    ("这体现了中国政府坚持多边主义，支持和平对话的立场。", [], "what something shows is described"),
    ("媒体是各国加强沟通的重要纽带。", [], "what something is is described"),
    ("坚持有关目标，严格执行有关决议，支持对话是各国的共识。", [], "a row of clauses that is judged at its end"),
    ("美方立即撤出人员，这是解决问题的前提。", [], "what is named as the condition has not been done"),
    ("争取在相互尊重基础上，达成协议。", [], "what one works for over a comma is not reached"),
    ("我们相信，这次会晤将推动双边关系，也将产生积极影响。", [], "a forecast goes on with 也将"),
    ("王毅出席联合国会议期间，将会见俄方代表。", [("consult", "CHN", "RUS", "会见")], "期间 makes a time of the clause"),
    ("王毅同世界上许多国家的代表举行会谈。", [("consult", "CHN", "OTHER", "举行会谈")], "a preposition with 世界上 before the group"),
    ("王毅同来京出访的俄方代表会晤。", [("consult", "CHN", "RUS", "会晤")], "a preposition with a description before the group"),
    ("你提到的具体情况我不了解。", [("decline", "CHN", "MEDIA", "不了解")], "你 in the topic, 我 as the subject"),
    ("他曾提醒美方做好准备。", [], "他 has no code, and is not the speaker"),
    ("美方对中方这一立场非常清楚。", [], "whoever knows a position does not hold it"),
    ("中国政府维护主权的决心坚定不移，反对某些人干涉内政的决心坚定不移。", [("commit", "CHN", "", "决心坚定不移"), ("commit", "CHN", "", "决心坚定不移")], "the resolve is the owner's, not of those it is against"),
    ("遗憾的是，美方退出谈判，这种做法损人害己。", [("concern", "CHN", "USA", "遗憾的是"), ("sanction", "USA", "", "退出"), ("accuse", "CHN", "USA", "损人害己")], "a judgement of 这种做法 is an act of its own"),
    ("我们希望，俄方应当反思。", [("request", "CHN", "RUS", "希望")], "希望 before a comma takes the duty as its content"),
    ("双方要加强沟通。要加强合作。", [("request", "CHN", "USA", "双方要加强"), ("request", "CHN", "USA", "要加强")], "a row of duties with 要 asks the same party"),
    ("当务之急是各方保持克制。", [("request", "CHN", "WORLD", "当务之急是")], "the task is of the party behind it"),
    ("我们注意到俄方发表声明，宣布断绝同伊朗的外交关系。", [("sanction", "RUS", "IRN", "断绝同伊朗的外交关系")], "whose deed is noted goes on, not the one who notes"),
    ("中方不会搞竞争性贬值。", [("commit", "CHN", "", "不会搞")], "a course that will not be taken"),
    ("中方将采取措施加强人员安全。", [("commit", "CHN", "", "将采取措施加强")], "measures to a peaceful end bind and threaten nobody"),
    ("美方一方面要求中国开放市场，另一方面又歪曲中国的政策。", [("request", "USA", "CHN", "要求"), ("accuse", "CHN", "USA", "歪曲")], "another side: the demand does not go on"),
    ("他们完全可以作出承诺，不会以任何方式干涉中国内政。", [], "不会以任何方式 negates"),
    ("科技发展的必然要求，是国际合作。", [], "a requirement of things is a noun"),
    ("中方同俄方开展人权领域对话与交流，需要双方共同努力。", [("consult", "CHN", "RUS", "开展人权领域对话"), ("request", "CHN", "USA", "需要双方")], "coordinated nouns; what needs both asks both"),
    ("我愿再次强调，对话是唯一出路。", [("reaffirm", "CHN", "", "愿再次强调")], "愿 before 强调 offers nothing"),
    ("我们说过，对话是唯一出路。", [("reaffirm", "CHN", "", "我们说过")], "said before, so said again"),
    ("科学家和专家都已经表示，病毒没有国界。", [], "experts have no code"),
    ("国际社会做出了强烈反应。", [], "会 is the end of 社会"),
    ("商务部负责人已经作出了回应。", [], "said before, but by another body: the speaker restates nothing"),
    ("俄方多次强调，局势十分复杂。", [("reaffirm", "RUS", "", "多次强调")], "of another party it is told as that party's"),
    ("我刚才已经说过，有关情况比较复杂。", [], "one person recalls an answer"),
    ("我已表明中方立场。", [("reaffirm", "CHN", "", "已表明")], "one person, of a position"),
    ("我们已经介绍过有关情况。", [], "information told before is no position"),
    ("正如我们多次强调的，对话十分重要。", [], "what was said is only recalled"),
    ("美方的说法毫无道理。", [("deny", "CHN", "USA", "毫无道理")], "words that are absurd are denied"),
    ("美方的做法毫无道理。", [("accuse", "CHN", "USA", "毫无道理")], "conduct that is absurd is blamed"),
    ("美方的做法非常虚伪，毫无道理。", [("accuse", "CHN", "USA", "非常虚伪，毫无道理")], "adjectives of one judgement"),
    ("美方的言论纯属无中生有，混淆视听。", [("deny", "CHN", "USA", "纯属无中生有，混淆视听")], "a set phrase behind a denial belongs to it"),
    ("美方以安全为由，打压中国企业。", [("accuse", "CHN", "USA", "打压")], "a pretext is part of the conduct behind it"),
    ("美方无视事实，无视规则，执意推进有关计划。", [("accuse", "CHN", "USA", "无视事实，无视规则，执意")], "one disregard in a row"),
    ("美方这样做只会损害自身信誉。", [("warn", "CHN", "USA", "只会损害自身")], "what would come of it has not been done"),
    ("美方的法案只会助长紧张。", [], "nor is what it would only do blamed"),
    ("中方决定向俄方提供一批物资。", [("aid", "CHN", "RUS", "提供一批物资")], "help that is decided is given"),
    ("俄方决定同伊朗“断交”。", [("sanction", "RUS", "IRN", "同伊朗“断交”")], "a word in quotation marks is still the deed"),
    ("中方决定不参加有关谈判。", [("commit", "CHN", "", "决定不参加")], "what one decides not to do"),
    ("中方不参加有关谈判。", [], "not taking part is no contact"),
    ("俄方明确表明了反对立场。", [("oppose", "RUS", "USA", "明确表明了反对立场")], "a stance against"),
    ("双方领导人多次会晤。", [("consult", "CHN,USA", "", "多次会晤")], "how often they met"),
    ("双方保持高层交往对地区稳定具有重要意义。", [], "contact that is judged is not told"),
    ("大家都很关心有关安排。", [], "everybody in the room has no code"),
    ("尽快就有关问题达成协议。", [], "soon: it is to be reached"),
    ("有关委员会未能达成共识。", [], "a body without a code"),
    ("俄方表示，中国发展很快，并承诺将加强合作。", [("commit", "RUS", "", "承诺将")], "whoever is reported goes on with 并"),
    ("这个问题需要美方来澄清。", [("decline", "CHN", "MEDIA", "需要美方来澄清")], "the asker is sent to another"),
    ("美方需要作出澄清。", [], "a clarification needed, without 来, sends nobody there"),
    ("中方注意到俄罗斯与伊朗签署备忘录。", [("agree", "RUS,IRN", "", "签署")], "whoever stands directly before 与 signs, and not the one who notes"),
    ("俄方同中方取得了联系，并进行了深入探讨。", [("consult", "RUS", "CHN", "取得了联系"), ("consult", "RUS", "CHN", "进行了深入探讨")], "the partner of the clause before stays the partner"),
    ("我们对事件感到震惊，对袭击予以谴责。", [("concern", "CHN", "USA", "感到震惊"), ("accuse", "CHN", "", "予以谴责")], "a second feeling is no part of the first"),
    ("中国出席联合国会议的代表团作了说明。", [], "who takes part is described"),
    ("双方每年举行磋商。", [], "what is held every year tells no occasion"),
    ("来自日方、联合国等20多个国家和组织的代表进行了讨论。", [], "a list of which only some are named"),
    ("中美举行对话。首轮对话已于去年在北京举行。", [("consult", "CHN,USA", "", "举行对话"), ("consult", "CHN,USA", "", "已于去年在北京举行")], "the session before was held by the same two"),
    ("我们收到美方希望访华的信息。", [], "a wish as an attribute"),
    ("我们希望美方正视各界维护交往的意愿。", [("request", "CHN", "USA", "希望")], "but what is asked of somebody stands"),
    ("俄方同伊朗都觉得双方有必要沟通。", [], "a duty within another's view"),
    ("我们觉得美方有必要反思。", [("request", "CHN", "USA", "有必要")], "and within one's own"),
    ("国际社会在表明反对立场的同时，应加大努力。", [("request", "CHN", "WORLD", "应")], "what goes on at the same time is only mentioned"),
    ("有关工作得到民众衷心拥护和支持。", [], "a public at home"),
    ("中方的倡议赢得国际社会尊重和赞誉。", [("support", "WORLD", "CHN", "尊重和赞誉")], "praise in two nouns of one passive"),
    ("中方坚决反对有关计划的立场是一贯的。", [("reaffirm", "CHN", "", "立场是一贯的")], "what the position is against is described"),
    ("中国政府历来重视新疆的发展。", [], "a matter at home"),
    ("中方有关部门会予以重视。", [], "what will be valued is no standing line"),
    ("俄方已将军舰拖回。", [], "已 before 将: it marks an object"),
    ("美方急于将责任推给中方。", [], "and 急于"),
    ("美方说成是中方所为，显然是别有用心。", [("accuse", "CHN", "USA", "别有用心")], "说成 tells nobody's words"),
    ("这是不公正的国际秩序的产物。", [], "an attribute judges nobody"),
    ("一直关注俄方履行义务。", [], "what is watched is another's"),
    ("一是加强合作，二是坚持开放。", [], "a heading of a list"),
    ("中国民航局有关负责人已表示，有关安排会调整。", [], "another body has said it"),
    ("美方把犯罪称之为自由，是赤裸裸的双重标准。", [("accuse", "CHN", "USA", "是赤裸裸的双重标准")], "称之为 tells nobody's words"),
    ("美方的当务之急是解决问题，而不是推卸责任。", [], "what is not to be done is not blamed"),
    ("两国领导人将举行会谈并共同出席签字仪式。", [("consult", "CHN,USA", "", "举行会谈"), ("consult", "CHN,USA", "", "共同出席")], "two deeds joined by 并"),
    ("中国医疗专家组抵达俄罗斯。", [("aid", "CHN", "RUS", "医疗专家组抵达")], "people sent to help have arrived"),
    ("以冬奥会为契机，各方加强对话。", [], "会 is the end of 冬奥会"),
    ("你只能向美方求证。", [("decline", "CHN", "MEDIA", "你只能向美方求证")], "sent elsewhere"),
    ("关于出入境事宜，请询香港特区政府。", [("decline", "CHN", "MEDIA", "请询")], "sent to another office"),
    ("我们有信心、有能力战胜疫情。", [], "a struggle at home binds towards nobody"),
    ("香港激进势力肆意破坏公共秩序，践踏法治。", [], "people who break the law at home: their territory is not blamed"),
    ("各国在有关海域建立合作机制，有充分依据。", [("agree", "WORLD", "", "建立合作机制")], "who founds it stands in the clause"),
    ("首先我向大家通报一组数字。", [], "told to the room"),
    ("警方依法逮捕了日方犯罪嫌疑人。", [], "a criminal case"),
    ("这不是美方说几句话就能抹杀的。", [], "what cannot be done is not blamed"),
    ("我们多次强调过，必须在相互尊重基础上解决。", [("request", "CHN", "USA", "必须")], "the duty is what was said: asked of the one spoken of"),
    ("美方明显是在干涉中国内政。", [("accuse", "CHN", "USA", "干涉")], "在…内政 is no place"),
    ("王毅会见了俄方代表，就有关问题深入交换意见，达成共识。",
     [("consult", "CHN", "RUS", "会见了"), ("consult", "CHN,RUS", "", "深入交换意见"), ("agree", "CHN,RUS", "", "达成共识")], "whoever was met is the other side of what follows"),
    ("英方一直支持有关做法，希望英方反思。", [("support", "GBR", "USA", "一直支持"), ("request", "CHN", "GBR", "希望")], "nobody hopes it of itself: the speaker does"),
    ("有关情况我们将及时发布。", [], "news to come binds nobody"),
    ("我们发布了王毅访问俄罗斯的消息。", [], "a visit in the attribute of news"),
    ("中方推出了有诚意、有分量的举措。", [], "qualities in a row of attributes"),
    ("各方重申致力于维护协议。", [("reaffirm", "WORLD", "", "重申")], "what is bound to again is restated"),
    ("俄方重申中方将坚定不移推动开放。", [("commit", "CHN", "", "将坚定不移推动")], "a commitment with its own subject stands"),
    ("俄方总统将应王毅邀请于下周对中国进行国事访问。", [("consult", "RUS", "CHN", "进行国事访问")], "应…邀请 is no duty"),
    ("双方已商定，将在五年内安排互访。", [("agree", "CHN,USA", "", "商定")], "what is agreed goes on behind the comma"),
    ("双方一致表示，将继续扩大合作。", [("agree", "CHN,USA", "", "一致表示"), ("commit", "CHN,USA", "", "将继续")], "what both say with one voice binds them"),
    ("双方将梳理合作，探讨新领域，并就其他问题交换意见。", [("consult", "CHN,USA", "", "梳理合作"), ("consult", "CHN,USA", "", "交换意见")], "what talks are filled with goes on"),
    ("我还不掌握，需要去了解核实。", [("decline", "CHN", "MEDIA", "不掌握")], "one refusal in two clauses"),
    ("某公司表示愿加强合作。", [], "somebody without a code"),
    ("王毅将阐述中方立场。", [("reaffirm", "CHN", "", "阐述中方立场")], "将 only plans what is restated"),
    ("美方妄图破坏团结，干涉中国内政。", [("accuse", "CHN", "USA", "妄图")], "the aim goes on over the comma"),
    ("75%的民众对有关关系感到担忧。", [], "what a survey says"),
    ("三是携手反对恐怖主义。", [], "the heading of a point"),
    ("各国应当维护稳定；支持联合国发挥作用。", [("request", "CHN", "WORLD", "应当维护")], "a duty goes on over a semicolon"),
    ("日方无权对中方的安排说三道四。", [("oppose", "CHN", "JPN", "无权对")], "a right that is disputed: its use is rejected"),
    ("任何外国都无权干预香港事务。", [], "but nobody's right in particular"),
    ("中方鼓励有关国家扩大交往。", [("request", "CHN", "OTHER", "鼓励")], "whoever is encouraged is asked"),
    ("中方鼓励一切有利于和平的努力。", [("support", "CHN", "", "鼓励一切")], "a course encouraged, of nobody in particular, is approved"),
    ("我建议日方好好反思。", [("request", "CHN", "JPN", "建议日方好好")], "counsel on another's own conduct asks"),
    ("中方建议日方派代表参加谈判。", [("propose", "CHN", "JPN", "建议")], "a plan for both is proposed"),
    ("中方将继续敦促俄方妥善处理此事。", [("request", "CHN", "RUS", "将继续敦促")], "pressing that goes on is pressing"),
    ("美方提议在夏季举行首脑会议。", [("propose", "USA", "", "提议在夏季举行")], "an occasion proposed is not held"),
    ("美方有关提议没有得到回应。", [], "the noun proposes nothing"),
    ("中方无意挑起争端。", [("commit", "CHN", "", "无意")], "a course disclaimed for what is to come"),
    ("决议本身无意影响有关安排。", [], "a text has no will"),
    ("王毅将率团赴俄罗斯。", [("consult", "CHN", "", "率团赴")], "who leads a delegation abroad"),
    ("中方同美国国务卿某某率领的美方代表团举行会谈。", [("consult", "CHN", "USA", "举行会谈")], "the partner's leader stands between it and 同"),
    ("双方宣布成立合作委员会。", [("agree", "CHN,USA", "", "宣布成立")], "a body founded together"),
    ("中方宣布成立合作委员会。", [], "one's own body is none"),
    ("中方表明了反对外部干涉的严正立场。", [("oppose", "CHN", "USA", "表明了反对外部干涉的严正立场")], "a stance against something, told in full"),
    ("我们坚决反对任何支持分裂的国家，也反对有关做法。", [("oppose", "CHN", "", "坚决反对"), ("oppose", "CHN", "USA", "反对")], "任何 opens what is opposed, and describes nobody who opposes"),
    ("我真的没听说过这种措施。", [("decline", "CHN", "MEDIA", "真的没听说过")], "真的 is an adverb and makes no noun"),
    ("中方的做法是对法治的最大尊重。", [], "the same words of praise"),
    ("美方此举是对法治的最大亵渎。", [("accuse", "CHN", "USA", "是对法治的最大亵渎")], "an adverb between 的 and the noun"),
    ("美方的说法完全不符合事实。", [("deny", "CHN", "USA", "完全不符合事实")], "against facts it is denied"),
    ("美方的做法完全不符合国际法。", [("accuse", "CHN", "USA", "完全不符合")], "against law it is blamed"),
    ("美方个别议员将暴力美化为自由。", [("accuse", "CHN", "USA", "美化")], "将 marks what is made out to be something else"),
    ("我们注意到国际社会支持有关协议，并对俄方执行协议给予了充分肯定。", [("support", "WORLD", "USA", "支持"), ("support", "WORLD", "RUS", "给予了充分肯定")], "whose approval is noted goes on approving"),
    ("各国代表普遍看好中国的发展前景。", [("support", "WORLD", "CHN", "普遍看好")], "a hopeful view approves"),
    ("各国管好看好自己的人员。", [], "看好 as looking after"),
    ("双方通话后，双方将按照通话精神共同努力。", [("commit", "CHN,USA", "", "将")], "the call that was held is only referred to"),
    ("到访人士积极评价中方的努力。", [], "visitors without a code"),
    ("俄方禁止到访过中国的外国人入境。", [("sanction", "RUS", "CHN", "禁止")], "who has visited is described"),
    ("中国经济必将行稳致远。", [], "a forecast binds nobody"),
    ("外交部发言人办公室将照常接受提问。", [], "office hours bind nobody"),
    ("中国政府一贯高度重视海外中国公民的安全。", [], "care for one's own people is no line towards others"),
    ("我们也会遵循这一原则。", [("commit", "CHN", "", "会遵循")], "会 binds to what would else only be held"),
    ("五核国将围绕有关问题深入交换看法。", [("consult", "CHN,FRA,RUS,GBR,USA", "", "深入交换看法")], "a number of states stands for them where a mechanism says which"),
    ("安理会五常将围绕有关问题深入交换看法。", [("consult", "P5", "", "深入交换看法")], "but not a body with a name of its own"),
    ("中方希望伤者早日康复。", [("support", "CHN", "USA", "希望伤者早日康复")], "a wish for those in hardship demands nothing"),
    ("中方希望俄方早日作出决定。", [("request", "CHN", "RUS", "希望")], "but a decision is asked for"),
    ("俄方积极响应中方的倡议，向中方派出专家组。", [("support", "RUS", "CHN", "积极响应"), ("aid", "RUS", "CHN", "派出专家组")], "a proposal taken up, and a deed of one's own"),
    ("中方的倡议得到俄方热烈响应。", [("support", "RUS", "CHN", "热烈响应")], "who takes it up stands behind 得到"),
    ("使馆启动应急响应机制。", [], "a plan for emergencies"),
    ("此访体现了俄方对双边关系的高度重视。", [("reaffirm", "RUS", "", "体现了俄方对双边关系的高度重视")], "whose esteem is shown"),
    ("此访体现了有关问题的高度复杂性。", [], "and nobody's is"),
    ("我们的立场相信你非常清楚。", [("reaffirm", "CHN", "", "立场相信你非常清楚")], "a position that the asker knows"),
    ("有关情况相信你非常清楚。", [], "what else the asker knows is no position"),
    ("国际社会加强合作，一是要摒弃双重标准；二是要解决热点问题。",
     [("request", "CHN", "WORLD", "一是要"), ("request", "CHN", "WORLD", "二是要")], "points of what is to be done"),
    ("国际社会加强合作，一是摒弃双重标准；二是解决热点问题。", [], "points without 要 ask nothing"),
    ("双方达成共识，停止加征新的关税。", [("agree", "CHN,USA", "", "达成共识")], "what is to stop is not taken"),
    ("美方宣布加征新的关税。", [("sanction", "USA", "", "加征新的关税")], "but what is announced is"),
    ("当务之急是全面严格执行决议。", [], "what is to be done first is nobody's standing line"),
    ("相信你已经注意到，中方派出救援队。", [("aid", "CHN", "", "派出救援队")], "what the asker is thought to know is told"),
    ("相信中方派出救援队。", [], "what is believed of the future is not"),
    ("中方对俄方的处境感同身受，向俄方提供了物资，派出医疗队。",
     [("support", "CHN", "RUS", "感同身受"), ("aid", "CHN", "RUS", "提供了物资"), ("aid", "CHN", "", "派出医疗队")], "deeds in a row behind a feeling"),
    ("我们希望这种合作有利于和平。", [("request", "CHN", "", "希望")], "how conduct is to be is asked of those who conduct it"),
    ("中方的立场是一贯的，我这里就不重复了。", [("reaffirm", "CHN", "", "立场是一贯的")], "a position that was just told is no refusal"),
    ("中方致力于同美方一道努力。", [("commit", "CHN", "USA", "致力于")], "whoever commits itself is one, though to a course with another"),
    ("中方同美方一道致力于和平。", [("commit", "CHN,USA", "", "致力于")], "but here both do"),
    ("中方对有关合作从来都持开放态度。", [("reaffirm", "CHN", "", "从来都持开放态度")], "a standing attitude"),
    ("中方对有关合作持开放态度。", [("offer", "CHN", "", "开放态度")], "and an open one offers"),
    ("美方应当正视历史，不要误导国民。", [("request", "CHN", "USA", "应当")], "what is not to be done completes the duty"),
    ("中方向俄方提供了紧急援助，帮助俄方开展救灾。", [("aid", "CHN", "RUS", "提供了紧急援助")], "what the help is for is part of it"),
    ("王毅会见俄方代表，帮助俄方开展救灾。", [("consult", "CHN", "RUS", "会见"), ("aid", "CHN", "RUS", "帮助")], "behind another deed it is one of its own"),
    ("俄方总统致信王毅表示感谢。", [("support", "RUS", "CHN", "致信王毅表示感谢")], "the letter's purpose is told"),
    ("美方企图渲染安全威胁，为自身扩军制造借口。", [("accuse", "CHN", "USA", "企图")], "what the aim serves goes on"),
    ("来自中国的援助不附加任何政治条件。", [], "a quality of help"),
    ("这份公开信令人感动。", [], "nobody named is thanked"),
    ("包括中国在内的许多国家派代表出席了仪式。", [("consult", "CHN,OTHER", "", "派代表出席")], "a member named and the rest both act"),
    ("有关安排得到包括中国在内的许多国家欢迎。", [("support", "CHN,OTHER", "", "欢迎")], "in a passive too"),
    ("中国航空工业集团向俄方提供了物资援助。", [("aid", "FIRM", "RUS", "提供了物资")], "an enterprise is not the state in its name"),
    ("中国公司向俄方提供了物资援助。", [("aid", "FIRM", "RUS", "提供了物资")], "nor is one without a name"),
    ("中方敦促俄方认清某某集团公司的本质。", [("request", "CHN", "RUS", "敦促")], "a party that speaks of an enterprise is none"),
    ("中国敦促公司守法。", [("request", "CHN", "", "敦促")], "nor is a state with a verb between"),
    ("中国某某医药股份有限公司向俄方提供了物资援助。", [("aid", "FIRM", "RUS", "提供了物资")], "有 in 有限公司 is no verb"),
    ("中国政府同企业集团向俄方提供了物资援助。", [("aid", "CHN", "RUS", "提供了物资")], "but a state that acts with one is"),
    ("有关团体共同将《倡议》联合提交审议。", [], "将 before a title marks an object"),
    ("我们注意到俄方关于应当对话的表态。", [], "a duty in the attribute of words"),
    ("中美都是五核国，也都主张对话。", [("reaffirm", "CHN,USA", "", "主张")], "what the subject is said to be does not act"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[case[0][:16] for case in CASES])
def test_acts(text: str, expected: list[tuple[str, str, str, str]], why: str) -> None:
    found = [(one.type, ",".join(one.actors), ",".join(one.targets), text[slice(*one.trigger)]) for one in acts(text)]
    assert found == expected, why


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("中方将同俄方举行会谈。", "planned"),
        ("王毅正同俄方代表举行会谈。", "ongoing"),
        ("王毅同俄方代表举行了会谈。", "done"),
        ("中方坚决反对美方的做法。", "ongoing"),
        ("中方已向美方提出严正交涉。", "done"),
    ],
)
def test_time_is_told_by_the_words_before_and_behind(text: str, time: str) -> None:
    assert [one.time for one in acts(text)] == [time]


def test_negation_before_a_trigger() -> None:
    [act] = acts("双方没有签署协议。")
    assert (act.type, act.polarity) == ("agree", "negated")


def test_hedge_is_the_word_of_obligation() -> None:
    assert [one.hedge for one in acts("中方愿同俄方合作。中方承诺不首先使用武力。美方必须纠正错误。")] == [
        "愿",
        "承诺",
        "必须",
    ]


def test_span_runs_from_the_actor_to_the_end_of_what_is_asked() -> None:
    text = "目前，中方希望各方保持克制，尽快恢复对话，但这需要时间。"
    [act] = acts(text)
    assert text[slice(*act.span)] == "中方希望各方保持克制，尽快恢复对话"


RULES = triggers().rules


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_finds_its_own_example(rule) -> None:  # type: ignore[no-untyped-def]
    found = [(one.rule, one.type) for one in acts(rule.example)]
    if rule.type is None:
        assert found == [], "a shield keeps its words from being an act"
    else:
        assert (rule.id, rule.type) in found


@pytest.mark.parametrize("name", sorted(cues.table()))
def test_a_cue_finds_its_own_example(name: str) -> None:
    cue = cues.table()[name]
    assert any(found[0] for found in re.finditer(cue.words, cue.example)), cue.reason
    assert cue.reason


def test_every_cue_of_the_table_is_used() -> None:
    assert {name.strip("_").lower() for name, value in vars(cues).items() if isinstance(value, re.Pattern)} == set(
        cues.table()
    )


def test_the_notation() -> None:
    assert phrases("提出（了）…[倡议/建议]/发起", "here") == [
        ("提出", "倡议"), ("提出", "建议"), ("提出了", "倡议"), ("提出了", "建议"), ("发起",),
    ]  # fmt: skip
    for wrong in ("", "（甲", "[甲]]", "…甲", "甲…", "甲……乙", "（甲（乙））"):
        with pytest.raises(LexiconError, match="here"):
            phrases(wrong, "here")


def test_a_wrong_row_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    head = "id,type,words,who,target,time,traits,example,reason\n"
    for row, told in (
        ("a,cheer,欢呼,subject,none,auto,,x,y", "type"),
        ("a,support,欢迎…,subject,none,auto,,x,y", "gap"),
        ("a,support,欢迎,subject,none,auto,,x,y\na,oppose,反对,subject,none,auto,,x,y", "occurs twice"),
        ("a,support,欢迎,subject,none,auto,,x,y\nb,oppose,欢迎,subject,none,auto,,x,y", "is also in 'a'"),
        ("a,support,欢迎,subject,none,auto,,,y", "example is words"),
        ("a,support,欢迎,subject,none,auto,,x,", "reason is words"),
        ("a,support,欢迎,subject,none,auto,,x, ", "reason is words"),
    ):
        table = tmp_path / "triggers.csv"
        table.write_text(head + row + "\n", encoding="utf-8")
        with pytest.raises(LexiconError, match=told) as error:
            load(table)
        assert "triggers.csv, line" in str(error.value)


_PIECES = st.sampled_from([
    *NAMES, "，", "。", "？", "；", "\n", "“", "”", "、", "：", "将", "会", "应", "愿", "希望", "坚决反对", "举行会谈", "对此", "对", "同", "和", "被", "如果", "称",
    "表示", "的", "了", "不", "没有", "提出", "严正交涉", "敦促", "干涉", "立场是一贯的", "不了解", "你提到的", "难道", "吗", "a", " ", "😀", "在", "时", "这",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_any_text_gives_valid_acts(text: str) -> None:
    for principal, others in (("CHN", ("USA",)), (None, ())):
        reached = 0
        for act in acts(text, principal, others):
            assert 0 <= act.span[0] <= act.trigger[0] < act.trigger[1] <= act.span[1] <= len(text)
            assert act.actors
            assert act.trigger[0] >= reached, "triggers stand in order and apart"
            reached = act.trigger[1]
