"""Rules for paragraphs: what each finds, and what it must leave alone."""

import pytest

from kexie_docs.checks.engine import check_text, text_rules
from kexie_docs.checks.rule import CheckedText, TextKind, TextRule, page_of

RULES = {rule.code: rule for rule in text_rules()}

HITS = {
    "KC101": ["工作,成效", "任务.", "增长10.4%,全省第五", "“四服务”,成效", "好!"],
    "KC102": ['"四服务"职责', "他说'好'，", "＂四服务＂职责", "＇四服务＇职责"],
    "KC103": ["科普(活动)开展", "开展(试行", "各科室[含分院]参与", "学习<纲要>", "学习<<纲要>>"],
    "KC104": [
        "2025 年",
        "科 普",
        "成效 ，明显",
        "市科协主席 王某某指出",
        "指标增长 很快",
        "科\u2009普",
        "科\u2002普",
        "“ 四服务”职责",
        "《 纲要》",
        "建设 AI 平台",
    ],
    "KC105": [
        "等等...",
        "还有…以及",
        "还有………以及",
        "成效。。。",
        "还有…………以及",
        "还有⋯⋯以及",
        "还有‥‥",
        "成效..以及",
    ],
    "KC106": ["创新--发展", "创新──发展", "创新————发展", "创新━━发展", "创新— —发展"],
    "KC107": ["成效，。", "成效，，", "成效。，", "成效。。", "成效，,明显", "成效,，明显", "成效； ；明显"],
    "KC108": ["“四服务职责", "四服务”职责", "（见附件", "《纲要", "（甘肃赛区））"],
    "KC109": ["“大家“好”啊”", "《关于印发《纲要》的通知》", "（见附件（一））"],
    "KC110": ["“科普日”、“科技周”", "《纲要》、《意见》"],
    "KC111": [
        "科普、学术……等",
        "优秀奖等多项荣誉……",
        "一等奖等多项省级以上荣誉……",
        "讲座等…",
        "教育等领域...",
        "学者等⋯⋯",
    ],
    "KC112": ["科普、学术、等"],
    "KC113": ["好！！！！"],
    "KC114": ["1、科普工作", "1、2025年", "（一）、科普工作", "一.科普工作", "第一、要", "首先、要"],
    "KC116": ["现将情况汇报如下：一是科普：成效明显。"],
    "KC117": ["２０２５年", "增长5.6％"],
    "KC118": ["赋能•乐享", "智慧・未来"],
    "KC119": ["《科普日活动》"],
    "KC201": [
        "科协发[2025]3号",
        "科协发（2025）3号",
        "科协发〔2025〕03号",
        "科协发〔2025〕第3号",
        "按照科协发〔25〕3号文件，",
    ],
    "KC202": ["2025年01月5日", "2025年1月05日"],
    "KC203": ["25年3月", "较24年底", "2023-24年"],
    "KC204": ["二〇二五年8月", "2025年八月", "5月二十日", "五月20日"],
    "KC205": ["15～30%", "15-30％", "15至30%"],
    "KC206": ["13～17万元", "9-16亿", "5至15万元"],
    "KC207": ["4千人", "1百多场", "5佰元"],
    "KC208": ["二零二五年", "二○二五年"],
    "KC209": ["增长.5%", "3．5万", "达到1。3万册"],
    "KC210": ["三、四十人", "五、六个"],
    "KC211": ["20几个"],
    "KC212": [
        "约30余场",
        "近200人左右",
        "超过300人以上",
        "50余人左右",
        "约三百余人",
        "约三百余个",
        "近百余人",
        "约近百人",
        "超近300人",
        "逾300余人",
    ],
    "KC213": ["13万~17万"],
    "KC214": ["增长百分之12", "二十1名", "第3十届", "第三10届"],
    "KC401": [
        "庆阳市市科协",
        "开展开展活动",
        "我们的的工作",
        "云溪县县科协",
        "实现了了新突破",
        "成功举办第第三届年会",
        "2025年年，我们",
        "建成5个个站点",
        "进一一步加强",
        "在市委市政府的在市委市政府的领导下",
    ],
    "KC402": ["2024年，举办了2024年科普日活动"],
}

MISSES = {
    "KC101": ["工作，成效", "比例1:2", "3.5万", "一.科普工作"],
    "KC102": ["“四服务”职责", 'the "best" one'],
    "KC103": ["科普（活动）开展", "f(x)=2", "研究表明[3]", "[市科协](https://example.org)", "a<b且b<c"],
    "KC104": [
        "科普APP 2.0",
        "“凝心铸魂聚力 固本强基提效”活动",
        "王　明同志",
        "《科学世界之旅 自然奥秘》",
        "云溪市市长 王 明",
        "云溪省省长 王明远",
        "自治区主席 买买提·吐尔逊",
    ],
    "KC105": ["还有……以及", "3...5", "…………"],
    "KC106": ["创新——发展", "北京—上海", "1-3月", "COVID-19"],
    "KC107": ["成效。”", "“好！”他说", "成效，明显。", "好！！", "比分3：12"],
    "KC108": ["“四服务”（试行）《纲要》", "don’t"],
    "KC109": ["“大家‘好’”", "《关于印发〈纲要〉的通知》", "“三下乡”“科普大篷车六进”"],
    "KC110": ["“科普日”“科技周”", "书法、绘画"],
    "KC111": ["科普、学术等", "平等……", "还有很多……", "上等级、提质效……"],
    "KC112": ["科普、学术等", "一、等级"],
    "KC113": ["好！！！"],
    "KC114": [
        "1.科普工作",
        "（一）科普工作",
        "一、科普工作",
        "第一，要",
        "首先，要",
        "1.5万人",
        "1、2组获奖",
    ],
    "KC116": ["现将情况汇报如下：", "一是科普：好；二是学术：好。"],
    "KC117": ["2025年", "5.6%"],
    "KC118": ["“5·30”"],
    "KC119": ["《全民科学素质行动规划纲要》"],
    "KC201": ["科协发〔2025〕3号", "〔12〕见附件"],
    "KC202": ["2025年10月5日", "2025年10月20日"],
    "KC203": ["2025年3月", "近25年来", "2021—2025年"],
    "KC204": ["2025年8月", "二〇二五年八月", "五月二十日", "农历八月十五"],
    "KC205": ["15%～30%", "4.5%—5%", "15%至30%"],
    "KC206": ["13万元～17万元", "5万至15万元"],
    "KC207": ["3千克", "4000人", "1.2万人", "5千米"],
    "KC208": ["二〇二五年"],
    "KC209": ["0.5%", "3.5万", "1.2.3"],
    "KC210": ["三四十人", "一、二等奖", "二、三产业", "一、五个"],
    "KC211": ["二十几个", "几十个", "2几何"],
    "KC212": [
        "约30场",
        "30余场",
        "近200人",
        "超10万人次",
        "80余万元",
        "5万余人次",
        "近十余年来",
        "附近百余户",
        "签约近百家",
        "近百名专家",
    ],
    "KC214": [
        "12%",
        "2025三个项目",
        "回首2025一个个身影",
        "百分之十二",
        "第三十届",
        "二十一名",
        "附件一2025年",
        "十四五",
    ],
    "KC213": ["13万～17万"],
    "KC401": [
        "张掖市市场监管局",
        "全面推进市市政工程",
        "实实在在",
        "县县通高速",
        "共建共治",
        "一个一个地",
        "讨论讨论",
        "不了了之",
        "2025年年度报告",
        "2025年年底",
        "帮扶5个个体户",
        "逐步推进一一落实",
    ],
    "KC402": ["2024年，比2024年增加", "2023年与2024年"],
}


def hits(code: str, text: str) -> set[str]:
    return {finding.code for finding in check_text(CheckedText(text), [RULES[code]])}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in HITS.items() for text in texts])
def test_fault_is_found(code: str, text: str) -> None:
    assert hits(code, text) == {code}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in MISSES.items() for text in texts])
def test_right_text_is_left_alone(code: str, text: str) -> None:
    assert hits(code, text) == set()


@pytest.mark.parametrize("rule", text_rules(), ids=lambda rule: rule.code)
def test_examples_of_the_manual_are_true(rule: TextRule) -> None:
    """The wrong example is found by its rule, the right one by no rule at all."""
    page = page_of(rule)
    kinds = (TextKind.PROSE, TextKind.HEADING)
    assert any(list(rule.check(CheckedText(page.wrong, kind))) for kind in kinds)
    for example in page.right.split(", "):
        assert not [one for kind in kinds for one in rule.check(CheckedText(example, kind))]


@pytest.mark.parametrize("rule", text_rules(), ids=lambda rule: rule.code)
def test_repair_leaves_nothing_to_repair(rule: TextRule) -> None:
    """What a mechanical repair makes of the wrong example is right by the same rule."""
    text = page_of(rule).wrong
    edits = [edit for hit in rule.check(CheckedText(text)) for edit in hit.edits]
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    if edits:
        assert list(rule.check(CheckedText(text))) == []


def test_heading_with_a_mark_at_its_end_is_found_and_prose_is_not() -> None:
    rule = [RULES["KC115"]]
    assert list(check_text(CheckedText("科普工作。", TextKind.HEADING), rule))
    assert not list(check_text(CheckedText("科普工作。", TextKind.PROSE), rule))


def test_couplet_in_a_heading_may_have_a_space() -> None:
    rule = [RULES["KC104"]]
    assert not list(check_text(CheckedText("聚智搭台强纽带 凝心铸魂树榜样", TextKind.HEADING), rule))
    assert list(check_text(CheckedText("聚智搭台强纽带 凝心铸魂树榜样", TextKind.PROSE), rule))


def test_items_on_a_line_may_be_parted_by_spaces() -> None:
    text = CheckedText("云溪市科学技术协会 电话：（0936）8214871 地址：人民路1号", TextKind.LINE)
    assert list(check_text(text)) == []


def test_finding_names_the_characters_concerned() -> None:
    [finding] = check_text(CheckedText("全年工作,成效明显"), [RULES["KC101"]])
    assert (finding.start, finding.end) == (4, 5)
