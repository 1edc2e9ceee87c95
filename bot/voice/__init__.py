"""A telephone call: what a caller does besides asking (repeat, slower, keys, silence), and what the line remembers."""
