from __future__ import annotations

import pytest

from reports.documents.model import Unreadable
from reports.documents.read import read_document
from reports.documents.text.decode import decode

TEXT = (
    "<html><head><meta charset={charset}></head><body><h1>水磨镇2025年政府信息公开工作年度报告</h1>"
    "<p>一、总体情况</p><p>〇㎡镕，本年度主动公开政府信息25条。</p></body></html>"
)

# Read as GBK, text in UTF-8 comes through whole only where the characters come in pairs.
PAIRED = (
    "<html><body><h1>政府信息公开年度报告</h1><p>总体情况</p><p>主动公开25条目</p></body></html>"
)


def page(charset: str) -> str:
    return TEXT.format(charset=charset)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_bytes(encoding: str) -> None:
    assert decode(page("utf-16").encode(encoding), None) == (page("utf-16"), encoding)


def test_plain_chinese_text_in_utf16_without_a_mark_is_known_too() -> None:
    text = "水磨镇政府信息公开工作年度报告，总体情况如下。" * 5
    assert decode(text.encode("utf-16-le"), None) == (text, "utf-16-le")


def test_utf8_read_as_gbk_before_it_was_stored_is_mended_when_nothing_is_lost() -> None:
    stored = PAIRED.encode().decode("gb18030")
    assert decode(stored.encode(), None) == (PAIRED, "utf-8 (repaired)")


@pytest.mark.parametrize("true", ["utf-8", "gb18030"])
def test_text_read_as_latin_before_it_was_stored_is_mended_when_nothing_is_lost(true: str) -> None:
    stored = page("utf-8").encode(true).decode("latin-1")
    assert decode(stored.encode(), None) == (page("utf-8"), f"{true} (repaired)")


def test_utf8_read_as_windows_latin_is_mended_too() -> None:
    stored = "".join(
        bytes([byte]).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte)
        for byte in page("utf-8").encode()
    )
    assert decode(stored.encode(), None)[0] == page("utf-8")


def test_a_mistaken_decoding_that_lost_characters_is_refused_not_guessed() -> None:
    stored = page("utf-8").encode().decode("gb18030", "replace").replace("\ufffd", "?")
    with pytest.raises(Unreadable) as refusal:
        decode(stored.encode(), None)
    assert refusal.value.code == "garbage"


def test_a_text_whose_characters_became_question_marks_is_refused() -> None:
    body = "".join("?" if sign > "\x7f" else sign for sign in page("utf-8") * 3)
    with pytest.raises(Unreadable) as refusal:
        read_document(body.encode())
    assert refusal.value.code == "garbage"


def test_a_page_put_together_from_two_encodings_is_decoded_part_by_part() -> None:
    template = "<div class=top>青禾县人民政府门户网站 政务公开 办事服务 互动交流</div>"
    article = "<p>一、总体情况</p><p>本年度主动公开政府信息25条，收到申请3件。</p>" * 4
    body = template.encode() + article.encode("gb18030") + "<p>版权所有青禾县人民政府</p>".encode()
    text, used = decode(body, "utf-8")
    assert (text, used) == (
        template + article + "<p>版权所有青禾县人民政府</p>",
        "utf-8 + gb18030",
    )


def test_characters_that_could_not_be_decoded_are_told_with_their_number() -> None:
    body = bytearray((page("utf-8") + "<p>全年更新公开栏目。</p>" * 99).encode())
    body[body.index("总体".encode())] = 0xFF
    remarks = read_document(bytes(body)).remarks
    assert len(remarks) == 1
    assert "3 个字符" in remarks[0].zh or "1 个字符" in remarks[0].zh


@pytest.mark.parametrize("word", ["naïve café Größe œuvre", "Данные 2025", "日本語の文書"])
def test_other_languages_are_no_mistaken_decoding(word: str) -> None:
    assert decode((word * 20).encode(), None) == (word * 20, "utf-8")
