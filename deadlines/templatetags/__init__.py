"""Template library of the floor."""
