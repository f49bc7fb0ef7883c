"""The dropout mark (辍学标注) in the national system: set there by the school, and here with its receipt."""
