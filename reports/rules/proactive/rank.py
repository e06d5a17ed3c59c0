"""What a unit's name and kind tell of its rank: whether it stands surely below a city. Pure."""

from __future__ import annotations

import re

from reports.agencies import AgencyKind, Identity
from reports.text import squeeze

_GRASS_ROOTS = frozenset({AgencyKind.TOWNSHIP, AgencyKind.STREET})
# 自治区, 新区, 开发区 and their like are no counties; 市辖区 and 自治县 are.
_COUNTY = re.compile(
    r"(?:县|旗|(?<!自治)(?<!行政)(?<!开发)(?<!高新)(?<!管理)(?<![新地特园范税验社景假矿作])区)(?!域)"
)
_PLACE = re.compile(r"^(?:[省市州盟]|.{2,12}?(?:省|自治区|市(?!场|政)|州|盟))")
_CENTRAL = re.compile(r"^(?:国家|国务院|中国|中华|全国)")


def is_below_a_city(identity: Identity) -> bool:
    """Say whether a unit is a township, a street, or one of a county or district; in doubt it is not."""
    if identity.kind in _GRASS_ROOTS:
        return True
    return _COUNTY.search(squeeze(identity.name[:200])) is not None


def is_local(identity: Identity) -> bool:
    """Say whether the name puts a unit into a province or city; a ministry names none."""
    name = squeeze(identity.name[:200])
    return _CENTRAL.search(name) is None and _PLACE.search(name) is not None
