"""Files that are small, or simple, to send and ruinous to read; written by hand, one per trick."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.drawing.ofd import SPACE, ofd
from tests.drawing.office_files import odt
from tests.rendering import docx

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive whose members are deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def nested_zip(depth: int) -> bytes:
    """Return an archive in an archive in an archive …, around a gigabyte of zeros in sixteen files."""
    inner = packed({f"{n}.txt": b"0" * 67_000_000 for n in range(1)})
    for _ in range(depth):
        inner = packed({f"{n}.zip": inner for n in range(16)})
    return inner


def png(width: int, height: int) -> bytes:
    """Return a white picture of this size, one bit a pixel: kilobytes that unfold to gigabytes."""
    row = b"\x00" + b"\xff" * ((width + 7) // 8)
    body = zlib.compressobj(9)
    rows = b"".join(body.compress(row) for _ in range(height)) + body.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def xlsx(sheet: str, strings: str = "", sheets: int = 1) -> bytes:
    """Return a workbook whose sheets all are the same part."""
    listed = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r1"/>' for n in range(sheets))
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_REF}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_REF}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
        "</Types>"
    )
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_REF}"><sheets>{listed}</sheets></workbook>'
    parts = {
        "[Content_Types].xml": types,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": related,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">'
        f"<sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
    }
    return packed({name: part.encode() for name, part in parts.items()})


def pdf_of_endless_pages(count: int) -> bytes:
    """Return a PDF whose page tree holds one page ``count`` times, and itself."""
    kids = b"3 0 R " * count + b"2 0 R"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count + 1, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length 9>>stream\n0 0 m S  \nendstream",
    )
    return _pdf(objects)


def pdf_stream(drawn: bytes, times: int) -> bytes:
    """Return a PDF of one page whose content, deflated twice, draws the same thing again and again."""
    content = zlib.compress(zlib.compress(drawn * times, 9), 9)
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
        b"/XObject<</X 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
        b"/Length 11>>stream\n/X Do /X Do\nendstream",
    )
    return _pdf(objects)


def _pdf(objects: tuple[bytes, ...]) -> bytes:
    found = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(found),
    )
    return found + head + table + end


def ofd_page(objects: str) -> bytes:
    """Return an OFD of one page that holds these objects."""
    page = (
        f"<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="3">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )
    return ofd([page])


def ods_of_repeated_rows(rows: int, columns: int) -> bytes:
    """Return a sheet of one cell that says to repeat itself."""
    cell = (
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
        "<text:p>1</text:p></table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return odt(f"<table:table>{row * 40}</table:table>", kind="spreadsheet")


def mhtml_nested(depth: int) -> bytes:
    """Return a message whose parts hold parts that hold parts."""
    head = b"MIME-Version: 1.0\r\n"
    for number in range(depth):
        head += b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (
            number,
            number,
        )
    return head + b"Content-Type: text/html\r\n\r\n<p>1</p>"


def mhtml_of_many_parts(count: int) -> bytes:
    """Return a message of very many parts."""
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    part = b"--b\r\nContent-Type: text/html\r\n\r\n<p>1</p>\r\n"
    return head + part * count + b"--b--\r\n"


def biff(records: bytes) -> bytes:
    """Return one BIFF8 stream of a workbook around these records of its globals."""
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + records


def xls_of_one_sheet_many_times(times: int, cells: int) -> bytes:
    """Return a workbook whose sheets, ``times`` of them, all are the same stream of cells."""
    name = b"\x01\x00s"
    start = len(biff(b"")) + times * (4 + 6 + len(name)) + 4
    listed = b"".join(
        _record(0x0085, struct.pack("<IBB", start, 0, 0) + name) for _ in range(times)
    )
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    numbers = b"".join(
        _record(0x0203, struct.pack("<HHHd", n // 200, n % 200, 0, 1.0)) for n in range(cells)
    )
    stream = biff(listed) + _record(0x000A, b"") + sheet + numbers + _record(0x000A, b"")
    return compound("Workbook", stream)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(name: str, content: bytes, *, circular: bool = False) -> bytes:
    """Return an OLE file of one stream; a circular one follows its last sector with its first."""
    content = content.ljust(4096, b"\x00")
    data = [content[at : at + _SECTOR] for at in range(0, len(content), _SECTOR)]
    fats = next(n for n in range(1, 110) if n * 128 >= len(data) + n + 1)
    chain = [_FAT] * fats + [_END] + [fats + 2 + n for n in range(len(data))]
    chain[-1] = fats + 1 if circular else _END
    chain += [_FREE] * (fats * 128 - len(chain))
    size = 0x7FFFFFF0 if circular else len(content)
    root = _entry("Root Entry", 5, _END, 0, child=1)
    entries = root + _entry(name, 2, fats + 1, size) + bytes(256)
    table = [*range(fats), *[_FREE] * (109 - fats)]
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, fats, fats, 0, 4096, _END, 0, _END, 0),
    )
    body = b"".join(sector.ljust(_SECTOR, b"\x00") for sector in data)
    return (
        head
        + struct.pack("<109I", *table)
        + struct.pack(f"<{len(chain)}I", *chain)
        + entries
        + body
    )


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\x00\x00"
    return written.ljust(64, b"\x00") + struct.pack(
        "<HBBIII16xI16xIII", len(written), kind, 1, _FREE, _FREE, child, 0, start, size, 0
    )


def docx_of(body: str) -> bytes:
    """Return a DOCX around this body, deflated."""
    with zipfile.ZipFile(io.BytesIO(docx(body))) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})
