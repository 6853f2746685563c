"""Taiwan's cabinet and digital ministry, as their public archive of transcripts prints them: one reader, a card for each."""
