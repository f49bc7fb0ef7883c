"""Who is responsible: the class teacher of a class, the cadre of a village."""
