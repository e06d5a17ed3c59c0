"""The shape of ``[[sites]]`` and ``[[sites.columns]]`` in ``config.toml``."""

from __future__ import annotations

from pydantic import Field

from monitor.setting_values import (
    ArticleSelector,
    Host,
    Hours,
    Key,
    Part,
    SiteIDCode,
    WebAddress,
    Whole,
    YesOrNo,
)


class ColumnSettings(Part):
    """``[[sites.columns]]``: one disclosure column of a site."""

    key: Key = Field(description="简称，站内唯一 / short name, unique within the site")
    url: str = Field(
        min_length=1,
        description="地址，可相对 base_url / address, absolute or relative to base_url",
    )
    family: str = Field(
        "auto",
        description="栏目类型，auto 自动识别，各类型见 families.md / how the column lists its reports; "
        "auto recognises it; the kinds stand in families.md",
    )
    render: YesOrNo = Field(
        False,
        description="页面只由脚本写出，用浏览器打开（需 nianshao[browser] 和 Chromium） / only scripts "
        "write its pages: open them in a browser (needs nianshao[browser] and a Chromium)",
    )
    name: str = Field(
        "",
        description="网站导航中的名称，栏目移走时据此寻找 / what the site's navigation calls it; "
        "it is sought by this name when it moves",
    )
    expected_min_links: Whole = Field(
        0,
        ge=0,
        le=3000,
        description="完整的列表至少有几条，少于此数不作依据 / fewest entries of a whole list; a shorter one "
        "proves nothing",
    )


class SiteSettings(Part):
    """``[[sites]]``: one web site."""

    key: Key = Field(description="简称，唯一 / short name, unique")
    name: str = Field(min_length=1, description="名称 / name as people know it")
    base_url: WebAddress = Field(description="首页 / front page")
    allow_private: YesOrNo = Field(
        False, description="允许本机和内网地址 / permit loopback and private addresses"
    )
    hosts: tuple[Host, ...] = Field(
        (),
        description="同属该网站的其他主机，跳转到这些主机视为站内 / further hosts of the site, "
        "which redirects may lead to",
    )
    id_code: SiteIDCode | None = Field(
        None,
        description="网站标识码（页面的 SiteIDCode），不写则记住首次所见 / the SiteIDCode of its pages; the "
        "first one seen is remembered if not given",
    )
    article: ArticleSelector | None = Field(
        None,
        description="正文所在元素，如 #zoom 或 div.article；不写则按内容识别 / "
        "element that holds the article, as #zoom or div.article; found by content if not given",
    )
    cadence_hours: Whole | None = Field(
        None,
        ge=1,
        le=720,
        description="每隔几小时查看，不写则按 [schedule] / hours between visits; default: as [schedule]",
    )
    hours: Hours | None = Field(
        None, description="访问时段，不写则按 [crawler] / visiting hours; default: as [crawler]"
    )
    columns: tuple[ColumnSettings, ...] = Field(
        min_length=1, description="公开栏目 / its disclosure columns"
    )
