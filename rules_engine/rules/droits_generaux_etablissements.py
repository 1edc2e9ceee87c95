"""The establishments of the group MGEN, by kind and by town (règlements of its two sister mutuals)."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.facts import vocabulary
from rules_engine.references import STATUTS, Reference, article_msp
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import decided

HOMES = Reference(STATUTS, "Règlement mutualiste MGEN Action sanitaire et sociale, article 3")
ADMISSION = Reference(STATUTS, "Règlement mutualiste MGEN Action sanitaire et sociale, article 4")
ARTICLE_56 = article_msp("56")
ARTICLE_57 = article_msp("57")
CENTRES = Reference(STATUTS, "Règlement mutualiste MGEN Centres de santé, article 4")
# The towns of each kind, in the order of the articles.
PLACES: dict[str, tuple[str, ...]] = {
    "ehpad": (
        "ares",
        "caire_val",
        "fontenay",
        "verriere",
        "huby",
        "saint_cyr",
        "chimotaie",
        "sainte_feyre",
        "marly",
        "louvres",
    ),
    "smr": ("hyeres", "chimotaie", "arbizon", "evian", "sainte_feyre", "menaudiere", "trois_epis"),
    "sante_mentale": ("bordeaux", "grenoble", "lille", "lyon", "rouen", "toulouse", "rueil", "ivry", "paris"),
    "medical_dentaire": ("lyon", "nancy", "nice", "paris", "strasbourg"),
    "optique": ("paris", "papeete"),
    "audition": ("paris", "strasbourg"),
    "nephrologie": ("maisons_laffitte",),
    "adolescents": ("chanay",),
    "vacances": ("riec",),
    "ifsi": ("verriere",),
    "medico_social": ("royans",),
    "sanitaire": ("verriere",),
}
OF_CENTRES = frozenset({"medical_dentaire", "optique", "audition"})
# A département stands for its towns.
AREAS = {"val_oise": ("fontenay", "marly", "louvres"), "var": ("saint_cyr", "hyeres")}


@rule(
    "etablissement_mgen",
    title="Où sont les EHPAD, centres et établissements du groupe MGEN ?",
    references=(HOMES, ADMISSION, CENTRES, ARTICLE_56, ARTICLE_57),
    facts=("type_etablissement", "ville_etablissement"),
)
def etablissement_mgen(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the group runs an establishment of a kind in a town, or where the kind, or what the town, has.

    Sources: Règlement MGEN Action sanitaire et sociale, articles 3 and 4; Règlement MGEN Centres de santé, article 4;
    articles 56 and 57 (access of the members and their beneficiaries).
    """
    kind, town = dossier.get("type_etablissement"), dossier.get("ville_etablissement")
    name = "etablissement_mgen"
    details = {
        "kind": kind,
        "towns": [_label("ville_etablissement", each) for each in PLACES.get(kind or "", ())],
        "town": _label("ville_etablissement", town) if town else "",
        "there": [_label("type_etablissement", each) for each in _kinds_of(town)],
        "key": f"{kind or ''} {town or ''}",
    }
    reference = CENTRES if kind in OF_CENTRES else HOMES
    if town is None:
        amounts = [Amount("places", Decimal(len(PLACES[kind])), "count")] if kind else []
        reasons = [holds("liste_du_reglement", each) for each in ([reference] if kind else [HOMES, CENTRES])]
        if kind is None:
            reasons += [holds("acces", ARTICLE_56), holds("acces", ARTICLE_57)]
        case = "type" if kind else "tout"
        return decided(dossier, name, "granted", case, reasons, amounts=amounts, details=details)
    if kind is None:
        case = "ville" if details["there"] else "ville_absente"
    else:
        case = "oui" if set(PLACES[kind]) & set(_towns(town)) else "non"
    found = case in ("ville", "oui")
    reasons = [holds("liste_du_reglement", reference) if found else fails("absent_de_la_liste", reference)]
    if found and reference is HOMES:
        reasons.append(holds("admission", ADMISSION))
    return decided(dossier, name, "granted" if found else "denied", case, reasons, details=details)


def _towns(town: str | None) -> tuple[str, ...]:
    return AREAS.get(town or "", (town or "",))


def _kinds_of(town: str | None) -> list[str]:
    return [kind for kind, towns in PLACES.items() if set(towns) & set(_towns(town))]


def _label(fact: str, value: str) -> str:
    return next(choice.label for choice in vocabulary()[fact].choices if choice.value == value)
