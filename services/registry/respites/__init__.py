"""Time away by right: 延缓入学 and 休学, applied for by the guardian, approved, filed with the county, and watched."""
