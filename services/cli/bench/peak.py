"""The most memory that this process has held since a moment. Linux only."""

from pathlib import Path

_KIB_IN_MB = 1024 / 1e6
_RESET_PEAK = "5"
_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def forget_peak() -> None:
    """From now on, only what is held from now on counts."""
    _CLEAR.write_text(_RESET_PEAK)


def peak_mb() -> float:
    """The largest resident size since the peak was last forgotten, in MB of 10^6 bytes."""
    (line,) = [line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * _KIB_IN_MB
