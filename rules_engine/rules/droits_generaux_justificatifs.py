"""What to send, and whom to consult, to be paid for care: règlement MSP, articles 13 and 28 to 32."""

from __future__ import annotations

from dataclasses import dataclass

from rules_engine.catalogue import catalogue
from rules_engine.decision import Decision, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    article_msp,
    decided,
    individual_only,
)

ARTICLE_13 = article_msp("13")
GRADUATE = "praticien_diplome"


@dataclass(frozen=True)
class Proof:
    """What an article asks for a kind of care.

    Attributes:
        documents: what to send, by code; empty where the article names nothing.
        conditions: who must give the care, or where, by code.
    """

    article: str
    documents: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


_BY_GRADUATE = Proof("30", ("facture_praticien",), (GRADUATE,))
_UNNAMED = Proof("30", (), ("non_rembourse_secu",))
_HOSPITAL = Proof("29", ("facture_hospitaliere",), ("etablissement_sans_accord",))
_HEARING = Proof("32", ("facture_categorie",), ("beneficiaire_du_bonus",))
# By family of the catalogue.
PROOFS = {
    "osteopathie": _BY_GRADUATE,
    "chiropraxie": _BY_GRADUATE,
    "psychomotricite": _BY_GRADUATE,
    "ergotherapie": _BY_GRADUATE,
    "pedicure_podologue": _BY_GRADUATE,
    "dieteticien": Proof("30", ("facture_originale",), (GRADUATE, "non_rembourse_secu")),
    "acupuncture": Proof("30", ("facture_acte", "decompte_si_rembourse"), ("medecin_optam_ou_sage_femme",)),
    "homeopathie": Proof("30", ("ordonnance", "facture_officine"), ("produits_prescrits",)),
    "sophrologie": _UNNAMED,
    "naturopathie": _UNNAMED,
    "etiopathie": _UNNAMED,
    "hypnotherapie": _UNNAMED,
    "contraception": Proof("31", ("facture_acquittee", "ordonnance_si_exigee"), ("non_rembourse_secu",)),
    "vaccins": Proof("31", ("ordonnance", "facture_originale"), ("centre_agree_facture_seule", "non_rembourse_secu")),
    "bilan_psychomotricite": Proof("31", ("facture_adeli",)),
    "osteodensitometrie": Proof("31"),
    "protections_auditives": _HEARING,
    "prevention_routiere": Proof("32", ("facture_nominative",), ("normes_de_securite", "beneficiaire_du_bonus")),
    "automedication": Proof("32", ("facture_pharmacie",), ("non_rembourse_secu", "beneficiaire_du_bonus")),
    "club_sport_licence": Proof(
        "32", ("justificatif_abonnement", "copie_licence"), ("club_declare", "beneficiaire_du_bonus")
    ),
    "viscosupplementation": Proof("28", ("facture_nominative",)),
    "chirurgie_refractive": Proof("28", (), ("ophtalmologiste",)),
    "kine_reconstruction_posturale": Proof("28", (), ("kine_reconnu",)),
    "psychotherapie": Proof("28", (), ("psychologue_liberal",)),
    "hospitalisation_honoraires": _HOSPITAL,
    "frais_sejour": _HOSPITAL,
    "chambre_particuliere": _HOSPITAL,
    "accompagnant": _HOSPITAL,
}
ARTICLES = tuple(dict.fromkeys(proof.article for proof in PROOFS.values()))


@rule(
    "justificatifs_soin",
    title="Quels documents envoyer pour un soin, et chez quel praticien aller ?",
    references=(ARTICLE_13, *map(article_msp, sorted(ARTICLES))),
    facts=(*CONTRACT_FACTS, "prestation", "praticien_diplome"),
)
@individual_only
def justificatifs_soin(dossier: Dossier) -> Decision:
    """Return what to send for a kind of care, and the practitioner that its article asks for.

    Sources: article 13 (without the documents nothing is paid; others may be asked for); articles 28 to 32, by kind
    of care. It says nothing of what is paid: `remboursement` does.
    """
    name = "justificatifs_soin"
    needed = holds("pieces_necessaires", ARTICLE_13)
    family = dossier.get("prestation")
    proof = PROOFS.get(family)
    if proof is None:
        return decided(dossier, name, "granted", "general", [needed], documents=["facture_acquittee"])
    label = {"family": catalogue().families[family].label}
    article = article_msp(proof.article)
    if GRADUATE in proof.conditions and dossier.get("praticien_diplome") is False:
        return decided(dossier, name, "denied", "sans_diplome", [fails("diplome_exige", article)], details=label)
    reasons: list[Reason] = [holds("pieces_de_l_article", article) if proof.documents else needed]
    if proof.documents:
        reasons.append(needed)
    else:
        reasons.append(fails("aucune_piece_nommee", article))
    return decided(
        dossier,
        name,
        "granted",
        "pieces" if proof.documents else "aucune_piece",
        reasons,
        documents=proof.documents,
        conditions=proof.conditions,
        details={**label, "first": proof.documents[0] if proof.documents else ""},
    )
