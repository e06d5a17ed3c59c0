"""Draws laid-out pages as OFD bytes, written by hand."""

from __future__ import annotations

from html import escape

from tests.drawing.strip import Layout, Page, laid_out, width_of
from tests.rendering import Figures, zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
MILLIMETRE = 72 / 25.4


def _mm(*points: float) -> str:
    return " ".join(f"{point / MILLIMETRE:.4f}" for point in points)


def page_xml(page: Page, layout: Layout, more: str = "") -> str:
    """Return the content of one page."""
    objects = []
    for text in page.texts:
        steps = [width_of(character, text.size) for character in text.text[:-1]]
        even = len(steps) > 3 and len(set(steps)) == 1
        delta = f"g {len(steps)} {_mm(steps[0])}" if even else _mm(*steps)
        box = _mm(text.x, text.y - text.size, 400, 2 * text.size)
        objects.append(
            f'<ofd:TextObject ID="1" Boundary="{box}" Font="1" Size="{_mm(text.size)}">'
            f'<ofd:TextCode X="0" Y="{_mm(text.size)}" DeltaX="{delta}">{escape(text.text)}'
            "</ofd:TextCode></ofd:TextObject>"
        )
    for bar in page.bars:
        box = _mm(bar.x, bar.y, bar.to_x - bar.x, bar.to_y - bar.y)
        line = _mm(bar.to_x - bar.x, bar.to_y - bar.y)
        objects.append(
            f'<ofd:PathObject ID="2" Boundary="{box}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {line}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    size = _mm(0, 0, layout.width, layout.height)
    return (
        f"<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>{size}</ofd:PhysicalBox></ofd:Area>{more}"
        f'<ofd:Content><ofd:Layer ID="3">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd(pages: list[str], templates: dict[str, str] | None = None) -> bytes:
    """Return the package that holds these pages; ``templates`` are drawn under the pages naming them."""
    known = templates or {}
    named = "".join(f'<ofd:TemplatePage ID="{k}" BaseLoc="Tpls/{k}.xml"/>' for k in known)
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    members = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{named}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    members |= {f"Doc_0/Tpls/{k}.xml": content for k, content in known.items()}
    members |= {f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)}
    return zipped({name: content.encode() for name, content in members.items()})


def as_ofd(figures: Figures, layout: Layout | None = None) -> bytes:
    """Return a whole report as OFD."""
    chosen = layout or Layout()
    return ofd([page_xml(page, chosen) for page in laid_out(figures, chosen)])
