## Titoli di una spiegazione

amounts = Importi
item = Voce
amount = Importo
how = Come è stato calcolato ogni importo
provision = Disposizione:
other-steps = Altri passaggi
findings = Osservazioni
breach = Violazione
warning = Avviso
note = Nota
facts = Dati utilizzati
fact = Dato
value = Valore
origin = Provenienza
parameters = Valori di legge applicati
source = Fonte:
authority = Chi ha messo in vigore queste regole
checking = Come far verificare il calcolo
identification = Identificazione
result = Risultato
employee = Dipendente
employment = Rapporto di lavoro
date = Calcolato per
recorded = Registrato
version = Versione delle regole
package = Impronta delle regole (SHA-256)
digest = Impronta del risultato (SHA-256, con sale)

## Che cosa ha davanti il lettore

title = Come è stato calcolato: { $title }
about-employee = Questa pagina spiega come sono stati calcolati gli importi di { $employee } (data di riferimento: { $date }): i dati utilizzati, le regole applicate e le disposizioni su cui queste si basano.
about = Questa pagina spiega come sono stati calcolati gli importi (data di riferimento: { $date }): i dati utilizzati, le regole applicate e le disposizioni su cui queste si basano.
made = Calcolo registrato in data { $recorded_at }. Tiene conto di quanto era noto in data { $known_at }, e di nulla di successivo.
logic = Il calcolo è stato eseguito da un programma informatico. Gli importi derivano soltanto dai dati e dalla versione delle regole qui indicata: gli stessi dati danno a tutti gli stessi importi.
no-steps = Questo importo non ha un passaggio proprio: deriva dai dati e dagli altri importi di questa pagina.

## Provenienza di un dato

given = indicato per questo calcolo
from-employee = dall'anagrafica del dipendente: valido da { $since } (revisione { $revision })
calculation-date = la data del calcolo

## Da quando è in vigore un valore di legge

in-force-since = in vigore da: { $from }
in-force-from-until = in vigore da: { $from }, fino a: { $until }
unseen = Non è stato possibile consultare la pubblicazione di questo valore durante la stesura delle regole.

## Chi ha messo in vigore le regole

in-force = { $ruleset }, versione { $version }, era in vigore per { $slot } con decorrenza { $valid_from }.
activated = Messa in vigore da { $who } in data { $when }.
proposed = Proposta da { $who } in data { $when }.
approved = Approvata da { $who } in data { $when }.
amended = Proposta modificata da { $who } in data { $when }; le approvazioni precedenti non valgono più.
confirmed = Confermata da { $who } in data { $when }.
reason = Motivo indicato: { $reason }
unapproved = Non era necessaria l'approvazione di una seconda persona.
emergency = Messa in vigore d'urgenza da una sola persona; una seconda persona non l'ha ancora confermata.

## Come far verificare

compare-facts = Confronti i dati di questa pagina con il Suo contratto, le Sue certificazioni e le Sue registrazioni delle ore di lavoro. Se un dato è errato, ne chieda la rettifica e un nuovo calcolo.
calculate-again = Faccia ripetere il calcolo: da quanto è conservato con l'identificativo { $id } il risultato deve essere identico fino all'ultima cifra. Chi Le ha consegnato questa pagina può farlo per Lei.
ask-for-evidence = Chieda le prove del risultato: un file con i dati, le regole e le registrazioni di chi le ha messe in vigore. Chiunque può verificarlo senza accedere ai sistemi del datore di lavoro, con il comando «stele replay» e questo file.
name-the-version = Se ritiene che la legge sia stata applicata in modo errato, indichi l'importo, la disposizione riportata accanto e la versione { $version } di { $ruleset }.

## Valori di legge la cui fonte non è stata consultata

unconfirmed-one = Il valore «{ $label }» con decorrenza { $from } non ha potuto essere confermato nella sua pubblicazione. Fonte: { $source }
unconfirmed-several = { $count } valori su cui si basa questo risultato non hanno potuto essere confermati nelle rispettive pubblicazioni: { $list }
unconfirmed-item = { $label } con decorrenza { $from } (fonte: { $source })
clause-separator = {"; "}

## Stato del rapporto di lavoro

employment-on-leave = Alla data di questo calcolo il dipendente era in congedo: lo stato del rapporto di lavoro è «in congedo» (decorrenza: { $since }).
employment-not-begun = Alla data di questo calcolo il rapporto di lavoro non era ancora iniziato (inizio: { $begins }).
employment-ended = Il rapporto di lavoro era cessato prima della data di questo calcolo: il suo stato è «cessato» (decorrenza: { $since }).
employment-moved = Alla data di questo calcolo il rapporto di lavoro era già stato trasferito altrove (decorrenza: { $since }).
stale-fact = Il valore di «{ $fact }» è quello indicato per il { $since }: vale per un solo mese, e per il mese di questo calcolo non ne è stato indicato nessuno.

## Parole brevi

yes = sì
no = no
list-separator = {", "}
in-brackets = { $name } ({ $more })
labelled = { $label }: { $value }

## Formule

percentage = { $number }%
list-end = { $list } e { $last }
larger-of = il maggiore tra { $list }
smaller-of = il minore tra { $list }
sum-of = la somma di { $list }
at-least = { $value }, ma almeno { $least }
at-most = { $value }, ma al massimo { $most }
rounded-half-up = { $value }, arrotondato a { $unit } (la metà per eccesso)
rounded-half-down = { $value }, arrotondato a { $unit } (la metà per difetto)
rounded-half-even = { $value }, arrotondato a { $unit } (la metà alla cifra pari)
rounded-up = { $value }, arrotondato per eccesso a { $unit }
rounded-down = { $value }, arrotondato per difetto a { $unit }
rounded-to-greater = { $value }, arrotondato al multiplo superiore di { $unit }
rounded-to-smaller = { $value }, arrotondato al multiplo inferiore di { $unit }
tax-by = imposta su { $amount } secondo { $table }
both = { $one } e { $other }
either = { $one } oppure { $other }
not = non { $value }
choose = { $then } se { $condition }, altrimenti { $otherwise }
days-between = giorni da { $from } a { $to }
months-between = mesi interi da { $from } a { $to }
years-between = anni interi da { $from } a { $to }

## Titoli di una versione in esame

validity = Validità
left-out = Ciò che non è coperto
needed = Dati necessari
required = obbligatorio
formulas = Formule
shared-computations = Calcoli usati da più formule
refusals = Ciò che viene rifiutato
cases = Casi
refused = Rifiutato:
does-not-hold = Questo caso non è verificato.
values-on = Valori di legge in vigore il { $date }
only-where = solo se { $condition }
for-each = per ogni { $what }
and-more = … e altri { $count }
