"""When the packs de services ÔJI open a right: articles 3, 4, 8 and 14 of their notice."""

from __future__ import annotations

from rules_engine.dates_assistance_autres import HOURS_A_DAY, longer_than_hours
from rules_engine.decision import Amount, Decision
from rules_engine.dossier import Dossier
from rules_engine.rules.assistance_autres_commun import PHONES, Answers, amount, fails, number, oji

NOT_UNFORESEEN = frozenset({"maternite", "traitement_cancer", "handicap", "aidant"})


def oji_refusal(answers: Answers) -> Decision | None:
    """Return why neither threshold of article 14 is passed (48 hours in hospital, 5 days immobilised); else None.

    A planned event opens nothing whatever its length (article 8), nor does a stay in convalescence (article 6).

    Raises:
        FactNeeded: for the situation, then its length.
    """
    dossier = answers.dossier
    excluded = answers.excluded()
    if excluded is not None:
        return excluded
    cause = dossier.get("cause_assistance")
    planned = _planned_refusal(answers) if cause in (None, "hospitalisation", "immobilisation") else None
    if planned is not None:
        return planned
    if dossier.get("sejour_convalescence") and cause != "immobilisation" and not _long_enough(dossier):
        return answers.refused("oji_convalescence", oji(6), contacts=PHONES["OJI"])
    if cause not in NOT_UNFORESEEN and _long_enough(dossier):
        return None
    cause = dossier.read(
        "cause_assistance",
        among=("hospitalisation", "immobilisation", "maternite", "traitement_cancer", "autre"),
    )
    if cause not in ("hospitalisation", "immobilisation"):
        case = f"oji_{cause}" if cause in ("maternite", "traitement_cancer") else "oji_autre"
        return answers.refused(case, oji(14), contacts=PHONES["OJI"])
    if _long_enough(dossier):
        return None
    _read_length(dossier, cause)
    return _too_short(answers, cause)


def _read_length(dossier: Dossier, cause: str) -> None:
    """Ask for the length of the stay or of the immobilisation when it is unknown.

    Raises:
        FactNeeded: for the length of the stay or of the immobilisation.
    """
    if cause == "hospitalisation":
        limit = int(number("oji_assistance_hospitalisation_min", dossier)) // HOURS_A_DAY
    else:
        limit = int(number("oji_assistance_immobilisation_min", dossier))
    dossier.read(f"nb_jours_{cause}", among=(limit, limit + 1))


def _long_enough(dossier: Dossier) -> bool:
    """Whether a known length passes its threshold: more than 48 hours in hospital, or more than 5 days immobilised."""
    still = dossier.get("nb_jours_immobilisation")
    if still is not None and still > number("oji_assistance_immobilisation_min", dossier):
        return True
    stay = dossier.get("nb_jours_hospitalisation")
    return stay is not None and longer_than_hours(stay, int(number("oji_assistance_hospitalisation_min", dossier)))


def _planned_refusal(answers: Answers) -> Decision | None:
    if answers.dossier.presume("cause_imprevue", True):
        return None
    reasons = (fails("oji_programme", oji(14)), fails("oji_definitions", oji(8)))
    return answers.decided("denied", "oji_programme", *reasons, contacts=PHONES["OJI"])


def _too_short(answers: Answers, cause: str) -> Decision:
    dossier = answers.dossier
    amounts = (
        amount("hospital_min", "oji_assistance_hospitalisation_min", "hours", dossier),
        amount("still_min", "oji_assistance_immobilisation_min", "days", dossier),
    )
    return answers.refused(f"oji_{cause}_courte", oji(14), amounts=amounts, contacts=PHONES["OJI"])


def trip_refusal(answers: Answers) -> Decision | None:
    """Return why a trip in France opens no right (article 4: less than 90 days, more than 50 km away); else None.

    Raises:
        FactNeeded: for the length of the trip, then the distance.
    """
    dossier = answers.dossier
    excluded = answers.excluded()
    if excluded is not None:
        return excluded
    longest = number("oji_assistance_deplacement_max", dossier)
    distance = dossier.get("distance_domicile")
    nearest = number("oji_assistance_distance", dossier)
    if distance is not None and distance <= nearest:
        return answers.refused("trop_pres", oji(4), contacts=PHONES["OJI"])
    length = dossier.get("duree_sejour")
    if length is None and not dossier.get("deplacement_court"):
        length = dossier.read("duree_sejour", among=(int(longest) - 1, int(longest)))
    if length is not None and length >= longest:
        amounts = (Amount("longest", longest, "days"),)
        return answers.refused("trop_long", oji(4), amounts=amounts, contacts=PHONES["OJI"])
    if dossier.read("distance_domicile", among=(int(nearest), int(nearest) + 1)) <= nearest:
        return answers.refused("trop_pres", oji(4), contacts=PHONES["OJI"])
    return None
