"""Total dependency: règlement MGEN Santé Prévoyance, article 45."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import MONTHS_OF_A_YEAR, first_of_next_month_after
from rules_engine.dates_prevoyance import first_day_after_period_from, next_anniversary_on_or_after
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_attente import for_dependance
from rules_engine.rules.prevoyance_commun import (
    ART_8,
    ART_11,
    ART_22,
    ART_24,
    WHO,
    Draft,
    claim_refused,
    euros_amount,
    figure,
    refusal,
    text,
    whole,
)
from rules_engine.rules.prevoyance_demandes import CLAIM_FACTS, asked_deadline

ART_45_2, ART_45_3, ART_45_4, ART_45_6 = (article_msp(f"45-{point}") for point in (2, 3, 4, 6))
PENSION = "dependance_rente"
AMOUNT = "dependance_montant"
START = "dependance_debut"
AT_HOME = "dependance_maintien_domicile"
CLASSIFICATION = "dependance_classement"
PROOF = "dependance_justificatif_annuel"
END = "dependance_fin"
TOTAL = frozenset({"gir_1", "gir_2"})
# What tells whether the state is one to stay, and whether it began before joining or within the waiting period.
ENTRY = ("etat_consolide", "date_gir", "date_adhesion", "origine_sinistre", "dependant_a_l_adhesion")


@rule(
    PENSION,
    title="Ai-je droit à la rente de dépendance totale, et de combien est-elle ?",
    references=(ART_45_2, ART_45_3, ART_45_4, ART_45_6, ART_11, ART_22, ART_24),
    facts=(
        *WHO,
        "gir",
        *ENTRY,
        *CLAIM_FACTS,
    ),
)
def dependance_rente(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the monthly rente (€) is due, from which day, and until when to claim it.

    Sources: articles 45-2 (GIR 1 or 2), 45-3 (waiting period of 3 years for an illness), 45-4 (120 €, franchise
    of 90 days), 45-6 (claim within 2 years), 22 and 24.

    Raises:
        FactNeeded: for the GIR, and for the cause of a dependency classified within the 3 years.
    """
    draft = Draft(PENSION, dossier)
    return (
        _deadline(dossier)
        or refusal(draft, "dependance", ART_45_3)
        or _state_refused(draft)
        or _date_refused(draft)
        or claim_refused(draft, "date_gir", "dependance_delai_demande", ART_45_6)
        or _granted(draft)
    )


def _deadline(dossier: Dossier) -> Decision | NotApplicable | None:
    """Return until when to claim, where that is asked of a person classified in GIR 1 or 2."""
    return asked_deadline(dossier, "dependance") if dossier.get("gir") in (None, *TOTAL) else None


def _state_refused(draft: Draft) -> Decision | None:
    group = draft.dossier.read("gir")
    if group not in TOTAL:
        return draft.refused("gir_insuffisant" if group != "non_classe" else "non_classe", ART_45_2)
    if draft.dossier.get("etat_consolide") is False:
        return draft.refused("etat_non_consolide", ART_45_2)
    draft.because("gir_1_ou_2", True, ART_45_2, groups=text("dependance_gir", draft.dossier))
    return None


def _date_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    classified, joined = dossier.get("date_gir"), dossier.get("date_adhesion")
    if dossier.get("dependant_a_l_adhesion") or (classified and joined and classified < joined):
        return draft.refused("deja_dependant", ART_45_3, ART_11)
    waiting = for_dependance(dossier, classified)
    years = waiting.length.value
    if waiting.bars(classified):
        assert waiting.end
        draft.dates["end"] = waiting.end
        return draft.refused("delai_attente", ART_45_3, years=years)
    if waiting.applies is not False and not (classified and waiting.end):
        draft.conditions.append("delai_attente")
    known = "delai_attente_ecoule" if classified and waiting.end else "delai_attente_maladie"
    draft.because("accident_sans_attente" if waiting.why == "accident" else known, True, ART_45_3, years=years)
    return None


def told_refused(draft: Draft) -> Decision | None:
    """Return the refusal that the GIR and the dates told decide; None when they decide nothing.

    Raises:
        FactNeeded: for the cause of a dependency classified within the waiting period.
    """
    trial = Draft(draft.rule, draft.dossier)
    state = None if draft.dossier.get("gir") is None else _state_refused(trial)
    return state or _date_refused(trial)


def _granted(draft: Draft) -> Decision:
    dossier = draft.dossier
    classified = dossier.get("date_gir")
    if classified:
        draft.dates["start"] = start_of_pension(dossier, classified)
        draft.warnings.append("franchise_un_jour")
    amount = euros_amount("amount", figure("dependance_rente_mensuelle", dossier), "month")
    draft.because("rente", True, ART_45_4, amount=amount.value)
    draft.because("franchise", True, ART_45_4, days=whole("dependance_franchise", dossier))
    draft.documents += ["formulaire_prestation", "attestation_apa"]
    return draft.close("granted", "rente_date" if classified else "rente", (amount, _franchise(dossier)))


@rule(
    AMOUNT,
    title="De combien est la rente de dépendance totale ?",
    references=(ART_45_4, ART_45_2, ART_45_3, ART_11, ART_22, ART_24),
    facts=(*WHO, "gir", "montant_sur_un_an", *ENTRY),
)
def dependance_montant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the monthly rente (€), or that of a year, the same for all.

    Sources: articles 45-4-1, 45-3 (never before joining, waiting period).

    Raises:
        FactNeeded: for the cause of a dependency classified within the waiting period.
    """
    draft = Draft(AMOUNT, dossier)
    denied = refusal(draft, "dependance", ART_45_4) or told_refused(draft)
    if denied:
        return denied
    amount = euros_amount("amount", figure("dependance_rente_mensuelle", dossier), "month")
    draft.because("rente", True, ART_45_4, amount=amount.value)
    draft.because("gir_1_ou_2", True, ART_45_2, groups=text("dependance_gir", dossier))
    if dossier.get("montant_sur_un_an"):
        assert amount.value is not None
        yearly = euros_amount("yearly", to_cents(MONTHS_OF_A_YEAR * amount.value), "year")
        return draft.close("granted", "annuel", (yearly, amount, _franchise(dossier)))
    return draft.close("granted", "montant", (amount, _franchise(dossier)))


def _franchise(dossier: Dossier) -> Amount:
    return Amount("franchise", figure("dependance_franchise", dossier), "days")


def start_of_pension(dossier: Dossier, classified: date) -> date:
    """Return the first day paid: after 90 whole days from the first of the month after the classification."""
    days = whole("dependance_franchise", dossier)
    return first_day_after_period_from(first_of_next_month_after(classified), days)


@rule(
    START,
    title="À partir de quand la rente de dépendance est-elle versée ?",
    references=(ART_45_4, ART_45_2, ART_45_3, ART_11),
    facts=("gir", *ENTRY),
)
def dependance_debut(dossier: Dossier) -> Decision | NotApplicable:
    """Return the first day paid: 90 days from the first of the month after the classification (article 45-4).

    Never for a dependency of before joining, or of the waiting period (article 45-3).

    Raises:
        FactNeeded: for the cause of a dependency classified within the waiting period.
    """
    draft = Draft(START, dossier)
    denied = told_refused(draft)
    if denied:
        return denied
    classified = dossier.get("date_gir")
    draft.because("franchise", True, ART_45_4, days=whole("dependance_franchise", dossier))
    if classified is None:
        return draft.close("granted", "regle", (_franchise(dossier),))
    draft.dates["franchise_start"] = first_of_next_month_after(classified)
    draft.dates["start"] = start_of_pension(dossier, classified)
    draft.warnings.append("franchise_un_jour")
    return draft.close("granted", "date", (_franchise(dossier),))


@rule(
    AT_HOME,
    title="Ai-je droit au complément de maintien à domicile ?",
    references=(ART_45_4, ART_45_6, ART_45_2, ART_45_3, ART_11, ART_22, ART_24),
    facts=(
        *WHO,
        "gir",
        *ENTRY,
        "lieu_de_vie",
        "tierce_personne",
        "mois_a_domicile",
        "mois_en_etablissement",
        "montant_sur_un_an",
        "total_demande",
    ),
)
def dependance_maintien_domicile(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the yearly complement (€) is due: at home with help, 6 of the last 12 months.

    Sources: articles 45-4-1 and 45-6-2; 45-3 (like the rente, never before joining, waiting period).

    Raises:
        FactNeeded: for the cause of a dependency classified within the waiting period.
    """
    draft = Draft(AT_HOME, dossier)
    denied = refusal(draft, "dependance", ART_45_4) or told_refused(draft) or _home_refused(draft)
    if denied:
        return denied
    amount = euros_amount("amount", figure("dependance_maintien_domicile", dossier), "year")
    least, period = _home_months(dossier)
    draft.because("complement", True, ART_45_4, amount=amount.value)
    draft.because("mois_a_domicile", True, ART_45_4, least=least.value, period=period.value)
    draft.documents.append("certificat_maintien_domicile")
    draft.because("certificat_annuel", True, ART_45_6)
    if dossier.get("montant_sur_un_an") or dossier.get("total_demande"):
        rente = to_cents(MONTHS_OF_A_YEAR * figure("dependance_rente_mensuelle", dossier))
        assert amount.value is not None
        totals = (euros_amount("total", to_cents(rente + amount.value), "year"), euros_amount("rente", rente, "year"))
        return draft.close("granted", "annee", (*totals, amount, least, period))
    return draft.close("granted", "complement", (amount, least, period))


def _home_months(dossier: Dossier) -> tuple[Amount, Amount]:
    return (
        Amount("mois_min", figure("dependance_maintien_domicile_duree_min", dossier), "months"),
        Amount("periode", figure("dependance_maintien_domicile_periode", dossier), "months"),
    )


def _months_at_home(dossier: Dossier, period: Amount) -> int | None:
    """Return the months lived at home of the period: as said, or those not spent in an establishment."""
    said: int | None = dossier.get("mois_a_domicile")
    away: int | None = dossier.get("mois_en_etablissement")
    if said is not None or away is None or period.value is None:
        return said
    return int(period.value) - away


def _home_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    least, period = _home_months(dossier)
    months = _months_at_home(dossier, period)
    if months is not None and least.value is not None and months < least.value:
        return draft.refused("trop_peu_a_domicile", ART_45_4, least=least.value, period=period.value, months=months)
    if months is None and dossier.get("lieu_de_vie") == "etablissement":
        return draft.refused("etablissement", ART_45_4, least=least.value, period=period.value)
    if dossier.get("tierce_personne") is False:
        return draft.refused("sans_tierce_personne", ART_45_4)
    if dossier.get("tierce_personne") is None:
        draft.conditions.append("tierce_personne")
    if months is None:
        draft.conditions.append("mois_a_domicile")
    return None


@rule(
    CLASSIFICATION,
    title="Qui établit le classement en GIR, et quel classement est retenu ?",
    references=(ART_45_2, ART_45_4),
    facts=("gir", "droit_apa", "age"),
)
def dependance_classement(dossier: Dossier) -> Decision | NotApplicable:
    """Return who classifies: the APA, or the médecin consultant of MGEN without a right to it (article 45-2)."""
    draft = Draft(CLASSIFICATION, dossier)
    if dossier.get("gir") not in (None, *TOTAL):
        return draft.refused("gir_insuffisant", ART_45_2)
    draft.because("classement", True, ART_45_2)
    limit = whole("dependance_apa_age", dossier)
    right, age = dossier.get("droit_apa"), dossier.get("age")
    draft.details["age_apa"] = limit
    if right is False or (right is None and age is not None and age < limit):
        draft.because("verification_apa", True, ART_45_4, age=limit)
        draft.documents.append("questionnaire_medical")
        return draft.close("granted", "medecin_consultant")
    return draft.close("granted", "apa" if right else "regle")


@rule(
    PROOF,
    title="Quel justificatif dois-je envoyer chaque année pour garder la rente de dépendance ?",
    references=(ART_45_4,),
    facts=("date_gir", "maintien_domicile_percu", "certificat_oublie"),
)
def dependance_justificatif_annuel(dossier: Dossier) -> Decision | NotApplicable:
    """Return the certificate due on each anniversary of the classification, without which payment stops.

    Source: article 45-4-2; what was suspended is paid within 30 days of the documents.
    """
    draft = Draft(PROOF, dossier)
    draft.because("certificat_anniversaire", True, ART_45_4)
    draft.because("suspension", True, ART_45_4, days=whole("dependance_reversement_delai", dossier))
    draft.documents.append("certificat_annuel")
    if dossier.get("maintien_domicile_percu"):
        draft.documents.append("certificat_maintien_domicile")
    amounts = (Amount("reversement", figure("dependance_reversement_delai", dossier), "days"),)
    if dossier.get("certificat_oublie"):
        return draft.close("granted", "oublie", amounts)
    classified = dossier.get("date_gir")
    if classified is None:
        return draft.close("granted", "regle", amounts)
    draft.dates["anniversary"] = next_anniversary_on_or_after(classified, dossier.on)
    return draft.close("granted", "date", amounts)


@rule(
    END,
    title="Quand la rente de dépendance s'arrête-t-elle ?",
    references=(ART_45_4, ART_8),
    facts=("evenement_fin", "date_evenement", "date_deces_adherent"),
)
def dependance_fin(dossier: Dossier) -> Decision | NotApplicable:
    """Return the day on which rente and complement end: the first of the month after death or recovery.

    Sources: articles 45-4-3 and 8 (résiliation at the member's initiative).
    """
    draft = Draft(END, dossier)
    event = dossier.get("evenement_fin")
    draft.because("fin_rente", True, ART_45_4)
    if event in ("demission", "resiliation", "impayes"):
        return draft.refused("resiliation" if event != "impayes" else "impayes", ART_8)
    if event not in ("deces", "guerison"):
        return draft.close("depends", "regle")
    day = dossier.get("date_evenement")
    if event == "deces":
        day = dossier.get("date_deces_adherent") or day
    if day is None:
        return draft.close("denied", event)
    draft.dates["end"] = first_of_next_month_after(day)
    return draft.close("denied", f"{event}_date")
