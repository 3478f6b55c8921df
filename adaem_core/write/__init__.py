"""What a study found, in sentences that carry their own caveats: each number in them is computed from the study."""
