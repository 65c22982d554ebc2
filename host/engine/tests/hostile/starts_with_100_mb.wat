;; Takes memory while its description is asked for.
(func $describe (result i32)
  (drop (memory.grow (i32.const 1600)))
  (call $described))
