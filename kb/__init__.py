"""The knowledge base: trusted entries, quotable documents, search and verification."""
