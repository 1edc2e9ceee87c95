"""What raises, lowers, shares out a contribution: règlement MGEN Santé Prévoyance articles 59 to 63, annexe 2."""

from __future__ import annotations

from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.adhesion_commun import article_statuts
from rules_engine.rules.cotisations_choix import known_category
from rules_engine.rules.cotisations_commun import (
    ANNEXE_2,
    MEMBER_AGE_FACTS,
    MEMBER_FACTS,
    Draft,
    age_of,
    age_reason,
    figure,
    not_collective,
    told_unless_refused,
    year_of,
)
from rules_engine.rules.cotisations_devis import price_member
from rules_engine.rules.cotisations_enfants import COUNTS


@rule(
    "gratuite_quatrieme_enfant",
    title="Mon quatrième enfant est-il couvert gratuitement ?",
    references=(article_msp("61-2"), ANNEXE_2),
    facts=("contrat", "qualite", "nb_enfants", "rang_enfant", *COUNTS, "enfants_meme_adherent", "nb_enfants_rattaches"),
)
@told_unless_refused
def gratuite_quatrieme_enfant(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a child is free: from the fourth covered on, the youngest, all with the same member.

    Sources: article 61-2, note 2 of annexe 2.
    """
    name = "gratuite_quatrieme_enfant"
    not_collective(dossier)
    article, rank = article_msp("61-2"), figure("enfant_gratuit_rang", dossier)
    said = [count for count in (dossier.get(fact_id) for fact_id in COUNTS) if count is not None]
    attached = dossier.get("nb_enfants_rattaches")
    told = attached if dossier.get("nb_enfants") is None else dossier.get("nb_enfants")
    ranked = dossier.get("rang_enfant")
    number = sum(said) if said else told if told is not None or ranked is None else int(ranked)
    enough = attached is not None and attached >= rank
    amounts = (Amount("rang", rank, "count"),)
    if dossier.get("enfants_meme_adherent") is False and not enough:
        reasons = (Reason("meme_adherent", False, article),)
        return Draft("denied", "plusieurs_adherents", reasons, amounts).decision(name, dossier)
    if number is not None and number < rank:
        return Draft("denied", "trop_peu", (Reason("rang_gratuit", False, article),), amounts).decision(name, dossier)
    conditions = () if enough or dossier.get("enfants_meme_adherent") else ("enfants_meme_adherent",)
    steps = (
        Reason("rang_gratuit", True, article),
        Reason("gratuit_plus_jeune", True, article),
        Reason("gratuite_tableau", True, ANNEXE_2),
    )
    # Without any count "oui" might be said of a third child.
    return Draft("granted", "gratuit" if number is not None else "regle", steps, amounts, {}, conditions).decision(
        name, dossier
    )


@rule(
    "revalorisation_cotisations",
    title="Ma cotisation peut-elle augmenter chaque année ?",
    references=(article_msp("62"), article_statuts("27"), article_statuts("18"), article_msp("58")),
    facts=("contrat", "instance_demandee"),
)
@told_unless_refused
def revalorisation_cotisations(dossier: Dossier) -> Decision | NotApplicable:
    """Return that rates and amounts may rise every year, and who decides: the texts differ, both are shown.

    Sources: article 62 (the general assembly sets the index); statuts articles 27 (the board sets rates and amounts)
    and 18 (within the general rules of the assembly); article 58 (a member also moves to another age band).
    """
    name = "revalorisation_cotisations"
    not_collective(dossier)
    reasons = (
        Reason("revalorisation", True, article_msp("62")),
        Reason("conseil_fixe", True, article_statuts("27")),
        Reason("assemblee_regles_generales", True, article_statuts("18")),
        Reason("changement_tranche", True, article_msp("58")),
    )
    case = "qui" if dossier.get("instance_demandee") else "annuelle"
    return Draft("granted", case, reasons, warnings=("assemblee_ou_conseil",)).decision(name, dossier)


@rule(
    "prorata_cotisation",
    title="Un complément est-il dû pour l'année entière quand un proche arrive en cours d'année ?",
    references=(article_msp("61"), article_msp("59")),
    facts=("contrat",),
)
@told_unless_refused
def prorata_cotisation(dossier: Dossier) -> Decision | NotApplicable:
    """Return that a complement is counted pro rata of the period covered; the article does not say days or months.

    Sources: articles 59 and 61.
    """
    name = "prorata_cotisation"
    not_collective(dossier)
    reasons = (Reason("complement_prorata", True, article_msp("61")), Reason("annee_civile", True, article_msp("59")))
    draft = Draft("denied", "prorata", reasons, conditions=("prorata_jours_ou_mois",))
    return draft.decision(name, dossier)


@rule(
    "cotisation_garantie_additionnelle",
    title="Combien coûte une garantie additionnelle ?",
    references=(article_msp("63"), article_msp("55")),
    facts=("contrat",),
)
@told_unless_refused
def cotisation_garantie_additionnelle(dossier: Dossier) -> Decision | NotApplicable:
    """Return that an additional guarantee has a contribution of its own, printed in its notice only.

    Sources: articles 63 and 55.
    """
    name = "cotisation_garantie_additionnelle"
    not_collective(dossier)
    reasons = (
        Reason("cotisation_specifique", True, article_msp("63")),
        Reason("garanties_liste", True, article_msp("55")),
    )
    return Draft("granted", "notice", reasons, conditions=("montant_dans_notice",)).decision(name, dossier)


@rule(
    "minoration_retraite_sans_pid",
    title="Ma cotisation de retraité est-elle réduite sans garantie décès avant 1986 ?",
    references=(article_msp("59-2"),),
    facts=("contrat", "qualite", "sans_allocation_deces_1986", *MEMBER_AGE_FACTS, "annee_cotisation"),
)
@told_unless_refused
def minoration_retraite_sans_pid(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a retraité past 65 pays less the part of the PID, whose amount the documents do not print.

    Sources: article 59-2, last paragraph.

    Raises:
        FactNeeded: for the refusal before 1986, then for the birth year.
    """
    name, article = "minoration_retraite_sans_pid", article_msp("59-2")
    not_collective(dossier)
    year = year_of(dossier)
    if dossier.get("qualite") not in (None, "retraite"):
        return NotApplicable(name, "pid_retraites_seulement", (article,), dict(dossier.used))
    limit = figure("minoration_pid_age", dossier)
    amounts = (Amount("age_limite", limit, "age"),)
    if not dossier.read("sans_allocation_deces_1986"):
        return Draft("denied", "garantie_acquise", (Reason("pid", False, article),), amounts).decision(name, dossier)
    age = age_of(dossier, year)
    if age.number <= limit:
        return Draft("denied", "trop_jeune", (Reason("pid", False, article),), amounts).decision(name, dossier)
    draft = Draft("granted", "minoree", (Reason("pid", True, article),), amounts, {}, ("montant_pid_inconnu",))
    return draft.decision(name, dossier)


@rule(
    "repartition_cotisation",
    title="Comment ma cotisation se répartit-elle entre les mutuelles du groupe ?",
    references=(ANNEXE_2, article_msp("58")),
    facts=MEMBER_FACTS,
)
@told_unless_refused
def repartition_cotisation(dossier: Dossier) -> Decision | NotApplicable:
    """Return which part (%) of an actif's or retraité's contribution goes to each mutual of the group.

    Sources: annexe 2 (ventilation), article 58.

    Raises:
        FactNeeded: for formule, category, prévoyance or birth year.
    """
    name = "repartition_cotisation"
    category = known_category(dossier)
    if dossier.get("contrat") == "OJI" or category not in (None, "actif", "retraite"):
        return NotApplicable(name, "repartition_non_imprimee", (ANNEXE_2,), dict(dossier.used))
    year, price, age = price_member(dossier)
    shares = year.tariff.shares(price)
    if shares is None:
        return NotApplicable(name, "repartition_non_imprimee", (ANNEXE_2,), dict(dossier.used))
    amounts = (
        Amount("mgen", shares.mgen, "percent"),
        Amount("action_sociale", shares.action_sociale, "percent"),
        Amount("centres_sante", shares.centres_sante, "percent"),
    )
    reasons = (
        Reason("ventilation", True, shares.reference),
        Reason("mutuelles_du_groupe", True, article_msp("58")),
        age_reason(age, year),
    )
    details = {**year.details(), "formule": price.formule, "tranche": price.band}
    draft = Draft("granted", "ventilation", reasons, amounts, {}, age.conditions, year.warnings, details)
    return draft.decision(name, dossier)
