"""The program: configuration, clock, schedule, ingest, sweep, command line."""
