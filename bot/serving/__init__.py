"""Running in production: several workers, what they share, and what still works when something does not."""
