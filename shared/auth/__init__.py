"""Who is calling: access tokens verified against the identity provider's keys."""
