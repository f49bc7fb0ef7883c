"""A pupil's movements (学生变动): what took it to a school, away from one, or from one to another."""
