"""What faces people: language understanding, channels, privacy, rendering, pages, command line."""
