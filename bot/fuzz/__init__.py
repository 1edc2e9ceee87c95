"""Generated conversations, to find what no author thought of: no message may break the assistant."""
