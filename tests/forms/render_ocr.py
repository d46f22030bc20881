"""Writes a form as a text recognition gives it: tab tables, HTML fragments, marks and labels damaged as planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forms.pieces import Boxes, Choice, Heading, Note, PageEnd, Part, Piece, Row, Table

if TYPE_CHECKING:
    from tests.forms.plan import Plan
    from tests.forms.truth import Box

_SLIPS = (("本人確認", "本人碓認"), ("必要", "必耍"), ("利用", "利甲"), ("記録", "記緑"), ("職員", "職貝"))
_PROSE_LABELS = ("妥当性", "必要性", "措置", "対策", "管理", "明示", "判断の根拠", "メリット")
_UNLABELLED = ("その必要性", "その妥当性", "変更の妥当性", "情報の統計分析 ※", "⑤保有開始日", "⑥事務担当部署")
_LONG = 160


def render_ocr(parts: tuple[Part, ...], plan: Plan) -> str:
    """Return the text of the form with the damage of ``plan``; parts that it misses are left out."""
    lines: list[str] = [""]
    for part in parts:
        if part.name not in plan.missing:
            for at, piece in enumerate(part.pieces):
                lines += _write(piece, f"{part.name}/{at}", plan)
    return "\n".join(lines) + "\n"


def _write(piece: Piece, where: str, plan: Plan) -> list[str]:
    match piece:
        case Row():
            return _row(piece, where, plan)
        case Choice():
            return _choice(piece, where, plan)
        case Boxes():
            return _boxes(piece, where, plan)
    return _loose(piece, where, plan)


def _loose(piece: Heading | Note | PageEnd | Table, where: str, plan: Plan) -> list[str]:
    match piece:
        case Heading():
            text = _spaced(piece.text) if plan.happens("spaced", where, 0.15) else piece.text
            return ["", text.replace("Ⅱ", "II").replace("Ⅰ", "I"), ""] if piece.rank < 2 else [text + "\t"]
        case Note():
            return [*piece.text.split("\n"), ""]
        case PageEnd():
            return ["", ""]
        case Table():
            return ["\t".join(row).replace("\n", " ") for row in (piece.header, *piece.rows)]


def _spaced(text: str) -> str:
    """Return the text with a space between the characters of a long word.

    >>> _spaced("1. 特定個人情報ファイル名")
    '1. 特 定 個 人 情 報ファイル名'
    """
    return text.replace("特定個人情報", "特 定 個 人 情 報", 1)


def _row(row: Row, where: str, plan: Plan) -> list[str]:
    value = row.value
    if plan.happens("slips", where, 0.5) and any(word in row.label for word in _PROSE_LABELS):
        for right, wrong in _SLIPS:
            value = value.replace(right, wrong, 1)
    label = f"{row.group}\t{row.label}" if row.group else row.label
    if row.label in _UNLABELLED and plan.happens("unlabelled", where, 0.5):
        label = ""
    first, rest = value, ""
    if len(value) > _LONG and plan.happens("continued", where, 0.5):
        first, rest = _halves(value)
    cell = _cell(first, where, plan)
    if row.label.startswith("②事務の") and plan.happens("lag", where, 0.7):
        return [f"\t{cell}", "", row.label, "", *([_cell(rest, where, plan)] if rest else []), ""]
    return [f"{label}\t{cell}", *(["", f"\t{_cell(rest, where, plan)}"] if rest else [])]


def _halves(value: str) -> tuple[str, str]:
    r"""Return a text cut at the line end nearest to its middle.

    >>> _halves("一\n二\n三")
    ('一\n二', '三')
    """
    lines = value.split("\n")
    middle = (len(lines) + 1) // 2
    return "\n".join(lines[:middle]), "\n".join(lines[middle:])


def _cell(value: str, where: str, plan: Plan) -> str:
    if "\n" not in value:
        return value
    lines = value.split("\n")
    if not plan.happens("html", where, 0.8):
        return " ".join(lines)
    if plan.rng(f"list/{where}").random() < 0.5:
        return "".join(f"<p>{line}</p> " for line in lines).rstrip()
    return f'<p>{lines[0]}</p> <ul style="list-style-type: none"> ' + " ".join(lines[1:])


def _options(choice: Choice) -> list[str]:
    return [f"{at}) {option}" for at, option in enumerate(choice.options, 1)]


def _choice(choice: Choice, where: str, plan: Plan) -> list[str]:
    label = f"{choice.group}\t{choice.label}" if choice.group else choice.label
    options, value = " ".join(_options(choice)), choice.value
    count = "" if choice.count is None else f" ({choice.count}) 件"
    if value and plan.happens("scrambled", where, 0.6):
        bracket = plan.rng(f"bracket/{where}").choice(("[] {} []", "{}]", "[{}", "[] {}", "{} []"))
        return [f"{label}\t{bracket.format(value)} <選択肢>{count}", options]
    if plan.happens("html", where, 0.5):
        return [f'{label}\t<p style="text-align: right;"><選択肢></p> <p>[{value}]</p> <p>{options}</p>{count}']
    return [f"{label}\t[{value}]\t<選択肢> {options}{count}"]


def _boxes(boxes: Boxes, where: str, plan: Plan) -> list[str]:
    style = plan.style(boxes.key)
    rows = [" ".join(_box(box, style.yes, style.no) for box in row) for row in boxes.rows]
    if plan.happens("html", where, 0.4):
        line = f"{boxes.label}\t" + " ".join(f"<p>{row}</p>" for row in rows)
    else:
        line = f"{boxes.label}\t" + " ".join(rows)
    repeated = boxes.key.startswith("grid") and plan.happens("repeated", where, 0.5)
    return [line, *(["", *rows] if repeated else [])]


def _box(box: Box | str, yes: str, no: str) -> str:
    if isinstance(box, str):
        return box
    mark = yes if box.ticked else no
    detail = "" if box.detail is None else f" ({box.detail}){' ' + box.unit if box.unit else ''}"
    return f"{mark} {box.label}{detail}"
