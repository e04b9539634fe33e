"""The accounts of the demo court. Plain data, because `manage.py up` prints it before Django is loaded."""

DEMO_PASSWORD = "court-demo-2026"  # noqa: S105  printed at every start of the demo, refused in production

#: user name, name, post, division: the accounts that the start page offers
ACCOUNTS = (
    ("judge", "林砚秋", "judge", "civil-1"),
    ("presiding", "韩立言", "presiding_judge", "civil-1"),
    ("assistant", "苏听澜", "judge_assistant", "civil-1"),
    ("clerk", "宁一舟", "clerk", "civil-1"),
    ("clerk2", "柳晚亭", "clerk", "civil-1"),
    ("deputy", "温知远", "deputy_division_chief", "civil-1"),
    ("chief", "顾维桢", "division_chief", "civil-1"),
    ("vp", "沈怀川", "vice_president", ""),
    ("president", "岳长明", "president", ""),
    ("filing", "江采薇", "filing_clerk", "filing"),
    ("filingchief", "梁知秋", "division_chief", "filing"),
    ("tmo", "程静言", "trial_management", "trial-management"),
    ("discipline", "卫清樵", "discipline", "discipline"),
    ("publicity", "叶疏桐", "publicity", "publicity"),
    ("hotline", "夏若溪", "hotline", "service"),
    ("admin", "简北辰", "administrator", "technology"),
)
