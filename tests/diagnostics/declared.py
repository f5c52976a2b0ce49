"""Facts beside their declaration: names, types, and null where the machine does not tell."""

from __future__ import annotations

from desktop.diagnostics.probe import Field, Kind

TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.BOOLEAN: (bool,),
}
LISTS = {Kind.TEXTS: Kind.TEXT, Kind.NUMBERS: Kind.NUMBER}


def check_row(fields: tuple[Field, ...], row: dict[str, object]) -> None:
    """Fail where a row has a name or a type that was not declared."""
    declared = {one.name: one for one in fields}
    assert row.keys() <= declared.keys()
    for name, value in row.items():
        _check_value(declared[name], declared[name].kind, value)


def _check_value(field: Field, kind: Kind, value: object) -> None:
    if value is None:
        return
    if kind in LISTS or kind is Kind.TABLE:
        assert isinstance(value, list), field.name
        for one in value:
            if kind is Kind.TABLE:
                assert isinstance(one, dict)
                check_row(field.columns, one)
            else:
                _check_value(field, LISTS[kind], one)
        return
    assert isinstance(value, TYPES[kind]), field.name
    assert isinstance(value, bool) == (kind is Kind.BOOLEAN), field.name
