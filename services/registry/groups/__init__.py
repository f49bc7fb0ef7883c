"""Special groups (重点群体): who belongs to one, since when, until when, and on whose word."""
