"""The county's calendar: what it loads beside the shipped years, terms and festivals."""
