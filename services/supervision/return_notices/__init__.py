"""Return-to-school notices (《限期复学通知书》): requested, issued, served, expired or stopped."""
