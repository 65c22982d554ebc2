## Titres d'une explication

amounts = Montants
item = Rubrique
amount = Montant
how = Comment chaque montant a été calculé
provision = Disposition :
other-steps = Autres étapes
findings = Points relevés
breach = Infraction
warning = Avertissement
note = Remarque
facts = Données utilisées
fact = Donnée
value = Valeur
origin = Provenance
parameters = Valeurs légales appliquées
source = Source :
authority = Qui a mis ces règles en vigueur
checking = Comment faire vérifier ce calcul
identification = Identification
result = Résultat
employee = Salarié
employment = Emploi
date = Calculé pour
recorded = Enregistré
version = Version des règles
package = Empreinte des règles (SHA-256)
digest = Empreinte du résultat (SHA-256, salée)

## Ce que le lecteur a sous les yeux

title = Explication du calcul : { $title }
about-employee = Cette page explique comment les montants de { $employee } pour le { $date } ont été calculés : les données utilisées, les règles qui leur ont été appliquées et les dispositions sur lesquelles celles-ci reposent.
about = Cette page explique comment les montants pour le { $date } ont été calculés : les données utilisées, les règles qui leur ont été appliquées et les dispositions sur lesquelles celles-ci reposent.
made = Calcul enregistré le { $recorded_at }. Il tient compte de ce qui était connu le { $known_at }, et de rien de postérieur.
logic = Un programme informatique a effectué ce calcul. Les montants découlent uniquement des données et de la version des règles indiquée ici : les mêmes données donnent à chacun les mêmes montants.
no-steps = Ce montant n'a pas d'étape propre : il découle des données et des autres montants de cette page.

## Provenance d'une donnée

given = indiqué pour ce calcul
from-employee = tiré du dossier du salarié : valable depuis le { $since } (révision { $revision })
calculation-date = la date du calcul

## Depuis quand une valeur légale est en vigueur

in-force-since = en vigueur depuis le { $from }
in-force-from-until = en vigueur du { $from } au { $until }
unseen = La publication de cette valeur n'a pas pu être consultée lors de la rédaction des règles.

## Qui a mis les règles en vigueur

in-force = { $ruleset }, version { $version }, était en vigueur pour { $slot } à compter du { $valid_from }.
activated = Mise en vigueur par { $who } le { $when }.
proposed = Proposée par { $who } le { $when }.
approved = Approuvée par { $who } le { $when }.
amended = Proposition modifiée par { $who } le { $when } ; les approbations antérieures ont cessé de compter.
confirmed = Confirmée par { $who } le { $when }.
reason = Motif indiqué : { $reason }
unapproved = L'approbation d'une seconde personne n'était pas requise.
emergency = Mise en vigueur en urgence par une seule personne ; une seconde ne l'a pas encore confirmée.

## Comment faire vérifier

compare-facts = Comparez les données de cette page avec votre contrat, vos attestations et vos relevés de temps de travail. Si l'une est inexacte, demandez sa rectification et un nouveau calcul.
calculate-again = Faites refaire le calcul : à partir de ce qui est conservé sous { $id }, le résultat doit être identique jusqu'au dernier chiffre. La personne qui vous a remis cette page peut le faire pour vous.
ask-for-evidence = Demandez les preuves du résultat : un fichier contenant les données, les règles et la trace des personnes qui les ont mises en vigueur. Chacun peut le vérifier sans accès aux systèmes de l'employeur, avec la commande « stele replay » et ce fichier.
name-the-version = Si vous pensez que la loi a été mal appliquée, indiquez le montant, la disposition citée à côté et la version { $version } de { $ruleset }.

## Valeurs légales dont la source n'a pas pu être consultée

unconfirmed-one = La valeur « { $label } » à compter du { $from } n'a pas pu être confirmée dans sa publication. Source : { $source }
unconfirmed-several = { $count } valeurs sur lesquelles repose ce résultat n'ont pas pu être confirmées dans leurs publications : { $list }
unconfirmed-item = { $label } à compter du { $from } (source : { $source })
clause-separator = {" ; "}

## Situation de l'emploi

employment-on-leave = À la date de ce calcul, le salarié était en congé : le statut de l'emploi est « en congé » depuis le { $since }.
employment-not-begun = À la date de ce calcul, l'emploi n'avait pas encore commencé : il commence le { $begins }.
employment-ended = L'emploi avait pris fin avant la date de ce calcul : son statut est « terminé » depuis le { $since }.
employment-moved = À la date de ce calcul, l'emploi avait déjà été transféré : il est géré ailleurs depuis le { $since }.
stale-fact = La valeur de « { $fact } » est celle qui a été indiquée pour le { $since } : elle ne vaut que pour un mois, et aucune n’a été indiquée pour le mois de ce calcul.

## Petits mots

yes = oui
no = non
list-separator = {", "}
in-brackets = { $name } ({ $more })
labelled = { $label } : { $value }

## Formules

percentage = { $number } %
list-end = { $list } et { $last }
larger-of = le plus grand de { $list }
smaller-of = le plus petit de { $list }
sum-of = la somme de { $list }
at-least = { $value }, mais au moins { $least }
at-most = { $value }, mais au plus { $most }
rounded-half-up = { $value }, arrondi à { $unit } (la moitié vers le haut)
rounded-half-down = { $value }, arrondi à { $unit } (la moitié vers le bas)
rounded-half-even = { $value }, arrondi à { $unit } (la moitié au chiffre pair)
rounded-up = { $value }, arrondi au-dessus à { $unit }
rounded-down = { $value }, arrondi au-dessous à { $unit }
rounded-to-greater = { $value }, arrondi au multiple supérieur de { $unit }
rounded-to-smaller = { $value }, arrondi au multiple inférieur de { $unit }
tax-by = impôt sur { $amount } selon { $table }
both = { $one } et { $other }
either = { $one } ou { $other }
not = non { $value }
choose = { $then } si { $condition }, sinon { $otherwise }
days-between = jours du { $from } au { $to }
months-between = mois entiers du { $from } au { $to }
years-between = années entières du { $from } au { $to }

## Titres d'une version à relire

validity = Validité
left-out = Ce qui n'est pas couvert
needed = Données nécessaires
required = obligatoire
formulas = Formules
shared-computations = Calculs communs à plusieurs formules
refusals = Ce qui est refusé
cases = Cas
refused = Refusé :
does-not-hold = Ce cas n'est pas vérifié.
values-on = Valeurs légales en vigueur le { $date }
only-where = seulement si { $condition }
for-each = pour chaque { $what }
and-more = … et { $count } autres
