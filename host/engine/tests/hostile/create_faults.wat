;; Refuses bonus 1 with a fault about the parameter.
(func $create (param $parameters i32) (param $count i32) (result i32)
  (local $answer i32)
  (global.set $bonus (call $number (local.get $parameters)))
  (if (i64.eq (global.get $bonus) (i64.const 1)) (then
    (local.set $answer (call $fault (i32.const 1296) (i32.const 6)))
    (i32.store8 (i32.const 1028) (i32.const 2))
    (return (local.get $answer))))
  (call $created))
