;; Makes its table larger and larger.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (loop $forever
    (drop (table.grow $functions (ref.null func) (i32.const 1000)))
    (br $forever))
  (unreachable))
