"""The posts of a court."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Post(models.TextChoices):
    """Posts by which the permission map and the desks go."""

    JUDGE = "judge", _("法官")
    PRESIDING_JUDGE = "presiding_judge", _("审判长")
    CLERK = "clerk", _("书记员")
    JUDGE_ASSISTANT = "judge_assistant", _("法官助理")
    DEPUTY_DIVISION_CHIEF = "deputy_division_chief", _("副庭长")
    DIVISION_CHIEF = "division_chief", _("庭长")
    VICE_PRESIDENT = "vice_president", _("副院长")
    PRESIDENT = "president", _("院长")
    TRIAL_MANAGEMENT = "trial_management", _("审管办人员")
    FILING_CLERK = "filing_clerk", _("立案人员")
    DISCIPLINE = "discipline", _("纪检监察人员")
    PUBLICITY = "publicity", _("宣传人员")
    HOTLINE = "hotline", _("12368热线人员")
    ADMINISTRATOR = "administrator", _("系统管理员")


#: posts that sign in with a second factor in production
SECOND_FACTOR_POSTS = (
    Post.DEPUTY_DIVISION_CHIEF,
    Post.DIVISION_CHIEF,
    Post.VICE_PRESIDENT,
    Post.PRESIDENT,
    Post.ADMINISTRATOR,
)
