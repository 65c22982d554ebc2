;; Answers with how often its memory has grown: once a call.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (call $line (i32.const 0)
    (i64.extend_i32_u (i32.sub (memory.grow (i32.const 1)) (i32.const 2)))))
