"""Numbers of headings, told from a scene made by hand."""

from kexie_docs.inspection.inspect import inspect_scene
from kexie_docs.inspection.scene import Align, Paragraph, Scene, Span


def codes(*texts: str) -> set[str]:
    """Return what is found in a file with these paragraphs after a title."""
    spans = ((Span("云溪市科普工作名词解释", "方正小标宋简体", "", 22.0),), *(
        (Span(text, "仿宋_GB2312", "", 16.0),) for text in texts
    ))  # fmt: skip
    paragraphs = tuple(
        Paragraph(number, one, Align.CENTER if number == 1 else Align.BOTH, 2.0, 0.0, 0.0, 28.95)
        for number, one in enumerate(spans, 1)
    )
    return {one.code for one in inspect_scene(Scene("docx", "x.docx", None, (), paragraphs)).findings}


def test_item_that_begins_with_a_figure_counts_as_its_number() -> None:
    items = ("1.双一流：高校建设。", "2.2026年民生实事：加快建设。", "3.核算：一定区域。")
    assert "KC606" not in codes(*items)
    assert "KC606" in codes(items[0], "另有民生实事。", items[2])
