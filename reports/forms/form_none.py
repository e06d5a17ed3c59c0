"""Before report year 2019 no form was prescribed: text is kept, nothing is judged. Pure data."""

from __future__ import annotations

from reports.forms.form import Form
from reports.words import Words

FORM = Form(
    name="none",
    basis=Words("2019 年以前没有统一格式", "no prescribed form before 2019"),
    first_year=0,
    last_year=2018,
)
