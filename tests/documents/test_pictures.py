"""Picture files at first sight: a picture of text to be recognised, or an icon, told by the header alone."""

from __future__ import annotations

import struct

import pytest

from reports.documents.model import Unreadable
from reports.documents.pictures import size_of
from reports.documents.read import read_document


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08" * 5


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" * 9
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00" * 9


def bmp(width: int, height: int) -> bytes:
    return b"BM" + bytes(12) + struct.pack("<IiiHH", 40, width, -height, 1, 24)


def ico(width: int, height: int) -> bytes:
    return b"\x00\x00\x01\x00\x01\x00" + bytes((width % 256, height % 256)) + bytes(14)


DRAWN = {"png": png, "jpeg": jpeg, "gif": gif, "bmp": bmp}


@pytest.mark.parametrize("form", DRAWN)
def test_a_picture_states_its_size_in_its_header(form: str) -> None:
    assert size_of(DRAWN[form](1654, 2339)) == (1654, 2339)


@pytest.mark.parametrize("form", DRAWN)
def test_a_picture_of_a_page_is_refused_as_a_picture_of_text(form: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(DRAWN[form](1654, 2339))
    assert refused.value.code == "image"
    assert "nianshao[ocr]" in refused.value.reason.en
    assert "文字版本" in refused.value.reason.zh


@pytest.mark.parametrize("form", [*DRAWN, "ico"])
def test_an_ornament_is_refused_by_its_size(form: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document({**DRAWN, "ico": ico}[form](48, 64))
    assert refused.value.code == "format"
    assert "48×64" in refused.value.reason.en


@pytest.mark.parametrize("form", DRAWN)
def test_a_picture_cut_anywhere_is_still_refused_as_a_picture(form: str) -> None:
    body = DRAWN[form](1654, 2339)
    for length in range(12, len(body)):
        with pytest.raises(Unreadable) as refused:
            read_document(body[:length])
        assert refused.value.code in {"image", "format", "garbage"}


def test_a_tiff_without_a_plain_header_counts_as_a_picture_of_text() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(b"II*\x00" + bytes(64))
    assert refused.value.code == "image"
