"""The online spaces: messages kept by mgen.fr, activation link and password of MGEN Solutions."""

from __future__ import annotations

from datetime import timedelta

from rules_engine.dates import add_years_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import Reference
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import decided, figure, whole

MESSAGES = Reference("espace-personnel-mgen", "Mode d'emploi mgen.fr – Utiliser la messagerie MGEN")
CREATION = Reference("espace-adherent-solutions", "Mon espace personnel adhérent – Création de mon espace personnel")


@rule(
    "conservation_messages",
    title="Combien de temps mes messages restent-ils dans la messagerie mgen.fr ?",
    references=(MESSAGES,),
    facts=("date_message",),
)
def conservation_messages(dossier: Dossier) -> Decision | NotApplicable:
    """Return how long (years) a message stays in the online messaging, and until which day.

    Source: manual of mgen.fr, "Utiliser la messagerie MGEN".
    """
    years = figure("messagerie_conservation", dossier.on)
    day = dossier.get("date_message")
    end = None if day is None else add_years_clamped(day, int(years))
    gone = end is not None and end < dossier.on
    return decided(
        dossier,
        "conservation_messages",
        "denied" if gone else "granted",
        "passe" if gone else "duree",
        [fails("message_efface", MESSAGES) if gone else holds("message_conserve", MESSAGES)],
        amounts=[Amount("duration", years, "years")],
        dates={} if end is None else {"end": end},
    )


@rule(
    "lien_activation_solutions",
    title="Combien de temps le lien d'activation de l'espace MGEN Solutions reste-t-il actif ?",
    references=(CREATION,),
    facts=("lien_ancien", "date_creation_compte"),
)
def lien_activation_solutions(dossier: Dossier) -> Decision | NotApplicable:
    """Return how long (hours) the activation link works, and whether it still does.

    Source: manual of the space MGEN Solutions, "Création de mon espace personnel". A link of the day before is in
    doubt, since its hour is not known.
    """
    hours = whole("solutions_lien_activation", dossier.on)
    created = dossier.get("date_creation_compte")
    too_old = created is not None and dossier.on - created > timedelta(hours=hours)
    told = dossier.get("lien_ancien")
    expired = bool(told) or too_old
    works = told is False or created == dossier.on
    return decided(
        dossier,
        "lien_activation_solutions",
        "denied" if expired else "granted",
        "expire" if expired else "actif" if works else "duree",
        [fails("lien_expire", CREATION) if expired else holds("lien_actif", CREATION)],
        amounts=[Amount("duration", figure("solutions_lien_activation", dossier.on), "hours")],
        dates={} if created is None or expired else {"end": created + timedelta(hours=hours)},
    )


@rule(
    "mot_de_passe_solutions",
    title="Quel mot de passe l'espace MGEN Solutions accepte-t-il ?",
    references=(CREATION,),
    facts=("nb_caracteres_mot_de_passe", "mot_de_passe_incomplet"),
)
def mot_de_passe_solutions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a password is long and varied enough, by what is told of it (never the password itself).

    Source: manual of the space MGEN Solutions, "Création de mon espace personnel" (8 characters at least, with a small
    letter, a capital and a figure).
    """
    least = figure("solutions_mot_de_passe_longueur", dossier.on)
    length, incomplete = dossier.get("nb_caracteres_mot_de_passe"), dossier.get("mot_de_passe_incomplet")
    short = length is not None and length < least
    case = "trop_court" if short else "incomplet" if incomplete else "regles" if length is None else "assez_long"
    denied = case in ("trop_court", "incomplet")
    return decided(
        dossier,
        "mot_de_passe_solutions",
        "denied" if denied else "granted",
        case,
        [fails(case, CREATION) if denied else holds("regles", CREATION)],
        amounts=[Amount("length", least, "count")],
    )
