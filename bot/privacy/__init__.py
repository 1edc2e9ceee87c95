"""Taking personal data out before anything is kept."""
