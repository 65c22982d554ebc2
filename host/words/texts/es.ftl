## Títulos de una explicación

amounts = Importes
item = Concepto
amount = Importe
how = Cómo se calculó cada importe
provision = Disposición:
other-steps = Otros pasos
findings = Observaciones
breach = Incumplimiento
warning = Advertencia
note = Nota
facts = Datos utilizados
fact = Dato
value = Valor
origin = Procedencia
parameters = Valores legales aplicados
source = Fuente:
authority = Quién puso en vigor estas reglas
checking = Cómo solicitar su comprobación
identification = Identificación
result = Resultado
employee = Persona trabajadora
employment = Relación laboral
date = Calculado para
recorded = Registrado
version = Versión de las reglas
package = Huella de las reglas (SHA-256)
digest = Huella del resultado (SHA-256, con sal)

## Lo que el lector tiene delante

title = Cómo se ha calculado: { $title }
about-employee = Esta página explica cómo se calcularon los importes de { $employee } para el { $date }: los datos utilizados, las reglas que se les aplicaron y las disposiciones en que estas se basan.
about = Esta página explica cómo se calcularon los importes para el { $date }: los datos utilizados, las reglas que se les aplicaron y las disposiciones en que estas se basan.
made = El cálculo se registró el { $recorded_at }. Tiene en cuenta lo que se conocía el { $known_at }, y nada posterior.
logic = El cálculo lo hizo un programa informático. Los importes se derivan únicamente de los datos y de la versión de las reglas aquí indicada: los mismos datos dan a todos los mismos importes.
no-steps = Este importe no tiene un paso propio: se deriva de los datos y de los demás importes de esta página.

## Procedencia de un dato

given = indicado para este cálculo
from-employee = de la ficha de la persona trabajadora: válido desde el { $since } (revisión { $revision })
calculation-date = la fecha del cálculo

## Desde cuándo está en vigor un valor legal

in-force-since = en vigor desde el { $from }
in-force-from-until = en vigor del { $from } al { $until }
unseen = No se pudo consultar la publicación de este valor cuando se redactaron las reglas.

## Quién puso en vigor las reglas

in-force = { $ruleset }, versión { $version }, estaba en vigor para { $slot } a partir del { $valid_from }.
activated = { $who } la puso en vigor el { $when }.
proposed = { $who } la propuso el { $when }.
approved = { $who } la aprobó el { $when }.
amended = { $who } modificó la propuesta el { $when }; las aprobaciones anteriores dejaron de contar.
confirmed = { $who } la confirmó el { $when }.
reason = Motivo indicado: { $reason }
unapproved = No era necesaria la aprobación de una segunda persona.
emergency = Una sola persona la puso en vigor por urgencia; una segunda persona aún no la ha confirmado.

## Cómo solicitar la comprobación

compare-facts = Compare los datos de esta página con su contrato, sus certificados y sus registros de jornada. Si alguno es incorrecto, pida su rectificación y un nuevo cálculo.
calculate-again = Pida que se repita el cálculo: a partir de lo guardado con el identificador { $id }, el resultado debe ser idéntico hasta la última cifra. Quien le entregó esta página puede hacerlo por usted.
ask-for-evidence = Pida las pruebas del resultado: un archivo con los datos, las reglas y los registros de quién las puso en vigor. Cualquiera puede comprobarlo sin acceso a los sistemas de la empresa, con la orden «stele replay» y este archivo.
name-the-version = Si cree que la ley se aplicó mal, indique el importe, la disposición que figura a su lado y la versión { $version } de { $ruleset }.

## Valores legales cuya fuente no se pudo consultar

unconfirmed-one = El valor «{ $label }» a partir del { $from } no se pudo confirmar en su publicación. Fuente: { $source }
unconfirmed-several = { $count } valores en los que se basa este resultado no se pudieron confirmar en sus publicaciones: { $list }
unconfirmed-item = { $label } a partir del { $from } (fuente: { $source })
clause-separator = {"; "}

## Situación de la relación laboral

employment-on-leave = En la fecha de este cálculo, la persona trabajadora estaba de permiso: el estado de la relación laboral es «de permiso» desde el { $since }.
employment-not-begun = En la fecha de este cálculo, la relación laboral aún no había comenzado: comienza el { $begins }.
employment-ended = La relación laboral había terminado antes de la fecha de este cálculo: su estado es «terminada» desde el { $since }.
employment-moved = En la fecha de este cálculo, la relación laboral ya se había trasladado: pertenece a otro lugar desde el { $since }.
stale-fact = El valor de «{ $fact }» es el que se indicó para el { $since }: vale para un solo mes, y no se indicó ninguno para el mes de este cálculo.

## Palabras cortas

yes = sí
no = no
list-separator = {", "}
in-brackets = { $name } ({ $more })
labelled = { $label }: { $value }

## Fórmulas

percentage = { $number } %
list-end = { $list } y { $last }
larger-of = el mayor de { $list }
smaller-of = el menor de { $list }
sum-of = la suma de { $list }
at-least = { $value }, pero al menos { $least }
at-most = { $value }, pero como máximo { $most }
rounded-half-up = { $value }, redondeado a { $unit } (la mitad hacia arriba)
rounded-half-down = { $value }, redondeado a { $unit } (la mitad hacia abajo)
rounded-half-even = { $value }, redondeado a { $unit } (la mitad a la cifra par)
rounded-up = { $value }, redondeado al alza a { $unit }
rounded-down = { $value }, redondeado a la baja a { $unit }
rounded-to-greater = { $value }, redondeado al múltiplo superior de { $unit }
rounded-to-smaller = { $value }, redondeado al múltiplo inferior de { $unit }
tax-by = impuesto sobre { $amount } según { $table }
both = { $one } y { $other }
either = { $one } o { $other }
not = no { $value }
choose = { $then } si { $condition }; si no, { $otherwise }
days-between = días de { $from } a { $to }
months-between = meses completos de { $from } a { $to }
years-between = años completos de { $from } a { $to }

## Títulos de una versión que se revisa

validity = Vigencia
left-out = Lo que no está cubierto
needed = Datos necesarios
required = obligatorio
formulas = Fórmulas
shared-computations = Cálculos que usan varias fórmulas
refusals = Lo que se rechaza
cases = Casos
refused = Rechazado:
does-not-hold = Este caso no se cumple.
values-on = Valores legales en vigor el { $date }
only-where = solo si { $condition }
for-each = por cada { $what }
and-more = … y { $count } más
