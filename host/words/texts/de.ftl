## Überschriften einer Erklärung

amounts = Beträge
item = Posten
amount = Betrag
how = Wie jeder Betrag berechnet wurde
provision = Vorschrift:
other-steps = Weitere Schritte
findings = Was aufgefallen ist
breach = Verstoß
warning = Warnung
note = Hinweis
facts = Verwendete Angaben
fact = Angabe
value = Wert
origin = Herkunft
parameters = Verwendete gesetzliche Werte
source = Quelle:
authority = Wer diese Regeln in Kraft gesetzt hat
checking = Wie Sie es prüfen lassen können
identification = Kennzeichnung
result = Ergebnis
employee = Beschäftigte Person
employment = Beschäftigungsverhältnis
date = Berechnet für
recorded = Aufgezeichnet
version = Version der Regeln
package = Prüfsumme der Regeln (SHA-256)
digest = Prüfsumme des Ergebnisses (SHA-256, gesalzen)

## Was der Leser vor sich hat

title = So wurde gerechnet: { $title }
about-employee = Diese Seite erklärt, wie die Beträge von { $employee } für den { $date } berechnet wurden: welche Angaben verwendet, welche Regeln darauf angewendet wurden und auf welchen Vorschriften sie beruhen.
about = Diese Seite erklärt, wie die Beträge für den { $date } berechnet wurden: welche Angaben verwendet, welche Regeln darauf angewendet wurden und auf welchen Vorschriften sie beruhen.
made = Die Berechnung wurde am { $recorded_at } aufgezeichnet. Sie berücksichtigt, was am { $known_at } bekannt war, und nichts Späteres.
logic = Ein Computerprogramm hat gerechnet. Die Beträge folgen allein aus den Angaben und aus der hier genannten Version der Regeln: Dieselben Angaben ergeben für alle dieselben Beträge.
no-steps = Dieser Betrag hat keinen eigenen Schritt: Er folgt aus den Angaben und den anderen Beträgen auf dieser Seite.

## Woher eine Angabe stammt

given = für diese Berechnung angegeben
from-employee = aus den Stammdaten: gültig seit { $since } (Stand { $revision })
calculation-date = das Datum der Berechnung

## Seit wann ein gesetzlicher Wert gilt

in-force-since = in Kraft seit { $from }
in-force-from-until = in Kraft vom { $from } bis zum { $until }
unseen = Die Veröffentlichung dieses Werts konnte beim Schreiben der Regeln nicht eingesehen werden.

## Wer die Regeln in Kraft gesetzt hat

in-force = { $ruleset }, Version { $version }, galt für { $slot } ab dem { $valid_from }.
activated = { $who } hat sie am { $when } in Kraft gesetzt.
proposed = { $who } hat sie am { $when } vorgeschlagen.
approved = { $who } hat sie am { $when } genehmigt.
amended = { $who } hat den Vorschlag am { $when } geändert; frühere Genehmigungen galten damit nicht mehr.
confirmed = { $who } hat sie am { $when } bestätigt.
reason = Angegebener Grund: { $reason }
unapproved = Eine zweite Person musste nicht zustimmen.
emergency = Eine Person hat sie im Notfall in Kraft gesetzt; eine zweite hat das noch nicht bestätigt.

## Wie man es prüfen lassen kann

compare-facts = Vergleichen Sie die Angaben auf dieser Seite mit Ihrem Vertrag, Ihren Bescheinigungen und Ihren Arbeitszeitnachweisen. Ist eine falsch, verlangen Sie die Berichtigung und eine neue Berechnung.
calculate-again = Lassen Sie das Ergebnis noch einmal berechnen: Aus dem, was unter { $id } gespeichert ist, muss es bis auf die letzte Stelle gleich herauskommen. Wer Ihnen diese Seite gegeben hat, kann das für Sie tun.
ask-for-evidence = Verlangen Sie die Belege zum Ergebnis: eine Datei mit den Angaben, den Regeln und den Aufzeichnungen darüber, wer sie in Kraft gesetzt hat. Jede und jeder kann sie ohne Zugang zu den Systemen des Arbeitgebers prüfen, mit dem Befehl „stele replay“ und dieser Datei.
name-the-version = Wenn Sie meinen, dass das Gesetz falsch angewendet wurde, nennen Sie den Betrag, die Vorschrift daneben und die Version { $version } von { $ruleset }.

## Gesetzliche Werte, deren Quellen nicht eingesehen werden konnten

unconfirmed-one = Der Wert „{ $label }“ ab dem { $from } konnte in seiner Veröffentlichung nicht bestätigt werden. Quelle: { $source }
unconfirmed-several = { $count } Werte, auf denen dieses Ergebnis beruht, konnten in ihren Veröffentlichungen nicht bestätigt werden: { $list }
unconfirmed-item = { $label } ab dem { $from } (Quelle: { $source })
clause-separator = {"; "}

## Stand des Beschäftigungsverhältnisses

employment-on-leave = Die beschäftigte Person war am Tag dieser Berechnung freigestellt: Der Status des Beschäftigungsverhältnisses ist seit dem { $since } „freigestellt“.
employment-not-begun = Das Beschäftigungsverhältnis hatte am Tag dieser Berechnung noch nicht begonnen: Es beginnt am { $begins }.
employment-ended = Das Beschäftigungsverhältnis war vor dem Tag dieser Berechnung beendet: Sein Status ist seit dem { $since } „beendet“.
employment-moved = Das Beschäftigungsverhältnis war am Tag dieser Berechnung bereits verlegt: Seit dem { $since } wird es an anderer Stelle geführt.
stale-fact = Der Wert von „{ $fact }“ wurde für den { $since } angegeben: Er gilt nur für einen Monat, und für den Monat dieser Berechnung wurde keiner angegeben.

## Kleine Wörter

yes = ja
no = nein
list-separator = {", "}
in-brackets = { $name } ({ $more })
labelled = { $label }: { $value }

## Formeln

percentage = { $number } %
list-end = { $list } und { $last }
larger-of = der größte Wert von { $list }
smaller-of = der kleinste Wert von { $list }
sum-of = die Summe von { $list }
at-least = { $value }, aber mindestens { $least }
at-most = { $value }, aber höchstens { $most }
rounded-half-up = { $value }, kaufmännisch gerundet auf { $unit }
rounded-half-down = { $value }, gerundet auf { $unit } (die Hälfte ab)
rounded-half-even = { $value }, gerundet auf { $unit } (die Hälfte zur geraden Ziffer)
rounded-up = { $value }, aufgerundet auf { $unit }
rounded-down = { $value }, abgerundet auf { $unit }
rounded-to-greater = { $value }, gerundet zum nächstgrößeren Vielfachen von { $unit }
rounded-to-smaller = { $value }, gerundet zum nächstkleineren Vielfachen von { $unit }
tax-by = Steuer auf { $amount } nach { $table }
both = { $one } und { $other }
either = { $one } oder { $other }
not = nicht { $value }
choose = { $then }, falls { $condition }, sonst { $otherwise }
days-between = Tage von { $from } bis { $to }
months-between = volle Monate von { $from } bis { $to }
years-between = volle Jahre von { $from } bis { $to }

## Überschriften einer Fassung, die geprüft wird

validity = Gültigkeit
left-out = Was nicht erfasst ist
needed = Benötigte Angaben
required = erforderlich
formulas = Formeln
shared-computations = Berechnungen, die mehrere Formeln verwenden
refusals = Was abgelehnt wird
cases = Fälle
refused = Abgelehnt:
does-not-hold = Dieser Fall trifft nicht zu.
values-on = Gesetzliche Werte, die am { $date } in Kraft sind
only-where = nur wenn { $condition }
for-each = für jedes { $what }
and-more = … und { $count } weitere
