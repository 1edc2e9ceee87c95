"""An answer of the chat as a letter."""

from __future__ import annotations

from bot.rendering.letters import as_letter


def test_the_list_of_documents_is_taken_out() -> None:
    text = "120 € par mois.\n\nÀ envoyer :\n- le formulaire signé\n- la notification.\nSource : Règlement, article 45."
    letter = as_letter(text)
    assert letter.text == "120 € par mois."
    assert letter.pieces == ("le formulaire signé", "la notification")


def test_the_assistant_does_not_speak_of_itself() -> None:
    text = (
        "Changez-le en ligne. Ne m'envoyez pas votre IBAN dans cette conversation. Je n'ai pas accès à votre dossier."
    )
    assert as_letter(text).text == "Changez-le en ligne."


def test_what_an_answer_rests_on_is_told_elsewhere() -> None:
    assert as_letter("Oui.\nRéponse donnée pour : MGEN Intégrale.\nSource : Annexe 1.").text == "Oui."
