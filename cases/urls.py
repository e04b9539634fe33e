"""`/cases/`: registry and docket."""

from django.urls import path

from cases.docket import views as docket
from cases.filing import counter_views as counter
from cases.filing import views as filing
from cases.intake import import_views, party_views, views

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("new/", filing.new, name="new"),
    path("new/causes/", filing.causes, name="causes"),
    path("new/keep/", filing.keep_draft, name="draft_keep"),
    path("new/beside/", filing.beside, name="beside"),
    path("filings/", counter.filing_list, name="filings"),
    path("filings/drafts/<int:pk>/discard/", counter.discard, name="draft_discard"),
    path("filings/drafts/<int:pk>/notice/", counter.notice, name="filing_notice"),
    path("filings/drafts/<int:pk>/refuse/", counter.refuse, name="filing_refuse"),
    path("filings/<int:pk>/", counter.filing, name="filing"),
    path("filings/<int:pk>/supplement/", counter.supplement, name="filing_supplement"),
    path("filings/<int:pk>/return/", counter.give_back, name="filing_return"),
    path("<int:pk>/fee/", counter.fee_panel, name="fee_panel"),
    path("import/", import_views.upload, name="import"),
    path("import/template/", import_views.template, name="import_template"),
    path("import/<int:pk>/", import_views.job, name="import_job"),
    path("import/<int:pk>/problems/", import_views.problems, name="import_problems"),
    path("entry/", docket.quick, name="quick"),
    path("<int:pk>/", docket.detail, name="detail"),
    path("<int:pk>/docket/", docket.write, name="write"),
    path("<int:pk>/docket/<int:entry_pk>/undo/", docket.take_back, name="undo"),
    path("<int:pk>/files/", docket.add_file, name="add_file"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/reassign/", views.reassign, name="reassign"),
    path("<int:pk>/recuse/", views.recusal, name="recuse"),
    path("<int:pk>/custody/", views.custody, name="custody"),
    path("<int:pk>/parties/add/", party_views.add, name="party_add"),
    path("<int:pk>/parties/<int:party_pk>/alias/", party_views.alias, name="party_alias"),
    path("<int:pk>/parties/<int:party_pk>/rename/", party_views.rename, name="party_rename"),
]
