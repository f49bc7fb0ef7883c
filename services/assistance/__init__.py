"""Who is paid what, once: funds, programmes, entitlements, batches and the payment-claim ledger of each child."""
