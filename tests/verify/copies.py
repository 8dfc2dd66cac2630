"""Finished files, edited copies of them, and what the comparison says of these."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from kexie_docs.pipeline import Workshop, load
from kexie_docs.revisions.pulling import Pulled, compare_input, pull_changes
from kexie_docs.revisions.word_file import read_word
from tests.verify.edits import W, WordFile, text_of

INPUTS = Path(__file__).parents[2] / "inputs"
NAMES = tuple(sorted(path.stem for path in INPUTS.glob("*.yaml")))

EVERYWHERE = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协, 自称: 市科协}
年度: 2025
标题: 云溪市科协培育专家{{引进专家}}
指标:
  科普活动: {数值: 312, 单位: 场, 表述: 余, 上年: 268, 目标: 300, 来源: 科普部}
  引进专家: 38人
  参与: 超10万人次
  场地: 5—6处
  记录: 历年新高
  名次: 全省第五
  讲座: {数值: 24, 单位: 期, 上年: 16}
开篇: |
  {{引进专家}}{{参与}}同行，{{年度}}年举办科普活动{{科普活动}}，{{科普活动|同比}}。
行动:
  - 标题: 建成{{场地}}
    导语: 创{{记录}}，讲座{{讲座}}，{{讲座|同比}}，上年{{讲座.上年}}。
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
  - 标题: 指标完成情况
    表: 指标
"""
"""An input whose figures stand in every place: hedged, derived, spelled out, and in a table of all."""

ALL = (*NAMES, "everywhere")
"""All inputs for `desk`."""

Told = tuple[str, str, str]
"""Kind, old and new of a difference; of changed text, only what was changed."""

WORKSHOP = Workshop(Path(__file__).parents[2], os.environ)


@cache
def finished(path: Path) -> bytes:
    """The Word file of an input, as `kexie-docs build` makes it."""
    return WORKSHOP.render(WORKSHOP.compose(load(path)), "docx")


@dataclass(frozen=True)
class Desk:
    """A folder with inputs, where a copy is edited, compared and brought back.

    Attributes:
        folder: the folder; the copy is ``edited.docx`` in it.
        input: the input.
    """

    folder: Path
    input: Path

    @property
    def copy(self) -> Path:
        return self.folder / "edited.docx"

    def edit(self, edit: Callable[[WordFile], None], *, bookmarks: bool = True) -> "Desk":
        file = WordFile(finished(self.input))
        edit(file)
        if not bookmarks:
            file.strip_bookmarks()
        self.copy.write_bytes(file.data())
        return self

    def texts(self) -> list[str]:
        return [text_of(one) for one in WordFile(self.copy.read_bytes()).paragraphs()]

    def is_rebuilt(self) -> bool:
        """Whether the input gives the copy's text; in a title a blank is nothing, for its lines end there."""
        files = WordFile(self.copy.read_bytes()), WordFile(finished(self.input))
        copies, ours = ([one for one in file.paragraphs() if text_of(one).strip()] for file in files)
        return len(copies) == len(ours) and all(map(_says_the_same, copies, ours))

    def told(self) -> list[Told]:
        found = compare_input(load(self.input), WORKSHOP.compose_traced, read_word(self.copy), str(self.copy))
        told: list[Told] = []
        for one in found:
            if one.changes:
                told += [(one.kind.value, change.old, change.new) for change in one.changes]
            else:
                told.append((one.kind.value, one.old, one.new))
        return told

    def pull(self) -> Pulled:
        pulled = pull_changes(self.input, WORKSHOP.compose_traced, read_word(self.copy), str(self.copy))
        for change in pulled.files:
            Path(change.file).write_text(change.after, encoding="utf-8")
        finished.cache_clear()
        return pulled

    def rebuilt(self) -> list[str]:
        """The paragraphs of the document that the input gives now."""
        return [text_of(one) for one in WordFile(finished(self.input)).paragraphs()]


def _says_the_same(one: etree._Element, other: etree._Element) -> bool:
    texts = [text_of(one).strip(), text_of(other).strip()]
    if any(node.find(f".//{W}br") is not None for node in (one, other)):
        texts = ["".join(text.split()) for text in texts]
    return texts[0] == texts[1]


def desk(folder: Path, name: str) -> Desk:
    """A copy of the examples, one of them the input; `EVERYWHERE` is among them."""
    shutil.copytree(INPUTS, folder, dirs_exist_ok=True)
    (folder / "everywhere.yaml").write_text(EVERYWHERE, encoding="utf-8")
    return Desk(folder, folder / f"{name}.yaml")


def desk_of(folder: Path, text: str, suffix: str = "yaml") -> Desk:
    """An input of one's own."""
    path = folder / f"input.{suffix}"
    path.write_text(text, encoding="utf-8")
    return Desk(folder, path)
