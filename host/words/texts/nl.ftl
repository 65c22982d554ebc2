## Koppen van een toelichting

amounts = Bedragen
item = Post
amount = Bedrag
how = Hoe elk bedrag is berekend
provision = Bepaling:
other-steps = Overige stappen
findings = Wat is opgevallen
breach = Overtreding
warning = Waarschuwing
note = Opmerking
facts = Gebruikte gegevens
fact = Gegeven
value = Waarde
origin = Herkomst
parameters = Toegepaste wettelijke waarden
source = Bron:
authority = Wie deze regels in werking heeft gesteld
checking = Hoe u dit kunt laten controleren
identification = Kenmerken
result = Resultaat
employee = Werknemer
employment = Dienstverband
date = Berekend voor
recorded = Vastgelegd
version = Versie van de regels
package = Controlegetal van de regels (SHA-256)
digest = Controlegetal van het resultaat (SHA-256, gezouten)

## Wat de lezer voor zich heeft

title = Zo is dit berekend: { $title }
about-employee = Op deze pagina staat hoe de bedragen van { $employee } voor { $date } zijn berekend: welke gegevens zijn gebruikt, welke regels daarop zijn toegepast en op welke bepalingen die berusten.
about = Op deze pagina staat hoe de bedragen voor { $date } zijn berekend: welke gegevens zijn gebruikt, welke regels daarop zijn toegepast en op welke bepalingen die berusten.
made = De berekening is vastgelegd op { $recorded_at }. Zij houdt rekening met wat op { $known_at } bekend was, en met niets van later.
logic = Een computerprogramma heeft de berekening gemaakt. De bedragen volgen alleen uit de gegevens en uit de hier genoemde versie van de regels: dezelfde gegevens geven voor iedereen dezelfde bedragen.
no-steps = Dit bedrag heeft geen eigen stap: het volgt uit de gegevens en de andere bedragen op deze pagina.

## Waar een gegeven vandaan komt

given = opgegeven voor deze berekening
from-employee = uit het personeelsdossier: geldig sinds { $since } (revisie { $revision })
calculation-date = de datum van de berekening

## Sinds wanneer een wettelijke waarde geldt

in-force-since = van kracht sinds { $from }
in-force-from-until = van kracht van { $from } tot en met { $until }
unseen = De publicatie van deze waarde kon bij het schrijven van de regels niet worden ingezien.

## Wie de regels in werking heeft gesteld

in-force = { $ruleset }, versie { $version }, gold voor { $slot } vanaf { $valid_from }.
activated = { $who } heeft deze versie op { $when } in werking gesteld.
proposed = { $who } heeft deze versie op { $when } voorgesteld.
approved = { $who } heeft deze versie op { $when } goedgekeurd.
amended = { $who } heeft het voorstel op { $when } gewijzigd; eerdere goedkeuringen telden daarna niet meer.
confirmed = { $who } heeft deze versie op { $when } bevestigd.
reason = Opgegeven reden: { $reason }
unapproved = Goedkeuring door een tweede persoon was niet nodig.
emergency = Eén persoon heeft deze versie in een noodgeval in werking gesteld; een tweede heeft dat nog niet bevestigd.

## Hoe u het kunt laten controleren

compare-facts = Vergelijk de gegevens op deze pagina met uw contract, uw verklaringen en uw urenregistratie. Klopt er iets niet, vraag dan om correctie en een nieuwe berekening.
calculate-again = Laat het resultaat opnieuw berekenen: uit wat onder { $id } is bewaard, moet het tot op het laatste cijfer gelijk zijn. Wie u deze pagina heeft gegeven, kan dat voor u doen.
ask-for-evidence = Vraag om het bewijs bij het resultaat: één bestand met de gegevens, de regels en de vastlegging van wie ze in werking heeft gesteld. Iedereen kan het controleren zonder toegang tot de systemen van de werkgever, met de opdracht ‘stele replay’ en dit bestand.
name-the-version = Denkt u dat de wet verkeerd is toegepast, noem dan het bedrag, de bepaling die erbij staat en versie { $version } van { $ruleset }.

## Wettelijke waarden waarvan de bron niet kon worden ingezien

unconfirmed-one = De waarde ‘{ $label }’ vanaf { $from } kon niet in de publicatie worden bevestigd. Bron: { $source }
unconfirmed-several = { $count } waarden waarop dit resultaat berust, konden niet in hun publicaties worden bevestigd: { $list }
unconfirmed-item = { $label } vanaf { $from } (bron: { $source })
clause-separator = {"; "}

## Stand van het dienstverband

employment-on-leave = Op de datum van deze berekening was de werknemer met verlof: de status van het dienstverband is sinds { $since } ‘met verlof’.
employment-not-begun = Op de datum van deze berekening was het dienstverband nog niet begonnen: het begint op { $begins }.
employment-ended = Het dienstverband was vóór de datum van deze berekening geëindigd: de status ervan is sinds { $since } ‘beëindigd’.
employment-moved = Op de datum van deze berekening was het dienstverband al overgegaan: het wordt sinds { $since } elders gevoerd.
stale-fact = De waarde van „{ $fact }” is die welke voor { $since } is opgegeven: ze geldt voor één maand, en voor de maand van deze berekening is er geen opgegeven.

## Kleine woorden

yes = ja
no = nee
list-separator = {", "}
in-brackets = { $name } ({ $more })
labelled = { $label }: { $value }

## Formules

percentage = { $number }%
list-end = { $list } en { $last }
larger-of = de grootste van { $list }
smaller-of = de kleinste van { $list }
sum-of = de som van { $list }
at-least = { $value }, maar ten minste { $least }
at-most = { $value }, maar ten hoogste { $most }
rounded-half-up = { $value }, afgerond op { $unit } (de helft naar boven)
rounded-half-down = { $value }, afgerond op { $unit } (de helft naar beneden)
rounded-half-even = { $value }, afgerond op { $unit } (de helft naar het even cijfer)
rounded-up = { $value }, naar boven afgerond op { $unit }
rounded-down = { $value }, naar beneden afgerond op { $unit }
rounded-to-greater = { $value }, afgerond op het eerstvolgende grotere veelvoud van { $unit }
rounded-to-smaller = { $value }, afgerond op het eerstvolgende kleinere veelvoud van { $unit }
tax-by = belasting over { $amount } volgens { $table }
both = { $one } en { $other }
either = { $one } of { $other }
not = niet { $value }
choose = { $then } als { $condition }, anders { $otherwise }
days-between = dagen van { $from } tot { $to }
months-between = hele maanden van { $from } tot { $to }
years-between = hele jaren van { $from } tot { $to }

## Koppen van een versie die wordt beoordeeld

validity = Geldigheid
left-out = Wat niet gedekt is
needed = Benodigde gegevens
required = verplicht
formulas = Formules
shared-computations = Berekeningen die meerdere formules gebruiken
refusals = Wat wordt geweigerd
cases = Gevallen
refused = Geweigerd:
does-not-hold = Dit geval klopt niet.
values-on = Wettelijke waarden die op { $date } van kracht zijn
only-where = alleen als { $condition }
for-each = voor elke { $what }
and-more = … en nog { $count }
