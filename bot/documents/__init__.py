"""The ingested documents and the rest of the project: what rests on which passage."""
