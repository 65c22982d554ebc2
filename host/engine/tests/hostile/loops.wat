;; Loops for number 1, answers otherwise.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (block $answer
    (br_if $answer (i64.ne (call $number (local.get $facts)) (i64.const 1)))
    (loop $forever (br $forever)))
  (call $line (i32.const 0) (call $number (local.get $facts))))
