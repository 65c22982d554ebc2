## 計算説明の見出し

amounts = 金額
item = 項目
amount = 金額
how = 各金額の計算方法
provision = 根拠規定：
other-steps = その他の計算過程
findings = 確認事項
breach = 違反
warning = 警告
note = 注記
facts = 使用した情報
fact = 情報
value = 内容
origin = 情報の出所
parameters = 適用した法定の数値
source = 出典：
authority = この規則を施行した者
checking = 確認を求める方法
identification = 識別情報
result = 結果番号
employee = 従業員
employment = 雇用
date = 計算基準日
recorded = 記録日時
version = 規則のバージョン
package = 規則のハッシュ値（SHA-256）
digest = 結果のハッシュ値（SHA-256、ソルト付き）

## このページについて

title = 計算の説明：{ $title }
about-employee = このページは、{ $employee }の{ $date }現在の各金額がどのように計算されたかを説明します。使用した情報、それに適用した規則、規則の根拠となる規定を示します。
about = このページは、{ $date }現在の各金額がどのように計算されたかを説明します。使用した情報、それに適用した規則、規則の根拠となる規定を示します。
made = この計算は{ $recorded_at }に記録されました。{ $known_at }の時点で判明していたことに基づき、それより後のことは考慮していません。
logic = 計算はコンピュータプログラムが行いました。金額は、情報とここに記載した規則のバージョンのみによって決まります。同じ情報であれば、誰でも同じ金額になります。
no-steps = この金額には個別の計算過程がありません。このページの情報と他の金額から求められます。

## 情報の出所

given = この計算のために入力
from-employee = 従業員の登録情報：{ $since }から有効（第{ $revision }版）
calculation-date = 計算基準日

## 法定の数値の施行日

in-force-since = { $from }から施行
in-force-from-until = { $from }から{ $until }まで施行
unseen = 規則の作成時に、この数値の公表資料を確認できませんでした。

## 規則を施行した者

in-force = { $ruleset }のバージョン{ $version }は、{ $valid_from }から{ $slot }に適用されています。
activated = { $when }に{ $who }が施行しました。
proposed = { $when }に{ $who }が提案しました。
approved = { $when }に{ $who }が承認しました。
amended = { $when }に{ $who }が提案を変更し、それまでの承認は無効となりました。
confirmed = { $when }に{ $who }が確認しました。
reason = 理由：{ $reason }
unapproved = 別の者の承認は必要とされていませんでした。
emergency = 緊急時に一人の者が施行し、別の者による確認はまだ行われていません。

## 確認を求める方法

compare-facts = このページの情報を、契約書、証明書、労働時間の記録と照合してください。誤りがあれば、訂正と再計算を求めてください。
calculate-again = 結果の再計算を求めてください。{ $id }に保存された内容から、最後の桁まで同じ結果にならなければなりません。このページを渡した者が対応できます。
ask-for-evidence = 結果の証拠を求めてください。情報、規則、施行した者の記録が一つのファイルに含まれます。使用者のシステムに接続しなくても、コマンド「stele replay」とこのファイルで誰でも確認できます。
name-the-version = 法令の適用に誤りがあると思われる場合は、金額、その横に記載された根拠規定、{ $ruleset }のバージョン{ $version }を示してください。

## 出典を確認できなかった法定の数値

unconfirmed-one = { $from }からの「{ $label }」の数値は、公表資料で確認できませんでした。出典：{ $source }
unconfirmed-several = この結果の基になった{ $count }件の数値は、公表資料で確認できませんでした：{ $list }
unconfirmed-item = { $from }からの{ $label }（出典：{ $source }）
clause-separator = ；

## 雇用の状態

employment-on-leave = この計算の基準日において休職中でした。雇用の状態は{ $since }から「休職中」です。
employment-not-begun = この計算の基準日において雇用はまだ始まっていませんでした。雇用の開始日は{ $begins }です。
employment-ended = この計算の基準日より前に雇用は終了していました。雇用の状態は{ $since }から「終了」です。
employment-moved = この計算の基準日において雇用はすでに異動していました。{ $since }から別の所属です。
stale-fact = 「{ $fact }」の値は{ $since }について申告されたものです。この値は1か月だけ有効で、この計算の月については申告されていません。

## 短い語

yes = はい
no = いいえ
list-separator = 、
in-brackets = { $name }（{ $more }）
labelled = { $label }：{ $value }

## 計算式

percentage = { $number }%
list-end = { $list }と{ $last }
larger-of = { $list }のうち大きいほう
smaller-of = { $list }のうち小さいほう
sum-of = { $list }の合計
at-least = { $value }（ただし{ $least }以上）
at-most = { $value }（ただし{ $most }以下）
rounded-half-up = { $value }を{ $unit }単位に四捨五入
rounded-half-down = { $value }を{ $unit }単位に五捨六入
rounded-half-even = { $value }を{ $unit }単位に丸め（ちょうど半分は偶数へ）
rounded-up = { $value }を{ $unit }単位に切り上げ
rounded-down = { $value }を{ $unit }単位に切り捨て
rounded-to-greater = { $value }を{ $unit }単位で大きいほうへ丸め
rounded-to-smaller = { $value }を{ $unit }単位で小さいほうへ丸め
tax-by = { $table }による{ $amount }に対する税額
both = { $one }かつ{ $other }
either = { $one }または{ $other }
not = { $value }でない
choose = { $condition }ならば{ $then }、そうでなければ{ $otherwise }
days-between = { $from }から{ $to }までの日数
months-between = { $from }から{ $to }までの満月数
years-between = { $from }から{ $to }までの満年数

## 審査する版の見出し

validity = 有効期間
left-out = 対象外の事項
needed = 必要な情報
required = 必須
formulas = 計算式
shared-computations = 複数の計算式で使う計算
refusals = 受け付けない場合
cases = 事例
refused = 拒否：
does-not-hold = この事例は成り立ちません。
values-on = { $date }時点で施行されている法定の数値
only-where = { $condition }の場合のみ
for-each = { $what }ごとに
and-more = …ほか{ $count }件
