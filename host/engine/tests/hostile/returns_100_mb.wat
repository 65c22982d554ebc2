;; A fault whose message is 100 MB long.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (drop (memory.grow (i32.const 1600)))
  (call $fault (i32.const 65536) (i32.const 100000000)))
