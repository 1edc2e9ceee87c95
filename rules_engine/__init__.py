"""The official documents' rules as data and small functions; no web or language library."""
