"""Pictures of pages to ink: pixels, ruling lines, recognised characters. Needs the extra ``ocr``."""
