"""Holding what the project says against the documents: citations, figures, coverage."""
