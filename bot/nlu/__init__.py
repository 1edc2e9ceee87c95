"""Rasa components: thin wrappers around `bot.understanding`."""
