"""Made-up entries in any number: whose deeds they tell, and how these are written down."""
