# ruff: noqa: E501, SIM905 - lists of words to pick from, a word apart
"""Whatever a template says: a document, or a message with a place; never an error of the program itself."""

import os
import random
from pathlib import Path

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.template_check import check_template
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.errors import KexieDocsError, TemplateError
from kexie_docs.model.report import Report

ROUNDS = 200

_EXPRESSIONS = """
年度 单位 单位.全称 单位.自称 行动 行动[0].标题 行动[9] 指标 指标.活动 活动 活动.上年 活动.分项 落款.成文日期 附加 附加.出席
默认.词 默认 全部指标 没有 loop loop.index 项 项.标题 self super() caller() 甲 甲() 宏(1) '字' 1 -3 1.5 [] ['甲',年度] {'a':1} true
none () (1,2) year organization.short_name 附件 附件[0].表 版头.份号 联系 正文 开篇 '{{' '\ufdd0' 'a.png' ''.__class__ 活动.__init__
""".split()
_FILTERS = """
join join('、') list length first last reverse map(attribute='标题') select('defined') default('无') trim 汉字 汉字('逐位') 日期
日期('短') 并列 引号 书名号 指标表 指标表('指标') 图片 图片(宽='1mm') 准确 同比 完成率 合计 占比('活动') 大写 selectattr('标题') count
""".split()
_OPERATORS = [*"+ - * / // % ** ~ == != < >= and or in is".split(), "is not", "not in", "|", ".", "if"]
_TESTS = ["defined", "none", "even", "ending('会')", "divisibleby(0)", "sameas(1)", "好", "in [1]", "eq(1)"]
_TEXTS = [
    *(
        "字",
        "\n\n",
        "\n",
        "# ",
        "::: title\n",
        ":::\n",
        "::: 分页\n:::\n",
        "[甲]{.strong}",
        "[]{.fill}",
        "**",
        "|",
        "- ",
    ),
    *(
        "| a | b |\n|---|---|\n| 1 |\n",
        ": 表题\n\n",
        "{横排}",
        "\\",
        "[",
        "]{.x}",
        "1. ",
        "<b>",
        "{#",
        "#}",
        "\t",
        "　",
    ),
]


class _Writer:
    def __init__(self, source: random.Random) -> None:
        self._source = source

    def expression(self, depth: int = 0) -> str:
        pick = self._source.random()
        text = self._source.choice(_EXPRESSIONS)
        if pick < 0.35 and depth < 3:
            text = f"({self.expression(depth + 1)})"
        while self._source.random() < 0.35:
            text += f" | {self._source.choice(_FILTERS)}"
        if self._source.random() < 0.3 and depth < 3:
            text += f" {self._source.choice(_OPERATORS)} {self.expression(depth + 1)}"
        if self._source.random() < 0.1:
            text += f" is {self._source.choice(_TESTS)}"
        return text

    def piece(self, depth: int = 0) -> str:
        inner = (
            "".join(self.piece(depth + 1) for _ in range(self._source.randint(0, 3))) if depth < 3 else "字"
        )
        name = self._source.choice(["甲", "项", "宏", "标题", "行动"])
        pieces = [
            self._source.choice(_TEXTS),
            f"{{{{ {self.expression()} }}}}",
            f"{{% for {name} in {self.expression()} %}}{inner}{{% endfor %}}",
            f"{{% if {self.expression()} %}}{inner}{{% else %}}{inner}{{% endif %}}",
            f"{{% set {name} = {self.expression()} %}}",
            f"{{% set {name} %}}{inner}{{% endset %}}",
            f"{{% macro {name}(乙, 丙={self.expression()}) %}}{inner}{{% endmacro %}}",
            f"{{% block {name} %}}{inner}{{% endblock %}}",
            f"{{% call {name}() %}}{inner}{{% endcall %}}",
            f"{{% with {name} = {self.expression()} %}}{inner}{{% endwith %}}",
            f"{{% filter {self._source.choice(_FILTERS)} %}}{inner}{{% endfilter %}}",
            "{% include 'official/closing.md.j2' %}",
            "{% include ['nothere.j2', 'official/imprint.md.j2'] ignore missing %}",
            "{% extends 'summary/content.md.j2' %}",
            f"{{% include {self.expression()} %}}",
            f"{{% import 'content.md.j2' as {name} %}}",
            f"{{% raw %}}{inner}{{% endraw %}}",
            f"{{% autoescape true %}}{inner}{{% endautoescape %}}",
            f"{{% {name} %}}",
            "{% end" + self._source.choice(["if", "for", "block"]) + " %}"
            if self._source.random() < 0.1
            else "",
        ]
        return self._source.choice(pieces)


REPORT = Report.model_validate(
    {
        "单位": {"全称": "云溪市科学技术协会"},
        "年度": "2025",
        "指标": {
            "活动": {"数值": "312", "单位": "场", "上年": "0", "分项": {"甲": "300"}},
            "超": "超10万人次",
        },
        "行动": [{"标题": "甲", "指标": {"基地": "6个"}}, {"标题": "乙", "措施": [{"内容": "丙"}]}],
        "附件": [{"标题": "表", "表": "指标"}],
        "附加": {"出席": ["李某某"]},
        "正文": "# 一\n\n|a|\n|-|\n|{{活动}}|",
    }
)


def test_any_template_gives_a_document_or_a_message(tmp_path: Path) -> None:
    seed = int(os.environ.get("KEXIE_TEST_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"seed {seed}: repeat with KEXIE_TEST_SEED={seed}")  # noqa: T201
    writer = _Writer(random.Random(seed))
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "template.toml").write_text('title = "试"\n[defaults]\n"词" = "固定"\n', encoding="utf-8")
    outcomes = {"document": 0, "message": 0}
    for number in range(ROUNDS):
        content = "".join(writer.piece() for _ in range(random.Random(seed + number).randint(1, 6)))
        (folder / "content.md.j2").write_text(content, encoding="utf-8")
        found = find_template("mine", [tmp_path, builtin_root()])
        try:
            Composer(found).compose(REPORT)
            outcomes["document"] += 1
        except KexieDocsError as error:
            outcomes["message"] += 1
            for problem in error.problems:
                if isinstance(error, TemplateError):
                    assert problem.place.file, (content, str(problem.what))
        except Exception as error:
            pytest.fail(f"{content!r}: {error!r}")
        try:
            check_template(found)
        except Exception as error:
            pytest.fail(f"check of {content!r}: {error!r}")
    # About one in ten gives a document: rarely, of 200, only ten.
    assert outcomes["document"] > ROUNDS / 50
    assert outcomes["message"] > ROUNDS / 50
