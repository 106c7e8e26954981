"""The custom fields that the handbook's checkup of Salesforce names (L154 to L173), as the org labels them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deployments.sandbox.salesforce.fields import computed, day, flag, number, picklist, text
from deployments.sandbox.salesforce.schema import Field

DRIVE = "https://drive.google.com/drive/search?q="
DROPBOX = "https://www.dropbox.com/search/personal?query="
TERMS = ("Net 15", "Net 30", "Net 45", "Net 60")


def _url(name: str, label: str) -> Field:
    return text(name, label, 255, "url")


def _search(name: str, label: str, words: str, *, where: str = DRIVE) -> Field:
    """A formula field: a link that searches `where` for the account's name and these words."""
    plain = words.replace(" ", "%20")
    formula = f'HYPERLINK("{where}" & SUBSTITUTE(Name, " ", "%20") & "%20{plain}", "{label}", "_blank")'
    sql = (
        f"""('<a href="{where}' || REPLACE({{row}}."Name", ' ', '%20') || '%20{plain}" """
        f"""target="_blank">{label}</a>')"""
    )
    field = computed(text(name, label, 1300), sql)
    return replace(field, formula=formula, filterable=False, sortable=False, groupable=False)


CHECKED_FIELDS: Mapping[str, Sequence[Field]] = {
    "Account": (
        _url("LinkedIn_Company_URL__c", "LinkedIn Company URL"),
        _url("LinkedIn_Sales_Navigator_URL__c", "LinkedIn Sales Navigator URL"),
        _url("My_LinkedIn_Overlaps__c", "My LinkedIn Overlaps"),
        number("CISO_Employees__c", "CISO Employees (#)"),
        picklist("Press_Approval__c", "Press Approval", "Not asked", "Asked", "Approved", "Refused", restricted=True),
        text("License_Key__c", "Licence Key", 80),
        number("Total_Opportunities__c", "Total Opportunities (#)"),
        number("Deals_Won__c", "Deals Won (#)"),
        day("Close_Date_First_Deal__c", "Close Date (First Deal)"),
        number("Cumulative_Revenue__c", "Cumulative Revenue", "currency"),
        picklist("Payment_Terms__c", "Payment Terms", *TERMS),
        day("Invoice_Sent_Latest__c", "Invoice Sent (Latest)"),
        day("Payment_Received_On_Latest__c", "Payment Received On (Latest)"),
        day("Subscription_End_Date_Latest__c", "Subscription End Date (Latest)"),
        _search("Purchase_Orders__c", "Purchase Orders (POs)", "purchase order"),
        _search("Signed_Subscription_Agreements__c", "Signed Subscription Agreements", "subscription agreement"),
        _search("Invoices_Sent__c", "Invoices Sent", "invoice", where=DROPBOX),
        _search("Meeting_Notes__c", "Meeting Notes", "meeting notes"),
        _search("Signed_NDA__c", "Signed NDA", "NDA"),
    ),
    "Opportunity": (
        number("Up_To_Hosts__c", "Up to # of Hosts"),
        picklist("Payment_Terms__c", "Payment Terms", *TERMS),
        picklist("Billing_Process__c", "Billing Process", "Invoice", "Credit card", "Marketplace"),
        number("Term__c", "Term"),
        text("Reseller__c", "Reseller", 80),
        day("Effective_Date__c", "Effective Date"),
        day("Subscription_End_Date__c", "Subscription End Date"),
        day("Invoice_Sent__c", "Invoice Sent"),
        day("Payment_Received__c", "Date Payment Was Received"),
    ),
    "Contact": (
        _url("LinkedIn_URL__c", "LinkedIn URL"),
        text("Personal_Email__c", "Personal Email", 80, "email"),
        text("Twitter__c", "Twitter", 80),
        text("GitHub__c", "GitHub", 80),
        _url("Website__c", "Website"),
        flag("Is_Champion__c", "Is Champion"),
    ),
}
