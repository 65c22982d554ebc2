## Títulos de uma explicação

amounts = Valores
item = Verba
amount = Valor
how = Como cada valor foi calculado
provision = Disposição:
other-steps = Outras etapas
findings = Observações
breach = Infração
warning = Aviso
note = Nota
facts = Dados utilizados
fact = Dado
value = Conteúdo
origin = Origem
parameters = Valores legais aplicados
source = Fonte:
authority = Quem colocou estas regras em vigor
checking = Como solicitar a verificação
identification = Identificação
result = Resultado
employee = Empregado
employment = Vínculo de emprego
date = Calculado para
recorded = Registrado
version = Versão das regras
package = Resumo criptográfico das regras (SHA-256)
digest = Resumo criptográfico do resultado (SHA-256, com sal)

## O que o leitor tem diante de si

title = Como foi calculado: { $title }
about-employee = Esta página explica como foram calculados os valores de { $employee } para { $date }: os dados utilizados, as regras aplicadas a eles e as disposições em que estas se baseiam.
about = Esta página explica como foram calculados os valores para { $date }: os dados utilizados, as regras aplicadas a eles e as disposições em que estas se baseiam.
made = O cálculo foi registrado em { $recorded_at }. Ele considera o que era conhecido em { $known_at }, e nada posterior.
logic = O cálculo foi feito por um programa de computador. Os valores decorrem apenas dos dados e da versão das regras aqui indicada: os mesmos dados dão a todos os mesmos valores.
no-steps = Este valor não tem etapa própria: decorre dos dados e dos demais valores desta página.

## Origem de um dado

given = informado para este cálculo
from-employee = do cadastro do empregado: válido desde { $since } (revisão { $revision })
calculation-date = a data do cálculo

## Desde quando um valor legal está em vigor

in-force-since = em vigor desde { $from }
in-force-from-until = em vigor de { $from } a { $until }
unseen = A publicação deste valor não pôde ser consultada quando as regras foram escritas.

## Quem colocou as regras em vigor

in-force = { $ruleset }, versão { $version }, estava em vigor para { $slot } a partir de { $valid_from }.
activated = Colocada em vigor por { $who } em { $when }.
proposed = Proposta por { $who } em { $when }.
approved = Aprovada por { $who } em { $when }.
amended = Proposta alterada por { $who } em { $when }; as aprovações anteriores deixaram de valer.
confirmed = Confirmada por { $who } em { $when }.
reason = Motivo indicado: { $reason }
unapproved = Não era necessária a aprovação de uma segunda pessoa.
emergency = Colocada em vigor em caráter de urgência por uma só pessoa; uma segunda pessoa ainda não a confirmou.

## Como solicitar a verificação

compare-facts = Compare os dados desta página com o seu contrato, os seus comprovantes e os seus registros de jornada. Se algum estiver errado, peça a correção e um novo cálculo.
calculate-again = Peça que o cálculo seja refeito: a partir do que está guardado sob { $id }, o resultado deve ser igual até o último algarismo. Quem lhe entregou esta página pode fazer isso por você.
ask-for-evidence = Peça as provas do resultado: um arquivo com os dados, as regras e os registros de quem as colocou em vigor. Qualquer pessoa pode verificá-lo sem acesso aos sistemas do empregador, com o comando “stele replay” e este arquivo.
name-the-version = Se achar que a lei foi mal aplicada, indique o valor, a disposição ao lado e a versão { $version } de { $ruleset }.

## Valores legais cuja fonte não pôde ser consultada

unconfirmed-one = O valor “{ $label }” a partir de { $from } não pôde ser confirmado em sua publicação. Fonte: { $source }
unconfirmed-several = { $count } valores em que este resultado se baseia não puderam ser confirmados em suas publicações: { $list }
unconfirmed-item = { $label } a partir de { $from } (fonte: { $source })
clause-separator = {"; "}

## Situação do vínculo de emprego

employment-on-leave = Na data deste cálculo, o empregado estava afastado: a situação do vínculo de emprego é “afastado” desde { $since }.
employment-not-begun = Na data deste cálculo, o vínculo de emprego ainda não havia começado: ele começa em { $begins }.
employment-ended = O vínculo de emprego havia terminado antes da data deste cálculo: sua situação é “encerrado” desde { $since }.
employment-moved = Na data deste cálculo, o vínculo de emprego já havia sido transferido: pertence a outro lugar desde { $since }.
stale-fact = O valor de “{ $fact }” é o que foi indicado para { $since }: vale para um só mês, e para o mês deste cálculo não foi indicado nenhum.

## Palavras curtas

yes = sim
no = não
list-separator = {", "}
in-brackets = { $name } ({ $more })
labelled = { $label }: { $value }

## Fórmulas

percentage = { $number }%
list-end = { $list } e { $last }
larger-of = o maior de { $list }
smaller-of = o menor de { $list }
sum-of = a soma de { $list }
at-least = { $value }, mas no mínimo { $least }
at-most = { $value }, mas no máximo { $most }
rounded-half-up = { $value }, arredondado para { $unit } (a metade para cima)
rounded-half-down = { $value }, arredondado para { $unit } (a metade para baixo)
rounded-half-even = { $value }, arredondado para { $unit } (a metade para o algarismo par)
rounded-up = { $value }, arredondado para cima a { $unit }
rounded-down = { $value }, arredondado para baixo a { $unit }
rounded-to-greater = { $value }, arredondado ao múltiplo superior de { $unit }
rounded-to-smaller = { $value }, arredondado ao múltiplo inferior de { $unit }
tax-by = imposto sobre { $amount } segundo { $table }
both = { $one } e { $other }
either = { $one } ou { $other }
not = não { $value }
choose = { $then } se { $condition }; caso contrário, { $otherwise }
days-between = dias de { $from } a { $to }
months-between = meses completos de { $from } a { $to }
years-between = anos completos de { $from } a { $to }

## Títulos de uma versão em revisão

validity = Validade
left-out = O que não está coberto
needed = Dados necessários
required = obrigatório
formulas = Fórmulas
shared-computations = Cálculos usados por várias fórmulas
refusals = O que é recusado
cases = Casos
refused = Recusado:
does-not-hold = Este caso não se verifica.
values-on = Valores legais em vigor em { $date }
only-where = só se { $condition }
for-each = para cada { $what }
and-more = … e mais { $count }
