"""Short ways to write down the fields of an object, with the flags that their type brings."""

from dataclasses import replace

from deployments.sandbox.salesforce.schema import Field, FieldType

_MAX_GROUPABLE = 255  # longer text areas can be neither filtered, sorted nor grouped


def text(name: str, label: str, length: int = 255, kind: FieldType = "string") -> Field:
    """A line of text; `kind` also serves phone, url, email and combobox."""
    return Field(name, kind, label, length=length)


def area(name: str, label: str, length: int = 32000) -> Field:
    """A text area."""
    short = length <= _MAX_GROUPABLE
    return Field(name, "textarea", label, length=length, filterable=short, sortable=short, groupable=short)


def picklist(name: str, label: str, *values: str, length: int = 255, restricted: bool = False) -> Field:
    """A list to choose from; only a restricted one refuses other values that come through the API."""
    return Field(name, "picklist", label, length=length, picklist=values, restricted=restricted)


def flag(name: str, label: str, derived: str | None = None) -> Field:
    """A checkbox: never null."""
    field = Field(name, "boolean", label, length=0, nillable=False, derived=derived)
    return field if derived is None else read_only(field)[0]


def number(name: str, label: str, kind: FieldType = "double") -> Field:
    """A number; only whole ones can be grouped."""
    return Field(name, kind, label, length=0, groupable=kind == "int")


def day(name: str, label: str) -> Field:
    """A calendar day."""
    return Field(name, "date", label, length=0)


def moment(name: str, label: str) -> Field:
    """A moment, in UTC."""
    return Field(name, "datetime", label, length=0, groupable=False)


def lookup(name: str, label: str, *targets: str, relationship: str | None = "", children: str | None = None) -> Field:
    """A reference. Its dotted name is the field's without Id, unless another is given (None: it has none)."""
    dotted = name.removesuffix("Id") if relationship == "" else relationship
    return Field(name, "reference", label, reference_to=targets, relationship=dotted, children=children, length=18)


def required(*fields: Field) -> tuple[Field, ...]:
    """The same fields, never null."""
    return tuple(replace(f, nillable=False) for f in fields)


def read_only(*fields: Field) -> tuple[Field, ...]:
    """The same fields, kept by Salesforce itself."""
    return tuple(replace(f, createable=False, updateable=False) for f in fields)


def fixed(*fields: Field) -> tuple[Field, ...]:
    """The same fields, set once when the record is made."""
    return tuple(replace(f, updateable=False) for f in fields)


def computed(field: Field, expression: str) -> Field:
    """The same field, worked out by SQL over the row's alias `{row}`; it has no column."""
    return replace(field, createable=False, updateable=False, derived=expression)


def identity(label: str, *, bin_: bool = True) -> tuple[Field, ...]:
    """Id, and IsDeleted for what can lie in the recycle bin."""
    own = Field("Id", "id", label, length=18, nillable=False)
    return read_only(own, flag("IsDeleted", "Deleted")) if bin_ else read_only(own)


def created() -> tuple[Field, ...]:
    """Who made the record and when."""
    return read_only(
        *required(
            moment("CreatedDate", "Created Date"),
            lookup("CreatedById", "Created By ID", "User"),
        )
    )


def audit() -> tuple[Field, ...]:
    """Who made and last changed the record, and when."""
    return created() + read_only(
        *required(
            moment("LastModifiedDate", "Last Modified Date"),
            lookup("LastModifiedById", "Last Modified By ID", "User"),
            moment("SystemModstamp", "System Modstamp"),
        )
    )


def owner(*targets: str, label: str = "Owner ID") -> tuple[Field, ...]:
    """Whose record it is; the caller's when nothing is said."""
    return required(lookup("OwnerId", label, *(targets or ("User",))))


def address(prefix: str, label: str) -> tuple[Field, ...]:
    """The parts of a postal address; `prefix` and `label` are empty for a Lead's only one."""
    before = f"{label} " if label else ""
    return (
        area(f"{prefix}Street", f"{before}Street", 255),
        text(f"{prefix}City", f"{before}City", 40),
        text(f"{prefix}State", f"{before}State/Province", 80),
        text(f"{prefix}PostalCode", f"{before}Zip/Postal Code", 20),
        text(f"{prefix}Country", f"{before}Country", 80),
    )
