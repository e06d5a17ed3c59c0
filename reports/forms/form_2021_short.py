"""The 2021 form as some print it: （六）其他处理 is one row, as it was in the form of 2019. Pure data."""

from __future__ import annotations

from dataclasses import replace

from reports.forms import form_2019, form_2021

FORM = replace(form_2021.FORM, request_rows=form_2019.FORM.request_rows)
