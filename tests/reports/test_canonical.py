"""Spellings of one address have one name; other pages keep theirs."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.canonical import canonical, same_page

PAGE = "http://a.example/nb/t1.html"
FOLDER = "http://a.example/c27662/"
QUERY = "http://a.example/m.jsp?area=1&fbtime=2025"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "https://a.example/nb/t1.html"),
        (PAGE, "http://A.Example.:80/nb/t1.html#top"),
        (PAGE, "https://a.example:443//nb/./x/../t1.html"),
        (PAGE, "http://a.example/nb/t1.html?jump=true"),
        (PAGE, "http://a.example/nb/t1.html;jsessionid=0A1B?utm_source=x&spm=1.2&from=timeline"),
        (PAGE, "http://a.example/nb/t1_wap.html"),
        (PAGE, "http://a.example/nb/%741.html"),
        ("http://a.example/nb/t1.shtml", "http://a.example/nb/t1_app.shtml"),
        ("http://a.example/%E5%B9%B4", "http://a.example/%e5%b9%b4"),
        (FOLDER, "http://a.example//c27662/index.html"),
        (FOLDER, "http://a.example/c27662/index.shtml?_=17"),
        (QUERY, "https://a.example/m.jsp?fbtime=2025&area=1"),
        (QUERY, "http://a.example/m.jsp?area=1&&fbtime=2025&PHPSESSID=9"),
    ],
)
def test_spellings_of_one_address_are_one_page(one: str, other: str) -> None:
    assert same_page(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "http://b.example/nb/t1.html"),
        (PAGE, "http://www.a.example/nb/t1.html"),
        (PAGE, "http://a.example:8080/nb/t1.html"),
        (PAGE, "http://a.example/NB/t1.html"),
        (PAGE, "http://a.example/nb/t1.htm"),
        (QUERY, "http://a.example/m.jsp?area=1&fbtime=2024"),
        (QUERY, "http://a.example/m.jsp?area=2&fbtime=2025"),
        ("http://a.example/api?page=1&sid=5", "http://a.example/api?page=1&sid=6"),
        ("http://a.example/d?from=2024", "http://a.example/d?from=2025"),
        ("http://a.example/a%2Fb", "http://a.example/a/b"),
    ],
)
def test_other_pages_keep_their_own_names(one: str, other: str) -> None:
    assert not same_page(one, other)


_PIECES = st.sampled_from(
    [
        "http://a.example",
        "https://A.example:443",
        ":80",
        "/",
        "//",
        "/../",
        "/./",
        "index.html",
        "_wap",
    ]
    + [
        "_app",
        ".shtml",
        "?",
        "&",
        "jump=true",
        "id=5",
        "fbtime=2025",
        "%e4",
        "%2f",
        "%7e",
        "%",
        "%%",
    ]
    + [";jsessionid=A1", "#x", "=", "@", "[", "]", ".", "..", "年", " ", "javascript:", ":99999"]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=14).map("".join)))
def test_any_text_has_one_name_which_is_its_own(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(
    st.from_regex(r"[a-z]{1,9}(\.[a-z]{2,5}){1,2}(:[1-9][0-9]{3})?", fullmatch=True),
    st.lists(
        st.tuples(st.sampled_from(["id", "area", "fbtime", "sid"]), st.text("0a9", max_size=4))
    ),
)
def test_host_and_what_names_the_page_stay(host: str, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={value}" for name, value in pairs)
    found = urlsplit(canonical(f"https://{host}/m.jsp?{query}&utm_x=1"))
    assert found.netloc == host
    assert sorted(parse_qsl(found.query, True)) == sorted(pairs)
