"""Reading members' French: pure functions over the data files, no model, no state."""
