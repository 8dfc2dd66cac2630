"""The built-in style, a specimen document, and LibreOffice with the font package that every machine has."""

from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from kexie_docs.doctree.nodes import (
    Break,
    Document,
    Figure,
    Heading,
    Metadata,
    PageBreak,
    Paragraph,
    Placement,
    Span,
    Text,
    Title,
)
from kexie_docs.style.load import load_style
from kexie_docs.style.sheet import FontRole, Style
from tests.support.elements import SEAL, body, imprint, said, table


@pytest.fixture(scope="session")
def style() -> Style:
    return load_style()


@pytest.fixture(scope="session")
def document() -> Document:
    """One block of every kind."""
    return Document(
        blocks=(
            Title(inlines=(Text("示例市科学技术协会"), Break(), Text("2025年工作总结"))),
            Paragraph(inlines=(Text("市委、市政府："),), style="addressee"),
            Heading(level=1, number="一、", inlines=(Text("强化思想引领"),)),
            Heading(level=2, number="（一）", inlines=(Text("建好阵地"),)),
            Heading(level=3, number="1.", inlines=(Text("科技馆"),)),
            Heading(level=4, number="（1）", inlines=(Text("展厅"),)),
            Paragraph(
                inlines=(
                    Span((Text("活动有声有色。"),), "run_in_heading"),
                    Text("全年举办科普活动"),
                    Figure("300余场", "科普活动", "科普活动"),
                    Text("，“科普大篷车”进校园，"),
                    Span((Text("获奖"), Figure("14项", "获奖", "获奖")), "strong"),
                    Text("。"),
                )
            ),
            Paragraph(inlines=(Text("示例市科学技术协会"),), style="signature"),
            Paragraph(
                inlines=(Text("2025年12月31日"),),
                style="issue_date",
                placement=Placement(align="end", end_indent=3.25),
            ),
        ),
        metadata=Metadata(
            title="示例市科学技术协会2025年工作总结",
            author="示例市科学技术协会",
            subject="工作总结",
            created=date(2025, 12, 31),
        ),
    )


@pytest.fixture(scope="session")
def official() -> Document:
    """The elements of an official document that the plain one lacks."""
    return Document(
        blocks=(
            said("张科协发〔2025〕12号", "王小明", style="document_number_upward"),
            Paragraph(inlines=(), style="letterhead_rule"),
            *body(3),
            said("表1 主要指标", style="table_caption"),
            table(30),
            said("后面的正文。"),
            said("示例市科学技术协会", style="signature"),
            SEAL,
            said("2025年12月31日", style="issue_date"),
            PageBreak(),
            *body(2),
            said("表2 各县区指标", style="table_caption"),
            table(4, landscape=True),
            said("附件1", style="attachment_label"),
            imprint(),
        )
    )


@pytest.fixture(scope="session")
def fonts(style: Style) -> dict[str, Path]:
    """A font file for every name that the Word file uses."""
    serif, sans = pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()
    return {name: sans if role is FontRole.HEITI else serif for role, name in style.word_fonts.items()}


@pytest.fixture(scope="session")
def workdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LibreOffice's folder for the whole run; tests that ask for it need LibreOffice."""
    from tests.support.tools import require

    require("soffice")
    return tmp_path_factory.mktemp("libreoffice")
