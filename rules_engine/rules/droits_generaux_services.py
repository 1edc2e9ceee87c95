"""Health services of the contracts: Kalixia networks, Deuxième avis, Maiia (guides FPE and MGEN Solutions)."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import GUIDE_FPE, STATUTS, Reference, article_msp
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    COLLECTIVE,
    CONTRACT_FACTS,
    CONTRACTS,
    GUIDE_SOLUTIONS,
    asked_contract,
    cited,
    decided,
    figure,
    implied_contract,
    presumed_contract,
)

NETWORKS_FPE = Reference(GUIDE_FPE, "Guide pratique adhérent – Mes garanties santé")
NETWORKS_SOLUTIONS = Reference(GUIDE_SOLUTIONS, "Guide pratique adhérent – Vos réseaux de soins")
OPTICS_MSP = Reference(STATUTS, "Annexe 1 – Optique")
SEARCH_MSP = Reference(
    "espace-personnel-mgen", "Mode d'emploi mgen.fr – Suivre vos remboursements et faire une nouvelle demande"
)
SERVICES_FPE = Reference(GUIDE_FPE, "Guide pratique adhérent – Mes services santé MGEN")
SERVICES_SOLUTIONS = Reference(GUIDE_SOLUTIONS, "Guide pratique adhérent – Vos services exclusifs")
SERVICES = {"FPE": SERVICES_FPE, "SOLUTIONS": SERVICES_SOLUTIONS}
SPACE_SOLUTIONS = Reference(
    "espace-adherent-solutions", "Mon espace personnel adhérent – Navigation dans mon espace personnel"
)
ARTICLE_42 = article_msp("42")
NOTICE_11 = Reference(STATUTS, "Notice MGEN Assistance, article 11")
NETWORKS = {"FPE": NETWORKS_FPE, "SOLUTIONS": NETWORKS_SOLUTIONS}
# By contract and network: the parameter that counts its partners.
PARTNERS = {
    ("FPE", "optique"): "fpe_kalixia_opticiens",
    ("FPE", "audio"): "fpe_kalixia_audioprothesistes",
    ("FPE", "dentaire"): "fpe_kalixia_dentistes",
    ("FPE", "osteo"): "fpe_kalixia_osteopathes",
    ("SOLUTIONS", "optique"): "solutions_kalixia_opticiens",
    ("SOLUTIONS", "audio"): "solutions_kalixia_audioprothesistes",
    ("SOLUTIONS", "dentaire"): "solutions_kalixia_dentistes",
    ("SOLUTIONS", "osteo"): "solutions_kalixia_osteopathes",
    ("SOLUTIONS", "hospitalier"): "solutions_hopitaux_conventionnes",
}
# By kind of service of the Mutualité française: the parameter that counts them.
MUTUALIST_SERVICES = {
    "professionnels": "detail_fpe_ssam_professionnels",
    "optique": "fpe_ssam_optique",
    "dentaire": "fpe_ssam_dentaire",
    "audition": "fpe_ssam_audition",
    "hospitalisation": "detail_fpe_ssam_hopitaux",
    "pharmacie": "detail_fpe_ssam_pharmacies",
    "medical": "detail_fpe_ssam_medicaux",
    "infirmier": "detail_fpe_ssam_infirmiers",
    "medico_social": "detail_fpe_ssam_medicosocial",
    "petite_enfance": "detail_fpe_ssam_petite_enfance",
    "logement": "detail_fpe_ssam_logement",
}


@rule(
    "reseau_kalixia",
    title="Qu'est-ce que le réseau Kalixia et combien de partenaires compte-t-il ?",
    references=(NETWORKS_FPE, NETWORKS_SOLUTIONS, OPTICS_MSP, SEARCH_MSP),
    facts=(*CONTRACT_FACTS, "metier_kalixia", "nombre_demande"),
)
def reseau_kalixia(dossier: Dossier) -> Decision | NotApplicable:
    """Return what a Kalixia network offers, and how many partners it counts under the contract.

    Sources: guide FPE "Mes garanties santé"; guide MGEN Solutions "Vos réseaux de soins"; annexe 1 and the manual of
    mgen.fr for the individual offers, which print no count.

    Raises:
        FactNeeded: for the contract, where a number is asked.
    """
    name, network = "reseau_kalixia", dossier.get("metier_kalixia")
    counting = dossier.get("nombre_demande")
    if network == "contacto" and implied_contract(dossier) is None:
        reasons = [holds("lentilles_en_ligne", NETWORKS_FPE), holds("lentilles_en_ligne", NETWORKS_SOLUTIONS)]
        return decided(dossier, name, "granted", "contacto", reasons)
    if counting:
        contract = asked_contract(dossier)
    else:
        contract = presumed_contract(dossier, "FPE" if network == "hospit" else "MSP")
    if contract not in COLLECTIVE:
        reasons = [holds("tarifs_encadres", OPTICS_MSP), holds("recherche_espace", SEARCH_MSP)]
        case = "msp_nombre" if counting else "msp"
        return decided(dossier, name, "depends" if counting else "granted", case, reasons)
    reasons = [holds("partenaires", NETWORKS[contract])]
    counted = PARTNERS.get((contract, network or ""))
    amounts = [Amount("partners", figure(counted, dossier.on), "count")] if counted else []
    case = f"{contract.lower()}_{network or 'general'}"
    return decided(dossier, name, "granted", case, reasons, amounts=amounts)


@rule(
    "deuxieme_avis",
    title="Deuxième avis : prix, délai, médecins et maladies",
    references=(SERVICES_FPE, SERVICES_SOLUTIONS),
    facts=(*CONTRACT_FACTS, "aspect_deuxieme_avis"),
)
def deuxieme_avis(dossier: Dossier) -> Decision | NotApplicable:
    """Return the price, the delay (days), the doctors or the illnesses of the online second opinion.

    Sources: guide FPE "Mes services santé MGEN"; guide MGEN Solutions "Vos services exclusifs".

    Raises:
        FactNeeded: for the contract, where the guides differ.
    """
    name, aspect = "deuxieme_avis", dossier.get("aspect_deuxieme_avis")
    contract = implied_contract(dossier)
    if aspect == "maladie_citee":
        aspect = "pathologies" if contract == "FPE" else None
    if aspect == "medecins_pathologies":  # the sentence on the doctors gives both figures
        aspect = "medecins"
    if contract is None and aspect in ("medecins", "pathologies"):
        contract = dossier.read("contrat", among=COLLECTIVE)
    if contract is not None and contract not in COLLECTIVE:
        return NotApplicable(name, "msp_silencieux", (SERVICES_FPE,), dict(dossier.used))
    key = (contract or "FPE").lower()
    amounts = {
        "delai": [Amount("delay", figure(f"{key}_deuxieme_avis_delai", dossier.on), "days")],
        "medecins": [Amount("doctors", figure(f"{key}_deuxieme_avis_medecins", dossier.on), "count")],
    }.get(aspect or "", [])
    if aspect == "pathologies" and contract == "FPE":
        amounts = [Amount("illnesses", figure("fpe_deuxieme_avis_pathologies", dossier.on), "count")]
    code = "payant" if aspect == "prix" else "avis_en_ligne"
    reasons = [holds(code, SERVICES[each]) for each in ([contract] if contract else COLLECTIVE)]
    return decided(
        dossier,
        name,
        "granted",
        f"{contract.lower() if contract else 'commun'}_{aspect or 'general'}",
        reasons,
        amounts=amounts,
    )


@rule(
    "teleconsultation_maiia",
    title="Téléconsultation Maiia : prix, horaires, rendez-vous, médecins",
    references=(SERVICES_FPE, SERVICES_SOLUTIONS, ARTICLE_42, NOTICE_11),
    facts=(*CONTRACT_FACTS, "aspect_teleconsultation", "medecin_habituel"),
)
def teleconsultation_maiia(dossier: Dossier) -> Decision | NotApplicable:
    """Return the price, the hours, the need of an appointment or the doctors of the remote consultation.

    Sources: guide FPE "Mes services santé MGEN"; guide MGEN Solutions "Vos services exclusifs" (the same service);
    article 42 and Notice MGEN Assistance, article 11, for the individual offers, which print no price.

    Raises:
        FactNeeded: for the contract, where the price is asked.
    """
    name, contract = "teleconsultation_maiia", implied_contract(dossier)
    aspect = dossier.get("aspect_teleconsultation")
    if contract is None and aspect == "prix":
        contract = dossier.read("contrat", among=CONTRACTS)
    if contract is not None and contract not in COLLECTIVE:
        reasons = [holds("service_en_ligne", ARTICLE_42), holds("service_en_ligne", NOTICE_11)]
        case = "msp_prix" if aspect == "prix" else "msp"
        return decided(dossier, name, "granted", case, reasons, contacts=["urgence_samu"])
    guides = [SERVICES[each] for each in ([contract] if contract else COLLECTIVE)]
    own = dossier.get("medecin_habituel")
    if aspect == "prix" and own:
        reasons = [holds("comme_une_consultation", guide) for guide in guides]
        return decided(dossier, name, "partial", "prix_medecin_habituel", reasons)
    reasons = [holds("sans_rendez_vous", guide) for guide in guides]
    amounts = [Amount("to_pay", Decimal(0), "EUR")] if aspect == "prix" else []
    outcome = "denied" if aspect == "urgence" else "granted"
    details = {"contract": contract} if contract else {}
    return decided(dossier, name, outcome, aspect or "general", reasons, amounts=amounts, details=details)


@rule(
    "services_mutualistes",
    title="Combien de services de soins de la Mutualité française sont ouverts aux agents ?",
    references=(NETWORKS_FPE,),
    facts=(*CONTRACT_FACTS, "etablissement_mutualiste"),
)
def services_mutualistes(dossier: Dossier) -> Decision | NotApplicable:
    """Return how many services of the Mutualité française, of one kind or in all, the FPE contract opens.

    Source: guide FPE "Mes garanties santé", which alone counts them.
    """
    name = "services_mutualistes"
    contract = presumed_contract(dossier, "FPE")
    if contract != "FPE":
        return NotApplicable(name, "autre_contrat", (NETWORKS_FPE,), dict(dossier.used))
    kind = dossier.get("etablissement_mutualiste")
    count = figure(MUTUALIST_SERVICES[kind] if kind else "fpe_ssam", dossier.on)
    reasons = [holds("services_comptes", NETWORKS_FPE)]
    return decided(dossier, name, "granted", kind or "total", reasons, amounts=[Amount("services", count, "count")])


@rule(
    "fichier_joint_solutions",
    title="Quels fichiers puis-je joindre dans l'espace MGEN Solutions ?",
    references=(SPACE_SOLUTIONS,),
    facts=("format_fichier", "poids_fichier", "question_poids_fichier"),
)
def fichier_joint_solutions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a file may be joined to a change of RIB, by its format and its weight (Mo).

    Source: manual of the space MGEN Solutions, "Mes remboursements / RIB".
    """
    name = "fichier_joint_solutions"
    form, weight = dossier.get("format_fichier"), dossier.get("poids_fichier")
    most = int(str(cited("solutions_piece_jointe_max", dossier.on).value).split()[0])
    too_heavy = weight is not None and weight > most
    if form == "refuse" or too_heavy:
        case = "trop_lourd" if too_heavy else "format_absent"
        return decided(dossier, name, "denied", case, [fails(case, SPACE_SOLUTIONS)])
    case = "poids" if dossier.get("question_poids_fichier") else "tout"
    if form or weight is not None:
        case = "format_accepte" if weight is None else "poids_accepte"
    return decided(dossier, name, "granted", case, [holds("formats_et_poids", SPACE_SOLUTIONS)])
