"""The variables that there are: their table, from which docs/reference/settings.md is made."""

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable of the environment."""

    name: str
    text: str  #: what it is for and how it is written
    default: str = ""  #: what holds where it is not set
    examples: tuple[str, ...] = ()
    group: str
    is_secret: bool = False


_SITE, _STORE, _MAIL, _WORK, _WATCH = "Site", "Data", "E-mail", "Processes", "Watching"

VARIABLES: tuple[Variable, ...] = (
    Variable(
        name="REGLO_URL",
        group=_SITE,
        text="Where people reach the site: stands in links of e-mails, decides the host name that is answered to, and "
        "whether cookies need https. Without path.",
        default="the address of REGLO_BIND, by http",
        examples=("https://factures.example.fr",),
    ),
    Variable(
        name="REGLO_SECRET_KEY",
        group=_SITE,
        is_secret=True,
        text="Signs sessions and the links of the portal; at least 32 characters. Whoever changes it ends every "
        "session and every link already sent.",
        default="made at the first start, kept in `secret-key` of the data folder",
    ),
    Variable(
        name="REGLO_SECRET_KEY_FILE",
        group=_SITE,
        text="A file that holds the secret key instead, as container platforms and systemd credentials give it.",
        examples=("/run/secrets/reglo",),
    ),
    Variable(
        name="REGLO_SIGNUP",
        group=_SITE,
        text="`open`: whoever finds the site may make an account. `closed`: only the first person, and those who are "
        "invited.",
        default="`open`",
        examples=("closed",),
    ),
    Variable(
        name="REGLO_TRUSTED_PROXIES",
        group=_SITE,
        text="How many proxies stand before the site. Their `X-Forwarded-For` and `X-Forwarded-Proto` are believed, "
        "and no other's.",
        default="`0`",
        examples=("1",),
    ),
    Variable(
        name="REGLO_DEBUG",
        group=_SITE,
        text="`1` shows errors with their insides. Never on a site that others reach.",
        default="`0`",
    ),
    Variable(
        name="REGLO_DATA",
        group=_STORE,
        text="The folder of the data: the SQLite database and the secret key. Only its owner may read it.",
        default="`var`, in the folder where the command is called",
        examples=("/var/lib/reglo",),
    ),
    Variable(
        name="REGLO_DATABASE",
        group=_STORE,
        is_secret=True,
        text="`sqlite:<file>` or `postgresql://user:password@host:5432/name`; `?sslmode=require` and other options of "
        "libpq may follow.",
        default="`reglo.sqlite3` in the data folder",
        examples=("postgresql://reglo:secret@127.0.0.1:5432/reglo",),
    ),
    Variable(
        name="REGLO_DATABASE_TIMEOUT",
        group=_STORE,
        text="Seconds that one waits for a lock that somebody else holds in the database, before giving up.",
        default="`20`",
    ),
    Variable(
        name="REGLO_CACHE",
        group=_STORE,
        is_secret=True,
        text="What is remembered for a while, such as how often an address tried to log in and how far an import is: "
        "`files`, in `cache` of the data folder, for the processes of one machine; or `redis://…`, for all machines.",
        default="`files`",
        examples=("redis://127.0.0.1:6379/1",),
    ),
    Variable(
        name="REGLO_EMAIL",
        group=_MAIL,
        is_secret=True,
        text="How e-mail leaves: `smtp://user:password@host:587?tls=starttls`, `smtps://user:password@host:465`, "
        "`console` (written to the terminal), `file:<folder>` (one file a message), or a provider with its key: "
        "`brevo:KEY`, `mailersend:KEY`, `mailgun:KEY`, `mailjet:KEY:SECRET`, `mailtrap:KEY`, `mandrill:KEY`, "
        "`postmark:KEY`, `resend:KEY`, `scaleway:KEY:PROJECT`, `sparkpost:KEY`. `?url=` gives the "
        "address of a provider's other region. A user name or password with `@`, `:` or `/` is written "
        "percent-encoded.",
        default="`console`",
        examples=("smtp://facturation%40example.fr:secret@mail.example.fr:587?tls=starttls",),
    ),
    Variable(
        name="REGLO_SENDER",
        group=_MAIL,
        text="From whom the e-mails of the site come; those of an organisation may name it before this address.",
        default="`Réglo <reglo@localhost>`",
        examples=("Réglo <factures@example.fr>",),
    ),
    Variable(
        name="REGLO_EMAIL_TIMEOUT",
        group=_MAIL,
        text="Seconds that the mail server has to answer.",
        default="`30`",
    ),
    Variable(
        name="REGLO_EMAIL_WEBHOOK_SECRET",
        group=_MAIL,
        is_secret=True,
        text="`user:password` with which the provider tells of bounces, as HTTP basic authentication.",
        default="none: what a provider says is refused",
    ),
    Variable(
        name="REGLO_TASKS",
        group=_WORK,
        is_secret=True,
        text="Through what jobs reach the workers: `database`, or `redis://…` for a fleet (`pip install "
        '"reglo[server,redis]"`). The jobs themselves are rows of the database in both cases.',
        default="`database`",
        examples=("redis://127.0.0.1:6379/0",),
    ),
    Variable(
        name="REGLO_BIND",
        group=_WORK,
        text="Address and port on which `reglo serve` and `reglo web` listen.",
        default="the address of REGLO_URL where that names this machine, else `127.0.0.1:8000`",
        examples=("0.0.0.0:8000",),
    ),
    Variable(
        name="REGLO_WEB_THREADS",
        group=_WORK,
        text="Requests that `reglo serve` or a `reglo web` answers at the same time.",
        default="`4`",
    ),
    Variable(
        name="REGLO_LOG",
        group=_WATCH,
        text="`json`: one object a line. `text`: to be read by people. Both on stderr, without personal data.",
        default="`text` on a terminal, else `json`",
    ),
    Variable(
        name="REGLO_METRICS_TOKEN",
        group=_WATCH,
        is_secret=True,
        text="Who sends it as `Authorization: Bearer …` may read `/metrics` from elsewhere than this machine.",
        default="none: only this machine may",
    ),
)
"""All of them, in the order in which one meets them."""

_OTHERS = {"REGLO_LANG", "REGLO_TRACEBACK"}  #: of the command, not of the site


def unknown_variables(names: list[str]) -> dict[str, str]:
    """The names that begin with REGLO_ and that nobody reads, each with the nearest that there is ("" if none is)."""
    known = {variable.name for variable in VARIABLES} | _OTHERS
    strange = [name for name in names if name.startswith("REGLO_") and name not in known]
    return {name: (get_close_matches(name, known, n=1) or [""])[0] for name in strange}
