"""Inputs that Hypothesis makes up: whole reports by the model's fields, and bytes of any kind."""

import json
from typing import Any

from hypothesis import strategies as st

from kexie_docs.model.characters import text_issues

HAN = "科协会普人一二三年市县区动场次深化服务创新发展《》（）“”、，。；：！？……——·〔〕①㎡"
OTHER = "aZ09%‰.-+*/\\|#>_`~[]{}()<>&'\"!?:;,@$^= \u3000éЖ한ö"

CODE = ("{{", "{%", "{#")

lines = st.text(st.sampled_from(HAN + OTHER), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip()) and not any(text_issues(text)) and not any(mark in text for mark in CODE)
)
"""One line of text without references."""

paragraphs = st.lists(lines, min_size=1, max_size=4).map("\n".join)

units = st.sampled_from(["个", "场", "万元", "人次", "%", "亿元", "名", "公里", ""])
hedges = st.sampled_from(["", "近", "超", "约", "超过"])
amounts = st.builds(
    lambda hedge, number, unit: f"{hedge}{number}{unit}",
    hedges,
    st.one_of(st.integers(1, 10**9).map(str), st.decimals("0.01", "9999", places=2).map(str)),
    units,
)
names = st.text(st.sampled_from("科普活动项目资金人才基地"), min_size=3, max_size=8).filter(
    lambda name: name not in ("科普", "项目")
)
metrics = st.dictionaries(names, amounts, max_size=4)


@st.composite
def measures(draw: st.DrawFn) -> dict[str, Any]:
    """A measure of an action: 要点 and 内容."""
    return {"要点": draw(lines.map(lambda text: text.replace("\n", ""))), "内容": draw(paragraphs)}


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """A whole input; its texts refer to its metrics."""
    figures = draw(metrics)
    opening = draw(paragraphs) + "".join(f"\n甲{{{{{name}}}}}乙" for name in figures)
    return {
        "单位": {"全称": "云溪市科学技术协会"},
        "年度": str(draw(st.integers(1990, 2090))),
        "标题": draw(lines.filter(lambda text: "|" not in text)),
        "指标": figures,
        "开篇": opening,
        "行动": [
            {"标题": draw(lines), "导语": draw(paragraphs), "措施": draw(st.lists(measures(), max_size=2))}
            for _ in range(draw(st.integers(0, 2)))
        ],
        "结语": draw(paragraphs),
    }


def as_json(value: Any) -> str:
    """Return an input as JSON."""
    return json.dumps(value, ensure_ascii=False)


yaml_like = st.text(
    st.sampled_from("单位年度: \n-#[]{}\"'|>&*!%@`,?~=\t\\甲0.9/T" + "\u3000\u2028\ufeff\x07"), max_size=200
)
"""Text with all that YAML gives a meaning to."""

json_like = st.text(st.sampled_from('{}[]":,\\ \ntrufalsen0123e+-.单年甲\ud800\x00'), max_size=200)
"""Text with all that JSON gives a meaning to."""
