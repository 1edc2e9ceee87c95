"""Help desks: their customers' messages come into the queue, approved drafts go back as internal notes, no more."""
