"""Measuring the assistant beside Rasa's default pipeline, in the same run on the same machine."""
