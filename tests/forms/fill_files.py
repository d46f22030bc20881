"""Draws one section Ⅱ: the file, where it comes from, to whom it is entrusted, provided and transferred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forms import labels, words
from tests.forms.prose import draw_method, draw_storage, draw_subject, draw_timing
from tests.forms.truth import Box, EntrustmentTruth, FileTruth, HandoverTruth, LegalText

if TYPE_CHECKING:
    from random import Random

    from tests.forms.world import World


def draw_file(rng: Random, world: World, name: str, form: str) -> FileTruth:
    """Return the truth of one file; 様式2 prints no more than its name."""
    business = world.business
    storage, sites = draw_storage(rng, world)
    count = rng.choice((0, 1, 1, 2, 3, 5))
    entrustments = tuple(_entrustment(rng, world, number) for number in range(1, count + 1))
    return FileTruth(
        name=name,
        kind=rng.choices(labels.FILE_KINDS, (9, 1))[0],
        subjects=rng.choice(labels.SUBJECT_BUCKETS[:4]),
        scope=business.people,
        need=rng.choice(words.NEED),
        items=rng.choice(labels.ITEM_BUCKETS),
        categories=_categories(rng, world),
        validity=f"・個人番号、その他識別情報：対象者を取り違えないため\n・業務関係情報：{business.law}の要件を判定するため",
        since=rng.choice(("平成27年10月5日", "平成28年1月1日", "令和2年4月1日", "令和7年4月予定")),
        department=business.department,
        sources=_sources(rng, world),
        media=_media_in(rng, world),
        timing=draw_timing(rng, world),
        fairness=rng.choice(words.FAIRNESS),
        notice=rng.choice(words.NOTICE),
        purpose=f"{business.law}に定める資格の確認、決定及び通知に用いる。",
        departments=_departments(rng, world),
        users=rng.choice(labels.STAFF_BUCKETS),
        method=draw_method(rng, world),
        matching=f"届出の内容と{world.resident}の記録を個人番号により突合する。",
        matching_sources=(world.resident,),
        statistics=rng.choice(words.STATISTICS),
        decision=rng.choice(words.DECISIONS),
        use_since=rng.choice(("平成28年1月1日", "令和3年7月1日")),
        entrustments=entrustments,
        provisions=tuple(_provision(rng, world, n) for n in range(1, rng.choice((0, 1, 1, 2, 4)) + 1)),
        transfers=tuple(_transfer(rng, world, n) for n in range(1, rng.choice((0, 0, 1, 2)) + 1)),
        storage=storage,
        sites=sites,
        retention=rng.choice(labels.RETENTIONS),
        retention_why="文書の管理に関する規程に定める期間とする。",
        deletion=rng.choice(words.DELETIONS).format(system=world.main),
        remarks=rng.choice(words.REMARKS),
        recorded=_recorded(rng),
    )


def _departments(rng: Random, world: World) -> tuple[str, ...]:
    others = rng.sample(words.DEPARTMENTS, rng.choice((0, 1, 2)))
    return (world.business.department, *others)


def _recorded(rng: Random) -> tuple[str, ...]:
    pool = (
        "個人番号",
        "宛名番号",
        "氏名",
        "生年月日",
        "性別",
        "住所",
        "電話番号",
        "世帯番号",
        "申請年月日",
        "決定年月日",
        "決定区分",
    )
    return pool[: rng.randint(7, len(pool))]


def _categories(rng: Random, world: World) -> tuple[Box, ...]:
    always = {"個人番号", "その他識別情報(内部番号)", labels.IDENTITY[world.identity], "連絡先(電話番号等)"}
    detail = "口座情報" if rng.random() < 0.3 else ""
    boxes: list[Box] = []
    for _, rows in labels.CATEGORIES:
        for label in (label for row in rows for label in row):
            text = label.format(identity=labels.IDENTITY[world.identity])
            ticked = text in always or text in world.business.ticks or rng.random() < 0.05
            other = text == "その他"
            boxes.append(Box(label=text, ticked=bool(detail) if other else ticked, detail=detail if other else None))
    return tuple(boxes)


def _sources(rng: Random, world: World) -> tuple[Box, ...]:
    business = world.business
    named = {
        "評価実施機関内の他部署": tuple(rng.sample(words.DEPARTMENTS, rng.choice((0, 1, 2, 3)))),
        "行政機関・独立行政法人等": ("日本年金機構",) if rng.random() < 0.4 else (),
        "地方公共団体・地方独立行政法人": ("他の市町村",) if rng.random() < 0.5 else (),
        "民間事業者": ("雇用主",) if rng.random() < 0.2 else (),
        "その他": (business.outside[0],) if rng.random() < 0.3 else (),
    }
    boxes = [Box(label=labels.SOURCES[0], ticked=True)]
    for label in labels.SOURCES[1:]:
        names = named[label]
        boxes.append(Box(label=label, ticked=bool(names), detail="、".join(names), names=names))
    return tuple(boxes)


def _boxes(rng: Random, rows: tuple[tuple[str, ...], ...], likely: set[str], other: str) -> tuple[Box, ...]:
    """Return the boxes of a list of media: ``likely`` ones are ticked, その他 when it has a detail."""
    boxes = [
        Box(label=label, ticked=label in likely or rng.random() < 0.05)
        for row in rows
        for label in row
        if label != "その他"
    ]
    return (*boxes, Box(label="その他", ticked=bool(other), detail=other))


def _media_in(rng: Random, world: World) -> tuple[Box, ...]:
    likely = {"紙"} | ({"庁内連携システム"} if rng.random() < 0.7 else set())
    likely |= {"情報提供ネットワークシステム"} if world.linkage == "実施する" else set()
    return _boxes(rng, labels.MEDIA_IN, likely, rng.choice(("", "", "住民基本台帳ネットワークシステム", world.portal)))


def _entrustment(rng: Random, world: World, number: int) -> EntrustmentTruth:
    subject, content = draw_subject(rng, world)
    company = rng.choice(words.COMPANIES)
    printed = company
    bodies: tuple[str, ...] = (company,)
    if number > 1 and rng.random() < 0.12:
        printed, bodies = "同上", ()
    elif rng.random() < 0.06:
        printed, bodies = "未定", ()
    again = rng.random() < 0.35
    sub = tuple(rng.sample(words.COMPANIES, 1)) if again and rng.random() < 0.5 else ()
    matter = rng.choice(words.MATTERS) if again else ""
    if sub:
        matter += f"(再委託先：{sub[0]})"
    return EntrustmentTruth(
        number=number,
        subject=subject,
        content=content,
        scope=rng.choice(labels.SCOPES),
        subjects=rng.choice(labels.SUBJECT_BUCKETS[:4]),
        subject_scope=world.business.people,
        validity="専門の知識を要し、職員だけでは処理できないため。",
        headcount=rng.choice(labels.STAFF_BUCKETS[:4]),
        media=_boxes(
            rng,
            labels.MEDIA_ENTRUSTED,
            {rng.choice(("専用線", "紙", "フラッシュメモリ"))},
            rng.choice(("", "端末の操作")),
        ),
        confirmation=rng.choice(words.CONFIRMATIONS),
        entrustee=printed,
        entrustees=bodies,
        re_entrusted=again,
        sub_entrustees=sub,
        permission=rng.choice(words.PERMISSIONS) if again else "",
        matter=matter,
    )


def _provision(rng: Random, world: World, number: int) -> HandoverTruth:
    row = rng.randint(2, 119)
    if world.numbering == "new":
        law = "番号法第19条第8号に基づく利用特定個人情報の提供に関する命令"
        basis = LegalText(text=f"{law}第2条の表の{row}の項", citations=(("提供先", f"{law}|2|||表|{row}"),))
    else:
        basis = LegalText(text=f"番号法別表第二の{row}の項", citations=(("提供先", f"番号法||||別表第二|{row}"),))
    recipient = rng.choice(("厚生労働大臣", "都道府県知事", "他の市町村長", "日本年金機構", world.business.outside[0]))
    return HandoverTruth(
        number=number,
        recipient=recipient,
        basis=basis,
        purpose=f"{recipient}が行う給付の要件の確認に用いる。",
        data=rng.choice(world.business.data)[0],
        subjects=rng.choice(labels.SUBJECT_BUCKETS[:4]),
        scope=world.business.people,
        media=_boxes(rng, labels.MEDIA_PROVIDED, {"情報提供ネットワークシステム"}, ""),
        frequency="情報提供ネットワークシステムにより求めを受けたつど",
    )


def _transfer(rng: Random, world: World, number: int) -> HandoverTruth:
    recipient = rng.choice(words.DEPARTMENTS)
    return HandoverTruth(
        number=number,
        recipient=recipient,
        basis=LegalText(text="番号法第9条第2項", citations=(("移転先", "番号法|9|2|||"),)),
        purpose=f"{recipient}が行う手当の支給の要件の確認に用いる。",
        data=rng.choice(world.business.data)[0],
        subjects=rng.choice(labels.SUBJECT_BUCKETS[:4]),
        scope=world.business.people,
        media=_boxes(rng, labels.MEDIA_TRANSFERRED, {"庁内連携システム"}, ""),
        frequency=rng.choice(("日次", "異動のあるつど", "年に1度")),
    )
