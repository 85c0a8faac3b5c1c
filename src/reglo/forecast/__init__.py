"""When money comes: the forecast of each day, known outgoings, how right it was."""
