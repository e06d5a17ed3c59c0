"""The columns of register files: made from the tables of the configuration, with Chinese names. Pure."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from monitor.register_settings import AgencySettings
from monitor.site_settings import ColumnSettings, SiteSettings

NOT_KEPT = frozenset({"序号", "编号", "备注", "no", "no.", "note", "notes", "remark"})
"""Columns that people add for themselves; they are passed over."""


class Form(Enum):
    """How a cell becomes a value."""

    TEXT = "text"
    YES_OR_NO = "yes or no"
    WHOLE = "whole number"
    NUMBER = "number"
    LIST = "list"
    DAY = "day"
    HOURS = "hours of the day"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a register file. ``names`` are all its headings: English, then Chinese, best first.

    ``table`` is the model whose ``key`` it fills, ``words`` value → how Chinese registers write it.
    """

    table: type[BaseModel]
    key: str
    names: tuple[str, ...]
    form: Form
    required: bool
    words: Mapping[str, tuple[str, ...]] = dataclasses.field(hash=False)

    def name_in(self, language: str) -> str:
        """Return the heading as it is written in a language."""
        return self.names[1] if language == "zh" and len(self.names) > 1 else self.names[0]


_CHINESE: Mapping[type[BaseModel], Mapping[str, tuple[str, ...]]] = {
    AgencySettings: {
        "key": ("简称", "单位简称", "标识"),
        "name": ("单位名称", "名称", "全称", "单位全称", "机构名称"),
        "kind": ("类型", "单位类型", "单位类别"),
        "region": ("区划代码", "行政区划代码", "区划"),
        "aliases": ("别名", "其他名称"),
        "former_names": ("曾用名", "原名称"),
        "columns": ("栏目", "公开栏目"),
        "expected": ("是否应公开", "应公开"),
        "duty": ("公布义务", "义务"),
        "since": ("起始日期", "义务起始", "撤并日期"),
        "until": ("截止日期", "义务截止"),
        "successor": ("承接单位", "并入单位", "承接单位简称"),
        "exempt_reason": ("说明", "免予理由", "理由"),
        "credit_code": ("统一社会信用代码", "信用代码"),
    },
    SiteSettings: {
        "key": ("网站简称", "网站"),
        "name": ("网站名称",),
        "base_url": ("首页", "网址", "首页地址"),
        "allow_private": ("允许内网",),
        "article": ("正文元素", "正文位置"),
        "hosts": ("其他主机",),
        "id_code": ("网站标识码",),
        "cadence_hours": ("查看间隔小时",),
        "hours": ("访问时段",),
    },
    ColumnSettings: {
        "key": ("栏目简称", "栏目"),
        "url": ("栏目地址", "栏目网址"),
        "family": ("栏目类型", "类型"),
        "render": ("需要浏览器",),
        "name": ("栏目名称",),
        "expected_min_links": ("最少条数",),
    },
}
# Where one row holds a site and a column, both have a key.
_ENGLISH: Mapping[type[BaseModel], Mapping[str, str]] = {
    SiteSettings: {"key": "site", "name": "site_name"},
    ColumnSettings: {"key": "column", "name": "column_name"},
}
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kind": {
        "department": ("部门",),
        "government": ("政府", "人民政府"),
        "government_office": ("政府办公室", "政府办公厅", "政府办"),
        "township": ("乡镇", "乡", "镇"),
        "street": ("街道", "街道办事处"),
        "committee": ("管委会", "管理委员会", "开发区"),
        "vertical": ("垂直管理", "垂直管理部门"),
        "other": ("其他",),
    },
    "duty": {
        "required": ("应公布", "应公开", "必须"),
        "voluntary": ("自愿", "自愿公开"),
        "exempt": ("免予", "豁免", "无需公布"),
        "merged": ("已并入", "合并", "并入"),
        "abolished": ("已撤销", "撤销"),
    },
}


def plain(heading: str) -> str:
    """Return a heading as headings are compared: half width, small letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", heading).lower().split())


def _headings(table: type[BaseModel], *without: str) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            table,
            name,
            (
                _ENGLISH.get(table, {}).get(name, name),
                *_CHINESE[table].get(name, ()),
            ),
            _form(info.annotation),
            info.is_required(),
            _WORDS.get(name, {}) if table is AgencySettings else {},
        )
        for name, info in table.model_fields.items()
        if name not in without
    )


def _form(annotation: Any) -> Form:
    if get_origin(annotation) is Annotated:
        return _form(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _form(next(part for part in get_args(annotation) if part is not type(None)))
    if annotation == tuple[time, time]:
        return Form.HOURS
    if get_origin(annotation) is tuple:
        return Form.LIST
    return _FORMS.get(getattr(annotation, "__name__", ""), Form.TEXT)


_FORMS = {"bool": Form.YES_OR_NO, "int": Form.WHOLE, "float": Form.NUMBER, "date": Form.DAY}
AGENCY_HEADINGS = _headings(AgencySettings)
SITE_HEADINGS = (*_headings(SiteSettings, "columns"), *_headings(ColumnSettings))
