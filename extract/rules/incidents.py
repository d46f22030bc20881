"""重大事故: what went wrong."""

from __future__ import annotations

from extract.cells import Block
from extract.choices import Choice, find_value, read_choice
from extract.facts import Incident
from extract.form import BY_KEY
from extract.rules.context import Context


def read_incidents(context: Context) -> list[Incident]:
    """重大事故: 発生あり or 発生なし; unclear where the item is there and its value is not."""
    blocks = context.outline.all("risk.incident", "threshold.incident")
    incidents = []
    for block in blocks:
        choice = read_choice(context.outline, block.key, block) or find_value(context.outline, block.key)
        incidents.append(_incident(context, context.item_id(block), block, choice))
    if not blocks:
        choice = find_value(context.outline, "risk.incident")
        if choice is not None:
            incidents.append(_incident(context, BY_KEY["risk.incident"].id_in(context.form), None, choice))
    return incidents


def _incident(context: Context, item: str, block: Block | None, choice: Choice | None) -> Incident:
    content = context.text(context.outline.first("risk.incident.content"))
    if choice is not None:
        evidence = context.evidence_at(item, choice.start, choice.end)
        return Incident(occurred=choice.value, content=content, evidence=(evidence,))
    start, end = (block.start, block.label_end) if block else (0, 1)
    return Incident(occurred="unclear", content=content, evidence=(context.evidence_at(item, start, end),))
