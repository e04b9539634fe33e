"""Sign-in, second factor, own posts and absences, the administrator's people. Nobody signs up, nothing is mailed."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from django.urls import path

from courtcms.accounts import people_views, views
from courtcms.accounts.answers import refusing
from courtcms.accounts.signin import SignInView

urlpatterns = [
    path("accounts/login/", refusing(SignInView.as_view()), name="account_login"),
    path("accounts/logout/", account_views.logout, name="account_logout"),
    path("accounts/inactive/", account_views.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", refusing(account_views.reauthenticate), name="account_reauthenticate"),
    path("accounts/password/", refusing(account_views.password_change), name="account_change_password"),
    path("accounts/2fa/", mfa_views.index, name="mfa_index"),
    path("accounts/2fa/sign-in/", refusing(mfa_views.authenticate), name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", refusing(mfa_views.reauthenticate), name="mfa_reauthenticate"),
    path("accounts/2fa/on/", refusing(totp_views.activate_totp), name="mfa_activate_totp"),
    path("accounts/2fa/off/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/2fa/codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("accounts/2fa/codes/new/", code_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("accounts/2fa/codes/file/", code_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/", views.me, name="me"),
    path("me/keep-alive/", views.keep_alive, name="keep_alive"),
    path("me/absences/", views.declare_absence, name="absence_new"),
    path("me/absences/<int:pk>/cancel/", views.cancel_absence, name="absence_cancel"),
    path("people/", people_views.people, name="people"),
    path("people/new/", people_views.add_person, name="person_new"),
    path("people/appointments/", people_views.appointments, name="appointments"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("people/<int:pk>/appoint/", people_views.appoint, name="person_appoint"),
    path("people/<int:pk>/password/", people_views.reset_password, name="person_password"),
    path("people/appointments/<int:pk>/end/", people_views.end_appointment, name="appointment_end"),
]
