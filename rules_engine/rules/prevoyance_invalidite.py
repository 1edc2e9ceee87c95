"""Disability allowances, right and duration: règlement MGEN Santé Prévoyance, article 44."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import (
    YEARS_OF_A_CENTURY,
    add_years_clamped,
    age_by_birthday,
    end_of_year,
    first_of_next_month_after,
)
from rules_engine.dates_prevoyance import next_yearly_day_on_or_after
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
    WHO,
    Draft,
    figure,
    prevoyance_of,
    refusal,
    text,
    whole,
)
from rules_engine.rules.prevoyance_demandes import CLAIM_FACTS, asked_deadline

ART_44_1, ART_44_2, ART_44_4, ART_44_6 = (article_msp(f"44-{point}") for point in (1, 2, 4, 6))
RIGHT = "invalidite_droit"
SEVERITY_FACTS = ("invalidite_type", "invalidite_taux_reconnu", "categorie_invalidite_numero")
DURATION = "invalidite_duree"
DURATION_FACTS = (
    "date_invalidite",
    "date_naissance",
    "annee_naissance",
    "age",
    "mise_en_invalidite_age",
    "evenement_fin",
    "date_evenement",
    "date_deces_adherent",
    *CLAIM_FACTS,
)
REVISION = "invalidite_revision"
YEARLY_FILE = "invalidite_dossier_annuel"
RESOURCE = "invalidite_ressources"
LEFT_OUT = frozenset(
    [
        "reversion",
        "tierce_personne",
        "majoration_enfant",
        "epargne_retraite",
        "pension_alimentaire",
        "revenus_fonciers",
        "aspa",
        "frais_tutelle",
    ]
)
ENDS_PENSION = frozenset(["deces", "resiliation", "impayes", "demission", "capital"])


def refused_cover(draft: Draft, amount_asked: bool = False) -> Decision | NotApplicable | None:
    """Return why the member does not have the invalidité guarantee; None when they have it or may have it.

    Article 22 gives retirees chapter 6, article 24 does not: both readings are shown. Who was retired because
    of the disability is judged as the actif they were (article 11: the formule on the day of the event), and so
    is, where an amount is asked, a retiree who names no formule de prévoyance.
    """
    dossier = draft.dossier
    if prevoyance_of(dossier) != "retraite":
        return refusal(draft, "invalidite", ART_44_1)
    if dossier.get("retraite_invalidite") or (amount_asked and dossier.get("prevoyance") is None):
        draft.because("formule_a_la_date", True, ART_11)
        draft.conditions.append("prevoyance_requise")
        return None
    draft.warnings.append("retraite_deux_lectures")
    return draft.open("retraite", ART_22, ART_24, ART_44_1)


def severity(dossier: Dossier) -> str:
    """Return totale, partielle, or contraire when rate and category say different things (article 44-2).

    Raises:
        FactNeeded: when neither the rate nor the category is known.
    """
    rate, kind = dossier.get("invalidite_taux_reconnu"), dossier.get("invalidite_type")
    number = dossier.get("categorie_invalidite_numero")
    if kind is None and number is not None:
        kind = "partielle" if number == 1 else "totale"
    if rate is None:
        return str(kind or dossier.read("invalidite_type"))
    by_rate = "totale" if rate >= figure("invalidite_seuil_totale", dossier) else "partielle"
    return "contraire" if kind not in (None, by_rate) else by_rate


@rule(
    RIGHT,
    title="Ai-je droit aux allocations d'invalidité ?",
    references=(ART_44_1, ART_11, ART_22, ART_24),
    facts=(
        *WHO,
        "retraite_invalidite",
        "invalidite_type",
        "invalidite_taux_reconnu",
        "cesse_activite",
        "date_invalidite",
        "date_adhesion",
        "date_entree_champ",
        "prevoyance_seule",
        "venu_de_initiale",
    ),
)
def invalidite_droit(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a disability opens the allowances.

    Sources: articles 44-1 (who, event, waiting period of 1 or 2 years), 11, 22 and 24.

    Raises:
        FactNeeded: for the date of entry or a prévoyance alone, when the disability falls within the waiting
            period.
    """
    draft = Draft(RIGHT, dossier)
    denied = refused_cover(draft)
    if denied:
        return denied
    if dossier.get("cesse_activite") is False:
        return draft.refused("activite_poursuivie", ART_44_1)
    placed, joined = dossier.get("date_invalidite"), dossier.get("date_adhesion")
    if placed and joined and placed < joined:
        return draft.refused("avant_adhesion", ART_11, ART_44_1)
    waiting = for_late_joining(dossier, "invalidite", placed, ask=placed is not None)
    if waiting.end and waiting.applies is not False:
        draft.dates["end"] = waiting.end
    if waiting.bars(placed):
        return draft.refused("delai_attente", ART_44_1, length=waiting.length.value)
    if waiting.applies is not False:
        draft.conditions.append("delai_attente_date" if waiting.end and waiting.applies else "delai_attente")
    draft.because("delai_attente", waiting.applies is not True, ART_44_1, length=waiting.length.value)
    if all(dossier.get(name) is None for name in ("invalidite_type", "invalidite_taux_reconnu", "retraite_invalidite")):
        draft.conditions.append("placement")
    draft.because("placement", True, ART_44_1)
    draft.documents += ["formulaire_prestation", "pieces_demandees"]
    return draft.close("granted", "droit")


def birth_year(dossier: Dossier) -> int | None:
    """Return the year of birth, from the date or the year; None when unknown.

    A date still to come is of the century before ("7/9/65" read as 2065).
    """
    born: date | None = dossier.get("date_naissance")
    if born and born > dossier.on:
        born = add_years_clamped(born, -YEARS_OF_A_CENTURY)
    year: int | None = born.year if born else dossier.get("annee_naissance")
    return year


def _birth_year_for_duration(dossier: Dossier) -> int | None:
    """Return the year of birth, also from a date said with nothing that names it, when it is a whole career ago."""
    known, said = birth_year(dossier), dossier.get("date_evenement")
    if known is None and said and age_by_birthday(said, dossier.on) >= whole("adhesion_mineur_age", dossier):
        return int(said.year)
    return known


@rule(
    DURATION,
    title="Jusqu'à quand la rente d'invalidité est-elle versée ?",
    references=(ART_44_2, ART_44_6, ART_8, ART_44_1),
    facts=DURATION_FACTS,
)
def invalidite_duree(dossier: Dossier) -> Decision | NotApplicable:
    """Return how long the rente runs: from the disability to 31 December before the year of the 70 years.

    Sources: articles 44-2 and 44-6; an event ends it on the first of the following month.
    """
    deadline = asked_deadline(dossier, "invalidite")
    if deadline:
        return deadline
    draft = Draft(DURATION, dossier)
    age = Amount("age", figure("invalidite_age_capital", dossier), "age")
    event = dossier.get("evenement_fin")
    if event in ENDS_PENSION:
        return _ended(draft, event, age)
    placed = dossier.get("date_invalidite")
    if placed:
        draft.dates["start"] = placed
    born = _birth_year_for_duration(dossier)
    draft.because("rente_jusqu_au_31_decembre", True, ART_44_2, age=age.value)
    draft.because("rente_depuis_invalidite", True, ART_44_6)
    if born is None:
        return _by_age(draft, age) or draft.close(
            "granted", "regle_retraite" if event == "retraite" else "regle", (age,)
        )
    draft.dates["end"] = end_of_year(born + whole("invalidite_age_capital", dossier) - 1)
    draft.details["annee_capital"] = born + whole("invalidite_age_capital", dossier)
    return draft.close("granted", "periode" if placed else "fin", (age,))


def _by_age(draft: Draft, age: Amount) -> Decision | None:
    """Return both possible ends for an age: who has not had this year's birthday is of the year before."""
    now, last = draft.dossier.get("age"), whole("invalidite_age_capital", draft.dossier)
    if now is None or not whole("adhesion_mineur_age", draft.dossier) <= now < last:
        return None
    earliest = draft.dossier.on.year - now - 1
    draft.details["annees"] = (earliest, earliest + 1)
    draft.dates["end_earliest"] = end_of_year(earliest + last - 1)
    draft.dates["end_latest"] = end_of_year(earliest + last)
    return draft.close("granted", "age", (age,))


def _ended(draft: Draft, event: str, age: Amount) -> Decision:
    draft.because("fin_rente", False, ART_44_6)
    if event in ("demission", "resiliation"):
        draft.because("interruption", False, ART_8)
    day: date | None = draft.dossier.get("date_evenement")
    if event == "deces":
        day = draft.dossier.get("date_deces_adherent") or day
    if day is None:
        return draft.close("denied", f"fin_{event}", (age,))
    draft.dates["end"] = first_of_next_month_after(day)
    return draft.close("denied", f"fin_{event}_date", (age,))


@rule(
    REVISION,
    title="Le montant de ma rente d'invalidité change-t-il d'une année à l'autre ?",
    references=(ART_44_2, article_msp("44-3"), ART_44_6),
    facts=(*SEVERITY_FACTS, "prime_vie_chere", "revalorisation_demandee"),
)
def invalidite_revision(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the rente is recomputed: frozen when total (vie chère apart), yearly when partial.

    Sources: articles 44-2-1, 44-2-2, 44-3 (possible indexation on 1 January), 44-6 (suspension).

    Raises:
        FactNeeded: for the severity.
    """
    draft = Draft(REVISION, dossier)
    draft.details["revalorisation"] = text("invalidite_revalorisation_jour", dossier)
    if dossier.get("revalorisation_demandee"):
        draft.because("revalorisation_possible", True, article_msp("44-3"))
        return draft.close("granted", "revalorisation")
    kind = severity(dossier)
    if kind == "contraire":
        return draft.open("contraire", ART_44_2)
    if kind == "partielle":
        draft.because("recalcul_annuel", True, ART_44_2)
        case = "partielle"
    elif dossier.get("prime_vie_chere"):
        draft.because("vie_chere", True, ART_44_2)
        case = "totale_vie_chere"
    else:
        draft.because("montant_fige", True, ART_44_2)
        case = "totale"
    draft.because("revalorisation_possible", True, article_msp("44-3"))
    draft.because("suspension", True, ART_44_6)
    return draft.close("denied" if case == "totale" else "granted", case)


@rule(
    YEARLY_FILE,
    title="Dois-je renvoyer un dossier chaque année pour ma rente d'invalidité ?",
    references=(ART_44_4,),
    facts=(*SEVERITY_FACTS, "date_demande"),
)
def invalidite_dossier_annuel(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a full file is due each year, and before which day: article 44-4, partial only.

    Raises:
        FactNeeded: for the severity.
    """
    draft = Draft(YEARLY_FILE, dossier)
    kind = severity(dossier)
    day = text("invalidite_dossier_annuel", dossier)
    draft.details["jour"] = day
    if kind == "contraire":
        return draft.open("contraire", ART_44_4)
    if kind == "totale":
        draft.because("partielle_seule", False, ART_44_4)
        return draft.close("denied", "totale")
    draft.because("dossier_annuel", True, ART_44_4)
    sent = dossier.get("date_demande")
    if sent is None:
        draft.dates["deadline"] = next_yearly_day_on_or_after(day, dossier.on)
        draft.documents.append("dossier_complet")
        return draft.close("granted", "partielle")
    this_year = next_yearly_day_on_or_after(day, sent.replace(month=1, day=1))
    draft.dates["deadline"] = this_year
    if sent < this_year:
        return draft.close("granted", "a_temps")
    return draft.close("depends" if sent == this_year else "denied", "jour_meme" if sent == this_year else "en_retard")


@rule(
    RESOURCE,
    title="Quelles ressources sont déduites de la rente d'invalidité ?",
    references=(ART_44_2,),
    facts=("ressource_invalidite",),
)
def invalidite_ressources(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a resource is deducted: the list of those left out is closed (article 44-2-4)."""
    draft = Draft(RESOURCE, dossier)
    resource = dossier.get("ressource_invalidite")
    if resource is None:
        draft.because("ressources_comptees", True, ART_44_2)
        draft.because("ressources_exclues", True, ART_44_2)
        return draft.close("granted", "liste")
    if resource in LEFT_OUT:
        draft.because("ressources_exclues", True, ART_44_2)
        return draft.close("denied", resource)
    draft.because("ressources_comptees", True, ART_44_2)
    return draft.close("granted", resource)
