"""Transfers (转学): asked for by the receiving school, confirmed by four parties, watched until the child arrives."""
