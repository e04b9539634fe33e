"""One look for every form: the renderer of the house and the class of each control."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class CourtRenderer(TemplatesSetting):
    """Fields and forms by the templates in `templates/components`; named in the setting FORM_RENDERER."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def control_class(widget: forms.Widget) -> str:
    """The CSS class of a control: choices keep the browser's own drawing, everything else is an `.inp`."""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    return "inp"


def control_attrs(field: forms.BoundField) -> dict[str, Any]:
    """Attributes that a control gets on top of its own: class, keyboard and input hints that follow from its kind."""
    widget = field.field.widget
    own = widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"{control_class(widget)} {own}".strip()}
    if not attrs["class"]:
        del attrs["class"]
    if isinstance(field.field, forms.DateField) and isinstance(widget, forms.DateInput):
        attrs.setdefault("placeholder", "2026-12-23")
        attrs["inputmode"] = "numeric"
        attrs["autocomplete"] = "off"
    return attrs


class DateInput(forms.DateInput):
    """A date typed as 2026-12-23, the same in both languages and whatever language the browser speaks."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
