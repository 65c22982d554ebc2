## Nagłówki wyjaśnienia

amounts = Kwoty
item = Składnik
amount = Kwota
how = Jak obliczono poszczególne kwoty
provision = Przepis:
other-steps = Pozostałe kroki
findings = Spostrzeżenia
breach = Naruszenie
warning = Ostrzeżenie
note = Uwaga
facts = Wykorzystane dane
fact = Dane
value = Wartość
origin = Pochodzenie
parameters = Zastosowane wartości ustawowe
source = Źródło:
authority = Kto wprowadził te reguły w życie
checking = Jak zlecić sprawdzenie
identification = Oznaczenie
result = Wynik
employee = Pracownik
employment = Zatrudnienie
date = Obliczono na dzień
recorded = Zapisano
version = Wersja reguł
package = Skrót reguł (SHA-256)
digest = Skrót wyniku (SHA-256, z solą)

## Co czytelnik ma przed sobą

title = Jak to obliczono: { $title }
about-employee = Ta strona wyjaśnia, jak obliczono kwoty dla { $employee } na dzień { $date }: jakie dane wykorzystano, jakie reguły do nich zastosowano i na jakich przepisach się one opierają.
about = Ta strona wyjaśnia, jak obliczono kwoty na dzień { $date }: jakie dane wykorzystano, jakie reguły do nich zastosowano i na jakich przepisach się one opierają.
made = Obliczenie zapisano { $recorded_at }. Uwzględnia ono to, co było wiadome { $known_at }, i nic późniejszego.
logic = Obliczenia dokonał program komputerowy. Kwoty wynikają wyłącznie z danych i z podanej tu wersji reguł: te same dane dają każdemu te same kwoty.
no-steps = Ta kwota nie ma własnego kroku: wynika z danych i pozostałych kwot na tej stronie.

## Pochodzenie danych

given = podano do tego obliczenia
from-employee = z danych kadrowych pracownika: obowiązuje od { $since } (rewizja { $revision })
calculation-date = data obliczenia

## Od kiedy obowiązuje wartość ustawowa

in-force-since = obowiązuje od { $from }
in-force-from-until = obowiązuje od { $from } do { $until }
unseen = Podczas pisania reguł nie można było zapoznać się z publikacją tej wartości.

## Kto wprowadził reguły w życie

in-force = { $ruleset }, wersja { $version }, obowiązywała dla { $slot } od { $valid_from }.
activated = Wprowadzenie w życie: { $who }, { $when }.
proposed = Wniosek: { $who }, { $when }.
approved = Zatwierdzenie: { $who }, { $when }.
amended = Zmiana wniosku: { $who }, { $when }; wcześniejsze zatwierdzenia przestały się liczyć.
confirmed = Potwierdzenie: { $who }, { $when }.
reason = Podany powód: { $reason }
unapproved = Zatwierdzenie przez drugą osobę nie było wymagane.
emergency = W trybie awaryjnym wprowadziła ją w życie jedna osoba; druga jeszcze tego nie potwierdziła.

## Jak zlecić sprawdzenie

compare-facts = Proszę porównać dane na tej stronie z umową, zaświadczeniami i ewidencją czasu pracy. Jeśli coś się nie zgadza, proszę zażądać sprostowania i ponownego obliczenia.
calculate-again = Proszę zlecić ponowne obliczenie: na podstawie tego, co zapisano pod { $id }, wynik musi być taki sam co do ostatniej cyfry. Może to zrobić osoba, która przekazała tę stronę.
ask-for-evidence = Proszę zażądać dowodów dotyczących wyniku: jednego pliku z danymi, regułami i zapisami o tym, kto wprowadził je w życie. Każdy może go sprawdzić bez dostępu do systemów pracodawcy, używając polecenia „stele replay” i tego pliku.
name-the-version = Jeśli prawo zastosowano Pani lub Pana zdaniem błędnie, proszę wskazać kwotę, podany obok przepis oraz wersję { $version } reguł { $ruleset }.

## Wartości ustawowe, których źródła nie można było zobaczyć

unconfirmed-one = Wartości „{ $label }” obowiązującej od { $from } nie udało się potwierdzić w jej publikacji. Źródło: { $source }
unconfirmed-several =
    { $count ->
        [few] { $count } wartości, na których opiera się ten wynik, nie udało się potwierdzić w ich publikacjach: { $list }
       *[other] Nie udało się potwierdzić w publikacjach { $count } wartości, na których opiera się ten wynik: { $list }
    }
unconfirmed-item = { $label } od { $from } (źródło: { $source })
clause-separator = {"; "}

## Stan zatrudnienia

employment-on-leave = W dniu, na który wykonano to obliczenie, pracownik przebywał na urlopie: status zatrudnienia od { $since } to „na urlopie”.
employment-not-begun = W dniu, na który wykonano to obliczenie, zatrudnienie jeszcze się nie rozpoczęło; początek zatrudnienia: { $begins }.
employment-ended = Zatrudnienie ustało przed dniem, na który wykonano to obliczenie: jego status od { $since } to „zakończone”.
employment-moved = W dniu, na który wykonano to obliczenie, zatrudnienie było już przeniesione gdzie indziej (data przeniesienia: { $since }).
stale-fact = Wartość „{ $fact }” podano na dzień { $since }: obowiązuje tylko przez jeden miesiąc, a na miesiąc tego obliczenia nie podano żadnej.

## Krótkie słowa

yes = tak
no = nie
list-separator = {", "}
in-brackets = { $name } ({ $more })
labelled = { $label }: { $value }

## Wzory

percentage = { $number }%
list-end = { $list } i { $last }
larger-of = największa z wartości { $list }
smaller-of = najmniejsza z wartości { $list }
sum-of = suma wartości { $list }
at-least = { $value }, lecz co najmniej { $least }
at-most = { $value }, lecz co najwyżej { $most }
rounded-half-up = { $value }, zaokrąglone do { $unit } (połowa w górę)
rounded-half-down = { $value }, zaokrąglone do { $unit } (połowa w dół)
rounded-half-even = { $value }, zaokrąglone do { $unit } (połowa do cyfry parzystej)
rounded-up = { $value }, zaokrąglone w górę do { $unit }
rounded-down = { $value }, zaokrąglone w dół do { $unit }
rounded-to-greater = { $value }, zaokrąglone do najbliższej większej wielokrotności { $unit }
rounded-to-smaller = { $value }, zaokrąglone do najbliższej mniejszej wielokrotności { $unit }
tax-by = podatek od { $amount } według { $table }
both = { $one } i { $other }
either = { $one } lub { $other }
not = nie { $value }
choose = { $then }, jeżeli { $condition }, w przeciwnym razie { $otherwise }
days-between = dni od { $from } do { $to }
months-between = pełne miesiące od { $from } do { $to }
years-between = pełne lata od { $from } do { $to }

## Nagłówki wersji, która jest sprawdzana

validity = Okres obowiązywania
left-out = Czego nie obejmuje
needed = Wymagane dane
required = wymagane
formulas = Wzory
shared-computations = Obliczenia używane przez kilka wzorów
refusals = Co jest odrzucane
cases = Przypadki
refused = Odrzucono:
does-not-hold = Ten przypadek się nie zgadza.
values-on = Wartości ustawowe obowiązujące w dniu { $date }
only-where = tylko gdy { $condition }
for-each = dla każdego { $what }
and-more = … i jeszcze { $count }
