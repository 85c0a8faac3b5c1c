"""Customer statements (*relevés de compte*): as a page, a letter, an e-mail, one by one or for all who owe."""
