"""Delays of the online spaces: messages kept by mgen.fr, activation link of MGEN Solutions."""

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
    expired = bool(dossier.get("lien_ancien")) or too_old
    return decided(
        dossier,
        "lien_activation_solutions",
        "denied" if expired else "granted",
        "expire" if expired else "duree",
        [fails("lien_expire", CREATION) if expired else holds("lien_actif", CREATION)],
        amounts=[Amount("duration", figure("solutions_lien_activation", dossier.on), "hours")],
        dates={} if created is None or expired else {"end": created + timedelta(hours=hours)},
    )
