"""Names for invented people: common ones of several origins, none taken from the lists that the redactor has."""

from __future__ import annotations

FIRST_NAMES = tuple(
    """Claire Nadia Thomas Karim Élodie Jean-Pierre Fatima Hugo Mathilde Youssef Brigitte Gérard Aïcha Loïc Monique
    Kevin Solène Ibrahim Chantal Léa Mehdi Françoise Enzo Awa Jérôme Nathalie Paul Samira Bernard Océane Ousmane
    Anne-Marie Yann Josette Rémi Malika Sébastien Ginette Noémie Amadou""".split()
)
FAMILIES = tuple(
    """Vasseur Lemoine Benali Carpentier Traoré Nguyen Kowalski Delaunay Haddad Marchand Quéméneur Ferreira Diallo
    Rousselet Bonnefoy Ouedraogo Schmitt Peyrat Lagarde Morvan Zerrouki Castagné Dubreuil Tanguy Belkacem Rossignol
    Guillemot Fontanier Mercier Robin""".split()
)
