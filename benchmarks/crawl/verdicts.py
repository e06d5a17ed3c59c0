"""Prints a measured ratio beside its goal."""

from __future__ import annotations


def show(name: str, ratio: float, goal: float, *, at_most: bool = False) -> bool:
    """Print one line, and say whether the ratio reaches its goal."""
    holds = ratio <= goal if at_most else ratio >= goal
    sign = "≤" if at_most else "≥"
    print(f"{'ok  ' if holds else 'MISS'} {name}: {ratio:.2f} ({sign} {goal:g})", flush=True)
    return holds
