"""What may follow what in a child's schooling, and on which papers: one table for every such fact."""
