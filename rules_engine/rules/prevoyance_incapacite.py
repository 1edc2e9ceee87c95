"""Daily allowances during sick leave: règlement MGEN Santé Prévoyance, article 43."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.dates_prevoyance import day_after, first_day_after_period_from
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_attente import for_late_joining
from rules_engine.rules.prevoyance_commun import (
    ART_8,
    ART_11,
    ART_22,
    ART_24,
    ART_25,
    WHO,
    Draft,
    days_back_at_work,
    figure,
    prevoyance_of,
    refusal,
    whole,
)
from rules_engine.rules.prevoyance_demandes import CLAIM_FACTS, asked_deadline
from rules_engine.rules.prevoyance_invalidite import DURATION_FACTS, invalidite_duree

ART_43_1, ART_43_3, ART_43_6, ART_43_7 = (article_msp(f"43-{point}") for point in (1, 3, 6, 7))
PUBLIC_LEAVES = frozenset(
    [
        "conge_maladie_ordinaire",
        "conge_longue_maladie",
        "conge_grave_maladie",
        "conge_longue_duree",
        "disponibilite_office",
        "allocation_invalidite_temporaire",
    ]
)
# What tells which formule was in force on the first day of the leave.
CHANGE = ("date_changement_prevoyance", "changement_renforcee")
RIGHT = "allocation_journaliere_droit"
START = "allocation_journaliere_debut"
DEDUCTIBLE = "allocation_journaliere_carence"
NEW_LEAVE = "allocation_journaliere_nouvel_arret"
END = "allocation_journaliere_fin"


@rule(
    RIGHT,
    title="Ai-je droit aux allocations journalières pendant mon arrêt de travail ?",
    references=(ART_43_1, ART_43_6, ART_43_7, ART_11, ART_22, ART_24),
    facts=(
        *WHO,
        "situation_arret",
        "date_arret",
        "arret_deja_en_cours",
        "date_adhesion",
        "date_entree_champ",
        "venu_de_initiale",
        "date_invalidite",
        *CLAIM_FACTS,
        "date_demi_traitement",
        "date_indemnites_secu",
    ),
)
def allocation_journaliere_droit(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a leave opens the daily allowances.

    Sources: articles 43-1 (who, which leaves, event, waiting period), 43-7, 22 and 24.

    Raises:
        FactNeeded: for the date of entry in the profession, when the leave begins within the waiting period.
    """
    draft = Draft(RIGHT, dossier)
    return (
        refusal(draft, "incapacite", ART_43_1)
        or _leave_refused(draft)
        or _date_refused(draft)
        or _waiting_refused(draft)
        or asked_deadline(dossier, "incapacite")
        or _granted(draft)
    )


def _leave_refused(draft: Draft) -> Decision | None:
    leave = draft.dossier.get("situation_arret")
    if leave in PUBLIC_LEAVES or leave == "indemnites_secu":
        draft.because("situation_indemnisee", True, ART_43_1)
        return None
    if leave is None:
        draft.conditions.append("situation_indemnisee")
        return None
    if leave == "accident_service":
        return draft.open("accident_service", ART_43_1)
    if leave == "temps_partiel_therapeutique":
        return draft.open("temps_partiel_therapeutique", ART_43_1, ART_43_6)
    return draft.refused("maternite" if leave == "maternite" else "autre_conge", ART_43_1)


def _date_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    started, joined = dossier.get("date_arret"), dossier.get("date_adhesion")
    if (started and joined and started < joined) or dossier.get("arret_deja_en_cours"):
        return draft.refused("arret_avant_adhesion", ART_43_1, ART_11)
    if started and started == joined:
        return draft.open("arret_jour_adhesion", ART_43_1, ART_11)
    placed = dossier.get("date_invalidite")
    if placed and started:
        if started <= placed:
            return draft.refused("arret_avant_invalidite", ART_43_6, ART_43_7)
        draft.because("apres_invalidite", True, ART_43_7)
        draft.conditions.append("reprise_apres_invalidite")
    return None


def _waiting_refused(draft: Draft) -> Decision | None:
    started = draft.dossier.get("date_arret")
    waiting = for_late_joining(draft.dossier, "incapacite", started, ask=started is not None)
    if waiting.bars(started):
        assert waiting.end
        draft.dates["end"] = waiting.end
        return draft.refused("delai_attente", ART_43_1, length=waiting.length.value)
    if waiting.applies is not False:
        draft.conditions.append("delai_attente_date" if waiting.end and waiting.applies else "delai_attente")
        if waiting.end and waiting.applies:
            draft.dates["end"] = waiting.end
    draft.because("delai_attente", waiting.applies is not True, ART_43_1, length=waiting.length.value)
    return None


def told_refused(draft: Draft) -> Decision | None:
    """Return that a leave is not paid when it began before joining or within the waiting period; else None.

    Only dates that were told decide.

    Raises:
        FactNeeded: for the date of entry in the profession, when the leave begins within the waiting period.
    """
    dossier = draft.dossier
    if dossier.get("arret_deja_en_cours"):
        return _date_refused(Draft(draft.rule, dossier))
    if dossier.get("date_adhesion") is None or dossier.get("date_arret") is None:
        return None
    trial = Draft(draft.rule, dossier)
    return _date_refused(trial) or _waiting_refused(trial)


def _granted(draft: Draft) -> Decision:
    draft.because("membre_actif", True, ART_43_1)
    draft.documents += ["formulaire_prestation", "pieces_demandees"]
    return draft.close("granted", "droit")


def enhanced(dossier: Dossier) -> bool:
    """Whether the member has Prévoyance Actif Renforcée, on the first day of the leave where it changed later.

    Sources: articles 11 and 25 (a change leaves benefits in course at the level of the day of the event).

    Raises:
        FactNeeded: when the formule de prévoyance is unknown.
    """
    before = _before_change(dossier)
    if before is not None:
        return before
    formule = prevoyance_of(dossier)
    if formule in (None, "actif_ou_renforcee"):
        formule = dossier.read("prevoyance", among=("actif", "actif_renforcee"))
    return formule == "actif_renforcee"


def changed_later(dossier: Dossier) -> bool:
    """Whether the formule de prévoyance changed after the first day of the leave."""
    return _before_change(dossier) is not None


def _before_change(dossier: Dossier) -> bool | None:
    """Return whether the leave began in Renforcée, where the formule de prévoyance changed after its first day."""
    changed, stopped = dossier.get("date_changement_prevoyance"), dossier.get("date_arret")
    move = dossier.get("changement_renforcee")
    if changed and stopped and stopped < changed and move in ("vers", "depuis"):
        return bool(move == "depuis")
    return None


@rule(
    START,
    title="À partir de quand les allocations journalières sont-elles versées ?",
    references=(ART_43_3, ART_43_1, ART_11, ART_22, ART_24),
    facts=(
        *WHO,
        "niveau_traitement",
        "regime_travail",
        "date_arret",
        "arret_deja_en_cours",
        "date_demi_traitement",
        "date_indemnites_secu",
        "jours_arret_12_mois",
        "jours_reprise",
        "date_adhesion",
        "date_entree_champ",
        "venu_de_initiale",
        *CHANGE,
    ),
)
def allocation_journaliere_debut(dossier: Dossier) -> Decision | NotApplicable:
    """Return when the payment begins, as a date where the dates are known.

    Sources: article 43-3: half pay or 60 % of pay, or cash benefits of the Sécurité sociale; in Renforcée, during
    full pay, after 90 days counted over 12 months, and no later than the others; article 43-1 (never, for a leave
    begun before joining or within the waiting period).

    Raises:
        FactNeeded: for the formule de prévoyance; for the date of entry, for a leave within the waiting period.
    """
    if dossier.get("jours_reprise") is not None:
        return allocation_journaliere_nouvel_arret(dossier)
    draft = Draft(START, dossier)
    denied = refusal(draft, "incapacite", ART_43_3) or told_refused(draft)
    if denied:
        return denied
    at_latest = dossier.get("date_demi_traitement") or dossier.get("date_indemnites_secu")
    if dossier.get("niveau_traitement") in ("demi", "soixante") and not at_latest:
        return _started(draft)
    if enhanced(dossier):
        return _enhanced_start(draft, at_latest)
    draft.because("debut_demi_traitement", True, ART_43_3, rate=_sixty(dossier))
    if at_latest:
        draft.dates["start"] = at_latest
        return draft.close("granted", "date")
    if dossier.get("niveau_traitement") == "plein":
        return draft.close("denied", "plein_traitement", (_sixty_amount(dossier),))
    case = {"regime_general": "secu", "contractuel_moins_4_mois": "secu", None: "regle"}
    return draft.close(
        "granted", case.get(dossier.get("regime_travail"), "fonction_publique"), (_sixty_amount(dossier),)
    )


def _started(draft: Draft) -> Decision:
    draft.because("debut_demi_traitement", True, ART_43_3, rate=_sixty(draft.dossier))
    return draft.close("granted", "demi_traitement", (_sixty_amount(draft.dossier),))


def _sixty(dossier: Dossier) -> Decimal:
    return figure("allocations_journalieres_seuil_traitement", dossier)


def _sixty_amount(dossier: Dossier) -> Amount:
    return Amount("seuil", figure("allocations_journalieres_seuil_traitement", dossier), "percent")


def _enhanced_start(draft: Draft, at_latest: date | None) -> Decision:
    dossier = draft.dossier
    days = whole("allocations_journalieres_franchise_renforcee", dossier)
    months = whole("allocations_journalieres_franchise_periode", dossier)
    draft.because("franchise_renforcee", True, ART_43_3, days=days, months=months)
    amounts = (
        Amount("franchise", figure("allocations_journalieres_franchise_renforcee", dossier), "days"),
        Amount("periode", figure("allocations_journalieres_franchise_periode", dossier), "months"),
    )
    stopped, before = dossier.get("date_arret"), dossier.get("jours_arret_12_mois")
    if stopped is None and before and not at_latest:
        draft.details["jours"] = before
        rest = Amount("reste", Decimal(max(0, days - before)), "days")
        draft.warnings.append("decompte_franchise_reste")
        return draft.close("granted", "renforcee_reste" if before < days else "renforcee_faite", (rest, *amounts))
    if stopped is None:
        if at_latest:
            draft.dates["start"] = at_latest
        return draft.close("granted", "renforcee_au_plus_tard" if at_latest else "renforcee", amounts)
    start = first_day_after_period_from(stopped, max(0, days - (before or 0)))
    draft.dates["start"] = min(start, at_latest) if at_latest else start
    draft.warnings.append("decompte_franchise")
    if before is None:
        draft.conditions.append("jours_anterieurs")
    if at_latest is None:
        draft.conditions.append("au_plus_tard_demi_traitement")
    return draft.close("granted", "renforcee_date", amounts)


@rule(
    DEDUCTIBLE,
    title="Le délai de carence de la Sécurité sociale est-il indemnisé ?",
    references=(ART_43_3, ART_22, ART_24),
    facts=(*WHO, "regime_travail"),
)
def allocation_journaliere_carence(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the unpaid first days are paid, less the benefits they would have given (article 43-3)."""
    draft = Draft(DEDUCTIBLE, dossier)
    denied = refusal(draft, "incapacite", ART_43_3)
    if denied:
        return denied
    if dossier.get("regime_travail") in ("fonctionnaire", "contractuel_plus_4_mois"):
        return draft.not_applicable("carence_fonction_publique", ART_43_3)
    draft.because("carence_secu", True, ART_43_3)
    return draft.close("granted", "carence")


@rule(
    NEW_LEAVE,
    title="Mon nouvel arrêt compte-t-il comme un nouvel arrêt ou comme une suite du précédent ?",
    references=(ART_43_1,),
    facts=("jours_reprise", "date_reprise", "date_arret"),
)
def allocation_journaliere_nouvel_arret(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a leave is a new event: after at least 30 days back at work (article 43-1)."""
    draft = Draft(NEW_LEAVE, dossier)
    needed = whole("allocations_journalieres_reprise_min", dossier)
    amount = (Amount("reprise", figure("allocations_journalieres_reprise_min", dossier), "days"),)
    worked = days_back_at_work(dossier)
    if worked is None:
        draft.because("reprise_minimale", True, ART_43_1, days=needed)
        return draft.close("depends", "regle", amount)
    draft.details["jours"] = worked
    draft.because("reprise_minimale", worked >= needed, ART_43_1, days=needed)
    return (
        draft.close("granted", "nouvel_arret", amount) if worked >= needed else draft.close("denied", "suite", amount)
    )


@rule(
    END,
    title="Quand les allocations journalières s'arrêtent-elles ?",
    references=(ART_43_6, ART_8, ART_25),
    facts=(
        "garantie_prevoyance",
        "evenement_fin",
        "situation_arret",
        "date_evenement",
        "date_deces_adherent",
        *DURATION_FACTS,
    ),
)
def allocation_journaliere_fin(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an event ends the payment, and on which day after a death (articles 43-6, 8, 25).

    The allowances of disability are told apart: their end is that of article 44.
    """
    draft = Draft(END, dossier)
    event = dossier.get("evenement_fin")
    if dossier.get("garantie_prevoyance") == "invalidite" and event != "invalidite":
        return invalidite_duree(dossier)
    if event in (None, "reprise") and dossier.get("situation_arret") == "temps_partiel_therapeutique":
        return draft.open("temps_partiel_therapeutique", ART_43_6)
    if event is None:
        draft.because("fin_allocations", True, ART_43_6)
        return draft.close("depends", "liste")
    if event == "changement_formule":
        draft.because("maintien_niveau", True, ART_25)
        return draft.close("granted", "changement_formule")
    if event in ("dependance", "guerison", "capital"):
        draft.because("fin_allocations", True, ART_43_6)
        return draft.close("depends", "liste")
    draft.because(f"fin_{event}", False, ART_43_6)
    if event in ("demission", "resiliation"):
        draft.because("interruption", False, ART_8)
    day = dossier.get("date_deces_adherent") or dossier.get("date_evenement")
    if event == "deces" and day:
        draft.dates["end"] = day_after(day)
        return draft.close("denied", "deces_date")
    return draft.close("denied", event)
