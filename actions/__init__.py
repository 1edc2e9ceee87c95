"""Thin Rasa actions between the dialogue and the rules engine and knowledge base."""
