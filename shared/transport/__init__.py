"""What carries events from one service's log to another's consumer: the feed (HTTP) and Kafka."""
