"""What any reader of a text needs: its sentences, its head, its language, and lists of words to look for."""
