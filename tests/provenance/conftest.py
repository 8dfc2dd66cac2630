"""All inputs in both styles, composed, laid out and written once."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from kexie_docs import pipeline
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.pages import Layout
from kexie_docs.model.report import Report
from kexie_docs.pipeline import write_word
from kexie_docs.style.load import STYLES
from kexie_docs.style.sheet import FontRole, Style
from tests.support.fonts import fonts_beside_fandol

ROOT = Path(__file__).parents[2]

FIGURES_EVERYWHERE = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协}
年度: 2025
标题: 云溪市科协培育专家{{引进专家}}
指标:
  科普活动: {数值: 312, 单位: 场, 表述: 余, 上年: 268, 目标: 300, 来源: 科普部}
  引进专家: 38人
  参与: 超10万人次
  场地: 5—6处
  记录: 历年新高
  名次: 全省第五
开篇: |
  {{引进专家}}{{参与}}同行，{{年度}}年举办科普活动{{科普活动}}，{{科普活动|同比}}。
行动:
  - 标题: 建成{{场地}}
    导语: 创{{记录}}
    措施:
      - 要点: 位列{{名次}}
        内容: 覆盖{{参与}}，“{{科普活动}}”。
正文: |
  # 成效{{引进专家}}

  表1 共{{参与}}

  | 指标 | 数 |
  | --- | --- |
  | 活动 | {{科普活动}} |
  | 场地{{场地}} | {{引进专家|汉字}} |

  {{科普活动|完成率}}
落款: {署名: 云溪市科学技术协会, 成文日期: 2025-12-31}
附件:
  - 标题: 引进专家{{引进专家}}的情况
    正文: |
      共有专家{{引进专家}}，参与{{参与}}。

"""
"""An input whose figures stand in every place that text of the input can take."""


TURNED = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协}
年度: 2025
指标:
  科普活动: 312场
  引进专家: 38人
正文: |
  共举办{{科普活动}}。

  表1 全年{{科普活动}} {横排}

  | 指标 | 数 | 说明 |
  | --- | --- | --- |
  | 活动 | {{科普活动}} | 说明 |
  | 专家 | {{引进专家}} | {{引进专家|汉字}} |

  共有{{引进专家}}。
落款: {署名: 云溪市科学技术协会, 成文日期: 2025-12-31}
"""
"""An input with figures on a turned page."""


@dataclass(frozen=True)
class Made:
    """A document and the files made of it."""

    name: str
    source: Path
    report: Report
    composition: pipeline.Composition
    layout: Layout
    word: bytes
    pdf: bytes


@pytest.fixture(scope="session")
def workshop(fandol: MachineFonts) -> pipeline.Workshop:
    """A workshop that uses no other font of this machine."""
    result = pipeline.Workshop(ROOT, os.environ)
    result._fonts = fandol
    return result


@pytest.fixture(scope="session")
def everywhere(workshop: pipeline.Workshop, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """`FIGURES_EVERYWHERE`, made."""
    source = tmp_path_factory.mktemp("everywhere") / "云溪.yaml"
    source.write_text(FIGURES_EVERYWHERE, encoding="utf-8")
    return make(workshop, source, "office")


@pytest.fixture(scope="session")
def turned(workshop: pipeline.Workshop, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """`TURNED`, made."""
    source = tmp_path_factory.mktemp("turned") / "turned.yaml"
    source.write_text(TURNED, encoding="utf-8")
    return make(workshop, source, "office")


@pytest.fixture(scope="session")
def made(workshop: pipeline.Workshop, everywhere: Made) -> list[Made]:
    """Every input in both styles, and one with figures everywhere."""
    sources = sorted((ROOT / "inputs").glob("*.yaml"))
    assert len(sources) >= 4
    return [everywhere, *(make(workshop, source, style) for source in sources for style in STYLES)]


def make(workshop: pipeline.Workshop, source: Path, style: str) -> Made:
    loaded = pipeline.load(source)
    composition = workshop.compose(loaded, style=style)
    layout = workshop.lay_out(composition)
    return Made(
        f"{source.stem} {style}",
        source,
        loaded.report,
        composition,
        layout,
        write_word(composition, layout),
        workshop.draw(layout, composition),
    )


@pytest.fixture(scope="session")
def served(fandol: MachineFonts) -> dict[str, Path]:
    """Fonts for LibreOffice: each role under its name in the Word file, and what has the rest."""
    sheet: Style = pipeline.Workshop(ROOT, os.environ).template("summary").load_style()
    return {sheet.word_fonts[role]: fandol.first(role).path for role in FontRole} | fonts_beside_fandol()


@pytest.fixture(scope="session")
def workdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture(scope="session")
def proofs(made: list[Made], workshop: pipeline.Workshop) -> list[bytes]:
    """The checking copy of each as a Word file."""
    return [workshop.write_word_proof(one.layout, one.composition) for one in made]
