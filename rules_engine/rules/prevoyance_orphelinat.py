"""Who receives the orphan's allowance, and from which day: règlement MGEN Santé Prévoyance, article 50-2."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import january_1_after, january_1_of_year
from rules_engine.dates_droits_generaux import january_1_of_the_year_of_age
from rules_engine.decision import Decision, NotApplicable, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    article_msp,
    decided,
    individual_only,
    whole,
)

ARTICLE_50_2 = article_msp("50-2")
NAME = "orphelinat_versement_direct"


@rule(
    NAME,
    title="À partir de quand l'orphelin reçoit-il lui-même l'allocation orphelinat ?",
    references=(ARTICLE_50_2,),
    facts=(*CONTRACT_FACTS, "date_naissance_enfant", "enfant_annee_naissance", "date_18_ans", "date_emancipation"),
)
@individual_only
def orphelinat_versement_direct(dossier: Dossier) -> Decision | NotApplicable:
    """Return from which 1 January the allowance goes to the orphan: the year of the 18 years, or after emancipation.

    Source: article 50-2; before, the legal administrator or guardian receives it.
    """
    reasons = [holds("versement", ARTICLE_50_2)]
    first = _paid_to_child(dossier)
    freed: date | None = dossier.get("date_emancipation")
    if freed:
        after = january_1_after(freed)
        day = min(first, after) if first else after
        return decided(dossier, NAME, "granted", "emancipe", reasons, dates={"start": day})
    if first is None:
        return decided(dossier, NAME, "granted", "regle", reasons)
    case = "deja" if first <= dossier.on else "date"
    return decided(dossier, NAME, "granted", case, reasons, dates={"start": first})


def _paid_to_child(dossier: Dossier) -> date | None:
    """Return 1 January of the year of the 18 years, from the birth or from the day they are reached."""
    born, reached = dossier.get("date_naissance_enfant"), dossier.get("date_18_ans")
    year = dossier.get("enfant_annee_naissance")
    age = whole("orphelinat_age_versement", dossier.on)
    if born:
        return january_1_of_the_year_of_age(born, age)
    if reached:
        return date(reached.year, 1, 1)
    return january_1_of_year(year + age) if year else None
