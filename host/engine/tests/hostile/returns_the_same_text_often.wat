;; 20,000 steps in 400 KB of memory, each with the same value, a text of 64 KB: little for the rule,
;; over a gigabyte for the host that copies each of them.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $step i32)
  (drop (memory.grow (i32.const 16)))
  (memory.fill (i32.const 1024) (i32.const 0) (i32.const 48))
  (i32.store (i32.const 1044) (i32.const 131072))
  (i32.store (i32.const 1048) (i32.const 20000))
  ;; The value: a text of 64 KB of zero bytes.
  (i32.store8 (i32.const 1264) (i32.const 4))
  (i32.store (i32.const 1272) (i32.const 655360))
  (i32.store (i32.const 1276) (i32.const 65536))
  (local.set $step (i32.const 131072))
  (loop $next
    (i32.store offset=12 (local.get $step) (i32.const 1264))
    (i32.store offset=16 (local.get $step) (i32.const 1))
    (local.set $step (i32.add (local.get $step) (i32.const 20)))
    (br_if $next (i32.lt_u (local.get $step) (i32.const 531072))))
  (i32.const 1024))
