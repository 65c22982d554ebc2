## 计算说明的标题

amounts = 金额
item = 项目
amount = 金额
how = 各项金额的计算过程
provision = 依据：
other-steps = 其他步骤
findings = 提示事项
breach = 违规
warning = 警告
note = 说明
facts = 所依据的事实
fact = 事实
value = 内容
origin = 来源
parameters = 所适用的法定数值
source = 出处：
authority = 规则由谁启用
checking = 如何核查
identification = 标识信息
result = 结果编号
employee = 员工
employment = 劳动关系
date = 计算日期
recorded = 记录时间
version = 规则版本
package = 规则摘要（SHA-256）
digest = 结果摘要（SHA-256，加盐）

## 本页内容

title = 计算说明：{ $title }
about-employee = 本页说明员工{ $employee }在{ $date }的各项金额是如何计算的：使用了哪些事实、对其适用了哪些规则，以及这些规则依据哪些规定。
about = 本页说明{ $date }的各项金额是如何计算的：使用了哪些事实、对其适用了哪些规则，以及这些规则依据哪些规定。
made = 本次计算记录于{ $recorded_at }，依据截至{ $known_at }已知的情况，此后的情况未予考虑。
logic = 计算由计算机程序完成。金额仅取决于所列事实和此处注明的规则版本：相同的事实对任何人都得出相同的金额。
no-steps = 该金额没有单独的步骤，由本页所列事实和其他金额得出。

## 事实的来源

given = 为本次计算提供
from-employee = 来自员工档案：自{ $since }起有效（第{ $revision }版）
calculation-date = 计算日期

## 法定数值的施行日期

in-force-since = 自{ $from }起施行
in-force-from-until = { $from }至{ $until }施行
unseen = 编写规则时未能见到该数值的公布文件。

## 规则由谁启用

in-force = { $ruleset }第{ $version }版自{ $valid_from }起在{ $slot }中有效。
activated = { $who }于{ $when }启用。
proposed = { $who }于{ $when }提出。
approved = { $who }于{ $when }批准。
amended = { $who }于{ $when }修改了提案，此前的批准随之失效。
confirmed = { $who }于{ $when }确认。
reason = 理由：{ $reason }
unapproved = 无须第二人批准。
emergency = 由一人在紧急情况下启用，尚未经第二人确认。

## 如何核查

compare-facts = 请将本页所列事实与您的合同、证明材料和工时记录核对。如有错误，请要求更正并重新计算。
calculate-again = 请要求重新计算：根据编号{ $id }下保存的内容，结果必须完全一致。向您提供本页的人可以为您办理。
ask-for-evidence = 请索取该结果的证据文件：其中包含事实、规则以及由谁启用的记录。任何人无须进入用人单位的系统，使用命令“stele replay”即可核查该文件。
name-the-version = 如果您认为法律适用有误，请指出有关金额、其旁所列依据以及{ $ruleset }的版本{ $version }。

## 未能核实出处的法定数值

unconfirmed-one = { $label }自{ $from }起的取值未经公布文件核实。来源：{ $source }
unconfirmed-several = 本结果所依据的{ $count }项取值未经公布文件核实：{ $list }
unconfirmed-item = { $label }自{ $from }起（来源：{ $source }）
clause-separator = ；

## 劳动关系的状态

employment-on-leave = 在本次计算的日期，该员工正在休假：劳动关系的状态自{ $since }起为“休假”。
employment-not-begun = 在本次计算的日期，劳动关系尚未开始：自{ $begins }起开始。
employment-ended = 劳动关系在本次计算的日期之前已经结束：其状态自{ $since }起为“已结束”。
employment-moved = 在本次计算的日期，劳动关系已经转移：自{ $since }起归属他处。
stale-fact = “{ $fact }”的值是为{ $since }申报的：它只对一个月有效，而本次计算所在月份没有申报。

## 常用词

yes = 是
no = 否
list-separator = ，
in-brackets = { $name }（{ $more }）
labelled = { $label }：{ $value }

## 公式

percentage = { $number }%
list-end = { $list }和{ $last }
larger-of = { $list }中的较大者
smaller-of = { $list }中的较小者
sum-of = { $list }之和
at-least = { $value }，但至少为{ $least }
at-most = { $value }，但至多为{ $most }
rounded-half-up = { $value }，四舍五入到{ $unit }
rounded-half-down = { $value }，舍入到最接近的{ $unit }（恰为一半时舍去）
rounded-half-even = { $value }，舍入到最接近的{ $unit }（恰为一半时取偶）
rounded-up = { $value }，进位到{ $unit }
rounded-down = { $value }，舍去{ $unit }以下的部分
rounded-to-greater = { $value }，向较大的数取整到{ $unit }
rounded-to-smaller = { $value }，向较小的数取整到{ $unit }
tax-by = 按{ $table }对{ $amount }计算的税额
both = { $one }且{ $other }
either = { $one }或{ $other }
not = 非{ $value }
choose = 如果{ $condition }则为{ $then }，否则为{ $otherwise }
days-between = 从{ $from }到{ $to }的天数
months-between = 从{ $from }到{ $to }的整月数
years-between = 从{ $from }到{ $to }的整年数

## 供审阅的版本的标题

validity = 有效期
left-out = 未涵盖的内容
needed = 需要提供的事实
required = 必填
formulas = 公式
shared-computations = 多个公式共用的计算
refusals = 拒绝的情形
cases = 示例
refused = 已拒绝：
does-not-hold = 此示例不成立。
values-on = { $date }施行的法定数值
only-where = 仅当{ $condition }
for-each = 对每个{ $what }
and-more = ……以及另外{ $count }项
