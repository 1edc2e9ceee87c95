"""How well messages are understood: labelled messages, what the assistant makes of them, and the figures."""
