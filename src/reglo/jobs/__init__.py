"""What is still to be done, as rows of ours; an engine only runs `do(job_id)`, so that any engine may die."""
