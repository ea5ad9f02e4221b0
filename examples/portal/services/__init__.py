"""The services outside the portal: clients that ask them, what they say, and how a request is signed."""
