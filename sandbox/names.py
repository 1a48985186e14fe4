# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names, streets and towns of the made-up staff."""

# Colleagues who exist in Odoo's own demo data, recognised there by e-mail address.
KNOWN = (
    # first, last, gender key, private e-mail, work e-mail, department index
    ("Mitchell", "Admin", 1, None, "admin@yourcompany.example.com", 0),
    ("Marc", "Demo", 1, "demo@yourcompany.example.com", "m.demo@fake.odoo.com", 3),
    ("Jeffrey", "Kelly", 1, None, "jeffrey.kelly72@example.com", 2),
    ("Ronnie", "Hart", 1, None, "ronnie.hart87@example.com", 3),
    ("Tina", "Williamson", 2, None, "tina.williamson98@example.com", 0),
)
MEN = (
    "Jan", "Pieter", "Daan", "Sem", "Bram", "Lars", "Ruben", "Thijs", "Koen", "Joost",
    "Mohammed", "Youssef", "Wim", "Henk", "Sander", "Niels", "Jeroen", "Bas",
)  # fmt: skip
WOMEN = (
    "Susan", "Anna", "Emma", "Sophie", "Fatima", "Lotte", "Femke", "Ingrid", "Marieke",
    "Esra", "Noor", "Sanne", "Roos", "Willemijn", "Bo", "Jet", "Saskia", "Zoë",
)  # fmt: skip
LAST = (
    (None, "Jansen"), ("de", "Vries"), ("van den", "Berg"), (None, "Bakker"),
    ("van", "Dijk"), (None, "Visser"), (None, "Smit"), (None, "Meijer"),
    ("de", "Boer"), (None, "Mulder"), (None, "Peters"), ("van der", "Meer"),
    (None, "Hendriks"), ("van", "Leeuwen"), (None, "Dekker"), (None, "Yılmaz"),
    (None, "El Idrissi"), ("in 't", "Veld"), (None, "Kuipers"), ("ter", "Horst"),
    (None, "Postma"), (None, "Willems"), ("van de", "Wiel"), (None, "Hoekstra"),
)  # fmt: skip
STREETS = (
    "Dorpsstraat", "Kerkstraat", "Molenweg", "Stationsplein", "Lindelaan",
    "Prins Hendrikkade", "Nieuwe Gracht", "Beukenhof", "Voordijk", "Haven",
)  # fmt: skip
TOWNS = (
    ("Leiden", "23"), ("Utrecht", "35"), ("Den Bosch", "52"), ("Amersfoort", "38"),
    ("Haarlem", "20"), ("Zwolle", "80"), ("Tilburg", "50"), ("Groningen", "97"),
)  # fmt: skip
