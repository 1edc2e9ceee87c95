"""Sorting the inbox: category, priority, online service, documents to ask for, and a draft that an adviser sends."""
