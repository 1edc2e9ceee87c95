"""Listening, information, papers, delays, how often: notice MGEN Assistance, articles 4 to 11; what it leaves out."""

from __future__ import annotations

from typing import Any

from rules_engine.decision import Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import STATUTS, Reference
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import CONTRACT_FACTS, TABLE, Answers, amount, msp_only, notice
from rules_engine.rules.assistance_rma_domicile import counted_trips
from rules_engine.rules.assistance_rma_pta import next_envelope, other_than_msp

PLACE_FACTS = ("residence_adherent", "lieu_soins", "lieu_appel")
FACTS = (*CONTRACT_FACTS, *PLACE_FACTS)
CARER = Reference(STATUTS, "Règlement mutualiste MGEN Santé Prévoyance, article 51")
# What proves each request, and the article that asks for it.
PAPERS: dict[str, tuple[int, tuple[str, ...]]] = {
    "dependant": (8, ("certificat_dependance", "avis_imposition")),
    "ecole": (15, ("certificat_scolarite", "certificat_medical_ecole")),
    "medicaments": (12, ("certificat_avant",)),
    "pathologie_enfant": (16, ("certificat_confidentiel",)),
    "preparation": (14, ("demande_ecrite", "cles")),
}
# How fast each benefit comes: article, parameter of the hours.
SPEED: dict[str, tuple[int, str]] = {
    "ecole": (15, "assistance_ecole_delai"),
    "preparation": (14, "assistance_preparation_delai"),
    "juridique": (10, "assistance_juridique_rdv"),
}


@rule(
    "mgen_assistance_justificatifs",
    title="Quels justificatifs MGEN Assistance demande-t-elle ?",
    references=(notice(5), notice(20), notice(8), notice(12), notice(14), notice(15), notice(16)),
    facts=(*FACTS, "assistance_prestation", "question_originaux"),
)
@msp_only()
def mgen_assistance_justificatifs(answers: Answers) -> Decision | NotApplicable:
    """Return the papers to send for a benefit, originals or copies, and where the medical ones go.

    Sources: notice MGEN Assistance, articles 5 (originals or copies) against 20-B (originals only): both are shown; 8
    (Dépendance, Pièces justificatives), 12, 14, 15 and 16.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    asked = dossier.get("assistance_prestation")
    form = (holds("originaux_ou_copies", notice(5)), fails("originaux_exiges", notice(20)))
    common: dict[str, Any] = {"conditions": ("courriel_medical",), "warnings": ("originaux_ou_copies",)}
    if dossier.get("question_originaux"):
        return answers.decided("depends", "originaux_ou_copies", *form, **common)
    if asked in PAPERS:
        article, papers = PAPERS[asked]
        step = holds(f"pieces_{asked}", notice(article))
        return answers.decided("granted", asked, step, *form, documents=papers, **common)
    papers = ("certificat_medical", "bulletin_hospitalisation", "factures")
    return answers.decided("granted", "general", holds("pieces", notice(8)), *form, documents=papers, **common)


@rule(
    "mgen_assistance_delai_intervention",
    title="Sous combien de temps l'assistance intervient-elle, et quels jours ?",
    references=(notice(7), notice(6), notice(14), notice(15), notice(10)),
    facts=(*FACTS, "assistance_prestation", "cles_week_end"),
)
@msp_only()
def mgen_assistance_delai_intervention(answers: Answers) -> Decision | NotApplicable:
    """Return how fast a request is followed up: 5 opening hours; 24 or 48 hours for some; home help on working days.

    Sources: notice MGEN Assistance, articles 7, 6, 14 (24 hours after the keys, 48 at a weekend), 15 and 10 (48 hours).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    asked = dossier.get("assistance_prestation")
    if asked not in SPEED and dossier.get("cles_week_end") is not None:
        asked = "preparation"
    if asked in SPEED:
        article, parameter_id = SPEED[asked]
        if asked == "preparation" and dossier.get("cles_week_end"):
            parameter_id = "assistance_preparation_delai_long"
        hours = amount("delay", parameter_id, "hours", dossier)
        return answers.decided("granted", asked, holds(f"delai_{asked}", notice(article)), amounts=(hours,))
    hours = amount("delay", "assistance_reponse_delai", "hours", dossier)
    steps = (holds("delai_reponse", notice(7)), holds("jours_ouvres", notice(6)))
    return answers.decided("granted", "reponse", *steps, amounts=(hours,), conditions=("jours_ouvres",))


@rule(
    "mgen_assistance_frequence",
    title="Combien de fois par an puis-je utiliser l'assistance ?",
    references=(notice(4), notice(12), notice(17), TABLE, notice(7), notice(5)),
    facts=(
        *FACTS,
        "aide_sortie",
        "livraisons_deja",
        "courses_deja",
        "pta_declaree",
        "enveloppe_services",
        "date_pta",
        "date_demande",
        "duree_pta_mois",
    ),
)
def mgen_assistance_frequence(dossier: Dossier) -> Decision | NotApplicable:
    """Return how often the benefits come back: at each new event, save where an article limits them.

    Sources: notice MGEN Assistance, articles 4, 12 and table (medicines, shopping: 3 times a civil year) and 17 (one
    envelope in 12 months). Where the member tells the benefit, and how often it was had, that one is answered.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_frequence", dossier)
    if any(dossier.get(name) is not None for name in ("enveloppe_services", "pta_declaree")):
        return other_than_msp(answers) or next_envelope(answers, undated="granted")
    refusal = answers.other_contract()
    if refusal is not None:
        return refusal
    if any(dossier.get(name) is not None for name in ("aide_sortie", "livraisons_deja", "courses_deja")):
        return counted_trips(answers)
    amounts = (
        amount("trips", "assistance_livraisons_an", "count", dossier, "year"),
        amount("pta_period", "assistance_pta_periode", "months", dossier),
    )
    steps = (
        holds("chaque_evenement", notice(4)),
        fails("limite_livraisons", notice(12)),
        fails("limite_pta", notice(17)),
    )
    return answers.decided("granted", "chaque_evenement", *steps, amounts=amounts)


@rule(
    "mgen_assistance_cotisation",
    title="Ma cotisation est en retard : puis-je appeler l'assistance ?",
    references=(TABLE, notice(2)),
    facts=(*FACTS, "cotisation_a_jour_assistance"),
)
@msp_only()
def mgen_assistance_cotisation(answers: Answers) -> Decision | NotApplicable:
    """Return whether a late contribution stops the assistance: it must be up to date on the day of the call.

    Source: notice MGEN Assistance, the lines above its table.

    Raises:
        FactNeeded: for the contract, and whether the contributions are up to date.
    """
    dossier = answers.dossier
    if dossier.read("cotisation_a_jour_assistance"):
        return answers.decided("granted", "a_jour", holds("cotisation_a_jour", TABLE))
    return answers.refused("en_retard", TABLE)


@rule(
    "mgen_assistance_juridique",
    title="L'assistance répond-elle à une question juridique, par écrit ou pendant un procès ?",
    references=(notice(10), TABLE),
    facts=(*FACTS, "demande_juridique", "procedure_en_cours", "question_avocat"),
)
@msp_only()
def mgen_assistance_juridique(answers: Answers) -> Decision | NotApplicable:
    """Return what legal information covers: by phone, unlimited; never in writing, never on a procedure under way.

    Source: notice MGEN Assistance, article 10 and table.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    asked = dossier.get("demande_juridique")
    if asked == "ecrit":
        return answers.refused("juridique_ecrit", notice(10))
    if asked == "procedure" or dossier.get("procedure_en_cours"):
        return answers.refused("juridique_procedure", notice(10))
    if dossier.get("question_avocat"):
        return answers.refused("juridique_avocat", notice(10))
    delay = amount("delay", "assistance_juridique_rdv", "hours", dossier)
    steps = (holds("juridique", notice(10)), holds("illimite", TABLE))
    return answers.decided("granted", "information", *steps, amounts=(delay,), conditions=("par_telephone",))


@rule(
    "mgen_assistance_medicale",
    title="Puis-je parler à un médecin de l'assistance, ou avoir une ordonnance ?",
    references=(notice(11), TABLE),
    facts=(*FACTS, "demande_medicale"),
)
@msp_only()
def mgen_assistance_medicale(answers: Answers) -> Decision | NotApplicable:
    """Return what medical advice covers: information, unlimited; never a prescription; not for an emergency.

    Source: notice MGEN Assistance, article 11 and table.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    if dossier.get("demande_medicale") == "prescription":
        return answers.refused("prescription", notice(11), conditions=("urgence",))
    steps = (holds("medicale", notice(11)), holds("illimite", TABLE))
    return answers.decided("granted", "information", *steps, conditions=("urgence",))


@rule(
    "mgen_assistance_psychologue",
    title="MGEN Assistance paie-t-elle un psychologue ?",
    references=(notice(9), TABLE),
    facts=FACTS,
)
@msp_only()
def mgen_assistance_psychologue(answers: Answers) -> Decision | NotApplicable:
    """Return what the notice has for moral support: unlimited listening and guidance, no psychologist's sessions.

    Source: notice MGEN Assistance, article 9 and table.

    Raises:
        FactNeeded: for the contract.
    """
    steps = (fails("pas_de_seances", TABLE), holds("ecoute", notice(9)))
    return answers.decided("partial", "ecoute", *steps, conditions=("mise_en_relation_payante",))


@rule(
    "mgen_assistance_aidant",
    title="Je m'occupe d'un proche : que prévoit MGEN Assistance pour les aidants ?",
    references=(notice(8), notice(13), notice(9), CARER),
    facts=FACTS,
)
@msp_only()
def mgen_assistance_aidant(answers: Answers) -> Decision | NotApplicable:
    """Return what a carer has: no benefit of its own; care of the dependent person when the member is in hospital.

    Sources: notice MGEN Assistance, articles 8 (Aidant: a definition that no benefit uses), 13-D and 9; the action
    sociale of the règlement MSP, article 51, is another matter.

    Raises:
        FactNeeded: for the contract.
    """
    steps = (
        fails("aidant_sans_prestation", notice(8)),
        holds("garde_dependants", notice(13)),
        holds("ecoute", notice(9)),
        holds("aidant_action_sociale", CARER),
    )
    return answers.decided("partial", "sans_prestation", *steps)


@rule(
    "mgen_assistance_deces",
    title="Que prévoit MGEN Assistance en cas de décès ?",
    references=(notice(4), notice(9)),
    facts=FACTS,
)
@msp_only()
def mgen_assistance_deces(answers: Answers) -> Decision | NotApplicable:
    """Return that a death is no event of the notice; it only informs about the adoption of the pets.

    Sources: notice MGEN Assistance, articles 4 (closed list of events) and 9.

    Raises:
        FactNeeded: for the contract.
    """
    steps = (fails("deces_absent", notice(4)), holds("ecoute", notice(9)))
    return answers.decided("denied", "non_prevu", *steps)
