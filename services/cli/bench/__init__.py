"""`nol bench`: what the suite costs, each measure beside the same work done in bare libraries on the same server."""
