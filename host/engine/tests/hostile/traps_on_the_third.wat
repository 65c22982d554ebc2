;; Answers with how often it was called, and traps on the third call.
(global $calls (mut i64) (i64.const 0))
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (global.set $calls (i64.add (global.get $calls) (i64.const 1)))
  (if (i64.eq (global.get $calls) (i64.const 3)) (then (unreachable)))
  (call $line (i32.const 0) (global.get $calls)))
