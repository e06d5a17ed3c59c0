"""The commands, one module per group; each reads options, calls, prints."""
