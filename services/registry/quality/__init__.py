"""Data quality (数据质量): what in a child's file cannot be, or is hardly so, and whose turn it is to look."""
