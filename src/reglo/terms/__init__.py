"""Terms agreements with customers (*accords de règlement*): versioned, accepted with proof; conditions of sale."""
