"""The peers: the same form by hand, as somebody who knows each library well would write it."""
