;; 20,000 steps in 1.1 MB of memory, each with the same value, a text of 64 KB: little for the rule,
;; over a gigabyte for the host that copies each of them.
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (local $step i32)
  (drop (memory.grow (i32.const 24)))
  (memory.fill (i32.const 1024) (i32.const 0) (i32.const 48))
  (i32.store (i32.const 1044) (i32.const 131072))
  (i32.store (i32.const 1048) (i32.const 20000))
  ;; The value: a text of 64 KB of zero bytes.
  (i32.store8 (i32.const 1304) (i32.const 0))
  (i32.store8 (i32.const 1312) (i32.const 4))
  (i32.store (i32.const 1320) (i32.const 1310720))
  (i32.store (i32.const 1324) (i32.const 65536))
  (local.set $step (i32.const 131072))
  (loop $next
    (i32.store offset=12 (local.get $step) (i32.const 1304))
    (i32.store offset=16 (local.get $step) (i32.const 1))
    (local.set $step (i32.add (local.get $step) (i32.const 56)))
    (br_if $next (i32.lt_u (local.get $step) (i32.const 1251072))))
  (i32.const 1024))
