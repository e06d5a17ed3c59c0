"""The mind of Nianshao: bytes to document to annual report to findings; deadlines, statuses, events.

Pure: nothing in here reads a clock, a file, the network or a random source.
"""
