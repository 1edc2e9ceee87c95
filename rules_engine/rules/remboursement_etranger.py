"""Care received abroad by an ÔJI member: its own table (annexe 3, Couverture internationale), never that of France."""

from __future__ import annotations

from collections.abc import Mapping

from rules_engine.catalogue import Family
from rules_engine.decision import NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.references import STATUTS, Reference

INTERNATIONAL = Reference(STATUTS, "Annexe 3 – Couverture internationale")
AT_HOME = frozenset({"france_drom", "monaco_andorre"})
CARE, TEETH, HOSPITAL = "etranger_soins_courants", "etranger_dentaire", "etranger_hospitalisation"
# The rule that answers abroad. Glasses are left out: the international table sends them back to that of France.
ABROAD: Mapping[str, str] = {
    "consultation_generaliste": CARE,
    "consultation_specialiste": CARE,
    "acte_technique": CARE,
    "auxiliaires_medicaux": CARE,
    "analyses_laboratoire": CARE,
    "honoraires_pharmacie": CARE,
    "medicaments": CARE,
    "forfait_patient_urgences": CARE,
    "hospitalisation_honoraires": HOSPITAL,
    "frais_sejour": HOSPITAL,
    "forfait_journalier": HOSPITAL,
    "chambre_particuliere": "etranger_chambre_particuliere",
    "lentilles": "etranger_optique",
    "soins_dentaires": TEETH,
    "couronne": TEETH,
    "inlay_core": TEETH,
    "bridge": TEETH,
    "appareil_amovible": TEETH,
    "implant": TEETH,
    "orthodontie": TEETH,
}


def care_abroad(dossier: Dossier, family: Family, name: str) -> NotApplicable | None:
    """Return that an ÔJI member's care in a country told follows the international table; else None.

    Source: annexe 3, Couverture internationale (`sister`: the rule that decides on it).
    """
    sister = ABROAD.get(family.id)
    if sister is None or dossier.get("contrat") != "OJI" or dossier.get("zone_sejour") in (None, *AT_HOME):
        return None
    details = {"sister": sister, "family": family.id, "label": family.label}
    return NotApplicable(name, "etranger_autres_montants", (INTERNATIONAL,), dict(dossier.used), details)
