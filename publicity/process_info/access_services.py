"""Acts on query codes: issue, issue anew, revoke; and keeping what their holders see up to date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.intake import fieldcrypt
from cases.intake.models import BenchMember, Case, Party, Representative, Secrecy
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.locks import lock
from publicity.judgments.models import Publication
from publicity.portal import access_services as portal
from publicity.portal import sealing
from publicity.process_info import policy
from publicity.process_info.content import content_of
from publicity.process_info.items import items
from publicity.process_info.models import Handed, ProcessAccess

#: as many rows a run; the next one is a minute away
BATCH = 200


@dataclass(frozen=True)
class Issued:
    """A code as it is told once, for the slip; it is kept nowhere."""

    access: ProcessAccess
    code: str


def issue(
    *, actor: Any, party: Party, representative: Representative | None = None, handed: str, identity_checked: str
) -> Issued:  # fmt: skip
    """Issue a query code to a party or to somebody who acts for it; an earlier one of the same person ends with it.

    Refused with every reason: a secret case, a kind of case that the rule does not open, the prosecution, a minor in
    person, no way of handing over, identity not checked (法释〔2018〕7号 art. 1, 5, 6, 12).
    """
    policy.require_codes(actor, party.case)
    reasons = Reasons()
    policy.against(party, representative, reasons)
    if representative is not None and representative.party_id != party.pk:
        reasons.add(_("代理人不是这名当事人的代理人"), field="representative", code="representative")
    if handed not in Handed.values:
        reasons.add(_("请选择交付的方式"), field="handed", code="handed")
    if not identity_checked.strip():
        article = f"{policy.ARTICLE}第五条"
        reasons.add(_("写明核对身份所依的证件或者材料"), field="identity_checked", code="identity", article=article)
    reasons.refuse()
    with act(actor=actor, verb="process.code.issue", permission=policy.PERMISSION, case_id=party.case_id,
             basis=identity_checked.strip()) as entry:  # fmt: skip
        [case] = lock(Case.objects.all(), [party.case_id])
        party.case = case
        before = _of(party, representative)
        _end(before, actor, _("补发新码"))
        issued = _new(actor, party, representative, handed, identity_checked.strip())
        entry.target, entry.before = issued.access, {"ended": [row.name for row in before]}
        entry.after = {"name": issued.access.name, "party": party.pk, "handed": handed,
                       "representative": representative.pk if representative else None,
                       "expires_on": issued.access.expires_on}  # fmt: skip
    return issued


def _of(party: Party, representative: Representative | None) -> list[ProcessAccess]:
    rows = ProcessAccess.objects.filter(party=party, representative=representative, revoked_on__isnull=True)
    return list(rows)


def _new(actor: Any, party: Party, representative: Representative | None, handed: str, checked: str) -> Issued:
    key = sealing.new_key()
    code = sealing.new_code()
    while ProcessAccess.objects.filter(name=sealing.name_of(code)).exists():
        code = sealing.new_code()
    held = sealing.lock(code, party.case.number, key)
    today = clock.today()
    access = ProcessAccess.objects.create(
        case=party.case, party=party, representative=representative, name=held.name,
        key_encrypted=fieldcrypt.encrypt(key.hex()), handed=handed, identity_checked=checked, issued_on=today,
        issued_by=actor, expires_on=today + timedelta(days=items().valid_days), shown_at=clock.now(),
    )  # fmt: skip
    sealed = sealing.seal(key, content_of(party), held.name)
    portal.push_access(held, sealed=sealed, expires_on=access.expires_on)
    return Issued(access, code)


def revoke(*, actor: Any, access: ProcessAccess, reason: str) -> ProcessAccess:
    """End a code at once: the holder left the case, the slip was lost, it went to the wrong hand (art. 6, 13)."""
    policy.require_codes(actor, access.case)
    reasons = Reasons()
    if not reason.strip():
        reasons.add(_("写明撤销的理由"), field="reason", code="reason")
    reasons.refuse()
    with act(actor=actor, verb="process.code.revoke", permission=policy.PERMISSION, case_id=access.case_id,
             reason=reason) as entry:  # fmt: skip
        [held] = lock(ProcessAccess.objects.all(), [access.pk])
        if held.revoked_on is not None:
            raise Conflict(Reason(_("这个查询码已经撤销"), code="revoked"))
        _end([held], actor, reason.strip())
        entry.target, entry.after = held, {"name": held.name}
    return held


def _end(rows: list[ProcessAccess], actor: Any, why: str) -> None:
    for row in rows:
        row.revoked_on, row.revoked_by, row.revoke_reason, row.owed_at = clock.today(), actor, why[:300], None
        row.save(update_fields=["revoked_on", "revoked_by", "revoke_reason", "owed_at"])
    portal.withdraw_access(row.name for row in rows)


def owe(case_id: int) -> bool:
    """Note, in the transaction of an act, that what the parties see is no longer true; whether that is news.

    One statement on a small index, and for the many cases without a code it touches nothing.
    """
    live = ProcessAccess.objects.filter(case=case_id, revoked_on__isnull=True, owed_at__isnull=True)
    return bool(live.update(owed_at=clock.now()))


def work_off(*, case_id: int | None = None) -> int:
    """Bring up to date what is owed, of one case or the oldest of all; how many rows. Safe to run twice."""
    owed = ProcessAccess.objects.filter(owed_at__isnull=False, revoked_on__isnull=True)
    if case_id is not None:
        owed = owed.filter(case=case_id)
    done = 0
    for pk in owed.order_by("owed_at", "pk").values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            done += _refresh(pk)
    return done


def _refresh(pk: int) -> int:
    with act(actor=None, verb="process.refresh") as entry:
        [row] = lock(ProcessAccess.objects.select_related("case", "party__case"), [pk])
        if row.owed_at is None or row.revoked_on is not None:
            return 0
        entry.target, entry.case_id = row, row.case_id
        if policy.complaint(row.party, row.representative):  # it became secret, or a party became known to be a minor
            _end([row], None, _("依规定不再公开"))
            entry.after = {"name": row.name, "ended": True}
            return 1
        key = bytes.fromhex(fieldcrypt.decrypt(row.key_encrypted))
        portal.refresh_access(row.name, sealed=sealing.seal(key, content_of(row.party), row.name))
        row.owed_at, row.shown_at = None, clock.now()
        row.save(update_fields=["owed_at", "shown_at"])
        entry.after = {"name": row.name}
    return 1


def settle_day() -> dict[str, int]:
    """Once a night: codes that ran out leave the public side; what changed without an event is owed.

    That is the bench, documents that were published, and a case that became secret.
    """
    today = clock.today()
    over = list(ProcessAccess.objects.filter(revoked_on__isnull=True, expires_on__lt=today)[:10_000])
    yesterday = today - timedelta(days=1)
    seats = BenchMember.objects.filter(Q(since__gte=yesterday) | Q(until__gte=yesterday))
    published = Publication.objects.filter(published_on__gte=yesterday)
    moved = ProcessAccess.objects.filter(revoked_on__isnull=True, owed_at__isnull=True).filter(
        Q(case__in=seats.values("case")) | Q(case__in=published.values("case")) | ~Q(case__secrecy=Secrecy.NONE)
    )
    with act(actor=None, verb="process.settle") as entry:
        _end(over, None, _("有效期届满"))
        owed = moved.update(owed_at=clock.now())
        entry.after = {"over": len(over), "owed": owed}
    return {"over": len(over), "owed": owed}
