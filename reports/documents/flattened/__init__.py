"""Statutory tables that lost their grid: lines of labels and figures become rows again. Pure."""
