;; Traps with bonus 1.
(func $create (param $parameters i32) (param $count i32) (result i32)
  (global.set $bonus (call $number (local.get $parameters)))
  (if (i64.eq (global.get $bonus) (i64.const 1)) (then (unreachable)))
  (call $created))
