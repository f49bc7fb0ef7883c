"""Each term's roster (花名册): frozen when the term begins, counted class by class, signed off by the principal."""
