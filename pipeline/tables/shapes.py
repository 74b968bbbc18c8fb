"""What a published table and its columns are: the shapes that `columns.py` fills in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `path` is a dotted way from a record named by its first part, as `tables.rows` lays them out."""

    name: str
    type: str  # str, code, date, int, float, list
    path: str
    about: str
    codes: str = ""  # its code list in pipeline/tables/codes.py
    required: bool = False
    decimals: int = 0  # of a float


@dataclass(frozen=True, slots=True)
class Table:
    """One published table; `links` names for a column the table and column that hold its value too."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: str
    sort: tuple[str, ...]
    links: dict[str, tuple[str, str]] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Give the column of that name, or raise KeyError.

        >>> Table("towns", "a town", (Column("name", "str", "town.name", "its name"),), "name", ()).column("name").type
        'str'
        """
        return {c.name: c for c in self.columns}[name]


def code(name: str, path: str, about: str, codes: str = "", required: bool = False) -> Column:
    """Give a column of code words; its list is named like the column unless `codes` says otherwise."""
    return Column(name, "code", path, about, codes or name, required)
