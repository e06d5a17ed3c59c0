"""Pages of ink to paragraphs and grids: one reading for PDF, OFD and recognised pictures. Pure."""

from reports.documents.paged.blocks import blocks_of

__all__ = ["blocks_of"]
