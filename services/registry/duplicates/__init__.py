"""Children registered twice: found by sound and spelling, judged by a person, merged, and parted again if need be."""
