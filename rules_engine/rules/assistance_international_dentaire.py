"""Teeth, eyes and paying in advance abroad, ÔJI: annexe 3, Couverture internationale, and notice IMA."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.money import ZERO, percent_of, to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import ANNEXE, CONTRACT_FACTS, Answers, amount, ima
from rules_engine.rules.assistance_international_conditions import (
    AMERICA,
    call_contacts,
    oji_abroad,
    place_warnings,
    zone_refusal,
)
from rules_engine.rules.assistance_international_frais import DEDUCTED, cover, home_refusal


@rule(
    "etranger_dentaire",
    title="Combien ÔJI paie-t-elle des soins dentaires à l'étranger ?",
    references=(ANNEXE, ima("5"), article_msp("9")),
    facts=(
        *CONTRACT_FACTS,
        "zone_sejour",
        "soin_dentaire_etranger",
        "couverture_internationale",
        "nb_protheses",
        "prix",
    ),
)
@oji_abroad
def etranger_dentaire(answers: Answers) -> Decision | NotApplicable:
    """Return what dental care abroad is paid: € a prosthesis after an accident, % of emergency care, CCI's yearly €.

    Sources: annexe 3, Couverture internationale, "Dentaire" (care that could not be foreseen, or after an accident);
    notice IMA, article 5 (IMA itself pays no outpatient dental care).

    Raises:
        FactNeeded: for the contract, the kind of care, the cover.
    """
    dossier = answers.dossier
    refusal = home_refusal(answers)
    if refusal is not None:
        return refusal
    asked = dossier.get("soin_dentaire_etranger") or dossier.get("prix")
    if asked is None and dossier.get("couverture_internationale") == "CCI":
        return _complement_figures(answers)
    kind = dossier.read("soin_dentaire_etranger")
    if kind == "prevu":
        return answers.refused("prevu", ANNEXE, conditions=("ticket_moderateur",))
    return _dental(answers, kind, cover(dossier))


def _complement_figures(answers: Answers) -> Decision:
    """Return what the complement adds a year (€), with what both kinds of covered care are paid."""
    dossier = answers.dossier
    return answers.decided(
        "granted",
        "forfait_cci",
        holds("dentaire", ANNEXE),
        fails("ima_dentaire", ima("5")),
        amounts=(
            amount("extra_yearly", "etranger_dentaire_forfait_cci", "EUR", dossier, "year"),
            amount("amount", "etranger_dentaire_prothese", "EUR", dossier, "prosthesis"),
            amount("rate", "etranger_dentaire_taux", "percent", dossier),
        ),
        conditions=(DEDUCTED,),
        warnings=place_warnings(dossier.get("zone_sejour")),
    )


def _dental(answers: Answers, kind: str, which: str) -> Decision:
    dossier = answers.dossier
    bill = dossier.get("prix")
    count = dossier.get("nb_protheses") if kind == "prothese_accident" else None
    if kind == "prothese_accident":
        printed = amount("amount", "etranger_dentaire_prothese", "EUR", dossier, "prosthesis")
        paid = None if count is None and bill is None else (printed.value or ZERO) * (count or 1)
    else:
        printed = amount("rate", "etranger_dentaire_taux", "percent", dossier)
        paid = None if bill is None else percent_of(printed.value or ZERO, bill)
    amounts = [printed]
    if which == "CCI":
        amounts.append(amount("extra_yearly", "etranger_dentaire_forfait_cci", "EUR", dossier, "year"))
    if paid is not None:
        extra = amounts[-1].value if which == "CCI" and bill is not None else None
        amounts.insert(0, Amount("total", to_cents(_capped(paid + (extra or ZERO), bill)), "EUR"))
    case = f"{kind}_{which.lower()}" + ("_total" if paid is not None else "")
    return answers.decided(
        "granted",
        case,
        holds("dentaire", ANNEXE),
        fails("ima_dentaire", ima("5")),
        amounts=amounts,
        conditions=(DEDUCTED,),
        warnings=place_warnings(dossier.get("zone_sejour")),
        bill=bill,
        count=count or 1,
    )


def _capped(paid: Decimal, bill: Decimal | None) -> Decimal:
    return paid if bill is None else min(paid, bill)


@rule(
    "etranger_optique",
    title="Combien ÔJI paie-t-elle des lunettes ou des lentilles à l'étranger ?",
    references=(ANNEXE, article_msp("9")),
    facts=(*CONTRACT_FACTS, "zone_sejour", "optique_etranger", "couverture_internationale", "prix"),
)
@oji_abroad
def etranger_optique(answers: Answers) -> Decision | NotApplicable:
    """Return what lenses (€ a civil year) or glasses (table of the formule) are paid abroad, and CCI's yearly €.

    Sources: annexe 3, Couverture internationale, "Optique".

    Raises:
        FactNeeded: for the contract, the equipment, the cover.
    """
    dossier = answers.dossier
    refusal = home_refusal(answers)
    if refusal is not None:
        return refusal
    kind, which = dossier.read("optique_etranger"), cover(dossier)
    amounts = [] if kind == "lunettes" else [amount("yearly", "etranger_lentilles", "EUR", dossier, "year")]
    if which == "CCI":
        amounts.append(amount("extra_yearly", "etranger_optique_forfait_cci", "EUR", dossier, "year"))
    bill = dossier.get("prix") if kind == "lentilles" else None
    if bill is not None:
        most = sum((found.value or ZERO for found in amounts), ZERO)
        amounts.insert(0, Amount("total", to_cents(min(bill, most)), "EUR"))
    return answers.decided(
        "granted",
        f"{kind}_{which.lower()}" + ("" if bill is None else "_total"),
        holds("optique", ANNEXE),
        amounts=amounts,
        conditions=(DEDUCTED,),
        warnings=place_warnings(dossier.get("zone_sejour")),
        bill=bill,
    )


@rule(
    "etranger_avance_frais",
    title="Dois-je avancer les frais à l'étranger avec ÔJI ?",
    references=(ANNEXE, ima("2-2-1"), ima("2-2-2"), ima("2-1"), ima("1-3"), article_msp("9")),
    facts=(*CONTRACT_FACTS, "zone_sejour", "soin_etranger", "reseau_agree_etranger"),
)
@oji_abroad
def etranger_avance_frais(answers: Answers) -> Decision | NotApplicable:
    """Return whether the member pays first: no in an agreed hospital called before, nor in the HCS network (USA).

    Sources: annexe 3, Couverture internationale (direct payment, and its last notes); notice IMA, articles
    2-1, 2-2-1 and 2-2-2.

    Raises:
        FactNeeded: for the contract, the act, the country or the network.
    """
    dossier = answers.dossier
    refusal = home_refusal(answers)
    if refusal is not None:
        return refusal
    if dossier.read("soin_etranger", among=("hospitalisation", "generaliste")) == "hospitalisation":
        return _hospital_advance(answers)
    return _outpatient_advance(answers)


def _hospital_advance(answers: Answers) -> Decision:
    dossier = answers.dossier
    contacts = call_contacts(dossier.get("zone_sejour"))
    refusal = zone_refusal(answers)
    if refusal is not None:
        return refusal
    if not dossier.read("reseau_agree_etranger"):
        reason = fails("hors_reseau_avance", ANNEXE)
        return answers.decided(
            "denied", "hopital_hors_reseau", reason, conditions=("transport_urgence",), contacts=contacts
        )
    return answers.decided(
        "granted",
        "hopital_agree",
        holds("dispense_hopital", ANNEXE),
        holds("appel_regle", ima("2-1")),
        holds("assure_social", ima("2-2-1")),
        conditions=("appel_prealable", "part_opam", "assure_social"),
        contacts=contacts,
    )


def _outpatient_advance(answers: Answers) -> Decision:
    dossier = answers.dossier
    zone = dossier.read("zone_sejour", among=("etats_unis", "canada", "autre_pays"))
    reasons: tuple[Reason, ...]
    if zone == "etats_unis":
        reasons = (holds("reseau_hcs", ANNEXE), holds("carte_hcs", ima("2-2-2")))
        return answers.decided("granted", "usa", *reasons, conditions=("carte",), contacts=("telephone_hcs",))
    if zone in AMERICA:
        reasons = (holds("amerique_reseau", ANNEXE), fails("reste_du_monde", ANNEXE))
        return answers.decided(
            "depends", "amerique", *reasons, warnings=("amerique_deux_lectures",), contacts=("telephone_hcs",)
        )
    return answers.refused("reste_du_monde", ANNEXE)
