"""Written answers as they are said: figures in words, short sentences, no link."""
