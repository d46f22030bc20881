"""Draws a filled form from a seed: who, which business, which systems and files, and what moves between them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.forms import labels, words
from tests.forms.fill_files import draw_file
from tests.forms.prose import draw_annex, draw_content, draw_function, draw_measure
from tests.forms.truth import Box, ChangeTruth, FileTruth, FormTruth, LegalText, Measure, SystemTruth
from tests.forms.world import World, draw_world

FORMS = ("全項目", "重点項目", "基礎項目")

_RISKS = {
    "全項目": (
        (
            "2. 特定個人情報の入手 (情報提供ネットワークシステムを通じた入手を除く。)",
            "対象者以外の情報の入手を防止するための措置の内容",
        ),
        ("3. 特定個人情報の使用", "宛名システム等における措置の内容"),
        ("4. 特定個人情報ファイルの取扱いの委託", "情報保護管理体制の確認"),
        (
            "5. 特定個人情報の提供・移転 (委託や情報提供ネットワークシステムを通じた提供を除く。)",
            "特定個人情報の提供・移転に関するルール",
        ),
        ("6. 情報提供ネットワークシステムとの接続", "リスクに対する措置の内容"),
        ("7. 特定個人情報の保管・消去", "具体的な対策の内容"),
    ),
    "重点項目": (
        ("2. 特定個人情報の入手 (情報提供ネットワークシステムを通じた入手を除く。)", "リスクに対する措置の内容"),
        ("3. 特定個人情報の使用", "具体的な管理方法"),
        ("4. 特定個人情報ファイルの取扱いの委託", "規定の内容"),
        (
            "5. 特定個人情報の提供・移転 (委託や情報提供ネットワークシステムを通じた提供を除く。)",
            "ルール内容及びルール遵守の確認方法",
        ),
        ("6. 情報提供ネットワークシステムとの接続", "リスクに対する措置の内容"),
        ("7. 特定個人情報の保管・消去", "その他の措置の内容"),
    ),
    "基礎項目": (
        ("2. 特定個人情報の入手 (情報提供ネットワークシステムを通じた入手を除く。)", ""),
        ("3. 特定個人情報の使用", ""),
        ("4. 特定個人情報ファイルの取扱いの委託", ""),
        ("5. 特定個人情報の提供・移転 (委託や情報提供ネットワークシステムを通じた提供を除く。)", ""),
        ("6. 情報提供ネットワークシステムとの接続", ""),
        ("7. 特定個人情報の保管・消去", ""),
        ("8. 人手を介在させる作業", "判断の根拠"),
    ),
}

_RULE_ARTICLES = {"new": (24, 46), "old": (24, 12)}


def draw_form(seed: int, form: str | None = None, body: tuple[str, str] | None = None) -> FormTruth:
    """Return the truth of one assessment, of ``body`` if it is given; the same seed gives the same truth."""
    rng = Random(seed)  # noqa: S311 -- invented test data, not a secret
    kind = form or FORMS[seed % len(FORMS)]
    world = draw_world(rng, body)
    files = tuple(draw_file(rng, world, name, kind) for name in world.files)
    systems = () if kind == "基礎項目" else tuple(_system(rng, world, n) for n in range(1, len(world.numbered) + 1))
    business = world.business
    return FormTruth(
        seed=f"{seed:05d}",
        form=kind,
        number=str(rng.randint(1, 60)),
        title=f"{business.name} {kind}評価書",
        agency=world.agency,
        office=world.office,
        published=world.published,
        published_printed=world.printed,
        version=world.version(kind),
        declaration=_declaration(world),
        remarks=rng.choice(("-", "外部に委託する業務では、契約のつど守秘の体制を確かめている。", "なし")),
        business=business.name,
        content=draw_content(rng, world),
        subjects=rng.choice(labels.COVER_BUCKETS),
        systems=systems,
        bare_names=world.numbered,
        files=files,
        necessity=f"{business.people}を正確に特定し、{business.law}に定める事務を誤りなく行うため。",
        merit="添付書類の省略により、窓口での待ち時間が減り、照合の誤りを防ぐことができる。",
        use_basis=_use_basis(rng, world),
        linkage=world.linkage,
        linkage_basis=_linkage_basis(rng, world),
        department=business.department,
        head=f"{business.department.rpartition('部')[2]}長",
        others=rng.choice(("-", "なし")),
        annex=draw_annex(rng, world),
        measures=tuple(
            Measure(heading=head, label=label, text=draw_measure(rng, world), sufficient=rng.choice(labels.SUFFICIENT))
            for head, label in _RISKS[kind]
        ),
        incident=rng.choices(("発生なし", "発生あり"), (5, 1))[0],
        incident_content="通知書を別の世帯に送付した事案が1件あった。",
        counted=f"令和{rng.randint(2, 7)}年{rng.randint(1, 12)}月1日 時点",
        staff_over_500=rng.choice(("500人以上", "500人未満")),
        contact=f"{world.place}役所 {business.department} 電話 000-000-{rng.randint(1000, 9999)}",
        changes=tuple(_change(rng, world, files) for _ in range(rng.randint(2, 6))),
        annexes_present=rng.random() < 0.75,
        identity=world.identity,
    )


def _declaration(world: World) -> str:
    return (
        f"{world.agency}は、{world.business.name}で特定個人情報ファイルを扱うことが個人のプライバシーに影響し得ることを認め、"
        "漏えいなどの危険を小さくするために必要な措置をとり、個人の権利利益を守ることに努めると宣言する。"
    )


def _system(rng: Random, world: World, number: int) -> SystemTruth:
    full = world.numbered[number - 1]
    short = "業務システム" if number == 1 and rng.random() < 0.25 else None
    network = full == world.server
    ticks = {
        "情報提供ネットワークシステム": network,
        "庁内連携システム": not network and rng.random() < 0.7,
        "住民基本台帳ネットワークシステム": network and rng.random() < 0.3,
        "既存住民基本台帳システム": rng.random() < 0.5,
        "宛名システム等": rng.random() < 0.6,
        "税務システム": rng.random() < 0.4,
    }
    others = tuple(name for name in world.numbered if name != full)
    named = tuple(rng.sample(others, min(len(others), rng.choice((0, 0, 1, 2)))))
    row = [Box(label=label, ticked=ticked) for label, ticked in ticks.items()]
    row.append(Box(label="その他", ticked=bool(named), detail="、".join(named), names=named))
    return SystemTruth(number=number, name=full, short=short, function=draw_function(rng, world, full), grid=tuple(row))


def _use_basis(rng: Random, world: World) -> LegalText:
    usage, business = "個人番号の利用", world.business
    law = rng.choice(("番号法", "番号利用法", "行政手続における特定の個人を識別するための番号の利用等に関する法律"))
    first, second = _RULE_ARTICLES[world.numbering]
    table, row = ("別表", business.row) if world.numbering == "new" else ("別表第一", business.old_row)
    rule = f"番号法{table}の主務省令で定める事務を定める命令"
    lines = [f"・{law}第9条第1項 {table}の{row}の項", f"・{rule}第{rng.choice((first, second))}条"]
    article = lines[1].rpartition("第")[2].removesuffix("条")
    citations = [(usage, f"番号法|9|1||{table}|{row}"), (usage, f"{rule}|{article}||||")]
    if rng.random() < 0.4:
        lines.append(f"・{law}第9条第2項")
        citations.append((usage, "番号法|9|2|||"))
    return LegalText(text="\n".join(lines), citations=tuple(citations))


_ORDER = "番号法第19条第8号に基づく利用特定個人情報の提供に関する命令"
_ROWS = {
    "new": ("({usage}の根拠) " + _ORDER + "第2条の表の{rows}の項", f"{_ORDER}|2|||表|"),
    "old": ("({usage}の根拠)番号法別表第二の{rows}の項", "番号法||||別表第二|"),
}


def _linkage_basis(rng: Random, world: World) -> LegalText:
    if world.linkage == "実施しない":
        return LegalText(text="-")
    item = "7" if world.published and world.published < "2021-09-01" else "8"
    lines = [f"番号法第19条第{item}号"]
    citations = [("情報連携", f"番号法|19||{item}||")]
    template, prefix = _ROWS[world.numbering]
    for usage, most in (("情報提供", 9), ("情報照会", 4)):
        rows = sorted(rng.sample(range(1, 120), rng.randint(1, most)))
        mark = rng.choice(("、", ",", "・"))
        lines.append(template.format(usage=usage, rows=mark.join(map(str, rows))))
        citations += [(usage, f"{prefix}{row}") for row in rows]
    return LegalText(text="\n".join(lines), citations=tuple(citations))


def _change_of_means(files: Sequence[FileTruth]) -> tuple[str, str, str]:
    """Return a change of ②入手方法 to what all files say now, or one of another item where they differ."""
    now = {box.ticked for file in files for box in file.media if box.label == "専用線"}
    if len(now) != 1:
        return "Ⅱ 6. 保管場所", "庁舎内の電算室", "データセンター"
    before, after = ("[ ] 専用線", "[○] 専用線") if now == {True} else ("[○] 専用線", "[ ] 専用線")
    return "Ⅱ 3. ②入手方法", before, after


def _change(rng: Random, world: World, files: Sequence[FileTruth]) -> ChangeTruth:
    last = int((world.published or "2024")[:4]) - 1
    western = rng.randint(2015, last)
    era = f"平成{western - 1988}" if western < 2019 else f"令和{western - 2018}"
    month, day = rng.randint(5, 12), rng.randint(1, 28)
    item, before, after = rng.choice(
        (
            ("Ⅰ 7. 評価実施機関における担当部署 ②所属長の役職名", "課長 見本 太郎", "課長"),
            ("Ⅱ 4. 委託事項1 委託先名", rng.choice(words.COMPANIES), rng.choice(words.COMPANIES)),
            ("Ⅰ 2. システム1 ①システムの名称", "旧" + world.main, world.main),
            ("Ⅱ 6. 保管場所", "庁舎内の電算室", "データセンター"),
            _change_of_means(files),
        )
    )
    return ChangeTruth(
        printed=f"{era}年{month}月{day}日",
        date=f"{western}-{month:02d}-{day:02d}",
        item=item,
        before=before,
        after=after,
        timing=rng.choice(words.TIMINGS),
        reason=rng.choice(words.CHANGE_REASONS),
    )
