"""Official documents: read, repaired, split along their own outline, stored, compared."""
