"""Putting answers into words, each figure held against its source."""
