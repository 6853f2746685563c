"""Cues of the Chinese clause grammar: adverbs, negation, conditions, time words, verbs of saying."""

from __future__ import annotations

import re

#: Adverbs and light verbs that are part of the trigger after them: 坚决反对, 表示强烈不满, 予以高度评价.
ADVERBS = frozenset(
    "坚决 强烈 一贯 始终 高度 严重 深切 深表 诚挚 热烈 衷心 再次 多次 一致 真诚 完全 坚定 "
    "表示了 表达了 明确 积极 严厉 公开 大肆 粗暴 公然 肆意 恶意 蓄意 无端 无理 刻意 不断 一再 屡次 反复 "
    "郑重 严正 严肃 充分 十分 非常 由衷 沉痛 普遍 广泛 共同 深入 密切 继续 进一步 坚定不移 "
    "横加 悍然 单方面 竭力 极力 彻底 同样 特别 亲切 崇高 深深 深感 感到 表示 表达 致以 予以 "
    "给予 最强烈 最严厉 最诚挚 极大 极度 深刻 立即 紧急 历来 一向 一直 强烈的 诚挚的 深切的 "
    "严重的 沉痛的 衷心的 热烈的 崇高的 由衷的 高度的 极大的 最诚挚的 坚定的 明显 毫不 大力 全力 "
    "断然 了强烈 故意".split()
)

#: Types for which the words before the trigger count as well: a verb between makes the trigger part of something else.
PLAIN = frozenset("consult agree aid support reaffirm commit sanction propose".split())
POSITION = re.compile("立场|态度|政策|原则|主张|决心|意志")

_NEGATIVE = re.compile(
    "(?:无权|无意|不得|不能|不应|不应该|不要|不允许|不许|并不|并未|从未|从不|从没|尚未|不会|未能|没能|没有|不再|无法|难以|不曾|不|没|未|无需|推迟|取消|得不到|"
    "不需要)(?:再|就|对此|以任何(?:方式|形式|借口|理由|名义))?$"
)
NOT_NEGATED = re.compile("(?:不得不|不能不|无不|不仅|不断|不但|不只|不久|决不|毫不|不约而同|从来不)$")


def negation(text: str, floor: int, start: int) -> bool:
    """Whether a negation is directly before a trigger."""
    before = text[max(floor, start - 12) : start]
    return bool(_NEGATIVE.search(before)) and not NOT_NEGATED.search(before)


#: A conditional clause.
CONDITION = re.compile(
    "[“ 　]?(?:但|而|所以|同时|当然|因此|我想)?"
    "(?:如果|如(?:有|能|需|其(?!中)|对|想|确|真|不|未|任由|美|中(?!国有)|双方|一方|各方|你(?!所|知|们所))|凡是|凡(?=[^事])|若(?!干)|倘|假如|一旦|除非|要是|万一|即使|即便|哪怕|无论|不管|只有|只要)"
)
#: A concession: what follows holds all the same.
EVEN_SO = re.compile("[“ 　]?(?:但|而|所以|因此)?(?:无论|不管|即使|即便|哪怕)")
#: The same with its subject first: 日方如果有意.
SUBJECT_IF = re.compile("[^，。；如若]{1,6}(?:如果|一旦|如能|若能|如有|如(?=[不要真想确]))")
#: What closes a condition: the clause that holds then.
THEN = re.compile("就|则|那么|那就|那将|将|必|才|便|都|也|会|难道|还|愿|不")
#: A condition on which news is promised: 如有消息，我们会及时发布.
IF_NEWS = re.compile("如果?有[^，。；]{0,14}(?:消息|信息|情况|进展|安排)")
#: A question within a clause: 是否应取消制裁.
WHETHER = re.compile("是否|能否|会不会|有没有|什么样|怎样的")
#: The reporter's words taken up in an answer: not an act of the principal.
ASIDE = re.compile("你(?:们)?(?:刚才|所|还|昨天|上面)?(?:提到|说|问|讲|举|关心|提及|援引|引用)(?:的|到|过|,|，)?")
ASKING = re.compile("难道|是否|是不是|为什么|为何|怎么|谁|什么|哪|何以|何在|吗|呢|岂|能不能|有没有|究竟|到底|凭什么|几")

#: What coordinates triggers of one subject: 欢迎和支持, 赞赏并感谢.
CONJOINED = re.compile("[了过]?(?:、|，?并|和|与|及|以及|且|，?并且|也)?(?:对此|也)?(?:表示)?")
#: What begins a main clause even after a complement.
MATRIX = re.compile(
    "(?:[再也都还真诚强烈衷心郑重严正继续一再次]{0,4})(?:希望|敦促|呼吁|要求|奉劝|愿|期待|对此|关切|遗憾|提醒|严正交涉|提出|反制|采取|将|会|坚决反对|建议你|请你|正告)"
)
TURNING = re.compile("[并而也还且](?:将|已|再次|对此)?$|，")
#: The complement ends before these.
COMPLEMENT_ENDS = re.compile(
    "(?:另一方面|又(?!好)|却|反而|结果|这(?!一|种|样)|但|因为|而(?!不)|正如|否则|同时|此外|我们|中方(?!一)|事实|相信|只有)"
)

#: 的 and other words that make a noun of the words before or after them.
NOUN_BEFORE = re.compile(
    "(?:符合|满足|根据|按照|有关|相关|上述|这一|该|各项|(?:倡议|思路|主张|方案|看法|意见|请求|批评)(?:、|和|与|及)|(?<![为对就因在与])此|重大|重要|正确|错误的?|得到|回应|顺应|违背|有违|一项|一些|这些|这种|合理|项)$"
)
NOUN_AFTER = re.compile(
    "(?:下(?![去，步一])|之下|以来|周年|前后|期间|之际|之初|者|国(?!家|际|与国|同国)|方(?!面|案)|稿|函)"
)
#: A clause that only gives the time of another: 总统访华时.
WHEN = re.compile(
    "[^，。；]{0,26}?(?:时(?!间|候?期|代|刻|常|任|而)|的?时候|前夕|结束后|过程中|期间|之际|之后)(?=，|,|也|还|就|对|曾|将|同|与|$)"
)
#: A clause on the matter of the answer, and how it ends.
ON_MATTER = re.compile("[ “]?(?:而|但)?(?:关于|至于|对于)")
MATTER_END = re.compile("(?:事|问题|情况|言论|报道|说法|做法|决定|表态|提议|建议|传言|消息)$")
#: A concession that takes the conduct as given: 无论美方怎么抹黑.
CONCEDED_ANY = re.compile("[“ ]?(?:但|而)?(?:无论|不管)")
CONCEDED = re.compile("(?:无论|不管)[^，。；]{0,12}(?:怎么|如何|怎样)")
#: A verb in a description of who is the first or one of many: 最早支持倡议的国家之一.
ONE_OF = re.compile("[^，。；]{1,40}的[^，。；的]{0,8}(?:国家|国|组织|成员|伙伴|城市|机构|企业)之一")
#: Duty or wish before a deed: it is not done.
DUE = re.compile(
    "(?:(?<=关键)|(?<=重点)|(?<=[方们国是也都还更就，])|^)要(?![求素点员案害是])|应(?:该|当)?(?![邀约询对])|必须|须要|有必要"
)
#: Words that give the aim of a clause, which the clauses after it share.
AIM = re.compile("(?:宗旨|目标)[^，。；]{0,4}是|初衷是|任务是|目的是|旨在|意在|是为了|目的在于")
#: What is said of a thing, though a duty: 香港事务应归中央政府管理.
OF_THINGS = re.compile("[都均理也]?应(?:该|当)?(?:归|得到|受到|成为|是|有|被|属于|予以|加以)")
#: What makes a purpose of the verb behind it: 为敦促美方撤销决定.
PURPOSE = re.compile("(?:(?<![认因作成称行视所极更尤较最颇甚深人广])为了?|旨在|以便|以求)$")
#: An anniversary of an agreement is no agreement: 建立外交关系20周年.
ANNIVERSARY = re.compile("[0-9０-９一二三四五六七八九十]周年")
#: What stands before conduct that is avoided or imagined, not blamed: 避免激化矛盾.
AVOIDED = re.compile(
    "涉嫌|可能|能否|避免|防止|杜绝|制止|警惕|禁止|停止|是否|免于|不存在|以免|不能以|不应以|任何.{0,8}(?:试图|企图)(?!破坏)"
)
#: Nouns that make a description of the blame before them: 抹黑中国的做法.
CONDUCT = re.compile(
    "的[^，。；的]{0,6}(?:分子|做法|行为|行径|言论|言行|图谋|企图|举动|表态|决定|说法|指责|谬论|把戏|伎俩|谎言|政策|行动|声明|报告|决议|议案|法案|政客|势力)"
)
#: What may stand before 将 in a later predicate of a chain: 两国愿加强合作，并将扩大贸易.
CHAINED = re.compile("(?:并|并且|也|还|均|都|同时|而|今后|接下来|下一步|下阶段|稍后|之后|此后)*")
#: Behind the subject: its visit, not itself.
ITS_VISIT = re.compile("此访|此行|此次|这次|本次")
#: Belief in what comes.
BELIEVED = re.compile("相信|坚信|预计|预祝")
#: What makes a forecast of the clauses after it.
EXPECTED = re.compile("相信|坚信|预计|预祝|祝愿|期待|希望|可以想见|意味着")
#: Nouns that make a description of the verb before them: 反对战争的声音.
VOICES = re.compile("[^，。；]{1,16}的(?:声音|强烈呼声|呼声|国家|力量|人士)(?=[，。；也都]|$)")
#: A duty or right in law, described by the verbs before it: 规定了公民支持、协助工作的义务.
IN_LAW = re.compile("规定|负有|享有|具有|承担|履行|有(?=[^，。；]{2,}$)")
LEGAL_NOUN = re.compile("[^，。；]{1,40}的(?:义务|权利|责任|职责)")
#: What a party has done or offered, as the subject: 安理会实施的有关措施.
DONE_BY = re.compile("[^，。；的]{1,12}的[^，。；]{0,8}(?:措施|努力|决定|做法|行动|贡献|倡议|建议|方案|决议|贷款|援助)")
#: Whom a talk is between: 就有关问题深入讨论.
BETWEEN = re.compile("就|同|与|双方|两国|各方|三方|共同")
#: What is told about a deed as a noun: 出席情况, 访问事宜.
ABOUT = re.compile("(?:的)?(?:具体|有关)?(?:问题|程序|进程|申请|情况|事宜|安排|一事|日程|人选|消息)")
#: A deed that something serves: 为各国开展对话提供平台.
SERVED = re.compile("为[^，。；]{1,20}$")
SERVING = re.compile(
    "[^，。；]{0,30}(?:提供|创造|奠定|注入|营造|搭建)[^，。；]{0,12}(?:平台|条件|机会|机遇|基础|动力|保障|氛围|支撑|契机)"
)
#: A verb of possibility or duty whose clauses go on: 双方可以通过各种对话，…进行交流.
POSSIBLE = re.compile("(?:可以|能够)(?!说|告诉|看|放心)|应该|应当|必须")
#: A duty in an earlier clause, which the clauses after it share: 各方都应遵守规则，切实履行义务.
DUTIFUL = re.compile("(?<![回反顺响相适效对供呼])应(?!(?:该|当)?[对邀询用急很说清知])|必须|当务之急")
#: The resolve of others than those blamed before it: 反对外部势力干预的决心.
RESOLVE = re.compile("[^，。；]{0,30}的(?:坚定)?(?:决心|意志)")
#: Somebody without a code as the subject: 科尔先生.
PERSON = re.compile("[^，。；向对同与为给就在由]{1,12}(?<!们)(?:先生|女士|博士|教授)(?!们)")
#: What somebody is said to have done, as the attribute of a claim: 所谓中方任意拘押公民的指责.
SO_CALLED = re.compile("所谓|有关|关于|声称")
CLAIMED = re.compile("[^，。；]{0,30}的(?:指责|说法|言论|报道|传言|传闻|猜测|论调|谎言|谣言)")
#: What is to come, as the attribute of news: 将访美的消息.
NEWS = re.compile("[^，。；]{1,40}的(?:消息|报道|计划|可能性|传言|新闻)$")
#: A noun of conduct made of two verbs: 针对企业的打压抹黑行动.
OF_BEFORE = re.compile("的[^，。；的]{0,2}$")
CONDUCT_NOUN = re.compile("行动|言论|行为|行径|做法|势力|伎俩|手法|企图|图谋")
#: A frame that announces what follows and says nothing itself: 我重申几点.
EMPTY_FRAME = re.compile("(?:以下|如下)?(?:一下|一遍|一句|[几一两二三四]点)(?=[，：。；]|$)")
#: A verb behind 在 opens a phrase of place: 在抵制保护主义方面.
IN_DOING = re.compile("(?<![存正现实潜还直都也仍是])在$")
#: Taking notice: whose deed follows, 我们注意到俄方发表声明，决定….
NOTING = re.compile("注意到|看到|获悉|得知|了解到|知道|高兴地看到")
#: Blame as the subject of a judgement: 恶意抹黑都是徒劳的.
BLAME_JUDGED = re.compile("(?:都|完全|纯粹|根本|只不过|就)?(?:是|属|注定)")
#: What happens to the subject, who is not the one blamed: 受到干扰.
SUFFERS = re.compile("受到|遭到|遭受|免受|免遭|遭(?!遇)|被(?!迫|动)")
#: Displeasure at the end of a sentence at what is told after 对: 对美方…，干涉中国内政表示强烈不满.
#: ... but at what is taken up with 对此 or named in the same clause.
TO_THAT = re.compile("对(?!外)")
DISPLEASED = re.compile("(?:表示|深表|感到)[^，。；]{0,8}(?:不满|反对|愤慨|谴责|抗议|遗憾|关切)")
#: A clause that is the subject of the next: 接待外国官员访华，是正常合作的一部分.
NEXT_JUDGES = re.compile("(?:这)?(?:是(?!否)|完全是|不是|本身|并不|并非|不代表|不等于|属于|既不)")
#: A clause, or a row of them, that is the subject of a judgement: 坚持一个中国原则是双方关系的基础.
NOMINAL = re.compile(
    "(?<![不还就都但只于正可总要更凡先或若的])是(?!否|不是)[^，。；]{0,40}(?:共识|前提|基础|承诺|要求|途径|关键|准则|原则|义务|责任|保障|出路|选择|大势所趋|人心所向)(?=[，。；]|$)"
)
#: How a clause begins that is one of a row of verbs and not a sentence of its own.
ROW_VERB = re.compile(
    "(?:也|都|并)?(?:是|严格|认真|积极|坚定|坚决|坚持|支持|执行|维护|遵守|恪守|推动|加强|通过|全面|切实|妥善|尊重|保持|实现|开展|反对|尽快|共同|以和平)"
)
#: What is named as the condition of something is not done: 撤出人员，这是前提.
CONDITION_NAMED = re.compile("这(?:也)?是[^，。；]{0,40}(?:前提|基础|关键|条件)")
#: ... or of the same clause: 代表团访问中国是商定的行程.
IS_A = re.compile("(?<![不还也就都但只于正可总要更凡先或若的一二三四五六七八九])是(?!否|不是)")
#: A verb directly behind 对 is what is felt about: 对支持对话的共识.
OF_TOPIC = re.compile("(?<![应面针反敌核校作])对$")
#: A noun at the end of a clause that the words before it describe.
OF_END = re.compile("的[^，。；的]{1,10}$")
#: Before a standing line it is a duty: 应坚持.
DUTY = re.compile("(?:(?<![需主重想只])要|应|应该|应当|都要|必须|需要|理应|须|才能)(?:继续|共同|始终|坚定)?$")
#: Whose concern or opposition is heeded or not: 回应国际社会严重关切, 不顾各方反对.
HEEDED = re.compile("(?:回应|重视|照顾|顾及|不顾|罔顾|无视|考虑|置)[^，。]{0,14}$")
#: Words that begin like a duty or a course: 不得人心, 只会进一步.
SENSELESS = re.compile("不得(?:人心|不)|(?<=[只大议峰年机协集聚盛览展委社晚])会")
#: What others offer is offered to the speaker where it is of both: 愿推进三国合作.
SHARED = re.compile("双方|两国|三国|三方|双边|中方|中国|对华|一带一路")
#: What opens a list whose items are set apart by semicolons, and where it ends.
LISTED = re.compile("，即|：|包括|如下|目标|方面")
STOP = re.compile("[。！？\n]")
#: 宣布支持非洲的新举措: the measure is announced, not the support.
ANNOUNCED = re.compile("(?:宣布|提出|出台|公布|推出)[^，。]{0,6}$")
MEASURES = re.compile("[^，。；]{1,16}的(?:一系列|新|具体|相关|有关)?(?:重大|重要|务实)?举措")
#: A passive clause after an act is no part of its complement.
PASSIVE = re.compile("(?:并|也|这)?(?:得到|受到|获得|赢得|引起|引发)")
#: Before a passive: what is needed or wished is not done (需要得到国际社会支持).
NEEDED = re.compile("(?:需要|希望|应该?|应当|能够?|才能|期待|值得|有待)[^，。；]{0,2}$")
#: What closes a topic with 对: 对双方达成协议表示欢迎.
FEELING = re.compile(
    "(?<=.)对?[^，。；]{0,2}(?:表示|予以|给予|感到|深感|深表)[^，。；]{0,6}(?:欢迎|赞赏|祝贺|关切|遗憾|不满|反对|满意|高兴|理解|支持|感谢|高度评价|积极评价|谴责|哀悼)"
)
#: What somebody else said or signalled, as the noun that a duty describes: 应当对话的积极信号.
SAID = re.compile("[^，。；]{0,40}的[^，。；的]{0,4}(?:信号|呼声|声音|观点|看法|意愿|愿望)$")
#: Grounds before 要求 as a noun: 按照有关方面要求，….
BY_DEMAND = re.compile("(?:按照|根据|依照|按|应)[^，。；]*$")
#: The press as those who are asked: 希望你们….
THE_PRESS = re.compile("你们?(?!的)|大家|各位|记者朋友")
#: Nouns of positions that a verb before them describes: 坚持一个中国原则的立场.
STANDING = re.compile("[^，。；]{1,60}的(?:立场|决心|意志|大方向|共识|承诺|普遍共识)")
#: Nouns of many who may be the subject without a code.
OTHERS = re.compile("人士|贵宾|运动员|学者|专家|议员|政要|民众|网友|嘉宾|团体|代表团|观众|选手|外媒|网民|友人|游客")
#: ... as the subject of the clause itself.
OTHERS_ACT = re.compile(
    "[^，。；对向同与为派邀由给被请]{0,18}(?:人士|贵宾|运动员|学者|专家|科学家|议员|政要|网友|网民|外媒|团体|选手)[^，。；对向派]{0,6}$"
)
#: A verb as the subject of a judgement: 否认历史意味着背叛.
MEANS = re.compile(
    "[^，。；]{0,10}(?:意味着|等于|无异于)|[^，。；]{2,30}(?<!都)是[^，。；]{0,4}(?:国际|各国|世界|公认)[^，。；]{0,8}(?:做法|惯例|准则|义务|共识|前提)"
)
#: Words that make a noun of 回击, 要求 or 主张 beside them.
AS_NOUN = re.compile("(?:有力|自卫|正当|被迫|关切和|愿望和|意愿和|诉求和|合理|的又一次)$")
ACHIEVES = re.compile("[^，。；]{0,8}(?:得到|获得|赢得|受到|符合|反映|体现)")
#: How a course of action begins behind 将 in a later predicate: elsewhere 将 marks an object or foretells there.
COURSE = re.compile(
    "同|与|和各|继续|携手|积极|努力|全力|进一步|认真|严肃|尽快|尽最大|尽己|推动|推进|采取|加强|共同|秉持|坚持|以(?!来)|根据|本着|按照|在(?!于)|"
    "始终|不断|密切|向(?!好)|对(?!话)|派|支持|履行|遵守|全面|坚定|坚决|依法|一如既往|适时|及时|为此"
)
#: Before a noun of harm: 构成威胁, 受到冲击.
SUFFERED = re.compile(
    "(?:受到|遭受|构成|形成|产生|造成|带来|面临|应对|实施|进行|最大|外来|武力|现实|严重的?|巨大|潜在|的|了|所谓|安全|恐怖)$"
)
#: 将 before an object: 将中国列为…
OBJECT_MARKED = re.compile(
    "(?![^，]{0,3}把)(?!始终|继续).{1,18}?(?:凌驾于|作为|列为|列入|视为|纳入|转化|变成|推向|提升到|提升至|打造成|建设成|归咎|置于|当成|看成|联系|挂钩|转向|相关联|关联|混为|挂在|放在|摆在|写在|交给|定性|政治化|说成|描绘|部署|用于|排入|排放|排海|转嫁|推给|强加|引向|变为|改为|定为|送到|送往|带到|带入|引入|付诸|抛在|置于|矛头|摄像头|责任|绳之以法|写入|写进|载入|调高|上调|下调|落到实处|公之于众|提升)"
)

#: The agent follows these: 得到国际社会支持, 被美方制裁.
AGENT = re.compile("得到|受到|遭到|获得|赢得|引起|引发|招致|被(?!迫|动)|遭(?!遇)|均由|由(?!于|此|衷)")
#: A light verb of feeling: whoever feels is the subject, also where 遭受 stands before (对俄方遭受灾害表示慰问).
LIGHT = re.compile("表示|表达|致以|深表|感到|深感")
#: An inanimate subject: 这种做法, 上述言论, 此举.
THING = re.compile(
    "(?:而|但|因此|所以|事实上|显然)?(?:这(?!里|方面|个时候|次记者)|此(?!前|外|时|后|间)|该|其(?!他|中|间|实)|上述|[有相]关(?:结论|言论|报告|"
    "说法|做法|指责|报道|法案|决定|行为|表态|声明|议案|言行)|白皮书|文件|说(?!明|服|到|起)|所谓|任何|他们|它|会议|声明|报告|言论|做法|报道|决议|一些|某些|个别)"
)
#: Somebody's words or conduct as the subject, named before the verb: 发表报告的这个委员会.
THIS_CONDUCT = re.compile(
    "(?:这(?:一|种|些|个|份|类|次)|此类|此种|上述|有关|该|所谓)[^，。；]{0,14}(?:言论|说法|报告|做法|指责|报道|法案|决定|行为|表态|声明|议案|言行|组织|机构|委员会|媒体|文章|行径|评论|论调|指控|伎俩|战略|清单|谎言|谬论)|的(?:这种|这一|有关|所谓|错误)?(?:言论|做法|行径|行为|论调|指责|表态|企图|图谋|谎言)"
)
#: A verb or a purpose between subject and trigger, which makes the trigger its complement (推动双方保持沟通, 争取达成协议).
EMBEDDING = re.compile(
    "推动|促进|争取|旨在|为了|以便|有助于|有利于|便于|使得|促使|避免|防止|实现|努力(?!下)|探索|目的是|目标是|宗旨是|初衷是|任务是|意在|加强|深化|扩大|增进|取得|创造|维护|确保|"
    "营造|有效|反映|体现|彰显|围绕|认真落实|继续落实|可以|能够|能否|可能"
    "|倡导|任何|不利|影响|参与|构建|落实|破坏|打击|遏制|提高|提升|引导|符合|需要|助于|才能|完善|化解|解决|应对|克服|抵御|团结|强化|关注|发挥|借此|离不开|基于|不是"
)
#: A clause that leads to a deed to come: 争取在平等基础上，达成协议.
LEADS_TO = re.compile("(?:争取|力争|推动|促进|以便|旨在|以期|为了?)(?:在|以|本着|通过|按照|根据)[^，。；]*$")
#: A topic between the subject and 将: the clause is a forecast, not a commitment (双方合作将继续发展).
MATTER = re.compile(
    "的|建交|此行|此访|访问|活动|机制|平台|网站|合作|关系|会晤|磋商|会谈|进程|项目|经济|疫情|贸易|峰会|论坛|记者会|市场|人民币"
    "|会议|大会|对话|仪式|制造|基建|产品|旅游|增长|预计|相信|预测"
)
#: A forecast, not a commitment: 将不断走向繁荣.
FORECAST = re.compile(
    "(?:会|是)?(?:(?:对|给)[^，。；]{0,40}(?:产生|造成|带来|构成)|为[^，。；]{1,40}(?:注入|开辟|增添)|发表(?:主旨|重要|开幕|视频|书面|闭幕)?(?:讲话|致辞|致词|演讲|发言|演说)|(?:分别)?(?:致辞|致词|发言|讲话|演讲)|暂停|暂时|休会|不断|走向|取得|迎来|成为|面临|有利|有助|带来|受到|产生|影响|损害|使|更加|得到|造成|导致|遭到|获得|进入)"
)
#: A clause that is the subject of a judgement: 保持沟通非常重要.
JUDGED = re.compile(
    "[^，。]{0,8}(?:并不(?:违反|违背|影响|意味)|不应(?:该)?令人|不足为奇|无可厚非|无可非议|(?:非常|十分|很|极为|至关|的确)?(?:重要|必要|有益|正常|困难)的?|是[^，。]{0,4}(?:错误|非法|无效|危险|不负责任)的)$|[^，。]{0,4}(?:需要|取决于|有赖于|离不开)"
)
#: A preceding clause with another subject, one without a code.
OTHER_SUBJECT = re.compile("(?:这里)?(?:第?[0-9]+号)?(?:决议|声明|协议|公约|条约|会议|法案|宪章|报告|公报)(?!的)")
#: A clause governed by the verb before its subject: 确保特朗普总统访华富有成果.
EMBEDS = re.compile("(?:确保|推动|促进|希望|欢迎|支持|使|让|保证|避免|防止|鼓励|期待|预祝|祝|有利于|敦促)$")
#: ... and by a verb that shows something, over commas too: 体现了中方坚持原则，反对干涉的立场.
SHOWS = re.compile("(?:体现|彰显|展现|显示|反映|见证|印证)了?$|前提(?:就)?是$")
#: Verbs of feeling or saying after a topic: 对…表示, 就…交换.
TOPIC_VERB = re.compile(
    "(?:表示|提出|予以|给予|感到|深感|深表|表达|强烈|坚决|高度|十分|作出|进行|交换|达成|保持|举行|发表)"
)
#: Adverbs of many subjects: without a named one, nobody with a code acts.
MANY = re.compile("纷纷|普遍|各自|无不")
#: Courtesies to the press are no act.
TO_THE_PRESS = re.compile("[对向](?:在座|各位|媒体|中外)?[^，]{0,6}(?:记者|媒体)(?:朋友)?")
#: What somebody is said to have claimed: 有关说法纯属谣言.
CLAIM = re.compile(
    "说法|言论|指责|报道|传言|传闻|所谓|猜测|推测|担忧|论调|观点|消息|谎言|谬论|谣言|文章|论断|结论|指控|之[词辞]|”"
)
#: A session as the subject of 举行; those of one country's own bodies; and a place at home.
SESSION = re.compile(
    "(?:会议|峰会|论坛|对话|磋商|会谈|会晤|大会|研讨会|座谈会|博览会|年会|联委会|混委会|谈判|首脑会|交流会|外长会|部长会)"
    "(?:第[0-9一二三四五六七八九十百]+[届轮次](?:会议|会晤|年会)?)?”?(?:还|也|即)?$"
)
DOMESTIC = re.compile("全国|人大|政协|中央|党代会|两会")
AT_HOME = re.compile(
    "在(?:中国|我国|华)?(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|武汉|成都|西安|青岛|海南|三亚|博鳌|厦门|福州|福建|乌镇|南宁|昆明|大连|长沙|银川|乌鲁木齐|贵阳|苏州|宁波|义乌|哈尔滨|长春|兰州|敦煌|香港|澳门|钓鱼台|人民大会堂)"
)
#: Grounds and circumstances (根据…, 在…时), not an action.
GROUNDS = re.compile(
    "[“ ]?(?:根据|按照|鉴于|基于|关于|至于|对于|随着|由于|为(?!此|什么|难)|以便|旨在|除(?!了)|自|作为)"
)
THIS = re.compile("此|这|上述|有关|该")
SOMEBODY = re.compile("你|他|她|它|有人|人们|媒体|大家|者")
#: Somebody without a code, spoken of before, as the subject.
HE = re.compile("[“ 　]?(?:但|而|当时)?(?:他|她)(?!国|方|人)")
#: Verbs of saying before somebody else's words; words without a definite speaker (报道, 有人) are nobody's acts.
REPORTING = re.compile(
    "(?:表示|指出|(?<![名职所简总])称(?!号|职|为|赞|呼|得)|强调|(?<![来所据按听俗常传话再谁])说(?!三|法|明|辞|一套|服|谎|到底|不)|认为|声称|透露|宣称|"
    "扬言|坦言|证实|承认|重申|警告|呼吁|建议|宣布)(?=，|：|$|[^，。的]{3})"
)
HEARSAY = re.compile(
    "网友|网民|评论员|分析人士|报道|媒体|有人|专家|学者|舆论|人士|报告|消息|文章|民调|传言|一些人|观点|俗话"
)

PLANNED = re.compile(
    "将(?!军)|即将|拟|计划|准备|会(?=再|继续|就|在|同|与|及|根|尽|向|对)|(?:还|也|都)会$|下周|明天|下月|稍后|打算"
)
ONGOING = re.compile("正在|正(?=就|同|与|在)|正$|一直|始终|持续|不断|继续|长期|保持着")
#: Before a sanction: what was decided is told as a deed, also behind an act of opposing.
DECIDED = re.compile("决定|宣布")
DONE = re.compile("已(?!有)|已经|曾|刚刚|日前|昨天|此前|今天上午|昨晚|上周|近日|多次|当天|去年|前不久|近期")
SUFFIX_DONE = re.compile("了|过(?!程|去|境|度)")

HEDGES = re.compile(
    "将(?:会|继续|不得不)?|愿(?:意)?|承诺|保证|致力于|决心|决定|同意|商定|应(?:该|当)?|必须|必将|有义务|有责任|不得|不应|不要|需要|务必|希望|敦促|呼吁"
    "|要求|奉劝|期待|建议|会|准备|要|须|计划|打算"
)
