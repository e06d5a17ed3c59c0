"""Office files to blocks: DOCX, DOC, RTF, ODT, XLSX, XLS. Pure."""
