"""Conditions of care where facts decide: règlement MSP, articles 28 to 35."""

from __future__ import annotations

from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    ANNEXE_1,
    ANNEXE_3,
    CONTRACT_FACTS,
    article_msp,
    common_cell,
    decided,
    figure,
    individual_only,
    presumed_contract,
    table_amounts,
)
from rules_engine.tables import OFFERS

TABLES = {"MSP": ANNEXE_1, "OJI": ANNEXE_3}
ARTICLE_28 = article_msp("28")
ARTICLE_29 = article_msp("29")
ARTICLE_11 = article_msp("11")
ARTICLE_30 = article_msp("30")
ARTICLE_31 = article_msp("31")
ARTICLE_35 = article_msp("35")
WITHOUT_FORFAIT = "Essentielle"
ABOVE_BASE_FORMULES = ("Equilibre", "Intégrale")
LIMITS = {
    "viscosupplementation": "viscosupplementation_participations_an",
    "chirurgie_refractive": "chirurgie_refractive_participations_max",
    "implants_corneens": "implants_corneens_participations_max",
}
PER_EYE = ("chirurgie_refractive", "implants_corneens")


@rule(
    "acupuncture_conditions",
    title="Mes séances d'acupuncture sont-elles prises en charge ?",
    references=(ARTICLE_30, ANNEXE_1, ANNEXE_3),
    facts=(
        *CONTRACT_FACTS,
        "praticien_acupuncture",
        "optam",
        "diplome_acupuncture",
        "remboursable_secu",
        "parcours_soins",
    ),
)
@individual_only
def acupuncture_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether acupuncture is paid: by a graduate doctor under OPTAM, or by a graduate midwife.

    Sources: article 30, point 2 (yearly lump sum € by formule: annexes 1 and 3).

    Raises:
        FactNeeded: for the practitioner, and OPTAM for a doctor.
    """
    name = "acupuncture_conditions"
    contract = presumed_contract(dossier)
    if dossier.get("formule") == WITHOUT_FORFAIT:
        return decided(dossier, name, "denied", "sans_forfait", [fails("formule_sans_forfait", ANNEXE_3)])
    practitioner = dossier.read("praticien_acupuncture")
    refusal = _acupuncture_refusal(dossier, practitioner)
    if refusal:
        return decided(dossier, name, "denied", refusal, [fails(refusal, ARTICLE_30)])
    reasons = [holds(practitioner, ARTICLE_30), holds("forfait_annuel", TABLES[contract])]
    documents = ["facture_nature_acte"]
    if practitioner == "medecin" and dossier.get("remboursable_secu"):
        documents.append("decompte_secu")
        if dossier.get("formule") in ABOVE_BASE_FORMULES and dossier.presume("parcours_soins", True):
            reasons.append(holds("au_dela_de_la_base", ARTICLE_30))
    cell = common_cell(contract, "acupuncture", dossier.get("formule"), dossier.on)
    amounts = table_amounts(cell)
    return decided(dossier, name, "granted", practitioner, reasons, amounts=amounts, documents=documents)


def _acupuncture_refusal(dossier: Dossier, practitioner: str) -> str | None:
    """Return why a practitioner is not paid for, None when he is."""
    if practitioner == "autre":
        return "praticien_exclu"
    if practitioner == "medecin" and not dossier.read("optam"):
        return "medecin_hors_optam"
    return None if dossier.presume("diplome_acupuncture", True) else "sans_diplome"


@rule(
    "psychotherapie_conditions",
    title="Mes séances chez le psychologue sont-elles prises en charge ?",
    references=(ARTICLE_28, ANNEXE_1, ANNEXE_3),
    facts=(*CONTRACT_FACTS, "remboursable_secu", "praticien_psy", "exercice_liberal"),
)
@individual_only
def psychotherapie_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether psychotherapy is paid: complement of the Sécurité sociale, or by session (€) without it.

    Sources: article 28; annexes 1 and 3, Psychothérapie (sessions a calendar year).

    Raises:
        FactNeeded: for the Sécurité sociale's part, and the practitioner without it.
    """
    name = "psychotherapie_conditions"
    contract = presumed_contract(dossier)
    if dossier.read("remboursable_secu"):
        cell = common_cell(contract, "psychotherapie_remboursee", dossier.get("formule"), dossier.on)
        reasons = [holds("dispositif_secu", ARTICLE_28), holds("seances_par_an", TABLES[contract])]
        return decided(dossier, name, "granted", "remboursee", reasons, amounts=table_amounts(cell))
    if dossier.get("formule") == WITHOUT_FORFAIT:
        return decided(dossier, name, "denied", "sans_prise_en_charge", [fails("formule_neant", ANNEXE_3)])
    practitioner = dossier.read("praticien_psy")
    if practitioner in ("psychiatre", "autre"):
        case = "psychiatre" if practitioner == "psychiatre" else "praticien_exclu"
        return decided(dossier, name, "denied", case, [fails(case, ARTICLE_28)])
    if not dossier.presume("exercice_liberal", True):
        return decided(dossier, name, "denied", "hors_liberal", [fails("hors_liberal", ARTICLE_28)])
    reasons = [holds("praticien_admis", ARTICLE_28), holds("seances_par_an", TABLES[contract])]
    conditions = {"psychologue": ["psychologue_clinicien"], "psychotherapeute": ["titre_enregistre"]}
    cell = common_cell(contract, "psychotherapie_non_remboursee", dossier.get("formule"), dossier.on)
    return decided(
        dossier,
        name,
        "granted",
        "non_remboursee",
        reasons,
        amounts=table_amounts(cell),
        conditions=conditions.get(practitioner, []),
    )


@rule(
    "osteodensitometrie_conditions",
    title="L'ostéodensitométrie est-elle prise en charge ?",
    references=(ARTICLE_31, ANNEXE_1, ANNEXE_3),
    facts=(*CONTRACT_FACTS, "remboursable_secu", "optam", "parcours_soins", "reste_a_charge_acte"),
)
@individual_only
def osteodensitometrie_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether bone densitometry draws on the prevention lump sum (€ a calendar year).

    Sources: article 31, point 4 (Intégrale alone; if the Sécurité sociale pays: parcours de soins, OPTAM,
    something left to pay); annexes 1 and 3.

    Raises:
        FactNeeded: for the formule, the Sécurité sociale's part, and OPTAM.
    """
    name = "osteodensitometrie_conditions"
    contract = presumed_contract(dossier)
    formule = dossier.read("formule", among=OFFERS[contract])
    if formule != "Intégrale":
        return decided(dossier, name, "denied", "formule_exclue", [fails("integrale_seulement", ARTICLE_31)])
    cell = common_cell(contract, "osteodensitometrie", formule, dossier.on)
    table = holds("forfait_prevention", TABLES[contract])
    if not dossier.read("remboursable_secu"):
        reasons = [holds("non_remboursee_admise", ARTICLE_31), table]
        return decided(dossier, name, "granted", "non_remboursee", reasons, amounts=table_amounts(cell))
    failed = _reimbursed_scan_refusal(dossier)
    if failed:
        return decided(dossier, name, "denied", failed, [fails(failed, ARTICLE_31)])
    conditions = ["reste_a_charge"] if dossier.get("reste_a_charge_acte") is None else []
    reasons = [holds("conditions_remplies", ARTICLE_31), table]
    amounts = table_amounts(cell)
    return decided(dossier, name, "granted", "remboursee", reasons, amounts=amounts, conditions=conditions)


def _reimbursed_scan_refusal(dossier: Dossier) -> str | None:
    if not dossier.read("optam"):
        return "praticien_hors_optam"
    if not dossier.presume("parcours_soins", True):
        return "hors_parcours"
    return "aucun_reste_a_charge" if dossier.get("reste_a_charge_acte") is False else None


@rule(
    "limite_participations",
    title="Combien de fois MGEN prend-elle en charge cet acte ?",
    references=(ARTICLE_28, ANNEXE_1),
    facts=(
        *CONTRACT_FACTS,
        "acte_limite",
        "meme_oeil",
        "deja_actes",
        "participations_recues",
        "participation_suivante",
    ),
)
@individual_only
def limite_participations(dossier: Dossier) -> Decision | NotApplicable:
    """Return how many participations (count) a person may have, and how many are left.

    Source: article 28 (viscosupplémentation: a year; refractive surgery and implants of cataract: one an eye).

    Raises:
        FactNeeded: for the act.
    """
    name = "limite_participations"
    act = dossier.read("acte_limite")
    most, done = figure(LIMITS[act], dossier.on), dossier.get("deja_actes")
    done = dossier.get("participations_recues") if done is None else done
    if done is None and dossier.get("participation_suivante"):
        done = int(most)
    amounts = [Amount("max_count", most, "count", "civil_year" if act not in PER_EYE else "lifetime")]
    limit = holds(f"limite_{act}", ARTICLE_28)
    if act in PER_EYE and dossier.get("meme_oeil"):
        reasons = [fails("oeil_deja_pris_en_charge", ARTICLE_28), limit]
        return decided(dossier, name, "denied", "meme_oeil", reasons, amounts=amounts, details={"act": act})
    left = None if done is None else max(ZERO, most - done)
    if left is not None:
        amounts.append(Amount("left", left, "count"))
    if left == ZERO:
        reasons = [fails("limite_atteinte", ARTICLE_28), limit]
        return decided(dossier, name, "denied", f"{act}_atteinte", reasons, amounts=amounts, details={"act": act})
    conditions = [f"condition_{act}"]
    return decided(dossier, name, "granted", act, [limit], amounts=amounts, conditions=conditions, details={"act": act})


@rule(
    "achat_internet",
    title="Un achat sur Internet est-il remboursé ?",
    references=(ARTICLE_28,),
    facts=(*CONTRACT_FACTS, "remboursable_secu", "site_conforme"),
)
@individual_only
def achat_internet(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether glasses, medicines or equipment bought on line are paid for.

    Source: article 28 (the Sécurité sociale paid, or the site respects the rules of public health).
    """
    name = "achat_internet"
    by_secu, lawful = dossier.get("remboursable_secu"), dossier.get("site_conforme")
    if by_secu or lawful:
        code = "secu_prend_en_charge" if by_secu else "site_conforme"
        return decided(dossier, name, "granted", code, [holds(code, ARTICLE_28)])
    if lawful is False and by_secu is False:
        return decided(dossier, name, "denied", "refus", [fails("ni_secu_ni_site", ARTICLE_28)])
    case = "secu_exigee" if lawful is False else "site_exige" if by_secu is False else "conditions"
    conditions = ["secu_ou_site_conforme"] if case == "conditions" else []
    reasons = [holds("code_sante_publique", ARTICLE_28)]
    return decided(dossier, name, "depends", case, reasons, conditions=conditions)


@rule(
    "exclusion_soin",
    title="Ce soin est-il exclu (chirurgie esthétique, rajeunissement, hors Sécurité sociale) ?",
    references=(ARTICLE_35, ANNEXE_1, ANNEXE_3),
    facts=(*CONTRACT_FACTS, "soin_exclu", "remboursable_secu"),
)
@individual_only
def exclusion_soin(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a kind of care is excluded.

    Source: article 35 (cosmetic surgery and rejuvenation; care that the Sécurité sociale does not pay, unless
    annexe 1 lists it; the obligations of responsible contracts stand).

    Raises:
        FactNeeded: for the kind of care.
    """
    name = "exclusion_soin"
    contract = presumed_contract(dossier)
    kind = dossier.read("soin_exclu")
    if kind == "hors_secu":
        reasons = [fails("hors_secu", ARTICLE_35), holds("sauf_annexe", TABLES[contract])]
        return decided(dossier, name, "denied", "hors_secu", reasons)
    if dossier.get("remboursable_secu"):
        reasons = [fails(kind, ARTICLE_35), holds("obligations_contrat_responsable", ARTICLE_35)]
        return decided(dossier, name, "depends", "secu_participe", reasons, contacts=["telephone_msp"])
    return decided(dossier, name, "denied", kind, [fails(kind, ARTICLE_35)])


@rule(
    "hospitalisation_conditions",
    title="Mon hospitalisation est-elle prise en charge, et quelle pièce envoyer ?",
    references=(ARTICLE_29, ARTICLE_11),
    facts=(
        *CONTRACT_FACTS,
        "remboursable_secu",
        "etablissement_conventionne",
        "date_debut_soins",
        "date_adhesion",
        "soin_avant_adhesion",
    ),
)
@individual_only
def hospitalisation_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a hospital stay is covered (only with the Sécurité sociale), and what to send.

    Source: article 29 (right judged on the first day; no advance in an establishment under agreement).
    """
    name = "hospitalisation_conditions"
    if not dossier.presume("remboursable_secu", True):
        return decided(dossier, name, "denied", "hors_secu", [fails("secu_ne_participe_pas", ARTICLE_29)])
    entered, joined = dossier.get("date_debut_soins"), dossier.get("date_adhesion")
    known = entered is not None and joined is not None
    if (known and entered < joined) or (not known and dossier.get("soin_avant_adhesion")):
        dates = {"entered": entered, "start": joined} if known else {}
        reasons = [fails("date_debut_sejour", ARTICLE_29), fails("avant_effet_exclu", ARTICLE_11)]
        return decided(dossier, name, "denied", "avant_effet_date" if known else "avant_effet", reasons, dates=dates)
    agreed = dossier.get("etablissement_conventionne")
    reasons = [holds("secu_participe", ARTICLE_29), holds("date_debut_sejour", ARTICLE_29)]
    if agreed:
        reasons.append(holds("dispense_avance", ARTICLE_29))
        return decided(dossier, name, "granted", "conventionne", reasons)
    case = "prise_en_charge" if agreed is None else "hors_convention"
    return decided(dossier, name, "granted", case, reasons, documents=["facture_hospitaliere"])
