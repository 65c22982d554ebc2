(func $create (param $parameters i32) (param $count i32) (result i32)
  (loop $forever (br $forever))
  (unreachable))
