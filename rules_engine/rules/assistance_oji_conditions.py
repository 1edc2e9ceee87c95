"""When the packs de services ÔJI open a right: articles 3, 4, 8 and 14 of their notice."""

from __future__ import annotations

from rules_engine.dates_assistance import longer_than_hours
from rules_engine.decision import Amount, Decision, NotApplicable, fails
from rules_engine.dossier import Dossier
from rules_engine.rules.assistance_autres_commun import PHONES, Answers, amount, number, oji

NOT_UNFORESEEN = frozenset({"maternite", "traitement_cancer", "handicap", "aidant"})


def oji_refusal(answers: Answers) -> Decision | None:
    """Return why neither threshold of article 14 is passed (48 hours in hospital, 5 days immobilised); else None.

    A planned event opens nothing whatever its length (article 8), nor does a stay in convalescence (article 6). A
    length that nobody told is left open: `threshold_open` says so, and the answer states the thresholds.
    """
    dossier = answers.dossier
    excluded = answers.excluded()
    if excluded is not None:
        return excluded
    cause = dossier.get("cause_assistance")
    planned = _planned_refusal(answers) if cause in (None, "hospitalisation", "immobilisation") else None
    if planned is not None:
        return planned
    long_enough = _long_enough(dossier)
    if dossier.get("sejour_convalescence") and cause != "immobilisation" and not long_enough:
        return answers.refused("oji_convalescence", oji(6), contacts=PHONES["OJI"])
    if long_enough and cause not in NOT_UNFORESEEN:
        return None
    if cause not in (None, "hospitalisation", "immobilisation"):
        case = f"oji_{cause}" if cause in ("maternite", "traitement_cancer") else "oji_autre"
        return answers.refused(case, oji(14), contacts=PHONES["OJI"])
    return _too_short(answers, cause)


def threshold_open(dossier: Dossier) -> bool:
    """Whether the member did not tell a length that passes a threshold of article 14."""
    return not _long_enough(dossier)


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


def _too_short(answers: Answers, cause: str | None) -> Decision | None:
    """Return the refusal of a length told that passes no threshold; None when the length is unknown."""
    dossier = answers.dossier
    stay, still = dossier.get("nb_jours_hospitalisation"), dossier.get("nb_jours_immobilisation")
    if cause is None and still is not None:
        cause = "immobilisation"
    if (stay if cause == "hospitalisation" else still) is None or cause is None:
        return None
    amounts = (
        amount("hospital_min", "oji_assistance_hospitalisation_min", "hours", dossier),
        amount("still_min", "oji_assistance_immobilisation_min", "days", dossier),
    )
    return answers.refused(f"oji_{cause}_courte", oji(14), amounts=amounts, contacts=PHONES["OJI"])


def abroad(answers: Answers, sister: str) -> NotApplicable | None:
    """Return that the question belongs to the assistance abroad when the place told is not in France."""
    if answers.dossier.get("zone_sejour") in (None, "france_drom", "monaco_andorre"):
        return None
    return answers.elsewhere("a_l_etranger", sister, oji(3))


def trip_refusal(answers: Answers) -> Decision | None:
    """Return why a trip in France opens no right (article 4: less than 90 days, more than 50 km away); else None.

    What was not told is left open: `trip_conditions` states it.
    """
    dossier = answers.dossier
    excluded = answers.excluded()
    if excluded is not None:
        return excluded
    if dossier.get("deplacement_medical"):
        return answers.refused("deplacement_medical", oji(3), contacts=PHONES["OJI"])
    distance = dossier.get("distance_domicile")
    if distance is not None and distance <= number("oji_assistance_distance", dossier):
        return answers.refused("trop_pres", oji(4), contacts=PHONES["OJI"])
    longest = number("oji_assistance_deplacement_max", dossier)
    length = dossier.get("duree_sejour")
    if length is not None and length >= longest:
        amounts = (Amount("longest", longest, "days"),)
        return answers.refused("trop_long", oji(4), amounts=amounts, contacts=PHONES["OJI"])
    return None


def trip_conditions(dossier: Dossier) -> tuple[str, ...]:
    """Return the limits of a trip (article 4) that the member did not tell to be kept."""
    still_open = {
        "loin_domicile": dossier.get("distance_domicile") is None,
        "deplacement_moins_90": dossier.get("duree_sejour") is None and not dossier.get("deplacement_court"),
    }
    return tuple(code for code, is_open in still_open.items() if is_open)
