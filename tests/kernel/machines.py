"""What both machines of the kernel's properties share.

Each machine draws steps, gives each to the kernel on a real database and to a model on paper, and after each compares
all that can be seen of the two.
"""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st

from tests.drawing import the_same_every_time

PARTITIONS = 3
"""Few, so that accounts share one."""

WITHIN_A_MINUTE = settings(the_same_every_time(16), stateful_step_count=25)
"""Not made small when one fails, which costs minutes on a real database: take that phase in when needed."""

ACCOUNTS = st.sampled_from(["ann", "bo", "cy", "dee"])
JUMPS = st.sampled_from(
    [timedelta(seconds=1), timedelta(seconds=40), timedelta(hours=9), timedelta(days=8), timedelta(days=300)]
)
