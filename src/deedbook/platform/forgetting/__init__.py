"""What an instance has its log forget, and what it holds back: erasures, retention, legal holds."""
