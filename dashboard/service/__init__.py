"""What a server says beside the page: headers, the hosts it answers to, its health, its log."""
