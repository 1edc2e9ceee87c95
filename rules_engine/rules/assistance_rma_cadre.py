"""Who, where, until when, with whose agreement and what never: the frame of the notice MGEN Assistance."""

from __future__ import annotations

from rules_engine.dates import add_months_clamped, last_day_within_days
from rules_engine.dates_droits_generaux import nth_business_day_after
from rules_engine.decision import Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import Reference
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import (
    ARTICLE_41,
    CALL_FACTS,
    CAUSE_FACTS,
    CONTRACT_FACTS,
    GATE_FACTS,
    SAD,
    Answers,
    amount,
    figure,
    home,
    implied_contract,
    msp_only,
    notice,
    person_told,
    sad_notice,
)

COUPLE_FACTS = ("lien_proche", "type_couple", "vit_avec_adherent", "couverture_premier_niveau")
PLACE_FACTS = ("residence_adherent", "lieu_soins", "lieu_appel", "vit_hors_france")
MONTHS_A_YEAR = 12


@rule(
    "mgen_assistance_beneficiaires",
    title="Qui est couvert par MGEN Assistance : conjoint, enfant, parent ?",
    references=(notice(1), notice(8), ARTICLE_41),
    facts=(*GATE_FACTS, *COUPLE_FACTS, "qualite"),
)
@msp_only()
def mgen_assistance_beneficiaires(answers: Answers) -> Decision | NotApplicable:
    """Return whether a person is covered: member, spouse named on the contract, child under 18 or handicapped at home.

    Sources: notice MGEN Assistance, articles 1 and 8 (a concubin lives with the member; a social insured or ayant
    droit); règlement MSP, article 41 (18 to 29: the ÔJI packs).

    Raises:
        FactNeeded: for the contract, a child's age.
    """
    dossier = answers.dossier
    person = person_asked(dossier)
    if person is None:
        steps = (holds("beneficiaire_adherent", notice(1)), holds("beneficiaire_conjoint", notice(1)))
        return answers.decided("granted", "general", *steps, holds("enfant_mineur", notice(1)))
    refused = answers.person(person)
    if refused is not None:
        return refused
    if person == "adherent":
        return _member(answers)
    if person == "conjoint":
        return partner(answers, notice(8), holds("beneficiaire_conjoint", notice(1)))
    if dossier.get("vit_avec_adherent") is False:
        return answers.refused("enfant_ailleurs", notice(1))
    if dossier.get("handicap"):
        return answers.decided(
            "granted", "enfant_handicap", holds("enfant_handicap", notice(1)), conditions=("au_foyer",)
        )
    adult = int(figure("assistance_enfant_age", dossier))
    if dossier.get("age_enfant") is None and dossier.read("age", among=(adult - 1, adult)) >= adult:
        return answers.refused("enfant_majeur", notice(1))
    return answers.decided("granted", "enfant", holds("enfant_mineur", notice(1)), conditions=("au_foyer",))


def person_asked(dossier: Dossier) -> str | None:
    """Return the person asked about: said, or the relative named ("ma mère", "mon frère"), or the member's own quality.

    None when nobody was named: the answer then says who is covered.
    """
    said = person_told(dossier)
    link = dossier.get("lien_proche")
    trade = link == "conjoint" and dossier.get("autre_femme") and not dossier.get("conjoint_nomme")
    age = dossier.get("age_enfant")
    if said is None and age is not None and age < figure("assistance_enfant_age", dossier):
        return "enfant"
    if said is None and link is not None and not trade:
        return link if link in ("conjoint", "enfant") else "autre"
    quality = dossier.get("qualite")
    if said is None and quality is not None:
        return quality if quality in ("conjoint", "enfant") else "adherent"
    return said


def partner(answers: Answers, definition: Reference, *steps: Reason) -> Decision:
    """Return whether a partner is covered: a social insured, and a concubin lives with the member."""
    dossier = answers.dossier
    if dossier.get("couverture_premier_niveau") is False:
        return answers.refused("conjoint_non_assure", definition)
    together = dossier.get("type_couple") == "concubin"
    if together and dossier.get("vit_avec_adherent") is False:
        return answers.refused("concubin_ailleurs", definition)
    if not together:
        return answers.decided("granted", "conjoint", *steps, conditions=("conjoint_inscrit",))
    steps = (*steps, holds("beneficiaire_concubin", definition))
    return answers.decided("granted", "concubin", *steps, conditions=("conjoint_inscrit",))


def _member(answers: Answers) -> Decision:
    """Return that the member is covered; jeunes and orphelins of 18 to 29 have the ÔJI packs instead (article 41)."""
    dossier = answers.dossier
    if dossier.get("qualite") == "jeune":
        return answers.refused("jeune_oji", ARTICLE_41)
    if dossier.get("qualite") == "orphelin":
        age = dossier.read("age", among=(17, 18, 29, 30))
        low = figure("oji_beneficiaire_age_min", dossier)
        if low <= age <= figure("oji_beneficiaire_age_max", dossier):
            return answers.refused("orphelin_oji", ARTICLE_41)
    return answers.decided("granted", "adherent", holds("beneficiaire_adherent", notice(1)))


@rule(
    "mgen_assistance_territoire",
    title="MGEN Assistance joue-t-elle outre-mer ou à l'étranger ?",
    references=(notice(3), notice(8), notice(5)),
    facts=(
        *CONTRACT_FACTS,
        *PLACE_FACTS,
        "andorre_monaco",
        *CAUSE_FACTS,
        "zone_sejour",
        "sejour_etranger_type",
        "duree_sejour",
        "sport_pratique",
    ),
)
@msp_only()
def mgen_assistance_territoire(answers: Answers) -> Decision | NotApplicable:
    """Return where the notice applies: metropolitan France, Andorra, Monaco, the DROM; not elsewhere.

    Sources: notice MGEN Assistance, articles 3 and 8 (DROM, France, Domicile).

    Raises:
        FactNeeded: for the contract and the home.
    """
    dossier = answers.dossier
    excluded = answers.excluded()
    if excluded is not None:
        return excluded
    if dossier.get("andorre_monaco"):
        return answers.decided("granted", "metropole", holds("territoire", notice(3)))
    if dossier.get("residence_adherent") is None and dossier.get("lieu_soins") == "com":
        return answers.refused("hors_territoire", notice(3), place="com")
    if dossier.get("residence_adherent") is None and dossier.get("lieu_soins") == "etranger":
        return answers.refused("soins_etranger", notice(3))
    place = home(dossier) or dossier.read("residence_adherent")
    if place in ("com", "etranger"):
        return answers.refused("hors_territoire", notice(3), place=place)
    return answers.decided("granted", place, holds("territoire", notice(3)))


@rule(
    "mgen_assistance_delai_appel",
    title="Jusqu'à quand appeler MGEN Assistance (MGEN Santé Prévoyance) ?",
    references=(notice(5),),
    facts=(*CONTRACT_FACTS, *CALL_FACTS, *PLACE_FACTS),
)
def mgen_assistance_delai_appel(dossier: Dossier) -> Decision | NotApplicable:
    """Return the last day (included) to call: 20 days after the event.

    Source: notice MGEN Assistance, article 5, which also names 48 hours without saying of what.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_delai_appel", dossier)
    refusal = answers.other_contract() or answers.late(calls_now=True)
    return refusal if refusal is not None else until_when(answers, ("delai_48_heures",))


def until_when(answers: Answers, warnings: tuple[str, ...] = ()) -> Decision:
    """Return the 20 days of article 5, as a date when the event's is known."""
    deadline = answers.deadline()
    delay = amount("delay", answers.scheme.delay, "days", answers.dossier)
    return answers.decided(
        "granted",
        "delai" if deadline is None else "a_temps",
        holds("delai_appel", answers.scheme.call),
        amounts=(delay,),
        dates={} if deadline is None else {"deadline": deadline},
        contact=False,
        conditions=("rappeler_sortie",) if answers.scheme is not SAD else (),
        warnings=warnings,
    )


@rule(
    "mgen_assistance_accord_prealable",
    title="L'assistance rembourse-t-elle une aide que j'ai payée moi-même ?",
    references=(notice(7), notice(21)),
    facts=(
        *CONTRACT_FACTS,
        *PLACE_FACTS,
        "frais_assistance",
        "accord_prealable",
        "date_validation_pieces",
        "question_delai_paiement",
        "question_accord_requis",
    ),
)
@msp_only()
def mgen_assistance_accord_prealable(answers: Answers) -> Decision | NotApplicable:
    """Return whether an expense is paid back: agreed first, within 30 calendar days once the papers are validated.

    Sources: notice MGEN Assistance, article 7 (agreement first; a reasonable initiative may be assessed; extra fees and
    usual expenses never) and 21 (expenses without agreement excluded).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    kind = dossier.get("frais_assistance")
    if kind in ("annexes", "habituels"):
        return answers.refused(f"frais_{kind}", notice(7))
    validated, agreed = dossier.get("date_validation_pieces"), dossier.get("accord_prealable")
    if agreed is False:
        steps = (fails("sans_accord", notice(7)), fails("exclusion_sans_accord", notice(21)))
        return answers.decided("denied", "sans_accord", *steps, warnings=("initiative_raisonnable",))
    if agreed is None and dossier.get("question_accord_requis"):
        steps = (fails("sans_accord", notice(7)), fails("exclusion_sans_accord", notice(21)))
        return answers.decided("granted", "accord_requis", *steps, warnings=("initiative_raisonnable",))
    if agreed is None and validated is None and not dossier.get("question_delai_paiement"):
        known = (
            fails("sans_accord", notice(7)),
            holds("avec_accord", notice(7)),
            fails("exclusion_sans_accord", notice(21)),
        )
        return answers.decided("depends", "accord_inconnu", *known, warnings=("initiative_raisonnable",))
    delay = amount("delay", "assistance_remboursement_delai", "days", dossier)
    dates = {} if validated is None else {"payment": last_day_within_days(validated, int(delay.value or 0))}
    return answers.decided(
        "granted",
        "rembourse_avant_date" if dates else "rembourse",
        holds("avec_accord", notice(7)),
        amounts=(delay,),
        dates=dates,
        conditions=("plafonds_et_evaluation", "sans_frais_annexes"),
        documents=("factures",),
    )


@rule(
    "mgen_assistance_exclusions",
    title="Qu'est-ce que l'assistance ne prend jamais en charge ?",
    references=(notice(21), notice(20), sad_notice(13), sad_notice(12)),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, *CAUSE_FACTS),
)
def mgen_assistance_exclusions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a cause is excluded; without a cause, the main exclusions.

    Sources: notice MGEN Assistance, articles 20 and 21; the same in the notice SAD Assurance, articles 12 and 13.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_exclusions", dossier)
    refusal = answers.other_contract() or answers.excluded()
    if refusal is not None:
        return refusal
    return answers.decided("depends", "liste", fails("exclusions", notice(21)), fails("restrictions", notice(20)))


@rule(
    "mgen_assistance_prescription",
    title="Combien de temps ai-je pour agir contre l'assistance ?",
    references=(notice(25), sad_notice(17)),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, "date_evenement"),
)
@msp_only()
def mgen_assistance_prescription(answers: Answers) -> Decision | NotApplicable:
    """Return the day on which claims about the assistance lapse: 2 years after the event.

    Sources: notice MGEN Assistance, article 25; notice SAD Assurance, article 17.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    years = amount("period", "assistance_prescription", "years", dossier)
    event = dossier.get("date_evenement")
    months = int(years.value or 0) * MONTHS_A_YEAR
    dates = {} if event is None else {"lapse": add_months_clamped(event, months)}
    steps = (holds("prescription", notice(25)), holds("prescription_sad", sad_notice(17)))
    case = "date" if dates else "periode"
    if dates and answers.call_day() > dates["lapse"]:
        lapsed = (fails("prescription", notice(25)), fails("prescription_sad", sad_notice(17)))
        return answers.decided(
            "denied", "prescrit", *lapsed, amounts=(years,), dates=dates, conditions=("depart_reporte", "interruption")
        )
    conditions = ("depart_reporte", "interruption")
    return answers.decided("granted", case, *steps, amounts=(years,), dates=dates, conditions=conditions)


@rule(
    "mgen_assistance_prise_effet",
    title="À partir de quand suis-je couvert par MGEN Assistance ?",
    references=(notice(2),),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, "date_adhesion"),
)
@msp_only()
def mgen_assistance_prise_effet(answers: Answers) -> Decision | NotApplicable:
    """Return the first day covered: that of the health cover.

    Source: notice MGEN Assistance, article 2, which names no waiting period.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    joined = dossier.get("date_adhesion")
    dates = {} if joined is None else {"start": joined}
    step = holds("prise_effet", notice(2))
    return answers.decided("granted", "date" if dates else "meme_date", step, dates=dates)


@rule(
    "mgen_assistance_fin_contrat",
    title="L'assistance continue-t-elle après la fin de mon contrat ?",
    references=(notice(2),),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, "intervention_commencee"),
)
@msp_only()
def mgen_assistance_fin_contrat(answers: Answers) -> Decision | NotApplicable:
    """Return whether an intervention goes on past the contract's end: to its term, if it had begun before.

    Source: notice MGEN Assistance, article 2.

    Raises:
        FactNeeded: for the contract, and whether the intervention had begun.
    """
    dossier = answers.dossier
    if dossier.read("intervention_commencee"):
        return answers.decided("granted", "menee_a_terme", holds("menee_a_terme", notice(2)))
    return answers.refused("fin_avec_contrat", notice(2))


@rule(
    "mgen_assistance_reclamation",
    title="Sous quel délai RMA répond-elle à ma réclamation sur l'assistance ?",
    references=(notice(27), sad_notice(19)),
    facts=(*CONTRACT_FACTS, *PLACE_FACTS, "date_envoi_reclamation", "objet_delai_reclamation"),
)
def mgen_assistance_reclamation(dossier: Dossier) -> Decision | NotApplicable:
    """Return when a complaint is acknowledged (10 jours ouvrables) and answered (2 months), both from its sending.

    Sources: notice MGEN Assistance, article 27; notice SAD Assurance, article 19. The notice of the ÔJI packs gives the
    same delays, so that the contract is presumed.
    """
    answers = Answers("mgen_assistance_reclamation", dossier)
    presumed = implied_contract(dossier) is None and dossier.presume("contrat", "MSP") == "MSP"
    other = None if presumed else answers.other_contract()
    if other is not None:
        return other
    delay = amount("delay", "assistance_reclamation_reponse", "months", dossier)
    sent, asked = dossier.get("date_envoi_reclamation"), dossier.get("objet_delai_reclamation")
    steps = (holds("reclamation_delais", notice(27)), holds("reclamation_sad", sad_notice(19)))
    kind = "accuse" if asked == "accuse" else "reponse"
    if sent is None:
        return answers.decided("granted", kind, *steps, amounts=(delay,), conditions=("mediateur_ensuite",))
    receipt = nth_business_day_after(sent, int(figure("assistance_reclamation_accuse", dossier)))
    answer = add_months_clamped(sent, int(delay.value or 0))
    late = answers.call_day() > (receipt if kind == "accuse" else answer)
    return answers.decided(
        "granted",
        f"{kind}_passe" if late else f"{kind}_date",
        *steps,
        amounts=(delay,),
        dates={"receipt": receipt, "answer": answer},
        conditions=("mediateur_ensuite",),
    )
