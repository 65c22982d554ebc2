## 계산 설명의 제목

amounts = 금액
item = 항목
amount = 금액
how = 각 금액의 계산 방법
provision = 근거 규정:
other-steps = 그 밖의 계산 단계
findings = 확인 사항
breach = 위반
warning = 경고
note = 참고
facts = 사용된 정보
fact = 정보
value = 내용
origin = 정보의 출처
parameters = 적용된 법정 수치
source = 출처:
authority = 이 규칙을 시행한 사람
checking = 확인을 요청하는 방법
identification = 식별 정보
result = 결과 번호
employee = 직원
employment = 고용
date = 계산 기준일
recorded = 기록 일시
version = 규칙 버전
package = 규칙의 해시값(SHA-256)
digest = 결과의 해시값(SHA-256, 솔트 적용)

## 이 페이지에 대하여

title = 계산 설명: { $title }
about-employee = 이 페이지는 { $date } 기준 { $employee }의 각 금액이 어떻게 계산되었는지 설명합니다. 사용된 정보, 적용된 규칙, 그 규칙의 근거 규정을 보여 줍니다.
about = 이 페이지는 { $date } 기준 각 금액이 어떻게 계산되었는지 설명합니다. 사용된 정보, 적용된 규칙, 그 규칙의 근거 규정을 보여 줍니다.
made = 이 계산은 { $recorded_at }에 기록되었습니다. { $known_at } 당시 알려진 내용을 반영하며, 그 이후의 내용은 반영하지 않습니다.
logic = 계산은 컴퓨터 프로그램이 수행했습니다. 금액은 오직 정보와 여기에 표시된 규칙 버전에 따라 정해집니다. 같은 정보이면 누구에게나 같은 금액이 나옵니다.
no-steps = 이 금액에는 별도의 계산 단계가 없습니다. 이 페이지의 정보와 다른 금액에서 도출됩니다.

## 정보의 출처

given = 이 계산을 위해 입력됨
from-employee = 직원 기록: { $since }부터 유효(개정 { $revision })
calculation-date = 계산 기준일

## 법정 수치의 시행일

in-force-since = { $from }부터 시행
in-force-from-until = { $from }부터 { $until }까지 시행
unseen = 규칙을 작성할 때 이 수치의 공표 자료를 확인하지 못했습니다.

## 규칙을 시행한 사람

in-force = { $ruleset } 버전 { $version }: { $valid_from }부터 { $slot }에 시행.
activated = { $when }에 { $who } 님이 시행했습니다.
proposed = { $when }에 { $who } 님이 제안했습니다.
approved = { $when }에 { $who } 님이 승인했습니다.
amended = { $when }에 { $who } 님이 제안을 변경하여 이전 승인은 효력을 잃었습니다.
confirmed = { $when }에 { $who } 님이 확인했습니다.
reason = 제시된 사유: { $reason }
unapproved = 다른 사람의 승인은 필요하지 않았습니다.
emergency = 긴급 상황에서 한 사람이 시행했으며, 다른 사람이 아직 확인하지 않았습니다.

## 확인을 요청하는 방법

compare-facts = 이 페이지의 정보를 근로계약서, 증명서, 근로시간 기록과 비교하십시오. 잘못된 정보가 있으면 정정과 재계산을 요청하십시오.
calculate-again = 결과의 재계산을 요청하십시오. { $id }에 저장된 내용으로 계산하면 마지막 자리까지 같아야 합니다. 이 페이지를 제공한 사람이 대신 할 수 있습니다.
ask-for-evidence = 결과의 증거를 요청하십시오. 정보, 규칙, 규칙을 시행한 사람의 기록이 한 파일에 들어 있습니다. 누구나 사용자(고용주)의 시스템에 접속하지 않고 명령 ‘stele replay’와 이 파일로 확인할 수 있습니다.
name-the-version = 법이 잘못 적용되었다고 생각하면 해당 금액, 그 옆의 근거 규정, { $ruleset }의 버전 { $version } 정보를 제시하십시오.

## 출처를 확인하지 못한 법정 수치

unconfirmed-one = { $from }부터의 ‘{ $label }’ 수치를 공표 자료에서 확인하지 못했습니다. 출처: { $source }
unconfirmed-several = 이 결과의 기초가 된 수치 { $count }건을 공표 자료에서 확인하지 못했습니다: { $list }
unconfirmed-item = { $from }부터의 { $label }(출처: { $source })
clause-separator = {"; "}

## 고용 상태

employment-on-leave = 이 계산의 기준일에 휴직 중이었습니다. 고용 상태는 { $since }부터 ‘휴직’입니다.
employment-not-begun = 이 계산의 기준일에 고용이 아직 시작되지 않았습니다. 고용 시작일은 { $begins }입니다.
employment-ended = 이 계산의 기준일 전에 고용이 종료되었습니다. 고용 상태는 { $since }부터 ‘종료’입니다.
employment-moved = 이 계산의 기준일에 고용은 이미 이전되었습니다. { $since }부터 다른 곳에 속합니다.
stale-fact = “{ $fact }”의 값은 { $since }에 대해 신고된 것입니다. 이 값은 한 달 동안만 유효하며, 이 계산의 달에 대해서는 신고되지 않았습니다.

## 짧은 말

yes = 예
no = 아니요
list-separator = {", "}
in-brackets = { $name }({ $more })
labelled = { $label }: { $value }

## 계산식

percentage = { $number }%
list-end = { $list } 및 { $last }
larger-of = { $list } 중 큰 값
smaller-of = { $list } 중 작은 값
sum-of = { $list }의 합계
at-least = { $value } (단, { $least } 이상)
at-most = { $value } (단, { $most } 이하)
rounded-half-up = { $value }, { $unit } 단위로 반올림
rounded-half-down = { $value }, { $unit } 단위로 반올림(정확히 절반은 내림)
rounded-half-even = { $value }, { $unit } 단위로 반올림(정확히 절반은 짝수로)
rounded-up = { $value }, { $unit } 단위로 올림
rounded-down = { $value }, { $unit } 단위로 버림
rounded-to-greater = { $value }, { $unit } 단위에서 큰 쪽으로 조정
rounded-to-smaller = { $value }, { $unit } 단위에서 작은 쪽으로 조정
tax-by = { $table }에 따른 { $amount }에 대한 세액
both = { $one } 그리고 { $other }
either = { $one } 또는 { $other }
not = { $value }이(가) 아님
choose = { $condition }이면 { $then }, 아니면 { $otherwise }
days-between = { $from }부터 { $to }까지의 일수
months-between = { $from }부터 { $to }까지의 만 개월 수
years-between = { $from }부터 { $to }까지의 만 연수

## 검토하는 버전의 제목

validity = 유효 기간
left-out = 다루지 않는 사항
needed = 필요한 정보
required = 필수
formulas = 수식
shared-computations = 여러 수식이 사용하는 계산
refusals = 거부되는 경우
cases = 사례
refused = 거부됨:
does-not-hold = 이 사례는 성립하지 않습니다.
values-on = { $date }에 시행 중인 법정 수치
only-where = { $condition }인 경우에만
for-each = 각 { $what }마다
and-more = … 외 { $count }건
