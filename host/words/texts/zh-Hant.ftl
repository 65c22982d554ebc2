## 計算說明的標題

amounts = 金額
item = 項目
amount = 金額
how = 各項金額的計算過程
provision = 依據：
other-steps = 其他步驟
findings = 提示事項
breach = 違規
warning = 警告
note = 說明
facts = 所依據的事實
fact = 事實
value = 內容
origin = 來源
parameters = 所適用的法定數值
source = 出處：
authority = 規則由誰啟用
checking = 如何查核
identification = 識別資訊
result = 結果編號
employee = 員工
employment = 僱用關係
date = 計算日期
recorded = 記錄時間
version = 規則版本
package = 規則摘要（SHA-256）
digest = 結果摘要（SHA-256，加鹽）

## 本頁內容

title = 計算說明：{ $title }
about-employee = 本頁說明員工{ $employee }於{ $date }的各項金額如何計算：使用了哪些事實、對其適用了哪些規則，以及這些規則依據哪些規定。
about = 本頁說明{ $date }的各項金額如何計算：使用了哪些事實、對其適用了哪些規則，以及這些規則依據哪些規定。
made = 本次計算記錄於{ $recorded_at }，依據截至{ $known_at }已知的情況，此後的情況未予考慮。
logic = 計算由電腦程式完成。金額僅取決於所列事實和此處註明的規則版本：相同的事實對任何人都得出相同的金額。
no-steps = 該金額沒有單獨的步驟，由本頁所列事實和其他金額得出。

## 事實的來源

given = 為本次計算提供
from-employee = 來自員工檔案：自{ $since }起有效（第{ $revision }版）
calculation-date = 計算日期

## 法定數值的施行日期

in-force-since = 自{ $from }起施行
in-force-from-until = { $from }至{ $until }施行
unseen = 編寫規則時未能見到該數值的公布文件。

## 規則由誰啟用

in-force = { $ruleset }第{ $version }版自{ $valid_from }起在{ $slot }中有效。
activated = { $who }於{ $when }啟用。
proposed = { $who }於{ $when }提出。
approved = { $who }於{ $when }核准。
amended = { $who }於{ $when }修改了提案，此前的核准隨之失效。
confirmed = { $who }於{ $when }確認。
reason = 理由：{ $reason }
unapproved = 無須第二人核准。
emergency = 由一人在緊急情況下啟用，尚未經第二人確認。

## 如何查核

compare-facts = 請將本頁所列事實與您的契約、證明文件和工時紀錄核對。如有錯誤，請要求更正並重新計算。
calculate-again = 請要求重新計算：根據編號{ $id }下保存的內容，結果必須完全一致。向您提供本頁的人可以為您辦理。
ask-for-evidence = 請索取該結果的證據檔案：其中包含事實、規則以及由誰啟用的紀錄。任何人無須進入雇主的系統，使用指令「stele replay」即可查核該檔案。
name-the-version = 如果您認為法律適用有誤，請指出有關金額、其旁所列依據以及{ $ruleset }的版本{ $version }。

## 未能核實出處的法定數值

unconfirmed-one = { $label }自{ $from }起的數值未經公布文件核實。來源：{ $source }
unconfirmed-several = 本結果所依據的{ $count }項數值未經公布文件核實：{ $list }
unconfirmed-item = { $label }自{ $from }起（來源：{ $source }）
clause-separator = ；

## 僱用關係的狀態

employment-on-leave = 在本次計算的日期，該員工正在休假：僱用關係的狀態自{ $since }起為「休假」。
employment-not-begun = 在本次計算的日期，僱用關係尚未開始：自{ $begins }起開始。
employment-ended = 僱用關係在本次計算的日期之前已經結束：其狀態自{ $since }起為「已結束」。
employment-moved = 在本次計算的日期，僱用關係已經轉移：自{ $since }起歸屬他處。
stale-fact = 「{ $fact }」的值是為{ $since }申報的：它只對一個月有效，而本次計算所在月份沒有申報。

## 常用詞

yes = 是
no = 否
list-separator = ，
in-brackets = { $name }（{ $more }）
labelled = { $label }：{ $value }

## 公式

percentage = { $number }%
list-end = { $list }和{ $last }
larger-of = { $list }中的較大者
smaller-of = { $list }中的較小者
sum-of = { $list }之和
at-least = { $value }，但至少為{ $least }
at-most = { $value }，但至多為{ $most }
rounded-half-up = { $value }，四捨五入至{ $unit }
rounded-half-down = { $value }，捨入至最接近的{ $unit }（恰為一半時捨去）
rounded-half-even = { $value }，捨入至最接近的{ $unit }（恰為一半時取偶）
rounded-up = { $value }，進位至{ $unit }
rounded-down = { $value }，捨去{ $unit }以下的部分
rounded-to-greater = { $value }，向較大的數取整至{ $unit }
rounded-to-smaller = { $value }，向較小的數取整至{ $unit }
tax-by = 按{ $table }對{ $amount }計算的稅額
both = { $one }且{ $other }
either = { $one }或{ $other }
not = 非{ $value }
choose = 如果{ $condition }則為{ $then }，否則為{ $otherwise }
days-between = 從{ $from }到{ $to }的天數
months-between = 從{ $from }到{ $to }的整月數
years-between = 從{ $from }到{ $to }的整年數

## 供審閱的版本的標題

validity = 有效期
left-out = 未涵蓋的內容
needed = 需要提供的事實
required = 必填
formulas = 公式
shared-computations = 多個公式共用的計算
refusals = 拒絕的情形
cases = 範例
refused = 已拒絕：
does-not-hold = 此範例不成立。
values-on = { $date }施行的法定數值
only-where = 僅當{ $condition }
for-each = 對每個{ $what }
and-more = ……以及另外{ $count }項
