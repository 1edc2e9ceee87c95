"""Health with prévoyance: joining for one alone, dropping one, adding the other.

Règlement MGEN Santé Prévoyance articles 24, 26-1, 26-2 and 27.
"""

from __future__ import annotations

from datetime import date

from rules_engine.dates import (
    MONTHS_OF_A_YEAR,
    add_months_clamped,
    add_years_clamped,
    end_of_year,
    first_of_next_month_after,
)
from rules_engine.dates_adhesion import eve_of, first_of_nth_month_after, last_day_for_yearly_term
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_categorie import changement_categorie, leaves_mgen
from rules_engine.rules.adhesion_commun import (
    PHONE,
    Draft,
    article_msp,
    asked_on,
    category,
    figure,
    period,
    read_category,
    received_on,
)

ADULTS = ("actif", "retraite", "associe", "conjoint", "jeune")
HEALTH_ONLY = ("jeune", "orphelin", "enfant")
OTHER_COVER = ("obligatoire", "conjoint_collectif", "css_gratuite", "css_participation")
COMPULSORY_COVER = ("obligatoire", "conjoint_collectif")


def _cover(dossier: Dossier) -> str:
    """Return the health cover that replaces MGEN's; the FPE contract is a compulsory one.

    Raises:
        FactNeeded: when it is unknown.
    """
    known: str | None = dossier.get("couverture_remplacante")
    if known is None and dossier.get("date_ouverture_css") is not None:
        return "css_gratuite"
    if known is None and dossier.get("contrat") in ("FPE", "SOLUTIONS"):
        return "obligatoire"
    asked: str = known or dossier.read("couverture_remplacante")
    return asked


@rule(
    "prevoyance_sans_sante",
    title="Puis-je adhérer à la prévoyance seule, sans la santé ?",
    references=(article_msp("26-1"), article_msp("24")),
    facts=("qualite", "prevoyance", "couverture_remplacante", "contrat", "lien_famille"),
)
def prevoyance_sans_sante(dossier: Dossier) -> Decision:
    """Return whether one may join for prévoyance alone (MSP articles 24 and 26-1).

    Raises:
        FactNeeded: for the category, and for an actif the other health cover.
    """
    name = "prevoyance_sans_sante"
    member = _candidate(dossier)
    if member in HEALTH_ONLY:
        return Draft("denied", "sante_uniquement", (fails("sante_uniquement", article_msp("24")),)).decision(
            name, dossier
        )
    if member in ("associe", "conjoint"):
        return Draft("granted", member, (holds(f"{member}_au_choix", article_msp("26-1")),)).decision(name, dossier)
    if member == "retraite":
        reasons: tuple[Reason, ...] = (
            fails("couplage", article_msp("24")),
            fails("retraite_non_nomme", article_msp("26-1")),
        )
        return Draft("denied", "retraite", reasons, contacts=PHONE).decision(name, dossier)
    if _cover(dossier) in OTHER_COVER:
        reasons = (holds("autre_couverture", article_msp("26-1")),)
        return Draft("granted", "actif_couvert", reasons, documents=("attestation",)).decision(name, dossier)
    reasons = (fails("couplage", article_msp("24")), fails("sans_autre_couverture", article_msp("26-1")))
    return Draft("denied", "actif_non_couvert", reasons).decision(name, dossier)


def _candidate(dossier: Dossier) -> str:
    """Return the candidate's category; who has a compulsory cover is taken for an actif, and told so.

    Raises:
        FactNeeded: when it is unknown.
    """
    if dossier.get("qualite") is None and dossier.get("prevoyance") == "affinite":
        return "conjoint" if dossier.get("lien_famille") == "conjoint" else "associe"
    compulsory = dossier.get("couverture_remplacante") == "obligatoire" or dossier.get("contrat") in (
        "FPE",
        "SOLUTIONS",
    )
    if category(dossier) is None and compulsory:
        presumed: str = dossier.presume("qualite", "actif")
        return presumed
    return read_category(dossier, among=ADULTS)


@rule(
    "sante_sans_prevoyance",
    title="Puis-je adhérer à la santé seule, sans la prévoyance ?",
    references=(article_msp("26-1"), article_msp("24")),
    facts=("qualite", "prevoyance", "formule", "contrat"),
)
def sante_sans_prevoyance(dossier: Dossier) -> Decision:
    """Return whether one may join for health alone (MSP articles 24 and 26-1).

    Raises:
        FactNeeded: for the category.
    """
    name = "sante_sans_prevoyance"
    if dossier.get("contrat") == "OJI" or dossier.get("formule") == "Essentielle":
        return Draft("granted", "toujours", (holds("sante_uniquement", article_msp("24")),)).decision(name, dossier)
    member = read_category(dossier, among=ADULTS)
    if member in HEALTH_ONLY:
        return Draft("granted", "toujours", (holds("sante_uniquement", article_msp("24")),)).decision(name, dossier)
    if member in ("associe", "conjoint"):
        return Draft("granted", member, (holds(f"{member}_au_choix", article_msp("26-1")),)).decision(name, dossier)
    if member == "actif":
        reasons = (fails("couplage", article_msp("24")), fails("initiale_couplee", article_msp("24")))
        return Draft("denied", "actif", reasons).decision(name, dossier)
    reasons = (fails("couplage", article_msp("24")), holds("initiale_sante", article_msp("24")))
    initiale = dossier.get("formule") == "Initiale"
    outcome, case = ("granted", "retraite_initiale") if initiale else ("partial", "retraite")
    return Draft(outcome, case, reasons).decision(name, dossier)


@rule(
    "resilier_sante_garder_prevoyance",
    title="Puis-je arrêter la santé MGEN en gardant la prévoyance, et à partir de quand ?",
    references=(article_msp("26-2"), article_msp("24")),
    facts=(
        "qualite",
        "prevoyance",
        "formule",
        "contrat",
        "couverture_remplacante",
        "date_demande",
        "date_reception_demande",
        "date_adhesion",
        "mois_adhesion",
        "date_ouverture_css",
        "nouvelle_situation",
        "ancien_de_mgen",
        "date_evenement",
    ),
)
def resilier_sante_garder_prevoyance(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether and from when health alone is ended (MSP article 26-2).

    First of the next month (compulsory cover, spouse's group contract); eve of the CSS; for another
    reason an associé only: a month later once a year old, else at the yearly term.

    Raises:
        FactNeeded: for the other cover, then the category; for an associé how long the adhesion has lasted.
    """
    name = "resilier_sante_garder_prevoyance"
    if leaves_mgen(dossier):
        return changement_categorie(dossier)
    if dossier.get("qualite") in (*HEALTH_ONLY, "conjoint"):
        reasons: tuple[Reason, ...] = (fails("categorie_non_nommee", article_msp("26-2")),)
        return Draft("depends", "categorie", reasons, contacts=PHONE).decision(name, dossier)
    if dossier.get("prevoyance") == "aucune":
        return Draft("denied", "sans_prevoyance", (fails("rien_a_garder", article_msp("24")),)).decision(name, dossier)
    if dossier.get("couverture_remplacante") is None and dossier.get("qualite") == "associe":
        dossier.presume("couverture_remplacante", "autre_motif")
        return _health_of_associe(dossier).decision(name, dossier)
    cover = _cover(dossier)
    if cover in COMPULSORY_COVER:
        return _health_for_compulsory(dossier, cover).decision(name, dossier)
    if cover in OTHER_COVER and category(dossier) is None and dossier.get("prevoyance") != "affinite":
        return _health_for_css(dossier, cover, "").decision(name, dossier)
    member = _category(dossier)
    if cover in OTHER_COVER and member != "associe":
        return _health_for_css(dossier, cover, member).decision(name, dossier)
    if cover in OTHER_COVER:
        reasons = (
            holds("autre_couverture", article_msp("26-2")),
            fails("css_associe_sans_date", article_msp("26-2")),
        )
        draft = Draft("depends", "associe_css", reasons, documents=("attestation",), contacts=PHONE)
        return draft.decision(name, dossier)
    if member != "associe":
        reasons = (fails("motif_reserve_associe", article_msp("26-2")), fails("couplage", article_msp("24")))
        return Draft("denied", "autre_motif", reasons).decision(name, dossier)
    return _health_of_associe(dossier).decision(name, dossier)


def _category(dossier: Dossier) -> str:
    """Return the category; the prévoyance Affinité of a participating member is that of an associé."""
    if dossier.get("qualite") is None and dossier.get("prevoyance") == "affinite":
        return "associe"
    return read_category(dossier, among=("actif", "retraite", "associe"))


def _initiale(dossier: Dossier) -> tuple[str, ...]:
    """Return the doubt on MGEN Initiale: prévoyance tied to health for actifs, absent for the others."""
    return ("initiale_couplee",) if dossier.get("formule") == "Initiale" else ()


def _health_for_compulsory(dossier: Dossier, cover: str) -> Draft:
    reasons = (holds("autre_couverture", article_msp("26-2")), holds("mois_suivant", article_msp("26-2")))
    documents, received = ("attestation",), received_on(dossier)
    if received is None:
        return Draft("granted", cover, reasons, warnings=_initiale(dossier), documents=documents)
    dates = {"effect": first_of_next_month_after(received)}
    return Draft("granted", f"{cover}_date", reasons, dates=dates, warnings=_initiale(dossier), documents=documents)


def _health_for_css(dossier: Dossier, cover: str, member: str) -> Draft:
    reasons = (holds("autre_couverture", article_msp("26-2")), holds(f"veille_{cover}", article_msp("26-2")))
    opened = dossier.get("date_ouverture_css")
    warnings = _initiale(dossier) if member == "actif" else () if member else ("css_associe",)
    if opened is None:
        return Draft("granted", cover, reasons, warnings=warnings, documents=("attestation",))
    dates = {"end": eve_of(opened)}
    return Draft("granted", f"{cover}_date", reasons, dates=dates, warnings=warnings, documents=("attestation",))


def _health_of_associe(dossier: Dossier) -> Draft:
    """Decide for an associé's own reasons: a month after receipt once a year old, else the yearly term."""
    amounts = (
        period("age", "associe_sante_anciennete", "years", dossier),
        period("delay", "associe_sante_effet", "months", dossier),
    )
    reasons = (holds("associe_autre_motif", article_msp("26-2")),)
    received = received_on(dossier)
    if received is None:
        return Draft("granted", "associe", reasons, amounts)
    if _associe_old_enough(dossier, received):
        dates = {"effect": add_months_clamped(received, figure("associe_sante_effet", dossier))}
        return Draft("granted", "associe_un_an_date", reasons, amounts, dates)
    return _associe_yearly(dossier, received, amounts)


def _associe_old_enough(dossier: Dossier, received: date) -> bool:
    years = figure("associe_sante_anciennete", dossier)
    joined = dossier.get("date_adhesion")
    if joined is not None:
        return received >= add_years_clamped(joined, years)
    return bool(dossier.read("mois_adhesion") >= MONTHS_OF_A_YEAR * years)


def _associe_yearly(dossier: Dossier, received: date, amounts: tuple[Amount, ...]) -> Draft:
    """Return the yearly term; article 26-2 does not repeat the notice of article 3-1."""
    reasons = (holds("associe_echeance", article_msp("26-2")),)
    notice = last_day_for_yearly_term(received.year, figure("demission_preavis_annuel", dossier))
    warnings = ("preavis_non_repete",) if received > notice else ()
    dates = {"end": end_of_year(received.year)}
    return Draft("granted", "associe_echeance_date", reasons, amounts, dates, warnings=warnings)


@rule(
    "resilier_prevoyance_garder_sante",
    title="Puis-je arrêter la prévoyance en gardant la santé, et à partir de quand ?",
    references=(article_msp("26-2"), article_msp("24")),
    facts=(
        "qualite",
        "prevoyance",
        "contrat",
        "garantie_ajoutee",
        "couverture_choisie",
        "lien_famille",
        "date_demande",
        "date_reception_demande",
    ),
)
def resilier_prevoyance_garder_sante(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether prévoyance alone may be ended: by an associé, from the 4th month on (article 26-2).

    Who has nothing else leaves the mutual: `demission` decides.

    Raises:
        FactNeeded: for the category.
    """
    name = "resilier_prevoyance_garder_sante"
    if dossier.get("couverture_choisie") == "prevoyance_seule":
        sister = {"sister": "demission"}
        return NotApplicable(name, "prevoyance_seule", (article_msp("3-2"),), dict(dossier.used), sister)
    if dossier.get("garantie_ajoutee") == "prevoyance" and dossier.get("couverture_choisie") == "sante_seule":
        return ajouter_sante_ou_prevoyance(dossier)
    known = dossier.get("qualite") is None and dossier.get("prevoyance") == "affinite"
    member = "associe" if known else read_category(dossier, among=ADULTS)
    if member in HEALTH_ONLY:
        reasons: tuple[Reason, ...] = (fails("sante_uniquement", article_msp("24")),)
        return Draft("denied", "sante_uniquement", reasons).decision(name, dossier)
    if member == "conjoint":
        reasons = (
            holds("conjoint_au_choix", article_msp("26-1")),
            fails("conjoint_non_nomme", article_msp("26-2")),
        )
        return Draft("depends", "conjoint", reasons, contacts=PHONE).decision(name, dossier)
    if member != "associe":
        reasons = (fails("couplage", article_msp("24")), fails("reserve_associe", article_msp("26-2")))
        return Draft("denied", "couplee", reasons).decision(name, dossier)
    reasons = (holds("associe_prevoyance", article_msp("26-2")),)
    received = received_on(dossier)
    if received is None:
        return Draft("granted", "associe", reasons).decision(name, dossier)
    dates = {"effect": first_of_nth_month_after(received, figure("associe_prevoyance_mois", dossier))}
    return Draft("granted", "associe_date", reasons, dates=dates).decision(name, dossier)


@rule(
    "ajouter_sante_ou_prevoyance",
    title="J'ai une seule garantie : puis-je ajouter l'autre, et à partir de quand ?",
    references=(article_msp("27"),),
    facts=(
        "garantie_ajoutee",
        "qualite",
        "prevoyance",
        "formule",
        "lien_famille",
        "formule_visee",
        "contrat",
        "date_demande",
        "date_reception_demande",
    ),
)
def ajouter_sante_ou_prevoyance(dossier: Dossier) -> Decision:
    """Return whether the missing guarantee may be added, from the next month on (MSP article 27).

    Raises:
        FactNeeded: for which guarantee is added, and the category for prévoyance.
    """
    name = "ajouter_sante_ou_prevoyance"
    added = dossier.read("garantie_ajoutee")
    if added == "sante":
        if (dossier.get("formule_visee") or dossier.get("formule")) in ("Initiale", "Essentielle"):
            return _initiale_added(dossier).decision(name, dossier)
        reasons: tuple[Reason, ...] = (
            holds("formules_ouvertes", article_msp("27")),
            holds("effet_mois_suivant", article_msp("27")),
        )
        return _added(dossier, "sante", reasons).decision(name, dossier)
    spouse = dossier.get("qualite") is None and dossier.get("lien_famille") == "conjoint"
    member = "conjoint" if spouse else read_category(dossier, among=ADULTS)
    if member in HEALTH_ONLY:
        reasons = (fails("sante_uniquement", article_msp("24")),)
        return Draft("denied", "sante_uniquement", reasons).decision(name, dossier)
    if member not in ("associe", "conjoint"):
        reasons = (fails("reserve_associe_conjoint", article_msp("27")), fails("couplage", article_msp("24")))
        return Draft("depends", "couplee", reasons, contacts=PHONE).decision(name, dossier)
    reasons = (holds("affinite_ouverte", article_msp("27")), holds("effet_mois_suivant", article_msp("27")))
    return _added(dossier, "prevoyance", reasons).decision(name, dossier)


def _initiale_added(dossier: Dossier) -> Draft:
    """Decide for a formule that article 27 does not open, with the day on which the open ones would start."""
    reasons: tuple[Reason, ...] = (fails("formules_ouvertes", article_msp("27")),)
    asked = asked_on(dossier)
    if asked is None:
        return Draft("denied", "initiale", reasons)
    reasons = (*reasons, holds("effet_mois_suivant", article_msp("27")))
    return Draft("denied", "initiale_date", reasons, dates={"effect": first_of_next_month_after(asked)})


def _added(dossier: Dossier, case: str, reasons: tuple[Reason, ...]) -> Draft:
    asked = asked_on(dossier)
    if asked is None:
        return Draft("granted", case, reasons)
    return Draft("granted", f"{case}_date", reasons, dates={"effect": first_of_next_month_after(asked)})
