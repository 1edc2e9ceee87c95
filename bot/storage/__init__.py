"""What the product itself keeps: the triage queue, corrections, feedback. Redacted text only, for a time."""
