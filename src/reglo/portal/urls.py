"""Addresses of the portal, below /p/: the key, then the page."""

from django.urls import path

from reglo.portal.views import disputes, home, invoices, links, look, owed, plans, questions, quotes, seen, terms

app_name = "portal"
urlpatterns = [
    path("<str:token>/", home.home, name="home"),
    path("<str:token>/look.css", look.stylesheet, name="stylesheet"),
    path("<str:token>/logo", look.logo, name="logo"),
    path("<str:token>/new-link/", links.new_link, name="new-link"),
    path("<str:token>/question/", questions.question, name="question"),
    path("<str:token>/owed/", owed.owed, name="owed"),
    path("<str:token>/owed/statement.pdf", owed.statement, name="statement"),
    path("<str:token>/pay/", owed.pay, name="pay"),
    path("<str:token>/promise/", owed.promise, name="promise"),
    path("<str:token>/plan/", plans.ask, name="plan-ask"),
    path("<str:token>/proposals/<int:pk>/", plans.proposal, name="proposal"),
    path("<str:token>/invoices/<int:pk>/dispute/", disputes.new, name="dispute-new"),
    path("<str:token>/disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("<str:token>/disputes/<int:pk>/withdraw/", disputes.withdraw, name="dispute-withdraw"),
    path("<str:token>/seen/<str:kind>/<int:pk>/", seen.seen, name="seen"),
    path("<str:token>/invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("<str:token>/invoices/<int:pk>/pdf/", invoices.pdf, name="invoice-pdf"),
    path("<str:token>/invoices/<int:pk>/xml/", invoices.xml, name="invoice-xml"),
    path("<str:token>/quotes/<int:pk>/", quotes.quote, name="quote"),
    path("<str:token>/quotes/<int:pk>/totals/", quotes.totals, name="quote-totals"),
    path("<str:token>/quotes/<int:pk>/refuse/", quotes.refuse, name="quote-refuse"),
    path("<str:token>/quotes/<int:pk>/pdf/", quotes.pdf, name="quote-pdf"),
    path("<str:token>/terms/<int:pk>/", terms.agreement, name="terms"),
    path("<str:token>/terms/<int:pk>/conditions/", terms.conditions, name="conditions"),
]
