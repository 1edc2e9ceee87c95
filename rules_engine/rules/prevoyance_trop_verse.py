"""What was paid after a death and must be given back: règlement MGEN Santé Prévoyance, articles 45-4-3 and 46-4-2."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.dates import first_of_next_month_after
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import Draft, euros_amount, figure

ART_44_6, ART_45_4, ART_46_4 = (article_msp(point) for point in ("44-6", "45-4", "46-4"))
PENSION = "dependance_trop_verse"
QUARTERS = "perte_autonomie_trop_verse"


@rule(
    PENSION,
    title="La rente de dépendance versée après le décès est-elle à rembourser ?",
    references=(ART_45_4, ART_44_6),
    facts=("date_deces_adherent", "mensualites_apres_deces", "rente_d_invalidite_dite"),
)
def dependance_trop_verse(dossier: Dossier) -> Decision | NotApplicable:
    """Return that what was paid after the death is due back, from which day, and how much for a number of months (€).

    Source: article 45-4-3: the rente ends on the first of the month after the death.
    """
    draft = Draft(PENSION, dossier)
    if dossier.get("rente_d_invalidite_dite"):
        return _disability(draft)
    draft.because("trop_verse", True, ART_45_4)
    died, count = dossier.get("date_deces_adherent"), dossier.get("mensualites_apres_deces")
    if died:
        draft.dates["end"] = first_of_next_month_after(died)
    amounts: list[Amount] = []
    if count:
        each = figure("dependance_rente_mensuelle", dossier)
        draft.details["mensualites"] = count
        draft.because("mensualite", True, ART_45_4, each=each)
        amounts = [euros_amount("total", to_cents(each * Decimal(count))), euros_amount("each", each, "month")]
    return draft.close("granted", "date" if died else "regle", amounts, ("telephone_msp",))


def _disability(draft: Draft) -> Decision:
    """Return when the rente of disability ends after a death (article 44-6, which says nothing of paying back)."""
    died = draft.dossier.get("date_deces_adherent")
    draft.because("fin_invalidite", True, ART_44_6)
    if died:
        draft.dates["end"] = first_of_next_month_after(died)
    return draft.close("depends", "invalidite_date" if died else "invalidite", contacts=("telephone_msp",))


@rule(
    QUARTERS,
    title="La perte temporaire d'autonomie versée après le décès est-elle à rembourser ?",
    references=(ART_46_4,),
    facts=("date_deces_adherent",),
)
def perte_autonomie_trop_verse(dossier: Dossier) -> Decision | NotApplicable:
    """Return that what was paid after the death is due back: article 46-4-2 (ends with the following quarter)."""
    draft = Draft(QUARTERS, dossier)
    draft.because("trop_verse", True, ART_46_4)
    return draft.close("granted", "regle", contacts=("telephone_msp",))
