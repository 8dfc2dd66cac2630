"""Properties: whatever an input says is printed as it says it."""

from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.walk import block_text
from kexie_docs.errors import InputError
from kexie_docs.model.text import ProseText
from tests.compose.conftest import a_report

SUMMARY = Composer(find_template("summary", [builtin_root()]))

PRINTED = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp", "Zs"))
MARKUP = st.sampled_from(list("#*_[]{}().:>-+`|\\<&!~ 1中“”，"))
LINES = st.text(st.one_of(PRINTED, MARKUP), min_size=1, max_size=40).map(str.strip).filter(bool)


@given(LINES, LINES, LINES)
def test_text_of_any_characters_is_printed_whole(opening: str, point: str, text: str) -> None:
    prose = [ProseText(each, (each,)) for each in (opening, point, text)]
    actions = [{"标题": prose[1], "措施": [{"要点": prose[1], "内容": prose[2]}]}]
    document = SUMMARY.compose(a_report(开篇=prose[0], 行动=actions))
    assert [block_text(block) for block in document.blocks[1:3]] == [opening, _heading(point)]
    assert block_text(document.blocks[3]) == f"{point}，{text}"


def _heading(text: str) -> str:
    """The heading's text with its number, unless it begins with one."""
    number = SUMMARY.compose(a_report(行动=[{"标题": ProseText(text, (text,))}])).blocks[1]
    assert block_text(number).removeprefix("一、") in (text, text.removeprefix("一、"))
    return block_text(number)


@given(st.lists(LINES, max_size=6).map("\n".join))
def test_markdown_of_any_characters_is_read_or_refused_in_our_words(markdown: str) -> None:
    try:
        document = SUMMARY.compose(a_report(开篇="甲", 正文=ProseText(markdown, (markdown,))))
    except InputError as error:
        codes = [problem.code for problem in error.problems]
    else:
        codes = []
    if codes:
        assert codes == ["KD206"]
        return
    printed = "".join(block_text(block) for block in document.blocks[2:])
    marks = set("#*\\-+ .)1234567890一二三四五六七八九十、（）")
    assert [char for char in printed if char not in marks and not char.isspace()] == [
        char for char in markdown if char not in marks and not char.isspace()
    ]
