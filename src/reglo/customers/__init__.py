"""Who buys: companies, consumers, public bodies, with their contacts and addresses."""
