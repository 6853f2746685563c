"""South Korea's ministries, as the government's policy briefing publishes their press releases: one reader, a card for each."""
