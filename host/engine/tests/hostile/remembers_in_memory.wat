;; Answers with the number of the employee before, which it kept in its memory: in a page of its data,
;; in one that was never used, and in the last one.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $answer i64)
  (local.set $answer (i64.or (i64.load (i32.const 3000))
    (i64.or (i64.load (i32.const 50000)) (i64.load (i32.const 131064)))))
  (i64.store (i32.const 3000) (call $number (local.get $facts)))
  (i64.store (i32.const 50000) (call $number (local.get $facts)))
  (i64.store (i32.const 131064) (call $number (local.get $facts)))
  (call $line (i32.const 0) (local.get $answer)))
