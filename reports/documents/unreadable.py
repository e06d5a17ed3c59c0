"""Why bytes could not be read, in words that say what to do. Pure."""

from __future__ import annotations

from reports.documents.model import Unreadable
from reports.words import Words


def empty() -> Unreadable:
    """Return the refusal for a document without content."""
    return Unreadable(
        "empty",
        Words(
            "文件为空（0 字节或只有空白），请检查下载是否完整后重试。",
            "The document is empty (no bytes or only blanks); check the download and try again.",
        ),
    )


def unsupported(name: str) -> Unreadable:
    """Return the refusal for a format that is recognised but not read."""
    return Unreadable(
        "format",
        Words(
            f"识别为 {name} 文件，这种格式不能读取；压缩包请先解压，"
            "其他请提供网页、DOCX、XLSX 或文字版 PDF。",
            f"Recognised as {name}, a format that is not read; unpack an archive first, and provide "
            "anything else as a web page, DOCX, XLSX or a PDF with text.",
        ),
    )


def garbage() -> Unreadable:
    """Return the refusal for bytes that are no text in any known encoding."""
    return Unreadable(
        "garbage",
        Words(
            "内容不是可识别的文本或文档（多为乱码或二进制数据），请核对来源文件。",
            "The content is no recognisable text or document (mostly binary or garbled); "
            "check the source file.",
        ),
    )


def too_large(what: Words) -> Unreadable:
    """Return the refusal for a document beyond a limit; ``what`` names the limit with its figure."""
    return Unreadable(
        "too_large",
        Words(
            f"文件超出读取上限（{what.zh}），请人工查看原件。",
            f"The document is beyond a reading limit ({what.en}); look at the original by hand.",
        ),
    )


def damaged(what: Words) -> Unreadable:
    """Return the refusal for a document of a known format that is broken."""
    return Unreadable(
        "damaged",
        Words(
            f"文件已损坏（{what.zh}），请重新下载或向发布单位索取完整文件。",
            f"The document is damaged ({what.en}); download it again or ask the publisher for it.",
        ),
    )


def encrypted(name: str) -> Unreadable:
    """Return the refusal for a file that opens only with a password."""
    return Unreadable(
        "encrypted",
        Words(
            f"该 {name} 文件已加密，没有密码不能读取；请向发布单位索取未加密的文件。",
            f"The {name} file is encrypted and cannot be read without its password; "
            "ask the publisher for one that is not.",
        ),
    )


def picture(pages: int | None = None) -> Unreadable:
    """Return the refusal for text that is only a picture; ``pages`` is None for a single picture."""
    zh, en = ("文件是图片", "The document is a picture of text")
    if pages is not None:
        zh = f"文件的 {pages} 页都是图片，没有文字"
        en = f"All {pages} page(s) of the document are pictures of text"
    return Unreadable(
        "image",
        Words(
            f"{zh}，读不到文字；请索取文字版本，或安装文字识别组件（make ocr，即 nianshao[ocr]）后重试。",
            f"{en}, with no text to read; ask for a text version, or install character "
            "recognition (make ocr, the extra nianshao[ocr]) and try again.",
        ),
    )
