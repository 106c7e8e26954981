"""Who works here: users, their profiles and roles, and the organisation itself."""

from deployments.sandbox.salesforce.fields import (
    area,
    audit,
    computed,
    created,
    fixed,
    flag,
    identity,
    lookup,
    moment,
    number,
    picklist,
    read_only,
    required,
    text,
)
from deployments.sandbox.salesforce.schema import SObject

# Null for no row at all: a relationship that may lead to several objects takes the first name that there is.
FULL_NAME = """NULLIF(TRIM(COALESCE({row}."FirstName" || ' ', '') || COALESCE({row}."LastName", '')), '')"""
USER_TYPES = ("Standard", "PowerPartner", "CspLitePortal", "CustomerSuccess", "PowerCustomerSuccess",
              "CsnOnly", "Guest", "AutomatedProcess")  # fmt: skip

USER = SObject(
    "User",
    "005",
    (
        *identity("User ID", bin_=False),
        *required(text("Username", "Username", 80), text("LastName", "Last Name", 80)),
        text("FirstName", "First Name", 40),
        *required(computed(text("Name", "Full Name", 121), FULL_NAME)),
        text("CompanyName", "Company Name", 80),
        text("Division", "Division", 80),
        text("Department", "Department", 80),
        text("Title", "Title", 80),
        *required(text("Email", "Email", 128, "email"), text("Alias", "Alias", 8)),
        text("Phone", "Phone", 40, "phone"),
        flag("IsActive", "Active"),
        *required(
            picklist("TimeZoneSidKey", "Time Zone", length=40),
            picklist("LocaleSidKey", "Locale", length=40),
            picklist("EmailEncodingKey", "Email Encoding", length=40),
            picklist("LanguageLocaleKey", "Language", length=40),
            lookup("ProfileId", "Profile ID", "Profile", children="Users"),
        ),
        lookup("UserRoleId", "Role ID", "UserRole", children="Users"),
        *read_only(picklist("UserType", "User Type", *USER_TYPES, length=40, restricted=True)),
        text("EmployeeNumber", "Employee Number", 20),
        lookup("ManagerId", "Manager ID", "User", children="ManagedUsers"),
        *read_only(moment("LastLoginDate", "Last Login")),
        *audit(),
    ),
    "User",
    "Users",
)

PROFILE = SObject(
    "Profile",
    "00e",
    read_only(
        *identity("Profile ID", bin_=False),
        *required(text("Name", "Name")),
        picklist("UserType", "User Type", *USER_TYPES, length=40, restricted=True),
        text("Description", "Description"),
        *audit(),
    ),
    "Profile",
    "Profile",
)

USER_ROLE = SObject(
    "UserRole",
    "00E",
    (
        *identity("Role ID", bin_=False),
        *required(text("Name", "Name", 80)),
        lookup("ParentRoleId", "Parent Role ID", "UserRole", relationship=None),
        text("DeveloperName", "Developer Name", 80),
        text("RollupDescription", "Description", 80),
        *read_only(*audit()[2:]),
    ),
    "Role",
    "Role",
)

ORGANIZATION = SObject(
    "Organization",
    "00D",
    read_only(
        *identity("Organization ID", bin_=False),
        *required(text("Name", "Name", 80)),
        text("Country", "Country", 80),
        text("PrimaryContact", "Primary Contact", 80),
        picklist("DefaultLocaleSidKey", "Locale", length=40),
        picklist("TimeZoneSidKey", "Time Zone", length=40),
        picklist("LanguageLocaleKey", "Language", length=40),
        number("FiscalYearStartMonth", "Fiscal Year Starts In", "int"),
        picklist("OrganizationType", "Edition", length=40),
        text("InstanceName", "Instance Name", 5),
        flag("IsSandbox", "Is Sandbox"),
        *audit(),
    ),
    "Organization",
    "Organization",
)

CURRENCY_TYPE = SObject(
    "CurrencyType",
    "01L",
    read_only(
        *identity("Currency Type ID", bin_=False),
        *required(picklist("IsoCode", "Currency ISO Code", length=3)),
        number("ConversionRate", "Conversion Rate"),
        number("DecimalPlaces", "Decimal Places", "int"),
        flag("IsActive", "Active"),
        flag("IsCorporate", "Corporate Currency"),
        *audit(),
    ),
    "Currency Type",
    "Currency Type",
)

NOTE = SObject(
    "Note",
    "002",
    (
        *identity("Note Id"),
        *required(
            *fixed(lookup("ParentId", "Parent ID", "Account", "Contact", "Lead", "Opportunity", children="Notes")),
            text("Title", "Title", 80),
        ),
        flag("IsPrivate", "Private"),
        area("Body", "Body"),
        *required(lookup("OwnerId", "Owner ID", "User")),
        *created(),
        *audit()[2:],
    ),
    "Note",
    "Notes",
)
