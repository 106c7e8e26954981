"""What is not as the handbook has it in the pretend company: each difference once, and no other.

The company's structure is in `deployments/sandbox/company/structure*.py`, the values of its records in
`deployments/sandbox/company/structure_values.py`. A check of it must find all of these and only these.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Deviation:
    """One difference.

    id        short name            object        API name, "" for the tabs
    line      of the handbook       what          in a sentence, for people
    where     the surface and part of it that is wrong
    about     the handbook's label of what is wrong: a tab, list view, section, field, link, component
    records   names of the records it is about, sorted; () for a difference of structure
    """

    id: str
    object: str
    line: int
    what: str
    where: str
    about: str
    records: tuple[str, ...] = ()


STRUCTURE: tuple[Deviation, ...] = (
    Deviation("extra tab", "", 149, "Campaigns is a fifth tab that is on by default", "tabs", "Campaigns"),
    Deviation("customers unfiltered", "Account", 153, "the list view Customers has no filter on the type",
              "list view Customers", "Customers"),
    Deviation("highlights swapped", "Account", 154,
              "Employees comes before CISO employees (#) in the highlights, and no section begins so",
              "highlights Account Highlights", "CISO employees (#)"),
    Deviation("no NDA link", "Account", 155, "Useful links has no signed NDA; the field exists",
              "Lightning page Account Record Page, Useful Links", "Signed NDA"),
    Deviation("invoices elsewhere", "Account", 155, "the link to the invoices sent leads to www.dropbox.com",
              "Lightning page Account Record Page, Useful Links", "Invoices sent"),
    Deviation("licence key", "Account", 157, "License key was renamed to Licence Key",
              "page layout Account Layout, Accounting", "License key"),
    Deviation("opportunities filtered", "Opportunity", 162, "the list view All Opportunities leaves out closed ones",
              "list view All Opportunities", "All Opportunities"),
    Deviation("reseller hidden", "Opportunity", 165, "Reseller is in Accounting, but the profile may not read it",
              "page layout Opportunity Layout, Accounting", "Reseller"),
    Deviation("term moved", "Opportunity", 165, "Term stands in Additional Information, not in Accounting",
              "page layout Opportunity Layout, Accounting", "Term"),
    Deviation("no stage history", "Opportunity", 166, "the right side has no stage history; the page layout lists it",
              "Lightning page Opportunity Record Page", "Stage history"),
    Deviation("contacts private", "Contact", 170, "the list view All Contacts is shared with nobody",
              "list view All Contacts", "All Contacts"),
    Deviation("department", "Contact", 171, "Department is on the page layout, not on the Lightning page",
              "Lightning page Contact Record Page and its highlights", "Department"),
    Deviation("orbit, top", "Contact", 171, "there is no Orbit feed: no field of Contact has this label",
              "Lightning page Contact Record Page and its highlights", "Orbit feed"),
    Deviation("no further section", "Contact", 173, "there is no section Additional information (nor its Orbit feed)",
              "Lightning page Contact Record Page", "Additional information"),
    Deviation("related contacts", "Contact", 174, "related contacts stand on the right, not at the bottom",
              "Lightning page Contact Record Page", "Related contacts"),
    Deviation("no rating", "Lead", 179, "Rating is nowhere on the page", "page layout Lead Layout", "Rating"),
)  # fmt: skip

# L165 also names the type, which Salesforce calls Opportunity Type; L156 the name, which it calls Account Name.
RECORDS: tuple[Deviation, ...] = (
    Deviation("notes", "Account", 155, "2 notes on accounts: a classic one and an enhanced one", "records", "notes",
              ("Acme", "Globex")),
    Deviation("company addresses", "Account", 156, "2 LinkedIn company URLs: one of a person, one on another host",
              "records", "LinkedIn company URL", ("Initech", "Umbrella")),
    Deviation("deals won", "Account", 157, "4 accounts whose deals won (#) is not the number of their won deals",
              "records", "Deals won (#)", ("Delmar Foods", "Globex", "Hooli", "Verity Labs")),
    Deviation("no year", "Opportunity", 164, "1 opportunity without a year in its name", "records",
              "Opportunity name", ("Vantage Clinics ward tablets",)),
    Deviation("step without a day", "Opportunity", 164, "1 next step has no due date", "records",
              "Next step's due date", ("Quince Foods plants 2026",)),
    Deviation("ends before it begins", "Opportunity", 227, "1 effective date after the subscription's end", "records",
              "Effective date", ("Nimbus Cloud 2025",)),
    Deviation("invoiced too early", "Opportunity", 228, "1 invoice sent before the close date", "records",
              "Invoice sent", ("Umbrella 2025",)),
)  # fmt: skip

DEVIATIONS: tuple[Deviation, ...] = (*STRUCTURE, *RECORDS)

# As expected, with a remark: a visibility rule shows it to some only.
SHOWN_TO_SOME: tuple[tuple[str, int, str], ...] = (("Opportunity", 166, "LinkedIn sales navigator"),)
