"""Reads of people and posts for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from courtcms.accounts.capacity import RANK
from courtcms.accounts.models import Absence, Appointment, User
from courtcms.accounts.posts import Post
from courtcms.core import clock


@dataclass(frozen=True)
class DemoPerson:
    """A name that the sign-in page of the demo offers."""

    username: str
    name: str
    post: str
    where: str


def in_force(day: date) -> Q:
    """Condition of an appointment that is held on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def one_person_per_post() -> list[DemoPerson]:
    """The first active holder of each post today, in order of rank."""
    holders = (
        Appointment.objects.filter(in_force(clock.today()), user__is_active=True)
        .order_by("post", "pk")
        .distinct("post")
        .select_related("user", "division")
    )
    people = [
        (
            RANK.index(Post(held.post)),
            DemoPerson(
                held.user.username,
                held.user.display_name,
                Post(held.post).label,
                held.division.label if held.division else "",
            ),
        )
        for held in holders
    ]
    return [person for _rank, person in sorted(people, key=lambda entry: entry[0])]


def people(query: str = "", post: str = "", active: bool = True) -> QuerySet[User]:
    """People by name or user name, with the posts they hold today."""
    held = (
        Appointment.objects.filter(in_force(clock.today())).select_related("division", "court").order_by("since", "pk")
    )
    found = User.objects.filter(is_active=active).prefetch_related(Prefetch("appointments", held, to_attr="held_today"))
    if query:
        found = found.filter(Q(name__icontains=query) | Q(name_en__icontains=query) | Q(username__icontains=query))
    if post:
        found = found.filter(pk__in=Appointment.objects.filter(in_force(clock.today()), post=post).values("user"))
    return found


def appointments(state: str = "now", post: str = "") -> QuerySet[Appointment]:
    """Appointments held today (`now`), to come (`future`) or ended (`past`)."""
    day = clock.today()
    states = {"now": in_force(day), "future": Q(since__gt=day), "past": Q(until__lte=day)}
    found = Appointment.objects.filter(states.get(state, states["now"])).select_related("user", "division", "court")
    return found.filter(post=post) if post else found


def appointments_of(user: User) -> Sequence[Appointment]:
    """Every appointment of a person, the latest first."""
    return list(user.appointments.select_related("division", "court").order_by("-since", "-pk"))


def absences_of(user: User) -> QuerySet[Absence]:
    """Absences that a person declared, the latest first."""
    return user.absences.select_related("substitute").order_by("-since", "-pk")


def substitutions_of(user: User) -> QuerySet[Absence]:
    """Absences of others, now or to come, in which the person stands in."""
    return (
        user.substitutions.filter(until__gt=clock.today(), cancelled_at__isnull=True)
        .select_related("user")
        .order_by("since")
    )


def colleagues(user: User) -> QuerySet[User]:
    """Active people of the same courts who hold a post today; whom one may name as substitute."""
    courts = user.appointments.filter(in_force(clock.today())).values("court")
    holders = Appointment.objects.filter(in_force(clock.today()), court__in=courts).values("user")
    return User.objects.filter(is_active=True, pk__in=holders).exclude(pk=user.pk).order_by("name", "pk")
