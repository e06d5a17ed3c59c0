"""The register as people keep it, in CSV and XLSX: read with every fault named by its row, and written."""
