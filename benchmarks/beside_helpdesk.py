"""django-helpdesk with 10,000 tickets, answering one line for each line it is asked; started by `beside.py`.

Runs in an environment of its own, where Simpul is not. Reads a page's name a line, writes `milliseconds queries bytes`.
Its settings are those its documentation asks for, with what makes it quicker: no debugging, templates kept, no
file field cleaned up. Everybody on its staff sees every queue, which is its default and asks less of it.
"""

import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

TICKETS, QUEUES, STAFF, RICH, FOLLOW_UPS = int(sys.argv[1]), 5, 20, 40, 30
HOME = Path(tempfile.mkdtemp(prefix="helpdesk-bench-", dir=sys.argv[2]))
settings.configure(
    SECRET_KEY="only for this run",
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "helpdesk.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.sites",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "django.contrib.admin",
        "django.contrib.humanize",
        "rest_framework",
        "helpdesk",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.debug",
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    ROOT_URLCONF=__name__,
    STATIC_URL="/static/",
    MEDIA_ROOT=HOME / "media",
    LOGIN_URL="/login/",
    SITE_ID=1,
    USE_TZ=True,
    HELPDESK_TEAMS_MODE_ENABLED=False,
)
django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone
from helpdesk.models import FollowUp, Queue, Ticket
from helpdesk.query import query_to_base64

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
STORY = "Datang ke pos pelayanan pada hari Selasa bersama tetangganya. Kartu sudah tiga bulan tidak aktif."


def filled() -> tuple[Client, list[int]]:
    """As many of them open as of the cases: most of the last two months, an eighth of the older ones."""
    dice, now = random.Random(7), timezone.now()
    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_user  # its settings are made with each
    users = [user(f"staff{n}", f"staff{n}@example.org", is_staff=True) for n in range(STAFF)]
    queues = [Queue.objects.create(title=f"Queue {n}", slug=f"q{n}") for n in range(QUEUES)]
    tickets = []
    for number in range(TICKETS):
        created = now - timedelta(seconds=dice.random() * 5 * 365 * 86_400)
        is_open = number < RICH or dice.random() < (0.7 if created > now - timedelta(days=60) else 0.12)
        tickets.append(
            Ticket(
                title=f"Ticket {number}",
                queue=dice.choice(queues),
                created=created,
                modified=created,
                submitter_email=f"person{number}@example.org",
                assigned_to=None if dice.random() < 0.2 else dice.choice(users),
                status=Ticket.OPEN_STATUS if is_open else Ticket.CLOSED_STATUS,
                description=STORY * 3,
                due_date=created + timedelta(days=3),
            )
        )
    Ticket.objects.bulk_create(tickets, batch_size=500)
    rich = list(Ticket.objects.order_by("pk").values_list("pk", flat=True)[:RICH])
    FollowUp.objects.bulk_create(
        FollowUp(ticket_id=pk, title="Service", comment=STORY, public=True, user=dice.choice(users), date=now)
        for pk in rich
        for _ in range(FOLLOW_UPS)
    )
    client = Client()
    client.force_login(users[0])
    return client, rich


def main() -> None:
    client, rich = filled()
    dice = random.Random(8)
    shelf = query_to_base64(
        {
            "filtering": {"status__in": [1, 2]},
            "filtering_null": {},
            "sorting": "created",
            "sortreverse": False,
            "search_string": "",
        }
    )
    rows = f"/datatables_ticket_list/{shelf}?draw=1&start=0&length=25&order[0][column]=0&order[0][dir]=asc"
    pages = {
        "board": lambda: ["/dashboard/"],
        "list": lambda: ["/tickets/", rows],  # the page, and the rows it asks for at once
        "ticket": lambda: [f"/tickets/{dice.choice(rich)}/"],
    }
    print("ready", flush=True)
    queries: dict[str, int] = {}
    for line in sys.stdin:
        name = line.strip()
        addresses = pages[name]()
        if name not in queries:
            for address in addresses:
                client.get(address)  # warms up
            with CaptureQueriesContext(connection) as captured:
                for address in addresses:
                    client.get(address)
            queries[name] = len(captured)
        start = time.perf_counter()
        answers = [client.get(address) for address in addresses]
        took = (time.perf_counter() - start) * 1000
        if any(answer.status_code != 200 for answer in answers):
            sys.exit(f"answered {[answer.status_code for answer in answers]}: {answers[-1].content[:300]!r}")
        print(took, queries[name], sum(len(answer.content) for answer in answers), flush=True)


if __name__ == "__main__":
    main()
