"""Addresses of the chart in force; the chart itself is the first page of the application."""

from django.urls import path

from .page_urls import urlpatterns as pages
from .views import chart, history, renderings, units

app_name = "missions"
urlpatterns = [
    path("", chart.show_chart, name="chart"),
    path("organigramme.pdf", chart.chart_as_pdf, name="chart_pdf"),
    path("organigramme.svg", chart.chart_as_svg, name="chart_svg"),
    path("unites/<str:uid>/", chart.show_chart, name="chart_unit"),
    path("unites/<str:uid>/organigramme.pdf", chart.chart_as_pdf, name="chart_pdf_unit"),
    path("unites/<str:uid>/organigramme.svg", chart.chart_as_svg, name="chart_svg_unit"),
    path("unites/<str:uid>/fiche/", units.show_unit, name="unit"),
    path("unites/<str:uid>/corriger/", units.correct_unit, name="correct_unit"),
    path("unites/<str:uid>/historique/", units.show_unit_history, name="unit_history"),
    path("historique/", history.show_history, name="history"),
    path("historique/comparer/", history.compare_versions, name="compare_versions"),
    path("historique/<int:number>/", history.show_version, name="version"),
    path("historique/<int:number>/organigramme.pdf", history.version_as_pdf, name="version_pdf"),
    path("documents/<str:uid>/", renderings.show_rendering, name="rendering"),
    path("documents/<str:uid>/fichier/", renderings.download_rendering, name="rendering_file"),
    path("documents/<str:uid>/relancer/", renderings.retry_rendering, name="retry_rendering"),
    *pages,
]
