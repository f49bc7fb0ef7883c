"""The three-help-one team (三帮一): teacher, village cadre and guardian of one child."""
