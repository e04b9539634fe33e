"""The permission map: which post may do what. A judge should be able to read it.

A permission opens a door; what lies behind it is cut to the person's own cases, division or court by
`accounts.scope`, and objects have rules of their own in each room's `policy.py`.
"""

from courtcms.accounts.posts import Post

BENCH = (Post.JUDGE, Post.PRESIDING_JUDGE)
BENCH_SUPPORT = (Post.JUDGE_ASSISTANT, Post.CLERK)
CHIEFS = (Post.DEPUTY_DIVISION_CHIEF, Post.DIVISION_CHIEF)
LEADERS = (Post.VICE_PRESIDENT, Post.PRESIDENT)
CASE_STAFF = (*BENCH, *BENCH_SUPPORT, *CHIEFS, *LEADERS, Post.TRIAL_MANAGEMENT, Post.FILING_CLERK, Post.DISCIPLINE)
EVERYONE = tuple(Post)

PERMISSIONS: dict[str, tuple[Post, ...]] = {
    # the ground
    "desk.open": EVERYONE,
    "accounts.own": EVERYONE,
    "accounts.appoint": (Post.ADMINISTRATOR,),
    "accounts.see_people": (Post.ADMINISTRATOR, Post.DISCIPLINE),
    "audit.read": (Post.ADMINISTRATOR, Post.DISCIPLINE),
    "notices.own": EVERYONE,
    "notices.outgoing": (Post.ADMINISTRATOR,),
    "approvals.own": EVERYONE,
    "approvals.watch": (Post.TRIAL_MANAGEMENT, Post.DISCIPLINE, Post.PRESIDENT),
    "files.upload": CASE_STAFF,
    "files.read": CASE_STAFF,
    "api.schema": EVERYONE,
    # cases
    "cases.list": CASE_STAFF,
    "cases.read": CASE_STAFF,
    "cases.register": (Post.FILING_CLERK,),
    "filings.read": (Post.FILING_CLERK, *CHIEFS),
    "cases.import": (Post.FILING_CLERK, Post.TRIAL_MANAGEMENT),
    "cases.assign": (Post.FILING_CLERK, *CHIEFS),
    "cases.recuse": (*BENCH, *CHIEFS, Post.PRESIDENT),
    "cases.close": (*BENCH, *CHIEFS),
    "cases.parties": (Post.FILING_CLERK, *BENCH, *BENCH_SUPPORT),
    "docket.write": (*BENCH, *BENCH_SUPPORT, *CHIEFS),
    "appraisal.list": CASE_STAFF,
    "appraisal.entrust": (*BENCH, *BENCH_SUPPORT, *CHIEFS, Post.TRIAL_MANAGEMENT),
    "appraisal.decide": (*BENCH, *CHIEFS),
    "appraisal.register": (Post.TRIAL_MANAGEMENT,),
    "preservation.list": CASE_STAFF,
    "preservation.enter": (*BENCH, *BENCH_SUPPORT, *CHIEFS),
    "preservation.rule": (*BENCH, *CHIEFS),
    # deadlines
    "deadlines.list": CASE_STAFF,
    "deadlines.read": CASE_STAFF,
    "deadlines.change": (Post.TRIAL_MANAGEMENT,),
    "changes.ask": (*BENCH, *CHIEFS),
    "changes.read": CASE_STAFF,
    "changes.letters": (*BENCH, *BENCH_SUPPORT, *CHIEFS, Post.TRIAL_MANAGEMENT),
    "changes.object": (*BENCH, *BENCH_SUPPORT, *CHIEFS, Post.TRIAL_MANAGEMENT),
    "changes.lower": (Post.TRIAL_MANAGEMENT,),
    "changes.lower_read": (Post.TRIAL_MANAGEMENT, *CHIEFS, *LEADERS),
    "limits.read": CASE_STAFF,
    "limits.targets": (Post.TRIAL_MANAGEMENT,),
    "deadlines.see_calendar": (*CASE_STAFF, Post.ADMINISTRATOR),
    "deadlines.calendar": (Post.TRIAL_MANAGEMENT, Post.ADMINISTRATOR),
    "signals.list": (*BENCH, *CHIEFS, *LEADERS, Post.TRIAL_MANAGEMENT, Post.DISCIPLINE),
    "signals.answer": BENCH,
    "signals.review": (*CHIEFS, Post.TRIAL_MANAGEMENT),
    "longpending.see": (*CHIEFS, *LEADERS, Post.TRIAL_MANAGEMENT, Post.DISCIPLINE),
    "deadlines.scans": (Post.TRIAL_MANAGEMENT, Post.ADMINISTRATOR, *LEADERS),
    "hearings.list": CASE_STAFF,
    "hearings.schedule": (*BENCH, *BENCH_SUPPORT, *CHIEFS, Post.TRIAL_MANAGEMENT),
    "hearings.bulk": (*CHIEFS, Post.TRIAL_MANAGEMENT),
    "hearings.feed": CASE_STAFF,
    "hearings.hours": (Post.TRIAL_MANAGEMENT, Post.ADMINISTRATOR),
    "hearings.room_feed": (*CHIEFS, Post.TRIAL_MANAGEMENT),
    # oversight
    "escalations.list": (*BENCH, *BENCH_SUPPORT, *CHIEFS, *LEADERS, Post.TRIAL_MANAGEMENT, Post.DISCIPLINE),
    "escalations.answer": (*BENCH, *CHIEFS, *LEADERS),
    "escalations.supervise": (*CHIEFS, *LEADERS),
    # publicity
    "judgments.list": (*CASE_STAFF, Post.PUBLICITY),
    "judgments.prepare": (*BENCH_SUPPORT, *BENCH),
    "judgments.clear": (*BENCH_SUPPORT, *BENCH, *CHIEFS, Post.PUBLICITY),
    "judgments.publish": (Post.TRIAL_MANAGEMENT, *BENCH_SUPPORT),
    "judgments.withhold": (*BENCH, *CHIEFS, *LEADERS),
    "judgments.withdraw": (Post.TRIAL_MANAGEMENT,),
    "judgments.hold": (Post.TRIAL_MANAGEMENT, *BENCH, *CHIEFS),
    "process.see": CASE_STAFF,
    "process.codes": (Post.FILING_CLERK, *BENCH_SUPPORT),
    "reports.list": (Post.TRIAL_MANAGEMENT,),
    "reports.answer": (Post.TRIAL_MANAGEMENT,),
}
