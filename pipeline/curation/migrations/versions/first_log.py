"""Make the table of decisions.

Every cell is text, as in the file, so that both forms give the same rows to the last letter; `no` keeps their order.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CELLS = ("at", "incident_id", "column", "was", "now", "reason", "by", "undoes")


def upgrade() -> None:
    """Make it. There is no way back: decisions are never deleted."""
    op.create_table(
        "corrections",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("row_id", sa.Text, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in CELLS),
    )
