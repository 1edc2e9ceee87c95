"""Ways in and out: REST channel and output."""
