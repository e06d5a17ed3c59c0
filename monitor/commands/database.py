"""``nianshao db``: brings the database up to date, checks it with the archive, lets old bytes go."""

from __future__ import annotations

from typing import Annotated

import typer

from db.chain import head, seal
from db.proving import faults
from db.retention import Pruning, prune_archive
from db.session import reading, writing
from monitor.config import load
from monitor.errors import Refusal
from monitor.house import open_house
from monitor.locks import pass_lock
from monitor.moments import moment
from monitor.options import DEFAULT_CONFIG, At, ConfigFile, Debug
from monitor.progress import Progress
from reports.words import Words


def upgrade(at: At = None, config: ConfigFile = DEFAULT_CONFIG, debug: Debug = False) -> None:
    """把数据库升级到本版本，并封存已结束各天的事件。 Bring the schema up to date; seal ended days.

    \b
    例 Example: nianshao db upgrade
    """
    house = open_house(load(config))
    with writing(house.engine) as session:
        added = seal(session, moment(at))
    words = Words(f"数据库已是最新；事件链新增 {added} 环。", f"up to date; {added} new link(s).")
    typer.echo(words.both())


def verify(config: ConfigFile = DEFAULT_CONFIG, debug: Debug = False) -> None:
    """核对归档、事件链和引用；有不符的逐行列出，退出码 1。 Check archive, chain and references.

    \b
    例 Example: nianshao db verify
    """
    house = open_house(load(config))
    progress = Progress(Words("核对归档", "checking the archive"))
    found = 0
    for words in faults(house.engine, house.archive, progress):
        found += 1
        typer.echo(words.in_language(house.settings.language))
    with reading(house.engine) as session:
        newest = head(session)
    if newest is not None:
        typer.echo(
            Words(
                f"事件链末环 {newest.day}：{newest.sha256}（请另处记下）",
                f"newest link of the chain, {newest.day}: {newest.sha256} (note it elsewhere)",
            ).in_language(house.settings.language)
        )
    if found:
        raise typer.Exit(1)
    typer.echo(Words("归档、事件链和引用全部相符。", "archive, chain and references agree.").both())


def prune(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只说明将删除什么 / only say what would be let go")
    ] = False,
    at: At = None,
    config: ConfigFile = DEFAULT_CONFIG,
    debug: Debug = False,
) -> None:
    """按 [archive] keep_years 删除旧的原始字节。 Let old bytes go, as [archive] keep_years says.

    支持未了结或对单位不利的状态、已判定版本的字节从不删除；哈希和记录都保留。
    What supports an open or accusing status or a judged version never goes; hashes and rows stay.

    \b
    例 Examples: nianshao db prune --dry-run · nianshao db prune
    """
    settings = load(config)
    years = settings.archive.keep_years
    if years is None:
        raise Refusal(
            Words(
                "没有设置 [archive] keep_years，全部保留，无可删除。",
                "[archive] keep_years is not set: everything is kept, nothing to let go.",
            )
        )
    house = open_house(settings)
    try:
        with pass_lock(settings.data_dir, _say_waiting):
            done = prune_archive(house.engine, house.archive, years, moment(at), dry_run=dry_run)
    except OSError as error:
        raise Refusal(
            Words(
                f"无法整理归档：{error.strerror}；已整理的文件有效，排除原因后请再运行一次。",
                f"The archive cannot be rewritten: {error.strerror}; files already rewritten are sound, "
                "mend the cause and run this again.",
            )
        ) from None
    typer.echo(_said(done, dry_run=dry_run).both())


def _said(done: Pruning, *, dry_run: bool) -> Words:
    megabytes = f"{done.bytes / 1_000_000:.1f} MB"
    zh, en = ("将删除", "would be let go") if dry_run else ("已删除", "let go")
    return Words(
        f"{zh} {done.answers} 份应答的字节，{megabytes}；因支持判定而保留 {done.supporting} 份。",
        f"bytes of {done.answers} answer(s) {en}, {megabytes}; {done.supporting} kept, since standings "
        "rest on them.",
    )


def _say_waiting() -> None:
    words = Words("另一轮巡查正在进行，等它结束…", "another pass is under way; waiting for it…")
    typer.echo(words.both(), err=True)
