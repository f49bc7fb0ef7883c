"""What is known of a child's household: its hardship category, and the account that receives its aid."""
