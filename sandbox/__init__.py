"""Reads foreign bytes in processes that may be lost without harm: time, memory and rights are bounded."""
