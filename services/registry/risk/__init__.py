"""Children likely to drop out (易辍生): for each a plan of its own (一人一案), and a teacher who helps."""
