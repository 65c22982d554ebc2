;; Copies a byte out of a segment that it drops afterwards: the second call traps.
(data $once "\07")
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (memory.init $once (i32.const 3000) (i32.const 0) (i32.const 1))
  (data.drop $once)
  (call $line (i32.const 0) (i64.const 0)))
