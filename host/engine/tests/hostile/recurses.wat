;; Calls itself without end.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (call $evaluate (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
