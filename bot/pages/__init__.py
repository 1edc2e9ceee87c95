"""The pages and the widget served to people."""
