"""Who logs in: users, their language and theme; passwords, second factors and sessions are django-allauth's."""
