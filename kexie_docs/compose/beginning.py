"""The files of a new template that begins from another: what is to be changed, with comments that teach."""

import re
from collections.abc import Mapping

from kexie_docs.compose.analysis import analyse
from kexie_docs.compose.templates import (
    CONTENT,
    SETTINGS,
    STARTER,
    STYLE,
    TemplateFolder,
    naming_template,
    template_text,
)

_BLOCK = re.compile(r"^\{%-? *block +(\w+).*?%\}\n(.*?)^\{%-? *endblock.*?%\}\n", re.DOTALL | re.MULTILINE)
_COPIED = ("标题",)
"""Blocks whose text is copied, so that there is something to change at once."""


def new_template(name: str, base: TemplateFolder) -> Mapping[str, str]:
    """Return the files of a new template, by their names.

    It extends ``base`` and prints the same until something is changed. A base without blocks is copied, as
    then there is no part that could be changed alone.

    Args:
        name: of the new template.
        base: the template that it begins from.
    """
    giver = base.giver(CONTENT)
    source = "" if giver is None else template_text(giver, CONTENT)
    blocks = {match[1]: match[2] for match in _BLOCK.finditer(source)}
    names = analyse(base).blocks
    files = {
        SETTINGS: _settings(name, base),
        CONTENT: _content(base, names, blocks) if names else source,
        STYLE: _STYLE_TEXT.format(base=base.name if base.giver(STYLE) else "gbt9704"),
    }
    starter = base.giver(STARTER)
    if starter is not None:
        text = template_text(starter, STARTER)
        files[STARTER] = naming_template(text, name)
    return files


def _settings(name: str, base: TemplateFolder) -> str:
    title = base.title.replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        f"# 模板 {name}：自 {base.name} 改来。本文件夹里没有的文件和没有写的设置，都用 {base.name} 的。",
        f'extends = "{base.name}"',
        f'title = "{title}"                      # 给人看的名称，改成自己的',
        'description = "一句话说明这个模板做什么文件"',
        "# numbering = true          # 标题自动编号：一、（一）1.（1）",
        "",
        "[defaults]                  # 固定文字；在 content.md.j2 中写作 {{ 默认.名称 }}；去掉 # 再改",
        *(f'# "{key}" = "{value}"' for key, value in base.defaults.items()),
    ]
    return "\n".join(lines) + "\n"


def _content(base: TemplateFolder, names: list[str], blocks: Mapping[str, str]) -> str:
    copied = next((each for each in _COPIED if each in blocks), None) or next(iter(blocks), None)
    head = f"""\
{{# 内容：在 {base.name} 的基础上改。只写要改的块，其余照 {base.name} 印出。
   {base.name} 的块：{"、".join(names)}。
   改一块：写 {{% block 块名 %}} 到 {{% endblock %}}；中间写 {{{{ super() }}}} 就印出原来的内容。
   不要某一块：写一个空的块。值的写法见 docs/templates.md，用 kexie-docs template check 检查。 #}}
{{% extends "{base.name}/{CONTENT}" %}}
"""
    if copied is None:
        return head
    note = f"\n{{# 这一块照抄自 {base.name}，可以直接改。 #}}\n"
    return f"{head}{note}{{% block {copied} %}}\n{blocks[copied]}{{% endblock %}}\n"


_STYLE_TEXT = """\
# 版式：在 {base} 的基础上改，只写不同的。去掉行首的 # 就生效。
# 字体：xiaobiaosong 小标宋、fangsong 仿宋、heiti 黑体、kaiti 楷体、songti 宋体。
extends = "{base}"

# [page]                      # 页边距
# left = "30mm"
# right = "30mm"

# [paragraph.body]            # 正文
# font = "kaiti"
# size = "小三"

# [paragraph.heading_1]       # 一级标题
# color = "FF0000"
"""
