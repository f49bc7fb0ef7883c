"""The registry's ledgers: one wide one of children, one of schools, and the views that the county knows by name."""
