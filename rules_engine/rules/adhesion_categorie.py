"""Categories: changing from one to another, what each is entitled to, and what membership brings with it.

Règlement MGEN Santé Prévoyance articles 10-3, 22 and 24; statuts articles 9 and 52.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules_engine.dates import add_months_clamped, end_of_year
from rules_engine.decision import Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import STATUTS, Reference, article_msp
from rules_engine.registry import rule
from rules_engine.rules.adhesion_commun import (
    PHONE,
    Answer,
    Draft,
    article_statuts,
    asked_on,
    collective,
    figure,
    individual_only,
    period,
    presume_individual,
    read_category,
    silent,
)
from rules_engine.rules.adhesion_famille import birth_year

SISTERS = tuple(
    Reference(STATUTS, f"Statuts {name}, article 9")
    for name in ("MGEN Action sanitaire et sociale", "MGEN Centres de santé")
)
MEMBERS_ON_REQUEST = ("separation", "perte_qualite", "enfant_trop_age")
MEMBERS_WHO_STAY = ("depart_champ", "fin_etudes")
STAFF = "depart_mgen"


@rule(
    "changement_categorie",
    title="Ma situation change : est-ce que je reste adhérent, et dans quelle catégorie ?",
    references=(article_msp("22"), article_msp("10-3")),
    facts=(
        "contrat",
        "formule",
        "qualite",
        "nouvelle_situation",
        "ancien_de_mgen",
        "date_evenement",
        "date_debut_contrat_travail",
        "lien_famille",
        "date_naissance_enfant",
        "date_anniversaire_enfant",
        "enfant_annee_naissance",
        "millesime_enfant",
        "age",
        "question_repasser_actif",
        "question_depart",
        "date_demande",
        "date_reception_demande",
    ),
)
def changement_categorie(dossier: Dossier) -> Decision | NotApplicable:
    """Return the category after a change, and the three months of kept cover (MSP articles 1 and 22).

    A member who leaves the recruitment field, or ends the studies that let him join, stays, as associé; a beneficiary
    who loses the quality may join as associé within three months; one who retires becomes retraité, and stays so when
    working again; a retiring employee of MGEN may join within three months; a child who works stays covered.

    Raises:
        FactNeeded: for what changes.
    """
    name = "changement_categorie"
    situation = _situation(dossier)
    if situation != STAFF and collective(dossier):
        return silent(name, dossier)
    presume_individual(dossier)
    situation = situation or dossier.read("nouvelle_situation")
    declared = holds("declarer_le_changement", article_msp("10-3"))
    dossier.get("question_depart")  # which way round the question was put
    if situation in MEMBERS_WHO_STAY:
        draft = _leaving(dossier, situation)
    elif situation == STAFF:
        draft = _staff(dossier)
    elif situation == "enfant_travaille":
        draft = _working_child(dossier)
    elif situation in MEMBERS_ON_REQUEST:
        draft = _lost_beneficiary(dossier, situation)
    elif situation == "retraite":
        draft = Draft("granted", "retraite", (holds("qualite_retraite", article_msp("22")), declared))
    elif situation == "reprise_activite":
        back = dossier.get("question_repasser_actif")
        outcome, case = ("denied", "reprise_pas_actif") if back else ("granted", "reprise_activite")
        draft = Draft(outcome, case, (holds("retraite_conservee", article_msp("22")), declared))
    elif situation == "enfant_adhere":
        draft = Draft("granted", "enfant_adhere", (holds("qualite_jeune", article_msp("22")),))
    else:
        draft = Draft("depends", situation, (fails(f"{situation}_non_nomme", article_msp("22")),), contacts=PHONE)
    return draft.decision(name, dossier)


def leaves_mgen(dossier: Dossier) -> bool:
    """Return whether MGEN's own staff ask of their retirement or dismissal."""
    said = dossier.get("nouvelle_situation")
    return bool(said == STAFF or (said in ("retraite", "depart_champ") and dossier.get("ancien_de_mgen")))


def _situation(dossier: Dossier) -> str | None:
    """Return what changes; a child's birth told without a word more is that of a child who grows too old."""
    said: str | None = dossier.get("nouvelle_situation")
    if leaves_mgen(dossier):
        return STAFF
    if said == "enfant_adhere" and dossier.get("qualite") == "conjoint":
        return "separation"  # who joins in his own name is the spouse
    if said in (None, "retraite") and dossier.get("question_repasser_actif"):
        return "reprise_activite"
    if said == "fin_etudes" and dossier.get("qualite") != "jeune" and dossier.get("lien_famille") == "enfant":
        return "enfant_travaille"
    return said or (None if birth_year(dossier) is None else "enfant_trop_age")


def _leaving(dossier: Dossier, situation: str) -> Draft:
    reasons = (
        holds("reste_associe", article_msp("22")),
        holds("maintien_trois_mois", article_msp("22")),
        holds("declarer_le_changement", article_msp("10-3")),
    )
    amounts = (period("delay", "associe_delai", "months", dossier),)
    warnings = ("oji_a_tout_age",) if situation == "fin_etudes" else ()
    event = dossier.get("date_evenement") or dossier.get("date_debut_contrat_travail")
    if event is None:
        return Draft("granted", situation, reasons, amounts, warnings=warnings)
    dates = {"deadline": add_months_clamped(event, figure("associe_delai", dossier))}
    return Draft("granted", f"{situation}_date", reasons, amounts, dates, warnings=warnings)


def _staff(dossier: Dossier) -> Draft:
    """Decide for MGEN's own staff: the request stands within three months of the retirement (article 1)."""
    reasons = (holds("ancien_personnel", article_msp("1")), holds("personnel_retraite", article_msp("22")))
    amounts = (period("delay", "adhesion_personnel_delai", "months", dossier),)
    conditions = ("contrat_ues_mgen",)
    event = dossier.get("date_evenement")
    if event is None:
        return Draft("granted", STAFF, reasons, amounts, conditions=conditions)
    dates = {"deadline": add_months_clamped(event, figure("adhesion_personnel_delai", dossier))}
    if (asked_on(dossier) or dossier.on) > dates["deadline"]:
        return Draft("denied", "trop_tard", reasons, amounts, dates, contacts=PHONE)
    return Draft("granted", f"{STAFF}_date", reasons, amounts, dates, conditions)


def _working_child(dossier: Dossier) -> Draft:
    """Decide for a child who starts work: nothing changes before 31 December of the year of 29 (article 22-II-2)."""
    reasons = (holds("enfant_jusqu_a_29_ans", article_msp("22")),)
    amounts = (period("last_age", "enfant_beneficiaire_age", "age", dossier),)
    lost = _lost_on(dossier, "enfant_trop_age")
    if lost is None:
        return Draft("granted", "enfant_travaille", reasons, amounts)
    if lost < dossier.on:
        return _lost_beneficiary(dossier, "enfant_trop_age")
    return Draft("granted", "enfant_travaille_date", reasons, amounts, {"end": lost})


def _lost_beneficiary(dossier: Dossier, situation: str) -> Draft:
    """Decide for a beneficiary who no longer is one: may join as associé within three months of the loss."""
    reasons = (
        holds("beneficiaire_associe", article_msp("22")),
        holds("maintien_trois_mois", article_msp("22")),
        fails("sinon_fin", article_msp("22")),
    )
    amounts = (period("delay", "associe_delai", "months", dossier),)
    lost = _lost_on(dossier, situation)
    if lost is None:
        return Draft("granted", situation, reasons, amounts)
    dates = {"deadline": add_months_clamped(lost, figure("associe_delai", dossier))}
    asked = asked_on(dossier)
    if asked is not None and asked > dates["deadline"]:
        return Draft("denied", "trop_tard", reasons[2:], amounts, dates, contacts=PHONE)
    if asked is None and dossier.on > dates["deadline"]:
        return Draft("denied", "delai_passe", reasons, amounts, dates, contacts=PHONE)
    return Draft("granted", f"{situation}_date", reasons, amounts, {**dates, "lost": lost})


def _lost_on(dossier: Dossier, situation: str) -> date | None:
    """Return the day the quality of beneficiary was lost: for a child, the end of the year of 29."""
    if situation in ("separation", "perte_qualite"):
        event: date | None = dossier.get("date_evenement")
        return event
    year = birth_year(dossier)
    return None if year is None else end_of_year(year + figure("enfant_beneficiaire_age", dossier))


# What article 22 leaves out for each category, by domain.
PREVOYANCE_DOMAINS = frozenset({"incapacite_invalidite", "dependance", "perte_autonomie", "deces"})
EVERYBODY = frozenset({"frais_sante", "maternite", "assistance", "action_sociale"})
EXCLUDED: Mapping[str, frozenset[str]] = {
    "actif": frozenset({"bonus_prevention", "couverture_internationale"}),
    "retraite": frozenset({"bonus_prevention", "couverture_internationale", "perte_autonomie"}),
    "associe": frozenset({"bonus_prevention", "couverture_internationale", "incapacite_invalidite"}),
    "conjoint": frozenset(
        {"bonus_prevention", "couverture_internationale", "incapacite_invalidite", "aides_solidaires"}
    ),
    "enfant": PREVOYANCE_DOMAINS | {"allocation_naissance", "aide_aidant"},
    "jeune": PREVOYANCE_DOMAINS | {"allocation_naissance", "aide_domicile", "dependance_sociale", "aide_aidant"},
}
OJI_ONLY_AS_ADULT = frozenset({"bonus_prevention", "couverture_internationale"})


@rule(
    "droits_par_qualite",
    title="À quelles prestations ma catégorie (actif, retraité, associé, jeune…) a-t-elle droit ?",
    references=tuple(article_msp(number) for number in ("22", "24", "32", "40", "43", "47-2")),
    facts=("contrat", "formule", "prevoyance", "domaine_prestation", "qualite", "age"),
)
@individual_only
def droits_par_qualite(dossier: Dossier) -> Answer:
    """Return whether a category is entitled to a chapter of benefits (MSP articles 22 and 24).

    Raises:
        FactNeeded: for the domain, the category, and an age where the child's decides.
    """
    domain = dossier.read("domaine_prestation")
    if domain in EVERYBODY:
        return Draft("granted", "tous", (holds("article_22", article_msp("22")),))
    if dossier.get("contrat") == "OJI" and dossier.get("qualite") is None:
        dossier.presume("qualite", "jeune")
        return _entitled(dossier, domain, "jeune")
    category = read_category(dossier, among=("actif", "retraite", "associe", "jeune", "conjoint", "enfant"))
    return _entitled(dossier, domain, category)


def _entitled(dossier: Dossier, domain: str, category: str) -> Draft:
    listed = "enfant" if category == "orphelin" else category
    details = {"category": category, "domain": domain}
    if listed == "enfant" and domain in OJI_ONLY_AS_ADULT:
        return _grown_child(dossier, domain, details)
    if category == "enfant" and domain == "aide_domicile":
        reasons = (
            holds("article_22", article_msp("22")),
            fails("article_40_ne_nomme_pas", article_msp("40")),
        )
        return Draft("depends", "enfant_aide_domicile", reasons, contacts=PHONE, details=details)
    if domain in EXCLUDED[listed]:
        return Draft("denied", f"exclu_{domain}", (fails("article_22_exclut", article_msp("22")),), details=details)
    if domain in PREVOYANCE_DOMAINS:
        return _prevoyance(dossier, domain, category, details)
    return Draft("granted", "droit", (holds("article_22", article_msp("22")),), details=details)


def _grown_child(dossier: Dossier, domain: str, details: dict[str, str]) -> Draft:
    """Decide what children have from 18 to 29 only; article 22 denies the bonus that article 32 grants."""
    age = dossier.read("age")
    if age < figure("majorite_age", dossier):
        return Draft("denied", "enfant_mineur", (fails("article_22_exclut", article_msp("22")),), details=details)
    if domain == "couverture_internationale":
        return Draft("granted", "droit", (holds("article_22", article_msp("22")),), details=details)
    reasons = (fails("article_22_exclut", article_msp("22")), holds("article_32_accorde", article_msp("32")))
    return Draft("depends", "bonus_prevention_contredit", reasons, contacts=PHONE, details=details)


def _prevoyance(dossier: Dossier, domain: str, category: str, details: dict[str, str]) -> Draft:
    """Decide by the formule (article 24): in Initiale, incapacity and invalidity of actifs only."""
    both = (holds("article_22", article_msp("22")), fails("article_24_limite", article_msp("24")))
    if category == "retraite" and domain == "incapacite_invalidite":
        three = (*both, fails("article_43_actifs", article_msp("43")))
        return Draft("depends", "retraite_incapacite", three, contacts=PHONE, details=details)
    if dossier.get("prevoyance") == "aucune":
        reasons: tuple[Reason, ...] = (fails("sans_prevoyance", article_msp("24")),)
        return Draft("denied", "sans_prevoyance", reasons, details=details)
    reasons = (holds("article_22", article_msp("22")), holds("article_24_donne", article_msp("24")))
    if category == "actif" and domain == "incapacite_invalidite":
        return Draft("granted", "droit", reasons, details=details)
    if dossier.get("formule") == "Initiale":
        return Draft("depends", "initiale", both, contacts=PHONE, details=details)
    if category == "conjoint" and domain == "deces":  # covered only some months after joining, an accident aside
        waits = (*reasons, fails("delai_conjoint", article_msp("47-2")))
        return Draft("depends", "conjoint_deces", waits, details=details)
    conditions = ("avec_prevoyance",) if dossier.get("prevoyance") is None else ()
    return Draft("granted", "droit", reasons, conditions=conditions, details=details)


@rule(
    "statuts_et_reglement",
    title="Comment suis-je informé des statuts, du règlement et de leurs changements ?",
    references=(article_statuts("52"),),
    facts=("contrat", "formule"),
)
def statuts_et_reglement(dossier: Dossier) -> Decision:
    """Return that a member gets free copies and is bound by changes once notified (statuts, article 52)."""
    case = "collectif" if collective(dossier) else "individuel"
    reasons = (
        holds(f"copie_gratuite_{case}", article_statuts("52")),
        holds("modification_notifiee", article_statuts("52")),
    )
    return Draft("granted", case, reasons).decision("statuts_et_reglement", dossier)


@rule(
    "membre_des_autres_mutuelles",
    title="Puis-je refuser d'être membre de MGEN Action sanitaire et sociale et de MGEN Centres de santé ?",
    references=(article_statuts("9"), *SISTERS),
    facts=("contrat", "formule", "depart_d_une_mutuelle"),
)
@individual_only
def membre_des_autres_mutuelles(dossier: Dossier) -> Answer:
    """Return that membership of the two other mutuals cannot be waived (statuts, article 9).

    To leave one of them is to leave MGEN too (their statuts, article 9).
    """
    presume_individual(dossier)
    if dossier.get("depart_d_une_mutuelle"):
        linked = (fails("sans_renonciation", article_statuts("9")), *(fails("depart_lie", one) for one in SISTERS))
        return Draft("denied", "depart_lie", linked)
    reasons = (fails("sans_renonciation", article_statuts("9")),)
    return Draft("denied", "sans_renonciation", reasons)
