;; Answers with the number of the employee before.
(global $last (mut i64) (i64.const 0))
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $answer i64)
  (local.set $answer (global.get $last))
  (global.set $last (call $number (local.get $facts)))
  (call $line (i32.const 0) (local.get $answer)))
