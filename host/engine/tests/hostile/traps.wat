;; Each number is another way to trap.
(type $nothing (func))
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $way i32)
  (local.set $way (i32.wrap_i64 (call $number (local.get $facts))))
  (if (i32.eq (local.get $way) (i32.const 1)) (then
    (drop (i32.load (i32.const -8)))))
  (if (i32.eq (local.get $way) (i32.const 2)) (then
    (call_indirect $functions (type $nothing) (i32.const 0))))
  (if (i32.eq (local.get $way) (i32.const 3)) (then
    (drop (i32.div_s (i32.const -2147483648) (i32.const -1)))))
  (if (i32.eq (local.get $way) (i32.const 4)) (then
    (drop (i32.div_s (i32.const 1) (i32.const 0)))))
  (unreachable))
