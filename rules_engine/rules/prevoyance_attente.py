"""Waiting periods of the prévoyance: articles 12, 43-1, 44-1, 45-3, 46 and 47-2."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rules_engine.dates import add_months_clamped, add_years_clamped, end_of_year
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.references import Reference, article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import ART_12, COLLECTIVE, HEALTH, WHO, Draft, prevoyance_of, whole

ART_43_1, ART_44_1, ART_45_3 = article_msp("43-1"), article_msp("44-1"), article_msp("45-3")
ART_46_4, ART_47_2, ART_47_6 = article_msp("46-4"), article_msp("47-2"), article_msp("47-6")
LATE_JOINING = ("incapacite", "invalidite")


@dataclass(frozen=True)
class Waiting:
    """A waiting period as far as the facts tell.

    Attributes:
        applies: whether it bars an event before `end`; None when the facts do not tell.
        why: code of what settles it.
        end: first day covered, where the day of joining is known.
    """

    applies: bool | None
    why: str
    length: Amount
    reference: Reference
    end: date | None = None
    limit: date | None = None

    def bars(self, event: date | None) -> bool:
        """Whether an event falls within it: before its end, the last day excluded."""
        return bool(self.applies and event and self.end and event < self.end)


def for_late_joining(dossier: Dossier, guarantee: str, event: date | None, ask: bool) -> Waiting:
    """Return the waiting period of article 43-1 (12 months) or 44-1 (1 year, 2 for a prévoyance alone).

    It concerns who joined after 31 December of the second year after the one of entry; never MGEN Initiale,
    nor who comes from it.

    Raises:
        FactNeeded: for the date of entry or a prévoyance alone, when `ask` and they decide.
    """
    reference = ART_43_1 if guarantee == "incapacite" else ART_44_1
    shortest, longest = _lengths(dossier, guarantee)
    if prevoyance_of(dossier) in ("initiale", "initiale_inconnue") or dossier.get("venu_de_initiale"):
        return Waiting(False, "initiale", shortest, reference)
    joined = dossier.get("date_adhesion")
    if joined is None:
        return Waiting(None, "adhesion_inconnue", shortest, reference)
    if event and event >= _later(joined, longest):
        return _over(dossier, guarantee, joined, longest, reference)
    late, limit = _late(dossier, guarantee, joined, ask)
    if late is False:
        return Waiting(False, "adhesion_a_temps", shortest, reference, limit=limit)
    length = _length(dossier, shortest, longest, event is None or event >= _later(joined, shortest), ask)
    end = _later(joined, length)
    if event and event >= end:
        return Waiting(False, "ecoule", length, reference, end)
    return Waiting(late, "adhesion_tardive" if late else "entree_inconnue", length, reference, end)


def _over(dossier: Dossier, guarantee: str, joined: date, longest: Amount, reference: Reference) -> Waiting:
    late, limit = _late(dossier, guarantee, joined, ask=False)
    if late is False:
        return Waiting(False, "adhesion_a_temps", longest, reference, limit=limit)
    length = _length(dossier, _lengths(dossier, guarantee)[0], longest, True, ask=False)
    return Waiting(False, "ecoule", length, reference, _later(joined, length))


def _lengths(dossier: Dossier, guarantee: str) -> tuple[Amount, Amount]:
    if guarantee == "incapacite":
        months = Amount("delai", Decimal(whole("allocations_journalieres_delai_attente", dossier)), "months")
        return months, months
    both = Amount("delai", Decimal(whole("invalidite_delai_attente", dossier)), "years")
    single = Amount("delai", Decimal(whole("invalidite_delai_attente_prevoyance_seule", dossier)), "years")
    return both, single


def _length(dossier: Dossier, shortest: Amount, longest: Amount, matters: bool, ask: bool) -> Amount:
    if shortest == longest:
        return shortest
    by_itself = alone(dossier)
    if by_itself is None and ask and matters:
        by_itself = dossier.read("prevoyance_seule")
    return longest if by_itself else shortest


def alone(dossier: Dossier) -> bool | None:
    """Return whether the prévoyance was joined without a health formule: one that is named says no."""
    told: bool | None = dossier.get("prevoyance_seule")
    return False if told is None and dossier.get("formule") in HEALTH else told


def _late(dossier: Dossier, guarantee: str, joined: date, ask: bool) -> tuple[bool | None, date | None]:
    entry = dossier.read("date_entree_champ") if ask else dossier.get("date_entree_champ")
    if entry is None:
        return None, None
    years = whole(f"{guarantee}_adhesion_tardive", dossier)
    limit = end_of_year(entry.year + years)
    return joined > limit, limit


def _later(day: date, length: Amount) -> date:
    assert length.value is not None
    later = add_years_clamped if length.unit == "years" else add_months_clamped
    return later(day, int(length.value))


def for_dependance(dossier: Dossier, event: date | None) -> Waiting:
    """Return the waiting period of article 45-3: 3 years for an illness, none for an accident.

    Raises:
        FactNeeded: for the cause, when the event falls within the 3 years.
    """
    length = Amount("delai", Decimal(whole("dependance_delai_attente", dossier)), "years")
    joined = dossier.get("date_adhesion")
    end = _later(joined, length) if joined else None
    decides = bool(end and event and event < end)
    cause = dossier.read("origine_sinistre") if decides else dossier.get("origine_sinistre")
    if cause == "accident":
        return Waiting(False, "accident", length, ART_45_3)
    if cause is None:
        return Waiting(None, "origine_inconnue", length, ART_45_3, end)
    return Waiting(True if joined else None, "maladie", length, ART_45_3, end)


def for_death(dossier: Dossier) -> Waiting:
    """Return the waiting period of article 47-2: 6 months for the conjoint and for a prévoyance alone."""
    length = Amount("delai", Decimal(whole("pid_delai_attente", dossier)), "months")
    joined = dossier.get("date_adhesion")
    end = _later(joined, length) if joined else None
    if dossier.get("origine_sinistre") == "accident":
        return Waiting(False, "accident", length, ART_47_2)
    if dossier.get("deja_couvert_deces"):
        return Waiting(False, "deja_couvert", length, ART_47_2)
    by_itself, category = alone(dossier), dossier.get("qualite")
    if category == "conjoint" or dossier.get("defunt") == "conjoint":
        return Waiting(True, "conjoint", length, ART_47_2, end)
    if by_itself:
        return Waiting(True, "prevoyance_seule", length, ART_47_2, end)
    if by_itself is False and (category is not None or dossier.get("prevoyance_seule") is False):
        return Waiting(False, "sante_et_prevoyance", length, ART_47_2)
    return Waiting(None, "seule_inconnue", length, ART_47_2, end)


NAME = "delai_attente_prevoyance"
EVENT = {
    "incapacite": "date_arret",
    "invalidite": "date_invalidite",
    "dependance": "date_gir",
    "deces": "date_deces_adherent",
    "ptia": "date_reconnaissance_ptia",
}


@rule(
    NAME,
    title="Ai-je un délai d'attente en prévoyance, et jusqu'à quand ?",
    references=(ART_12, ART_43_1, ART_44_1, ART_45_3, ART_46_4, ART_47_2),
    facts=(
        "garantie_prevoyance",
        *WHO,
        "date_adhesion",
        "date_entree_champ",
        "prevoyance_seule",
        "venu_de_initiale",
        "origine_sinistre",
        "deja_couvert_deces",
        "defunt",
        "cause_deces",
        "cotisation_interrompue",
        "gir",
        "attente_passee_demandee",
        *EVENT.values(),
    ),
)
def delai_attente_prevoyance(dossier: Dossier) -> Decision | NotApplicable:
    """Return the waiting period (months or years), its end, and whether it bars the event.

    Sources: articles 12 (also: a time without contributions interrupts it), 43-1, 44-1, 45-3, 46 (none), 47-2.
    Of who has entered the profession and tells no joining date, the last day to join without one (43-1 and 44-1).

    Raises:
        FactNeeded: for the guarantee; once the joining date is known, for the date of entry or a prévoyance
            alone.
    """
    draft = Draft(NAME, dossier)
    if dossier.get("contrat") in COLLECTIVE and prevoyance_of(dossier) == "collectif":
        return draft.not_applicable("contrat_collectif_prevoyance", ART_12)
    if dossier.get("cause_deces") == "suicide":  # its year is a time of exclusion, not a waiting period
        return NotApplicable(NAME, "suicide", (ART_47_6,), dict(dossier.used), {"sister": "exclusions_deces"})
    if dossier.get("cotisation_interrompue"):
        return draft.refused("cotisation_interrompue", ART_12)
    guarantee = dossier.get("garantie_prevoyance")
    if dossier.get("date_entree_champ") and not dossier.get("date_adhesion") and guarantee in (None, *LATE_JOINING):
        return _last_day(draft, guarantee)
    if guarantee is None:
        both = _both_guarantees(draft)
        if both:
            return both
    guarantee = dossier.read("garantie_prevoyance")
    draft.details["garantie"] = guarantee
    draft.details["rente"] = guarantee == "dependance" and dossier.get("gir") in ("gir_1", "gir_2")
    if guarantee == "perte_autonomie":
        draft.because("pta_sans_attente", True, ART_46_4)
        return draft.close("granted", "pta_franchise", (Amount("franchise", _days(dossier), "days"),))
    event = dossier.get(EVENT[guarantee])
    if dossier.get("attente_passee_demandee"):  # only the joining date can tell
        dossier.read("date_adhesion")
        draft.details["demande"] = True
    waiting = _of(dossier, guarantee, event)
    draft.because("delai_attente", bool(waiting.applies), waiting.reference, length=waiting.length.value)
    draft.details["passe"] = bool(waiting.end and waiting.end <= dossier.on)
    if waiting.end:
        draft.dates["end"] = waiting.end
    if waiting.limit:
        draft.dates["limit"] = waiting.limit
    return _told(draft, waiting, guarantee, event)


def _last_day(draft: Draft, guarantee: str | None) -> Decision:
    """Return the last day on which joining is not late: 31 December of the second year after the entry."""
    dossier = draft.dossier
    if prevoyance_of(dossier) in ("initiale", "initiale_inconnue") or dossier.get("venu_de_initiale"):
        draft.because("article_12", True, ART_12)
        draft.because("initiale", True, ART_43_1, ART_44_1)
        return draft.close("granted", "aucun_initiale")
    _, limit = _late(dossier, guarantee or "incapacite", dossier.on, ask=False)
    assert limit
    draft.dates["limit"] = limit
    draft.details["garantie"] = guarantee or "toutes"
    articles = {"incapacite": (ART_43_1,), "invalidite": (ART_44_1,)}.get(guarantee or "", (ART_43_1, ART_44_1))
    draft.because("adhesion_sans_retard", limit >= dossier.on, *articles)
    draft.because("article_12", True, ART_12)
    leave, _ = _lengths(dossier, "incapacite")
    disability, by_itself = _lengths(dossier, "invalidite")
    amounts = (
        replace(leave, name="delai_incapacite"),
        replace(disability, name="delai_invalidite"),
        replace(by_itself, name="delai_invalidite_seule"),
    )
    return draft.close("granted", "dernier_jour" if limit >= dossier.on else "dernier_jour_passe", amounts)


def _both_guarantees(draft: Draft) -> Decision | None:
    """Return what late joining means for sick leave and disability together, where no guarantee is named."""
    dossier = draft.dossier
    told = dossier.get("date_adhesion") and dossier.get("date_entree_champ")
    if not (told or dossier.get("venu_de_initiale")):
        return None
    leave, disability = (for_late_joining(dossier, name, None, ask=False) for name in LATE_JOINING)
    draft.details["garantie"] = "toutes"
    draft.because("delai_attente", bool(leave.applies), ART_43_1, ART_44_1)
    draft.because("article_12", True, ART_12)
    if leave.applies is False:
        if leave.limit:
            draft.dates["limit"] = leave.limit
        return draft.close("granted", f"aucun_{leave.why}")
    assert leave.end and disability.end
    draft.dates.update({"end": leave.end, "end_disability": disability.end})
    amounts = (leave.length, replace(disability.length, name="delai_invalidite"))
    return draft.close("depends", "court_toutes", amounts)


def _days(dossier: Dossier) -> Decimal:
    return Decimal(whole("pta_franchise", dossier))


def _of(dossier: Dossier, guarantee: str, event: date | None) -> Waiting:
    if guarantee in ("incapacite", "invalidite"):
        return for_late_joining(dossier, guarantee, event, ask=True)
    return for_dependance(dossier, event) if guarantee == "dependance" else for_death(dossier)


def _told(draft: Draft, waiting: Waiting, guarantee: str, event: date | None) -> Decision:
    draft.because("article_12", True, ART_12)
    if waiting.applies is False:
        return draft.close("granted", f"aucun_{waiting.why}", (waiting.length,))
    if waiting.end and event and event >= waiting.end:
        return draft.close("granted", "apres", (waiting.length,))
    if waiting.bars(event):
        return draft.close("denied", "pendant", (waiting.length,))
    if waiting.applies and waiting.end:
        return draft.close("depends", "court", (waiting.length,))
    amounts: tuple[Amount, ...] = (waiting.length,)
    if waiting.end:
        return draft.close("depends", f"court_si_{waiting.why}", amounts)
    if guarantee == "invalidite" and alone(draft.dossier) is not None:
        by_itself = alone(draft.dossier)
        length = _lengths(draft.dossier, guarantee)[1 if by_itself else 0]
        return draft.close("depends", "regle_invalidite_seule" if by_itself else "regle_invalidite_avec", (length,))
    if guarantee == "invalidite":
        longest = _lengths(draft.dossier, guarantee)[1]
        amounts += (Amount("delai_prevoyance_seule", longest.value, longest.unit),)
    return draft.close("depends", f"regle_{'deces' if guarantee in ('deces', 'ptia') else guarantee}", amounts)
