"""People of the demo court: one account per post to sign in with, and enough colleagues for every division."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from courtcms.accounts.models import Appointment, User
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.courts.models import Court, Division
from courtcms.demo import names
from courtcms.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from courtcms.demo.court import TRIAL_DIVISIONS, seed_court

BASIS = "演示任免〔2026〕1号"

JUDGES_OF_A_DIVISION = 3
#: post, number of people in each trial division beyond the accounts above
STAFFING = (
    (Post.DIVISION_CHIEF, 1),
    (Post.DEPUTY_DIVISION_CHIEF, 1),
    (Post.PRESIDING_JUDGE, 2),
    (Post.JUDGE, JUDGES_OF_A_DIVISION),
    (Post.JUDGE_ASSISTANT, 2),
    (Post.CLERK, 3),
)


def seed_people(
    *, code: str, today: date, password: str = DEMO_PASSWORD, seed: int = 1, judges: int = JUDGES_OF_A_DIVISION
) -> Court:
    """Court, divisions, rooms and people with their posts; one audited act. Running it again adds nobody twice.

    `judges` is the number of judges of each trial division, beside its two presiding judges.
    """
    encoded = make_password(password)  # one hash for all: a demo account is no secret, and hashing is slow on purpose
    source = random.Random(f"people:{seed}")
    with act(actor=None, verb="demo.seed_people", reason="演示法院") as entry:
        court = seed_court(code)
        divisions = {division.code: division for division in Division.objects.filter(court=court)}
        wanted = [(*account, divisions.get(account[3])) for account in ACCOUNTS]
        for key in TRIAL_DIVISIONS:
            wanted += [(*line, divisions[key]) for line in _colleagues(key, source, judges)]
        made = _users(wanted, encoded, today)
        _posts(court, wanted, made, today)
        entry.target, entry.after = court, {"people": len(made)}
    return court


def _colleagues(key: str, source: random.Random, judges: int) -> list[tuple[str, str, str, str]]:
    present = [post for _user, _name, post, division in ACCOUNTS if division == key]
    found = []
    for post, number in STAFFING:
        wanted = judges if post == Post.JUDGE else number
        for place in range(1, wanted - present.count(post) + 1):
            username = f"{key}-{post.value.replace('_', '-')}-{place}"
            found.append((username, names.person_name(source), post, key))
    return found


def _users(wanted: list[tuple], encoded: str, today: date) -> dict[str, User]:
    known = set(User.objects.filter(username__in=[line[0] for line in wanted]).values_list("username", flat=True))
    fresh = [
        User(username=line[0], name=line[1], name_en=names.english(line[1]), password=encoded,
             joined_on=today - timedelta(days=365 * 6))
        for line in wanted if line[0] not in known
    ]  # fmt: skip
    return {user.username: user for user in User.objects.bulk_create(fresh)}


def _posts(court: Court, wanted: list[tuple], made: dict[str, User], today: date) -> None:
    since = today - timedelta(days=365 * 6)
    Appointment.objects.bulk_create(
        Appointment(user=made[username], post=post, court=court, division=division, since=since, basis=BASIS)
        for username, _name, post, _key, division in wanted
        if username in made
    )
