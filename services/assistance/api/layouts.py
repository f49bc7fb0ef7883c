"""The layouts of the county's bank, as they are at this moment."""

from services.assistance.batches.layouts import Layouts
from services.assistance.policy import Policy, read_layouts
from shared.http.current import current_runtime


def current_layouts(policy: Policy) -> Layouts:
    """The county's own where it has set any, else those shipped. Raises BankLayoutsNotValid."""
    return read_layouts(current_runtime().ports.settings.bank_layouts_file, policy.layouts)
