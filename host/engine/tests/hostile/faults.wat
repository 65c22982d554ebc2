;; A fault about the fact for number 1; counts its calls otherwise.
(global $calls (mut i64) (i64.const 0))
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $answer i32)
  (global.set $calls (i64.add (global.get $calls) (i64.const 1)))
  (if (i64.eq (call $number (local.get $facts)) (i64.const 1)) (then
    (local.set $answer (call $fault (i32.const 1296) (i32.const 6)))
    (i32.store8 (i32.const 1028) (i32.const 1))
    (return (local.get $answer))))
  (call $line (i32.const 0) (global.get $calls)))
