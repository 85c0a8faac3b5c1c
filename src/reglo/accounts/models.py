"""Users."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes users by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who may log in; without password, only once one is set by e-mail."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with every right on the machine; organisations stay closed to it."""
        return self.create_user(email, password, is_superuser=True, **fields)


class Theme(models.TextChoices):
    """How bright the pages are."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in (*utilisateur*). What it may do is a matter of each organisation."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, default="fr")
    theme = models.CharField(max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email
