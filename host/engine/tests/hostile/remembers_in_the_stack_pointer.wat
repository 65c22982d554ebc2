;; Answers with the number of the employee before, which it left in what should be the end of its
;; stack.
(global $stack (mut i32) (i32.const 60000))
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $answer i64)
  (local.set $answer (i64.extend_i32_s (i32.sub (global.get $stack) (i32.const 60000))))
  (global.set $stack
    (i32.add (i32.const 60000) (i32.wrap_i64 (call $number (local.get $facts)))))
  (call $line (i32.const 0) (local.get $answer)))
