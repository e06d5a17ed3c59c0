"""Draws laid-out pages as PDF bytes with reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from tests.drawing.strip import FONT, Layout, Page, laid_out
from tests.rendering import Figures


def pdf(pages: list[Page], layout: Layout, more: Callable[[Canvas], None] | None = None) -> bytes:
    """Return the pages as PDF; ``more`` draws something else on each of them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(layout.width, layout.height))
    for page in pages:
        canvas.setLineWidth(0.5)
        for bar in page.bars:
            canvas.line(bar.x, layout.height - bar.y, bar.to_x, layout.height - bar.to_y)
        for text in page.texts:
            canvas.setFont(FONT, text.size)
            canvas.drawString(text.x, layout.height - text.y, text.text)
        if more is not None:
            more(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def as_pdf(figures: Figures, layout: Layout | None = None) -> bytes:
    """Return a whole report as PDF."""
    chosen = layout or Layout()
    return pdf(laid_out(figures, chosen), chosen)
