"""What the notice MGEN Assistance calls an accident, a grave illness, a relative: article 8."""

from __future__ import annotations

from rules_engine.decision import Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.facts import vocabulary
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_cadre import PLACE_FACTS
from rules_engine.rules.assistance_rma_commun import CONTRACT_FACTS, Answers, Outcome, notice, sad_notice
from rules_engine.rules.assistance_rma_proche import relative_refusal
from rules_engine.rules.assistance_rma_pta import other_than_msp

# What article 8 counts as an illness whatever its cause, among the choices of the fact `lesion_citee`.
ILLNESSES = frozenset(
    "avc infarctus anevrisme lombalgie sciatique hernie eventration menisque muscle soleil hydrocution".split()
)
# The list of article 8, among the choices of the fact `maladie_citee`.
GRAVE = frozenset(
    "leucemie hemopathie mucoviscidose myopathie diabete_instable coeur foie rein poumon paraplegie polyarthrite "
    "sclerose_laterale greffe complication traitement".split()
)
# The relatives of article 8, among the choices of the fact `proche_cite`.
RELATIVES = frozenset("parent enfant conjoint tuteur frere_soeur beau_parent gendre beau_frere".split())


def _label(fact: str, value: str) -> str:
    return str(vocabulary()[fact].choice_label(value))


@rule(
    "mgen_assistance_accident",
    title="Pour MGEN Assistance, est-ce un accident ou une maladie (lumbago, entorse, infarctus, fracture) ?",
    references=(notice(8), notice(13)),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, "lesion_citee", "question_accident"),
)
def mgen_assistance_accident(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an injury counts as an accident: never those that article 8 lists as illnesses.

    Source: notice MGEN Assistance, article 8 (Accident corporel).

    Raises:
        FactNeeded: for the contract, when one that is told has several.
    """
    answers = Answers("mgen_assistance_accident", dossier)
    other = other_than_msp(answers)
    if other is not None:
        return other
    injury = dossier.get("lesion_citee")
    if injury is None:
        return answers.decided("granted", "definition", holds("accident", notice(8)))
    label = _label("lesion_citee", injury)
    if injury not in ILLNESSES:
        return answers.decided("granted", "accident", holds("accident", notice(8)), label=label)
    case = "maladie_non" if dossier.get("question_accident") else "maladie"
    steps = (fails("maladie", notice(8)), holds("aides_possibles", notice(13)))
    return answers.decided("denied", case, *steps, conditions=("aides_possibles",), label=label)


@rule(
    "mgen_assistance_maladie_listee",
    title="Cette maladie est-elle une pathologie lourde pour MGEN Assistance ?",
    references=(notice(8), sad_notice(8)),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, "maladie_citee"),
)
def mgen_assistance_maladie_listee(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an illness is in the list of grave ones, and the list when none is named.

    Sources: notice MGEN Assistance, article 8 (Pathologies lourdes; the doctors judge several illnesses together);
    the same list in the notice SAD Assurance, article 8.

    Raises:
        FactNeeded: for the contract, when one that is told has several.
    """
    answers = Answers("mgen_assistance_maladie_listee", dossier)
    return other_than_msp(answers) or _listed(answers, dossier.get("maladie_citee"))


def _listed(answers: Answers, illness: str | None) -> Decision:
    if illness is None:
        return answers.decided("granted", "liste", holds("liste", notice(8)), conditions=("polypathologies",))
    label = _label("maladie_citee", illness)
    if illness == "cancer":
        return answers.decided("depends", "cancer", holds("liste", notice(8)), label=label)
    if illness in GRAVE:
        return answers.decided("granted", "listee", holds("liste", notice(8)), label=label)
    return answers.decided(
        "denied", "hors_liste", fails("liste", notice(8)), conditions=("polypathologies",), label=label
    )


@rule(
    "mgen_assistance_proche",
    title="Qui est un proche pour MGEN Assistance (beau-frère, tante, ami, voisin) ?",
    references=(notice(8), notice(13)),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, "vit_hors_france", "proche_cite", "residence_proche"),
)
def mgen_assistance_proche(dossier: Dossier) -> Outcome:
    """Return whether somebody is a relative: those listed, else whom the member names; living in the same country.

    Source: notice MGEN Assistance, article 8 (Proche).

    Raises:
        FactNeeded: for the member's home, when the relative lives on the other side of the sea.
    """
    answers = Answers("mgen_assistance_proche", dossier)
    refusal = other_than_msp(answers) or relative_refusal(answers)
    if refusal is not None:
        return refusal
    person = dossier.get("proche_cite")
    if person is None:
        return answers.decided("granted", "definition", holds("proche", notice(8)))
    label = _label("proche_cite", person)
    if person in RELATIVES:
        return answers.decided("granted", "liste", holds("proche", notice(8)), label=label)
    return answers.decided("granted", "designe", holds("proche_designe", notice(8)), label=label)
