"""The address of a server: understood or refused, its password never shown."""

import pytest

from registry.database_url import DatabaseUrlUnfit, parse_database_url


@pytest.mark.parametrize(
    ("text", "told", "user"),
    [
        ("postgresql://ha:bi%40mat@may-chu:5433/dvk", "postgresql://ha@may-chu:5433/dvk", "ha"),
        ("postgres://may-chu/dvk", "postgresql://may-chu/dvk", ""),
        ("postgresql://ha:x@/dvk?host=/run/pg", "postgresql://ha@/dvk", "ha"),
        (" postgresql://h%C3%A0@may/dvk ", "postgresql://hà@may/dvk", "hà"),
    ],
)
def test_address_is_told_without_its_password(text, told, user):
    url = parse_database_url(text)

    assert (url.told, url.user) == (told, user)
    assert repr(url) == f"DatabaseUrl({told})"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("mysql://ha:bimat@may/dvk", "postgresql://"),
        ("so.db", "postgresql://"),
        ("postgresql://ha:bimat@may", "thiếu tên cơ sở dữ liệu"),
        ("postgresql://ha:bimat@may:x/dvk", "viết sai dạng"),
    ],
)
def test_unfit_address_is_refused_without_repeating_it(text, why):
    with pytest.raises(DatabaseUrlUnfit, match=why) as refused:
        parse_database_url(text)

    assert "bimat" not in str(refused.value)
