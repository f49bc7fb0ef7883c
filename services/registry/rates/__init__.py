"""The county's rates (入学率、辍学率、巩固率), each on two bases, never without its lists."""
