"""The ledger: claims, frozen rules, evidence, verdicts."""
